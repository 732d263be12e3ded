#include <string.h>

#include "data/sanitize_write.h"

/* What formats words, from the outside to the inside. */
static const struct {
	unsigned format;
	const char *tag;
} formats[] = {
	{ FORMAT_LINK, "a" },
	{ FORMAT_STRONG, "strong" },
	{ FORMAT_EM, "em" },
	{ FORMAT_DEL, "del" },
	{ FORMAT_SUB, "sub" },
	{ FORMAT_SUP, "sup" },
	{ FORMAT_CODE, "code" },
};

enum { NFORMATS = sizeof(formats) / sizeof(formats[0]) };

static bool
is_full(const struct sanitize_writer *w)
{
	return w->out->len >= w->most;
}

const char *
sanitize_inside(const struct sanitize_writer *w)
{
	return w->depth > 0 ? w->open[w->depth - 1].tag : "";
}

static bool
is_inside(const struct sanitize_writer *w, const char *tag)
{
	return strcmp(sanitize_inside(w), tag) == 0;
}

static bool
in_cell(const struct sanitize_writer *w)
{
	return is_inside(w, "td") || is_inside(w, "th");
}

void
sanitize_fill(struct sanitize_writer *w)
{
	for (size_t i = 0; i < w->depth; i++) {
		w->open[i].filled = true;
		if (w->open[i].written)
			continue;
		w->open[i].written = true;
		buf_printf(w->out, "<%s", w->open[i].tag);
		if (w->open[i].start != 1)
			buf_printf(w->out, " start=\"%d\"", w->open[i].start);
		buf_putc(w->out, '>');
	}
}

/*
 * Formats.
 */

static bool
is_same_link(const struct sanitize_writer *w)
{
	return (w->formats & FORMAT_LINK) == 0 ||
	    strcmp(w->href, buf_text(&w->href_open)) == 0;
}

/* How many of the outermost formats that are open may stay so. */
static int
common(const struct sanitize_writer *w)
{
	unsigned wanted = w->space != 0 && w->breaks == 0
	    ? w->formats & w->spaced
	    : w->formats;
	unsigned differ = (wanted ^ w->formats_open) | (wanted ^ w->formats);

	for (int i = 0; i < NFORMATS; i++)
		if ((differ & formats[i].format) != 0 ||
		    (formats[i].format == FORMAT_LINK && !is_same_link(w)))
			return i;
	return NFORMATS;
}

static void
close_formats(struct sanitize_writer *w, int from)
{
	for (int i = NFORMATS - 1; i >= from; i--) {
		if ((w->formats_open & formats[i].format) == 0)
			continue;
		buf_printf(w->out, "</%s>", formats[i].tag);
		w->formats_open &= ~formats[i].format;
	}
}

static void
open_link(struct sanitize_writer *w)
{
	buf_puts(w->out, "<a href=\"");
	buf_html(w->out, w->href, strlen(w->href));
	buf_puts(w->out, "\">");
	buf_clear(&w->href_open);
	buf_puts(&w->href_open, w->href);
}

static void
open_formats(struct sanitize_writer *w, int from)
{
	for (int i = from; i < NFORMATS; i++) {
		if ((w->formats & formats[i].format) == 0)
			continue;
		if (formats[i].format == FORMAT_LINK)
			open_link(w);
		else
			buf_printf(w->out, "<%s>", formats[i].tag);
		w->formats_open |= formats[i].format;
	}
}

/*
 * Paragraphs.
 */

static void
end_leaf(struct sanitize_writer *w)
{
	close_formats(w, 0);
	if (w->leaf_open != NULL && *w->leaf_open != '\0')
		buf_printf(w->out, "</%s>", w->leaf_open);
	w->leaf_open = NULL;
	w->breaks = 0;
	w->space = 0;
}

void
sanitize_block(struct sanitize_writer *w, const char *leaf)
{
	if (in_cell(w)) { /* a line, there */
		w->breaks = w->leaf_open != NULL;
		return;
	}
	end_leaf(w);
	w->leaf = leaf;
}

/* The first words of an item need no paragraph. */
static void
begin_leaf(struct sanitize_writer *w)
{
	const char *leaf = w->leaf != NULL ? w->leaf : "p";

	if (in_cell(w) ||
	    (w->leaf == NULL && is_inside(w, "li") &&
		!w->open[w->depth - 1].filled))
		leaf = "";
	sanitize_fill(w);
	if (*leaf != '\0')
		buf_printf(w->out, "<%s>", leaf);
	w->leaf_open = leaf;
}

/* Two line ends are meant as the end of a paragraph; headings have none. */
static void
settle_breaks(struct sanitize_writer *w)
{
	const char *leaf = w->leaf_open;

	if (w->breaks == 0 || leaf == NULL)
		return;
	if (*leaf == 'h') {
		w->breaks = 0;
		w->space = ' ';
	} else if (w->breaks > 1 && !in_cell(w)) {
		end_leaf(w);
	}
}

/* Before words or a picture: all that must be written before it. */
static void
begin(struct sanitize_writer *w)
{
	int from;

	settle_breaks(w);
	if (w->leaf_open == NULL) {
		begin_leaf(w);
		w->breaks = 0;
		w->space = 0;
	}
	from = common(w);
	close_formats(w, from);
	if (w->breaks > 0)
		buf_puts(w->out, "<br />");
	else if (w->space != 0)
		buf_puts(w->out, w->space == ' ' ? " " : "\xc2\xa0");
	w->breaks = 0;
	w->space = 0;
	open_formats(w, from);
}

/* The length of the space that begins at s, and of which kind it is. */
static size_t
space_at(const char *s, char *kind)
{
	if (*s == ' ' || *s == '\n' || *s == '\t' || *s == '\r' || *s == '\f') {
		*kind = ' ';
		return 1;
	}
	*kind = '\1';
	return s[0] == '\xc2' && s[1] == '\xa0' ? 2 : 0;
}

static size_t
word_length(const char *s)
{
	size_t n = 0;
	char kind;

	while (s[n] != '\0' && space_at(s + n, &kind) == 0)
		n++;
	return n;
}

/* As much of a word as there is room for. */
static size_t
fitting(const struct sanitize_writer *w, const char *s, size_t n)
{
	size_t room = w->most - w->out->len;

	if (n <= room)
		return n;
	while (room > 0 && ((unsigned char)s[room] & 0xc0) == 0x80)
		room--;
	return room;
}

void
sanitize_text(struct sanitize_writer *w, const char *s)
{
	while (*s != '\0' && !is_full(w)) {
		char kind;
		size_t n = space_at(s, &kind);

		if (n > 0) {
			w->spaced =
			    w->space != 0 ? w->spaced & w->formats : w->formats;
			if (w->space != ' ')
				w->space = kind;
		} else {
			n = word_length(s);
			begin(w);
			buf_html(w->out, s, is_full(w) ? 0 : fitting(w, s, n));
		}
		s += n;
	}
}

void
sanitize_break(struct sanitize_writer *w)
{
	w->breaks++;
}

void
sanitize_image(struct sanitize_writer *w, const char *src, const char *alt)
{
	struct buf flat = { 0 };

	if (is_full(w))
		return;
	begin(w);
	buf_puts(w->out, "<img src=\"");
	buf_html(w->out, src, strlen(src));
	buf_puts(w->out, "\" alt=\"");
	while (*alt != '\0') {
		char kind;
		size_t n = space_at(alt, &kind);

		if (n == 0) {
			n = word_length(alt);
			if (flat.len > 0)
				buf_putc(&flat, ' ');
			buf_put(&flat, alt, n);
		}
		alt += n;
	}
	buf_html(w->out, buf_text(&flat), flat.len);
	buf_puts(w->out, "\" />");
	buf_free(&flat);
}

/*
 * What holds paragraphs.
 */

void
sanitize_open(struct sanitize_writer *w, const char *tag, int start)
{
	sanitize_block(w, NULL);
	w->open[w->depth].tag = tag;
	w->open[w->depth].start = start;
	w->open[w->depth].written = w->open[w->depth].filled = false;
	w->depth++;
}

void
sanitize_close(struct sanitize_writer *w)
{
	end_leaf(w);
	w->leaf = NULL;
	w->depth--;
	if (w->open[w->depth].written)
		buf_printf(w->out, "</%s>", w->open[w->depth].tag);
}

void
sanitize_rule(struct sanitize_writer *w)
{
	sanitize_block(w, NULL);
	if (in_cell(w) || is_full(w))
		return;
	sanitize_fill(w);
	buf_puts(w->out, "<hr />");
}

void
sanitize_pre(struct sanitize_writer *w, const char *s, size_t len)
{
	size_t blank;

	sanitize_block(w, NULL);
	while ((blank = strspn(s, " \t")) < len && s[blank] == '\n') {
		s += blank + 1;
		len -= blank + 1;
	}
	while (len > 0 && (unsigned char)s[len - 1] <= ' ')
		len--;
	if (len == 0 || is_full(w))
		return;
	sanitize_fill(w);
	buf_puts(w->out, "<pre>");
	buf_html(w->out, s, is_full(w) ? 0 : fitting(w, s, len));
	buf_puts(w->out, "</pre>");
}
