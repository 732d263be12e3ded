#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/feed_own.h"
#include "data/html_plain.h"
#include "data/sanitize.h"

/*
 * Atom 0.3 and 1.0.
 */

static bool
is(const xmlNode *n, const char *name)
{
	return feed_is(n, SPACE_ATOM, name) || feed_is(n, SPACE_RSS, name);
}

static const xmlNode *
child(const xmlNode *n, const char *name)
{
	const xmlNode *c = feed_child(n, SPACE_ATOM, name);

	return c != NULL ? c : feed_child(n, SPACE_RSS, name);
}

static const char *
text_of(struct reading *r, const xmlNode *n, const char *name)
{
	return feed_text(r, child(n, name));
}

/*
 * Links.
 */

static bool
is_rel(const char *rel, const char *name)
{
	static const char iana[] = "http://www.iana.org/assignments/relation/";

	if (rel == NULL)
		return strcmp(name, "alternate") == 0;
	if (strncasecmp(rel, iana, sizeof(iana) - 1) == 0)
		rel += sizeof(iana) - 1;
	return strcasecmp(rel, name) == 0;
}

/* Of several, the page for people. */
static bool
is_better(const char *type, const char *now)
{
	return now == NULL ||
	    (type != NULL && strncasecmp(type, "text/html", 9) == 0);
}

void
feed_atom_feed_link(struct reading *r, const xmlNode *n)
{
	const char *rel = feed_attribute(r, n, "rel");
	const char *type = feed_attribute(r, n, "type");
	const char *base = feed_base(r, n, NULL);
	const char *href = feed_attribute(r, n, "href");
	struct feed_read *f = r->feed;
	int64_t line = xmlGetLineNo(n);

	if (href == NULL)
		return;
	if (is_rel(rel, "self") && f->self == NULL)
		f->self = feed_url(r, base, href, line);
	else if (is_rel(rel, "hub") && f->hub == NULL)
		f->hub = feed_url(r, base, href, line);
	else if (is_rel(rel, "alternate") && is_better(type, f->link))
		f->link = feed_url(r, base, href, line);
}

void
feed_atom_link(struct reading *r, const xmlNode *n, struct draft *d)
{
	const char *rel = feed_attribute(r, n, "rel");
	const char *type = feed_attribute(r, n, "type");
	const char *base = feed_base(r, n, NULL);
	const char *href = feed_attribute(r, n, "href");
	const char *length = feed_attribute(r, n, "length");

	if (href == NULL)
		return;
	if (is_rel(rel, "alternate") && is_better(type, d->entry.link))
		d->entry.link = feed_url(r, base, href, xmlGetLineNo(n));
	else if (is_rel(rel, "enclosure"))
		feed_add_enclosure(r, d, base,
		    (struct feed_enclosure){ .url = href,
			.type = type,
			.length =
			    length != NULL && *length >= '1' && *length <= '9'
			    ? strtoll(length, NULL, 10)
			    : -1 });
}

/*
 * Texts: plain, HTML or XHTML.
 */
enum text_type { TEXT, HTML, XHTML, ELSEWHERE };

/* Atom 0.3 says it by mode and a media type, and some 1.0 feeds do too. */
static enum text_type
type_of(struct reading *r, const xmlNode *n)
{
	const char *type = feed_attribute(r, n, "type");
	const char *mode = feed_attribute(r, n, "mode");

	if (type == NULL)
		type = "text";
	if (strcasecmp(type, "xhtml") == 0 ||
	    strcasecmp(type, "application/xhtml+xml") == 0)
		return mode != NULL && strcasecmp(mode, "escaped") == 0 ? HTML
									: XHTML;
	if (strcasecmp(type, "html") == 0 ||
	    strncasecmp(type, "text/html", 9) == 0)
		return mode != NULL && strcasecmp(mode, "xml") == 0 ? XHTML
								    : HTML;
	if (strcasecmp(type, "text") == 0 || strncasecmp(type, "text/", 5) == 0)
		return mode != NULL && strcasecmp(mode, "escaped") == 0 ? HTML
									: TEXT;
	return ELSEWHERE;
}

/* Any of them as HTML. */
static const char *
html_in(struct reading *r, const xmlNode *n)
{
	enum text_type type = n != NULL ? type_of(r, n) : ELSEWHERE;
	struct buf b = { 0 };
	const char *text, *html = NULL;

	if (type == ELSEWHERE)
		return NULL;
	if (type != HTML && feed_has_elements(n)) {
		sanitize_tree(&b, n, feed_base(r, n, r->url));
	} else {
		text = feed_text(r, n);
		if (text == NULL || type == HTML)
			return text;
		html_of_text(&b, text);
	}
	if (b.len > 0)
		html = arena_keep(r->arena, b.data, b.len);
	buf_free(&b);
	return html;
}

/* As a line of text. */
static const char *
line_of(struct reading *r, const xmlNode *n, size_t most)
{
	return feed_html_line(r, html_in(r, n), most);
}

/*
 * People and categories.
 */

static const char *
people(struct reading *r, const xmlNode *n)
{
	struct buf all = { 0 };
	const char *kept = NULL;

	for (const xmlNode *c = n->children; c != NULL; c = c->next) {
		const char *name;

		if (!is(c, "author"))
			continue;
		name =
		    feed_either(text_of(r, c, "name"), text_of(r, c, "email"));
		if (name == NULL && !feed_has_elements(c))
			name = feed_text(r, c);
		name = feed_person(r, name);
		if (name != NULL && all.len < FEED_TITLE)
			buf_printf(&all, "%s%s", all.len > 0 ? ", " : "", name);
	}
	if (all.len > 0)
		kept = arena_keep(r->arena, all.data, all.len);
	buf_free(&all);
	return kept;
}

static void
category(struct reading *r, const xmlNode *n, struct draft *d)
{
	feed_add_category(r, d,
	    feed_either(feed_attribute(r, n, "label"),
		feed_either(feed_attribute(r, n, "term"), feed_text(r, n))));
}

/*
 * Entries.
 */

static void
contents(struct reading *r, const xmlNode *n, struct draft *d)
{
	const xmlNode *content = child(n, "content");
	const char *src =
	    content != NULL ? feed_attribute(r, content, "src") : NULL;

	d->base = feed_base(r, content != NULL ? content : n, r->url);
	d->content_html = html_in(r, content);
	d->summary_html = html_in(r, child(n, "summary"));
	if (src != NULL) {
		feed_add_enclosure(r, d, d->base,
		    (struct feed_enclosure){ .url = src,
			.type = feed_attribute(r, content, "type"),
			.length = -1 });
	} else if (content != NULL && type_of(r, content) == ELSEWHERE) {
		feed_tell(r, "content-type", xmlGetLineNo(content),
		    "content that is neither text nor HTML is left out: %.60s",
		    feed_attribute(r, content, "type"));
	}
}

static void
times(struct reading *r, const xmlNode *n, struct draft *d)
{
	d->entry.published = feed_time(r,
	    feed_either(text_of(r, n, "published"),
		feed_either(text_of(r, n, "issued"), text_of(r, n, "created"))),
	    d->line);
	d->entry.updated = feed_time(r,
	    feed_either(text_of(r, n, "updated"), text_of(r, n, "modified")),
	    d->line);
}

static void
entry(struct reading *r, const xmlNode *n)
{
	struct draft *d = feed_draft(r, xmlGetLineNo(n));
	const xmlNode *source = child(n, "source");

	if (d == NULL)
		return;
	for (const xmlNode *c = n->children; c != NULL; c = c->next)
		if (is(c, "link"))
			feed_atom_link(r, c, d);
		else if (is(c, "category") || feed_is(c, SPACE_DC, "subject"))
			category(r, c, d);
	feed_media(r, n, d);
	d->entry.id = text_of(r, n, "id");
	d->entry.title = line_of(r, child(n, "title"), FEED_TITLE);
	d->entry.author = people(r, n);
	if (d->entry.author == NULL && source != NULL)
		d->entry.author = people(r, source);
	if (d->entry.author == NULL)
		d->entry.author =
		    feed_either(feed_person(r,
				    feed_text(r,
					feed_child(n, SPACE_DC, "creator"))),
			r->feed->author);
	d->entry.lang = feed_lang(r, n);
	contents(r, n, d);
	times(r, n, d);
}

static void
feed(struct reading *r, const xmlNode *n)
{
	struct feed_read *f = r->feed;

	for (const xmlNode *c = n->children; c != NULL; c = c->next)
		if (is(c, "link"))
			feed_atom_feed_link(r, c);
	f->title = line_of(r, child(n, "title"), FEED_TITLE);
	f->description =
	    feed_either(line_of(r, child(n, "subtitle"), FEED_SUMMARY),
		line_of(r, child(n, "tagline"), FEED_SUMMARY));
	f->updated = feed_time(r,
	    feed_either(text_of(r, n, "updated"), text_of(r, n, "modified")),
	    xmlGetLineNo(n));
	f->author = people(r, n);
	f->lang = feed_lang(r, n);
}

static bool
is_old(struct reading *r, const xmlNode *root)
{
	const char *version = feed_attribute(r, root, "version");

	return (version != NULL && strncmp(version, "0.", 2) == 0) ||
	    (root->ns != NULL && root->ns->href != NULL &&
		strstr((const char *)root->ns->href, "purl.org/atom") != NULL);
}

bool
feed_read_atom(struct reading *r, const xmlNode *root)
{
	r->feed->format = is_old(r, root) ? "atom-0.3" : "atom-1.0";
	if (is(root, "entry")) {
		entry(r, root);
		return true;
	}
	feed(r, root);
	for (const xmlNode *c = root->children; c != NULL; c = c->next)
		if (is(c, "entry"))
			entry(r, c);
	return true;
}
