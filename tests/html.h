#ifndef TESTS_HTML_H
#define TESTS_HTML_H

#include <ctype.h>
#include <stdint.h>

#include "test.h"

/*
 * Just enough HTML to check pages by: a reader of tags that takes nothing for
 * granted.  Every text it hands out points into the page.
 */
struct tag {
	const char *name;
	size_t len;
	const char *attributes;
	const char *end; /* of the whole tag */
	bool closes;     /* </p> */
	bool empty;      /* <path/> */
};

/* The next tag at or after p; NULL if there is none or it is cut off. */
static inline const char *
html_tag(const char *p, struct tag *t)
{
	char quote = '\0';

	*t = (struct tag){ 0 };
	while ((p = strchr(p, '<')) != NULL && p[1] == '!')
		p++;
	if (p == NULL)
		return NULL;
	t->closes = p[1] == '/';
	t->name = p + 1 + t->closes;
	while (isalnum((unsigned char)t->name[t->len]) ||
	    t->name[t->len] == '-')
		t->len++;
	t->attributes = p = t->name + t->len;
	for (; *p != '\0' && (*p != '>' || quote != '\0'); p++) {
		if (quote == '\0' && (*p == '"' || *p == '\''))
			quote = *p;
		else if (*p == quote)
			quote = '\0';
	}
	if (*p == '\0' || t->len == 0)
		return NULL;
	t->empty = p[-1] == '/';
	t->end = p + 1;
	return t->end;
}

static inline bool
html_is(const struct tag *t, const char *name)
{
	return strlen(name) == t->len && memcmp(t->name, name, t->len) == 0;
}

/* Where the value of an attribute begins; NULL if there is none. */
static inline const char *
html_value(const struct tag *t, const char *name)
{
	size_t len = strlen(name);
	const char *p = t->attributes;

	while ((p = memmem(p, (size_t)(t->end - p), name, len)) != NULL) {
		if (p[-1] == ' ' && p[len] == '=' && p[len + 1] == '"')
			return p + len + 2;
		p += len;
	}
	return NULL;
}

/* Put the value of an attribute, its entities read; false if it has none. */
static inline bool
html_attribute(struct buf *out, const struct tag *t, const char *name)
{
	static const char *const entities[][2] = { { "&amp;", "&" },
		{ "&quot;", "\"" }, { "&#39;", "'" }, { "&lt;", "<" },
		{ "&gt;", ">" } };
	const char *at = html_value(t, name);

	buf_clear(out);
	while (at != NULL && *at != '"') {
		size_t i = 0;

		while (i < 5 &&
		    strncmp(at, entities[i][0], strlen(entities[i][0])) != 0)
			i++;
		buf_putc(out, i < 5 ? *entities[i][1] : *at);
		at += i < 5 ? strlen(entities[i][0]) : 1;
	}
	return at != NULL;
}

static inline bool
html_is_void(const struct tag *t)
{
	static const char *const names[] = { "area", "base", "br", "col",
		"embed", "hr", "img", "input", "link", "meta", "source",
		"track", "wbr" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (html_is(t, names[i]))
			return true;
	return t->empty;
}

/*
 * Is every element closed, in order, and nothing else?  Says in why what is
 * not.  We never leave a closing tag out, though HTML would let us.
 */
static inline bool
html_balanced(const char *page, struct buf *why)
{
	struct tag open[128], t;
	size_t n = 0;

	for (const char *p = page; (p = html_tag(p, &t)) != NULL;) {
		if (t.closes) {
			if (n == 0 || open[n - 1].len != t.len ||
			    memcmp(open[n - 1].name, t.name, t.len) != 0) {
				buf_printf(why, "</%.*s> closes nothing",
				    (int)t.len, t.name);
				return false;
			}
			n--;
		} else if (!html_is_void(&t) && n < 128) {
			open[n++] = t;
		}
	}
	if (n > 0)
		buf_printf(why, "<%.*s> is not closed", (int)open[n - 1].len,
		    open[n - 1].name);
	return n == 0;
}

/* Is it there with this id? */
static inline bool
html_has_id(const char *page, const char *id)
{
	char wanted[256];

	snprintf(wanted, sizeof(wanted), " id=\"%s\"", id);
	return has(page, wanted);
}

/* A tag without the values of its attributes. */
static inline uint64_t
html_hash(uint64_t h, const struct tag *t)
{
	bool in_value = false;

	for (const char *p = t->name; p < t->end; p++) {
		in_value = in_value != (*p == '"');
		if (!in_value)
			h = (h ^ (unsigned char)*p) * 0x100000001b3u;
	}
	return h;
}

/*
 * Has the page an element in a place, by the elements around and before it,
 * where no page before had one?  seen is a table of slots, a power of two,
 * that begins with zeros.
 */
static inline bool
html_is_new(const char *page, uint64_t *seen, size_t slots)
{
	uint64_t around[128] = { 1 }, previous = 0;
	bool is_new = false;
	size_t n = 0;
	struct tag t;

	for (const char *p = page; (p = html_tag(p, &t)) != NULL;) {
		uint64_t h = html_hash(around[n], &t), key = (h ^ previous) | 1;
		size_t i = key >> 7;

		while (seen[i % slots] != 0 && seen[i % slots] != key)
			i++;
		is_new = is_new || seen[i % slots] == 0;
		seen[i % slots] = key;
		previous = h;
		if (t.closes)
			n -= n > 0;
		else if (!html_is_void(&t) && n < 127)
			around[++n] = h;
	}
	return is_new;
}

#endif
