/*
 * What became of a record: its revisions, each as it was then and by what it
 * differs from another, and the way back to it.
 *
 * A record that was taken away keeps its history; what its rows hold in
 * confidence is in none of it (web/changes.h).
 */
#include <stdlib.h>
#include <string.h>

#include "data/publish.h"
#include "data/withhold.h"
#include "features/history.h"
#include "web/changes.h"
#include "web/record.h"

enum { PER_PAGE = 50 };

static int64_t
number(struct page *p, const char *name)
{
	return strtoll(model_cell(&p->model, name).text, NULL, 10);
}

/* Which of the versions the page is of: "History: Title (3)". */
static void
add_to_title(struct page *p, const char *words)
{
	model_change(&p->model, "title",
	    arena_printf(&p->arena, "%s (%s)",
		model_cell(&p->model, "title").text, words));
}

/* A revision's text, without what the record does not tell any more: who once
 * agreed to be shown may have thought better of it. */
static struct node *
tree_of(struct page *p, int64_t revision)
{
	const struct kind *k = kind_find(model_cell(&p->model, "kind").text);
	int64_t record = number(p, "record");
	struct db *db = page_db(p);
	struct node *tree = publish_tree(db, &p->arena, record, revision);

	if (tree != NULL && k != NULL)
		withhold_past(k, tree,
		    number(p, "_withdrawn") == 0
			? publish_tree(db, &p->arena, record, 0)
			: NULL);
	return tree;
}

/* Two revisions side by side. */
static int
compare(struct page *p, int64_t from, int64_t to)
{
	const struct kind *k = kind_find(model_cell(&p->model, "kind").text);
	struct node *before = tree_of(p, from), *after = tree_of(p, to);

	if (before == NULL || after == NULL)
		return 404;
	add_to_title(p,
	    arena_printf(&p->arena, "%lld–%lld", (long long)from,
		(long long)to));
	page_rows(p, "revisions",
	    "SELECT number, " REVISION " FROM revision_told v"
	    " WHERE v.record = :record AND number IN (:from, :to)"
	    " ORDER BY number = :to");
	page_changes(p, k, before, after);
	return page_show(p, 200, "history/compare");
}

static void
name_revisions(struct page *p)
{
	page_rows(p, "results",
	    "SELECT :kind AS kind, :slug || '/history/' || v.number AS slug,"
	    "  :text_lang AS text_lang, :other_lang AS other_lang,"
	    "  :subject || ' (' || v.number || ')' AS title,"
	    "  v.comment AS summary,"
	    "  :record_url || '/history/' || v.number AS url,"
	    "  v.time AS updated, v.time AS published, v.number,"
	    "  v.number = :newest AS _to, v.number = :newest - 1 AS _from,"
	    "  " REVISION " FROM revision_told v WHERE v.record = :record"
	    " ORDER BY v.number DESC LIMIT :limit OFFSET :offset");
}

int
history_index(struct page *p)
{
	int64_t from = page_param_int(p, "from", 0, 0, INT64_MAX);
	int64_t to = page_param_int(p, "to", 0, 0, INT64_MAX);

	if (!record_subject(p, "history_title"))
		return 404;
	if (from > 0 && to > 0 && (p->format == HTML || p->format == JSON))
		return compare(p, from, to);
	page_paging(p, number(p, "newest"), PER_PAGE);
	page_number(p, "_several", number(p, "newest") > 1);
	name_revisions(p);
	return page_show(p, 200, "history/index");
}

/* Names a revision, and those beside it; false if there is none. */
static bool
open_revision(struct page *p)
{
	return record_subject(p, "history_title") &&
	    page_row(p,
		"SELECT v.number, " REVISION ", v.number - 1 AS before,"
		"  CASE WHEN v.number < :newest THEN v.number + 1 END AS next,"
		"  v.number = :newest AS _is_newest"
		" FROM revision_told v"
		" WHERE v.record = :record AND v.number = :number");
}

/* What a revision said, and what it changed; fault is the key of what is to
 * be said first, or NULL. */
static int
show_revision(struct page *p, int status, const char *fault, const char *why)
{
	const struct kind *k = kind_find(model_cell(&p->model, "kind").text);
	int64_t record = number(p, "record"), n = number(p, "number");
	struct node *tree, *before;

	if (!open_revision(p))
		return 404;
	tree = tree_of(p, n);
	before = n > 1 ? tree_of(p, n - 1) : NULL;
	if (tree == NULL)
		return 404;
	add_to_title(p, model_cell(&p->model, "number").text);
	record_acts(p, record);
	page_text(p, "_fault", fault != NULL ? page_string(p, fault) : "");
	page_text(p, "_why", why);
	page_changes(p, k, before, tree);
	page_fields(p, k, tree);
	return page_show(p, status, "history/revision");
}

int
history_revision(struct page *p)
{
	return show_revision(p, 200, NULL, "");
}

/* Publish what the revision said, as a new one; but nobody's address comes
 * back with it that is not told now. */
static enum published
restore(struct page *p, struct buf *why)
{
	int64_t record = number(p, "record"), n = number(p, "number");
	struct check c = { .db = page_writer(p), .why = why };
	struct publishing w = {
		.kind = kind_find(model_cell(&p->model, "kind").text),
		.record = record,
		.base = strtoll(page_field(p, "base"), NULL, 10),
		.tree = publish_tree(c.db, &p->arena, record, n),
		.arena = &p->arena,
		.by = { .author = p->member.id },
	};

	w.by.comment = page_field(p, "comment");
	if (*w.by.comment == '\0')
		w.by.comment = arena_printf(&p->arena, "%s %lld",
		    page_string(p, "history_restored"), (long long)n);
	if (w.tree == NULL)
		return PUBLISH_FAULTS;
	withhold_close(w.kind, w.tree,
	    publish_tree(c.db, &p->arena, record, 0));
	return publish(&c, &w);
}

/* What the check says, without where the revision's text stands. */
static const char *
faults(struct page *p, const struct buf *why)
{
	struct buf out = { 0 };
	const char *kept;

	for (const char *s = buf_text(why); *s != '\0';) {
		size_t n = strcspn(s, "\n");
		const char *text = memchr(s, ' ', n);

		text = text != NULL ? text + 1 : s;
		buf_put(&out, text, (size_t)(s + n - text));
		buf_putc(&out, '\n');
		s += n + (s[n] == '\n');
	}
	kept = page_keep(p, buf_text(&out), out.len);
	buf_free(&out);
	return kept;
}

int
history_restore(struct page *p)
{
	struct buf why = { 0 };
	enum published done;
	const char *told;

	if (!record_subject(p, "history_title"))
		return 404;
	if (number(p, "_withdrawn") != 0)
		return show_revision(p, 409, "history_taken_away", "");
	if (!page_begin(p))
		return 500;
	done = restore(p, &why);
	told = faults(p, &why);
	buf_free(&why);
	if (done == PUBLISHED)
		return page_commit(p)
		    ? page_redirect(p, 303,
			  arena_printf(&p->arena, "%s/history?done=restored",
			      model_cell(&p->model, "record_url").text))
		    : 500;
	page_rollback(p);
	if (done == PUBLISH_CONFLICT)
		return show_revision(p, 409, "history_conflict", "");
	return done == PUBLISH_FAULTS
	    ? show_revision(p, 422, "history_faults", told)
	    : 500;
}
