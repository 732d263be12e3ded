/*
 * Templates, first half: from files to instructions.
 *
 * A file is read tag by tag.  Text between tags gathers in one buffer until
 * an instruction must follow it, so that strings, comments and partials leave
 * no seams.  Faults are noted and compiling goes on: one start shows them all.
 */
#include <stdlib.h>
#include <string.h>

#include "data/yaml.h"
#include "view/tmpl.h"
#include "view/tmpl_ops.h"

enum { DEPTH_MAX = 16 };

struct compiler {
	struct tmpl *tmpl;
	const char *dir;
	const char *content;
	tmpl_names *names;
	const void *names_ctx;
	struct buf *why;
	struct buf text; /* not yet an instruction */
	int depth;
	bool ok;
};

/* A file or a string while it is read. */
struct source {
	const char *file;
	const char *start;
	const char *at;
	bool is_string;
	size_t open; /* the innermost open section, plus one */
};

struct tag {
	char sigil; /* one of #^?/>{! or NUL */
	const char *begin;
	const char *end; /* after the braces */
	const char *name;
	size_t len;
};

static void compile_source(struct compiler *, struct source *);
static void compile_file(struct compiler *, const char *name);

static int
line_of(const struct source *s, const char *at)
{
	int line = 1;

	for (const char *p = s->start; p < at; p++)
		line += *p == '\n';
	return line;
}

/* Note a fault once: a partial in many places has it many times. */
static void
complain(struct compiler *c, const struct source *s, const char *at,
    const char *what, const char *name)
{
	struct buf line = { 0 };

	buf_printf(&line, "%s:%d: %s", s->file, line_of(s, at), what);
	if (*name != '\0')
		buf_printf(&line, " \"%s\"", name);
	buf_putc(&line, '\n');
	if (strstr(buf_text(c->why), buf_text(&line)) == NULL)
		buf_puts(c->why, buf_text(&line));
	buf_free(&line);
	c->ok = false;
}

static struct op *
add(struct tmpl *t)
{
	if (t->nops == t->size) {
		t->size = t->size > 0 ? t->size * 2 : 64;
		t->ops = realloc(t->ops, t->size * sizeof(*t->ops));
		if (t->ops == NULL)
			abort();
	}
	t->ops[t->nops] = (struct op){ 0 };
	return &t->ops[t->nops++];
}

static void
flush_text(struct compiler *c)
{
	struct op *op;

	if (c->text.len == 0)
		return;
	op = add(c->tmpl);
	op->kind = TEXT;
	op->s = arena_keep(&c->tmpl->arena, c->text.data, c->text.len);
	op->len = c->text.len;
	buf_clear(&c->text);
}

static struct op *
emit(struct compiler *c, const struct source *s, const struct tag *tag,
    enum op_kind kind)
{
	struct op *op;

	flush_text(c);
	op = add(c->tmpl);
	op->kind = kind;
	op->s = tag->name;
	op->len = tag->len;
	op->file = s->file;
	op->line = line_of(s, tag->begin);
	return op;
}

/*
 * Reading a tag.
 */

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    (c >= 'A' && c <= 'Z') || (c != '\0' && strchr("_./-", c) != NULL);
}

static const char *
skip_blanks(const char *p)
{
	return p + strspn(p, " \t\r\n");
}

static bool
read_comment(struct tag *tag)
{
	const char *close = strstr(tag->begin, "}}");

	if (close == NULL)
		return false;
	tag->end = close + 2;
	return true;
}

/* Read the tag at begin; false if it is malformed. */
static bool
read_tag(struct compiler *c, struct tag *tag)
{
	const char *p = tag->begin + 2, *close;
	const char *name;

	if (*p != '\0' && strchr("#^?/>{!", *p) != NULL)
		tag->sigil = *p++;
	if (tag->sigil == '!')
		return read_comment(tag);

	name = p = skip_blanks(p);
	while (is_name_char(*p))
		p++;
	tag->len = (size_t)(p - name);
	tag->name = arena_keep(&c->tmpl->arena, name, tag->len);

	p = skip_blanks(p);
	close = tag->sigil == '{' ? "}}}" : "}}";
	if (tag->len == 0 || strncmp(p, close, strlen(close)) != 0)
		return false;
	tag->end = p + strlen(close);
	return true;
}

/* A tag that shows nothing itself and stands alone takes its line along. */
static void
drop_own_line(struct compiler *c, const struct source *s, struct tag *tag)
{
	const char *before = tag->begin, *after = tag->end;

	if (s->is_string || strchr("#^?/>!", tag->sigil) == NULL ||
	    tag->sigil == '\0')
		return;
	while (before > s->start && (before[-1] == ' ' || before[-1] == '\t'))
		before--;
	after += strspn(after, " \t\r");
	if ((before > s->start && before[-1] != '\n') ||
	    (*after != '\n' && *after != '\0'))
		return;

	c->text.len -= (size_t)(tag->begin - before);
	tag->end = after + (*after == '\n');
}

/*
 * Compiling a tag.
 */

static bool
is_markup(const struct tag *tag)
{
	return tag->len > 5 &&
	    memcmp(tag->name + tag->len - 5, "_html", 5) == 0;
}

/* A string is text, so its characters are escaped; its tags are not. */
static void
compile_string(struct compiler *c, const struct source *s,
    const struct tag *tag)
{
	const char *text = c->names(c->names_ctx, tag->name);
	struct buf safe = { 0 };

	if (text == NULL) {
		complain(c, s, tag->begin, "there is no", tag->name);
		return;
	}
	if (c->depth == DEPTH_MAX) {
		complain(c, s, tag->begin, "nested too deeply:", tag->name);
		return;
	}
	buf_html(&safe, text, strlen(text));
	c->depth++;
	compile_source(c,
	    &(struct source){ .file = tag->name,
		.start = buf_text(&safe),
		.at = buf_text(&safe),
		.is_string = true });
	c->depth--;
	buf_free(&safe);
}

static void
compile_partial(struct compiler *c, const struct source *s,
    const struct tag *tag)
{
	const char *file =
	    strcmp(tag->name, "content") == 0 ? c->content : tag->name;

	if (strstr(file, "..") != NULL || *file == '/') {
		complain(c, s, tag->begin, "outside of templates:", file);
		return;
	}
	if (c->depth == DEPTH_MAX) {
		complain(c, s, tag->begin, "nested too deeply:", file);
		return;
	}
	c->depth++;
	compile_file(c, file);
	c->depth--;
}

static void
compile_end(struct compiler *c, struct source *s, const struct tag *tag)
{
	struct tmpl *t = c->tmpl;
	size_t i = s->open;

	if (i == 0 || strcmp(t->ops[i - 1].s, tag->name) != 0) {
		complain(c, s, tag->begin,
		    "closes no open section:", tag->name);
		return;
	}
	s->open = t->ops[i - 1].end; /* the section around this one */
	emit(c, s, tag, END);
	t->ops[i - 1].end = t->nops - 1;
}

static void
compile_value(struct compiler *c, const struct source *s, const struct tag *tag)
{
	if (tag->len > 2 && (tag->name[0] == 't' || tag->name[0] == 'a') &&
	    tag->name[1] == '.')
		compile_string(c, s, tag);
	else if (is_markup(tag))
		complain(c, s, tag->begin, "needs {{{ }}}:", tag->name);
	else
		emit(c, s, tag, VALUE);
}

static void
compile_tag(struct compiler *c, struct source *s, const struct tag *tag)
{
	enum op_kind kind = tag->sigil == '#' ? SECTION
	    : tag->sigil == '^'               ? UNLESS
					      : ONCE;

	switch (tag->sigil) {
	case '!':
		break;
	case '#':
	case '^':
	case '?':
		emit(c, s, tag, kind)->end = s->open;
		s->open = c->tmpl->nops;
		break;
	case '/':
		compile_end(c, s, tag);
		break;
	case '>':
		compile_partial(c, s, tag);
		break;
	case '{':
		if (is_markup(tag))
			emit(c, s, tag, MARKUP);
		else
			complain(c, s, tag->begin,
			    "is no _html name:", tag->name);
		break;
	default:
		compile_value(c, s, tag);
		break;
	}
}

static void
compile_source(struct compiler *c, struct source *s)
{
	const char *tag_at;

	while ((tag_at = strstr(s->at, "{{")) != NULL) {
		struct tag tag = { .begin = tag_at };

		buf_put(&c->text, s->at, (size_t)(tag_at - s->at));
		if (read_tag(c, &tag)) {
			drop_own_line(c, s, &tag);
			compile_tag(c, s, &tag);
			s->at = tag.end;
		} else {
			complain(c, s, tag_at, "malformed tag", "");
			s->at = tag_at + 2;
		}
	}
	buf_puts(&c->text, s->at);
	if (s->open != 0)
		complain(c, s, s->at,
		    "section not closed:", c->tmpl->ops[s->open - 1].s);
}

/* Compile a file, ".html" unless its name says otherwise. */
static void
compile_file(struct compiler *c, const char *name)
{
	struct buf src = { 0 };
	struct arena *a = &c->tmpl->arena;
	const char *file = arena_printf(a, "%s%s", name,
	    strchr(name, '.') != NULL ? "" : ".html");

	if (file_read(&src, arena_printf(a, "%s/%s", c->dir, file), c->why))
		compile_source(c,
		    &(struct source){ .file = file,
			.start = buf_text(&src),
			.at = buf_text(&src) });
	else
		c->ok = false;
	buf_free(&src);
}

struct tmpl *
tmpl_open(const char *dir, const char *name, tmpl_names *names, const void *ctx,
    struct buf *why)
{
	struct compiler c = {
		.tmpl = calloc(1, sizeof(struct tmpl)),
		.dir = dir,
		.content = name,
		.names = names,
		.names_ctx = ctx,
		.why = why,
		.ok = true,
	};

	if (c.tmpl == NULL)
		abort();
	compile_file(&c, strchr(name, '.') != NULL ? name : "layout");
	flush_text(&c);
	buf_free(&c.text);
	if (c.ok)
		return c.tmpl;
	tmpl_free(c.tmpl);
	return NULL;
}

void
tmpl_free(struct tmpl *t)
{
	free(t->ops);
	arena_free(&t->arena);
	free(t);
}
