#include <stdlib.h>
#include <string.h>

#include "data/complete.h"

/* More core fields than this a group can't have. */
enum { CORE_MAX = 32 };

struct counting {
	const char *group;
	const char *core[CORE_MAX];
	bool filled[CORE_MAX];
	int n;
};

static void
count(struct counting *c, const char *core, bool filled)
{
	int i = 0;

	while (i < c->n && strcmp(c->core[i], core) != 0)
		i++;
	if (i == CORE_MAX)
		abort();
	if (i == c->n)
		c->core[c->n++] = core;
	c->filled[i] |= filled;
}

static bool
is_there(const struct node *n)
{
	return n != NULL && (n->type == NODE_TEXT || n->n > 0);
}

/* A relation of some kinds says who supports a scheme: a way to say so. */
static void
count_relations(struct counting *c, const struct node *list)
{
	bool supported = false;

	for (const struct node *n = list != NULL ? list->first : NULL;
	     n != NULL; n = n->next)
		supported |= strcmp(node_text(n, "relation"), "support") == 0;
	if (strcmp(c->group, "support") == 0)
		count(c, "support", supported);
}

/* group is where a table's fields stand that do not say so themselves. */
static void
count_table(struct counting *c, const struct table *t, const char *group,
    const struct node *row)
{
	for (const struct field *f = table_fields(t); f->name != NULL; f++) {
		const char *in = f->group != NULL ? f->group : group;

		if (f->core != NULL && in != NULL && strcmp(in, c->group) == 0)
			count(c, f->core,
			    row != NULL && is_there(node_get(row, f->name)));
	}
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++) {
		const struct table *list = t->lists[i];
		const struct node *rows =
		    row != NULL ? node_get(row, list->name) : NULL;
		const char *in = list->group != NULL ? list->group : group;

		if (list->core != NULL && in != NULL &&
		    strcmp(in, c->group) == 0)
			count(c, list->core, is_there(rows));
		if (list->shape != SHAPE_ROWS)
			continue;
		count_table(c, list, in, NULL);
		for (const struct node *n = rows != NULL ? rows->first : NULL;
		     n != NULL; n = n->next)
			count_table(c, list, in, n);
	}
}

struct group_count
complete_group(const struct kind *k, const char *group,
    const struct node *record)
{
	struct counting c = { .group = group };
	struct group_count sum = { 0 };

	count_table(&c, &record_table, NULL, record);
	count_table(&c, &k->own, NULL, record);
	count_relations(&c, node_get(record, "related"));
	for (int i = 0; i < c.n; i++)
		sum.filled += c.filled[i];
	sum.asked = c.n;
	return sum;
}
