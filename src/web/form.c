#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/url.h"
#include "base/utf8.h"
#include "web/form.h"
#include "web/multipart.h"

enum { FIRST_FIELDS = 16, LONGEST_TYPE = 100 };

/* What a body is read into. */
struct reading {
	struct form *form;
	struct arena *arena;
	struct buf text; /* of one name or value */
};

static bool
fail(struct reading *r, enum form_fault fault)
{
	r->form->fault = fault;
	return false;
}

/* Room for one more field; NULL if there are too many. */
static struct form_field *
add_field(struct reading *r)
{
	struct form *f = r->form;
	struct form_field *more;

	if (f->n == FORM_FIELDS) {
		fail(r, FORM_TOO_MANY);
		return NULL;
	}
	/* The room doubles whenever it is full. */
	if (f->n == 0 || (f->n >= FIRST_FIELDS && (f->n & (f->n - 1)) == 0)) {
		more = arena_alloc(r->arena,
		    (f->n == 0 ? FIRST_FIELDS : 2 * f->n) * sizeof(*more));
		if (f->n > 0)
			memcpy(more, f->fields, f->n * sizeof(*more));
		f->fields = more;
	}
	return &f->fields[f->n++];
}

/* The bytes of a control character at s, 0 if there is none: those of ASCII,
 * and U+0080 to U+009F. */
static size_t
control(const char *s)
{
	unsigned char c = (unsigned char)*s;

	if (c < ' ' || c == 0x7f)
		return 1;
	return c == 0xc2 && ((unsigned char)s[1] & 0xe0) == 0x80 ? 2 : 0;
}

/* Lines end in \n, and there are no controls but that and tabs. */
static size_t
clean(char *text, size_t len)
{
	char *to = text;

	for (const char *s = text, *end = text + len; s < end;) {
		size_t n = control(s);

		if (n == 0 || *s == '\n' || *s == '\t') {
			*to++ = *s++;
		} else if (*s == '\r' && s[1] == '\n') {
			s++;
		} else {
			*to++ = ' ';
			s += n;
		}
	}
	*to = '\0';
	return (size_t)(to - text);
}

static bool
is_text(const struct buf *b)
{
	return utf8_valid(buf_text(b), b->len) == b->len &&
	    strlen(buf_text(b)) == b->len;
}

/* A name is what r->text holds. */
static bool
keep_name(struct reading *r, struct form_field *f)
{
	const struct buf *b = &r->text;

	if (b->len == 0 || b->len > FORM_NAME || !is_text(b))
		return fail(r, FORM_BAD_NAME);
	for (const char *s = b->data; *s != '\0'; s++)
		if (control(s) > 0)
			return fail(r, FORM_BAD_NAME);
	f->name = arena_keep(r->arena, b->data, b->len);
	return true;
}

/* So is a value. */
static bool
keep_value(struct reading *r, struct form_field *f)
{
	const struct buf *b = &r->text;
	char *text;

	if (b->len > FORM_VALUE)
		return fail(r, FORM_TOO_LONG);
	if (!is_text(b))
		return fail(r, FORM_NOT_TEXT);
	text = arena_keep(r->arena, buf_text(b), b->len);
	f->len = clean(text, b->len);
	f->value = text;
	return true;
}

/* Decode into r->text; false if that is no text. */
static bool
decode(struct reading *r, const char *s, size_t len)
{
	buf_clear(&r->text);
	return url_decode(&r->text, s, len);
}

static bool
read_pair(struct reading *r, const char *s, size_t len)
{
	const char *eq = memchr(s, '=', len);
	size_t name_len = eq != NULL ? (size_t)(eq - s) : len;
	struct form_field *f = add_field(r);

	if (f == NULL)
		return false;
	if (!decode(r, s, name_len))
		return fail(r, FORM_BAD_NAME);
	if (!keep_name(r, f))
		return false;
	if (eq == NULL)
		eq = s + len - 1;
	if (!decode(r, eq + 1, (size_t)(s + len - eq) - 1))
		return fail(r, FORM_NOT_TEXT);
	return keep_value(r, f);
}

static bool
read_pairs(struct reading *r, const char *s, size_t len)
{
	const char *end = s + len;

	while (s < end) {
		const char *and = memchr(s, '&', (size_t)(end - s));
		size_t n = (size_t)((and != NULL ? and : end) - s);

		if (n > 0 && !read_pair(r, s, n))
			return false;
		s += n + (and != NULL);
	}
	return true;
}

/* What browsers write for what can't stand in quotes: %22, %0D, %0A. */
static bool
is_escaped(struct span s, char *c)
{
	static const char *const escapes[] = { "%22\"", "%0D\r", "%0A\n" };

	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
		if (s.len < 3 || strncasecmp(s.data, escapes[i], 3) != 0)
			continue;
		*c = escapes[i][3];
		return true;
	}
	return false;
}

static void
unquote(struct buf *out, struct span s)
{
	size_t n;

	buf_clear(out);
	for (; s.len > 0; s.data += n, s.len -= n) {
		char c = *s.data;

		n = 1;
		if (is_escaped(s, &c)) {
			n = 3;
		} else if (c == '\\' && s.len > 1 &&
		    (s.data[1] == '"' || s.data[1] == '\\')) {
			c = s.data[1];
			n = 2;
		}
		buf_putc(out, c);
	}
}

static size_t
last_part(const char *name, size_t len)
{
	while (len > 0 && name[len - 1] != '/' && name[len - 1] != '\\')
		len--;
	return len;
}

/*
 * A file's name is for people to read, and never a path: what stands behind
 * the last slash, without what can't be seen or turns the text about it.
 */
static bool
keep_filename(struct reading *r, struct form_field *f)
{
	const struct buf *b = &r->text;
	struct buf out = { 0 };
	const char *s = buf_text(b);
	size_t n = 0;

	if (!is_text(b))
		return fail(r, FORM_NOT_TEXT);
	for (s += last_part(s, b->len); *s != '\0'; s += n) {
		n = utf8_turns(s) ? 3 : control(s);
		if (n > 0)
			continue;
		utf8_next(s, strlen(s), &n);
		if (out.len + n > FORM_FILENAME)
			break;
		buf_put(&out, s, n);
	}
	s = buf_text(&out);
	n = strspn(s, ". "); /* ".." is no name, nor is a hidden one */
	f->filename = arena_keep(r->arena, s + n, out.len - n);
	buf_free(&out);
	return true;
}

static bool
read_part(struct reading *r, const struct part *p)
{
	struct form_field *f = add_field(r);

	if (f == NULL)
		return false;
	unquote(&r->text, p->name);
	if (!keep_name(r, f))
		return false;
	if (p->filename.data != NULL) {
		f->value = p->data.data;
		f->len = p->data.len;
		if (p->type.data != NULL && p->type.len <= LONGEST_TYPE)
			f->type =
			    arena_keep(r->arena, p->type.data, p->type.len);
		unquote(&r->text, p->filename);
		return keep_filename(r, f);
	}
	if (p->data.len > FORM_VALUE)
		return fail(r, FORM_TOO_LONG);
	buf_clear(&r->text);
	buf_put(&r->text, p->data.data, p->data.len);
	return keep_value(r, f);
}

static bool
read_parts(struct reading *r, struct multipart *m)
{
	struct part p;

	for (;;) {
		switch (multipart_next(m, &p)) {
		case MULTIPART_PART:
			if (!read_part(r, &p))
				return false;
			continue;
		case MULTIPART_END:
			return true;
		case MULTIPART_CUT:
			return fail(r, FORM_CUT);
		default:
			return fail(r, FORM_BROKEN);
		}
	}
}

static bool
is_urlencoded(const char *type)
{
	static const char name[] = "application/x-www-form-urlencoded";
	size_t n = sizeof(name) - 1;

	return strncasecmp(type, name, n) == 0 &&
	    (type[n] == '\0' || type[n] == ';' || type[n] == ' ');
}

bool
form_read(struct form *form, struct arena *arena, const char *content_type,
    const char *body, size_t len)
{
	struct reading r = { .form = form, .arena = arena };
	const char *type = content_type != NULL ? content_type : "";
	struct multipart m;
	bool good;

	*form = (struct form){ 0 };
	if (is_urlencoded(type))
		good = read_pairs(&r, body, len);
	else if (multipart_start(&m, type, body, len))
		good = read_parts(&r, &m);
	else
		good = fail(&r, FORM_TYPE);
	buf_free(&r.text);
	if (!good)
		form->n = 0;
	return good;
}

const struct form_field *
form_next(const struct form *form, const char *name,
    const struct form_field *after)
{
	const struct form_field *f = after != NULL ? after + 1 : form->fields;

	for (; form->n > 0 && f < form->fields + form->n; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

const char *
form_get(const struct form *form, const char *name)
{
	const struct form_field *f = NULL;

	while ((f = form_next(form, name, f)) != NULL)
		if (f->filename == NULL)
			return f->value;
	return "";
}

const struct form_field *
form_file(const struct form *form, const char *name)
{
	const struct form_field *f = NULL;

	while ((f = form_next(form, name, f)) != NULL)
		if (f->filename != NULL && (f->len > 0 || *f->filename != '\0'))
			return f;
	return NULL;
}

const char *
form_fault_key(enum form_fault fault)
{
	static const char *const keys[] = {
		[FORM_GOOD] = "",
		[FORM_TYPE] = "form_type",
		[FORM_BROKEN] = "form_broken",
		[FORM_CUT] = "form_cut",
		[FORM_TOO_MANY] = "form_too_many",
		[FORM_BAD_NAME] = "form_broken",
		[FORM_TOO_LONG] = "form_too_long",
		[FORM_NOT_TEXT] = "form_not_text",
	};

	return keys[fault];
}
