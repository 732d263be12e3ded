#include <string.h>
#include <strings.h>

#include "data/markup.h"

/* Ends that are looked for up to the end of the text: once they were not
 * found, they are not looked for again. */
enum {
	NO_COMMENT = 1,
	NO_CDATA = 2,
	NO_INSTRUCTION = 4,
	NO_DOCTYPE = 8,
	NO_QUOTE = 16,      /* " */
	NO_APOSTROPHE = 32, /* ' */
};

void
markup_start(struct markup *m, const char *text, size_t len, bool html)
{
	*m = (struct markup){ .at = text,
		.end = text + len,
		.html = html,
		.line = 1,
		.next_line = 1 };
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool
begins_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	    c == ':';
}

static bool
is_of_name(char c)
{
	return begins_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static bool
is_at(const struct markup *m, const char *what)
{
	size_t n = strlen(what);

	return (size_t)(m->end - m->at) >= n && memcmp(m->at, what, n) == 0;
}

/* Where what ends something is, NULL if nowhere. */
static const char *
find_end(struct markup *m, const char *from, const char *what, unsigned bit)
{
	const char *found = NULL;

	if ((m->missing & bit) == 0)
		found =
		    memmem(from, (size_t)(m->end - from), what, strlen(what));
	if (found == NULL)
		m->missing |= bit;
	return found;
}

static const char *
find_byte(const char *from, const char *end, char c)
{
	const char *found = memchr(from, c, (size_t)(end - from));

	return found != NULL ? found : end;
}

/*
 * Tags.
 */

/* A value in quotes; where there is no second one, or in XML a tag begins
 * before it, the first was a mistake. */
static const char *
quoted(struct markup *m, const char *s, struct markup_attribute *a)
{
	const char *close;

	close = find_end(m, s + 1, *s == '"' ? "\"" : "'",
	    *s == '"' ? NO_QUOTE : NO_APOSTROPHE);
	if (close == NULL ||
	    (!m->html && memchr(s + 1, '<', (size_t)(close - s - 1)) != NULL))
		return NULL;
	a->value = s + 1;
	a->value_len = (size_t)(close - s - 1);
	return close + 1;
}

static const char *
bare(struct markup *m, const char *s, struct markup_attribute *a)
{
	m->fault = "a value without quotes";
	if (*s == '"' || *s == '\'')
		s++;
	a->value = s;
	while (s < m->end && !is_space(*s) && *s != '>' && *s != '<')
		s++;
	a->value_len = (size_t)(s - a->value);
	return s;
}

static const char *
value(struct markup *m, const char *s, struct markup_attribute *a)
{
	const char *at = s, *after = NULL;

	while (at < m->end && is_space(*at))
		at++;
	if (at == m->end || *at != '=') {
		m->fault = "an attribute without a value";
		return s;
	}
	at++;
	while (at < m->end && is_space(*at))
		at++;
	if (at < m->end && (*at == '"' || *at == '\''))
		after = quoted(m, at, a);
	if (after == NULL && at < m->end)
		after = bare(m, at, a);
	return after != NULL ? after : m->end;
}

static const char *
attribute(struct markup *m, const char *s)
{
	struct markup_attribute a = { .name = s, .value = "" };

	while (s < m->end && !is_space(*s) && strchr("=/<>\"'", *s) == NULL)
		s++;
	a.name_len = (size_t)(s - a.name);
	if (a.name_len == 0) {
		m->fault = "a sign in a tag that has no place there";
		return s + 1;
	}
	s = value(m, s, &a);
	if (m->nattributes < MARKUP_ATTRIBUTES && a.name_len <= MARKUP_NAME)
		m->attributes[m->nattributes++] = a;
	else
		m->fault = "more attributes than any tag needs";
	return s;
}

/* The rest of a tag, after its name. */
static void
finish_tag(struct markup *m, const char *s)
{
	while (s < m->end && *s != '>' && *s != '<') {
		m->empty = *s == '/';
		if (*s == '/' || is_space(*s))
			s++;
		else
			s = attribute(m, s);
	}
	if (s < m->end && *s == '>')
		s++;
	else
		m->fault = "a tag that is not closed";
	m->at = s;
}

static bool
tag(struct markup *m)
{
	const char *s = m->at + 1;
	bool close = s < m->end && *s == '/';

	s += close;
	if (s == m->end || !begins_name(*s))
		return false;
	m->name = s;
	while (s < m->end && is_of_name(*s))
		s++;
	m->name_len = (size_t)(s - m->name);
	if (m->name_len > MARKUP_NAME)
		return false;
	m->type = close ? MARKUP_CLOSE : MARKUP_OPEN;
	finish_tag(m, s);
	m->empty &= !close;
	return true;
}

/*
 * All else.
 */

/* Up to what ends it, or if that never comes, to the end of the line's tag. */
static void
skip(struct markup *m, size_t open, const char *end, unsigned bit)
{
	const char *found = find_end(m, m->at + open, end, bit);

	m->type = MARKUP_OTHER;
	if (found != NULL) {
		m->at = found + strlen(end);
		return;
	}
	m->fault = "a comment or instruction that does not end";
	m->at = find_byte(m->at, m->end, '>');
	m->at += m->at < m->end;
}

static void
cdata(struct markup *m)
{
	const char *found;

	m->at += 9;
	if (m->html) { /* what it holds is read like the rest */
		m->type = MARKUP_OTHER;
		return;
	}
	found = find_end(m, m->at, "]]>", NO_CDATA);
	m->type = MARKUP_CDATA;
	m->text = m->at;
	m->len = (size_t)((found != NULL ? found : m->end) - m->at);
	m->at = found != NULL ? found + 3 : m->end;
	if (found == NULL)
		m->fault = "a CDATA section that does not end";
}

/* Past a declaration's quotes, comments and brackets; NULL if they don't
 * end. */
static const char *
doctype_end(const struct markup *m, const char *s)
{
	bool inside = false;

	for (; s < m->end; s++) {
		size_t left = (size_t)(m->end - s);

		if (*s == '[' || *s == ']') {
			inside = *s == '[';
		} else if (*s == '>' && !inside) {
			return s;
		} else if (left > 4 && memcmp(s, "<!--", 4) == 0) {
			s = memmem(s + 4, left - 4, "-->", 3);
		} else if (*s == '"' || *s == '\'') {
			s = memchr(s + 1, *s, left - 1);
		}
		if (s == NULL)
			return NULL;
	}
	return NULL;
}

static void
doctype(struct markup *m)
{
	const char *end = NULL;

	if ((m->missing & NO_DOCTYPE) == 0)
		end = doctype_end(m, m->at + 9);
	m->missing |= NO_DOCTYPE; /* there is one at most */
	if (end == NULL)
		end = find_byte(m->at, m->end, '>');
	m->type = MARKUP_DOCTYPE;
	m->text = m->at + 9;
	m->len = end > m->text ? (size_t)(end - m->text) : 0;
	m->at = end < m->end ? end + 1 : end;
}

static bool
special(struct markup *m)
{
	if (is_at(m, "<!--")) {
		if (m->html && (is_at(m, "<!-->") || is_at(m, "<!--->")))
			skip(m, 2, "->", NO_COMMENT);
		else
			skip(m, 4, "-->", NO_COMMENT);
	} else if (is_at(m, "<![CDATA[")) {
		cdata(m);
	} else if (is_at(m, "<?")) {
		skip(m, 2, m->html ? ">" : "?>", NO_INSTRUCTION);
	} else if (m->end - m->at > 9 &&
	    strncasecmp(m->at, "<!doctype", 9) == 0) {
		doctype(m);
	} else if (is_at(m, "<!") || (m->html && is_at(m, "</"))) {
		m->type = MARKUP_OTHER;
		m->at = find_byte(m->at, m->end, '>');
		m->at += m->at < m->end;
	} else {
		return false;
	}
	return true;
}

/* Text up to the next '<', and that too if no tag began with it. */
static void
text(struct markup *m)
{
	m->type = MARKUP_TEXT;
	m->text = m->at;
	m->at = find_byte(m->at + (*m->at == '<'), m->end, '<');
	m->len = (size_t)(m->at - m->text);
	if (*m->text == '<')
		m->fault = "a “<” that begins no tag";
}

/* HTML: elements whose text is no markup. */
static bool
is_raw(const struct markup *m)
{
	static const char *const names[] = { "script", "style", "textarea",
		"title", "iframe", "noembed", "noframes", "xmp" };

	if (!m->html || m->type != MARKUP_OPEN || m->empty)
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (markup_is(m, names[i]))
			return true;
	return false;
}

/* Up to the tag that closes what was opened last. */
static void
raw(struct markup *m)
{
	const char *s = m->at;

	while ((s = find_byte(s, m->end, '<')) < m->end) {
		if ((size_t)(m->end - s) >= m->name_len + 2 && s[1] == '/' &&
		    strncasecmp(s + 2, m->name, m->name_len) == 0)
			break;
		s++;
	}
	m->type = MARKUP_RAW;
	m->text = m->at;
	m->len = (size_t)(s - m->at);
	m->at = s;
}

bool
markup_next(struct markup *m)
{
	const char *from = m->at;
	bool was_raw = m->in_raw;

	if (m->at == m->end)
		return false;
	m->line = m->next_line;
	m->fault = NULL;
	m->nattributes = 0;
	m->empty = m->in_raw = false;
	if (was_raw)
		raw(m);
	else if (*m->at != '<' || (!tag(m) && !special(m)))
		text(m);
	m->in_raw = is_raw(m);
	while ((from = memchr(from, '\n', (size_t)(m->at - from))) != NULL) {
		from++;
		m->next_line++;
	}
	return true;
}

static bool
is_named(const struct markup *m, const char *s, size_t len, const char *name)
{
	return strlen(name) == len &&
	    (m->html ? strncasecmp(s, name, len) : memcmp(s, name, len)) == 0;
}

bool
markup_is(const struct markup *m, const char *name)
{
	return is_named(m, m->name, m->name_len, name);
}

const struct markup_attribute *
markup_attribute(const struct markup *m, const char *name)
{
	for (size_t i = 0; i < m->nattributes; i++)
		if (is_named(m, m->attributes[i].name,
			m->attributes[i].name_len, name))
			return &m->attributes[i];
	return NULL;
}
