#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/url_join.h"
#include "data/html_tree.h"
#include "data/sanitize.h"
#include "data/sanitize_picture.h"
#include "data/sanitize_write.h"

/* One cleaning. */
struct cleaning {
	struct sanitize_writer w;
	const char *base;
	size_t lists; /* that stand around it, with quotations */
	bool table;   /* in one that is kept */
};

static void walk(struct cleaning *, const xmlNode *);
static void children(struct cleaning *, const xmlNode *);

static const char *
name_of(const xmlNode *n)
{
	const char *name = (const char *)n->name;
	const char *colon = strchr(name, ':');

	return colon != NULL ? colon + 1 : name;
}

static bool
is_named(const xmlNode *n, const char *name)
{
	return n->type == XML_ELEMENT_NODE && strcasecmp(name_of(n), name) == 0;
}

static bool
is_one_of(const xmlNode *n, const char *const *list)
{
	for (; *list != NULL; list++)
		if (is_named(n, *list))
			return true;
	return false;
}

/*
 * Addresses.
 */

/* Put mailto: and what follows it, if that is one address and no more. */
static bool
put_mailto(struct buf *out, const char *href)
{
	const char *to = href + strspn(href, " \t\n");
	size_t n;

	if (strncasecmp(to, "mailto:", 7) != 0)
		return false;
	to += 7;
	n = strspn(to,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789.+-_@");
	if (n < 3 || n > 200 || to[n] != '\0' || strchr(to, '@') == NULL)
		return false;
	buf_puts(out, "mailto:");
	buf_puts(out, to);
	return true;
}

static void
link_to(struct cleaning *c, const xmlNode *n)
{
	const char *was = c->w.href, *href = html_attribute(n, "href");
	struct buf url = { 0 };

	if ((c->w.formats & FORMAT_LINK) != 0 || *href == '\0' ||
	    (!put_mailto(&url, href) && !url_join(&url, c->base, href))) {
		children(c, n);
	} else {
		c->w.formats |= FORMAT_LINK;
		c->w.href = url.data;
		children(c, n);
		c->w.formats &= ~(unsigned)FORMAT_LINK;
		c->w.href = was;
	}
	buf_free(&url);
}

/*
 * Pictures.
 */

/* Pages that load pictures late have the address elsewhere. */
static void
image(struct cleaning *c, const xmlNode *n)
{
	static const char *const places[] = { "src", "data-src" };
	struct buf url = { 0 };

	if (sanitize_is_hidden(n))
		return;
	for (size_t i = 0; i < 2 && url.len == 0; i++) {
		const char *src = html_attribute(n, places[i]);

		if (*src != '\0')
			url_join(&url, c->base, src);
	}
	if (url.len > 0 && !sanitize_counts_readers(url.data))
		sanitize_image(&c->w, url.data, html_attribute(n, "alt"));
	buf_free(&url);
}

/*
 * Lists and quotations.
 */

static int
start_of(const xmlNode *n)
{
	const char *start = html_attribute(n, "start");
	size_t digits = strspn(start, "0123456789");

	return is_named(n, "ol") && digits > 0 && digits < 7 &&
		start[digits] == '\0'
	    ? atoi(start)
	    : 1;
}

/* What stands in a list beside its items is part of the one before. */
static void
items(struct cleaning *c, const xmlNode *list)
{
	bool open = false;

	for (const xmlNode *n = list->children; n != NULL; n = n->next) {
		if (is_named(n, "li") && open)
			sanitize_close(&c->w);
		if (is_named(n, "li") || !open)
			sanitize_open(&c->w, "li", 1);
		open = true;
		if (is_named(n, "li"))
			children(c, n);
		else
			walk(c, n);
	}
	if (open)
		sanitize_close(&c->w);
}

static void
container(struct cleaning *c, const xmlNode *n, const char *tag)
{
	bool list = strcmp(tag, "blockquote") != 0;

	if (c->table || c->lists == SANITIZE_DEPTH) {
		sanitize_block(&c->w, NULL);
		children(c, n);
		sanitize_block(&c->w, NULL);
		return;
	}
	c->lists++;
	sanitize_open(&c->w, tag, start_of(n));
	if (list)
		items(c, n);
	else
		children(c, n);
	sanitize_close(&c->w);
	c->lists--;
}

/*
 * Tables.
 */

/* Does it hold what no cell of a table of data does? */
static bool
holds_blocks(const xmlNode *n)
{
	static const char *const blocks[] = { "table", "ul", "ol", "dl", "menu",
		"blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
		"tr", "td", "th", "li", NULL };

	for (const xmlNode *c = n->children; c != NULL; c = c->next)
		if (is_one_of(c, blocks) || holds_blocks(c))
			return true;
	return false;
}

static bool
is_blank(const xmlNode *n)
{
	const char *s = (const char *)n->content;

	return n->type != XML_ELEMENT_NODE &&
	    (s == NULL || s[strspn(s, " \t\n")] == '\0');
}

/* How many rows there are with cells, cells in the longest, and cells; that
 * there is anything but cells in rows makes it no table. */
struct extent {
	size_t rows, columns, cells;
	bool data;
};

static void
measure_row(const xmlNode *row, struct extent *e)
{
	size_t n = 0;

	for (const xmlNode *c = row->children; c != NULL; c = c->next)
		if (is_named(c, "td") || is_named(c, "th")) {
			n++;
			e->data &= !holds_blocks(c);
		} else {
			e->data &= is_blank(c);
		}
	e->rows += n > 0;
	e->cells += n;
	if (n > e->columns)
		e->columns = n;
}

static const char *const groups[] = { "tbody", "thead", "tfoot", NULL };

static void
measure(const xmlNode *n, bool group, struct extent *e)
{
	for (const xmlNode *c = n->children; c != NULL; c = c->next)
		if (is_named(c, "tr"))
			measure_row(c, e);
		else if (!group && is_one_of(c, groups))
			measure(c, true, e);
		else if (is_named(c, "caption"))
			e->data &= !holds_blocks(c);
		else
			e->data &= is_blank(c) || is_named(c, "colgroup") ||
			    is_named(c, "col");
}

static void
cells(struct cleaning *c, const xmlNode *row)
{
	for (const xmlNode *n = row->children; n != NULL; n = n->next) {
		if (!is_named(n, "td") && !is_named(n, "th"))
			continue;
		sanitize_open(&c->w, is_named(n, "th") ? "th" : "td", 1);
		sanitize_fill(&c->w);
		children(c, n);
		sanitize_close(&c->w);
	}
}

static bool
has_cells(const xmlNode *row)
{
	for (const xmlNode *n = row->children; n != NULL; n = n->next)
		if (is_named(n, "td") || is_named(n, "th"))
			return true;
	return false;
}

static void
rows(struct cleaning *c, const xmlNode *table)
{
	for (const xmlNode *n = table->children; n != NULL; n = n->next) {
		if (is_one_of(n, groups))
			rows(c, n);
		if (!is_named(n, "tr") || !has_cells(n))
			continue;
		sanitize_open(&c->w, "tr", 1);
		cells(c, n);
		sanitize_close(&c->w);
	}
}

static void
captions(struct cleaning *c, const xmlNode *table)
{
	for (const xmlNode *n = table->children; n != NULL; n = n->next)
		if (is_named(n, "caption"))
			walk(c, n);
}

/* One that would be empty for the most part, its rows made as long as the
 * longest, is none. */
static bool
is_data(const xmlNode *table)
{
	struct extent e = { .data = true };

	measure(table, false, &e);
	return e.data && e.rows > 1 && e.columns > 1 &&
	    e.rows * e.columns <= 4 * e.cells;
}

static void
table(struct cleaning *c, const xmlNode *n)
{
	sanitize_block(&c->w, NULL);
	if (c->table || c->w.out->len >= c->w.most || !is_data(n)) {
		children(c, n);
		sanitize_block(&c->w, NULL);
		return;
	}
	captions(c, n);
	c->table = true;
	sanitize_open(&c->w, "table", 1);
	rows(c, n);
	sanitize_close(&c->w);
	c->table = false;
}

/*
 * All else.
 */

/* A text as it stands, line ends for br. */
static void
put_verbatim(struct buf *out, const xmlNode *n)
{
	for (const xmlNode *c = n->children; c != NULL; c = c->next)
		if (is_named(c, "br"))
			buf_putc(out, '\n');
		else if (c->type == XML_ELEMENT_NODE &&
		    html_role(name_of(c), strlen(name_of(c))) != HTML_DROPPED)
			put_verbatim(out, c);
		else if (c->type == XML_TEXT_NODE && c->content != NULL)
			buf_puts(out, (const char *)c->content);
}

static void
pre(struct cleaning *c, const xmlNode *n)
{
	struct buf text = { 0 };

	put_verbatim(&text, n);
	sanitize_pre(&c->w, buf_text(&text), text.len);
	buf_free(&text);
}

static unsigned
format_of(const xmlNode *n)
{
	static const struct {
		const char *name;
		unsigned format;
	} all[] = {
		{ "em", FORMAT_EM },
		{ "i", FORMAT_EM },
		{ "cite", FORMAT_EM },
		{ "dfn", FORMAT_EM },
		{ "var", FORMAT_EM },
		{ "strong", FORMAT_STRONG },
		{ "b", FORMAT_STRONG },
		{ "dt", FORMAT_STRONG },
		{ "del", FORMAT_DEL },
		{ "s", FORMAT_DEL },
		{ "strike", FORMAT_DEL },
		{ "sub", FORMAT_SUB },
		{ "sup", FORMAT_SUP },
		{ "code", FORMAT_CODE },
		{ "kbd", FORMAT_CODE },
		{ "samp", FORMAT_CODE },
		{ "tt", FORMAT_CODE },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (is_named(n, all[i].name))
			return all[i].format;
	return 0;
}

static void
formatted(struct cleaning *c, const xmlNode *n)
{
	unsigned format = format_of(n) & ~c->w.formats;

	c->w.formats |= format;
	children(c, n);
	c->w.formats &= ~format;
}

static void
block(struct cleaning *c, const xmlNode *n)
{
	static const char *const headings[] = { "h1", "h2", "h3", "h4", "h5",
		"h6" };
	const char *leaf = is_named(n, "p") ? "p" : NULL;

	for (int i = 0; i < 6; i++)
		if (is_named(n, headings[i]))
			leaf = headings[i];
	sanitize_block(&c->w, leaf);
	formatted(c, n);
	sanitize_block(&c->w, NULL);
}

static void
element(struct cleaning *c, const xmlNode *n)
{
	enum html_role role = html_role(name_of(n), strlen(name_of(n)));

	if (role == HTML_DROPPED)
		return;
	if (is_named(n, "a"))
		link_to(c, n);
	else if (is_named(n, "ul") || is_named(n, "menu"))
		container(c, n, "ul");
	else if (is_named(n, "ol"))
		container(c, n, "ol");
	else if (is_named(n, "blockquote"))
		container(c, n, "blockquote");
	else if (is_named(n, "table"))
		table(c, n);
	else if (is_named(n, "pre") && !c->table)
		pre(c, n);
	else if (role == HTML_BLOCK)
		block(c, n);
	else
		formatted(c, n);
}

/* What holds nothing may still hold something in XML that is not HTML. */
static void
walk(struct cleaning *c, const xmlNode *n)
{
	if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) &&
	    n->content != NULL)
		sanitize_text(&c->w, (const char *)n->content);
	if (n->type != XML_ELEMENT_NODE)
		return;
	if (is_named(n, "br"))
		sanitize_break(&c->w);
	else if (is_named(n, "hr"))
		sanitize_rule(&c->w);
	else if (is_named(n, "img"))
		image(c, n);
	element(c, n);
}

static void
children(struct cleaning *c, const xmlNode *n)
{
	const char *was = c->base;
	struct buf base = { 0 };

	for (const xmlAttr *a = n->properties; a != NULL; a = a->next)
		if (strcmp((const char *)a->name, "base") == 0 &&
		    a->children != NULL && a->children->content != NULL &&
		    url_join(&base, c->base, (char *)a->children->content))
			c->base = base.data;
	for (const xmlNode *child = n->children; child != NULL;
	     child = child->next)
		walk(c, child);
	c->base = was;
	buf_free(&base);
}

void
sanitize_tree(struct buf *out, const xmlNode *n, const char *base)
{
	struct cleaning c = { .w = { .out = out,
				  .most = out->len + SANITIZE_MAX },
		.base = base };

	children(&c, n);
	sanitize_block(&c.w, NULL);
	buf_free(&c.w.href_open);
}

void
sanitize_html(struct buf *out, const char *html, size_t len, const char *base)
{
	xmlDoc *doc = html_tree(html, len);

	sanitize_tree(out, xmlDocGetRootElement(doc), base);
	xmlFreeDoc(doc);
}
