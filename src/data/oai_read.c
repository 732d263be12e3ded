#include <string.h>

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "base/utf8.h"
#include "data/charset.h"
#include "data/oai_read.h"

enum { TAGS = 1000 * 1000, ATTRIBUTES = 2000 };

static bool
is(const xmlNode *n, const char *name)
{
	return n->type == XML_ELEMENT_NODE &&
	    strcmp((const char *)n->name, name) == 0;
}

static const xmlNode *
child(const xmlNode *n, const char *name)
{
	for (n = n != NULL ? n->children : NULL; n != NULL; n = n->next)
		if (is(n, name))
			return n;
	return NULL;
}

/* All text below, trimmed and cut. */
static const char *
text_of(struct arena *a, const xmlNode *n)
{
	static const char blanks[] = " \t\r\n";
	xmlChar *all = n != NULL ? xmlNodeGetContent(n) : NULL;
	const char *s = all != NULL ? (const char *)all : "", *kept;
	size_t len;

	s += strspn(s, blanks);
	len = strnlen(s, OAI_VALUE);
	len = utf8_valid(s, len);
	while (len > 0 && strchr(blanks, s[len - 1]) != NULL)
		len--;
	kept = arena_keep(a, s, len);
	xmlFree(all);
	return kept;
}

static const char *
text_in(struct arena *a, const xmlNode *n, const char *name)
{
	return text_of(a, child(n, name));
}

static const char *
attribute(struct arena *a, const xmlNode *n, const char *name)
{
	xmlChar *text = n != NULL ? xmlGetProp(n, (const xmlChar *)name) : NULL;
	const char *kept = text == NULL
	    ? ""
	    : arena_keep(a, (const char *)text, strlen((const char *)text));

	xmlFree(text);
	return kept;
}

/* Dublin Core's elements, and the terms that refine them. */
static bool
is_core(const xmlNode *n)
{
	static const char begin[] = "http://purl.org/dc/";

	return n->ns != NULL && n->ns->href != NULL &&
	    strncmp((const char *)n->ns->href, begin, sizeof(begin) - 1) == 0;
}

/* Whatever is of Dublin Core in the tree below: formats put it at different
 * depths. */
static void
take_values(struct arena *a, struct oai_item *item, const xmlNode *n)
{
	for (n = n->children; n != NULL && item->n < OAI_VALUES; n = n->next) {
		struct oai_value *v;

		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (!is_core(n)) {
			take_values(a, item, n);
			continue;
		}
		v = &item->values[item->n++];
		v->element = arena_keep(a, (const char *)n->name,
		    strlen((const char *)n->name));
		v->lang = attribute(a, n, "lang");
		v->text = text_of(a, n);
		if (*v->text == '\0')
			item->n--;
	}
}

static size_t
count_core(const xmlNode *n)
{
	size_t all = 0;

	for (n = n->children; n != NULL; n = n->next)
		if (n->type == XML_ELEMENT_NODE)
			all += is_core(n) ? 1 : count_core(n);
	return all < OAI_VALUES ? all : OAI_VALUES;
}

static void
take_item(struct oai_page *p, struct arena *a, const xmlNode *record)
{
	const xmlNode *header = child(record, "header");
	const xmlNode *metadata = child(record, "metadata");
	struct oai_item *item = &p->items[p->n];

	*item =
	    (struct oai_item){ .identifier = text_in(a, header, "identifier") };
	if (*item->identifier == '\0' ||
	    strlen(item->identifier) > OAI_IDENTIFIER_MAX) {
		p->bad++;
		return;
	}
	item->datestamp = text_in(a, header, "datestamp");
	item->deleted = strcmp(attribute(a, header, "status"), "deleted") == 0;
	if (metadata != NULL && !item->deleted) {
		item->values = arena_alloc(a,
		    (count_core(metadata) + 1) * sizeof(*item->values));
		take_values(a, item, metadata);
	}
	p->n++;
}

/* So many of a name are in it; more than enough are not wanted. */
static size_t
count_named(const xmlNode *list, const char *name)
{
	size_t n = 0;

	for (const xmlNode *c = list->children; c != NULL; c = c->next)
		n += is(c, name);
	return n < OAI_ITEMS ? n : OAI_ITEMS;
}

static void
take_records(struct oai_page *p, struct arena *a, const xmlNode *list)
{
	size_t n = count_named(list, "record");

	p->items = arena_alloc(a, (n + 1) * sizeof(*p->items));
	for (const xmlNode *c = list->children; c != NULL; c = c->next)
		if (is(c, "record") && p->n < n)
			take_item(p, a, c);
}

static void
take_sets(struct oai_page *p, struct arena *a, const xmlNode *list)
{
	size_t n = count_named(list, "set");

	p->sets = arena_alloc(a, (n + 1) * sizeof(*p->sets));
	for (const xmlNode *c = list->children; c != NULL; c = c->next)
		if (is(c, "set") && p->nsets < n)
			p->sets[p->nsets++] = text_in(a, c, "setSpec");
}

static void
take_list(struct oai_page *p, struct arena *a, const xmlNode *list)
{
	const xmlNode *token = child(list, "resumptionToken");

	if (is(list, "ListSets"))
		take_sets(p, a, list);
	else
		take_records(p, a, list);
	p->token = text_of(a, token);
	p->total = attribute(a, token, "completeListSize");
}

static bool
take_answer(struct oai_page *p, struct arena *a, const xmlNode *root,
    struct buf *why)
{
	const xmlNode *error = child(root, "error");
	const xmlNode *records = child(root, "ListRecords");
	const xmlNode *list =
	    records != NULL ? records : child(root, "ListSets");
	const xmlNode *identify = child(root, "Identify");

	if (!is(root, "OAI-PMH")) {
		buf_printf(why, "it is no answer of OAI-PMH, but <%.40s>",
		    (const char *)root->name);
		return false;
	}
	p->date = text_in(a, root, "responseDate");
	p->error = attribute(a, error, "code");
	p->message = text_of(a, error);
	p->name = text_in(a, identify, "repositoryName");
	p->granularity = text_in(a, identify, "granularity");
	if (list != NULL)
		take_list(p, a, list);
	if (error != NULL || list != NULL || identify != NULL)
		return true;
	buf_puts(why, "there is nothing in the answer that was asked for");
	return false;
}

/*
 * libxml2 compares each attribute of a tag with all others, and makes an object
 * of each element: 25 MB of the former are days, of the latter a gigabyte.  No
 * tag holds a '<', nor has more attributes than quotes behind a '='.
 */
static bool
is_bearable(const struct buf *xml)
{
	size_t tags = 0, attributes = 0;
	char before = '\0'; /* but for blanks */

	for (size_t i = 0; i < xml->len; i++) {
		char c = xml->data[i];

		if (c == '<') {
			tags++;
			attributes = 0;
		} else if ((c == '"' || c == '\'') && before == '=') {
			attributes++;
		}
		if (tags > TAGS || attributes > ATTRIBUTES)
			return false;
		if (strchr(" \t\r\n", c) == NULL)
			before = c;
	}
	return true;
}

/* The tree, or NULL.  What is not well-formed is told in flaw. */
static xmlDoc *
parse(struct oai_page *p, struct arena *a, const struct buf *xml)
{
	const int options = XML_PARSE_NONET | XML_PARSE_NOERROR |
	    XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_COMPACT |
	    XML_PARSE_BIG_LINES | XML_PARSE_IGNORE_ENC | XML_PARSE_RECOVER;
	xmlParserCtxt *ctx = xmlNewParserCtxt();
	const xmlError *fault;
	xmlDoc *doc = NULL;

	if (ctx == NULL)
		return NULL;
	doc = xmlCtxtReadMemory(ctx, buf_text(xml), (int)xml->len, NULL,
	    "UTF-8", options);
	fault = xmlCtxtGetLastError(ctx);
	if (!ctx->wellFormed && fault != NULL && fault->message != NULL)
		p->flaw = arena_printf(a, "line %d: %.*s", fault->line,
		    (int)strcspn(fault->message, "\n"), fault->message);
	else if (!ctx->wellFormed)
		p->flaw = "it is not well-formed";
	xmlFreeParserCtxt(ctx);
	return doc;
}

/* Does it end as an answer ends?  If not, what came after, and the token, are
 * missing. */
static bool
is_whole(const struct buf *xml)
{
	size_t from = xml->len > 400 ? xml->len - 400 : 0;

	return strstr(buf_text(xml) + from, "OAI-PMH>") != NULL;
}

bool
oai_read(struct oai_page *p, struct arena *a, const struct buf *body,
    const char *type, struct buf *why)
{
	struct charset_found found = { 0 };
	struct buf xml = { 0 };
	xmlDoc *doc = NULL;
	bool good = false;

	*p = (struct oai_page){ .error = "",
		.message = "",
		.date = "",
		.token = "",
		.total = "",
		.flaw = "",
		.name = "",
		.granularity = "" };
	charset_utf8(&xml, buf_text(body), body->len, type, &found);
	if (strstr(buf_text(&xml), "<!DOCTYPE") != NULL &&
	    strstr(buf_text(&xml), "<OAI-PMH") == NULL)
		buf_puts(why,
		    "it is a web page, or has a document type, and "
		    "no answer of OAI-PMH");
	else if (strstr(buf_text(&xml), "<!DOCTYPE") != NULL)
		buf_puts(why, "it has a document type, which no answer has");
	else if (!is_bearable(&xml))
		buf_puts(why,
		    "it has more elements, or attributes of one, than an "
		    "answer can have");
	else if ((doc = parse(p, a, &xml)) == NULL ||
	    xmlDocGetRootElement(doc) == NULL)
		buf_printf(why, "it is no XML: %s", p->flaw);
	else if (*p->flaw != '\0' && !is_whole(&xml))
		buf_printf(why, "it was cut short: %s", p->flaw);
	else
		good = take_answer(p, a, xmlDocGetRootElement(doc), why);
	xmlFreeDoc(doc);
	buf_free(&xml);
	return good;
}
