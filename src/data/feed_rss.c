#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/feed_own.h"
#include "data/sanitize.h"

/*
 * RSS: 0.90 and 1.0, which are RDF, and 0.91 to 2.0, with what other
 * vocabularies add to them.
 */

/* The text of the first child of any of these that has one. */
static const char *
text_of(struct reading *r, const xmlNode *n, enum feed_space space,
    const char *name)
{
	for (const xmlNode *c = n->children; c != NULL; c = c->next) {
		const char *text =
		    feed_is(c, space, name) ? feed_text(r, c) : NULL;

		if (text != NULL)
			return text;
	}
	return NULL;
}

/*
 * The channel.
 */

/* How long to wait between looks: minutes, or so many times a day. */
static int64_t
pace(struct reading *r, const xmlNode *channel)
{
	const int64_t day = 86400;
	const struct {
		const char *name;
		int64_t seconds;
	} periods[] = { { "hourly", 3600 }, { "daily", day },
		{ "weekly", 7 * day }, { "monthly", 30 * day },
		{ "yearly", 365 * day } };
	const char *ttl = text_of(r, channel, SPACE_RSS, "ttl");
	const char *period = text_of(r, channel, SPACE_SY, "updatePeriod");
	const char *often = text_of(r, channel, SPACE_SY, "updateFrequency");
	long rate = often != NULL ? strtol(often, NULL, 10) : 1;
	int64_t minutes = ttl != NULL ? strtol(ttl, NULL, 10) : 0;

	if (minutes > 0 && minutes < 366 * INT64_C(1440))
		return minutes * 60;
	if (period == NULL && often == NULL)
		return 0;
	for (size_t i = 0; i < sizeof(periods) / sizeof(periods[0]); i++)
		if (rate > 0 && rate < 1000 &&
		    strcasecmp(period != NULL ? period : "daily",
			periods[i].name) == 0)
			return periods[i].seconds / rate;
	return 0;
}

static void
channel_link(struct reading *r, const xmlNode *channel)
{
	const char *base = feed_base(r, channel, NULL);
	const char *text = text_of(r, channel, SPACE_RSS, "link");

	for (const xmlNode *c = channel->children; c != NULL; c = c->next)
		if (feed_is(c, SPACE_ATOM, "link"))
			feed_atom_feed_link(r, c);
	if (text != NULL)
		r->feed->link =
		    feed_either(feed_url(r, base, text, xmlGetLineNo(channel)),
			r->feed->link);
}

static const char *
channel_person(struct reading *r, const xmlNode *channel)
{
	static const struct {
		enum feed_space space;
		const char *name;
	} places[] = { { SPACE_DC, "creator" }, { SPACE_ITUNES, "author" },
		{ SPACE_RSS, "managingEditor" }, { SPACE_DC, "publisher" } };
	const char *person = NULL;

	for (size_t i = 0; i < 4 && person == NULL; i++)
		person = feed_person(r,
		    text_of(r, channel, places[i].space, places[i].name));
	return person;
}

static void
channel(struct reading *r, const xmlNode *n)
{
	struct feed_read *f = r->feed;
	int64_t line = xmlGetLineNo(n);

	channel_link(r, n);
	f->title =
	    feed_html_line(r, text_of(r, n, SPACE_RSS, "title"), FEED_TITLE);
	f->description = feed_html_line(r,
	    feed_either(text_of(r, n, SPACE_RSS, "description"),
		text_of(r, n, SPACE_ITUNES, "summary")),
	    FEED_SUMMARY);
	f->lang =
	    feed_either(feed_language(r,
			    feed_either(text_of(r, n, SPACE_RSS, "language"),
				text_of(r, n, SPACE_DC, "language"))),
		feed_lang(r, n));
	f->updated = feed_time(r,
	    feed_either(text_of(r, n, SPACE_RSS, "lastBuildDate"),
		feed_either(text_of(r, n, SPACE_RSS, "pubDate"),
		    text_of(r, n, SPACE_DC, "date"))),
	    line);
	f->author = channel_person(r, n);
	f->pace = pace(r, n);
}

/*
 * Items.
 */

/* What a description holds: text that is HTML, or elements where somebody
 * forgot to escape them. */
static const char *
html_in(struct reading *r, const xmlNode *n, const char *base)
{
	struct buf b = { 0 };
	const char *html;

	if (!feed_has_elements(n))
		return feed_text(r, n);
	sanitize_tree(&b, n, base);
	html = b.len > 0 ? arena_keep(r->arena, b.data, b.len) : NULL;
	buf_free(&b);
	return html;
}

static const char *
html_of(struct reading *r, const xmlNode *n, enum feed_space space,
    const char *name, const char *base)
{
	const char *html = NULL;

	for (const xmlNode *c = n->children; c != NULL && html == NULL;
	     c = c->next)
		if (feed_is(c, space, name))
			html = html_in(r, c, base);
	return html;
}

static void
contents(struct reading *r, const xmlNode *n, struct draft *d)
{
	d->summary_html = html_of(r, n, SPACE_RSS, "description", d->base);
	d->content_html =
	    feed_either(html_of(r, n, SPACE_CONTENT, "encoded", d->base),
		feed_either(html_of(r, n, SPACE_XHTML, "body", d->base),
		    html_of(r, n, SPACE_XHTML, "div", d->base)));
	if (d->summary_html == NULL)
		d->summary_html =
		    feed_either(text_of(r, n, SPACE_DC, "description"),
			feed_either(text_of(r, n, SPACE_ITUNES, "summary"),
			    text_of(r, n, SPACE_RSS, "summary")));
	if (d->content_html == NULL) {
		d->content_html = d->summary_html;
		d->summary_html = NULL;
	}
}

static bool
looks_absolute(const char *s)
{
	return strncasecmp(s, "http://", 7) == 0 ||
	    strncasecmp(s, "https://", 8) == 0;
}

/* A guid is an address unless it says that it is none. */
static void
identity(struct reading *r, const xmlNode *n, struct draft *d)
{
	const char *base = feed_base(r, n, feed_either(r->feed->link, r->url));
	const char *link =
	    feed_either(text_of(r, n, SPACE_FEEDBURNER, "origLink"),
		text_of(r, n, SPACE_RSS, "link"));
	const xmlNode *guid = feed_child(n, SPACE_RSS, "guid");
	const char *about = feed_attribute(r, n, "about");
	const char *permanent =
	    guid != NULL ? feed_attribute(r, guid, "isPermaLink") : NULL;

	d->entry.id = feed_either(feed_text(r, guid),
	    feed_either(text_of(r, n, SPACE_DC, "identifier"), about));
	if (link != NULL)
		d->entry.link = feed_url(r, base, link, d->line);
	if (d->entry.link == NULL && d->entry.id != NULL &&
	    looks_absolute(d->entry.id) &&
	    (permanent == NULL || strcasecmp(permanent, "false") != 0))
		d->entry.link = feed_url(r, base, d->entry.id, d->line);
	d->base = feed_base(r, n, feed_either(d->entry.link, base));
}

static void
enclosure(struct reading *r, const xmlNode *n, struct draft *d)
{
	const char *length = feed_attribute(r, n, "length");
	const char *base = feed_base(r, n, feed_either(r->feed->link, r->url));

	feed_add_enclosure(r, d, base,
	    (struct feed_enclosure){
		.url = feed_either(feed_attribute(r, n, "url"),
		    feed_attribute(r, n, "resource")),
		.type = feed_attribute(r, n, "type"),
		.length = length != NULL && *length >= '1' && *length <= '9'
		    ? strtoll(length, NULL, 10)
		    : -1 });
}

static void
extras(struct reading *r, const xmlNode *n, struct draft *d)
{
	for (const xmlNode *c = n->children; c != NULL; c = c->next) {
		if (feed_is(c, SPACE_RSS, "enclosure"))
			enclosure(r, c, d);
		else if (feed_is(c, SPACE_RSS, "category") ||
		    feed_is(c, SPACE_DC, "subject"))
			feed_add_category(r, d, feed_text(r, c));
		else if (feed_is(c, SPACE_ATOM, "link"))
			feed_atom_link(r, c, d);
	}
	feed_media(r, n, d);
}

static void
times(struct reading *r, const xmlNode *n, struct draft *d)
{
	d->entry.published = feed_time(r,
	    feed_either(text_of(r, n, SPACE_RSS, "pubDate"),
		feed_either(text_of(r, n, SPACE_DC, "date"),
		    feed_either(text_of(r, n, SPACE_DC, "created"),
			text_of(r, n, SPACE_ATOM, "published")))),
	    d->line);
	d->entry.updated = feed_time(r,
	    feed_either(text_of(r, n, SPACE_ATOM, "updated"),
		text_of(r, n, SPACE_DC, "modified")),
	    d->line);
}

static void
item(struct reading *r, const xmlNode *n)
{
	struct draft *d = feed_draft(r, xmlGetLineNo(n));
	const char *person;

	if (d == NULL)
		return;
	identity(r, n, d);
	contents(r, n, d);
	extras(r, n, d);
	times(r, n, d);
	d->title_html = feed_either(text_of(r, n, SPACE_RSS, "title"),
	    feed_either(text_of(r, n, SPACE_DC, "title"),
		text_of(r, n, SPACE_MEDIA, "title")));
	person = feed_either(text_of(r, n, SPACE_DC, "creator"),
	    feed_either(text_of(r, n, SPACE_RSS, "author"),
		text_of(r, n, SPACE_ITUNES, "author")));
	d->entry.author = feed_person(r, person);
	d->entry.lang =
	    feed_either(feed_language(r, text_of(r, n, SPACE_DC, "language")),
		feed_lang(r, n));
}

/* Wherever they stand: in the channel, beside it, in a list. */
static size_t
items(struct reading *r, const xmlNode *n, int depth)
{
	size_t found = 0;

	for (const xmlNode *c = n->children; c != NULL; c = c->next) {
		if (c->type != XML_ELEMENT_NODE)
			continue;
		if (feed_is(c, SPACE_RSS, "item")) {
			item(r, c);
			found++;
		} else if (depth < 3 && !feed_is(c, SPACE_RSS, "image")) {
			found += items(r, c, depth + 1);
		}
	}
	return found;
}

/*
 * All.
 */

static const char *
format(struct reading *r, const xmlNode *root)
{
	static const char *const known[] = { "0.91", "0.92", "0.93", "0.94",
		"2.0" };
	const char *version = feed_attribute(r, root, "version");

	if (feed_is(root, SPACE_RDF, "RDF")) {
		for (const xmlNode *c = root->children; c != NULL; c = c->next)
			if (c->ns != NULL &&
			    strstr((const char *)c->ns->href, "netscape"))
				return "rss-0.90";
		return "rss-1.0";
	}
	for (size_t i = 0; version != NULL && i < 5; i++)
		if (strncmp(version, known[i], strlen(known[i])) == 0)
			return arena_printf(r->arena, "rss-%s", known[i]);
	feed_tell(r, "bad-version", xmlGetLineNo(root),
	    "it does not say which version of RSS it is, or an unknown one");
	return "rss-2.0";
}

/* The channel, which may be all there is; false if there is none. */
static bool
read_channel(struct reading *r, const xmlNode *root)
{
	const xmlNode *in = feed_child(root, SPACE_RSS, "channel");

	if (feed_is(root, SPACE_RSS, "channel"))
		channel(r, root);
	else if (in != NULL)
		channel(r, in);
	else
		return false;
	return true;
}

bool
feed_read_rss(struct reading *r, const xmlNode *root)
{
	bool in = read_channel(r, root);
	size_t found = items(r, root, 0);

	if (!in && found == 0)
		return feed_refuse(r, "no-channel", xmlGetLineNo(root),
		    "it is called <%s>, but has no channel and no items",
		    (const char *)root->name);
	if (!in)
		feed_tell(r, "no-channel", xmlGetLineNo(root),
		    "it has no channel");
	r->feed->format = format(r, root);
	return true;
}
