#ifndef TESTS_REVISE_H
#define TESTS_REVISE_H

#include "data/publish.h"
#include "visitor.h"

/* What a test publishes, straight into the site's database. */

static inline int64_t
record_of(const char *kind, const char *slug)
{
	struct db *db = db_open(visitor_database.data, DB_READ);
	struct query *q = db_restart(db_query(db,
	    "SELECT id FROM record WHERE kind = :kind AND slug = :slug"));
	int64_t id;

	db_set_text(q, "kind", kind);
	db_set_text(q, "slug", slug);
	id = db_number(q, 0);
	db_close(db);
	return id;
}

/* Set a field of a record to a text and publish that; base 0 is the newest. */
static inline enum published
revise(const char *kind, const char *slug, const char *field, const char *text,
    const struct authorship *by)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);
	struct arena a = { 0 };
	struct buf why = { 0 };
	struct check c = { .db = db, .why = &why };
	struct publishing w = { .kind = kind_find(kind),
		.record = record_of(kind, slug),
		.arena = &a,
		.by = *by };
	struct node *n;
	enum published done;

	w.base = publish_newest(db, w.record);
	w.tree = publish_tree(db, &a, w.record, 0);
	if (w.tree == NULL)
		bail_out("no tree");
	n = node_get(w.tree, field);
	if (n == NULL)
		n = node_add(&a, w.tree, field, NODE_TEXT);
	if (n->type == NODE_MAP)
		n = n->first;
	n->text = arena_keep(&a, text, strlen(text));
	n->len = strlen(text);
	if (!db_begin(db))
		bail_out("begin");
	done = publish(&c, &w);
	if (why.len > 0)
		printf("# %s\n", why.data);
	if (done == PUBLISHED)
		db_commit(db);
	else
		db_rollback(db);
	db_close(db);
	arena_free(&a);
	buf_free(&why);
	return done;
}

#endif
