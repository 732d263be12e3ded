#ifndef TESTS_XML_H
#define TESTS_XML_H

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "test.h"

/*
 * What the site writes as XML, read back by a parser and asked by XPath, with
 * the prefixes a (Atom), c (RSS content), dc, h (XHTML), o (OpenSearch) and s
 * (sitemaps).
 *
 *	xml_get(s, "/fr/news.rss", NULL, "application/rss+xml");
 *	is(xml_at("string(//title)"), "News", "…");
 */
static xmlDoc *xml_doc;
static xmlXPathContext *xml_path;
static struct buf xml_found;

static inline void
xml_forget(void)
{
	xmlXPathFreeContext(xml_path);
	xmlFreeDoc(xml_doc);
	xml_path = NULL;
	xml_doc = NULL;
}

/* At the end of a test. */
static inline void
xml_end(void)
{
	xml_forget();
	xmlCleanupParser();
	buf_free(&xml_found);
}

/* Is it XML? */
static inline bool
xml_read(const char *text)
{
	static const char *const names[][2] = {
		{ "a", "http://www.w3.org/2005/Atom" },
		{ "c", "http://purl.org/rss/1.0/modules/content/" },
		{ "dc", "http://purl.org/dc/elements/1.1/" },
		{ "h", "http://www.w3.org/1999/xhtml" },
		{ "o", "http://a9.com/-/spec/opensearch/1.1/" },
		{ "s", "http://www.sitemaps.org/schemas/sitemap/0.9" },
	};

	xml_forget();
	xml_doc = xmlReadMemory(text, (int)strlen(text), "answer", NULL,
	    XML_PARSE_NONET);
	if (xml_doc == NULL)
		return false;
	xml_path = xmlXPathNewContext(xml_doc);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		xmlXPathRegisterNs(xml_path, BAD_CAST names[i][0],
		    BAD_CAST names[i][1]);
	return true;
}

/* Get an address and read its body; is it that type in UTF-8, and XML? */
static inline bool
xml_get(struct site *s, const char *path, const char *query, const char *type)
{
	const char *answer = get(s, path, query);
	struct buf line = { 0 };
	bool typed;

	buf_printf(&line, "content-type: %s; charset=utf-8", type);
	typed = status(answer) == 200 && header(answer, line.data);
	buf_free(&line);
	return xml_read(body(answer)) && typed;
}

/* What an expression finds, as text, good until the next. */
static inline const char *
xml_at(const char *expression)
{
	xmlXPathObject *o;
	xmlChar *text;

	buf_clear(&xml_found);
	o = xml_path != NULL ? xmlXPathEval(BAD_CAST expression, xml_path)
			     : NULL;
	if (o == NULL)
		return "nothing";
	text = xmlXPathCastToString(o);
	buf_puts(&xml_found, (const char *)text);
	xmlFree(text);
	xmlXPathFreeObject(o);
	return buf_text(&xml_found);
}

static inline bool
xml_holds(const char *expression)
{
	return strcmp(xml_at(expression), "true") == 0;
}

#endif
