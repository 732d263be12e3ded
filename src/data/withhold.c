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

void
withhold_json(struct buf *out, const struct kind *k, const char *snapshot)
{
	static const struct node at = { .file = "" };
	struct arena arena = { 0 };
	struct buf why = { 0 };
	struct node *record;

	if (!has_private(&k->own)) {
		buf_puts(out, snapshot);
		return;
	}
	record = json_read(&arena, &at, snapshot, strlen(snapshot), &why);
	if (record != NULL && record->type == NODE_MAP) {
		withhold(k, record);
		canonical_put(out, k, record);
	}
	arena_free(&arena);
	buf_free(&why);
}
