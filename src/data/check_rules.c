/*
 * What must hold between the fields of a record.
 *
 * Plausible is not the same as right: what a visit on the spot could well
 * explain is a warning, what cannot be is a fault.
 */
#include <string.h>
#include <strings.h>

#include "data/check.h"

void
check_order(struct check *c, const struct node *row, const char *earlier,
    const char *later)
{
	const struct node *a = node_get(row, earlier),
			  *b = node_get(row, later);
	size_t n;

	if (a == NULL || b == NULL)
		return;
	n = a->len < b->len ? a->len : b->len;
	if (strncmp(b->text, a->text, n) < 0)
		check_fault(c, b, later, "is before %s",
		    check_called(c, "field", earlier));
}

/* A country's address is its code. */
static void
check_country(struct check *c, const struct node *r)
{
	const struct node *slug = node_get(r, "slug");

	if (slug != NULL &&
	    strcasecmp(slug->text, node_text(r, "country")) != 0)
		check_fault(c, slug, "slug",
		    "must be the country's code in small letters");
}

static void
check_end(struct check *c, const struct node *r)
{
	const struct node *end = node_get(r, "date_end");

	if (end != NULL && strcmp(end->text, node_text(r, "date")) < 0)
		check_fault(c, end, "date_end", "is before date");
}

void
check_rules(struct check *c, const struct kind *k, const struct node *r)
{
	if (strcmp(k->kind, "scheme") == 0)
		check_scheme(c, r);
	if (strcmp(k->kind, "country") == 0)
		check_country(c, r);
	if (strcmp(k->kind, "event") == 0)
		check_end(c, r);
	if (strcmp(k->kind, "news") == 0)
		check_news(c, r);
	check_figures(c, r);
}
