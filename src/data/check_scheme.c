/*
 * What must hold between the fields of a scheme: years in order, shares that
 * make a whole, money of the country and the day.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/check.h"
#include "data/locale.h"

static int
this_year(void)
{
	time_t now = time(NULL);
	struct tm tm;

	return gmtime_r(&now, &tm)->tm_year + 1900;
}

static const struct node *
first_of(const struct node *row, const char *list)
{
	const struct node *n = node_get(row, list);

	return n != NULL && n->type == NODE_LIST ? n->first : NULL;
}

static void
check_past(struct check *c, const struct node *r, const char *field)
{
	const struct node *n = node_get(r, field);

	if (n != NULL && atoi(n->text) > this_year())
		check_fault(c, n, field, "is in the future");
}

static void
check_range(struct check *c, const struct node *row, const char *least,
    const char *most)
{
	const struct node *a = node_get(row, least), *b = node_get(row, most);

	if (a != NULL && b != NULL && atof(b->text) < atof(a->text))
		check_fault(c, b, most, "is less than %s",
		    check_called(c, "field", least));
}

static void
check_life(struct check *c, const struct node *r)
{
	const struct node *status = node_get(r, "status");

	check_past(c, r, "year_initiated");
	check_past(c, r, "year_started");
	check_past(c, r, "year_stopped");
	check_order(c, r, "year_initiated", "year_started");
	check_order(c, r, "year_started", "year_stopped");
	if (status == NULL) {
		check_warn(c, r, "status", "is missing");
		return;
	}
	if (strcmp(status->text, "stopped") == 0 &&
	    node_get(r, "year_stopped") == NULL &&
	    node_get(r, "year_stopped_missing") == NULL)
		check_fault(c, status, "status",
		    "stopped, but neither year_stopped is given nor why it is "
		    "missing (year_stopped_missing)");
	if (node_get(r, "status_date") == NULL)
		check_fault(c, r, "status_date",
		    "is missing: when was the status observed?");
	check_past(c, r, "status_date");
}

/* SCH-SEN-0001: the country's alpha-3 code stands in it. */
static void
check_registry_id(struct check *c, const struct node *r)
{
	const struct node *n = node_get(r, "registry_id");
	struct buf wanted = { 0 };
	const char *serial;

	if (n == NULL)
		return;
	buf_puts(&wanted, "SCH-");
	locale_country_alpha3(&wanted, node_text(r, "country"));
	buf_putc(&wanted, '-');
	serial = n->text + (n->len < wanted.len ? n->len : wanted.len);
	if (strncmp(n->text, buf_text(&wanted), wanted.len) != 0 ||
	    strlen(serial) < 4 || serial[strspn(serial, "0123456789")] != '\0')
		check_fault(c, n, "registry_id", "“%.40s” is not like %s0001",
		    n->text, buf_text(&wanted));
	buf_free(&wanted);
}

static void
check_both(struct check *c, const struct node *row, const char *one,
    const char *other)
{
	const struct node *a = node_get(row, one), *b = node_get(row, other);

	if ((a == NULL) != (b == NULL))
		check_fault(c, a != NULL ? a : b, a != NULL ? one : other,
		    "%s must be given too",
		    check_called(c, "field", a != NULL ? other : one));
}

static void
check_people(struct check *c, const struct node *r)
{
	const struct node *women = node_get(r, "leaders_women");

	check_range(c, r, "age_min", "age_max");
	if (women != NULL && node_get(r, "leaders") != NULL &&
	    atoi(women->text) > atoi(node_text(r, "leaders")))
		check_fault(c, women, "leaders_women", "more than leaders");
}

/* Border schemes take the neighbour's money, many count in dollars. */
static void
check_currency(struct check *c, const struct node *r, const struct node *row,
    const char *field, const char *date)
{
	const struct node *n = node_get(row, field);
	const char *country = node_text(r, "country");

	if (n != NULL && *country != '\0' &&
	    !locale_is_currency(country, n->text, date))
		check_warn(c, n, field, "%s was not the money of %s%s%s",
		    n->text, check_called(c, "country", country),
		    *date != '\0' ? check_called(c, "word", " in ") : " ",
		    date);
}

static void
check_shares(struct check *c, const struct node *contribution)
{
	const struct node *list = node_get(contribution, "shares");
	double sum = 0;

	if (list == NULL || list->n == 0)
		return;
	for (const struct node *n = list->first; n != NULL; n = n->next) {
		sum += strtod(node_text(n, "percent"), NULL);
		for (const struct node *m = n->next; m != NULL; m = m->next)
			if (strcmp(node_text(n, "payer"),
				node_text(m, "payer")) == 0)
				check_fault(c, m, "shares", "“%s” pays twice",
				    check_called(c, "payer",
					node_text(m, "payer")));
	}
	if (fabs(sum - 100) > 0.5)
		check_fault(c, list, "shares",
		    "make %.15g %% together, not 100", sum);
}

static void
check_product(struct check *c, const struct node *r, const struct node *product)
{
	check_currency(c, r, product, "currency", "");
	for (const struct node *n = first_of(product, "contributions");
	     n != NULL; n = n->next) {
		check_currency(c, r, n, "currency", node_text(n, "valid_from"));
		check_order(c, n, "valid_from", "valid_to");
		check_range(c, n, "size_min", "size_max");
		check_shares(c, n);
	}
	for (const struct node *n = first_of(product, "benefits"); n != NULL;
	     n = n->next)
		for (const struct node *m = n->next; m != NULL; m = m->next)
			if (strcmp(node_text(n, "service"),
				node_text(m, "service")) == 0)
				check_fault(c, m, "benefits",
				    "“%s” stands here twice",
				    check_called(c, "service",
					node_text(m, "service")));
}

static bool
has_product(const struct node *r, const char *name)
{
	for (const struct node *n = first_of(r, "products"); n != NULL;
	     n = n->next)
		if (strcmp(node_text(n, "name"), name) == 0)
			return true;
	return false;
}

/* A figure says its product by name, and is of a year's money. */
static void
check_scheme_figures(struct check *c, const struct node *r)
{
	for (const struct node *n = first_of(r, "figures"); n != NULL;
	     n = n->next) {
		const struct node *product = node_get(n, "product");

		check_currency(c, r, n, "currency", node_text(n, "year"));
		if (product != NULL && !has_product(r, product->text))
			check_warn(c, product, "figures.product",
			    "there is no product “%.80s”", product->text);
	}
}

/* One @, and behind it a name with a dot within. */
static bool
is_address(const char *s)
{
	const char *at = strchr(s, '@'), *dot = strrchr(s, '.');

	return at != NULL && at > s && strchr(at + 1, '@') == NULL &&
	    dot != NULL && dot > at + 1 && dot[1] != '\0' &&
	    s[strcspn(s, " <>,;\t\n")] == '\0';
}

static void
check_contacts(struct check *c, const struct node *r)
{
	for (const struct node *n = first_of(r, "contacts"); n != NULL;
	     n = n->next) {
		const struct node *email = node_get(n, "email");

		if (email != NULL && !is_address(email->text))
			check_fault(c, email, "contacts.email",
			    "“%.80s” is not an e-mail address", email->text);
		check_past(c, n, "consent");
	}
}

void
check_scheme(struct check *c, const struct node *r)
{
	const struct node *sources = node_get(r, "sources");

	check_life(c, r);
	check_registry_id(c, r);
	check_both(c, r, "latitude", "longitude");
	check_people(c, r);
	check_currency(c, r, r, "contribution_currency", "");
	for (const struct node *n = first_of(r, "products"); n != NULL;
	     n = n->next)
		check_product(c, r, n);
	for (const struct node *n = first_of(r, "supporters"); n != NULL;
	     n = n->next)
		check_order(c, n, "date_from", "date_to");
	check_scheme_figures(c, r);
	check_contacts(c, r);
	if (sources == NULL || sources->n == 0)
		check_fault(c, r, "sources", "at least one must be given");
}
