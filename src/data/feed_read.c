#include <string.h>
#include <strings.h>

#include <libxml/parser.h>

#include "base/utf8.h"
#include "data/charset.h"
#include "data/feed_own.h"
#include "data/gunzip.h"
#include "data/html_tree.h"

/*
 * What it is that was sent, and who can read it.
 */

enum {
	SECONDS = 10,    /* for one feed; what is read by then must do */
	LAST_WORDS = 60, /* bytes, of a feed that breaks off */
	TEXT_BYTES = 9 * 1000 * 1000, /* in UTF-8; libxml2 reads 10 million */
};

/*
 * The text of it.
 */

static void
tell_charset(struct reading *r, const struct charset_found *f)
{
	if (f->differs)
		feed_tell(r, "encoding", 0,
		    "it is said to be %s, but is not: read as %s", f->said,
		    f->used);
	if (f->bad > 0 && strcmp(f->used, "UTF-8") == 0)
		feed_tell(r, "bad-bytes", (int64_t)f->bad_line,
		    "%zu bytes that stand for no character", f->bad);
	if (f->controls > 0)
		feed_tell(r, "controls", 0,
		    "%zu control characters are left out", f->controls);
}

static bool
begins(const char *s, size_t len, const char *with)
{
	return len >= strlen(with) && strncasecmp(s, with, strlen(with)) == 0;
}

/* Does XML begin here, with what may stand before a feed? */
static bool
begins_xml(const char *s, size_t len)
{
	static const char *const all[] = { "<?xml", "<rss", "<feed", "<rdf",
		"<!", "<channel", "<html", "<head", "<body" };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (begins(s, len, all[i]))
			return true;
	return false;
}

/* Where the feed begins behind what a server put before it by mistake; len if
 * there is none. */
static size_t
find_feed(const char *s, size_t len)
{
	static const char *const all[] = { "<?xml", "<rss", "<feed",
		"<rdf:RDF" };
	size_t first = len;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const char *at = memmem(s, first, all[i], strlen(all[i]));

		if (at != NULL)
			first = (size_t)(at - s);
	}
	return first;
}

/* Blank what stands before the feed, so that lines keep their numbers. */
static void
blank_junk(struct reading *r, struct buf *text, size_t start)
{
	size_t at;

	if (begins_xml(text->data + start, text->len - start))
		return;
	at = start + find_feed(text->data + start, text->len - start);
	if (at == text->len)
		return;
	feed_tell(r, "junk-before", 1, "there is something before the feed");
	for (size_t i = start; i < at; i++)
		if (text->data[i] != '\n')
			text->data[i] = ' ';
}

/*
 * What is no feed.
 */

static bool
refuse_page(struct reading *r, const char *text, size_t len)
{
	struct feed_found found[FEEDS_FOUND];
	size_t n = feed_discover(r->arena, text, len, r->url, "", found);
	struct buf list = { 0 };

	if (n == 0)
		return feed_refuse(r, "web-page", 0,
		    "it is a web page, not a feed, and names no feed");
	for (size_t i = 0; i < n && i < 3; i++)
		buf_printf(&list, "%s%s", i > 0 ? ", " : "", found[i].url);
	feed_refuse(r, "web-page-feeds", 0,
	    "it is a web page, not a feed; it names: %s", list.data);
	buf_free(&list);
	return false;
}

static bool
is_page(const xmlNode *root)
{
	const char *name = (const char *)root->name;

	return html_role(name, strlen(name)) != HTML_UNKNOWN;
}

static bool
read_root(struct reading *r, const xmlNode *root, const struct buf *text)
{
	bool rss = feed_is(root, SPACE_RSS, "rss") ||
	    feed_is(root, SPACE_RDF, "RDF") ||
	    feed_is(root, SPACE_RSS, "channel");
	bool atom = feed_is(root, SPACE_ATOM, "feed") ||
	    feed_is(root, SPACE_ATOM, "entry") ||
	    feed_is(root, SPACE_RSS, "feed");

	r->known = rss || atom;
	if (rss)
		return feed_read_rss(r, root);
	if (atom)
		return feed_read_atom(r, root);
	if (is_page(root))
		return refuse_page(r, text->data, text->len);
	return feed_refuse(r, "other-xml", xmlGetLineNo(root),
	    "it is XML, but not a feed: it begins with <%s>",
	    (const char *)root->name);
}

static bool
read_xml(struct reading *r, const struct buf *text)
{
	xmlDoc *doc;
	bool good;

	/* What is wrong with a page as XML is of no interest. */
	if (begins(text->data, text->len, "<!doctype html") ||
	    begins(text->data, text->len, "<html"))
		return refuse_page(r, text->data, text->len);
	doc = feed_xml(r, text->data, text->len);
	good = doc != NULL
	    ? read_root(r, xmlDocGetRootElement(doc), text)
	    : feed_refuse(r, "no-element", 0, "there is no element in it");
	xmlFreeDoc(doc);
	return good;
}

static bool
read_text(struct reading *r, struct buf *text)
{
	size_t start = strspn(buf_text(text), " \t\n");

	if (start == text->len)
		return feed_refuse(r, "nothing", 0, "there is nothing in it");
	if (text->data[start] == '{' || text->data[start] == '[')
		return feed_read_json(r, text->data + start, text->len - start);
	blank_junk(r, text, start);
	start = strspn(text->data, " \t\n");
	if (text->data[start] != '<')
		return feed_refuse(r, "other", 0, "it is neither XML nor JSON");
	if (start > 0 && memchr(text->data, '\n', start) == NULL) {
		memmove(text->data, text->data + start, text->len - start + 1);
		text->len -= start;
	}
	return read_xml(r, text);
}

static void
look_over(struct reading *r)
{
	if (r->feed->title == NULL)
		feed_tell(r, "no-feed-title", 0, "the feed has no title");
	if (r->feed->nentries == 0)
		feed_tell(r, "no-entries", 0, "there are no entries in it");
}

/* The line where a feed breaks off, and the last that it says. */
static const char *
last_words(struct reading *r, const struct buf *text)
{
	const char *s = text->data;
	size_t at = text->len > LAST_WORDS ? text->len - LAST_WORDS : 0;

	while (at > 0 && at < text->len && (s[at] & 0xc0) == 0x80)
		at++;
	s = feed_line(r, s + at, LAST_WORDS);
	return arena_printf(r->arena, "%lld: …%s", (long long)r->cut,
	    s != NULL ? s : "");
}

/* What is left of it, if it is a feed and breaks off. */
static bool
look_at_end(struct reading *r, const struct buf *text, bool good)
{
	if (r->cut == 0 || !r->known)
		return good;
	r->feed->cut = last_words(r, text);
	if (r->feed->nentries > 0)
		return good;
	return feed_refuse(r, "cut", r->cut,
	    "it breaks off before its first entry is whole: …%s",
	    strstr(r->feed->cut, "…") + strlen("…"));
}

bool /* NOLINTNEXTLINE(readability-function-size): what it comes with */
feed_read(struct arena *a, const char *bytes, size_t len, const char *url,
    const char *type, struct feed_read *feed, struct feed_faults *faults)
{
	struct reading r = {
		.arena = a, .faults = faults, .feed = feed, .url = url
	};
	struct charset_found found;
	struct buf text = { 0 }, unpacked = { 0 };
	bool good;

	*feed = (struct feed_read){ 0 };
	faults->n = 0;
	clock_gettime(CLOCK_MONOTONIC, &r.deadline);
	r.deadline.tv_sec += SECONDS;
	if (gunzip(&unpacked, bytes, len, FEED_BYTES + 1)) {
		bytes = unpacked.data;
		len = unpacked.len;
	}
	if (len > FEED_BYTES) {
		feed_tell(&r, "too-big", 0,
		    "it is longer than %d bytes; the rest is not read",
		    FEED_BYTES);
		len = FEED_BYTES;
	}
	charset_utf8(&text, bytes, len, type, &found);
	if (text.len > TEXT_BYTES)
		text.data[text.len = utf8_valid(text.data, TEXT_BYTES)] = '\0';
	tell_charset(&r, &found);
	good = read_text(&r, &text);
	if (good)
		feed_finish(&r);
	good = look_at_end(&r, &text, good);
	if (good)
		look_over(&r);
	buf_free(&text);
	buf_free(&unpacked);
	return good;
}
