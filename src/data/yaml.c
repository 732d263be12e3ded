#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "data/yaml.h"

#include <yaml.h>

enum {
	DEPTH_MAX = 32,
	NODES_MAX = 1000 * 1000,
	KEYS_MAX = 4096, /* in one map: keys are compared with each other */
};

struct reader {
	yaml_parser_t parser;
	yaml_event_t event;
	struct arena *arena;
	const char *file;
	struct buf *why;
	size_t nodes;
	bool failed; /* there was a fault … */
	bool stop;   /* … after which nothing can be read */
};

static void
fault(struct reader *r, size_t line, const char *what, const char *name)
{
	buf_printf(r->why, "%s:%zu: %s%s%s%s\n", r->file, line + 1, what,
	    *name != '\0' ? " “" : "", name, *name != '\0' ? "”" : "");
	r->failed = true;
}

/* The next event; false at the first that cannot be read. */
static bool
next(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;

	yaml_event_delete(&r->event);
	if (yaml_parser_parse(&r->parser, &r->event))
		return true;
	if (p->error == YAML_READER_ERROR)
		fault(r, p->mark.line, "a character that text cannot hold", "");
	else
		fault(r, p->problem_mark.line,
		    p->problem != NULL ? p->problem : "not YAML", "");
	r->stop = true;
	return false;
}

struct node *
node_add(struct arena *a, struct node *to, const char *key, enum node_type type)
{
	struct node *n = arena_alloc(a, sizeof(*n));

	*n = (struct node){ .type = type,
		.line = to->line,
		.file = to->file,
		.key = key,
		.text = "" };
	if (to->last != NULL)
		to->last->next = n;
	else
		to->first = n;
	to->last = n;
	to->n++;
	return n;
}

static struct node *read_node(struct reader *, struct node *, const char *key,
    int depth);

static void
read_list(struct reader *r, struct node *list, int depth)
{
	while (!r->stop && next(r) && r->event.type != YAML_SEQUENCE_END_EVENT)
		read_node(r, list, NULL, depth);
}

/* A key, kept; NULL if it is none. */
static const char *
read_key(struct reader *r, const struct node *map)
{
	const yaml_event_t *e = &r->event;
	const char *key;

	if (e->type != YAML_SCALAR_EVENT || e->data.scalar.length == 0) {
		fault(r, e->start_mark.line, "a key must be a word", "");
		r->stop = true;
		return NULL;
	}
	key = arena_keep(r->arena, (const char *)e->data.scalar.value,
	    e->data.scalar.length);
	if (node_get(map, key) != NULL)
		fault(r, e->start_mark.line, "stands here twice:", key);
	if (map->n == KEYS_MAX) {
		fault(r, e->start_mark.line, "too many keys in one map", "");
		r->stop = true;
	}
	return key;
}

static void
read_map(struct reader *r, struct node *map, int depth)
{
	while (!r->stop && next(r) && r->event.type != YAML_MAPPING_END_EVENT) {
		size_t line = r->event.start_mark.line;
		const char *key = read_key(r, map);
		struct node *n;

		if (r->stop || !next(r))
			return;
		n = read_node(r, map, key, depth);
		if (n != NULL)
			n->line = (int)line + 1;
	}
}

/* What nobody needs and what may grow without bound. */
static bool
allowed(struct reader *r, const yaml_char_t *anchor, const yaml_char_t *tag,
    int depth)
{
	size_t line = r->event.start_mark.line;

	if (r->event.type == YAML_ALIAS_EVENT || anchor != NULL)
		fault(r, line, "anchors and aliases are not read here", "");
	else if (tag != NULL)
		fault(r, line, "tags are not read here", "");
	else if (depth > DEPTH_MAX)
		fault(r, line, "too deep", "");
	else if (++r->nodes > NODES_MAX)
		fault(r, line, "too long", "");
	else
		return true;
	r->stop = true;
	return false;
}

static struct node *
add(struct reader *r, struct node *to, const char *key, enum node_type type)
{
	struct node *n = node_add(r->arena, to, key, type);

	n->file = r->file;
	n->line = (int)r->event.start_mark.line + 1;
	return n;
}

static struct node *
read_text(struct reader *r, struct node *to, const char *key)
{
	const yaml_event_t *e = &r->event;
	struct node *n = add(r, to, key, NODE_TEXT);

	n->text = arena_keep(r->arena, (const char *)e->data.scalar.value,
	    e->data.scalar.length);
	n->len = e->data.scalar.length;
	n->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	return n;
}

/* The node that the current event begins, as far as it can be read. */
static struct node *
read_node(struct reader *r, struct node *to, const char *key, int depth)
{
	const yaml_event_t *e = &r->event;
	struct node *n = NULL;

	switch (e->type) {
	case YAML_SCALAR_EVENT:
		if (allowed(r, e->data.scalar.anchor, e->data.scalar.tag,
			depth))
			n = read_text(r, to, key);
		break;
	case YAML_SEQUENCE_START_EVENT:
		if (!allowed(r, e->data.sequence_start.anchor,
			e->data.sequence_start.tag, depth))
			break;
		n = add(r, to, key, NODE_LIST);
		read_list(r, n, depth + 1);
		break;
	case YAML_MAPPING_START_EVENT:
		if (!allowed(r, e->data.mapping_start.anchor,
			e->data.mapping_start.tag, depth))
			break;
		n = add(r, to, key, NODE_MAP);
		read_map(r, n, depth + 1);
		break;
	default:
		allowed(r, NULL, NULL, depth);
	}
	return n;
}

/* The one document of a file. */
static struct node *
read_document(struct reader *r)
{
	struct node top = { .file = r->file, .line = 1 }, *n;

	if (!next(r)) /* the stream's start */
		return NULL;
	if (!next(r))
		return NULL;
	if (r->event.type == YAML_STREAM_END_EVENT) {
		n = node_add(r->arena, &top, NULL, NODE_MAP);
		n->line = 1;
		return n;
	}
	if (!next(r))
		return NULL;
	n = read_node(r, &top, NULL, 0);
	if (r->stop || !next(r)) /* the document's end */
		return n;
	if (!next(r))
		return n;
	if (r->event.type != YAML_STREAM_END_EVENT)
		fault(r, r->event.start_mark.line,
		    "a second document begins here", "");
	return n;
}

/* How much of it is text; less than len after saying why. */
static size_t
text_part(const char *file, const char *text, size_t len, struct buf *why)
{
	const char *nul = memchr(text, '\0', len);
	size_t good = utf8_valid(text, len), line = 1;

	if (nul != NULL && (size_t)(nul - text) < good)
		good = (size_t)(nul - text);
	if (len > YAML_BYTES) {
		buf_printf(why, "%s:1: longer than %d MB\n", file,
		    YAML_BYTES >> 20);
		return 0;
	}
	if (good == len)
		return good;
	for (size_t i = 0; i < good; i++)
		line += text[i] == '\n';
	buf_printf(why, "%s:%zu: not UTF-8 text at byte %zu\n", file, line,
	    good + 1);
	return good;
}

struct node *
yaml_read_on(struct arena *a, const struct yaml_source *from, struct buf *why,
    enum yaml_end *end)
{
	struct reader r = { .arena = a, .why = why };
	struct node *n;

	if (text_part(from->file, from->text, from->len, why) < from->len) {
		*end = YAML_CUT;
		return NULL;
	}
	r.file = arena_keep(a, from->file, strlen(from->file));
	if (!yaml_parser_initialize(&r.parser))
		abort();
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser,
	    (const unsigned char *)from->text, from->len);
	n = read_document(&r);
	yaml_event_delete(&r.event);
	yaml_parser_delete(&r.parser);
	*end = r.stop ? YAML_CUT : r.failed ? YAML_FAULTS : YAML_GOOD;
	return n;
}

struct node *
yaml_read(struct arena *a, const char *file, const char *text, size_t len,
    struct buf *why)
{
	const struct yaml_source from = { file, text, len };
	enum yaml_end end;
	struct node *n = yaml_read_on(a, &from, why, &end);

	return end == YAML_GOOD ? n : NULL;
}

/* Take out the byte order mark that text may begin with. */
static void
take_out_mark(struct buf *b, size_t at)
{
	static const char mark[] = { '\xef', '\xbb', '\xbf' };

	if (b->data == NULL || b->len - at < sizeof(mark) ||
	    memcmp(b->data + at, mark, sizeof(mark)) != 0)
		return;
	b->len -= sizeof(mark);
	memmove(b->data + at, b->data + at + sizeof(mark), b->len - at + 1);
}

bool
file_read(struct buf *out, const char *path, struct buf *why)
{
	FILE *f = fopen(path, "rbe");
	char bytes[16384];
	size_t n, start = out->len;
	bool good;

	if (f == NULL) {
		buf_printf(why, "%s: %s\n", path, strerror(errno));
		return false;
	}
	while ((n = fread(bytes, 1, sizeof(bytes), f)) > 0 &&
	    out->len - start <= YAML_BYTES)
		buf_put(out, bytes, n);
	good = ferror(f) == 0;
	if (!good)
		buf_printf(why, "%s: %s\n", path, strerror(errno));
	fclose(f);
	n = text_part(path, buf_text(out) + start, out->len - start, why);
	good = good && n == out->len - start;
	if (n < out->len - start)
		out->data[out->len = start + n] = '\0';
	take_out_mark(out, start);
	return good;
}

struct node *
yaml_file(struct arena *a, const char *path, struct buf *why)
{
	struct buf text = { 0 };
	struct node *n = NULL;

	if (file_read(&text, path, why))
		n = yaml_read(a, path, buf_text(&text), text.len, why);
	buf_free(&text);
	return n;
}

struct node *
node_get(const struct node *map, const char *key)
{
	if (map == NULL || map->type != NODE_MAP)
		return NULL;
	for (struct node *n = map->first; n != NULL; n = n->next)
		if (strcmp(n->key, key) == 0)
			return n;
	return NULL;
}

const char *
node_text(const struct node *map, const char *key)
{
	const struct node *n = node_get(map, key);

	return n != NULL ? n->text : "";
}
