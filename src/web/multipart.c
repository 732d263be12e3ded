#include <string.h>
#include <strings.h>

#include "web/multipart.h"

enum { FIELDS = 8, LONGEST_LINE = 2000 };

static bool
is_named(struct span s, const char *name)
{
	return s.len == strlen(name) && strncasecmp(s.data, name, s.len) == 0;
}

static bool
is_token(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') ||
	    (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static struct span
token(const char **at, const char *end)
{
	struct span s = { .data = *at };

	while (*at < end && is_token(**at))
		++*at;
	s.len = (size_t)(*at - s.data);
	return s;
}

static void
skip_blanks(const char **at, const char *end)
{
	while (*at < end && (**at == ' ' || **at == '\t'))
		++*at;
}

/* What stands in quotes, with its backslashes.  Only '"' and '\' are escaped
 * by any client; a path of old browsers has lone ones. */
static bool
quoted(const char **at, const char *end, struct span *s)
{
	const char *p = *at + 1;

	s->data = p;
	for (; p < end && *p != '"'; p++)
		if (*p == '\\' && p + 1 < end && (p[1] == '"' || p[1] == '\\'))
			p++;
	if (p == end)
		return false;
	s->len = (size_t)(p - s->data);
	*at = p + 1;
	return true;
}

/* What follows a header's value: "; name=x" or "; name="x"". */
static bool
param(const char **at, const char *end, struct span *name, struct span *value)
{
	skip_blanks(at, end);
	if (*at == end || **at != ';')
		return false;
	++*at;
	skip_blanks(at, end);
	*name = token(at, end);
	if (name->len == 0 || *at == end || **at != '=')
		return false;
	++*at;
	if (*at < end && **at == '"')
		return quoted(at, end, value);
	*value = token(at, end);
	return value->len > 0;
}

static bool
is_boundary(struct span s)
{
	if (s.len == 0 || s.len > MULTIPART_BOUNDARY ||
	    s.data[s.len - 1] == ' ')
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.data[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') &&
		    (c == '\0' || strchr("'()+_,-./:=? ", c) == NULL))
			return false;
	}
	return true;
}

/* Its one boundary; other parameters, as charset, mean nothing. */
static struct span
find_boundary(const char *content_type)
{
	static const char type[] = "multipart/form-data";
	const char *at = content_type, *end = at + strlen(at);
	struct span name, value, boundary = { 0 };

	if (strncasecmp(at, type, sizeof(type) - 1) != 0)
		return boundary;
	for (at += sizeof(type) - 1; at < end; skip_blanks(&at, end)) {
		if (!param(&at, end, &name, &value) ||
		    (is_named(name, "boundary") && boundary.data != NULL))
			return (struct span){ 0 };
		if (is_named(name, "boundary"))
			boundary = value;
	}
	return boundary;
}

bool
multipart_start(struct multipart *m, const char *content_type, const char *body,
    size_t len)
{
	struct span boundary = find_boundary(content_type);

	if (boundary.data == NULL || !is_boundary(boundary))
		return false;
	memcpy(m->line, "\r\n--", 4);
	memcpy(m->line + 4, boundary.data, boundary.len);
	m->line_len = boundary.len + 4;
	m->begun = false;
	m->at = body;
	m->end = body + len;
	return true;
}

static size_t
left(const struct multipart *m)
{
	return (size_t)(m->end - m->at);
}

/* "name: value" without its CRLF, into the part. */
static bool
read_disposition(struct span line, struct part *part)
{
	const char *at = line.data, *end = at + line.len;
	struct span name, value;

	if (!is_named(token(&at, end), "form-data"))
		return false;
	for (; at < end; skip_blanks(&at, end)) {
		struct span *to;

		if (!param(&at, end, &name, &value))
			return false;
		to = is_named(name, "name")      ? &part->name
		    : is_named(name, "filename") ? &part->filename
						 : NULL;
		if (to == NULL || to->data != NULL)
			return false;
		*to = value;
	}
	return part->name.data != NULL;
}

/* Nothing is encoded, whatever it is called. */
static bool
is_plain_encoding(struct span s)
{
	return is_named(s, "binary") || is_named(s, "8bit") ||
	    is_named(s, "7bit");
}

static bool
read_field(struct span line, struct part *part)
{
	const char *at = line.data, *end = at + line.len;
	struct span name = token(&at, end), value;

	if (name.len == 0 || at == end || *at != ':' ||
	    memchr(line.data, '\0', line.len) != NULL ||
	    memchr(line.data, '\n', line.len) != NULL ||
	    memchr(line.data, '\r', line.len) != NULL)
		return false;
	at++;
	skip_blanks(&at, end);
	value = (struct span){ at, (size_t)(end - at) };
	if (is_named(name, "content-disposition"))
		return part->name.data == NULL && read_disposition(value, part);
	if (is_named(name, "content-type")) {
		if (part->type.data != NULL)
			return false;
		part->type = value;
	}
	return !is_named(name, "content-transfer-encoding") ||
	    is_plain_encoding(value);
}

/* The lines of a part before the empty one. */
static enum multipart_step
read_head(struct multipart *m, struct part *part)
{
	for (size_t n = 0; n <= FIELDS; n++) {
		size_t most = left(m) < LONGEST_LINE ? left(m) : LONGEST_LINE;
		const char *end = memmem(m->at, most, "\r\n", 2);
		struct span line = { m->at, 0 };

		if (end == NULL)
			return left(m) < LONGEST_LINE ? MULTIPART_CUT
						      : MULTIPART_BROKEN;
		line.len = (size_t)(end - m->at);
		m->at = end + 2;
		if (line.len == 0)
			return part->name.data != NULL ? MULTIPART_PART
						       : MULTIPART_BROKEN;
		if (!read_field(line, part))
			return MULTIPART_BROKEN;
	}
	return MULTIPART_BROKEN;
}

/* Behind a boundary: a line end, or the end of all. */
static enum multipart_step
behind_boundary(struct multipart *m)
{
	if (left(m) < 2)
		return MULTIPART_CUT;
	if (memcmp(m->at, "\r\n", 2) == 0) {
		m->at += 2;
		return MULTIPART_PART;
	}
	if (memcmp(m->at, "--", 2) != 0)
		return MULTIPART_BROKEN;
	m->at += 2;
	return left(m) == 0 || (left(m) == 2 && memcmp(m->at, "\r\n", 2) == 0)
	    ? MULTIPART_END
	    : MULTIPART_BROKEN;
}

enum multipart_step
multipart_next(struct multipart *m, struct part *part)
{
	size_t skip = m->begun ? 0 : 2; /* no line ends before the first */
	enum multipart_step step;
	const char *end;

	*part = (struct part){ 0 };
	if (left(m) < m->line_len - skip)
		return MULTIPART_CUT;
	if (memcmp(m->at, m->line + skip, m->line_len - skip) != 0)
		return MULTIPART_BROKEN;
	m->begun = true;
	m->at += m->line_len - skip;
	if ((step = behind_boundary(m)) != MULTIPART_PART ||
	    (step = read_head(m, part)) != MULTIPART_PART)
		return step;
	end = memmem(m->at, left(m), m->line, m->line_len);
	if (end == NULL)
		return MULTIPART_CUT;
	part->data = (struct span){ m->at, (size_t)(end - m->at) };
	m->at = end;
	return MULTIPART_PART;
}
