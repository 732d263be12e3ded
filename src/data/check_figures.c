/*
 * What must hold between the figures of a record.
 *
 * Figures are of one kind if year, product and service are the same.  A
 * number that is said to be no more than about right proves nothing: where
 * one stands in a comparison, what would be a fault is a warning.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/check.h"

static bool
same_text(const struct node *a, const struct node *b, const char *key)
{
	return strcmp(node_text(a, key), node_text(b, key)) == 0;
}

static bool
same_kind(const struct node *a, const struct node *b)
{
	return same_text(a, b, "year") && same_text(a, b, "product") &&
	    same_text(a, b, "service") && same_text(a, b, "currency");
}

/* A figure of an indicator that has a value, beside another; or NULL. */
static const struct node *
figure(const struct node *r, const char *indicator, const struct node *like)
{
	const struct node *list = node_get(r, "figures");

	for (const struct node *n = list != NULL ? list->first : NULL;
	     n != NULL; n = n->next)
		if (strcmp(node_text(n, "indicator"), indicator) == 0 &&
		    node_get(n, "value") != NULL && same_kind(n, like))
			return n;
	return NULL;
}

static double
value_of(const struct node *figure)
{
	return figure != NULL ? strtod(node_text(figure, "value"), NULL) : 0;
}

static bool
is_rough(const struct node *figure)
{
	return figure != NULL && node_get(figure, "qualifier") != NULL;
}

/* Parts that cannot be more than their whole. */
struct rule {
	const char *part, *other, *whole, *more; /* more: beside the whole */
	const char *unless; /* "field value" of the record that lifts it */
	bool fault;
};

static const struct rule rules[] = {
	{ "women", "men", "beneficiaries", "", NULL, true },
	{ "children", "", "beneficiaries", "", NULL, true },
	{ "members", "", "beneficiaries", "", "counting_unit beneficiary",
	    true },
	{ "members-up-to-date", "", "members", "", NULL, true },
	{ "members-renewed", "", "members-due-renewal", "", NULL, true },
	{ "contributions-collected", "", "contributions-due",
	    "contributions-prepaid", NULL, true },
	{ "claims-rejected", "claims-paid", "claims-received", "claims-opening",
	    NULL, true },
	{ "assembly-women", "", "assembly-participants", "", NULL, true },
	{ "beneficiaries", "", "target-population", "", NULL, false },
};

static bool
is_lifted(const struct rule *rule, const struct node *r)
{
	const char *space =
	    rule->unless != NULL ? strchr(rule->unless, ' ') : NULL;
	char field[32] = "";

	if (space == NULL)
		return false;
	memcpy(field, rule->unless, (size_t)(space - rule->unless));
	return strcmp(node_text(r, field), space + 1) == 0;
}

/* Said once, at the first of the parts that is there. */
static void
check_rule(struct check *c, const struct node *r, const struct node *n,
    const struct rule *rule)
{
	const struct node *part = figure(r, rule->part, n);
	const struct node *other = figure(r, rule->other, n);
	const struct node *whole = figure(r, rule->whole, n);
	const struct node *more = figure(r, rule->more, n);
	bool two = *rule->other != '\0';
	const char *and = two ? check_called(c, "word", " and ") : "";
	const char *first = check_called(c, "indicator", rule->part);
	const char *second =
	    two ? check_called(c, "indicator", rule->other) : "";
	const char *all = check_called(c, "indicator", rule->whole);
	bool rough = is_rough(part) || is_rough(other) || is_rough(whole) ||
	    is_rough(more);

	if ((part != NULL ? part : other) != n || whole == NULL ||
	    value_of(part) + value_of(other) <=
		value_of(whole) + value_of(more) ||
	    is_lifted(rule, r))
		return;
	if (rule->fault && !rough)
		check_fault(c, n, "figures", "more %s%s%s than %s", first, and,
		    second, all);
	else
		check_warn(c, n, "figures", "more %s%s%s than %s", first, and,
		    second, all);
}

/* What multiplies in a year or two was perhaps counted otherwise. */
static void
check_growth(struct check *c, const struct node *list, const struct node *n)
{
	for (const struct node *m = list->first; m != NULL; m = m->next) {
		int years =
		    atoi(node_text(n, "year")) - atoi(node_text(m, "year"));

		if (years < 1 || years > 2 || *node_text(m, "year") == '\0' ||
		    !same_text(n, m, "indicator") ||
		    !same_text(n, m, "product") ||
		    !same_text(n, m, "service") || value_of(m) <= 0 ||
		    value_of(n) <= 4 * value_of(m))
			continue;
		check_warn(c, n, "figures", "more than four times the %s of %s",
		    check_called(c, "indicator", node_text(n, "indicator")),
		    node_text(m, "year"));
	}
}

/* A forecast is one; most others are a slip of the finger. */
static void
check_year(struct check *c, const struct node *n)
{
	const struct node *year = node_get(n, "year");
	time_t now = time(NULL);
	struct tm tm;

	if (year != NULL &&
	    atoi(year->text) > gmtime_r(&now, &tm)->tm_year + 1900)
		check_warn(c, year, "figures.year", "is a year to come");
}

static void
check_figure(struct check *c, const struct node *n)
{
	double low = strtod(node_text(n, "low"), NULL);
	const struct node *high = node_get(n, "high");
	const char *indicator = node_text(n, "indicator");

	if (high != NULL && node_get(n, "low") == NULL)
		check_fault(c, high, "figures.high",
		    "a range needs low as well");
	else if (high != NULL && strtod(high->text, NULL) < low)
		check_fault(c, high, "figures.high", "is less than low");
	if (strcmp(node_text(n, "unit"), "percent") != 0)
		return;
	if (value_of(n) < 0)
		check_fault(c, n, "figures.value", "a share is not negative");
	if (strcmp(indicator, "women") == 0 || strcmp(indicator, "men") == 0)
		check_fault(c, n, "figures.unit",
		    "give their number: the share is computed from it");
}

void
check_figures(struct check *c, const struct node *r)
{
	const struct node *list = node_get(r, "figures");

	if (list == NULL || list->type != NODE_LIST)
		return;
	for (const struct node *n = list->first; n != NULL; n = n->next) {
		if (n->type != NODE_MAP)
			continue;
		check_figure(c, n);
		check_year(c, n);
		check_growth(c, list, n);
		for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
			check_rule(c, r, n, &rules[i]);
	}
}
