#include <string.h>

#include "data/canonical.h"
#include "data/json.h"
#include "data/withhold.h"

static void
drop_private(const struct table *t, struct node *row)
{
	struct node **link = &row->first;

	row->last = NULL;
	while (*link != NULL) {
		const struct field *f = table_field(t, (*link)->key);

		if (f != NULL && f->private) {
			*link = (*link)->next;
			row->n--;
			continue;
		}
		row->last = *link;
		link = &(*link)->next;
	}
}

static void
withhold_in(const struct table *t, struct node *row)
{
	if (*node_text(row, "consent") == '\0')
		drop_private(t, row);
	for (struct node *n = row->first; n != NULL; n = n->next) {
		const struct table *list = table_list(t, n->key);

		if (list == NULL || list->shape != SHAPE_ROWS)
			continue;
		for (struct node *e = n->first; e != NULL; e = e->next)
			if (e->type == NODE_MAP)
				withhold_in(list, e);
	}
}

void
withhold(const struct kind *k, struct node *record)
{
	withhold_in(&record_table, record);
	withhold_in(&k->own, record);
}

/* Does any row of a tree that may be shown say this? */
static bool
is_told(const struct node *now, const struct node *n)
{
	const struct node *e;

	if (now == NULL)
		return false;
	e = now->type == NODE_MAP && *node_text(now, "consent") != '\0'
	    ? node_get(now, n->key)
	    : NULL;
	if (e != NULL && strcmp(e->text, n->text) == 0)
		return true;
	for (const struct node *c = now->first; c != NULL; c = c->next)
		if (c->first != NULL && is_told(c, n))
			return true;
	return false;
}

static bool
is_open(const struct table *t, const struct node *row, const struct node *now)
{
	for (const struct node *n = row->first; n != NULL; n = n->next) {
		const struct field *f = table_field(t, n->key);

		if (f != NULL && f->private && n->len > 0 && !is_told(now, n))
			return false;
	}
	return true;
}

static void
drop(struct node *row, const char *key)
{
	struct node **link = &row->first;

	row->last = NULL;
	while (*link != NULL) {
		if ((*link)->key != NULL && strcmp((*link)->key, key) == 0) {
			*link = (*link)->next;
			row->n--;
			continue;
		}
		row->last = *link;
		link = &(*link)->next;
	}
}

static void
close_in(const struct table *t, struct node *row, const struct node *now)
{
	if (!is_open(t, row, now))
		drop(row, "consent");
	for (struct node *n = row->first; n != NULL; n = n->next) {
		const struct table *list = table_list(t, n->key);

		if (list == NULL || list->shape != SHAPE_ROWS)
			continue;
		for (struct node *e = n->first; e != NULL; e = e->next)
			if (e->type == NODE_MAP)
				close_in(list, e, now);
	}
}

void
withhold_close(const struct kind *k, struct node *record,
    const struct node *now)
{
	close_in(&k->own, record, now);
}

void
withhold_past(const struct kind *k, struct node *record, const struct node *now)
{
	withhold_close(k, record, now);
	withhold(k, record);
}

/* Most kinds have nothing to withhold. */
static bool
has_private(const struct table *t)
{
	for (const struct field *f = table_fields(t); f->name != NULL; f++)
		if (f->private)
			return true;
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++)
		if (has_private(t->lists[i]))
			return true;
	return false;
}

static struct node *
read_snapshot(struct arena *a, const char *snapshot)
{
	static const struct node at = { .file = "" };
	struct buf why = { 0 };
	struct node *record =
	    json_read(a, &at, snapshot, strlen(snapshot), &why);

	buf_free(&why);
	return record != NULL && record->type == NODE_MAP ? record : NULL;
}

void
withhold_json(struct buf *out, const struct kind *k, const char *snapshot,
    const char *now)
{
	struct arena arena = { 0 };
	struct node *record;

	if (!has_private(&k->own)) {
		buf_puts(out, snapshot);
		return;
	}
	record = read_snapshot(&arena, snapshot);
	if (record != NULL) {
		withhold_past(k, record, read_snapshot(&arena, now));
		canonical_put(out, k, record);
	}
	arena_free(&arena);
}
