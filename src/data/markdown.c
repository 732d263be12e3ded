#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/markdown.h"

enum { OPTIONS = CMARK_OPT_VALIDATE_UTF8, HIGHEST = 2, LOWEST = 6 };
enum {
	EMPTY_CELLS = 5000,
	STEPS = 4 * 1000 * 1000,
	COLUMNS = 100,
	DEEPEST = 500,
	DECLARATIONS = 1000,
	MOVED = 64, /* bytes, in one step */
	MARKS = 8,  /* that cost one step to look through */
	LINK = 4    /* steps for a link through a mark */
};

enum { TABLE, STRIKETHROUGH, AUTOLINK, NEXTENSIONS };

static const char *const extensions[NEXTENSIONS] = { [TABLE] = "table",
	[STRIKETHROUGH] = "strikethrough",
	[AUTOLINK] = "autolink" };

static size_t
line_length(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] != '\n' && s[n] != '\r')
		n++;
	return n;
}

/* How many of the bytes it begins with are of a set. */
static size_t
span(const char *s, size_t len, const char *set)
{
	size_t n = 0;

	while (n < len && s[n] != '\0' && strchr(set, s[n]) != NULL)
		n++;
	return n;
}

/* Lines with no empty one between them: a paragraph or a table. */
struct lines {
	size_t n, most; /* signs that part cells, in one line */
	size_t bytes;
	size_t marks, links; /* what may be emphasis, and what may end a link */
};

/* What a text may cost, at most. */
struct cost {
	size_t cells;          /* of tables */
	size_t steps;          /* to look for where one begins */
	size_t lines, deepest; /* column of a list or a quotation */
	size_t links;          /* steps to look for bare addresses */
	size_t marks;          /* steps to look for what each mark closes */
};

/* Where lists and quotations begin in a line: the column of the last, and
 * where one does beyond so many columns; the length of the line if none does. */
static size_t
find_deep(const char *s, size_t len, size_t *deepest)
{
	size_t column = 0, beyond = len;

	for (size_t i = 0; i < len; i++) {
		bool ends = i + 1 == len || strchr(" \t\r\n", s[i + 1]) != NULL;
		bool blank = s[i] == ' ' || s[i] == '\t';

		if (s[i] == '>' || (ends && strchr("-*+.)", s[i]) != NULL)) {
			*deepest = column > *deepest ? column : *deepest;
			beyond = column > COLUMNS && i < beyond ? i : beyond;
		} else if (!blank && (s[i] < '0' || s[i] > '9')) {
			break;
		}
		column += s[i] == '\t' ? 4 : 1;
	}
	return beyond;
}

/* Could it be the line under the heads of a table? */
static bool
is_rule(const char *s, size_t len)
{
	return span(s, len, "|:-> \t\v\f") == len &&
	    memchr(s, '-', len) != NULL;
}

/* What is before a rule is read once more, and of that all behind each of its
 * lines; each cell of the heads is put behind all others. */
static size_t
rule_steps(const struct lines *l)
{
	return l->bytes + l->bytes * l->n / MOVED + l->most * l->most;
}

/* What is escaped is a letter; marks in a row are one.  What may begin a
 * picture is looked through as they are. */
static void
add_marks(struct lines *l, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char next = '\0';

		if (i + 1 < len)
			next = s[i + 1];
		l->links += s[i] == ']';
		l->marks += span(s + i, 1, "*_~") == 1 && s[i] != next;
		l->marks += s[i] == '!' && next == '[';
		i += s[i] == '\\';
	}
}

static void
add_line(struct lines *l, struct cost *c, const char *s, size_t len)
{
	size_t signs = 0;

	for (size_t i = 0; i < len; i++)
		signs += s[i] == '|';
	if (is_rule(s, len))
		c->steps += rule_steps(l);
	l->n++;
	l->bytes += len;
	if (signs > l->most)
		l->most = signs;
	add_marks(l, s, len);
}

static void
end_lines(struct lines *l, struct cost *c)
{
	c->cells += l->n * l->most;
	c->marks += l->marks * (l->marks / MARKS + LINK * l->links);
	*l = (struct lines){ 0 };
}

/* Signs of an address in one word: from each cmark reads on to its end, and
 * from the end again for each ")" that might be no part of it. */
static size_t
count_links(const char *s, size_t len)
{
	size_t steps = 0, signs = 0, from = 0;

	for (size_t i = 0; i < len; i++) {
		signs += span(s + i, 1, ".:@)");
		if (i + 1 < len && strchr(" \t\r\n", s[i]) == NULL)
			continue;
		steps += signs * (i - from);
		signs = 0;
		from = i;
	}
	return steps;
}

static struct cost
count_cost(const char *s, size_t len)
{
	const char *end = s + len;
	struct lines l = { 0 };
	struct cost c = { .links = count_links(s, len) };
	size_t n;

	for (; s < end; s += n + 1) {
		n = line_length(s, (size_t)(end - s));
		find_deep(s, n, &c.deepest);
		c.lines++;
		if (span(s, n, " \t") < n)
			add_line(&l, &c, s, n);
		else
			end_lines(&l, &c);
	}
	end_lines(&l, &c);
	return c;
}

/*
 * cmark makes the rows of a table as long as the longest, and a page of text a
 * gigabyte of empty cells; and whatever might be the line under heads has it
 * read the paragraph before once more.  Where there might be far more of these
 * than text, tables are words.
 */
static bool
is_sparse(const struct cost *c, size_t len)
{
	return c->cells > len + EMPTY_CELLS || c->steps > STEPS;
}

/* With n declarations before it.  What would begin one too many, or a list far
 * to the right where that matters, is a sign like any other. */
static void
feed_line(cmark_parser *p, const char *s, size_t len, bool matters, size_t *n)
{
	size_t deepest = 0, from = 0;
	size_t deep = matters ? find_deep(s, len, &deepest) : len;

	for (size_t i = 1; i < len; i++) {
		const char *between = NULL;

		if (i == deep)
			between = "\\";
		else if (s[i - 1] == '<' && (s[i] == '?' || s[i] == '!') &&
		    ++*n > DECLARATIONS)
			between = " ";
		if (between == NULL)
			continue;
		cmark_parser_feed(p, s + from, i - from);
		cmark_parser_feed(p, between, 1);
		from = i;
	}
	cmark_parser_feed(p, s + from, len - from);
}

/* To cmark each line costs as many steps as lists and quotations stand around
 * it, and what begins an instruction or a declaration as many as there are
 * letters behind it: 90 KB of these are half a minute. */
static void
feed(cmark_parser *p, const char *text, size_t len, const struct cost *c)
{
	size_t declarations = 0, line;
	bool deep = c->deepest > DEEPEST || c->lines * c->deepest > STEPS;

	for (; len > 0; text += line, len -= line) {
		line = line_length(text, len);
		if (line + 1 < len && text[line] == '\r' &&
		    text[line + 1] == '\n')
			line++;
		line += line < len;
		feed_line(p, text, line, deep, &declarations);
	}
}

/* Of each mark cmark looks through those before it, and for each link again: a
 * hundred kilobytes of them take minutes. */
static bool
is_marks(const struct cost *c, size_t len)
{
	return c->marks > STEPS + 1000 * len;
}

/* Nothing but words. */
static void
feed_words(cmark_parser *p, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (ispunct((unsigned char)text[i]))
			cmark_parser_feed(p, "\\", 1);
		cmark_parser_feed(p, text + i, 1);
	}
}

static cmark_node *
parse(const char *text, size_t len)
{
	const struct cost c = count_cost(text, len);
	cmark_parser *p;
	cmark_node *n;

	cmark_gfm_core_extensions_ensure_registered();
	p = cmark_parser_new(OPTIONS);
	for (size_t i = 0; i < NEXTENSIONS; i++)
		if (!(i == TABLE && is_sparse(&c, len)) &&
		    !(i == AUTOLINK && c.links / 5 > STEPS))
			cmark_parser_attach_syntax_extension(p,
			    cmark_find_syntax_extension(extensions[i]));
	if (is_marks(&c, len))
		feed_words(p, text, len);
	else
		feed(p, text, len, &c);
	n = cmark_parser_finish(p);
	cmark_parser_free(p);
	return n;
}

/* Relative addresses, or one of three schemes. */
static bool
is_safe(const char *url)
{
	static const char *const schemes[] = { "http://", "https://",
		"mailto:" };

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
			return true;
	/* "//host" is no place of this site, nor is "/\host" for browsers. */
	if ((url[0] == '/' || url[0] == '\\') &&
	    (url[1] == '/' || url[1] == '\\'))
		return false;
	return url[strcspn(url, ":/?#")] != ':';
}

static void
make_safe(cmark_node *n)
{
	const char *url = cmark_node_get_url(n);

	if (url != NULL && !is_safe(url))
		cmark_node_set_url(n, "");
}

/* A picture of another site tells it who reads this one, and browsers are told
 * not to fetch it (web/respond.c): its words stand for it. */
static bool
is_foreign(cmark_node *n)
{
	return cmark_node_get_type(n) == CMARK_NODE_IMAGE &&
	    strncmp(cmark_node_get_url(n), "/files/", 7) != 0;
}

/*
 * The walk goes on with the words, or is past it if there are none.  Pictures
 * within pictures are undone from the outside: what is deep moves once.
 */
static void
unpicture(cmark_node *n)
{
	cmark_node *words;

	while ((words = cmark_node_first_child(n)) != NULL)
		cmark_node_insert_before(n, words);
	cmark_node_free(n);
}

/* Headings are levelled by what stands above them, not by their marks. */
static void
level(cmark_node *n, int *marks, int *depth)
{
	int mark = cmark_node_get_heading_level(n);

	while (*depth > 0 && marks[*depth - 1] >= mark)
		--*depth;
	marks[(*depth)++] = mark;
	cmark_node_set_heading_level(n,
	    *depth + HIGHEST - 1 < LOWEST ? *depth + HIGHEST - 1 : LOWEST);
}

/* Cells are aligned by the stylesheet: align="" is no attribute any more. */
static void
unalign(cmark_node *n)
{
	memset(cmark_gfm_extensions_get_table_alignments(n), 0,
	    cmark_gfm_extensions_get_table_columns(n));
}

static void
walk(cmark_node *document)
{
	cmark_iter *i = cmark_iter_new(document);
	cmark_event_type event;
	int marks[LOWEST + 1], depth = 0;

	while ((event = cmark_iter_next(i)) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(i);
		cmark_node_type type = cmark_node_get_type(n);

		if (is_foreign(n) &&
		    (event == CMARK_EVENT_EXIT ||
			cmark_node_first_child(n) != NULL))
			unpicture(n);
		else if (event != CMARK_EVENT_ENTER)
			continue;
		else if (type == CMARK_NODE_HEADING)
			level(n, marks, &depth);
		else if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
			make_safe(n);
		else if (type == CMARK_NODE_HTML_BLOCK ||
		    type == CMARK_NODE_HTML_INLINE)
			cmark_node_free(n); /* the walk is past it already */
		else if (cmark_gfm_extensions_get_table_columns(n) > 0)
			unalign(n);
	}
	cmark_iter_free(i);
}

void
markdown_html(struct buf *out, const char *text, size_t len)
{
	cmark_node *document = parse(text, len);
	char *html;

	walk(document);
	html = cmark_render_html(document, OPTIONS, NULL);
	if (html == NULL)
		abort();
	buf_puts(out, html);
	free(html);
	cmark_node_free(document);
}
