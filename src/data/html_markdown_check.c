#include <string.h>

#include "data/html_markdown_own.h"
#include "data/html_tree.h"
#include "data/markdown.h"

/* What a reader gets: words with one space between them, and where links lead,
 * each with a line end behind it. */
struct reading {
	struct buf words, links;
	bool shown; /* it is what the Markdown shows */
};

static void
add_space(struct buf *words)
{
	if (words->len > 0 && words->data[words->len - 1] != ' ')
		buf_putc(words, ' ');
}

static void
add_words(struct buf *words, const char *s)
{
	char kind;

	while (*s != '\0') {
		size_t n = markdown_space(s, &kind);

		if (n > 0)
			add_space(words);
		else
			buf_putc(words, *s);
		s += n > 0 ? n : 1;
	}
}

/* A mail address among the words, or mailto: and one, is shown as a link to
 * itself. */
static bool
is_address(const xmlNode *a, const char *href)
{
	const xmlNode *text = a->children;

	return strncmp(href, "mailto:", 7) == 0 && text != NULL &&
	    text->next == NULL && text->type == XML_TEXT_NODE &&
	    (strcmp((const char *)text->content, href + 7) == 0 ||
		strcmp((const char *)text->content, href) == 0);
}

static void read_nodes(struct reading *, const xmlNode *first,
    const xmlNode *end);

static void
read_element(struct reading *r, const xmlNode *n)
{
	const char *href = html_attribute(n, "href");
	bool apart = !markdown_is_inline(n);

	if (apart)
		add_space(&r->words);
	add_words(&r->words, html_attribute(n, "alt"));
	if (*href != '\0' && !(r->shown && is_address(n, href)))
		buf_printf(&r->links, "%s\n", href);
	read_nodes(r, n->children, NULL);
	if (apart)
		add_space(&r->words);
}

static void
read_nodes(struct reading *r, const xmlNode *first, const xmlNode *end)
{
	for (const xmlNode *n = first; n != end; n = n->next)
		if (n->type == XML_ELEMENT_NODE)
			read_element(r, n);
		else if (n->content != NULL)
			add_words(&r->words, (const char *)n->content);
}

/* Are the lines of some among those of all, in their order?  Links in a row
 * that lead to one place are one, those without words are none. */
static bool
are_among(const char *some, const char *all)
{
	while (*some != '\0') {
		size_t n = strcspn(some, "\n") + 1;

		while (*all != '\0' && strncmp(some, all, n) != 0)
			all += strcspn(all, "\n") + 1;
		if (*all == '\0')
			return false;
		some += n;
	}
	return true;
}

static bool
is_same(struct reading *meant, struct reading *shown)
{
	add_space(&meant->words);
	add_space(&shown->words);
	return strcmp(buf_text(&meant->words), buf_text(&shown->words)) == 0 &&
	    are_among(buf_text(&shown->links), buf_text(&meant->links));
}

bool
markdown_shows(const char *markdown, const xmlNode *first, const xmlNode *end)
{
	struct reading meant = { 0 }, shown = { .shown = true };
	struct buf html = { 0 };
	xmlDoc *doc;
	bool same;

	markdown_html(&html, markdown, strlen(markdown));
	doc = html_tree(buf_text(&html), html.len);
	read_nodes(&meant, first, end);
	read_nodes(&shown, xmlDocGetRootElement(doc)->children, NULL);
	same = is_same(&meant, &shown);
	xmlFreeDoc(doc);
	buf_free(&html);
	buf_free(&meant.words);
	buf_free(&meant.links);
	buf_free(&shown.words);
	buf_free(&shown.links);
	return same;
}
