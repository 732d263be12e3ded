#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>

#include "base/utf8.h"
#include "data/charset.h"

/* What may be said, and what ICU knows it as: as browsers have it.  Nothing
 * else is believed; UTF-7 and EBCDIC are ways to hide things. */
static const struct charset {
	const char *said; /* or how it begins, before '*' */
	const char *icu;  /* NULL: by the same name */
	bool bytes;       /* every byte is a character: any text is valid */
} charsets[] = {
	{ "utf-8", "UTF-8", false },
	{ "utf8", "UTF-8", false },
	{ "iso-8859-1", "windows-1252", true },
	{ "iso8859-1", "windows-1252", true },
	{ "iso_8859-1", "windows-1252", true },
	{ "latin1", "windows-1252", true },
	{ "latin-1", "windows-1252", true },
	{ "us-ascii", "windows-1252", true },
	{ "ascii", "windows-1252", true },
	{ "cp1252", "windows-1252", true },
	{ "iso-8859-9", "windows-1254", true },
	{ "iso-8859-*", NULL, true },
	{ "windows-874", NULL, true },
	{ "windows-125*", NULL, true },
	{ "cp125*", NULL, true },
	{ "koi8-*", NULL, true },
	{ "macintosh", NULL, true },
	{ "shift_jis", "windows-31j", false },
	{ "shift-jis", "windows-31j", false },
	{ "sjis", "windows-31j", false },
	{ "x-sjis", "windows-31j", false },
	{ "windows-31j", NULL, false },
	{ "euc-jp", NULL, false },
	{ "iso-2022-jp", NULL, false },
	{ "gb*", "gb18030", false },
	{ "x-gbk", "gb18030", false },
	{ "big5*", "Big5", false },
	{ "euc-kr", "windows-949", false },
	{ "ks_c_5601*", "windows-949", false },
};

static const struct charset *
find_charset(const char *said)
{
	for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++) {
		const char *name = charsets[i].said;
		size_t n = strcspn(name, "*");

		if (name[n] == '*' ? strncasecmp(said, name, n) == 0
				   : strcasecmp(said, name) == 0)
			return &charsets[i];
	}
	return NULL;
}

/*
 * What is said.
 */

/* Copy the word at s, in quotes or not. */
static void
copy_word(char to[40], const char *s, size_t len)
{
	size_t n = 0;

	while (len > 0 && (*s == ' ' || *s == '"' || *s == '\''))
		s++, len--;
	while (n < len && n < 39 && s[n] > ' ' && s[n] < 0x7f &&
	    strchr("\"';,<>?/", s[n]) == NULL)
		n++;
	memcpy(to, s, n);
	to[n] = '\0';
}

/* The word after name and '=', in the first so many bytes. */
static bool
find_word(char to[40], const char *s, size_t len, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i + n < len; i++) {
		size_t at = i + n;

		if (strncasecmp(s + i, name, n) != 0)
			continue;
		while (at < len && s[at] == ' ')
			at++;
		if (at < len && s[at] == '=') {
			copy_word(to, s + at + 1, len - at - 1);
			return *to != '\0';
		}
	}
	return false;
}

static void
find_said(char to[40], const char *s, size_t len, const char *type)
{
	const char *declared = memmem(s, len < 1024 ? len : 1024, "<?xml", 5);
	size_t left;

	*to = '\0';
	if (find_word(to, type, strlen(type), "charset") &&
	    find_charset(to) != NULL)
		return;
	if (declared != NULL) {
		const char *close;

		left = len - (size_t)(declared - s);
		close = memchr(declared, '>', left < 400 ? left : 400);
		if (close != NULL &&
		    find_word(to, declared, (size_t)(close - declared),
			"encoding"))
			return;
	}
	if (*to == '\0' &&
	    memmem(s, len < 1024 ? len : 1024, "<meta", 5) != NULL)
		find_word(to, s, len < 2048 ? len : 2048, "charset");
}

/* The Unicode encoding that the first bytes show, and how long its mark is. */
static const char *
find_unicode(const char *s, size_t len, size_t *mark)
{
	static const struct {
		const char *bytes;
		size_t len, mark;
		const char *name;
	} all[] = {
		{ "\xef\xbb\xbf", 3, 3, "UTF-8" },
		{ "\xff\xfe\0\0", 4, 4, "UTF-32LE" },
		{ "\0\0\xfe\xff", 4, 4, "UTF-32BE" },
		{ "\xff\xfe", 2, 2, "UTF-16LE" },
		{ "\xfe\xff", 2, 2, "UTF-16BE" },
		{ "<\0\0\0", 4, 0, "UTF-32LE" },
		{ "\0\0\0<", 4, 0, "UTF-32BE" },
		{ "<\0?\0", 4, 0, "UTF-16LE" },
		{ "\0<\0?", 4, 0, "UTF-16BE" },
		{ "<\0r\0", 4, 0, "UTF-16LE" },
		{ "\0<\0r", 4, 0, "UTF-16BE" },
		{ "<\0f\0", 4, 0, "UTF-16LE" },
		{ "\0<\0f", 4, 0, "UTF-16BE" },
		{ "{\0", 2, 0, "UTF-16LE" },
		{ "\0{", 2, 0, "UTF-16BE" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (len < all[i].len ||
		    memcmp(s, all[i].bytes, all[i].len) != 0)
			continue;
		*mark = all[i].mark;
		return all[i].name;
	}
	*mark = 0;
	return NULL;
}

/*
 * Reading it.
 */

enum { STEP = 16384 }; /* bytes that ICU writes at a time */

static void
convert(struct buf *out, const char *s, size_t len, const char *name)
{
	UErrorCode error = U_ZERO_ERROR;
	UConverter *from = ucnv_open(name, &error);
	UConverter *to = ucnv_open("UTF-8", &error);
	const char *at = s;

	while (U_SUCCESS(error)) {
		char *target;

		buf_reserve(out, STEP);
		target = out->data + out->len;
		ucnv_convertEx(to, from, &target, target + STEP, &at, s + len,
		    NULL, NULL, NULL, NULL, (UBool)(out->len == 0), true,
		    &error);
		out->len = (size_t)(target - out->data);
		if (error != U_BUFFER_OVERFLOW_ERROR)
			break;
		error = U_ZERO_ERROR;
	}
	buf_put(out, "", 0);
	ucnv_close(from);
	ucnv_close(to);
}

/* How many characters of more than one byte there are, how many bytes are of
 * none, and the line of the first. */
static size_t
count_wide(const char *s, size_t len, size_t *bad, size_t *bad_line)
{
	size_t wide = 0, line = 1, used;

	*bad = 0;
	for (size_t i = 0; i < len; i += used) {
		used = 1;
		line += s[i] == '\n';
		if ((unsigned char)s[i] < 0x80)
			continue;
		utf8_next(s + i, len - i, &used);
		wide += used > 1;
		if (used == 1 && (*bad)++ == 0)
			*bad_line = line;
	}
	return wide;
}

/* Put UTF-8 with U+FFFD for every byte that is none. */
static void
repair(struct buf *out, const char *s, size_t len)
{
	while (len > 0) {
		size_t good = utf8_valid(s, len);

		buf_put(out, s, good);
		if (good < len) {
			buf_puts(out, "\xef\xbf\xbd");
			good++;
		}
		s += good;
		len -= good;
	}
}

/* Without what Unicode's looks have shown: what it is, by what is said and by
 * what it can be. */
static const char *
choose(const char *s, size_t len, struct charset_found *f)
{
	const struct charset *said = find_charset(f->said);
	size_t wide = count_wide(s, len, &f->bad, &f->bad_line);
	bool utf8 = said == NULL || strcmp(said->said, "utf-8") == 0 ||
	    strcmp(said->said, "utf8") == 0;

	if (!utf8 && !(said->bytes && f->bad == 0 && wide > 0))
		return said->icu != NULL ? said->icu : f->said;
	/* A character that is cut at the very end shows nothing. */
	return wide == 0 && f->bad > 0 && (unsigned char)s[len - 1] < 0x80
	    ? "windows-1252"
	    : "UTF-8";
}

/* Is what was said only another word for what was used? */
static bool
is_same(const struct charset_found *f)
{
	const struct charset *said = find_charset(f->said);
	const char *icu =
	    said != NULL && said->icu != NULL ? said->icu : f->said;

	return *f->said == '\0' || strcasecmp(icu, f->used) == 0 ||
	    (strncasecmp(f->said, "utf-16", 6) == 0 &&
		strncmp(f->used, "UTF-16", 6) == 0) ||
	    (strncasecmp(f->said, "utf-32", 6) == 0 &&
		strncmp(f->used, "UTF-32", 6) == 0);
}

/* Pure ASCII is the same in any of them. */
static bool
is_ascii(const struct buf *b)
{
	for (size_t i = 0; i < b->len; i++)
		if ((unsigned char)b->data[i] >= 0x80)
			return false;
	return true;
}

void
charset_utf8(struct buf *out, const char *bytes, size_t len, const char *type,
    struct charset_found *f)
{
	struct buf text = { 0 }, valid = { 0 };
	const char *used;
	size_t mark;

	*f = (struct charset_found){ 0 };
	used = find_unicode(bytes, len, &mark);
	find_said(f->said, bytes + mark, len - mark, type);
	if (used == NULL)
		used = choose(bytes, len, f);
	snprintf(f->used, sizeof(f->used), "%s", used);
	if (strcmp(used, "UTF-8") == 0)
		buf_put(&text, bytes + mark, len - mark);
	else
		convert(&text, bytes + mark, len - mark, used);
	if (strncmp(used, "UTF-16", 6) == 0 || strncmp(used, "UTF-32", 6) == 0)
		find_said(f->said, buf_text(&text), text.len, type);
	if (strcmp(used, "UTF-8") != 0)
		f->bad = 0;
	else if (mark > 0)
		count_wide(buf_text(&text), text.len, &f->bad, &f->bad_line);
	repair(&valid, buf_text(&text), text.len);
	f->differs = !is_same(f) && !is_ascii(&valid);
	f->controls = charset_clean(out, buf_text(&valid), valid.len);
	buf_free(&text);
	buf_free(&valid);
}

/*
 * Cleaning.
 */

/* What windows-1252 has at 0x80 to 0x9f. */
static const uint16_t windows[32] = { 0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026,
	0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0, 0,
	0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122,
	0x161, 0x203a, 0x153, 0, 0x17e, 0x178 };

uint32_t
charset_reference(uint32_t c)
{
	if (c >= 0x80 && c < 0xa0)
		return windows[c - 0x80];
	if (c == '\r')
		return '\n';
	if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f || c == 0xfeff ||
	    (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
		return 0;
	if ((c >= 0xd800 && c < 0xe000) || c > 0x10ffff ||
	    (c & 0xfffe) == 0xfffe)
		return 0xfffd;
	return c;
}

size_t
charset_clean(struct buf *out, const char *s, size_t len)
{
	size_t run = 0, used, dropped = 0;

	for (size_t i = 0; i < len; i += used) {
		char to[4];
		uint32_t c, better;

		used = 1;
		if ((s[i] >= ' ' && s[i] < 0x7f) || s[i] == '\n')
			continue;
		c = utf8_next(s + i, len - i, &used);
		better = charset_reference(c);
		if (better == c && c != 0)
			continue;
		buf_put(out, s + run, i - run);
		run = i + used;
		if (c == '\r' && i + 1 < len && s[i + 1] == '\n')
			continue;
		if (better != 0)
			buf_put(out, to, utf8_put(to, better));
		else
			dropped++;
	}
	buf_put(out, s + run, len - run);
	return dropped;
}
