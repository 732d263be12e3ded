#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/udateintervalformat.h>
#include <unicode/udatpg.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "data/locale.h"

enum { TEXT_MAX = 1024 }; /* UTF-16 units looked at */

/* ICU's objects are costly to open: one set a language, opened when needed. */
static struct locale {
	const char *lang;
	const char *letters; /* beyond A to Z, and where they stand */
	UCollator *sorting;
	UCollator *letter; /* by base letters alone */
	UNumberFormat *number;
	UDateFormat *dates[3]; /* year, month and day known */
	UDateIntervalFormat *ranges[3];
} locales[] = {
	{ .lang = "en", .letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
	{ .lang = "fr", .letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
	{ .lang = "es", .letters = "ABCDEFGHIJKLMNÑOPQRSTUVWXYZ" },
	{ .lang = "pt", .letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
};

static struct locale *
find(const char *lang)
{
	for (size_t i = 0; i < sizeof(locales) / sizeof(locales[0]); i++)
		if (strcmp(locales[i].lang, lang) == 0)
			return &locales[i];
	return &locales[0];
}

static int32_t
to_utf16(UChar *to, const char *text)
{
	UErrorCode e = U_ZERO_ERROR;
	int32_t n = 0;
	size_t len = strnlen(text, TEXT_MAX);

	u_strFromUTF8WithSub(to, TEXT_MAX, &n, text, (int32_t)len, 0xfffd, NULL,
	    &e);
	return U_SUCCESS(e) ? n : 0;
}

static void
put_utf16(struct buf *out, const UChar *text, int32_t len)
{
	char utf8[3 * TEXT_MAX + 1];
	UErrorCode e = U_ZERO_ERROR;
	int32_t n = 0;

	u_strToUTF8(utf8, sizeof(utf8), &n, text, len, &e);
	if (U_SUCCESS(e))
		buf_put(out, utf8, (size_t)n);
}

static UCollator *
open_collator(const char *lang, UColAttributeValue strength)
{
	UErrorCode e = U_ZERO_ERROR;
	UCollator *c = ucol_open(lang, &e);

	if (U_FAILURE(e)) {
		fprintf(stderr, "locale: no collation for %s: %s\n", lang,
		    u_errorName(e));
		abort();
	}
	ucol_setAttribute(c, UCOL_STRENGTH, strength, &e);
	/* Punctuation does not count: « A » sorts as A. */
	ucol_setAttribute(c, UCOL_ALTERNATE_HANDLING, UCOL_SHIFTED, &e);
	return c;
}

void
locale_sort_key(struct buf *out, const char *text, const char *lang)
{
	struct locale *l = find(lang);
	UChar wide[TEXT_MAX];
	uint8_t key[4 * TEXT_MAX];
	int32_t n = to_utf16(wide, text);

	if (l->sorting == NULL)
		l->sorting = open_collator(l->lang, UCOL_TERTIARY);
	n = ucol_getSortKey(l->sorting, wide, n, key, sizeof(key));
	if (n > (int32_t)sizeof(key))
		n = sizeof(key);
	if (n > 0)
		buf_put(out, (const char *)key, (size_t)n - 1);
}

/* ICU's macro mixes signs. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
static UChar32 /* NOLINTNEXTLINE(readability-function-size): ICU's too */
next_char(const UChar *text, int32_t *i, int32_t len)
{
	UChar32 c;

	U16_NEXT(text, *i, len, c);
	return c;
}
#pragma GCC diagnostic pop

/* Where a text's first letter or digit is, and where it ends; -1 if none. */
static int32_t
first_letter(const UChar *text, int32_t len, int32_t *end)
{
	int32_t start;

	*end = 0;
	while (*end < len) {
		start = *end;
		if (u_isalnum(next_char(text, end, len)))
			return start;
	}
	return -1;
}

void
locale_letter(struct buf *out, const char *text, const char *lang)
{
	struct locale *l = find(lang);
	UChar wide[TEXT_MAX], letters[64];
	int32_t n = to_utf16(wide, text),
		nletters = to_utf16(letters, l->letters);
	int32_t end, at = first_letter(wide, n, &end);

	if (l->letter == NULL)
		l->letter = open_collator(l->lang, UCOL_PRIMARY);
	for (int32_t i = 0; at >= 0 && i < nletters; i++) {
		if (ucol_strcoll(l->letter, wide + at, end - at, letters + i,
			1) != UCOL_EQUAL)
			continue;
		put_utf16(out, letters + i, 1);
		return;
	}
	buf_puts(out, "#");
}

void
locale_fold(struct buf *out, const char *text)
{
	UErrorCode e = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&e);
	UChar wide[TEXT_MAX], apart[4 * TEXT_MAX], *to = apart;
	int32_t n = to_utf16(wide, text), i = 0;
	UChar32 c;

	n = unorm2_normalize(nfkd, wide, n, apart, 4 * TEXT_MAX, &e);
	if (U_FAILURE(e))
		return;
	while (i < n) {
		c = next_char(apart, &i, n);
		if (u_charType(c) == U_NON_SPACING_MARK)
			continue;
		if (c == 0x2019)
			c = '\'';
		c = u_foldCase(c, U_FOLD_CASE_DEFAULT);
		if (U_IS_BMP(c))
			*to++ = (UChar)c;
	}
	n = (int32_t)(to - apart);
	put_utf16(out, apart, n < TEXT_MAX ? n : TEXT_MAX);
}

void
locale_country(struct buf *out, const char *code, const char *lang)
{
	char id[32];
	UChar name[256];
	UErrorCode e = U_ZERO_ERROR;
	int32_t n;

	snprintf(id, sizeof(id), "und_%s", code);
	n = uloc_getDisplayCountry(id, find(lang)->lang, name, 256, &e);
	if (U_FAILURE(e) || n == 0)
		return;
	/* 001 is "world": all others are names. */
	if (U16_IS_SINGLE(name[0]))
		name[0] = (UChar)u_toupper(name[0]);
	put_utf16(out, name, n);
}

void
locale_country_alpha3(struct buf *out, const char *code)
{
	char id[32];

	snprintf(id, sizeof(id), "und_%s", code);
	buf_puts(out, uloc_getISO3Country(id));
}

void
locale_language(struct buf *out, const char *code, const char *lang)
{
	UChar name[256];
	UErrorCode e = U_ZERO_ERROR;
	int32_t n =
	    uloc_getDisplayLanguage(code, find(lang)->lang, name, 256, &e);

	put_utf16(out, name, U_SUCCESS(e) ? n : 0);
}

const char *const *
locale_languages(void)
{
	return uloc_getISOLanguages();
}

void
locale_number(struct buf *out, double number, const char *lang)
{
	struct locale *l = find(lang);
	UErrorCode e = U_ZERO_ERROR;
	UChar text[64];
	int32_t n;

	if (l->number == NULL) {
		l->number = unum_open(UNUM_DECIMAL, NULL, 0, l->lang, NULL, &e);
		if (U_FAILURE(e))
			abort();
		unum_setAttribute(l->number, UNUM_MAX_FRACTION_DIGITS, 4);
	}
	n = unum_formatDouble(l->number, number, text, 64, NULL, &e);
	put_utf16(out, text, U_SUCCESS(e) ? n : 0);
}

static const char *const skeletons[] = { "y", "yMMMM", "yMMMMd" };

/* Our English is spelt the British way: so are its dates. */
static const char *
date_locale(const struct locale *l)
{
	return strcmp(l->lang, "en") == 0 ? "en_GB" : l->lang;
}

static UDateFormat *
date_format(struct locale *l, int precision)
{
	UErrorCode e = U_ZERO_ERROR;
	UChar wide[16], pattern[64], utc[4];
	UDateTimePatternGenerator *g;
	int32_t n;

	if (l->dates[precision] != NULL)
		return l->dates[precision];
	g = udatpg_open(date_locale(l), &e);
	u_uastrcpy(wide, skeletons[precision]);
	u_uastrcpy(utc, "UTC");
	n = udatpg_getBestPattern(g, wide, -1, pattern, 64, &e);
	udatpg_close(g);
	l->dates[precision] = udat_open(UDAT_PATTERN, UDAT_PATTERN,
	    date_locale(l), utc, 3, pattern, n, &e);
	if (U_FAILURE(e))
		abort();
	return l->dates[precision];
}

/* How much of a date is known: 1 its year, 2 its month, 3 its day, 0 none. */
static int
read_date(const char *iso, UDate *date)
{
	struct tm tm = { .tm_mday = 1 };
	int year, month = 1, day = 1;
	int found = sscanf(iso, "%4d-%2d-%2d", &year, &month, &day);

	if (found < 1 || month < 1 || month > 12 || day < 1 || day > 31)
		return 0;
	tm.tm_year = year - 1900;
	tm.tm_mon = month - 1;
	tm.tm_mday = day;
	*date = (double)timegm(&tm) * 1000;
	return found;
}

/* In French the first of a month is an ordinal, "1er mars", which ICU's
 * patterns cannot say; n letters of text are left. */
static int32_t
first_of_month(struct buf *out, const char *lang, UChar **text, int32_t n)
{
	if (strcmp(lang, "fr") != 0 || n < 2 || (*text)[0] != '1' ||
	    (*text)[1] != ' ')
		return n;
	buf_puts(out, "1er");
	*text += 1;
	return n - 1;
}

void
locale_date(struct buf *out, const char *iso, const char *lang)
{
	UDate date;
	int found = read_date(iso, &date);
	UErrorCode e = U_ZERO_ERROR;
	UChar written[64], *text = written;
	int32_t n;

	if (found == 0) {
		buf_puts(out, iso);
		return;
	}
	n = udat_format(date_format(find(lang), found - 1), date, text, 64,
	    NULL, &e);
	n = first_of_month(out, lang, &text, U_SUCCESS(e) ? n : 0);
	put_utf16(out, text, n);
}

void
locale_time(struct buf *out, const char *iso, const char *lang)
{
	const char *clock = strchr(iso, 'T');

	locale_date(out, iso, lang);
	if (clock != NULL && strlen(clock) > 5)
		buf_printf(out, ", %.5s\u00a0UTC", clock + 1);
}

static UDateIntervalFormat *
range_format(struct locale *l, int precision)
{
	UErrorCode e = U_ZERO_ERROR;
	UChar skeleton[16], utc[4];

	if (l->ranges[precision] != NULL)
		return l->ranges[precision];
	u_uastrcpy(skeleton, skeletons[precision]);
	u_uastrcpy(utc, "UTC");
	l->ranges[precision] =
	    udtitvfmt_open(date_locale(l), skeleton, -1, utc, 3, &e);
	if (U_FAILURE(e))
		abort();
	return l->ranges[precision];
}

void
locale_date_range(struct buf *out, const char *start, const char *end,
    const char *lang)
{
	UDate from, to;
	int found = read_date(start, &from);
	UErrorCode e = U_ZERO_ERROR;
	UChar text[128];
	int32_t n;

	if (found == 0 || found != read_date(end, &to)) {
		locale_date(out, start, lang);
		if (*end != '\0') {
			buf_puts(out, " – ");
			locale_date(out, end, lang);
		}
		return;
	}
	n = udtitvfmt_format(range_format(find(lang), found - 1), from, to,
	    text, 128, NULL, &e);
	put_utf16(out, text, U_SUCCESS(e) ? n : 0);
}
