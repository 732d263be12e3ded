#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>

#include "base/utf8.h"
#include "data/charset.h"
#include "data/markup.h"

/*
 * References in text.
 */

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z');
}

/* "#233;" and "#xe9;", with or without the semicolon. */
static size_t
numeric(const char *s, size_t len, uint32_t *c)
{
	bool hex = len > 2 && (s[2] == 'x' || s[2] == 'X');
	size_t n = hex ? 3 : 2, start = n;
	uint32_t number = 0;

	for (; n < len; n++) {
		uint32_t digit;

		if (s[n] >= '0' && s[n] <= '9')
			digit = (uint32_t)(s[n] - '0');
		else if (hex && (s[n] | 32) >= 'a' && (s[n] | 32) <= 'f')
			digit = (uint32_t)((s[n] | 32) - 'a') + 10;
		else
			break;
		number = number * (hex ? 16 : 10) + digit;
		if (number > 0x10ffff)
			number = 0x110000;
	}
	if (n == start)
		return 0;
	*c = charset_reference(number);
	return n + (n < len && s[n] == ';');
}

/* Those that browsers know without a semicolon too, where no letter follows
 * that would make it a part of an address (?a=1&copy=2). */
static bool
is_short(const char *name)
{
	static const char *const all[] = { "amp", "lt", "gt", "quot", "nbsp",
		"copy", "reg", "laquo", "raquo", "eacute", "egrave", "agrave",
		"ccedil", "ntilde" };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(name, all[i]) == 0)
			return true;
	return false;
}

/*
 * The characters that HTML names, in the order of their names: libxml2 looks
 * through all of them for each.
 */
static const htmlEntityDesc *entities[300];
static size_t nentities;

static int
compare(const void *a, const void *b)
{
	return strcmp((*(const htmlEntityDesc *const *)a)->name,
	    (*(const htmlEntityDesc *const *)b)->name);
}

static void
list_entities(void)
{
	const htmlEntityDesc *e;

	for (unsigned c = '"'; c < 0x2700; c++)
		if ((e = htmlEntityValueLookup(c)) != NULL && nentities < 300)
			entities[nentities++] = e;
	qsort(entities, nentities, sizeof(entities[0]), compare);
}

static const htmlEntityDesc *
find_entity(const char *name)
{
	const htmlEntityDesc key = { .name = name }, *at = &key;
	const htmlEntityDesc **found;

	if (nentities == 0)
		list_entities();
	found = bsearch(&at, entities, nentities, sizeof(entities[0]), compare);
	return found != NULL ? *found : NULL;
}

static size_t
named(const char *s, size_t len, uint32_t *c)
{
	const htmlEntityDesc *known;
	char name[12];
	size_t n = 1;

	while (n < len && is_alnum(s[n]) && n < sizeof(name))
		n++;
	if (n == 1 || n == sizeof(name))
		return 0;
	memcpy(name, s + 1, n - 1);
	name[n - 1] = '\0';
	if (n < len && s[n] == ';')
		n++;
	else if (!is_short(name) || (n < len && s[n] == '='))
		return 0;
	known = find_entity(name);
	if (known == NULL)
		return 0;
	*c = known->value;
	return n;
}

size_t
markup_reference(const char *s, size_t len, uint32_t *c)
{
	if (len < 3)
		return 0;
	return s[1] == '#' ? numeric(s, len, c) : named(s, len, c);
}

void
markup_decode(struct buf *out, const char *s, size_t len)
{
	const char *end = s + len, *found;

	while ((found = memchr(s, '&', (size_t)(end - s))) != NULL) {
		uint32_t c = 0;
		size_t n = markup_reference(found, (size_t)(end - found), &c);
		char to[4];

		buf_put(out, s, (size_t)(found - s) + (n == 0));
		if (n > 0 && c != 0)
			buf_put(out, to, utf8_put(to, c));
		s = found + (n > 0 ? n : 1);
	}
	buf_put(out, s, (size_t)(end - s));
}
