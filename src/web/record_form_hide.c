/*
 * What was told in confidence, in the forms of those who may not see it.
 *
 * A row of a list is the same before and after if all that both show is; else
 * the one in the same place, if nothing else is the same as that.
 */
#include <string.h>

#include "web/record_form.h"

static bool
is_private(const struct table *t, const char *name)
{
	const struct field *f = table_field(t, name);

	return f != NULL && f->private;
}

/* Is a row of the published record kept from others? */
static bool
is_withheld(const struct node *row)
{
	return *node_text(row, "consent") == '\0';
}

/* Does any row that is withheld say this? */
static bool
is_secret(const struct node *list, const struct node *n)
{
	for (const struct node *row = list != NULL ? list->first : NULL;
	     row != NULL; row = row->next) {
		const struct node *e = node_get(row, n->key);

		if (e != NULL && is_withheld(row) && e->len > 0 &&
		    strcmp(e->text, n->text) == 0)
			return true;
	}
	return false;
}

static void
hide_in_row(const struct table *t, struct node *row, const struct node *base)
{
	struct node **link = &row->first;

	row->last = NULL;
	while (*link != NULL) {
		if (is_private(t, (*link)->key) && is_secret(base, *link)) {
			*link = (*link)->next;
			row->n--;
			continue;
		}
		row->last = *link;
		link = &(*link)->next;
	}
}

void
record_form_hide(const struct kind *k, struct node *tree,
    const struct node *base)
{
	for (size_t i = 0; k->own.lists != NULL && k->own.lists[i] != NULL;
	     i++) {
		const struct table *t = k->own.lists[i];
		struct node *list = node_get(tree, t->name);

		if (t->shape != SHAPE_ROWS || list == NULL)
			continue;
		for (struct node *row = list->first; row != NULL;
		     row = row->next)
			hide_in_row(t, row, node_get(base, t->name));
	}
}

/* Do two rows show the same? */
static bool
looks_like(const struct table *t, const struct node *a, const struct node *b)
{
	for (const struct field *f = table_fields(t); f->name != NULL; f++)
		if (!f->private &&
		    strcmp(node_text(a, f->name), node_text(b, f->name)) != 0)
			return false;
	return true;
}

static const struct node *
find_row(const struct table *t, const struct node *list, const struct node *row)
{
	for (const struct node *e = list->first; e != NULL; e = e->next)
		if (looks_like(t, e, row))
			return e;
	return NULL;
}

/* The row that this one was. */
static const struct node *
was_row(const struct table *t, const struct node *now, const struct node *row,
    const struct node *was)
{
	const struct node *found = find_row(t, was, row);
	const struct node *e = was->first;

	if (found != NULL)
		return found;
	for (const struct node *n = now->first; n != row && e != NULL;
	     n = n->next)
		e = e->next;
	return e != NULL && find_row(t, now, e) == NULL ? e : NULL;
}

static void
unhide_row(struct arena *a, const struct table *t, struct node *row,
    const struct node *was, const struct node *base)
{
	for (const struct node *e = was->first; e != NULL; e = e->next) {
		struct node *n;

		if (!is_private(t, e->key) || !is_secret(base, e) ||
		    node_get(row, e->key) != NULL)
			continue;
		n = node_add(a, row, e->key, e->type);
		n->text = e->text;
		n->len = e->len;
		n->quoted = true;
	}
}

void
record_form_unhide(struct arena *a, const struct kind *k, struct node *tree,
    const struct node *was, const struct node *base)
{
	for (size_t i = 0; k->own.lists != NULL && k->own.lists[i] != NULL;
	     i++) {
		const struct table *t = k->own.lists[i];
		struct node *now = node_get(tree, t->name);
		const struct node *before = node_get(was, t->name);

		if (t->shape != SHAPE_ROWS || now == NULL || before == NULL)
			continue;
		for (struct node *row = now->first; row != NULL;
		     row = row->next) {
			const struct node *e = was_row(t, now, row, before);

			if (e != NULL)
				unhide_row(a, t, row, e,
				    node_get(base, t->name));
		}
	}
}
