#include <string.h>
#include <strings.h>

#include "base/url_join.h"
#include "data/charset.h"
#include "data/feed_own.h"
#include "data/html_plain.h"
#include "data/markup.h"

/*
 * The feeds that a page names.
 */

/* How likely it is the feed that is meant; 0: it is none. */
enum { NONE, PERHAPS, LIKELY, COMMENTS, NAMED };

struct candidate {
	struct feed_found found;
	int worth;
};

struct discovery {
	struct arena *arena;
	struct buf base;
	bool based;
	struct candidate all[FEEDS_FOUND];
	size_t n;
	const char *link; /* of the <a> that is open, NULL if none is */
	struct buf words; /* in it */
};

static void
decoded(struct buf *out, const struct markup *m, const char *name)
{
	const struct markup_attribute *a = markup_attribute(m, name);

	buf_clear(out);
	if (a != NULL)
		markup_decode(out, a->value, a->value_len);
}

static bool
contains(const char *s, const char *what)
{
	return strcasestr(s, what) != NULL;
}

/* Keep it in the order of worth; a better one of the same address replaces. */
static void
add(struct discovery *d, const char *url, const char *title, const char *type,
    int worth)
{
	size_t at = d->n, twin;

	for (twin = 0; twin < d->n; twin++)
		if (strcmp(d->all[twin].found.url, url) == 0)
			break;
	if (twin < d->n) {
		if (d->all[twin].worth >= worth)
			return;
		memmove(&d->all[twin], &d->all[twin + 1],
		    (d->n - twin - 1) * sizeof(d->all[0]));
		at = --d->n;
	}
	while (at > 0 && d->all[at - 1].worth < worth)
		at--;
	if (at == FEEDS_FOUND)
		return;
	if (d->n == FEEDS_FOUND)
		d->n--;
	memmove(&d->all[at + 1], &d->all[at], (d->n - at) * sizeof(d->all[0]));
	d->all[at].worth = worth;
	d->all[at].found =
	    (struct feed_found){ .url = url, .title = title, .type = type };
	d->n++;
}

static const char *
join(struct discovery *d, const char *href)
{
	struct buf url = { 0 };
	const char *kept = NULL;

	if (*href != '\0' && url_join(&url, buf_text(&d->base), href))
		kept = arena_keep(d->arena, url.data, url.len);
	buf_free(&url);
	return kept;
}

static const char *
keep_line(struct discovery *d, const struct buf *b, size_t most)
{
	struct buf line = { 0 }, cut = { 0 };
	const char *kept;

	html_plain(&line, buf_text(b), b->len);
	html_cut(&cut, buf_text(&line), most);
	kept = cut.len > 0 ? arena_keep(d->arena, cut.data, cut.len) : NULL;
	buf_free(&line);
	buf_free(&cut);
	return kept;
}

/*
 * <link>.
 */

static int
worth_of_type(const char *type, const char *href)
{
	static const char *const feeds[] = { "application/rss+xml",
		"application/atom+xml", "application/rdf+xml",
		"application/feed+json" };

	for (size_t i = 0; i < sizeof(feeds) / sizeof(feeds[0]); i++)
		if (strncasecmp(type, feeds[i], strlen(feeds[i])) == 0)
			return NAMED;
	if (strncasecmp(type, "text/xml", 8) == 0 ||
	    strncasecmp(type, "application/xml", 15) == 0)
		return NAMED;
	if (strncasecmp(type, "application/json", 16) == 0 &&
	    contains(href, "feed"))
		return NAMED;
	return NONE;
}

static void
link_tag(struct discovery *d, const struct markup *m)
{
	struct buf rel = { 0 }, href = { 0 }, type = { 0 }, title = { 0 };
	const char *url;
	int worth = NONE;

	decoded(&rel, m, "rel");
	decoded(&href, m, "href");
	decoded(&type, m, "type");
	decoded(&title, m, "title");
	if (contains(buf_text(&rel), "alternate") &&
	    !contains(buf_text(&rel), "stylesheet"))
		worth = worth_of_type(buf_text(&type), buf_text(&href));
	if (worth == NAMED &&
	    (contains(buf_text(&href), "comments") ||
		contains(buf_text(&title), "comments")))
		worth = COMMENTS;
	url = worth != NONE ? join(d, buf_text(&href)) : NULL;
	if (url != NULL)
		add(d, url, keep_line(d, &title, FEED_TITLE),
		    keep_line(d, &type, 100), worth);
	buf_free(&rel);
	buf_free(&href);
	buf_free(&type);
	buf_free(&title);
}

/*
 * <a>.
 */

/* By its address: /feed, /rss.xml, feed.json. */
static int
worth_of_address(const char *url)
{
	static const char *const ends[] = { "/feed", "/feed/", "/rss", "/rss/",
		"/atom", "/atom/", ".rss", ".atom", ".rdf", "rss.xml",
		"atom.xml", "feed.xml", "index.xml", "feed.json", "rss.php",
		"feed.php", ".jsonfeed" };
	size_t len = strcspn(url, "?#");

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t n = strlen(ends[i]);

		if (len > n && strncasecmp(url + len - n, ends[i], n) == 0)
			return LIKELY;
	}
	return contains(url + len, "feed=rss") ||
		contains(url + len, "feed=atom") ||
		contains(url + len, "format=feed")
	    ? LIKELY
	    : NONE;
}

static void
end_link(struct discovery *d)
{
	const char *words = keep_line(d, &d->words, FEED_TITLE);
	int worth = d->link != NULL ? worth_of_address(d->link) : NONE;

	if (d->link != NULL && worth == NONE && words != NULL &&
	    (strcasecmp(words, "rss") == 0 || strcasecmp(words, "atom") == 0 ||
		contains(words, "rss feed") || contains(words, "flux rss") ||
		contains(words, "canal rss")))
		worth = PERHAPS;
	if (worth != NONE)
		add(d, d->link, words, NULL, worth);
	d->link = NULL;
	buf_clear(&d->words);
}

static void
tag(struct discovery *d, const struct markup *m)
{
	struct buf href = { 0 };

	if (markup_is(m, "link")) {
		link_tag(d, m);
	} else if (markup_is(m, "a")) {
		end_link(d);
		decoded(&href, m, "href");
		d->link = join(d, buf_text(&href));
	} else if (markup_is(m, "base") && !d->based) {
		struct buf url = { 0 };

		decoded(&href, m, "href");
		d->based = url_join(&url, buf_text(&d->base), buf_text(&href));
		if (d->based) {
			buf_clear(&d->base);
			buf_puts(&d->base, url.data);
		}
		buf_free(&url);
	}
	buf_free(&href);
}

size_t
feed_discover(struct arena *a, const char *html, size_t len, const char *url,
    const char *type, struct feed_found found[FEEDS_FOUND])
{
	struct discovery d = { .arena = a };
	struct charset_found charset;
	struct buf text = { 0 };
	struct markup m;

	if (len > FEED_BYTES)
		len = FEED_BYTES;
	charset_utf8(&text, html, len, type, &charset);
	buf_puts(&d.base, url);
	markup_start(&m, buf_text(&text), text.len, true);
	while (markup_next(&m)) {
		if (m.type == MARKUP_OPEN)
			tag(&d, &m);
		else if (m.type == MARKUP_CLOSE && markup_is(&m, "a"))
			end_link(&d);
		else if (m.type == MARKUP_TEXT && d.link != NULL &&
		    d.words.len < FEED_TITLE)
			buf_put(&d.words, m.text, m.len);
	}
	end_link(&d);
	for (size_t i = 0; i < d.n; i++)
		found[i] = d.all[i].found;
	buf_free(&text);
	buf_free(&d.base);
	buf_free(&d.words);
	return d.n;
}
