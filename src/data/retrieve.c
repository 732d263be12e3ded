#include <string.h>

#include "data/retrieve.h"
#include "data/store_sql.h"

struct retrieval {
	struct db *db;
	struct arena *arena;
	int64_t record;
};

static bool
is_words(const struct field *f)
{
	return f->type == FIELD_TEXTS || f->type == FIELD_MARKDOWN;
}

static struct node *
add_text(struct retrieval *f, struct node *to, const char *key, struct cell c)
{
	struct node *n = node_add(f->arena, to, key, NODE_TEXT);

	n->text = arena_keep(f->arena, c.text, c.len);
	n->len = c.len;
	return n;
}

/* What stands in a map under key, made now if it is not there. */
static struct node *
within(struct retrieval *f, struct node *map, const char *key,
    enum node_type type)
{
	struct node *n = node_get(map, key);

	return n != NULL ? n : node_add(f->arena, map, key, type);
}

/* A FLAG says nothing unless it is true. */
static bool
says_nothing(const struct field *field, struct cell c)
{
	return c.type == CELL_NULL ||
	    (field->type == FIELD_FLAG && strcmp(c.text, "0") == 0);
}

static void
add_fields(struct retrieval *f, const struct table *t, const struct query *q,
    struct node *to)
{
	int column = 0;

	for (const struct field *e = t->fields; e != NULL && e->name != NULL;
	     e++) {
		struct cell c;

		if (is_words(e))
			continue;
		c = db_cell(q, ++column);
		if (says_nothing(e, c))
			continue;
		if (e->type == FIELD_BOOL || e->type == FIELD_FLAG)
			c = (struct cell){ .text = *c.text == '1' ? "true"
								  : "false",
				.len = *c.text == '1' ? 4 : 5 };
		add_text(f, to, e->name, c);
	}
}

/* Words by language. */
static void
add_words(struct retrieval *f, const struct table *t, int64_t id,
    struct node *to)
{
	struct query *q = db_restart(db_prepare(f->db, table_sql(t)->words));

	db_set_int(q, "id", id);
	while (db_next(q)) {
		struct cell lang = db_cell(q, 0);
		const char *key = arena_keep(f->arena, lang.text, lang.len);
		int column = 0;

		for (const struct field *e = t->fields; e->name != NULL; e++) {
			struct cell c;

			if (!is_words(e))
				continue;
			c = db_cell(q, ++column);
			if (c.type != CELL_NULL)
				add_text(f, within(f, to, e->name, NODE_MAP),
				    key, c);
		}
	}
}

static void
add_names(struct retrieval *f, const struct table *t, struct node *to)
{
	struct query *q = db_restart(db_query(f->db,
	    "SELECT lang, use, name FROM term_name WHERE record = :record"
	    " AND use <> 'preferred' ORDER BY lang, use, name"));

	db_set_int(q, "record", f->record);
	while (db_next(q)) {
		struct node *names = within(f, to, t->name, NODE_MAP), *uses;
		struct cell lang = db_cell(q, 0);

		uses = within(f, names,
		    arena_keep(f->arena, lang.text, lang.len), NODE_MAP);
		for (const struct field *e = t->fields; e->name != NULL; e++)
			if (strcmp(field_column(e), db_text(q, 1)) == 0)
				add_text(f, within(f, uses, e->name, NODE_LIST),
				    NULL, db_cell(q, 2));
	}
}

static void add_list(struct retrieval *, const struct table *, int64_t id,
    struct node *);

/* What belongs to a row besides its fields. */
static void
add_rest(struct retrieval *f, const struct table *t, int64_t id,
    struct node *to)
{
	if (t->texts != NULL)
		add_words(f, t, id, to);
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++)
		add_list(f, t->lists[i], id, to);
}

static void
add_list(struct retrieval *f, const struct table *t, int64_t id,
    struct node *to)
{
	struct node *list = NULL, *row;
	struct query *q;

	if (t->shape == SHAPE_NAMES) {
		add_names(f, t, to);
		return;
	}
	q = db_restart(db_prepare(f->db, table_sql(t)->rows));
	db_set_int(q, "id", id);
	while (db_next(q)) {
		if (list == NULL)
			list = node_add(f->arena, to, t->name, NODE_LIST);
		if (t->shape == SHAPE_VALUES) {
			add_text(f, list, NULL, db_cell(q, 1));
			continue;
		}
		row = node_add(f->arena, list, NULL, NODE_MAP);
		add_fields(f, t, q, row);
		add_rest(f, t, db_int(q, 0), row);
	}
}

/* What one table says of the record. */
static bool
add_one(struct retrieval *f, const struct table *t, struct node *to)
{
	struct query *q = db_restart(db_prepare(f->db, table_sql(t)->rows));

	db_set_int(q, "id", f->record);
	if (!db_next(q))
		return false;
	add_fields(f, t, q, to);
	add_rest(f, t, f->record, to);
	return true;
}

static void
drop(struct node *map, const struct node *gone)
{
	struct node **link = &map->first;

	map->last = NULL;
	while (*link != NULL) {
		if (*link == gone) {
			*link = gone->next;
			map->n--;
			continue;
		}
		map->last = *link;
		link = &(*link)->next;
	}
}

/* A date that follows from a field of the kind isn't said again. */
static void
drop_derived(const struct kind *k, struct node *record)
{
	const struct node *published = node_get(record, "published"), *from;

	if (published == NULL || k->published == NULL)
		return;
	from = node_get(record, k->published);
	if (from == NULL && k->otherwise != NULL)
		from = node_get(record, k->otherwise);
	if (from != NULL && strcmp(from->text, published->text) == 0)
		drop(record, published);
}

struct node *
retrieve_record(struct db *db, struct arena *a, const struct kind *k,
    int64_t id)
{
	struct retrieval f = { db, a, id };
	struct node top = { .file = "" };
	struct node *record = node_add(a, &top, NULL, NODE_MAP);

	if (!add_one(&f, &record_table, record))
		return NULL;
	if (k->own.table != NULL)
		add_one(&f, &k->own, record);
	drop_derived(k, record);
	return record;
}
