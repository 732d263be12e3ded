/*
 * The text part of a mail: what its HTML says, for who reads no HTML.
 *
 * Only what our templates use is known: p, h1 to h3, ul, ol, li, blockquote,
 * br, a.  A quotation keeps its lines.  A link that is a paragraph of its own
 * has its address on the next line, so that it can be copied whole; within a
 * sentence it stands behind it in <>.
 */
#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "data/plain.h"
#include "view/mail.h"

enum { WIDTH = 72, INDENT = 4 };

struct writer {
	struct buf *out;
	struct buf para; /* the paragraph so far; \n is a line break */
	struct buf href; /* of the link we are in */
	size_t link;     /* where its words begin in para */
	int quoted;      /* how deep */
	bool item;       /* of a list, its first line is still to come */
	bool listed;     /* within an item */
	bool was_listed; /* and so was the paragraph before */
};

static size_t
width(const char *s, size_t len)
{
	size_t n = 0, used;

	for (size_t i = 0; i < len; i += used, n++)
		utf8_next(s + i, len - i, &used);
	return n;
}

static size_t
begin_line(struct writer *w)
{
	size_t indent = (size_t)w->quoted * INDENT;

	for (size_t i = 0; i < indent; i++)
		buf_putc(w->out, ' ');
	if (w->listed)
		buf_puts(w->out, w->item ? "- " : "  ");
	indent += w->listed ? 2 : 0;
	w->item = false;
	return indent;
}

/* One line of the paragraph, in as many as it takes.  What is longer than a
 * line stays whole: it is an address. */
static void
put_line(struct writer *w, const char *s, size_t len)
{
	size_t column = 0, n, blank;

	for (bool first = true; len > 0; first = false) {
		blank = strspn(s, " ");
		if (blank >= len)
			break;
		s += blank;
		len -= blank;
		n = strcspn(s, " \n");
		if (!first && column + 1 + width(s, n) <= WIDTH) {
			buf_putc(w->out, ' ');
			column++;
		} else {
			if (!first)
				buf_putc(w->out, '\n');
			column = begin_line(w);
		}
		buf_put(w->out, s, n);
		column += width(s, n);
		s += n;
		len -= n;
	}
	buf_putc(w->out, '\n');
}

static void
end_paragraph(struct writer *w)
{
	const char *s = buf_text(&w->para);

	s += strspn(s, " \n");
	if (*s == '\0') {
		buf_clear(&w->para);
		return;
	}
	if (w->out->len > 0 && !(w->listed && w->was_listed))
		buf_putc(w->out, '\n');
	w->was_listed = w->listed;
	while (*s != '\0') {
		size_t n = strcspn(s, "\n");

		put_line(w, s, n);
		s += n + (s[n] == '\n');
	}
	buf_clear(&w->para);
}

/* Would another blank change nothing? */
static bool
ends_blank(const struct buf *b)
{
	return b->len == 0 || b->data[b->len - 1] == ' ' ||
	    b->data[b->len - 1] == '\n';
}

/* Words between two tags.  Line ends are blanks, but in a quotation. */
static void
put_words(struct writer *w, const char *s, size_t len)
{
	struct buf raw = { 0 }, words = { 0 };

	buf_put(&raw, s, len);
	plain_html(&words, raw.data);
	for (const char *p = buf_text(&words); *p != '\0'; p++) {
		if (*p == '\n' && w->quoted > 0)
			buf_putc(&w->para, '\n');
		else if ((unsigned char)*p > ' ')
			buf_putc(&w->para, *p);
		else if (!ends_blank(&w->para))
			buf_putc(&w->para, ' ');
	}
	buf_free(&raw);
	buf_free(&words);
}

static void
begin_link(struct writer *w, const char *tag, const char *end)
{
	const char *at = strstr(tag, "href=\"");
	struct buf raw = { 0 };

	buf_clear(&w->href);
	w->link = w->para.len;
	if (at == NULL || at > end)
		return;
	at += strlen("href=\"");
	buf_put(&raw, at, strcspn(at, "\""));
	plain_html(&w->href, raw.data);
	buf_free(&raw);
}

static void
end_link(struct writer *w, const char *after)
{
	const char *words = buf_text(&w->para) + w->link;
	bool alone = w->link == 0 && strncmp(after, "</p>", 4) == 0;

	if (w->href.len == 0 || strcmp(words, w->href.data) == 0)
		return;
	buf_puts(&w->para, alone ? "\n" : " <");
	buf_puts(&w->para, w->href.data);
	if (!alone)
		buf_putc(&w->para, '>');
}

static bool
is(const char *name, size_t len, const char *wanted)
{
	return strlen(wanted) == len && memcmp(name, wanted, len) == 0;
}

/* Tags within a line change nothing; all others end the paragraph. */
static void
tag(struct writer *w, const char *at, const char *end)
{
	bool closing = at[1] == '/';
	const char *name = at + 1 + closing;
	size_t n = strcspn(name, " \t\n/>");

	if (is(name, n, "a") && closing)
		end_link(w, end + 1);
	else if (is(name, n, "a"))
		begin_link(w, at, end);
	else if (is(name, n, "br"))
		buf_putc(&w->para, '\n');
	else if (!is(name, n, "strong") && !is(name, n, "em") &&
	    !is(name, n, "span"))
		end_paragraph(w);
	if (is(name, n, "blockquote"))
		w->quoted += closing ? -1 : 1;
	if (is(name, n, "li"))
		w->item = w->listed = !closing;
}

void
mail_text(struct buf *out, const char *html)
{
	struct writer w = { .out = out };

	while (*html != '\0') {
		size_t n = strcspn(html, "<");
		const char *end;

		put_words(&w, html, n);
		html += n;
		if (*html == '\0' || (end = strchr(html, '>')) == NULL)
			break;
		tag(&w, html, end);
		html = end + 1;
	}
	end_paragraph(&w);
	buf_free(&w.para);
	buf_free(&w.href);
}
