/*
 * One value against its field: the types.
 */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "data/check.h"

static const char digits[] = "0123456789";
static const char small[] = "abcdefghijklmnopqrstuvwxyz";

bool
check_is_language(const char *s)
{
	size_t n = strspn(s, small);

	if (n != 2 && n != 3)
		return false;
	for (s += n; *s == '-'; s += n) {
		s++;
		for (n = 0; isalnum((unsigned char)s[n]);)
			n++;
		if (n < 2 || n > 8)
			return false;
	}
	return *s == '\0';
}

static bool
has_control(const struct node *n)
{
	for (size_t i = 0; i < n->len; i++) {
		unsigned char c = (unsigned char)n->text[i];

		if ((c < 32 && c != '\n' && c != '\t') || c == 127)
			return true;
	}
	return false;
}

/* What makes a title, and all that stands after it, look like another. */
static bool
has_turn(const struct node *n)
{
	for (size_t i = 0; i < n->len; i++)
		if (utf8_turns(n->text + i))
			return true;
	return false;
}

/* The most characters a field can have: its own, or those of its kind. */
static size_t
most(const struct field *f)
{
	bool words = f->type == FIELD_TEXT || f->type == FIELD_TEXTS;

	if (words && f->high > 0)
		return (size_t)f->high;
	if (f->type == FIELD_MARKDOWN)
		return 100000;
	if (words && f->long_text)
		return 10000;
	return f->type == FIELD_URL ? 2000 : 1000;
}

static void
check_int(struct check *c, const struct field *f, const char *name,
    const struct node *n)
{
	const char *s = n->text + (*n->text == '-');
	long long value;

	errno = 0;
	value = strtoll(n->text, NULL, 10);
	if (*s == '\0' || s[strspn(s, digits)] != '\0' || errno != 0)
		check_fault(c, n, name, "“%.40s” is not a whole number",
		    n->text);
	else if (f->low < f->high &&
	    ((double)value < f->low || (double)value > f->high))
		check_fault(c, n, name, "%lld is not from %.0f to %.0f", value,
		    f->low, f->high);
}

static void
check_real(struct check *c, const struct field *f, const char *name,
    const struct node *n)
{
	const char *s = n->text + (*n->text == '-');
	char *end;
	double value = strtod(n->text, &end);

	if (strspn(s, digits) == 0 || *end != '\0' || !isfinite(value) ||
	    n->text[strspn(n->text, "-0123456789.eE+")] != '\0')
		check_fault(c, n, name, "“%.40s” is not a number", n->text);
	else if (f->low < f->high && (value < f->low || value > f->high))
		check_fault(c, n, name, "%g is not from %g to %g", value,
		    f->low, f->high);
}

static int
two_digits(const char *s)
{
	return (s[0] - '0') * 10 + s[1] - '0';
}

static int
days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (leap && month == 2);
}

/* 2007, 2007-11 or 2007-11-13. */
static bool
is_date(const char *s, size_t len)
{
	static const char shape[] = "dddd-dd-dd";
	int month, day;

	if (len != 4 && len != 7 && len != 10)
		return false;
	for (size_t i = 0; i < len; i++)
		if (shape[i] == 'd' ? strchr(digits, s[i]) == NULL
				    : s[i] != shape[i])
			return false;
	month = len > 4 ? two_digits(s + 5) : 1;
	day = len > 7 ? two_digits(s + 8) : 1;
	return month >= 1 && month <= 12 && day >= 1 &&
	    day <= days_in(two_digits(s) * 100 + two_digits(s + 2), month);
}

bool
check_is_time(const char *s, size_t len)
{
	static const char shape[] = "Tdd:dd:ddZ";
	size_t n = len == 17 ? 6 : 9; /* with seconds, up to the Z */

	if (len != 17 && len != 20)
		return is_date(s, len);
	if (!is_date(s, 10) || s[len - 1] != 'Z')
		return false;
	for (size_t i = 0; i < n; i++)
		if (shape[i] == 'd' ? strchr(digits, s[10 + i]) == NULL
				    : s[10 + i] != shape[i])
			return false;
	return two_digits(s + 11) < 24 && two_digits(s + 14) < 60 &&
	    (len == 17 || two_digits(s + 17) < 60);
}

static bool
is_url(const char *s)
{
	size_t scheme = 0;

	if (strncmp(s, "http://", 7) == 0)
		scheme = 7;
	else if (strncmp(s, "https://", 8) == 0)
		scheme = 8;
	return scheme > 0 && isalnum((unsigned char)s[scheme]) &&
	    strpbrk(s, " \"<>\\^`{|}\n\t") == NULL;
}

static bool
is_code(struct check *c, const char *list, const char *code)
{
	struct query *q = db_restart(db_query(c->db,
	    "SELECT 1 FROM code WHERE list = :list AND code = :code"));

	db_set_text(q, "list", list);
	db_set_text(q, "code", code);
	return c->unread_codes || db_number(q, 0) == 1;
}

static bool
is_country(struct check *c, const char *code)
{
	struct query *q = db_restart(db_query(c->db,
	    "SELECT 1 FROM country_code WHERE country = :code"));

	db_set_text(q, "code", code);
	return c->unread_codes || db_number(q, 0) == 1;
}

void
check_unread(struct check *c, const struct kind *k)
{
	c->unread_kinds |= k != NULL ? UINT64_C(1) << (k - kinds) : UINT64_MAX;
}

static bool
is_unread(const struct check *c, const char *kind, size_t len)
{
	for (size_t i = 0; kinds[i].kind != NULL; i++)
		if (strlen(kinds[i].kind) == len &&
		    memcmp(kinds[i].kind, kind, len) == 0)
			return (c->unread_kinds >> i & 1) != 0;
	return false;
}

static bool
is_record(struct check *c, const char *kind, size_t kind_len, const char *slug)
{
	struct query *q = db_restart(db_query(c->db,
	    "SELECT 1 FROM record WHERE kind = substr(:kind, 1, :n)"
	    " AND slug = :slug"));

	db_set_text(q, "kind", kind);
	db_set_int(q, "n", (int64_t)kind_len);
	db_set_text(q, "slug", slug);
	return db_number(q, 0) == 1 || is_unread(c, kind, kind_len);
}

static void
check_any_record(struct check *c, const char *name, const struct node *n)
{
	const char *slash = strchr(n->text, '/');

	if (slash == NULL)
		check_fault(c, n, name, "“%s” is not of the form kind/slug",
		    n->text);
	else if (!is_record(c, n->text, (size_t)(slash - n->text), slash + 1))
		check_fault(c, n, name, "there is no record “%s”", n->text);
}

static bool
is_file(struct check *c, const char *sha)
{
	struct query *q = db_restart(db_query(c->db,
	    "SELECT 1 FROM file WHERE sha256 = :sha"));

	db_set_text(q, "sha", sha);
	return db_number(q, 0) == 1;
}

int
check_truth(const char *s)
{
	if (strcmp(s, "true") == 0 || strcmp(s, "1") == 0)
		return 1;
	return strcmp(s, "false") == 0 || strcmp(s, "0") == 0 ? 0 : -1;
}

static void
check_word(struct check *c, const struct field *f, const char *name,
    const struct node *n)
{
	bool good = true;

	if (f->type == FIELD_BOOL || f->type == FIELD_FLAG)
		good = check_truth(n->text) >= 0;
	if (!good)
		check_fault(c, n, name, "“%.40s” is neither true nor false",
		    n->text);
	else if (f->type == FIELD_DATE && !is_date(n->text, n->len))
		check_fault(c, n, name,
		    "“%.40s” is not a date like 2007, 2007-11 or 2007-11-13",
		    n->text);
	else if (f->type == FIELD_TIME && !check_is_time(n->text, n->len))
		check_fault(c, n, name,
		    "“%.40s” is neither a date like 2007-11-13 nor a time like "
		    "2007-11-13T08:00Z (in UTC)",
		    n->text);
	else if (f->type == FIELD_URL && !is_url(n->text))
		check_fault(c, n, name,
		    "“%.80s” is not an http or https address", n->text);
	else if (f->type == FIELD_CODE && !is_code(c, f->of, n->text))
		check_fault(c, n, name, "“%.40s” is not in the code list %s",
		    n->text, f->of);
	else if (f->type == FIELD_COUNTRY && !is_country(c, n->text))
		check_fault(c, n, name,
		    "“%.40s” is not an ISO 3166-1 alpha-2 country code",
		    n->text);
	else if (f->type == FIELD_LANGUAGE && !check_is_language(n->text))
		check_fault(c, n, name, "“%.40s” is not a language code",
		    n->text);
	else if (f->type == FIELD_FILE && !is_file(c, n->text))
		check_fault(c, n, name, "there is no file “%.64s”", n->text);
}

void
check_value(struct check *c, const struct field *f, const char *name,
    const struct node *n)
{
	if (n->type != NODE_TEXT)
		check_fault(c, n, name, "a single value must stand here");
	else if (n->text[strspn(n->text, " \t\n")] == '\0' ||
	    (!n->quoted && strcmp(n->text, "~") == 0) ||
	    (!n->quoted && strcmp(n->text, "null") == 0))
		check_fault(c, n, name,
		    "is empty; leave out what is not known");
	else if (has_control(n))
		check_fault(c, n, name, "holds a control character");
	else if (has_turn(n))
		check_fault(c, n, name,
		    "holds a character that turns the direction of the text "
		    "(U+202A to U+202E, U+2066 to U+2069)");
	else if (utf8_count(n->text, n->len) > most(f))
		check_fault(c, n, name, "is longer than %d characters",
		    (int)most(f));
	else if (f->type == FIELD_INT)
		check_int(c, f, name, n);
	else if (f->type == FIELD_REAL)
		check_real(c, f, name, n);
	else if (f->type == FIELD_ANY_RECORD)
		check_any_record(c, name, n);
	else if ((f->type == FIELD_RECORD || f->type == FIELD_SLUG) &&
	    !is_record(c, f->of, strlen(f->of), n->text))
		check_fault(c, n, name, "there is no %s “%s”",
		    check_called(c, "kind", f->of), n->text);
	else
		check_word(c, f, name, n);
}
