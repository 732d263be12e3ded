#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/html_markdown.h"
#include "data/html_markdown_own.h"
#include "data/html_tree.h"

static void put_blocks(struct markdown_out *, const xmlNode *parent);
static void put_nodes(struct markdown_out *, const xmlNode *n,
    const xmlNode *next);

static bool
is_named(const xmlNode *n, const char *name)
{
	return n != NULL && n->type == XML_ELEMENT_NODE &&
	    strcmp((const char *)n->name, name) == 0;
}

static bool
is_block(const xmlNode *n)
{
	static const char *const names[] = { "p", "h1", "h2", "h3", "h4", "h5",
		"h6", "ul", "ol", "blockquote", "pre", "table", "hr" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_named(n, names[i]))
			return true;
	return false;
}

static void
cut(struct buf *b, size_t len)
{
	if (len < b->len)
		b->data[b->len = len] = '\0';
}

static void
trim(struct buf *b)
{
	size_t len = b->len;

	while (len > 0 && b->data[len - 1] == ' ')
		len--;
	cut(b, len);
}

void
markdown_line(struct markdown_out *m)
{
	trim(m->out);
	buf_putc(m->out, '\n');
	buf_put(m->out, buf_text(&m->prefix), m->prefix.len);
}

/* Pictures without words leave nothing. */
static bool
has_words(const xmlNode *n)
{
	if (n->type == XML_TEXT_NODE)
		return n->content != NULL &&
		    n->content[strspn((const char *)n->content, " \n\t")] != 0;
	if (is_named(n, "img"))
		return *html_attribute(n, "alt") != '\0';
	if (is_named(n, "hr") || is_named(n, "table"))
		return true;
	for (const xmlNode *c = n->children; c != NULL; c = c->next)
		if (has_words(c))
			return true;
	return false;
}

/* Between two blocks: an empty line. */
static void
part(struct markdown_out *m)
{
	markdown_line(m);
	markdown_line(m);
}

/*
 * Blocks.
 */

static void
put_heading(struct markdown_out *m, const xmlNode *n)
{
	for (int i = n->name[1] - '0'; i > 0; i--)
		buf_putc(m->out, '#');
	buf_putc(m->out, ' ');
	m->heading = true;
	markdown_words(m, n->children, NULL);
	m->heading = false;
}

static size_t
longest_ticks(const char *s)
{
	size_t most = 2, n;

	for (; *s != '\0'; s += n > 0 ? n : 1) {
		n = strspn(s, "`");
		if (n > most)
			most = n;
	}
	return most;
}

static void
put_fence(struct markdown_out *m, size_t n)
{
	while (n-- > 0)
		buf_putc(m->out, '`');
}

static void
put_pre(struct markdown_out *m, const xmlNode *n)
{
	const char *s = n->children != NULL && n->children->content != NULL
	    ? (const char *)n->children->content
	    : "";
	size_t ticks = longest_ticks(s) + 1;

	put_fence(m, ticks);
	markdown_line(m);
	for (; *s != '\0'; s++)
		if (*s == '\n')
			markdown_line(m);
		else
			buf_putc(m->out, *s);
	markdown_line(m);
	put_fence(m, ticks);
}

static void
put_quote(struct markdown_out *m, const xmlNode *n)
{
	size_t was = m->prefix.len;

	buf_puts(m->out, "> ");
	buf_puts(&m->prefix, "> ");
	put_blocks(m, n);
	cut(&m->prefix, was);
}

/*
 * Lists.
 */

static bool
has_paragraphs(const xmlNode *list)
{
	for (const xmlNode *i = list->children; i != NULL; i = i->next)
		for (const xmlNode *n = i->children; n != NULL; n = n->next)
			if (is_block(n) && !is_named(n, "ul") &&
			    !is_named(n, "ol"))
				return true;
	return false;
}

static int
start_of(const xmlNode *list)
{
	const char *start = html_attribute(list, "start");

	return *start != '\0' ? atoi(start) : 1;
}

static void
put_item(struct markdown_out *m, const xmlNode *n, const char *mark)
{
	size_t was = m->prefix.len;

	buf_puts(m->out, mark);
	for (size_t i = strlen(mark); i > 0; i--)
		buf_putc(&m->prefix, ' ');
	put_blocks(m, n);
	cut(&m->prefix, was);
}

/* Two lists in a row would be one if their marks were the same. */
static bool
is_second(const xmlNode *n)
{
	bool second = false;

	for (const xmlNode *p = n->prev;
	     p != NULL && xmlStrEqual(p->name, n->name); p = p->prev)
		second = !second;
	return second;
}

static void
put_list(struct markdown_out *m, const xmlNode *list)
{
	bool loose = has_paragraphs(list), second = is_second(list);
	int number = start_of(list);
	bool first = true;
	char mark[16];

	for (const xmlNode *n = list->children; n != NULL; n = n->next) {
		if (!has_words(n))
			continue;
		if (!first)
			markdown_line(m);
		if (!first && loose)
			markdown_line(m);
		first = false;
		if (is_named(list, "ol"))
			snprintf(mark, sizeof(mark), "%d%c ", number++,
			    second ? ')' : '.');
		else
			snprintf(mark, sizeof(mark), "%c ", second ? '+' : '-');
		put_item(m, n, mark);
	}
}

/*
 * Tables.
 */

static size_t
count_children(const xmlNode *n)
{
	size_t count = 0;

	for (const xmlNode *c = n->children; c != NULL; c = c->next)
		count++;
	return count;
}

static void
put_row(struct markdown_out *m, const xmlNode *row, size_t columns)
{
	const xmlNode *cell = row->children;

	buf_putc(m->out, '|');
	m->cell = true;
	for (size_t i = 0; i < columns; i++) {
		buf_putc(m->out, ' ');
		if (cell != NULL && markdown_words(m, cell->children, NULL))
			buf_putc(m->out, ' ');
		buf_putc(m->out, '|');
		if (cell != NULL)
			cell = cell->next;
	}
	m->cell = false;
}

static void
put_table(struct markdown_out *m, const xmlNode *table)
{
	size_t columns = 0;

	for (const xmlNode *r = table->children; r != NULL; r = r->next)
		if (count_children(r) > columns)
			columns = count_children(r);
	for (const xmlNode *r = table->children; r != NULL; r = r->next) {
		if (r->prev != NULL)
			markdown_line(m);
		put_row(m, r, columns);
		if (r->prev != NULL)
			continue;
		markdown_line(m);
		for (size_t i = 0; i < columns; i++)
			buf_puts(m->out, "| --- ");
		buf_putc(m->out, '|');
	}
}

/*
 * All.
 */

static void
put_block(struct markdown_out *m, const xmlNode *n)
{
	if (is_named(n, "p"))
		markdown_words(m, n->children, NULL);
	else if (is_named(n, "ul") || is_named(n, "ol"))
		put_list(m, n);
	else if (is_named(n, "blockquote"))
		put_quote(m, n);
	else if (is_named(n, "pre"))
		put_pre(m, n);
	else if (is_named(n, "table"))
		put_table(m, n);
	else if (is_named(n, "hr"))
		buf_puts(m->out, "***");
	else
		put_heading(m, n);
}

/* A list follows the words of its item at once. */
static void
part_from(struct markdown_out *m, const xmlNode *before, const xmlNode *n)
{
	if (before == NULL)
		return;
	if (!is_block(before) &&
	    (is_named(n, "ul") || (is_named(n, "ol") && start_of(n) == 1)))
		markdown_line(m);
	else
		part(m);
}

/*
 * No list of what is special to cmark is ever whole.  What it would show in
 * another way than it is meant is written with more care; words alone on a
 * line, with all signs escaped, are always shown.
 */
static void
put_checked(struct markdown_out *m, const xmlNode *n, const xmlNode *next)
{
	size_t from = m->out->len;

	m->checked = false;
	for (m->care = MARKDOWN_USUAL; m->care < MARKDOWN_CARES; m->care++) {
		cut(m->out, from);
		put_nodes(m, n, next);
		if (markdown_shows(buf_text(m->out) + from, n, next))
			break;
	}
	m->care = MARKDOWN_USUAL;
	m->checked = true;
}

/* A block, or inline nodes up to the next. */
static void
put_nodes(struct markdown_out *m, const xmlNode *n, const xmlNode *next)
{
	if (m->checked)
		put_checked(m, n, next);
	else if (is_block(n) && m->care < MARKDOWN_FLAT)
		put_block(m, n);
	else
		markdown_words(m, n, next);
}

static void
put_blocks(struct markdown_out *m, const xmlNode *parent)
{
	const xmlNode *before = NULL, *next;

	for (const xmlNode *n = parent->children; n != NULL; n = next) {
		next = n->next;
		if (!has_words(n))
			continue;
		part_from(m, before, n);
		before = n;
		while (!is_block(n) && next != NULL && !is_block(next))
			next = next->next;
		put_nodes(m, n, next);
	}
}

void
html_markdown(struct buf *out, const char *html, size_t len)
{
	struct buf text = { 0 };
	struct markdown_out m = { .out = &text };
	xmlDoc *doc = html_tree(html, len);
	const xmlNode *body = xmlDocGetRootElement(doc);

	put_blocks(&m, body);
	if (!markdown_shows(buf_text(&text), body->children, NULL)) {
		buf_clear(&text);
		m.checked = true;
		put_blocks(&m, body);
	}
	trim(&text);
	if (text.len > 0)
		buf_putc(&text, '\n');
	buf_put(out, buf_text(&text), text.len);
	xmlFreeDoc(doc);
	arena_free(&m.arena);
	buf_free(&m.prefix);
	buf_free(&text);
}
