#ifndef DATA_LOCALE_H
#define DATA_LOCALE_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * What ICU knows of languages.  lang is an interface language ("fr"); an
 * unknown one is read as English.  Every function appends to out and cannot
 * fail; text that is not UTF-8 is taken as far as it is.
 */

/* A key whose bytes sort as the language sorts the text. */
void locale_sort_key(struct buf *out, const char *text, const char *lang);

/* The capital letter a title stands under in an index: É under E, in Spanish
 * Ñ under Ñ; "#" if it begins with no letter of the alphabet. */
void locale_letter(struct buf *out, const char *text, const char *lang);

/* Small letters without accents: what searching compares. */
void locale_fold(struct buf *out, const char *text);

/* Names of a country (SN) or UN M49 region (011), and of a language (wo). */
void locale_country(struct buf *out, const char *code, const char *lang);
void locale_language(struct buf *out, const char *code, const char *lang);

/* The codes of all languages that have one (ISO 639), NULL-ended. */
const char *const *locale_languages(void);

/* The ISO 3166-1 alpha-3 code (SEN) of a country, nothing if it has none. */
void locale_country_alpha3(struct buf *out, const char *code);

/* Is it the money of a country on a day (ISO 8601, as precise as known; "" at
 * any time)?  True too for a country ICU knows no money of. */
bool locale_is_currency(const char *country, const char *currency,
    const char *date);

/* A number as the language writes it, at most four decimals. */
void locale_number(struct buf *out, double, const char *lang);

/* A date from ISO 8601, as precise as it is: 2007, 2007-11, 2007-11-13 (a
 * time after it is left out).  Anything else is put as it is. */
void locale_date(struct buf *out, const char *iso, const char *lang);

/* The same, with the time of day if there is one: 2026-12-01T08:00Z is
 * "1 December 2026, 08:00 UTC". */
void locale_time(struct buf *out, const char *iso, const char *lang);

/* From one date to another, "14–15 novembre 2007"; end may be "". */
void locale_date_range(struct buf *out, const char *start, const char *end,
    const char *lang);

#endif
