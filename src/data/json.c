#include <jansson.h>
#include <string.h>

#include "base/utf8.h"
#include "data/json.h"

enum { DEPTH_MAX = 32 };

/* Where nodes come from. */
struct reader {
	struct arena *arena;
	bool deep; /* deeper than any record is */
};

static void add(struct reader *, struct node *, const char *key, json_t *,
    int depth);

static void
add_text(struct reader *r, struct node *to, const char *key, json_t *value)
{
	struct node *n = node_add(r->arena, to, key, NODE_TEXT);

	n->quoted = json_is_string(value);
	if (json_is_string(value))
		n->text = arena_keep(r->arena, json_string_value(value),
		    json_string_length(value));
	else if (json_is_integer(value))
		n->text = arena_printf(r->arena, "%" JSON_INTEGER_FORMAT,
		    json_integer_value(value));
	else if (json_is_real(value))
		n->text =
		    arena_printf(r->arena, "%.17g", json_real_value(value));
	else
		n->text = json_is_true(value) ? "true" : "false";
	n->len = strlen(n->text);
}

static void
add_members(struct reader *r, struct node *n, json_t *object, int depth)
{
	for (void *i = json_object_iter(object); i != NULL;
	     i = json_object_iter_next(object, i)) {
		const char *key = json_object_iter_key(i);

		add(r, n, arena_keep(r->arena, key, strlen(key)),
		    json_object_iter_value(i), depth);
	}
}

static void
add_entries(struct reader *r, struct node *n, json_t *value, int depth)
{
	if (depth == DEPTH_MAX)
		r->deep = true;
	else if (json_is_object(value))
		add_members(r, n, value, depth + 1);
	else
		for (size_t i = 0; i < json_array_size(value); i++)
			add(r, n, NULL, json_array_get(value, i), depth + 1);
}

static void
add(struct reader *r, struct node *to, const char *key, json_t *value,
    int depth)
{
	if (json_is_object(value) || json_is_array(value))
		add_entries(r,
		    node_add(r->arena, to, key,
			json_is_array(value) ? NODE_LIST : NODE_MAP),
		    value, depth);
	else if (!json_is_null(value))
		add_text(r, to, key, value);
}

/* What jansson says, but for what it says to its programmers. */
static void
put_error(struct buf *why, const struct node *at, const json_error_t *error)
{
	enum json_error_code code = json_error_code(error);

	if (code == json_error_null_character ||
	    code == json_error_null_byte_in_key)
		buf_printf(why, "%s:%d: holds \\u0000, which no text may\n",
		    at->file, at->line);
	else
		buf_printf(why, "%s:%d: not JSON: %s\n", at->file, at->line,
		    error->text);
}

struct node *
json_read(struct arena *a, const struct node *at, const char *text, size_t len,
    struct buf *why)
{
	struct node top = { .file = at->file, .line = at->line };
	struct reader r = { .arena = a };
	size_t good = utf8_valid(text, len);
	json_error_t error;
	json_t *value;

	if (good < len) {
		buf_printf(why, "%s:%d: not UTF-8 at byte %zu of the line\n",
		    at->file, at->line, good + 1);
		return NULL;
	}
	value = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
	if (value == NULL) {
		put_error(why, at, &error);
		return NULL;
	}
	add(&r, &top, NULL, value, 0);
	json_decref(value);
	if (!r.deep)
		return top.first;
	buf_printf(why, "%s:%d: too deep\n", at->file, at->line);
	return NULL;
}
