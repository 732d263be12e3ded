/* The money of countries, as ICU knows it: locale_is_currency of locale.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ucurr.h>
#include <unicode/ustring.h>

#include "data/locale.h"

static UDate
moment(int year, int month, int day)
{
	struct tm tm = {
		.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day
	};

	return (UDate)timegm(&tm) * 1000;
}

static bool
is_money_on(const char *locale, const char *currency, UDate date)
{
	UErrorCode e = U_ZERO_ERROR;
	int32_t n = ucurr_countCurrencies(locale, date, &e);

	for (int32_t i = 1; U_SUCCESS(e) && i <= n; i++) {
		UChar code[8];
		char text[8] = "";

		ucurr_forLocaleAndDate(locale, date, i, code, 8, &e);
		if (U_SUCCESS(e))
			u_austrncpy(text, code, 7);
		if (strcmp(text, currency) == 0)
			return true;
	}
	return false;
}

/* In a year of change, both are. */
static bool
is_money_in(const char *locale, const char *currency, int year)
{
	return is_money_on(locale, currency, moment(year, 1, 2)) ||
	    is_money_on(locale, currency, moment(year, 12, 30));
}

bool
locale_is_currency(const char *country, const char *currency, const char *date)
{
	time_t now = time(NULL);
	int this_year = gmtime(&now)->tm_year + 1900, year = atoi(date);
	UErrorCode e = U_ZERO_ERROR;
	char locale[16];

	snprintf(locale, sizeof(locale), "und_%.2s", country);
	if (ucurr_countCurrencies(locale, moment(this_year, 1, 2), &e) == 0)
		return true;
	if (year > 0)
		return is_money_in(locale, currency, year);
	for (year = 1960; year <= this_year; year++)
		if (is_money_in(locale, currency, year))
			return true;
	return false;
}
