#include <ctype.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "data/html_markdown_own.h"
#include "data/html_tree.h"

/*
 * The words of a paragraph.
 *
 * They are gathered in runs of one format, with what stands between two runs
 * apart from them: a mark of Markdown must touch a word.  Then each level of
 * format, the link outermost, marks the runs that it covers, where the marks
 * would be taken as such.
 */
enum { LINK, STRONG, EM, DEL, CODE, LEVELS };

struct run {
	struct buf text;
	unsigned formats; /* bits, 1 << STRONG … */
	const char *href;
	char before; /* what parts it from the one before: ' ', '\1' for one
		      * that does not break, '\n', or 0 */
};

struct runs {
	struct run *at;
	size_t n, room;
	char before;     /* of the next one */
	unsigned spaced; /* the formats that it stood in */
	struct markdown_out *m;
};

/*
 * Gathering.
 */

static struct run *
add_run(struct runs *r)
{
	struct run *more;

	if (r->n == r->room) {
		r->room = r->room > 0 ? 2 * r->room : 16;
		more = arena_alloc(&r->m->arena, r->room * sizeof(*more));
		if (r->n > 0)
			memcpy(more, r->at, r->n * sizeof(*more));
		r->at = more;
	}
	r->at[r->n] =
	    (struct run){ .before = (char)(r->n > 0 ? r->before : 0) };
	return &r->at[r->n++];
}

/* Does a word go on the run?  Code that touches code must be one with it. */
static bool
continues(const struct run *run, char before, unsigned formats,
    const char *href)
{
	unsigned code = 1u << CODE;

	return (run->formats == formats ||
		   (before == 0 && (run->formats & formats & code) != 0)) &&
	    (href == NULL ? run->href == NULL
			  : run->href != NULL && strcmp(href, run->href) == 0);
}

static void
add_word(struct runs *r, const char *s, size_t len, unsigned formats,
    const char *href)
{
	struct run *run = r->n > 0 ? &r->at[r->n - 1] : NULL;

	if (run == NULL || r->before == '\n' ||
	    (r->before != 0 && r->spaced != formats) ||
	    !continues(run, r->before, formats, href)) {
		run = add_run(r);
		run->formats = formats;
		run->href = href;
	} else if (r->before != 0) {
		buf_puts(&run->text, r->before == ' ' ? " " : "\xc2\xa0");
	}
	buf_put(&run->text, s, len);
	r->before = 0;
}

size_t
markdown_space(const char *s, char *kind)
{
	*kind = *s == ' ' || *s == '\n' || *s == '\t' ? ' ' : '\1';
	return *kind == ' ' ? 1 : s[0] == '\xc2' && s[1] == '\xa0' ? 2 : 0;
}

static void
add_text(struct runs *r, const char *s, unsigned formats, const char *href)
{
	if (r->m->care >= MARKDOWN_BARE)
		formats = 0;
	if (r->m->care >= MARKDOWN_FLAT)
		href = NULL;
	while (*s != '\0') {
		char kind;
		size_t n = markdown_space(s, &kind);

		if (n == 0) {
			while (s[n] != '\0' &&
			    markdown_space(s + n, &kind) == 0)
				n++;
			add_word(r, s, n, formats, href);
		} else if (r->before != '\n') {
			r->spaced =
			    r->before != 0 ? r->spaced & formats : formats;
			if (r->before != ' ')
				r->before = kind;
		}
		s += n;
	}
}

static bool
is_named(const xmlNode *n, const char *name)
{
	return n->type == XML_ELEMENT_NODE &&
	    strcmp((const char *)n->name, name) == 0;
}

static unsigned
format_of(const xmlNode *n)
{
	static const char *const names[LEVELS] = { "a", "strong", "em", "del",
		"code" };

	for (unsigned i = STRONG; i < LEVELS; i++)
		if (is_named(n, names[i]))
			return 1u << i;
	return 0;
}

bool
markdown_is_inline(const xmlNode *n)
{
	return format_of(n) != 0 || is_named(n, "a") || is_named(n, "sub") ||
	    is_named(n, "sup");
}

static void
add_break(struct runs *r)
{
	bool line = r->m->heading || r->m->cell || r->m->care == MARKDOWN_FLAT;

	r->before = line ? ' ' : '\n';
}

static void
gather(struct runs *r, const xmlNode *n, unsigned formats, const char *href)
{
	const char *apart = markdown_is_inline(n) ? "" : " ";

	if (n->type == XML_TEXT_NODE && n->content != NULL) {
		add_text(r, (const char *)n->content, formats, href);
	} else if (is_named(n, "br")) {
		add_break(r);
	} else if (n->type == XML_ELEMENT_NODE) {
		add_text(r, apart, formats, href);
		add_text(r, html_attribute(n, "alt"), formats, href);
		if (is_named(n, "a"))
			href = html_attribute(n, "href");
		for (const xmlNode *c = n->children; c != NULL; c = c->next)
			gather(r, c, formats | format_of(n), href);
		add_text(r, apart, formats, href);
	}
}

/*
 * Escaping.
 */

/* At the begin of a line some signs begin a block; how many bytes of s stand
 * before the one to escape, or -1 if there is none. */
static int
begins_block(const char *s)
{
	size_t digits = strspn(s, "0123456789");

	if (*s != '\0' && strchr("#+-=:", *s) != NULL)
		return 0;
	if (digits > 0 && digits < 10 && (s[digits] == '.' || s[digits] == ')'))
		return (int)digits;
	return -1;
}

enum sort { WHITE, SIGN, LETTER };

static enum sort
sort_of(uint32_t c)
{
	if (c < 0x80)
		return c <= ' ' ? WHITE
		    : (c >= '0' && c <= '9') ||
			((c | 32) >= 'a' && (c | 32) <= 'z')
		    ? LETTER
		    : SIGN;
	if (u_charType((UChar32)c) == U_SPACE_SEPARATOR) /* as cmark has it */
		return WHITE;
	return u_ispunct((UChar32)c) ? SIGN : LETTER;
}

/* Must the sign at s have a backslash before it?  What looks like an address
 * would become a link. */
static bool
is_special(const struct markdown_out *m, const char *text, const char *s)
{
	if (m->care >= MARKDOWN_BARE)
		return ispunct((unsigned char)*s);
	if (strchr("\\`*_[]<>~|", *s) != NULL)
		return true;
	if (*s == '&')
		return s[1] == '#' || (s[1] | 32) >= 'a';
	if (*s == ':')
		return s[1] == '/' && s[2] == '/';
	if (s == text && (*s == '.' || *s == ')')) /* after the 3 of a list? */
		return m->out->len > 0 &&
		    sort_of((unsigned char)m->out->data[m->out->len - 1]) ==
		    LETTER;
	if (*s == '.')
		return s - text >= 3 && (s[-1] | 32) == 'w';
	return *s == '#' && m->heading;
}

static bool
is_line_start(const struct markdown_out *m)
{
	size_t n = m->prefix.len;

	return !m->heading && !m->cell &&
	    (m->out->len == 0 ||
		(m->out->len >= n + 1 &&
		    m->out->data[m->out->len - n - 1] == '\n') ||
		m->out->data[m->out->len - 1] == ' ');
}

static void
put_text(struct markdown_out *m, const char *text)
{
	int mark = is_line_start(m) ? begins_block(text) : -1;

	for (const char *s = text; *s != '\0'; s++) {
		if (is_special(m, text, s) || s - text == mark)
			buf_putc(m->out, '\\');
		buf_putc(m->out, *s);
	}
}

enum { TICKS_MAX = 80 }; /* that cmark takes for one mark */

/* More backticks than there are in a row in the text. */
static size_t
fence(const char *s)
{
	size_t most = 0;

	for (; *s != '\0'; s++) {
		size_t n = strspn(s, "`");

		if (n > most)
			most = n;
		if (n > 1)
			s += n - 1;
	}
	return most + 1;
}

static void
put_code(struct markdown_out *m, const struct buf *text)
{
	const char *s = text->data;
	size_t n = fence(s);
	bool pad = *s == '`' || s[text->len - 1] == '`';

	for (size_t i = 0; i < n; i++)
		buf_putc(m->out, '`');
	buf_puts(m->out, pad ? " " : "");
	for (; *s != '\0'; s++) {
		if (*s == '|' && m->cell)
			buf_putc(m->out, '\\');
		buf_putc(m->out, *s);
	}
	buf_puts(m->out, pad ? " " : "");
	for (size_t i = 0; i < n; i++)
		buf_putc(m->out, '`');
}

static void
put_url(struct buf *out, const char *url)
{
	for (; *url != '\0'; url++) {
		if (strchr("()*_~", *url) != NULL)
			buf_putc(out, '\\');
		buf_putc(out, *url);
		if (*url == '&') /* &lt; would be a reference */
			buf_puts(out, "amp;");
	}
}

/*
 * Marks.
 */
static enum sort
first_sort(const struct buf *b)
{
	size_t used;

	return sort_of(utf8_next(b->data, b->len, &used));
}

static enum sort
last_sort(const struct buf *b)
{
	size_t at = b->len - 1, used;

	while (at > 0 && ((unsigned char)b->data[at] & 0xc0) == 0x80)
		at--;
	return sort_of(utf8_next(b->data + at, b->len - at, &used));
}

/* Runs from..to-1 of a level, and what follows the last. */
struct span {
	struct runs *r;
	size_t from, to;
	enum sort after;
	bool marked; /* what is around it ends where it does */
};

/*
 * Would a mark before the first run and one after the last be taken for what
 * they are?  A mark opens before a letter, or before a sign after a space or a
 * sign; it closes likewise.
 */
static bool
can_mark(const struct span *s, const struct span *whole, unsigned below)
{
	const struct run *first = &s->r->at[s->from];
	const struct run *last = &s->r->at[s->to - 1];
	const struct buf *out = s->r->m->out;
	enum sort in = first_sort(&first->text), end = last_sort(&last->text);
	enum sort before = out->len > 0 ? last_sort(out) : WHITE;
	char touching = (char)(out->len > 0 ? out->data[out->len - 1] : ' ');

	if ((first->formats & below) != 0 && in == LETTER)
		in = SIGN;
	if ((last->formats & below) != 0 && end == LETTER)
		end = SIGN;
	return in != WHITE && end != WHITE && touching != '*' &&
	    touching != '~' && !(s->to == whole->to && whole->marked) &&
	    (in == LETTER || before != LETTER) &&
	    (end == LETTER || s->after != LETTER);
}

static void put_level(const struct span *, unsigned level);

static void
put_space(struct markdown_out *m, struct run *run)
{
	if (run->before == '\n') {
		buf_putc(m->out, '\\');
		markdown_line(m);
	} else if (run->before != 0) {
		buf_puts(m->out, run->before == ' ' ? " " : "\xc2\xa0");
	}
	run->before = 0;
}

static void
put_link(const struct span *s)
{
	struct buf *out = s->r->m->out;
	struct span inside = *s;

	if (out->len > 0 && out->data[out->len - 1] == '!' &&
	    s->r->m->care == MARKDOWN_USUAL) {
		out->data[out->len - 1] = '\\';
		buf_putc(out, '!');
	}
	buf_putc(out, '[');
	inside.after = SIGN;
	put_level(&inside, STRONG);
	buf_puts(out, "](");
	put_url(out, s->r->at[s->from].href);
	buf_putc(out, ')');
}

static void
put_run(struct markdown_out *m, const struct run *run)
{
	if ((run->formats & 1u << CODE) != 0 &&
	    fence(run->text.data) <= TICKS_MAX)
		put_code(m, &run->text);
	else
		put_text(m, run->text.data);
}

/* The runs of one format, or of none, at a level. */
static void
put_span(const struct span *s, const struct span *whole, unsigned level,
    bool formatted)
{
	static const char *const marks[LEVELS] = {
		[STRONG] = "**", [EM] = "*", [DEL] = "~~"
	};
	unsigned below = ~0u << (level + 1);
	struct span inside = *s;

	put_space(s->r->m, &s->r->at[s->from]);
	if (level == CODE) {
		put_run(s->r->m, &s->r->at[s->from]);
	} else if (level == LINK && formatted) {
		put_link(s);
	} else if (formatted && can_mark(s, whole, below)) {
		inside.after = SIGN;
		inside.marked = true;
		buf_puts(s->r->m->out, marks[level]);
		put_level(&inside, level + 1);
		buf_puts(s->r->m->out, marks[level]);
	} else {
		inside.marked = whole->marked && s->to == whole->to;
		put_level(&inside, level + 1);
	}
}

static bool
is_alike(const struct run *a, const struct run *b, unsigned level)
{
	if (level == CODE)
		return false;
	if (level == LINK)
		return a->href == NULL
		    ? b->href == NULL
		    : b->href != NULL && strcmp(a->href, b->href) == 0;
	return ((a->formats ^ b->formats) & 1u << level) == 0;
}

static enum sort
sort_after(const struct span *whole, size_t to)
{
	const struct run *next = &whole->r->at[to];

	if (to == whole->to)
		return whole->after;
	return next->before != 0 ? WHITE : first_sort(&next->text);
}

static void
put_level(const struct span *whole, unsigned level)
{
	struct run *at = whole->r->at;

	for (size_t from = whole->from, to; from < whole->to; from = to) {
		struct span s = { .r = whole->r, .from = from };
		bool formatted = level == LINK
		    ? at[from].href != NULL
		    : (at[from].formats & 1u << level) != 0;

		for (to = from + 1;
		     to < whole->to && is_alike(&at[from], &at[to], level);)
			to++;
		s.to = to;
		s.after = sort_after(whole, to);
		put_span(&s, whole, level, formatted);
	}
}

bool
markdown_words(struct markdown_out *m, const xmlNode *first, const xmlNode *end)
{
	struct runs r = { .m = m };
	struct span all = { .r = &r, .after = WHITE };

	for (const xmlNode *n = first; n != end; n = n->next)
		gather(&r, n, 0, NULL);
	all.to = r.n;
	put_level(&all, LINK);
	for (size_t i = 0; i < r.n; i++)
		buf_free(&r.at[i].text);
	return r.n > 0;
}
