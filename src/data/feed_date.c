#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "data/feed_date.h"
#include "data/feed_date_own.h"
#include "data/locale.h"

/*
 * Days.
 */

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int
moment_month_length(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };

	return lengths[month - 1] + (month == 2 && is_leap(year));
}

int64_t
moment_days(int year, int month, int day)
{
	int64_t y = year - 1;
	int64_t days = y * 365 + y / 4 - y / 100 + y / 400;

	for (int m = 1; m < month; m++)
		days += moment_month_length(year, m);
	return days + day - 1 - 719162; /* from year 1 to 1970 */
}

static void
from_days(int64_t days, int *year, int *month, int *day)
{
	int64_t left;

	*year = (int)(1970 + days / 366);
	while (*year > 1 && moment_days(*year, 1, 1) > days)
		--*year;
	while (moment_days(*year + 1, 1, 1) <= days)
		++*year;
	left = days - moment_days(*year, 1, 1);
	*month = 1;
	while (left >= moment_month_length(*year, *month))
		left -= moment_month_length(*year, (*month)++);
	*day = (int)left + 1;
}

static bool
write_seconds(char *to, int64_t seconds)
{
	int64_t days = seconds / 86400, rest = seconds % 86400;
	int year, month, day;

	if (rest < 0) {
		rest += 86400;
		days--;
	}
	from_days(days, &year, &month, &day);
	if (year < 1 || year > 9999 || days < moment_days(1, 1, 1))
		return false;
	snprintf(to, FEED_DATE, "%04u-%02u-%02uT%02u:%02u:%02uZ",
	    (unsigned)year % 10000, (unsigned)month % 100, (unsigned)day % 100,
	    (unsigned)(rest / 3600) % 100, (unsigned)(rest / 60 % 60) % 100,
	    (unsigned)(rest % 60) % 100);
	return true;
}

bool
moment_write(char *to, const struct moment *m)
{
	int64_t minutes;

	if (m->year < 1 || m->year > 9999 || m->month < 1 || m->month > 12 ||
	    m->day < 1 || m->day > moment_month_length(m->year, m->month) ||
	    m->hour > 24 || m->minute > 59 || m->second > 60 ||
	    (m->hour == 24 && m->minute + m->second > 0) ||
	    abs(m->offset) > 16 * 60)
		return false;
	minutes = moment_days(m->year, m->month, m->day) * 1440;
	minutes += m->hour * INT64_C(60) + m->minute - m->offset;
	return write_seconds(to, minutes * 60 + m->second);
}

/*
 * What is only digits.
 */

/* 8 digits are a day, 14 a day and a time, others count from 1970. */
static bool
only_digits(const char *s, size_t n, char *to)
{
	struct moment m = { 0 };
	long long seconds;

	if (n == 8 || n == 14) {
		moment_digits(&s, 4, &m.year);
		moment_digits(&s, 2, &m.month);
		moment_digits(&s, 2, &m.day);
		moment_digits(&s, 2, &m.hour);
		moment_digits(&s, 2, &m.minute);
		moment_digits(&s, 2, &m.second);
		return moment_write(to, &m);
	}
	if (n < 9 || n > 16 || n == 15)
		return false;
	seconds = strtoll(s, NULL, 10);
	if (n == 16)
		seconds /= 1000000;
	else if (n >= 12)
		seconds /= 1000;
	return write_seconds(to, seconds);
}

/*
 * "Mon, 30 Nov 2026 12:00:00 +0000" and all that has its parts in any order.
 */
struct loose {
	struct moment m;
	int numbers[3]; /* of a date, as they stand */
	size_t digits[3];
	size_t n;
	char separator; /* between them: '/', '.', '-' or ' ' */
	int month_at;   /* how many numbers stood before its name */
	bool time, zone;
};

static bool
is_whole(const struct loose *l)
{
	return l->n + (l->m.month != 0) >= 3;
}

/* A word: a month, a zone after the time, or one that says nothing. */
static bool
word(struct loose *l, const char **s)
{
	size_t len = 0;
	int month;

	while (isalpha((unsigned char)(*s)[len]))
		len++;
	if (l->time && !l->zone && (l->zone = moment_zone(s, &l->m)))
		return true;
	month = moment_month(*s, len);
	/* "Mar. 3 déc." is a Tuesday: the month is the other one. */
	if (month != 0 && (l->m.month == 0 || l->month_at == 0)) {
		l->m.month = month;
		l->month_at = (int)l->n;
	} else if (month == 0 && !moment_is_filler(*s, len)) {
		return false;
	}
	*s += len;
	return true;
}

static bool
number(struct loose *l, const char **s)
{
	const char *at = *s;

	if (!l->time && moment_time(&at, &l->m)) {
		l->time = true;
		*s = at;
		return true;
	}
	if (l->n == 3 || (l->n == 2 && l->m.month != 0))
		return false;
	l->digits[l->n] = moment_digits(s, 4, &l->numbers[l->n]);
	l->n++;
	if (isdigit((unsigned char)**s))
		return false;
	if (l->n < 3 && strchr("/.-", **s) != NULL && **s != '\0' &&
	    isdigit((unsigned char)(*s)[1]))
		l->separator = **s;
	return true;
}

/* One part; false at what is none. */
static bool
part(struct loose *l, const char **s)
{
	if (isdigit((unsigned char)**s))
		return number(l, s);
	if (isalpha((unsigned char)**s))
		return word(l, s);
	if ((**s == '+' || **s == '-') && l->time && !l->zone)
		l->zone = moment_zone(s, &l->m);
	if (!isalnum((unsigned char)**s) && **s != '\0')
		++*s;
	return true;
}

/* The parts, up to what is none: false if that comes too early. */
static bool
parts(struct loose *l, const char *s)
{
	while (*s != '\0' && part(l, &s))
		;
	return is_whole(l);
}

static int
century(int year, size_t digits)
{
	if (digits == 3)
		return year + 1900;
	if (digits > 2)
		return year;
	return year + (year < 50 ? 2000 : 1900);
}

/* Which of two numbers is the day and which the year, beside a month's name. */
static void
named_month(struct loose *l)
{
	int day = 0, year = 1;

	if (l->digits[0] > 2 || l->numbers[0] > 31) {
		day = 1;
		year = 0;
	}
	l->m.day = l->numbers[day];
	l->m.year = century(l->numbers[year], l->digits[year]);
}

/* "2026/11/30", "30.11.2026"; with slashes the day comes first or second. */
static bool
numbered(struct loose *l)
{
	int *n = l->numbers;
	bool swap;

	if (l->digits[0] == 4) {
		l->m.year = n[0];
		l->m.month = n[1];
		l->m.day = n[2];
		return true;
	}
	if (l->digits[2] != 4 && l->digits[2] != 2)
		return false;
	swap = l->separator != '.' && n[1] > 12;
	if (l->separator != '.' && n[0] <= 12 && n[1] <= 12 && n[0] != n[1])
		return false;
	l->m.day = n[swap];
	l->m.month = n[!swap];
	l->m.year = century(n[2], l->digits[2]);
	return true;
}

static bool
loose(const char *s, char *to)
{
	struct loose l = { 0 };

	if (!parts(&l, s))
		return false;
	if (l.m.month != 0)
		named_month(&l);
	else if (!numbered(&l))
		return false;
	return moment_write(to, &l.m);
}

/* Small letters without accents, without what stands in (brackets). */
static void
simplify(struct buf *out, const char *s)
{
	struct buf plain = { 0 };
	int depth = 0;

	for (size_t n = 0; *s != '\0' && n < 200; s++, n++) {
		depth += *s == '(';
		if (depth == 0)
			buf_putc(&plain, *s);
		depth -= depth > 0 && *s == ')';
	}
	s = buf_text(&plain);
	locale_fold(out, s + strspn(s, " \t\n,"));
	while (out->len > 0 && strchr(" \t\n", out->data[out->len - 1]) != NULL)
		out->data[--out->len] = '\0';
	buf_free(&plain);
}

bool
feed_date(char to[FEED_DATE], const char *text)
{
	struct buf b = { 0 };
	const char *s;
	struct moment m = { 0 };
	size_t digits;
	bool good;

	*to = '\0';
	simplify(&b, text);
	s = buf_text(&b);
	digits = strspn(s, "0123456789");
	if (digits > 4 && s[digits] == '\0')
		good = only_digits(s, digits, to);
	else if (moment_iso(s, &m))
		good = moment_write(to, &m);
	else
		good = loose(s, to);
	if (!good)
		*to = '\0';
	buf_free(&b);
	return good;
}
