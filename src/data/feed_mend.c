#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "data/feed_own.h"
#include "data/markup.h"

/*
 * Making XML well-formed before libxml2 reads it.
 *
 * Feeds are written by hand and by bad programs, and what libxml2 makes of a
 * wrong end tag is that all entries after it stand within another.  Here tags
 * are matched, names from HTML become characters, and document types are left
 * out: so there is no entity and nothing outside that it could be made to
 * read.  Depth and number of elements are limited, and a tag's attributes
 * (which libxml2 compares each with each).
 */
enum { DEPTH = 100, ELEMENTS = 100 * 1000 };

struct mend {
	struct reading *r;
	struct buf *out;
	struct markup m;
	struct {
		const char *name;
		size_t len;
	} open[DEPTH];
	size_t depth;
	size_t beyond; /* deeper elements, which are left out */
	size_t elements;
	bool begun;
};

static void
malformed(struct mend *x, const char *what)
{
	feed_tell(x->r, "malformed", x->m.line, "malformed: %s", what);
}

/*
 * Text.
 */

/* Put what stands for the reference at s; returns its length. */
static size_t
put_reference(struct mend *x, const char *s, size_t len)
{
	uint32_t c = 0;
	size_t n = markup_reference(s, len, &c), name;

	if (n > 0 && s[n - 1] == ';') {
		char to[4];

		if (c < 0x80 && c != 0)
			buf_printf(x->out, "&#%u;", (unsigned)c);
		else if (c != 0)
			buf_put(x->out, to, utf8_put(to, c));
		return n;
	}
	name = 1 +
	    strspn(s + 1,
		"abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");
	if (name > 1 && name < len && s[name] == ';')
		feed_tell(x->r, "entity", x->m.line, "no such character: %.*s",
		    name < 40 ? (int)name + 1 : 40, s);
	else
		malformed(x, "an “&” that should be “&amp;”");
	buf_puts(x->out, "&amp;");
	return 1;
}

static void
put_text(struct mend *x, const char *s, size_t len)
{
	const char *end = s + len, *run = s;

	while (s < end) {
		const char *instead = *s == '<' ? "&lt;"
		    : *s == '>'                 ? "&gt;"
		    : *s == '"'                 ? "&quot;"
						: NULL;

		if (instead == NULL && *s != '&') {
			s++;
			continue;
		}
		buf_put(x->out, run, (size_t)(s - run));
		if (instead != NULL)
			buf_puts(x->out, instead), s++;
		else
			s += put_reference(x, s, (size_t)(end - s));
		run = s;
	}
	buf_put(x->out, run, (size_t)(end - run));
}

/* What is left out leaves its lines. */
static void
put_lines(struct mend *x, const char *from, const char *to)
{
	for (; from < to; from++)
		if (*from == '\n')
			buf_putc(x->out, '\n');
}

/*
 * Tags.
 */

/* A name with two colons, or one at an end, is none. */
static void
put_name(struct mend *x, const char *s, size_t len)
{
	const char *colon = memchr(s, ':', len);
	bool odd = colon == s || colon == s + len - 1 ||
	    (colon != NULL &&
		memchr(colon + 1, ':', len - (size_t)(colon + 1 - s)) != NULL);

	for (size_t i = 0; i < len; i++)
		buf_putc(x->out, (char)(odd && s[i] == ':' ? '_' : s[i]));
}

static bool
is_name(const struct markup_attribute *a)
{
	for (size_t i = 0; i < a->name_len; i++) {
		char c = a->name[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			c == '_' ||
			(i > 0 &&
			    ((c >= '0' && c <= '9') || c == '-' || c == '.' ||
				c == ':'))))
			return false;
	}
	return true;
}

static bool
is_second(const struct markup *m, size_t n)
{
	const struct markup_attribute *a = &m->attributes[n];

	for (size_t i = 0; i < n; i++)
		if (m->attributes[i].name_len == a->name_len &&
		    memcmp(m->attributes[i].name, a->name, a->name_len) == 0)
			return true;
	return false;
}

static void
put_attributes(struct mend *x)
{
	for (size_t i = 0; i < x->m.nattributes; i++) {
		const struct markup_attribute *a = &x->m.attributes[i];

		if (!is_name(a) || is_second(&x->m, i)) {
			malformed(x, "an attribute that is none, or twice");
			continue;
		}
		buf_putc(x->out, ' ');
		put_name(x, a->name, a->name_len);
		buf_puts(x->out, "=\"");
		put_text(x, a->value, a->value_len);
		buf_putc(x->out, '"');
	}
}

static void
close_one(struct mend *x)
{
	x->depth--;
	buf_puts(x->out, "</");
	put_name(x, x->open[x->depth].name, x->open[x->depth].len);
	buf_putc(x->out, '>');
}

/* How many are open from the innermost of that name on; 0: none is. */
static size_t
find_open(const struct mend *x)
{
	for (size_t i = x->depth; i > 0; i--)
		if (x->open[i - 1].len == x->m.name_len &&
		    memcmp(x->open[i - 1].name, x->m.name, x->m.name_len) == 0)
			return x->depth - i + 1;
	return 0;
}

static void
close_tag(struct mend *x)
{
	size_t n;

	if (x->beyond > 0) {
		x->beyond--;
		return;
	}
	n = find_open(x);
	if (n == 0)
		feed_tell(x->r, "malformed", x->m.line,
		    "malformed: </%.*s> closes nothing", (int)x->m.name_len,
		    x->m.name);
	else if (n > 1)
		feed_tell(x->r, "malformed", x->m.line,
		    "malformed: <%.*s> is not closed before </%.*s>",
		    (int)x->open[x->depth - 1].len, x->open[x->depth - 1].name,
		    (int)x->m.name_len, x->m.name);
	while (n-- > 0)
		close_one(x);
}

/* An entry does not stand within another: the one before was not closed. */
static void
close_entry(struct mend *x)
{
	size_t n = markup_is(&x->m, "item") || markup_is(&x->m, "entry")
	    ? find_open(x)
	    : 0;

	if (n == 0)
		return;
	feed_tell(x->r, "malformed", x->m.line,
	    "malformed: the entry before is not closed");
	while (n-- > 0)
		close_one(x);
}

static void
open_tag(struct mend *x)
{
	close_entry(x);
	if (x->depth == DEPTH || x->beyond > 0) {
		feed_tell(x->r, "too-deep", x->m.line,
		    "elements within more than %d others are left out", DEPTH);
		x->beyond += !x->m.empty;
		return;
	}
	x->begun = true;
	x->elements++;
	buf_putc(x->out, '<');
	put_name(x, x->m.name, x->m.name_len);
	put_attributes(x);
	buf_puts(x->out, x->m.empty ? "/>" : ">");
	if (x->m.empty)
		return;
	x->open[x->depth].name = x->m.name;
	x->open[x->depth].len = x->m.name_len;
	x->depth++;
}

/* What a document type declares is never read; that it declares something is
 * worth a word. */
static void
doctype(struct mend *x)
{
	if (memmem(x->m.text, x->m.len, "<!ENTITY", 8) != NULL)
		feed_tell(x->r, "doctype", x->m.line,
		    "the entities that its DOCTYPE declares are not read");
}

static void
cdata(struct mend *x)
{
	buf_puts(x->out, "<![CDATA[");
	buf_put(x->out, x->m.text, x->m.len);
	buf_puts(x->out, "]]>");
}

/* One piece; false at the end of what counts. */
static bool
piece(struct mend *x)
{
	const char *from = x->m.at;

	if ((x->begun && x->depth == 0) || !markup_next(&x->m))
		return false;
	if (x->elements == ELEMENTS) {
		feed_tell(x->r, "too-many", x->m.line,
		    "it has more than %d elements; the rest is left out",
		    ELEMENTS);
		return false;
	}
	if (x->m.fault != NULL && x->begun)
		malformed(x, x->m.fault);
	if (x->m.type == MARKUP_OPEN)
		open_tag(x);
	else if (x->m.type == MARKUP_CLOSE)
		close_tag(x);
	else if (x->m.type == MARKUP_TEXT && x->depth > 0)
		put_text(x, x->m.text, x->m.len);
	else if (x->m.type == MARKUP_CDATA && x->depth > 0)
		cdata(x);
	else
		put_lines(x, from, x->m.at);
	if (x->m.type == MARKUP_DOCTYPE)
		doctype(x);
	return true;
}

/* After the first element there may be comments, and no more. */
static void
look_behind(struct mend *x)
{
	while (markup_next(&x->m)) {
		const char *s = x->m.text;

		if (x->m.type == MARKUP_OTHER ||
		    (x->m.type == MARKUP_TEXT &&
			strspn(s, " \t\n") >= x->m.len))
			continue;
		feed_tell(x->r, "junk-after", x->m.line,
		    "what follows after the end of the feed is left out");
		return;
	}
}

/* Is an entry open, which has not all that it should? */
static bool
is_in_entry(const struct mend *x)
{
	static const char *const names[] = { "item", "entry" };

	for (size_t i = 0; i < x->depth; i++) {
		const char *name = x->open[i].name;
		const char *colon = memchr(name, ':', x->open[i].len);
		size_t len = x->open[i].len;

		if (colon != NULL) {
			len -= (size_t)(colon + 1 - name);
			name = colon + 1;
		}
		for (size_t k = 0; k < 2; k++)
			if (len == strlen(names[k]) &&
			    strncasecmp(name, names[k], len) == 0)
				return true;
	}
	return false;
}

static void
break_off(struct mend *x)
{
	feed_tell(x->r, "cut", x->m.next_line,
	    "it ends before <%.*s> is closed: something is missing",
	    (int)x->open[0].len, x->open[0].name);
	x->r->cut = x->m.next_line;
	x->r->in_entry = is_in_entry(x);
}

void
feed_mend(struct reading *r, struct buf *out, const char *s, size_t len)
{
	struct mend x = { .r = r, .out = out };

	markup_start(&x.m, s, len, false);
	while (piece(&x))
		;
	if (x.depth > 0 && x.elements < ELEMENTS)
		break_off(&x);
	else if (x.begun && x.depth == 0)
		look_behind(&x);
	while (x.depth > 0)
		close_one(&x);
}
