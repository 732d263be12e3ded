#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "data/feed_date_own.h"

/*
 * The parts of dates.  Letters are small and without accents.
 */

size_t
moment_digits(const char **s, size_t most, int *number)
{
	size_t n = 0;

	*number = 0;
	for (; n < most && isdigit((unsigned char)**s); n++, ++*s)
		*number = *number * 10 + (**s - '0');
	return n;
}

/* ":30" or, in French, "h30". */
static bool
next_part(const char **s, char also, int *number)
{
	const char *at = *s;

	if ((*at != ':' && *at != also) || !isdigit((unsigned char)at[1]))
		return false;
	at++;
	if (moment_digits(&at, 2, number) != 2)
		return false;
	*s = at;
	return true;
}

/* "am", "p.m." after a time of twelve hours. */
static void
half_day(const char **s, struct moment *m)
{
	const char *at = *s + strspn(*s, " ");
	char half = *at;

	if ((half != 'a' && half != 'p') || m->hour > 12)
		return;
	at += 1 + (at[1] == '.');
	if (*at != 'm' || isalpha((unsigned char)at[1]))
		return;
	m->hour = m->hour % 12 + (half == 'p' ? 12 : 0);
	*s = at + 1 + (at[1] == '.');
}

bool
moment_time(const char **s, struct moment *m)
{
	const char *at = *s;
	int hour, minute;

	if (moment_digits(&at, 2, &hour) == 0 || !next_part(&at, 'h', &minute))
		return false;
	m->hour = hour;
	m->minute = minute;
	next_part(&at, ':', &m->second);
	if ((*at == '.' || *at == ',') && isdigit((unsigned char)at[1]))
		at += 1 + strspn(at + 1, "0123456789");
	half_day(&at, m);
	*s = at;
	return true;
}

/*
 * Zones.
 */

/* "+0200", "+02:00", "+2". */
static bool
offset(const char **s, struct moment *m)
{
	const char *at = *s + 1;
	int hours, minutes = 0, sign = **s == '-' ? -1 : 1;
	size_t n = strspn(at, "0123456789");

	if (n == 0 || n > 4)
		return false;
	moment_digits(&at, n > 2 ? n - 2 : n, &hours);
	if (n > 2)
		moment_digits(&at, 2, &minutes);
	else if (*at == ':')
		next_part(&at, ':', &minutes);
	if (hours > 15 || minutes > 59)
		return false;
	m->offset = sign * (hours * 60 + minutes);
	*s = at;
	return true;
}

static const struct zone {
	const char *name;
	int minutes;
} zones[] = {
	{ "z", 0 },
	{ "ut", 0 },
	{ "utc", 0 },
	{ "gmt", 0 },
	{ "wet", 0 },
	{ "west", 60 },
	{ "bst", 60 },
	{ "cet", 60 },
	{ "met", 60 },
	{ "wat", 60 },
	{ "cest", 120 },
	{ "mest", 120 },
	{ "eet", 120 },
	{ "cat", 120 },
	{ "sast", 120 },
	{ "eest", 180 },
	{ "eat", 180 },
	{ "msk", 180 },
	{ "jst", 540 },
	{ "kst", 540 },
	{ "aest", 600 },
	{ "aedt", 660 },
	{ "nzst", 720 },
	{ "nzdt", 780 },
	{ "brt", -180 },
	{ "art", -180 },
	{ "ast", -240 },
	{ "adt", -180 },
	{ "est", -300 },
	{ "edt", -240 },
	{ "cst", -360 },
	{ "cdt", -300 },
	{ "mst", -420 },
	{ "mdt", -360 },
	{ "pst", -480 },
	{ "pdt", -420 },
	{ "akst", -540 },
	{ "akdt", -480 },
	{ "hst", -600 },
};

static bool
is_sign(char c)
{
	return c == '+' || c == '-';
}

bool
moment_zone(const char **s, struct moment *m)
{
	size_t len = 0;

	if (is_sign(**s))
		return offset(s, m);
	while (isalpha((unsigned char)(*s)[len]))
		len++;
	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		if (strlen(zones[i].name) != len ||
		    memcmp(zones[i].name, *s, len) != 0)
			continue;
		m->offset = zones[i].minutes;
		*s += len;
		if (m->offset == 0 && is_sign(**s))
			offset(s, m);
		return true;
	}
	if (len != 1) /* military letters were defined the wrong way round */
		return false;
	++*s;
	return true;
}

/*
 * ISO 8601.
 */

/* "2026-W49-1", the Monday of week 49: the week that has January 4 is the
 * first. */
static bool
week_date(const char **s, struct moment *m)
{
	const char *at = *s + 1;
	int week, day = 1, weekday;
	int64_t days;

	if (moment_digits(&at, 2, &week) != 2 || week < 1 || week > 53)
		return false;
	if (*at == '-' && isdigit((unsigned char)at[1])) {
		at++;
		moment_digits(&at, 1, &day);
	}
	if (day < 1 || day > 7 || m->year < 1)
		return false;
	days = moment_days(m->year, 1, 4);
	weekday = (int)(((days + 3) % 7 + 7) % 7); /* 1970-01-01: Thursday */
	days += (week - 1) * 7 + day - 1 - weekday;
	days -= moment_days(m->year, 1, 1);
	m->month = 1;
	m->day = (int)days + 1;
	*s = at;
	return true;
}

/* A day of the year, from the first of January on or before it. */
static void
settle_day(struct moment *m)
{
	if (m->day < 1) {
		m->year--;
		m->month = 12;
		m->day += 31;
	}
	while (m->month < 12 && m->year > 0 &&
	    m->day > moment_month_length(m->year, m->month))
		m->day -= moment_month_length(m->year, m->month++);
	if (m->month == 12 && m->day > 31) {
		m->year++;
		m->month = 1;
		m->day -= 31;
	}
}

/* What follows "2026": "-11-30", "-11", "-334", "-W49-1", "1130" or no more. */
static bool
iso_day(const char **s, struct moment *m)
{
	const char *at = *s + (**s == '-');
	size_t n = strspn(at, "0123456789");

	m->month = m->day = 1;
	if (*at == 'w' && week_date(&at, m)) {
		settle_day(m);
	} else if (n == 3) {
		moment_digits(&at, 3, &m->day);
		if (m->day < 1 || m->day > 366 || m->year < 1)
			return false;
		settle_day(m);
	} else if (n == 4 && at == *s) {
		moment_digits(&at, 2, &m->month);
		moment_digits(&at, 2, &m->day);
	} else if ((n == 1 || n == 2) && at != *s) {
		moment_digits(&at, 2, &m->month);
		if (*at == '-' && isdigit((unsigned char)at[1])) {
			at++;
			moment_digits(&at, 2, &m->day);
		}
	} else if (**s != '\0') {
		return false;
	}
	*s = at;
	return !isdigit((unsigned char)*at);
}

/* "T12", "T123059", " 12:30". */
static void
iso_time(const char **s, struct moment *m)
{
	const char *at = *s;
	size_t n;

	if (*at != 't' && *at != ' ')
		return;
	at += 1 + strspn(at + 1, " ");
	n = strspn(at, "0123456789");
	if (moment_time(&at, m)) {
		*s = at;
	} else if (n == 2 || n == 4 || n == 6) {
		moment_digits(&at, 2, &m->hour);
		moment_digits(&at, 2, &m->minute);
		moment_digits(&at, 2, &m->second);
		*s = at;
	} else {
		return;
	}
	if ((**s == '.' || **s == ',') && isdigit((unsigned char)(*s)[1]))
		*s += 1 + strspn(*s + 1, "0123456789");
	*s += strspn(*s, " ");
	if (is_sign(**s) || isalpha((unsigned char)**s))
		moment_zone(s, m);
}

bool
moment_iso(const char *s, struct moment *m)
{
	if (moment_digits(&s, 4, &m->year) != 4 || !iso_day(&s, m))
		return false;
	iso_time(&s, m);
	return true;
}

/*
 * Words.
 */

/* How the names of months begin, by language where they differ. */
static const struct {
	const char *begin;
	int month;
} months[] = {
	{ "jan", 1 },
	{ "ene", 1 },
	{ "gen", 1 },
	{ "feb", 2 },
	{ "fev", 2 },
	{ "mar", 3 },
	{ "apr", 4 },
	{ "avr", 4 },
	{ "abr", 4 },
	{ "may", 5 },
	{ "mai", 5 },
	{ "mag", 5 },
	{ "mei", 5 },
	{ "juin", 6 },
	{ "jun", 6 },
	{ "giu", 6 },
	{ "juil", 7 },
	{ "jul", 7 },
	{ "lug", 7 },
	{ "aug", 8 },
	{ "aou", 8 },
	{ "ago", 8 },
	{ "sep", 9 },
	{ "set", 9 },
	{ "oct", 10 },
	{ "out", 10 },
	{ "okt", 10 },
	{ "ott", 10 },
	{ "nov", 11 },
	{ "dec", 12 },
	{ "dic", 12 },
	{ "dez", 12 },
	{ "des", 12 },
};

static const char *const month_ends[] = { "", "t", "uary", "vier", "uar", "ro",
	"eiro", "naio", "ruary", "rier", "rero", "reiro", "braio", "ereiro",
	"ruar", "ch", "s", "zo", "co", "z", "il", "ile", "o", "e", "gio", "ho",
	"io", "y", "r", "gno", "let", "lio", "ust", "sto", "tember", "tembre",
	"tiembre", "iembre", "embro", "tembro", "ubre", "ubro", "ober", "obre",
	"tobre", "ember", "embre", "iembre", "vembro", "lho", "nho", "st", "t",
	"us", "aio", "uer", "v", "ls", "mber", "i" };

int
moment_month(const char *s, size_t len)
{
	for (size_t i = 0; i < sizeof(months) / sizeof(months[0]); i++) {
		size_t n = strlen(months[i].begin);

		if (len < n || memcmp(s, months[i].begin, n) != 0)
			continue;
		for (size_t j = 0;
		     j < sizeof(month_ends) / sizeof(month_ends[0]); j++)
			if (strlen(month_ends[j]) == len - n &&
			    memcmp(s + n, month_ends[j], len - n) == 0)
				return months[i].month;
	}
	return 0;
}

bool
moment_is_filler(const char *s, size_t len)
{
	static const char *const days[] = { "mon", "tue", "wed", "thu", "fri",
		"sat", "sun", "lun", "mar", "mer", "jeu", "ven", "sam", "dim",
		"mie", "jue", "vie", "sab", "dom", "seg", "ter", "qua", "qui",
		"sex", "die", "mit", "don", "fre", "son", "gio" };
	static const char *const words[] = { "de", "of", "del", "le", "the",
		"at", "a", "las", "um", "uhr", "h", "st", "nd", "rd", "th",
		"er", "mo", "di", "mi", "do", "fr", "sa", "so", "am", "pm",
		"il", "alle", "t" };

	if (len >= 3 && len <= 13)
		for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
			if (memcmp(s, days[i], 3) == 0)
				return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == len && memcmp(s, words[i], len) == 0)
			return true;
	return false;
}
