#include <string.h>
#include <strings.h>

#include <libxml/parser.h>

#include "base/url_join.h"
#include "data/feed_own.h"

/*
 * The tree of a feed, and what stands in it.
 */

/* No document type gets here (feed_mend.c); should one, nothing it names is
 * fetched and nothing it declares is put in. */
xmlDoc *
feed_xml(struct reading *r, const char *s, size_t len)
{
	struct buf mended = { 0 };
	xmlParserCtxt *ctx = xmlNewParserCtxt();
	xmlDoc *doc = NULL;

	feed_mend(r, &mended, s, len);
	if (ctx != NULL && mended.len > 0)
		doc = xmlCtxtReadMemory(ctx, mended.data, (int)mended.len, NULL,
		    "UTF-8",
		    XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
			XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |
			XML_PARSE_COMPACT | XML_PARSE_BIG_LINES |
			XML_PARSE_IGNORE_ENC);
	xmlFreeParserCtxt(ctx);
	buf_free(&mended);
	if (doc != NULL && xmlDocGetRootElement(doc) == NULL) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	return doc;
}

/*
 * Vocabularies.
 */

/* How the address of one begins, without http:// and www. */
static const struct {
	const char *address;
	enum feed_space space;
	const char *prefix; /* what it is called where nobody has said */
} spaces[] = {
	{ "purl.org/rss/1.0/modules/content", SPACE_CONTENT, "content" },
	{ "purl.org/rss/1.0/modules/syndication", SPACE_SY, "sy" },
	{ "purl.org/rss/1.0/modules/", SPACE_OTHER, NULL },
	{ "purl.org/rss/", SPACE_RSS, "rss" },
	{ "purl.org/net/rss", SPACE_RSS, NULL },
	{ "my.netscape.com/", SPACE_RSS, NULL },
	{ "channel.netscape.com/rdf/", SPACE_RSS, NULL },
	{ "backend.userland.com/", SPACE_RSS, NULL },
	{ "blogs.law.harvard.edu/", SPACE_RSS, NULL },
	{ "cyber.law.harvard.edu/rss", SPACE_RSS, NULL },
	{ "rssboard.org/", SPACE_RSS, NULL },
	{ "w3.org/2005/Atom", SPACE_ATOM, "atom" },
	{ "purl.org/atom/ns", SPACE_ATOM, NULL },
	{ "example.com/newformat", SPACE_ATOM, NULL },
	{ "w3.org/1999/02/22-rdf-syntax-ns", SPACE_RDF, "rdf" },
	{ "purl.org/dc/terms", SPACE_DC, "dcterms" },
	{ "purl.org/dc/", SPACE_DC, "dc" },
	{ "search.yahoo.com/mrss", SPACE_MEDIA, "media" },
	{ "itunes.com/dtds/podcast", SPACE_ITUNES, "itunes" },
	{ "rssnamespace.org/feedburner/", SPACE_FEEDBURNER, "feedburner" },
	{ "w3.org/1999/xhtml", SPACE_XHTML, "xhtml" },
};

enum { NSPACES = sizeof(spaces) / sizeof(spaces[0]) };

static enum feed_space
by_address(const char *url)
{
	if (strncasecmp(url, "http://", 7) == 0)
		url += 7;
	else if (strncasecmp(url, "https://", 8) == 0)
		url += 8;
	if (strncasecmp(url, "www.", 4) == 0)
		url += 4;
	for (int i = 0; i < NSPACES; i++)
		if (strncasecmp(url, spaces[i].address,
			strlen(spaces[i].address)) == 0)
			return spaces[i].space;
	return *url == '\0' ? SPACE_RSS : SPACE_OTHER;
}

static enum feed_space
by_prefix(const char *name, size_t len)
{
	for (int i = 0; i < NSPACES; i++)
		if (spaces[i].prefix != NULL &&
		    strlen(spaces[i].prefix) == len &&
		    strncasecmp(spaces[i].prefix, name, len) == 0)
			return spaces[i].space;
	return SPACE_OTHER;
}

/* The name without the prefix that libxml2 left in it, as nobody declared
 * it. */
static const char *
local_name(const xmlNode *n)
{
	const char *name = (const char *)n->name;
	const char *colon = strchr(name, ':');

	return colon != NULL ? colon + 1 : name;
}

enum feed_space
feed_space(const xmlNode *n)
{
	const char *name = (const char *)n->name;
	const char *colon = strchr(name, ':');

	if (colon != NULL)
		return by_prefix(name, (size_t)(colon - name));
	return n->ns == NULL || n->ns->href == NULL
	    ? SPACE_RSS
	    : by_address((const char *)n->ns->href);
}

bool
feed_is(const xmlNode *n, enum feed_space space, const char *name)
{
	return n->type == XML_ELEMENT_NODE &&
	    strcasecmp(local_name(n), name) == 0 && feed_space(n) == space;
}

const xmlNode *
feed_child(const xmlNode *n, enum feed_space space, const char *name)
{
	for (const xmlNode *c = n->children; c != NULL; c = c->next)
		if (feed_is(c, space, name))
			return c;
	return NULL;
}

bool
feed_has_elements(const xmlNode *n)
{
	for (const xmlNode *c = n->children; c != NULL; c = c->next)
		if (c->type == XML_ELEMENT_NODE)
			return true;
	return false;
}

/*
 * Texts.
 */

static void
put_text(struct buf *out, const xmlNode *n)
{
	for (const xmlNode *c = n->children; c != NULL; c = c->next)
		if (c->type == XML_ELEMENT_NODE)
			put_text(out, c);
		else if (c->content != NULL &&
		    (c->type == XML_TEXT_NODE ||
			c->type == XML_CDATA_SECTION_NODE))
			buf_puts(out, (const char *)c->content);
}

static const char *
keep(struct reading *r, const struct buf *b)
{
	const char *s = buf_text(b);
	size_t len = b->len, lead = strspn(s, " \t\n");

	s += lead;
	len -= lead;
	while (len > 0 && strchr(" \t\n", s[len - 1]) != NULL)
		len--;
	return len > 0 ? arena_keep(r->arena, s, len) : NULL;
}

const char *
feed_text(struct reading *r, const xmlNode *n)
{
	struct buf b = { 0 };
	const char *kept;

	if (n == NULL)
		return NULL;
	put_text(&b, n);
	kept = keep(r, &b);
	buf_free(&b);
	return kept;
}

static const char *
attribute_text(struct reading *r, const xmlAttr *a)
{
	struct buf b = { 0 };
	const char *kept;

	for (const xmlNode *c = a->children; c != NULL; c = c->next)
		if (c->content != NULL)
			buf_puts(&b, (const char *)c->content);
	kept = keep(r, &b);
	buf_free(&b);
	return kept;
}

const char *
feed_attribute(struct reading *r, const xmlNode *n, const char *name)
{
	for (const xmlAttr *a = n->properties; a != NULL; a = a->next) {
		const char *own = (const char *)a->name;
		const char *colon = strchr(own, ':');

		if (strcasecmp(colon != NULL ? colon + 1 : own, name) == 0)
			return attribute_text(r, a);
	}
	return NULL;
}

static const char *
xml_attribute(struct reading *r, const xmlNode *n, const char *name)
{
	for (const xmlAttr *a = n->properties; a != NULL; a = a->next)
		if (strcmp((const char *)a->name, name) == 0 && a->ns != NULL &&
		    a->ns->prefix != NULL &&
		    strcmp((const char *)a->ns->prefix, "xml") == 0)
			return attribute_text(r, a);
	return NULL;
}

static bool
is_element(const xmlNode *n)
{
	return n != NULL && n->type == XML_ELEMENT_NODE;
}

const char *
feed_base(struct reading *r, const xmlNode *n, const char *fallback)
{
	const char *own, *above;
	struct buf b = { 0 };

	if (!is_element(n))
		return fallback;
	above = feed_base(r, n->parent, fallback);
	own = xml_attribute(r, n, "base");
	if (own != NULL && url_join(&b, above != NULL ? above : r->url, own))
		above = arena_keep(r->arena, b.data, b.len);
	buf_free(&b);
	return above;
}

const char *
feed_lang(struct reading *r, const xmlNode *n)
{
	const char *lang = NULL;

	for (; lang == NULL && is_element(n); n = n->parent)
		lang = xml_attribute(r, n, "lang");
	return lang != NULL ? feed_language(r, lang) : NULL;
}
