/*
 * What must hold between the fields of a record.
 *
 * Plausible is not the same as right: what a visit on the spot could well
 * explain is a warning, what cannot be is a fault.
 */
#include <string.h>
#include <strings.h>

#include "data/check.h"

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

/* Two issues can't have the same number. */
static void
check_number(struct check *c, const struct node *r)
{
	const struct node *number = node_get(r, "number");
	struct query *q;

	if (number == NULL)
		return;
	q = db_restart(db_query(c->db,
	    "SELECT 1 FROM newsletter n JOIN record r ON r.id = n.record"
	    " WHERE n.number = CAST (:number AS INTEGER) AND r.slug <> :slug"));
	db_set_text(q, "number", number->text);
	db_set_text(q, "slug", node_text(r, "slug"));
	if (db_number(q, 0) == 1)
		check_fault(c, number, "number",
		    "there is an issue “%.40s” already", number->text);
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
	if (strcmp(k->kind, "newsletter") == 0)
		check_number(c, r);
	check_figures(c, r);
}
