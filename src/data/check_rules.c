/*
 * What must hold between the fields of a record.
 *
 * Plausible is not the same as right: what a visit on the spot could well
 * explain is a warning, what cannot be is a fault.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "data/check.h"

static int
this_year(void)
{
	time_t now = time(NULL);
	struct tm tm;

	return gmtime_r(&now, &tm)->tm_year + 1900;
}

static void
check_years(struct check *c, const struct node *r)
{
	const struct node *started = node_get(r, "year_started");
	const struct node *stopped = node_get(r, "year_stopped");

	if (started != NULL && atoi(started->text) > this_year())
		check_fault(c, started, "year_started", "is in the future");
	if (stopped != NULL && atoi(stopped->text) > this_year())
		check_fault(c, stopped, "year_stopped", "is in the future");
	if (started != NULL && stopped != NULL &&
	    atoi(stopped->text) < atoi(started->text))
		check_fault(c, stopped, "year_stopped",
		    "is before year_started");
	if (stopped == NULL && strcmp(node_text(r, "status"), "stopped") == 0)
		check_warn(c, node_get(r, "status"), "status",
		    "stopped, but year_stopped is not known");
}

/* A figure of an indicator and year; NULL if there is none, or no value. */
static const struct node *
figure(const struct node *r, const char *indicator, const char *year)
{
	const struct node *list = node_get(r, "figures");

	for (const struct node *n = list != NULL ? list->first : NULL;
	     n != NULL; n = n->next)
		if (strcmp(node_text(n, "indicator"), indicator) == 0 &&
		    strcmp(node_text(n, "year"), year) == 0 &&
		    node_get(n, "value") != NULL)
			return n;
	return NULL;
}

static double
value_of(const struct node *figure)
{
	return figure != NULL ? strtod(node_text(figure, "value"), NULL) : 0;
}

/* Parts that cannot be more than their whole, in one year. */
static void
check_parts(struct check *c, const struct node *r, const char *year)
{
	static const struct {
		const char *part, *other, *whole;
		bool fault;
	} rules[] = {
		{ "women", "men", "beneficiaries", true },
		{ "contributions-collected", "", "contributions-due", false },
		{ "members", "", "beneficiaries", false },
		{ "beneficiaries", "", "target-population", false },
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const struct node *part = figure(r, rules[i].part, year);
		const struct node *other = figure(r, rules[i].other, year);
		const struct node *whole = figure(r, rules[i].whole, year);

		if (part == NULL || whole == NULL ||
		    value_of(part) + value_of(other) <= value_of(whole))
			continue;
		if (rules[i].fault)
			check_fault(c, part, "figures", "more %s%s%s than %s",
			    rules[i].part,
			    *rules[i].other != '\0' ? " and " : "",
			    rules[i].other, rules[i].whole);
		else
			check_warn(c, part, "figures", "more %s than %s",
			    rules[i].part, rules[i].whole);
	}
}

/* What multiplies in a year or two was perhaps counted otherwise. */
static void
check_growth(struct check *c, const struct node *list, const struct node *n)
{
	for (const struct node *m = list->first; m != NULL; m = m->next) {
		int years =
		    atoi(node_text(n, "year")) - atoi(node_text(m, "year"));

		if (years < 1 || years > 2 || *node_text(m, "year") == '\0' ||
		    strcmp(node_text(m, "indicator"),
			node_text(n, "indicator")) != 0 ||
		    value_of(m) <= 0 || value_of(n) <= 4 * value_of(m))
			continue;
		check_warn(c, n, "figures", "more than four times the %s of %s",
		    node_text(n, "indicator"), node_text(m, "year"));
	}
}

static void
check_figures(struct check *c, const struct node *r)
{
	const struct node *list = node_get(r, "figures");

	for (const struct node *n = list != NULL ? list->first : NULL;
	     n != NULL; n = n->next) {
		double low = strtod(node_text(n, "low"), NULL);
		const struct node *high = node_get(n, "high");

		if (high != NULL && node_get(n, "low") == NULL)
			check_fault(c, high, "figures.high",
			    "a range needs low as well");
		else if (high != NULL && strtod(high->text, NULL) < low)
			check_fault(c, high, "figures.high",
			    "is less than low");
		if (strcmp(node_text(n, "unit"), "percent") == 0 &&
		    value_of(n) < 0)
			check_fault(c, n, "figures.value",
			    "a share is not negative");
		check_parts(c, r, node_text(n, "year"));
		check_growth(c, list, n);
	}
}

static void
check_scheme(struct check *c, const struct node *r)
{
	const struct node *sources = node_get(r, "sources");

	check_years(c, r);
	if (node_get(r, "status") != NULL && node_get(r, "status_date") == NULL)
		check_fault(c, r, "status_date",
		    "is missing: when was the status observed?");
	if (sources == NULL || sources->n == 0)
		check_fault(c, r, "sources", "at least one must be given");
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
	check_figures(c, r);
}
