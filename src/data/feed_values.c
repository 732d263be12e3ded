#include <string.h>
#include <strings.h>

#include "base/url_join.h"
#include "data/charset.h"
#include "data/feed_date.h"
#include "data/feed_own.h"
#include "data/html_plain.h"

/*
 * What stands in an element, as what it means.
 */

/* How much of a value is quoted in a fault. */
enum { QUOTED = 60 };

const char *
feed_url(struct reading *r, const char *base, const char *s, int64_t line)
{
	struct buf b = { 0 };
	const char *url = NULL;

	if (s == NULL)
		return NULL;
	if (url_join(&b, base != NULL ? base : r->url, s))
		url = arena_keep(r->arena, b.data, b.len);
	else
		feed_tell(r, "bad-link", line,
		    "not an address of the web: %.*s", QUOTED, s);
	buf_free(&b);
	return url;
}

const char *
feed_time(struct reading *r, const char *s, int64_t line)
{
	char date[FEED_DATE];

	if (s == NULL)
		return NULL;
	if (feed_date(date, s))
		return arena_keep(r->arena, date, strlen(date));
	feed_tell(r, "bad-date", line, "not a date, or not a clear one: %.*s",
	    QUOTED, s);
	return NULL;
}

static bool
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

/* One part of a tag, as it is written: fr-Latn-FR. */
static void
put_part(struct buf *out, const char *s, size_t len, bool first)
{
	for (size_t i = 0; i < len; i++) {
		bool small =
		    first || len > 4 || len == 3 || (len == 4 && i > 0);
		char c = s[i];

		if (small && c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		else if (!small && c >= 'a' && c <= 'z')
			c = (char)(c - 32);
		buf_putc(out, c);
	}
}

static bool
put_language(struct buf *out, const char *s)
{
	while (*s != '\0') {
		size_t n = 0;

		while (is_alnum(s[n]))
			n++;
		if (n == 0 || n > 8 || out->len > 30 ||
		    (out->len == 0 && (n < 2 || n > 3)))
			return false;
		if (out->len > 0)
			buf_putc(out, '-');
		put_part(out, s, n, out->len == 0);
		s += n;
		if (*s != '\0' && *s != '-' && *s != '_')
			return false;
		s += *s != '\0';
	}
	return out->len > 0;
}

const char *
feed_language(struct reading *r, const char *s)
{
	struct buf b = { 0 };
	const char *lang = NULL;

	if (s == NULL)
		return NULL;
	if (put_language(&b, s))
		lang = arena_keep(r->arena, b.data, b.len);
	else
		feed_tell(r, "bad-language", 0,
		    "not a code of a language: %.*s", QUOTED, s);
	buf_free(&b);
	return lang;
}

/* "mail@example.org (Name)", "Name <mail@example.org>". */
const char *
feed_person(struct reading *r, const char *s)
{
	const char *open, *close, *at;
	size_t len;

	if (s == NULL)
		return NULL;
	len = strlen(s);
	at = strchr(s, '@');
	open = strchr(s, '(');
	close = strrchr(s, ')');
	if (at != NULL && open != NULL && close > open + 1 && at < open)
		s = arena_keep(r->arena, open + 1, (size_t)(close - open - 1));
	else if (at != NULL && (open = strchr(s, '<')) != NULL && open > s &&
	    open < at && s[len - 1] == '>')
		s = arena_keep(r->arena, s, (size_t)(open - s));
	return feed_html_line(r, s, FEED_TITLE);
}

static const char *
keep_line(struct reading *r, const struct buf *line, size_t most)
{
	struct buf cut = { 0 };
	const char *kept = NULL;

	if (line->len > 0)
		html_cut(&cut, line->data, most);
	if (cut.len > 0)
		kept = arena_keep(r->arena, cut.data, cut.len);
	buf_free(&cut);
	return kept;
}

const char *
feed_line(struct reading *r, const char *s, size_t most)
{
	struct buf html = { 0 }, line = { 0 };
	const char *kept;

	if (s == NULL)
		return NULL;
	buf_html(&html, s, strlen(s));
	html_plain(&line, buf_text(&html), html.len);
	kept = keep_line(r, &line, most);
	buf_free(&html);
	buf_free(&line);
	return kept;
}

const char *
feed_html_line(struct reading *r, const char *s, size_t most)
{
	struct buf line = { 0 };
	const char *kept;

	if (s == NULL)
		return NULL;
	html_plain(&line, s, strlen(s));
	kept = keep_line(r, &line, most);
	buf_free(&line);
	return kept;
}

/*
 * Drafts.
 */

struct draft *
feed_draft(struct reading *r, int64_t line)
{
	struct draft *d;

	if (r->ndrafts == FEED_ENTRIES) {
		r->more = true;
		return NULL;
	}
	d = arena_alloc(r->arena, sizeof(*d));
	d->line = line;
	r->drafts[r->ndrafts++] = d;
	return d;
}

void
feed_add_enclosure(struct reading *r, struct draft *d, const char *base,
    struct feed_enclosure e)
{
	e.url = feed_url(r, base, e.url, d->line);
	if (e.url == NULL || d->entry.nenclosures == DRAFT_ENCLOSURES)
		return;
	for (size_t i = 0; i < d->entry.nenclosures; i++)
		if (strcmp(d->enclosures[i].url, e.url) == 0)
			return;
	e.type = feed_line(r, e.type, 100);
	d->enclosures[d->entry.nenclosures++] = e;
}

void
feed_add_category(struct reading *r, struct draft *d, const char *s)
{
	const char *line = feed_html_line(r, s, 100);

	if (line == NULL || d->entry.ncategories == DRAFT_CATEGORIES)
		return;
	for (size_t i = 0; i < d->entry.ncategories; i++)
		if (strcmp(d->categories[i], line) == 0)
			return;
	d->categories[d->entry.ncategories++] = line;
}
