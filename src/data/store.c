#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "data/canonical.h"
#include "data/complete.h"
#include "data/markdown.h"
#include "data/store.h"
#include "data/store_sql.h"
#include "data/wording.h"

#include <sqlite3.h>

/* Part of every digest: another number, and load stores everything anew. */
#define STORE_VERSION "2 "

/* A record on its way into the tables. */
struct storing {
	struct check *check;
	struct db *db;
	const struct kind *kind;
	const struct node *node;
	const char *lang;
	int64_t id;
	const struct authorship *by;
};

int64_t
store_row(struct db *db, const struct kind *k, const struct node *record,
    const char *entry)
{
	const char *slug = node_text(record, "slug");
	const char *lang = node_text(record, "lang");
	struct query *q = db_restart(db_query(db,
	    "SELECT id FROM record WHERE kind = :kind AND slug = :slug"));
	int64_t id;

	db_set_text(q, "kind", k->kind);
	db_set_text(q, "slug", slug);
	id = db_number(q, 0);
	if (id != 0)
		return id;

	q = db_restart(db_query(db,
	    "INSERT INTO record (kind, slug, lang, entry, created, updated)"
	    " VALUES (:kind, :slug, nullif(:lang, ''), :entry, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),"
	    " strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"));
	db_set_text(q, "kind", k->kind);
	db_set_text(q, "slug", slug);
	db_set_text(q, "lang", lang);
	db_set_text(q, "entry", entry);
	return db_run(q) ? db_last_id(db) : 0;
}

/* Run a write; what a constraint says of it is a fault at the node. */
static void
run(struct storing *s, struct query *q, const struct node *n, const char *field)
{
	if (!db_run(q) && !db_failed(s->db))
		check_fault(s->check, n, field, "%s",
		    sqlite3_errmsg(db_handle(s->db)));
}

static void
set_html(struct query *q, const struct field *f, const struct node *words)
{
	char name[64];
	struct buf html = { 0 };

	snprintf(name, sizeof(name), "%s_html", field_column(f));
	markdown_html(&html, words->text, words->len);
	db_set_text(q, name, buf_text(&html));
	buf_free(&html);
}

static void
store_texts(struct storing *s, const struct table *t, const struct node *row,
    int64_t id)
{
	const char *langs[WORDING_LANGS];
	size_t n = wording_langs(t, row, s->lang, langs);

	for (size_t i = 0; i < n; i++) {
		struct query *q =
		    db_restart(db_prepare(s->db, table_sql(t)->texts));

		db_set_int(q, t->table, id);
		db_set_text(q, "lang", langs[i]);
		for (const struct field *f = table_fields(t); f->name != NULL;
		     f++) {
			const struct node *words = wording_is(f)
			    ? wording_find(f, row, s->lang, langs[i])
			    : NULL;

			if (words == NULL)
				continue;
			db_set_text(q, field_column(f), words->text);
			if (f->type == FIELD_MARKDOWN)
				set_html(q, f, words);
		}
		run(s, q, row, langs[i]);
	}
}

static void
set_value(struct query *q, const struct field *f, const struct node *n)
{
	if (f->type == FIELD_BOOL || f->type == FIELD_FLAG)
		db_set_int(q, field_column(f), check_truth(n->text));
	else
		db_set_text(q, field_column(f), n->text);
}

/* One row with what belongs to it. */
static void store_list(struct storing *, const struct table *,
    const struct node *, int64_t parent);

static void
store_one(struct storing *s, const struct table *t, const struct node *row,
    int64_t parent, int place)
{
	struct query *q = db_restart(db_prepare(s->db, table_sql(t)->insert));
	int64_t id;

	db_set_int(q, t->parent, parent);
	if (t->of_record)
		db_set_int(q, "record", s->id);
	if (t->placed)
		db_set_int(q, "place", place);
	for (const struct field *f = table_fields(t); f->name != NULL; f++) {
		const struct node *n =
		    t->shape == SHAPE_VALUES ? row : node_get(row, f->name);

		if (n != NULL && !wording_is(f))
			set_value(q, f, n);
	}
	run(s, q, row, t->name);
	id = t->shape == SHAPE_ONE ? parent : db_last_id(s->db);
	if (t->texts != NULL)
		store_texts(s, t, row, id);
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++)
		store_list(s, t->lists[i], row, id);
}

static void
store_name(struct storing *s, const struct node *n, const char *lang,
    const char *use)
{
	struct query *q = db_restart(db_query(s->db,
	    "INSERT INTO term_name (record, lang, use, name, folded) VALUES"
	    " (:record, :lang, :use, :name, fold(:name))"
	    " ON CONFLICT DO NOTHING"));

	db_set_int(q, "record", s->id);
	db_set_text(q, "lang", lang);
	db_set_text(q, "use", use);
	db_set_text(q, "name", n->text);
	run(s, q, n, "names");
}

/* The names of a concept: its titles, and what else it is called. */
static void
store_names(struct storing *s, const struct table *t, const struct node *names)
{
	const struct node *title = node_get(s->node, "title");

	if (title != NULL && title->type == NODE_TEXT)
		store_name(s, title, s->lang, "preferred");
	for (title = title != NULL ? title->first : NULL; title != NULL;
	     title = title->next)
		store_name(s, title, title->key, "preferred");

	for (names = names != NULL ? names->first : NULL; names != NULL;
	     names = names->next)
		for (const struct node *use = names->first; use != NULL;
		     use = use->next)
			for (const struct node *n = use->first; n != NULL;
			     n = n->next)
				store_name(s, n, names->key,
				    field_column(table_field(t, use->key)));
}

static void
store_list(struct storing *s, const struct table *t, const struct node *row,
    int64_t parent)
{
	const struct node *list = node_get(row, t->name);
	int place = 0;

	if (t->shape == SHAPE_NAMES) {
		store_names(s, t, list);
		return;
	}
	for (list = list != NULL ? list->first : NULL; list != NULL;
	     list = list->next)
		store_one(s, t, list, parent, ++place);
}

static void
clear(struct storing *s, const struct table *t)
{
	struct query *q = db_restart(db_prepare(s->db, table_sql(t)->clear));

	db_set_int(q, t->parent, s->id);
	db_run(q);
}

/* Words in languages that the tree has no more. */
static void
clear_texts(struct storing *s)
{
	const char *langs[WORDING_LANGS];
	size_t n = wording_langs(&record_table, s->node, s->lang, langs);
	struct buf json = { 0 };
	struct query *q = db_restart(db_query(s->db,
	    "DELETE FROM record_text WHERE record = :record"
	    " AND lang NOT IN (SELECT value FROM json_each(:langs))"));

	for (size_t i = 0; i < n; i++) {
		buf_putc(&json, i > 0 ? ',' : '[');
		canonical_string(&json, langs[i], strlen(langs[i]));
	}
	buf_puts(&json, n > 0 ? "]" : "[]");
	db_set_int(q, "record", s->id);
	db_set_text(q, "langs", buf_text(&json));
	db_run(q);
	buf_free(&json);
}

static void
clear_all(struct storing *s)
{
	const struct table *const *lists = s->kind->own.lists;

	for (size_t i = 0; lists != NULL && lists[i] != NULL; i++)
		clear(s, lists[i]);
	if (s->kind->own.table != NULL)
		clear(s, &s->kind->own);
	for (size_t i = 0; record_table.lists[i] != NULL; i++)
		clear(s, record_table.lists[i]);
	clear_texts(s);
}

/* When: as said, else by the fields that tell. */
static const char *
published(const struct storing *s)
{
	const char *const fields[] = { "published", s->kind->published,
		s->kind->otherwise };

	for (size_t i = 0; i < 3 && fields[i] != NULL; i++)
		if (node_get(s->node, fields[i]) != NULL)
			return node_text(s->node, fields[i]);
	return NULL;
}

static void
update_row(struct storing *s, const char *digest)
{
	struct query *q = db_restart(db_query(s->db,
	    "UPDATE record SET lang = :lang, published = CASE"
	    "  WHEN :published IS NULL AND :author > 0"
	    "   THEN coalesce(published, CASE WHEN :timed THEN"
	    "    strftime('%Y-%m-%dT%H:%MZ', 'now') ELSE date('now') END)"
	    "   ELSE :published END,"
	    " digest = CASE WHEN :author > 0"
	    "  THEN coalesce(digest, 'member') ELSE :digest END,"
	    " owner = CASE WHEN :author > 0 AND digest IS NULL"
	    "  THEN :author ELSE owner END,"
	    " updated = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
	    " WHERE id = :id"));

	db_set_int(q, "id", s->id);
	if (*s->lang != '\0')
		db_set_text(q, "lang", s->lang);
	db_set_int(q, "timed", s->kind->scheduled);
	if (published(s) != NULL)
		db_set_text(q, "published", published(s));
	db_set_text(q, "digest", digest);
	db_set_int(q, "author", s->by->author);
	run(s, q, s->node, "");
}

static void
set_authorship(struct query *q, const struct authorship *by)
{
	if (by->comment != NULL && *by->comment != '\0')
		db_set_text(q, "comment", by->comment);
	if (by->author != 0)
		db_set_int(q, "author", by->author);
	if (by->reviewer != 0)
		db_set_int(q, "reviewer", by->reviewer);
	if (by->contribution != 0)
		db_set_int(q, "contribution", by->contribution);
}

static void
add_revision(struct storing *s, const char *snapshot)
{
	struct query *q = db_restart(db_query(s->db,
	    "INSERT INTO revision (record, number, time, comment, snapshot,"
	    "  author, reviewer, contribution)"
	    " SELECT :record, 1 + coalesce(max(number), 0),"
	    " strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), :comment, :snapshot,"
	    " :author, :reviewer, :contribution"
	    " FROM revision WHERE record = :record"));

	db_set_int(q, "record", s->id);
	db_set_text(q, "snapshot", snapshot);
	set_authorship(q, s->by);
	run(s, q, s->node, "");
}

void
store_state(struct db *db, int64_t id, const char *state,
    const struct authorship *by)
{
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO revision (record, number, time, comment, snapshot,"
	    "  state, author, reviewer, contribution)"
	    " SELECT :record, 1 + number,"
	    " strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), :comment, snapshot,"
	    " :state, :author, :reviewer, :contribution"
	    " FROM revision WHERE record = :record"
	    " ORDER BY number DESC LIMIT 1"));

	db_set_int(q, "record", id);
	db_set_text(q, "state", state);
	set_authorship(q, by);
	db_run(q);
}

bool
store_is_members(struct db *db, int64_t id)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT author IS NOT NULL FROM revision WHERE record = :record"
	    " ORDER BY number DESC LIMIT 1"));

	db_set_int(q, "record", id);
	return db_number(q, 0) == 1;
}

/* The digest the database has, "-" for a record that was not stored from a
 * tree; false if there is a row and nothing else. */
static bool
stored_digest(const struct storing *s, struct buf *digest)
{
	struct query *q = db_restart(db_query(s->db,
	    "SELECT digest FROM record WHERE id = :id"));

	db_set_int(q, "id", s->id);
	if (db_next(q))
		buf_puts(digest, db_text(q, 0));
	db_restart(q);
	return digest->len > 0;
}

/* Is it word for word the newest revision? */
static bool
is_newest(struct storing *s, const char *snapshot)
{
	struct query *q = db_restart(db_query(s->db,
	    "SELECT snapshot = :snapshot AND state = 'published'"
	    " FROM revision WHERE record = :record"
	    " ORDER BY number DESC LIMIT 1"));

	db_set_int(q, "record", s->id);
	db_set_text(q, "snapshot", snapshot);
	return db_number(q, 0) == 1;
}

static void
store_parts(struct storing *s)
{
	const struct table *own = &s->kind->own;

	store_texts(s, &record_table, s->node, s->id);
	for (size_t i = 0; record_table.lists[i] != NULL; i++)
		store_list(s, record_table.lists[i], s->node, s->id);
	if (own->table != NULL)
		store_one(s, own, s->node, s->id, 0);
}

/* How much of its core is there, for those who look for what is missing. */
static void
store_groups(struct storing *s)
{
	const char *const *groups = s->kind->groups;

	for (int i = 0; groups != NULL && groups[i] != NULL; i++) {
		struct group_count c =
		    complete_group(s->kind, groups[i], s->node);
		struct query *q = db_restart(db_query(s->db,
		    "INSERT OR REPLACE INTO record_group"
		    " (record, field_group, place, filled, asked)"
		    " VALUES (:record, :group, :place, :filled, :asked)"));

		db_set_int(q, "record", s->id);
		db_set_text(q, "group", groups[i]);
		db_set_int(q, "place", i + 1);
		db_set_int(q, "filled", c.filled);
		db_set_int(q, "asked", c.asked);
		run(s, q, s->node, groups[i]);
	}
}

/* What storing will be: by the digest for the site's own, by the newest
 * revision for a member's. */
static enum stored
compare(struct storing *s, const char *digest, const char *snapshot)
{
	struct buf before = { 0 };
	enum stored done = STORED_ADDED;
	bool same;

	if (stored_digest(s, &before)) {
		same = s->by->author != 0 ? is_newest(s, snapshot)
					  : strcmp(before.data, digest) == 0;
		done = same ? STORED_SAME : STORED_CHANGED;
	}
	buf_free(&before);
	return done;
}

/* Put a tree as it is kept, after the version; returns where it begins. */
static const char *
put_snapshot(struct buf *text, const struct kind *k, const struct node *n,
    char digest[17])
{
	buf_puts(text, STORE_VERSION);
	canonical_put(text, k, n);
	snprintf(digest, 17, "%016" PRIx64, hash_bytes(text->data, text->len));
	return text->data + sizeof(STORE_VERSION) - 1;
}

bool
store_differs(struct check *c, const struct kind *k, const struct node *n,
    int64_t id)
{
	static const struct authorship site = { 0 };
	struct storing s = { c, c->db, k, n, "", id, &site };
	struct buf text = { 0 };
	enum stored done;
	char digest[17];

	put_snapshot(&text, k, n, digest);
	done = compare(&s, digest, "");
	buf_free(&text);
	return done != STORED_SAME;
}

enum stored
store_record(struct check *c, const struct kind *k, const struct node *n,
    int64_t id, const struct authorship *by)
{
	struct storing s = { c, c->db, k, n, node_text(n, "lang"), id, by };
	struct buf text = { 0 };
	const char *snapshot;
	enum stored done;
	char digest[17];

	snapshot = put_snapshot(&text, k, n, digest);
	done = compare(&s, digest, snapshot);
	if (done != STORED_SAME) {
		update_row(&s, digest);
		if (done == STORED_CHANGED)
			clear_all(&s);
		store_parts(&s);
		store_groups(&s);
		add_revision(&s, snapshot);
	}
	buf_free(&text);
	return done;
}
