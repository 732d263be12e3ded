#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "view/json.h"

static void put_rows(struct buf *, const struct value *, const struct scope *);

/* How a character is written if not as itself; "" drops it. */
static const char *
escape(uint32_t c, bool valid, char number[8])
{
	switch (c) {
	case 2:
	case 3:
		return "";
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\t':
		return "\\t";
	case 0xfffd:
		return valid ? NULL : "\xef\xbf\xbd";
	default:
		/* JavaScript takes U+2028 and U+2029 for line ends. */
		if (c >= 0x20 && c != 0x2028 && c != 0x2029)
			return NULL;
		snprintf(number, 8, "\\u%04x", (unsigned)c & 0xffff);
		return number;
	}
}

static bool
is_ordinary(char c)
{
	return c >= ' ' && c != '"' && c != '\\';
}

void
json_quote(struct buf *out, const char *s, size_t len)
{
	size_t used, run = 0;

	buf_putc(out, '"');
	for (size_t i = 0; i < len; i += used) {
		const char *instead;
		char number[8];
		uint32_t c;

		used = 1;
		if (is_ordinary(s[i]))
			continue;
		c = utf8_next(s + i, len - i, &used);
		instead = escape(c, used > 1, number);
		if (instead == NULL)
			continue;
		buf_put(out, s + run, i - run);
		buf_puts(out, instead);
		run = i + used;
	}
	buf_put(out, s + run, len - run);
	buf_putc(out, '"');
}

/* Something JSON can't say (a BLOB, infinity) is no member at all. */
static bool
can_say(struct cell c)
{
	return c.type != CELL_NUMBER ||
	    (c.len > 0 && strspn(c.text, "0123456789+-.e") == c.len);
}

/* A member, after a comma unless it is the object's first. */
static void
put_name(struct buf *out, const char *name)
{
	if (out->len > 0 && out->data[out->len - 1] != '{')
		buf_putc(out, ',');
	json_quote(out, name, strlen(name));
	buf_putc(out, ':');
}

/* A text called something_json is JSON, and becomes what it says. */
static bool
put_json(struct buf *out, const char *name, struct cell c)
{
	size_t len = strlen(name);

	if (len < 6 || strcmp(name + len - 5, "_json") != 0)
		return false;
	if (out->data[out->len - 1] != '{')
		buf_putc(out, ',');
	json_quote(out, name, len - 5);
	buf_putc(out, ':');
	buf_put(out, c.text, c.len);
	return true;
}

static void
put_member(struct buf *out, const char *name, struct cell c)
{
	if (name[0] == '_' || !can_say(c) || put_json(out, name, c))
		return;
	put_name(out, strcmp(name, "text_lang") == 0 ? "lang" : name);
	if (c.type == CELL_NUMBER)
		buf_put(out, c.text, c.len);
	else if (c.type == CELL_NULL)
		buf_puts(out, "null");
	else
		json_quote(out, c.text, c.len);
}

static void
put_columns(struct buf *out, const struct query *row)
{
	for (int i = 0; i < db_columns(row); i++) {
		const char *name = db_column_name(row, i);

		if (db_column(row, name) == i)
			put_member(out, name, db_cell(row, i));
	}
}

/* All rows that stand within the rows called name. */
static void
put_rows_within(struct buf *out, const char *name, const struct scope *s)
{
	const struct model *m = s->model;

	for (size_t i = m->frame; i < m->n; i++) {
		const struct value *v = &m->values[i];

		if (v->rows == NULL || strcmp(v->within, name) != 0 ||
		    v->name[0] == '_' || model_find(m, v->name) != v)
			continue;
		put_name(out, v->name);
		put_rows(out, v, s);
	}
}

static void
put_rows(struct buf *out, const struct value *v, const struct scope *outer)
{
	struct scope row = {
		.row = v->rows,
		.outer = outer,
		.model = outer->model,
	};

	buf_putc(out, '[');
	db_start(v->rows, scope_lookup, outer);
	while (db_next(v->rows)) {
		if (db_rows(v->rows) > 1)
			buf_puts(out, ",\n");
		buf_putc(out, '{');
		put_columns(out, v->rows);
		put_rows_within(out, v->name, &row);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

/* Is there a page's row with that column, from row r on? */
static bool
in_rows(const struct model *m, size_t r, const char *name)
{
	for (; r < m->nrow; r++)
		if (db_column(m->row[r], name) != -1)
			return true;
	return false;
}

/* The page's rows; of columns of one name the last counts, as in templates. */
static void
put_page_row(struct buf *out, const struct model *m, size_t r)
{
	const struct query *row = m->row[r];

	for (int i = 0; i < db_columns(row); i++) {
		const char *name = db_column_name(row, i);

		if (db_column(row, name) == i && !in_rows(m, r + 1, name))
			put_member(out, name, db_cell(row, i));
	}
}

static void
put_values(struct buf *out, const struct model *m)
{
	for (size_t i = m->frame; i < m->n; i++) {
		const struct value *v = &m->values[i];

		if (v->rows == NULL && model_find(m, v->name) == v &&
		    !in_rows(m, 0, v->name))
			put_member(out, v->name, v->cell);
	}
}

void
json_render(const struct model *m, struct buf *out)
{
	buf_putc(out, '{');
	for (size_t r = 0; r < m->nrow; r++)
		put_page_row(out, m, r);
	put_values(out, m);
	put_rows_within(out, "", &(struct scope){ .model = m });
	buf_puts(out, "}\n");
}
