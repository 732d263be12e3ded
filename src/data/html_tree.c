#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/html_tree.h"
#include "data/markup.h"

enum { DEPTH = 100, NODES = 50 * 1000 };

/*
 * Names.
 */

static const struct name {
	/* cppcheck-suppress unusedStructMember */
	const char *name;
	enum html_role role;
} names[] = {
	{ "a", HTML_INLINE },
	{ "abbr", HTML_INLINE },
	{ "acronym", HTML_INLINE },
	{ "address", HTML_BLOCK },
	{ "applet", HTML_DROPPED },
	{ "area", HTML_VOID },
	{ "article", HTML_BLOCK },
	{ "aside", HTML_BLOCK },
	{ "audio", HTML_DROPPED },
	{ "b", HTML_INLINE },
	{ "base", HTML_VOID },
	{ "basefont", HTML_VOID },
	{ "bdi", HTML_INLINE },
	{ "bdo", HTML_INLINE },
	{ "big", HTML_INLINE },
	{ "blink", HTML_INLINE },
	{ "blockquote", HTML_BLOCK },
	{ "body", HTML_BLOCK },
	{ "br", HTML_VOID },
	{ "button", HTML_DROPPED },
	{ "canvas", HTML_DROPPED },
	{ "caption", HTML_BLOCK },
	{ "center", HTML_BLOCK },
	{ "cite", HTML_INLINE },
	{ "code", HTML_INLINE },
	{ "col", HTML_VOID },
	{ "colgroup", HTML_DROPPED },
	{ "datalist", HTML_DROPPED },
	{ "dd", HTML_BLOCK },
	{ "del", HTML_INLINE },
	{ "details", HTML_BLOCK },
	{ "dfn", HTML_INLINE },
	{ "div", HTML_BLOCK },
	{ "dl", HTML_BLOCK },
	{ "dt", HTML_BLOCK },
	{ "em", HTML_INLINE },
	{ "embed", HTML_VOID },
	{ "fieldset", HTML_BLOCK },
	{ "figcaption", HTML_BLOCK },
	{ "figure", HTML_BLOCK },
	{ "font", HTML_INLINE },
	{ "footer", HTML_BLOCK },
	{ "form", HTML_BLOCK },
	{ "frame", HTML_VOID },
	{ "frameset", HTML_DROPPED },
	{ "h1", HTML_BLOCK },
	{ "h2", HTML_BLOCK },
	{ "h3", HTML_BLOCK },
	{ "h4", HTML_BLOCK },
	{ "h5", HTML_BLOCK },
	{ "h6", HTML_BLOCK },
	{ "head", HTML_DROPPED },
	{ "header", HTML_BLOCK },
	{ "hr", HTML_VOID },
	{ "html", HTML_BLOCK },
	{ "i", HTML_INLINE },
	{ "iframe", HTML_DROPPED },
	{ "img", HTML_VOID },
	{ "input", HTML_VOID },
	{ "ins", HTML_INLINE },
	{ "kbd", HTML_INLINE },
	{ "keygen", HTML_VOID },
	{ "label", HTML_INLINE },
	{ "legend", HTML_BLOCK },
	{ "li", HTML_BLOCK },
	{ "link", HTML_VOID },
	{ "main", HTML_BLOCK },
	{ "map", HTML_DROPPED },
	{ "mark", HTML_INLINE },
	{ "math", HTML_INLINE },
	{ "menu", HTML_BLOCK },
	{ "meta", HTML_VOID },
	{ "nav", HTML_BLOCK },
	{ "nobr", HTML_INLINE },
	{ "noembed", HTML_DROPPED },
	{ "noframes", HTML_DROPPED },
	{ "noscript", HTML_BLOCK },
	{ "object", HTML_DROPPED },
	{ "ol", HTML_BLOCK },
	{ "optgroup", HTML_DROPPED },
	{ "option", HTML_DROPPED },
	{ "p", HTML_BLOCK },
	{ "param", HTML_VOID },
	{ "pre", HTML_BLOCK },
	{ "q", HTML_INLINE },
	{ "rp", HTML_INLINE },
	{ "rt", HTML_INLINE },
	{ "ruby", HTML_INLINE },
	{ "s", HTML_INLINE },
	{ "samp", HTML_INLINE },
	{ "script", HTML_DROPPED },
	{ "section", HTML_BLOCK },
	{ "select", HTML_DROPPED },
	{ "small", HTML_INLINE },
	{ "source", HTML_VOID },
	{ "span", HTML_INLINE },
	{ "strike", HTML_INLINE },
	{ "strong", HTML_INLINE },
	{ "style", HTML_DROPPED },
	{ "sub", HTML_INLINE },
	{ "summary", HTML_BLOCK },
	{ "sup", HTML_INLINE },
	{ "svg", HTML_DROPPED },
	{ "table", HTML_BLOCK },
	{ "tbody", HTML_BLOCK },
	{ "td", HTML_BLOCK },
	{ "template", HTML_DROPPED },
	{ "textarea", HTML_DROPPED },
	{ "tfoot", HTML_BLOCK },
	{ "th", HTML_BLOCK },
	{ "thead", HTML_BLOCK },
	{ "time", HTML_INLINE },
	{ "title", HTML_DROPPED },
	{ "tr", HTML_BLOCK },
	{ "track", HTML_VOID },
	{ "tt", HTML_INLINE },
	{ "u", HTML_INLINE },
	{ "ul", HTML_BLOCK },
	{ "var", HTML_INLINE },
	{ "video", HTML_DROPPED },
	{ "wbr", HTML_VOID },
	{ "xmp", HTML_DROPPED },
};

static int
compare(const void *key, const void *name)
{
	return strcmp(key, ((const struct name *)name)->name);
}

static char
small_letter(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

enum html_role
html_role(const char *name, size_t len)
{
	char small[12];
	const struct name *found;

	if (len >= sizeof(small))
		return HTML_UNKNOWN;
	for (size_t i = 0; i < len; i++)
		small[i] = small_letter(name[i]);
	small[len] = '\0';
	found = bsearch(small, names, sizeof(names) / sizeof(names[0]),
	    sizeof(names[0]), compare);
	return found != NULL ? found->role : HTML_UNKNOWN;
}

/*
 * Building.
 */

struct builder {
	struct markup m;
	xmlNode *open[DEPTH]; /* open[0] is the body */
	size_t depth, beyond, nodes;
	struct buf text;            /* that is not in the tree yet */
	char name[MARKUP_NAME + 1]; /* of the tag, in small letters */
};

static bool
is_one_of(const char *name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

static const char *
open_name(const struct builder *b, size_t i)
{
	return (const char *)b->open[i]->name;
}

/*
 * Where the innermost open element of those names is, not looking beyond the
 * innermost of the others, nor out of what holds a page of its own; 0, the
 * body, if there is none.
 */
static size_t
find_open(const struct builder *b, const char *const *wanted,
    const char *const *walls)
{
	static const char *const players[] = { "object", "applet", "canvas",
		"video", "audio", "svg", "template", "button", NULL };

	for (size_t i = b->depth - 1; i > 0; i--) {
		if (is_one_of(open_name(b, i), wanted))
			return i;
		if (is_one_of(open_name(b, i), walls) ||
		    is_one_of(open_name(b, i), players))
			return 0;
	}
	return 0;
}

/* Put what was gathered into the tree: libxml2 takes ever longer to add to a
 * text. */
static void
flush(struct builder *b)
{
	if (b->text.len > 0)
		xmlAddChild(b->open[b->depth - 1],
		    xmlNewTextLen((const xmlChar *)b->text.data,
			(int)b->text.len));
	buf_clear(&b->text);
}

static void
close_to(struct builder *b, size_t i)
{
	if (i == 0)
		return;
	flush(b);
	b->depth = i;
}

/* End tags that HTML lets be left out, before what is opened now. */
static void
close_implied(struct builder *b, enum html_role role)
{
	static const char *const lists[] = { "ul", "ol", "menu", "dl", "table",
		NULL };
	static const char *const tables[] = { "table", NULL };
	static const char *const walls[] = { "table", "td", "th", "li", "dd",
		"blockquote", "div", NULL };
	static const struct {
		const char *opened[7], *closed[4];
		const char *const *walls;
	} rules[] = {
		{ { "li" }, { "li" }, lists },
		{ { "dt", "dd" }, { "dt", "dd" }, lists },
		{ { "td", "th" }, { "td", "th" }, tables },
		{ { "tr" }, { "tr" }, tables },
		{ { "tbody", "thead", "tfoot" }, { "tbody", "thead", "tfoot" },
		    tables },
		{ { "a" }, { "a" }, walls },
		{ { "body" }, { "head" }, tables },
		{ { "h1", "h2", "h3", "h4", "h5", "h6" }, { "p" }, walls },
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (is_one_of(b->name, rules[i].opened))
			close_to(b,
			    find_open(b, rules[i].closed, rules[i].walls));
	if (role == HTML_BLOCK || strcmp(b->name, "hr") == 0)
		close_to(b,
		    find_open(b, (const char *const[]){ "p", NULL }, walls));
}

static void
add_attributes(xmlNode *n, const struct markup *m)
{
	static const char *const wanted[] = { "href", "src", "data-src", "alt",
		"width", "height", "style", "start", "hidden" };
	struct buf b = { 0 };

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		const struct markup_attribute *a =
		    markup_attribute(m, wanted[i]);
		xmlAttr *made;

		if (a == NULL)
			continue;
		buf_clear(&b);
		markup_decode(&b, a->value, a->value_len);
		made = xmlNewProp(n, (const xmlChar *)wanted[i], NULL);
		xmlAddChild((xmlNode *)made,
		    xmlNewText((const xmlChar *)buf_text(&b)));
	}
	buf_free(&b);
}

static void
open_tag(struct builder *b)
{
	enum html_role role = html_role(b->m.name, b->m.name_len);
	xmlNode *n;

	if (b->beyond == 0)
		close_implied(b, role);
	if (b->beyond > 0 || b->depth == DEPTH) {
		b->beyond += role != HTML_VOID && !b->m.empty;
		return;
	}
	flush(b);
	b->nodes++;
	n = xmlNewChild(b->open[b->depth - 1], NULL, (const xmlChar *)b->name,
	    NULL);
	add_attributes(n, &b->m);
	if (role != HTML_VOID && !b->m.empty)
		b->open[b->depth++] = n;
}

/* An end tag closes nothing beyond the cell it stands in. */
static void
close_tag(struct builder *b)
{
	static const char *const cells[] = { "td", "th", NULL };
	static const char *const none[] = { NULL };
	static const char *const tables[] = { "table", "tr", "tbody", "thead",
		"tfoot", "td", "th", NULL };

	if (b->beyond > 0) {
		b->beyond--;
		return;
	}
	close_to(b,
	    find_open(b, (const char *const[]){ b->name, NULL },
		is_one_of(b->name, tables) ? none : cells));
}

/* A prefix is part of the name: o:p is no p. */
static void
take_name(struct builder *b)
{
	for (size_t i = 0; i < b->m.name_len; i++)
		b->name[i] =
		    (char)(b->m.name[i] == ':' ? '-'
					       : small_letter(b->m.name[i]));
	b->name[b->m.name_len] = '\0';
}

xmlDoc *
html_tree(const char *s, size_t len)
{
	xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");
	struct builder b = { .depth = 1 };

	b.open[0] = xmlNewDocNode(doc, NULL, (const xmlChar *)"body", NULL);
	xmlDocSetRootElement(doc, b.open[0]);
	markup_start(&b.m, s, len, true);
	while (b.nodes < NODES && markup_next(&b.m)) {
		if (b.m.type == MARKUP_OPEN || b.m.type == MARKUP_CLOSE)
			take_name(&b);
		if (b.m.type == MARKUP_OPEN)
			open_tag(&b);
		else if (b.m.type == MARKUP_CLOSE)
			close_tag(&b);
		else if (b.m.type == MARKUP_TEXT)
			markup_decode(&b.text, b.m.text, b.m.len);
	}
	flush(&b);
	buf_free(&b.text);
	return doc;
}

const char *
html_attribute(const xmlNode *n, const char *name)
{
	for (const xmlAttr *a = n->properties; a != NULL; a = a->next)
		if (strcasecmp((const char *)a->name, name) == 0)
			return a->children != NULL &&
				a->children->content != NULL
			    ? (const char *)a->children->content
			    : "";
	return "";
}
