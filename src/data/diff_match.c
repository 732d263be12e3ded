#include <string.h>

#include "data/diff_match.h"

const struct node *
match_said(const struct node *n)
{
	return n != NULL &&
		(n->type == NODE_TEXT ? n->len > 0 : n->first != NULL)
	    ? n
	    : NULL;
}

bool
match_same(const struct node *a, const struct node *b)
{
	a = match_said(a);
	b = match_said(b);
	if (a == NULL || b == NULL)
		return a == b;
	if (a->type != b->type)
		return false;
	if (a->type == NODE_TEXT)
		return strcmp(a->text, b->text) == 0;
	if (a->n != b->n)
		return false;
	a = a->first;
	for (const struct node *e = b->first; e != NULL; e = e->next) {
		const struct node *other =
		    b->type == NODE_MAP ? node_get(b, a->key) : e;

		if (!match_same(a, other))
			return false;
		a = a->next;
	}
	return true;
}

/* By which fields a row is what it is, all of them the same; the first that
 * fits is the better.  Lists that are not here are matched by likeness. */
static const struct {
	const char *list, *fields[5];
} identities[] = {
	{ "figures", { "indicator", "year", "product", "service" } },
	{ "figures", { "indicator", "year" } },
	{ "related", { "to", "relation" } },
	{ "sources", { "field", "document", "reference", "place" } },
	{ "sources", { "document", "reference" } },
	{ "authors", { "name", "organisation" } },
	{ "wordings", { "lang", "document", "place" } },
	{ "parts", { "part", "branch" } },
	{ "files", { "file" } },
	{ "programmes", { "name" } },
	{ "laws", { "name" } },
	{ "products", { "name" } },
	{ "benefits", { "service" } },
	{ "contributions", { "basis", "size_min", "size_max", "valid_from" } },
	{ "shares", { "payer" } },
	{ "providers", { "name", "organisation" } },
	{ "supporters", { "organisation", "name", "role" } },
	{ "supporters", { "organisation", "name" } },
	{ "subsidies", { "type", "organisation", "name", "year" } },
	{ "linkages", { "linkage", "organisation", "name" } },
	{ "contacts", { "name", "function" } },
	{ "items", { "item" } },
};

struct rows
match_open(struct arena *a, const struct node *list)
{
	struct rows r = { 0 };
	size_t n = list != NULL ? list->n : 0;

	r.all = arena_alloc(a, (n + 1) * sizeof(*r.all));
	r.match = arena_alloc(a, (n + 1) * sizeof(*r.match));
	for (const struct node *e = n > 0 ? list->first : NULL; e != NULL;
	     e = e->next)
		if (e->type == NODE_MAP)
			r.all[r.n++] = e;
	return r;
}

/* How alike two rows are, from 0 to 1000. */
typedef int likeness(const void *ctx, const struct node *, const struct node *);

static int
are_equal(const void *ctx, const struct node *a, const struct node *b)
{
	(void)ctx;
	return match_same(a, b) ? 1000 : 0;
}

static int
are_called_alike(const void *ctx, const struct node *a, const struct node *b)
{
	const char *const *fields = ctx;
	bool any = false;

	for (size_t i = 0; i < 5 && fields[i] != NULL; i++) {
		const struct node *x = node_get(a, fields[i]);

		if (!match_same(x, node_get(b, fields[i])))
			return 0;
		any |= match_said(x) != NULL;
	}
	return any ? 1000 : 0;
}

/* Which part of what is said in them they share. */
static int
are_alike(const void *ctx, const struct node *a, const struct node *b)
{
	size_t most = a->n > b->n ? a->n : b->n, n = 0;

	(void)ctx;
	for (const struct node *e = a->first; e != NULL; e = e->next)
		n +=
		    match_said(e) != NULL && match_same(e, node_get(b, e->key));
	return most > 0 ? (int)(1000 * n / most) : 0;
}

static int
are_rows(const void *ctx, const struct node *a, const struct node *b)
{
	(void)ctx;
	(void)a;
	(void)b;
	return 1;
}

/* Match each row that is left with the likest of the other list. */
static void
match(struct rows *a, struct rows *b, likeness *like, const void *ctx,
    int least)
{
	for (size_t i = 0; i < a->n; i++) {
		int best = least - 1;
		size_t at = 0;

		for (size_t j = 0; a->match[i] == 0 && j < b->n; j++) {
			int likely = b->match[j] == 0
			    ? like(ctx, a->all[i], b->all[j])
			    : 0;

			if (likely <= best || likely == 0)
				continue;
			best = likely;
			at = j + 1;
		}
		if (at == 0)
			continue;
		a->match[i] = at;
		b->match[at - 1] = i + 1;
	}
}

static size_t
unmatched(const struct rows *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += r->match[i] == 0;
	return n;
}

void
match_rows(const struct table *t, struct rows *a, struct rows *b)
{
	size_t n = sizeof(identities) / sizeof(identities[0]);
	bool known = false;

	match(a, b, are_equal, NULL, 1000);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(identities[i].list, t->name) != 0)
			continue;
		known = true;
		match(a, b, are_called_alike, identities[i].fields, 1000);
	}
	match(a, b, are_alike, NULL, 500);
	/* words that were put otherwise have nothing in common but their place */
	if (!known && unmatched(a) == unmatched(b))
		match(a, b, are_rows, NULL, 1);
}
