#include <string.h>

#include "base/utf8.h"
#include "data/charset.h"
#include "data/html_plain.h"
#include "data/html_tree.h"
#include "data/markup.h"

/* Put text with every space as one, none at the begin. */
static void
put_flat(struct buf *out, size_t start, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		bool space = s[i] == ' ' || s[i] == '\n' || s[i] == '\t' ||
		    s[i] == '\r' || s[i] == '\f';

		if (!space)
			buf_putc(out, s[i]);
		else if (out->len > start && out->data[out->len - 1] != ' ')
			buf_putc(out, ' ');
	}
}

static void
trim(struct buf *out, size_t start)
{
	while (out->len > start && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
}

static bool
is_tag(const struct markup *m)
{
	return m->type == MARKUP_OPEN || m->type == MARKUP_CLOSE;
}

/* What is put of a tag: nothing, a space, or itself if HTML has none such. */
static void
put_tag(struct buf *out, const struct markup *m, const char *from)
{
	enum html_role role = html_role(m->name, m->name_len);

	if (role == HTML_UNKNOWN)
		buf_put(out, from, (size_t)(m->at - from));
	else if (role != HTML_INLINE)
		buf_putc(out, ' ');
}

void
html_plain(struct buf *out, const char *html, size_t len)
{
	struct buf text = { 0 }, clean = { 0 };
	struct markup m;
	size_t start = out->len;

	markup_start(&m, html, len, true);
	for (const char *from = m.at; markup_next(&m); from = m.at)
		if (m.type == MARKUP_TEXT)
			markup_decode(&text, m.text, m.len);
		else if (is_tag(&m))
			put_tag(&text, &m, from);
	charset_clean(&clean, buf_text(&text), text.len);
	put_flat(out, start, buf_text(&clean), clean.len);
	trim(out, start);
	buf_free(&text);
	buf_free(&clean);
}

bool
html_has_tags(const char *s, size_t len)
{
	struct markup m;

	markup_start(&m, s, len, true);
	while (markup_next(&m))
		if (is_tag(&m) && html_role(m.name, m.name_len) != HTML_UNKNOWN)
			return true;
	return false;
}

/*
 * Cutting.
 */

static bool
ends_sentence(const char *s, size_t at)
{
	return at > 1 && s[at] == ' ' &&
	    (strchr(".!?", s[at - 1]) != NULL ||
		strncmp(s + at - 3 + (at < 3), "\xe2\x80\xa6", 3) == 0 ||
		strncmp(s + at - 2, "\xd8\x9f", 2) == 0 ||
		(at > 2 && strncmp(s + at - 3, "\xe3\x80\x82", 3) == 0));
}

void
html_cut(struct buf *out, const char *line, size_t most)
{
	size_t len = strlen(line), at = 0, word = 0, sentence = 0, used;

	for (size_t n = 0; at < len && n < most; n++, at += used) {
		if (line[at] == ' ')
			word = at;
		if (n > most / 2 && ends_sentence(line, at))
			sentence = at;
		utf8_next(line + at, len - at, &used);
	}
	if (at == len) {
		buf_put(out, line, len);
		return;
	}
	if (line[at] == ' ')
		word = at;
	if (word < at / 2) /* no spaces, as in Chinese, or one long word */
		word = at;
	buf_put(out, line, sentence > 0 ? sentence : word);
	if (sentence == 0)
		buf_puts(out, "…");
}

/*
 * Text.
 */
void
html_of_text(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		size_t blank = strspn(text + n, "\n \t");

		buf_html(out, text, n);
		text += n;
		if (blank > 1 && memchr(text + 1, '\n', blank - 1) != NULL)
			buf_puts(out, "<p>");
		else if (blank > 0)
			buf_puts(out, "<br>");
		text += blank;
	}
}
