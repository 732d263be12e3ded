#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#include <strings.h>

#include <libxml/HTMLparser.h>

#include "base/url.h"
#include "visitor.h"

/*
 * Texts that mean harm, fixtures/xss.txt, and what a page must not hold: a
 * script, handler, frame or foreign scheme but those the site's own pages have.
 * Pages are read as a browser reads them; look() counts the bad ones.
 */
enum { PAYLOADS = 200, ROUNDS = 16, STRIDE = 19 };

static char *payloads[PAYLOADS];
static size_t npayloads;

static inline void
read_payloads(void)
{
	struct buf text = test_file("tests/fixtures/xss.txt");
	char *rest = text.data, *line;

	while (npayloads < PAYLOADS && (line = strsep(&rest, "\n")) != NULL)
		if (*line != '\0')
			payloads[npayloads++] = strdup(line);
	buf_free(&text);
}

static inline bool
is_one_of(const char *name, const char *list)
{
	size_t len = strlen(name);

	for (const char *at = list; (at = strcasestr(at, name)) != NULL; at++)
		if ((at == list || at[-1] == ' ') &&
		    (at[len] == ' ' || at[len] == '\0'))
			return true;
	return false;
}

/* May a page of ours have this attribute with this value? */
static inline bool
is_good_attribute(const char *name, const char *value)
{
	value += strspn(value, " \t\r\n");
	if (strncasecmp(name, "on", 2) == 0 || strcasecmp(name, "style") == 0 ||
	    strcasecmp(name, "srcdoc") == 0 ||
	    strcasecmp(name, "formaction") == 0)
		return false;
	if (!is_one_of(name, "href src action data xlink:href background"))
		return true;
	return strncasecmp(value, "javascript", 10) != 0 &&
	    strncasecmp(value, "vbscript", 8) != 0 &&
	    strncasecmp(value, "data:", 5) != 0;
}

/* A script that is none: data, in which nothing can begin. */
static inline bool
is_data(const xmlNode *n)
{
	xmlChar *type = xmlGetProp(n, BAD_CAST "type");
	xmlChar *text = xmlNodeGetContent(n);
	bool good = type != NULL && xmlHasProp(n, BAD_CAST "src") == NULL &&
	    strcmp((const char *)type, "application/ld+json") == 0 &&
	    strchr((const char *)text, '<') == NULL;

	xmlFree(type);
	xmlFree(text);
	return good;
}

static inline bool
is_good_element(const xmlNode *n)
{
	const char *name = (const char *)n->name;
	xmlChar *src = xmlGetProp(n, BAD_CAST "src");
	bool good = !is_one_of(name,
	    "iframe object embed applet base frame frameset style isindex "
	    "marquee keygen math foreignobject animate set audio video");

	if (strcasecmp(name, "script") == 0)
		good = is_data(n) ||
		    (src != NULL &&
			strncmp((const char *)src, "/assets/js/", 11) == 0 &&
			n->children == NULL);
	if (strcasecmp(name, "img") == 0)
		good = src != NULL &&
		    strncmp((const char *)src, "/files/", 7) == 0;
	xmlFree(src);
	return good;
}

/* The first thing in a tree that should not be there, or NULL. */
static inline const char *
find_bad(const xmlNode *n)
{
	const char *bad = NULL;

	for (; n != NULL && bad == NULL; n = n->next) {
		if (n->type == XML_ELEMENT_NODE && !is_good_element(n))
			bad = (const char *)n->name;
		for (xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties
							      : NULL;
		     a != NULL && bad == NULL; a = a->next) {
			xmlChar *value =
			    xmlNodeListGetString(n->doc, a->children, 1);

			if (!is_good_attribute((const char *)a->name,
				value != NULL ? (const char *)value : ""))
				bad = (const char *)a->name;
			xmlFree(value);
		}
		if (bad == NULL)
			bad = find_bad(n->children);
	}
	return bad;
}

static inline htmlDocPtr
parse(const char *answer)
{
	return htmlReadMemory(body(answer), (int)strlen(body(answer)), NULL,
	    "UTF-8",
	    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
		HTML_PARSE_NONET);
}

/* Count a page on which something would run; shows the first few. */
static int bad_pages, pages;

static inline void
look(const char *where, const char *answer)
{
	htmlDocPtr doc;
	const char *bad;

	pages++;
	if (!has(answer, "\ncontent-type: text/html"))
		return;
	doc = parse(answer);
	bad = find_bad(xmlDocGetRootElement(doc));
	if (bad != NULL && ++bad_pages <= 5)
		printf("# %s: %s\n", where, bad);
	xmlFreeDoc(doc);
}

/* One member may not send as much as this test does. */
static inline void
forget_limits(void)
{
	struct db *db = db_open(visitor_data("mutua.db"), DB_WRITE);

	db_begin(db);
	db_script(db, "DELETE FROM state.bucket");
	db_commit(db);
	db_close(db);
}

static inline void
forget_payloads(void)
{
	for (size_t i = 0; i < npayloads; i++)
		free(payloads[i]);
	xmlCleanupParser();
}

#endif
