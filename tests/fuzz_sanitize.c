/*
 * Whatever HTML is cleaned: it is well-formed and of the elements, attributes
 * and addresses that are allowed, cleaning it again changes nothing; and as
 * Markdown it shows the same words and leads to no other place.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/parser.h>

#include "base/utf8.h"
#include "data/charset.h"
#include "data/html_markdown.h"
#include "data/html_plain.h"
#include "data/markdown.h"
#include "data/sanitize.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char base[] = "https://example.org/a/";

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/*
 * What is allowed.
 */

static bool
is_one_of(const char *name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

static void
check_attribute(const char *element, const xmlAttr *a)
{
	const char *name = (const char *)a->name;
	const char *value =
	    a->children != NULL ? (const char *)a->children->content : "";
	bool web = strncmp(value, "http://", 7) == 0 ||
	    strncmp(value, "https://", 8) == 0;

	if (strcmp(name, "href") == 0)
		must(strcmp(element, "a") == 0 &&
		    (web || strncmp(value, "mailto:", 7) == 0));
	else if (strcmp(name, "src") == 0)
		must(strcmp(element, "img") == 0 && web);
	else if (strcmp(name, "alt") == 0)
		must(strcmp(element, "img") == 0);
	else
		must(strcmp(name, "start") == 0 && strcmp(element, "ol") == 0);
}

static void
check_element(const xmlNode *n, bool inside)
{
	static const char *const blocks[] = { "p", "h1", "h2", "h3", "h4", "h5",
		"h6", "blockquote", "pre", "ul", "ol", "li", "table", "tr",
		"td", "th", "hr", NULL };
	static const char *const words[] = { "a", "strong", "em", "del", "sub",
		"sup", "code", "br", "img", NULL };
	const char *name = (const char *)n->name;

	must(is_one_of(name, blocks) || is_one_of(name, words));
	must(!inside || is_one_of(name, words));
	inside |= is_one_of(name, words) || name[0] == 'h' ||
	    strcmp(name, "p") == 0 || strcmp(name, "pre") == 0;
	for (const xmlAttr *a = n->properties; a != NULL; a = a->next)
		check_attribute(name, a);
	for (const xmlNode *c = n->children; c != NULL; c = c->next)
		if (c->type == XML_ELEMENT_NODE)
			check_element(c, inside);
		else
			must(c->type == XML_TEXT_NODE);
}

static xmlDoc *
parse(const struct buf *html)
{
	struct buf whole = { 0 };
	xmlDoc *doc;

	buf_puts(&whole, "<root>");
	buf_put(&whole, buf_text(html), html->len);
	buf_puts(&whole, "</root>");
	doc = xmlReadMemory(whole.data, (int)whole.len, "", "UTF-8",
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_HUGE);
	must(doc != NULL);
	buf_free(&whole);
	return doc;
}

/*
 * Words and links.
 */

static void
put_space(struct buf *out)
{
	if (out->len > 0 && out->data[out->len - 1] != ' ')
		buf_putc(out, ' ');
}

/* Whatever the space between them, it is one. */
static void
put_words(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++)
		if (s[0] == '\xc2' && s[1] == '\xa0') {
			put_space(out);
			s++;
		} else if ((unsigned char)*s > ' ') {
			buf_putc(out, *s);
		} else {
			put_space(out);
		}
}

/* An element that is not within a word parts it. */
static void
put_border(struct buf *out, const xmlNode *n)
{
	static const char *const inside[] = { "a", "strong", "em", "del", "sub",
		"sup", "code", NULL };

	if (n->type == XML_ELEMENT_NODE &&
	    !is_one_of((const char *)n->name, inside))
		put_space(out);
}

static void
collect(const xmlNode *n, struct buf *words, struct buf *links)
{
	put_border(words, n);
	if (n->type == XML_TEXT_NODE)
		put_words(words, (const char *)n->content);
	for (const xmlAttr *a = n->properties;
	     n->type == XML_ELEMENT_NODE && a != NULL; a = a->next) {
		const char *value = a->children != NULL
		    ? (const char *)a->children->content
		    : "";

		if (strcmp((const char *)a->name, "alt") == 0)
			put_words(words, value);
		if (strcmp((const char *)a->name, "href") == 0)
			buf_printf(links, "\n%s\n", value);
	}
	for (const xmlNode *c = n->children; c != NULL; c = c->next)
		collect(c, words, links);
	put_border(words, n);
}

/* A mail address in the words is a link there, too. */
static bool
is_address_in(const char *words, const char *line)
{
	struct buf address = { 0 };
	bool is;

	if (strncmp(line, "\nmailto:", 8) != 0)
		return false;
	buf_put(&address, line + 8, strlen(line + 8) - 1);
	is = strchr(buf_text(&address), '@') != NULL &&
	    strstr(words, buf_text(&address)) != NULL;
	buf_free(&address);
	return is;
}

static void
check_links(const char *links, const struct buf *from, const char *words)
{
	struct buf line = { 0 };

	while (*links != '\0') {
		size_t n = strcspn(links, "\n");

		buf_clear(&line);
		buf_putc(&line, '\n');
		buf_put(&line, links, n);
		buf_putc(&line, '\n');
		must(n == 0 || strstr(buf_text(from), line.data) != NULL ||
		    is_address_in(words, line.data));
		links += n + (links[n] == '\n');
	}
	buf_free(&line);
}

/* What cmark writes is XML but for entities that it has by name. */
static void
as_markdown(const struct buf *clean, const xmlNode *root)
{
	struct buf markdown = { 0 }, shown = { 0 };
	struct buf words = { 0 }, links = { 0 };
	struct buf shown_words = { 0 }, shown_links = { 0 };
	xmlDoc *doc;

	html_markdown(&markdown, buf_text(clean), clean->len);
	markdown_html(&shown, buf_text(&markdown), markdown.len);
	doc = parse(&shown);
	collect(root, &words, &links);
	collect(xmlDocGetRootElement(doc), &shown_words, &shown_links);
	must(strcmp(buf_text(&words), buf_text(&shown_words)) == 0);
	check_links(buf_text(&shown_links), &links, buf_text(&words));
	must(strstr(buf_text(&shown), "<img") == NULL);
	xmlFreeDoc(doc);
	buf_free(&markdown);
	buf_free(&shown);
	buf_free(&words);
	buf_free(&links);
	buf_free(&shown_words);
	buf_free(&shown_links);
}

static void
check_plain(const struct buf *html)
{
	struct buf line = { 0 }, cut = { 0 };

	html_plain(&line, buf_text(html), html->len);
	must(utf8_valid(buf_text(&line), line.len) == line.len);
	must(strchr(buf_text(&line), '\n') == NULL);
	html_cut(&cut, buf_text(&line), 20);
	must(utf8_valid(buf_text(&cut), cut.len) == cut.len);
	must(utf8_count(buf_text(&cut), cut.len) <= 21);
	buf_free(&line);
	buf_free(&cut);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct charset_found found;
	struct buf html = { 0 }, clean = { 0 }, again = { 0 };
	xmlDoc *doc;

	charset_utf8(&html, (const char *)data, size, "charset=utf-8", &found);
	check_plain(&html);
	sanitize_html(&clean, buf_text(&html), html.len, base);
	must(utf8_valid(buf_text(&clean), clean.len) == clean.len);
	doc = parse(&clean);
	for (const xmlNode *c = xmlDocGetRootElement(doc)->children; c != NULL;
	     c = c->next)
		check_element(c, false);
	sanitize_html(&again, buf_text(&clean), clean.len, NULL);
	must(strcmp(buf_text(&clean), buf_text(&again)) == 0);
	as_markdown(&clean, xmlDocGetRootElement(doc));
	xmlFreeDoc(doc);
	buf_free(&html);
	buf_free(&clean);
	buf_free(&again);
	return 0;
}
