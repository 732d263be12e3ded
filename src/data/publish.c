#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "data/canonical.h"
#include "data/fold.h"
#include "data/index.h"
#include "data/json.h"
#include "data/locale.h"
#include "data/publish.h"
#include "data/retrieve.h"

enum { SLUG_MAX = 80 };

int64_t
publish_newest(struct db *db, int64_t record)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT max(number) FROM revision WHERE record = :record"));

	db_set_int(q, "record", record);
	return db_number(q, 0);
}

/* Has this contribution become a revision before?  Then of which record. */
static int64_t
published_before(struct db *db, int64_t contribution)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT record FROM revision WHERE contribution = :contribution"));

	if (contribution == 0)
		return 0;
	db_set_int(q, "contribution", contribution);
	return db_number(q, 0);
}

/* A title's words without accents: what an address is made of. */
static size_t
put_slug(char slug[SLUG_MAX + 1], const char *title)
{
	size_t n = 0, size;
	char letter[FOLD_MAX];

	for (; *title != '\0' && n + FOLD_MAX < SLUG_MAX; title += size) {
		uint32_t c = utf8_next(title, strlen(title), &size);
		size_t len = 0;

		if (fold_char(c, letter, &len) == FOLD_MARK)
			continue;
		for (size_t i = 0; i < len; i++)
			if ((letter[i] >= 'a' && letter[i] <= 'z') ||
			    (letter[i] >= '0' && letter[i] <= '9'))
				slug[n++] = letter[i];
		if (len == 0 && n > 0 && slug[n - 1] != '-')
			slug[n++] = '-';
	}
	while (n > 0 && slug[n - 1] == '-')
		n--;
	slug[n] = '\0';
	return n;
}

static bool
is_taken(struct db *db, const struct kind *k, const char *slug)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT 1 FROM record WHERE kind = :kind AND slug = :slug"));

	db_set_text(q, "kind", k->kind);
	db_set_text(q, "slug", slug);
	/* the addresses under a kind that are no record's */
	return db_number(q, 0) == 1 || strcmp(slug, "new") == 0 ||
	    (strcmp(slug, "data") == 0 && strcmp(k->kind, "scheme") == 0) ||
	    (strcmp(slug, "archive") == 0 && strcmp(k->kind, "news") == 0);
}

/* The number behind a slug that is taken: one more than any other has. */
static int64_t
next_number(struct db *db, const struct kind *k, const char *slug)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT 1 + max(1, coalesce(max(CAST (substr(slug,"
	    "  length(:slug) + 2) AS INTEGER)), 1)) FROM record"
	    " WHERE kind = :kind AND slug > :slug || '-'"
	    " AND slug < :slug || '.' AND length(slug) < length(:slug) + 10"));

	db_set_text(q, "kind", k->kind);
	db_set_text(q, "slug", slug);
	return db_number(q, 2);
}

/* The words of the record's title in its language, or the first. */
static const char *
title_of(const struct node *record)
{
	const struct node *title = node_get(record, "title"), *own;

	if (title == NULL || title->type == NODE_TEXT)
		return title != NULL ? title->text : "";
	own = node_get(title, node_text(record, "lang"));
	return own != NULL         ? own->text
	    : title->first != NULL ? title->first->text
				   : "";
}

/* A country's profile has its code for an address, all others their title. */
static void
add_slug(struct db *db, struct publishing *p)
{
	bool country = strcmp(p->kind->kind, "country") == 0;
	char base[SLUG_MAX + 1], slug[SLUG_MAX + 22];
	struct node *n;

	if (put_slug(base,
		country ? node_text(p->tree, "country") : title_of(p->tree)) ==
	    0)
		snprintf(base, sizeof(base), "%s", p->kind->kind);
	snprintf(slug, sizeof(slug), "%s", base);
	if (!country && is_taken(db, p->kind, slug))
		snprintf(slug, sizeof(slug), "%s-%lld", base,
		    (long long)next_number(db, p->kind, base));
	n = node_add(p->arena, p->tree, "slug", NODE_TEXT);
	n->len = strlen(slug);
	n->text = arena_keep(p->arena, slug, n->len);
}

/* What has a country of its own is one of that country's records: lists,
 * filters and rights go by countries. */
static void
add_country(struct publishing *p)
{
	const struct node *own = node_get(p->tree, "country");
	struct node *all = node_get(p->tree, "countries"), *n;

	if (own == NULL || table_field(&p->kind->own, "country") == NULL)
		return;
	if (all == NULL)
		all = node_add(p->arena, p->tree, "countries", NODE_LIST);
	for (n = all->first; n != NULL; n = n->next)
		if (strcmp(n->text, own->text) == 0)
			return;
	n = node_add(p->arena, all, NULL, NODE_TEXT);
	n->text = own->text;
	n->len = own->len;
}

/* SCH-SEN-0007: the next number of the country's, that no scheme has or ever
 * had in any revision. */
static void
add_registry_id(struct db *db, struct publishing *p)
{
	struct buf id = { 0 };
	struct query *q = db_restart(db_query(db,
	    "SELECT 1 + coalesce(max(CAST (substr(id, 9) AS INTEGER)), 0)"
	    " FROM (SELECT registry_id AS id FROM scheme UNION ALL"
	    "  SELECT json_extract(v.snapshot, '$.registry_id') FROM revision v"
	    "  JOIN record r ON r.id = v.record AND r.kind = 'scheme')"
	    " WHERE substr(id, 1, 8) = :prefix"));
	struct node *n;

	buf_puts(&id, "SCH-");
	locale_country_alpha3(&id, node_text(p->tree, "country"));
	buf_putc(&id, '-');
	if (id.len == strlen("SCH-SEN-")) {
		db_set_text(q, "prefix", id.data);
		buf_printf(&id, "%04lld", (long long)db_number(q, 1));
		n = node_add(p->arena, p->tree, "registry_id", NODE_TEXT);
		n->len = id.len;
		n->text = arena_keep(p->arena, id.data, id.len);
	}
	buf_free(&id);
}

/* Other records that are found by what this one is called. */
static void
index_namesakes(struct db *db, int64_t record)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT t.record FROM record r JOIN record_theme t"
	    "  ON t.theme = r.slug WHERE r.id = :record AND r.kind = 'theme'"
	    " UNION SELECT a.record FROM document_author a"
	    "  WHERE a.organisation = :record"));

	db_set_int(q, "record", record);
	while (db_next(q))
		index_record(db, db_int(q, 0));
}

static void
index_anew(struct db *db, int64_t record)
{
	index_record(db, record);
	index_namesakes(db, record);
	index_finish(db);
}

static enum published
store(struct check *c, struct publishing *p)
{
	if (p->record == 0)
		p->record = store_row(c->db, p->kind, p->tree,
		    p->entry != NULL ? p->entry : "member");
	store_record(c, p->kind, p->tree, p->record, &p->by);
	if (c->faults > 0)
		return PUBLISH_FAULTS;
	if (!p->many)
		index_anew(c->db, p->record);
	return db_failed(c->db) ? PUBLISH_FAILED : PUBLISHED;
}

/* No two issues of the newsletter have the same number. */
static void
check_issue(struct check *c, const struct publishing *p)
{
	const struct node *number = node_get(p->tree, "number");
	struct query *q = db_restart(db_query(c->db,
	    "SELECT 1 FROM newsletter WHERE record <> :record"
	    " AND number = CAST (:number AS INTEGER)"));

	db_set_int(q, "record", p->record);
	db_set_text(q, "number", number != NULL ? number->text : "");
	if (number != NULL && db_number(q, 0) == 1)
		check_fault(c, number, "number",
		    "there is an issue “%.40s” already", number->text);
}

enum published
publish(struct check *c, struct publishing *p)
{
	int64_t before = published_before(c->db, p->by.contribution);

	if (before != 0) {
		p->record = before;
		return PUBLISHED;
	}
	if (p->record != 0 && publish_newest(c->db, p->record) != p->base)
		return PUBLISH_CONFLICT;
	if (p->record == 0)
		add_slug(c->db, p);
	check_record(c, p->kind, p->tree);
	if (strcmp(p->kind->kind, "newsletter") == 0)
		check_issue(c, p);
	if (c->faults > 0)
		return PUBLISH_FAULTS;
	add_country(p);
	if (p->record == 0 && strcmp(p->kind->kind, "scheme") == 0 &&
	    node_get(p->tree, "registry_id") == NULL)
		add_registry_id(c->db, p);
	return store(c, p);
}

static struct node *
read_snapshot(struct db *db, struct arena *a, int64_t record, int64_t number)
{
	const struct node at = { .file = "revision", .line = 1 };
	struct buf ignored = { 0 };
	struct node *tree = NULL;
	struct query *q = db_restart(db_query(db,
	    "SELECT snapshot FROM revision WHERE record = :record"
	    " AND (number = :number OR :number = 0)"
	    " ORDER BY number DESC LIMIT 1"));

	db_set_int(q, "record", record);
	db_set_int(q, "number", number);
	if (db_next(q))
		tree = json_read(a, &at, db_text(q, 0), db_cell(q, 0).len,
		    &ignored);
	db_restart(q);
	buf_free(&ignored);
	return tree;
}

static const struct kind *
kind_of(struct db *db, int64_t record)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT kind FROM record WHERE id = :record"));
	const struct kind *k;

	db_set_int(q, "record", record);
	k = db_next(q) ? kind_find(db_text(q, 0)) : NULL;
	db_restart(q);
	return k;
}

struct node *
publish_tree(struct db *db, struct arena *a, int64_t record, int64_t number)
{
	struct node *tree = read_snapshot(db, a, record, number);
	const struct kind *k;

	if (tree != NULL || number != 0)
		return tree;
	k = kind_of(db, record);
	return k != NULL ? retrieve_record(db, a, k, record) : NULL;
}

/* A record for which nobody has said when has the day it was published. */
static void
drop_date(struct node *tree, const struct node *revision)
{
	if (node_get(revision, "published") != NULL)
		return;
	for (struct node **link = &tree->first; *link != NULL;
	     link = &(*link)->next)
		if (strcmp((*link)->key, "published") == 0) {
			*link = (*link)->next;
			tree->n--;
			return;
		}
}

static bool
says_the_same(const struct kind *k, const struct node *tree,
    const struct node *revision)
{
	struct buf a = { 0 }, b = { 0 };
	bool same;

	canonical_put(&a, k, tree);
	canonical_put(&b, k, revision);
	same = strcmp(buf_text(&a), buf_text(&b)) == 0;
	buf_free(&a);
	buf_free(&b);
	return same;
}

bool
publish_agrees(struct db *db, const struct kind *k, int64_t record)
{
	struct arena a = { 0 };
	struct node *tree = retrieve_record(db, &a, k, record);
	const struct node *revision = read_snapshot(db, &a, record, 0);
	bool same = tree != NULL && revision != NULL;

	if (same) {
		drop_date(tree, revision);
		same = says_the_same(k, tree, revision);
	}
	arena_free(&a);
	return same;
}

void
publish_put_tree(struct buf *out, const struct node *n)
{
	if (n->type == NODE_TEXT) {
		canonical_string(out, n->text, n->len);
		return;
	}
	buf_putc(out, n->type == NODE_MAP ? '{' : '[');
	for (const struct node *e = n->first; e != NULL; e = e->next) {
		if (e != n->first)
			buf_putc(out, ',');
		if (n->type == NODE_MAP) {
			canonical_string(out, e->key, strlen(e->key));
			buf_putc(out, ':');
		}
		publish_put_tree(out, e);
	}
	buf_putc(out, n->type == NODE_MAP ? '}' : ']');
}

static void
set_status(struct db *db, int64_t record, const char *status)
{
	struct query *q = db_restart(db_query(db,
	    "UPDATE record SET status = :status,"
	    " updated = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
	    " WHERE id = :record"));

	db_set_int(q, "record", record);
	db_set_text(q, "status", status);
	db_run(q);
}

void
publish_withdraw(struct db *db, int64_t record, const struct authorship *by)
{
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO withdrawal (record, member, time, reason) VALUES"
	    " (:record, nullif(:member, 0),"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), :reason)"
	    " ON CONFLICT (record) DO UPDATE SET member = excluded.member,"
	    "  time = excluded.time, reason = excluded.reason"));

	db_set_int(q, "record", record);
	db_set_int(q, "member", by->author);
	db_set_text(q, "reason", by->comment);
	db_run(q);
	store_state(db, record, "archived", by);
	set_status(db, record, "archived");
	index_anew(db, record);
}

void
publish_restore(struct db *db, int64_t record, const struct authorship *by)
{
	struct query *q = db_restart(db_query(db,
	    "DELETE FROM withdrawal WHERE record = :record"));

	db_set_int(q, "record", record);
	db_run(q);
	store_state(db, record, "published", by);
	set_status(db, record, "published");
	index_anew(db, record);
}
