#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "data/csv_read.h"

struct reader {
	struct arena *arena;
	const char *file;
	const char *at, *end;
	int line;
	char separator;
	struct buf cell;
	const char *names[CSV_COLUMNS];
	size_t nnames;
	struct buf *why;
	bool failed;
};

static void __attribute__((format(printf, 3, 4)))
fail(struct reader *r, int line, const char *format, ...)
{
	char reason[256];
	va_list list;

	va_start(list, format);
	vsnprintf(reason, sizeof(reason), format, list);
	va_end(list);
	buf_printf(r->why, "%s:%d: %s\n", r->file, line, reason);
	r->failed = true;
}

/* What the first row has most of, outside quotes. */
static char
find_separator(const char *s, const char *end)
{
	static const char candidates[] = ",;\t";
	size_t counts[3] = { 0 };
	bool quoted = false;
	int best = 0;

	for (; s < end && (quoted || (*s != '\n' && *s != '\r')); s++) {
		const char *found = strchr(candidates, *s);

		if (*s == '"')
			quoted = !quoted;
		else if (!quoted && found != NULL && *s != '\0')
			counts[found - candidates]++;
	}
	for (int i = 1; i < 3; i++)
		if (counts[i] > counts[best])
			best = i;
	return candidates[best];
}

static void
read_quoted(struct reader *r)
{
	int line = r->line;

	for (r->at++; r->at < r->end; r->at++) {
		if (*r->at == '"') {
			r->at++;
			if (r->at == r->end || *r->at != '"')
				return;
		}
		if (*r->at == '\n')
			r->line++;
		/* Within a cell, lines end as ours do. */
		if (*r->at != '\r' || r->at + 1 == r->end || r->at[1] != '\n')
			buf_putc(&r->cell, *r->at);
	}
	fail(r, line, "a quote is not closed");
}

static bool
at_end_of_cell(const struct reader *r)
{
	return r->at == r->end || *r->at == r->separator || *r->at == '\n' ||
	    *r->at == '\r';
}

/* Take off what cell_put() puts before = + - @ and a tab. */
static void
unguard(struct buf *cell)
{
	if (cell->len > 1 && cell->data[0] == '\'' &&
	    strchr("=+-@\t\r\n", cell->data[1]) != NULL) {
		memmove(cell->data, cell->data + 1, cell->len);
		cell->len--;
	}
}

static void
read_cell(struct reader *r)
{
	int line = r->line;

	buf_clear(&r->cell);
	if (r->at < r->end && *r->at == '"')
		read_quoted(r);
	if (!r->failed && !at_end_of_cell(r) && r->cell.len > 0)
		fail(r, line, "text stands behind a closing quote");
	while (!at_end_of_cell(r))
		buf_putc(&r->cell, *r->at++);
	if (r->cell.len > CSV_CELL)
		fail(r, line, "a cell is longer than 1 MB");
	unguard(&r->cell);
}

/* Past the end of the row; false if another cell of it follows. */
static bool
end_row(struct reader *r)
{
	if (r->at < r->end && *r->at == r->separator) {
		r->at++;
		return false;
	}
	if (r->at < r->end && *r->at == '\r')
		r->at++;
	if (r->at < r->end && *r->at == '\n')
		r->at++;
	r->line++;
	return true;
}

static bool
is_name_taken(const struct reader *r, const char *name)
{
	for (size_t i = 0; i < r->nnames; i++)
		if (strcmp(r->names[i], name) == 0)
			return true;
	return false;
}

static void
read_names(struct reader *r)
{
	do {
		read_cell(r);
		if (r->nnames == CSV_COLUMNS)
			fail(r, 1, "there are more than %d columns",
			    CSV_COLUMNS);
		else if (r->cell.len > 0 &&
		    is_name_taken(r, buf_text(&r->cell)))
			fail(r, 1, "column “%.80s” stands here twice",
			    buf_text(&r->cell));
		else
			r->names[r->nnames++] = arena_keep(r->arena,
			    buf_text(&r->cell), r->cell.len);
	} while (!r->failed && !end_row(r));
}

static void
add_cell(struct reader *r, struct node *row, size_t column, int line)
{
	struct node *n;

	if (r->cell.len == 0)
		return;
	if (column >= r->nnames || *r->names[column] == '\0') {
		fail(r, line, "“%.80s” stands in no column that has a name",
		    buf_text(&r->cell));
		return;
	}
	n = node_add(r->arena, row, r->names[column], NODE_TEXT);
	n->text = arena_keep(r->arena, buf_text(&r->cell), r->cell.len);
	n->len = r->cell.len;
	n->quoted = true;
	n->line = line;
	n->file = r->file;
}

static void
read_row(struct reader *r, struct node *list)
{
	struct node before = *list;
	struct node *row = node_add(r->arena, list, NULL, NODE_MAP);
	size_t column = 0;

	row->line = r->line;
	row->file = r->file;
	do {
		int line = r->line;

		read_cell(r);
		if (!r->failed)
			add_cell(r, row, column++, line);
	} while (!r->failed && !end_row(r));
	if (row->n > 0)
		return;
	*list = before;
	if (list->last != NULL)
		list->last->next = NULL;
}

static bool
is_text(struct reader *r)
{
	size_t len = (size_t)(r->end - r->at);
	const char *nul = memchr(r->at, '\0', len);
	size_t bad = utf8_valid(r->at, len);
	int line = 1;

	if (nul != NULL && (size_t)(nul - r->at) < bad)
		bad = (size_t)(nul - r->at);
	if (bad == len)
		return true;
	for (size_t i = 0; i < bad; i++)
		line += r->at[i] == '\n';
	fail(r, line, "not UTF-8 text");
	return false;
}

struct node *
csv_read(struct arena *a, const char *file, const char *text, size_t len,
    struct buf *why)
{
	struct node top = { .file = file };
	struct node *list = node_add(a, &top, NULL, NODE_LIST);
	struct reader r = { .arena = a,
		.file = file,
		.at = text,
		.end = text + len,
		.line = 1,
		.why = why };

	list->file = file;
	list->line = 1;
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		r.at += 3;
	if (is_text(&r) && r.at < r.end) {
		r.separator = find_separator(r.at, r.end);
		read_names(&r);
	}
	while (!r.failed && r.at < r.end)
		read_row(&r, list);
	buf_free(&r.cell);
	return r.failed ? NULL : list;
}

static void
add_part(struct arena *a, struct node *list, const struct node *cell,
    const struct buf *part)
{
	struct node *n;

	if (part->len == 0)
		return;
	n = node_add(a, list, NULL, NODE_TEXT);
	n->text = arena_keep(a, part->data, part->len);
	n->len = part->len;
	n->quoted = true;
	n->line = cell->line;
	n->file = cell->file;
}

struct node *
csv_split(struct arena *a, struct node *to, const struct node *cell)
{
	struct node *list = node_add(a, to, cell->key, NODE_LIST);
	struct buf part = { 0 };

	list->line = cell->line;
	list->file = cell->file;
	for (const char *s = cell->text; *s != '\0'; s++) {
		if (*s == '|') {
			add_part(a, list, cell, &part);
			buf_clear(&part);
			continue;
		}
		if (*s == '\\' && (s[1] == '|' || s[1] == '\\'))
			s++;
		buf_putc(&part, *s);
	}
	add_part(a, list, cell, &part);
	buf_free(&part);
	return list;
}

void
csv_join(struct buf *out, const struct node *list)
{
	for (const struct node *n = list->first; n != NULL; n = n->next) {
		for (size_t i = 0; i < n->len; i++) {
			if (n->text[i] == '|' || n->text[i] == '\\')
				buf_putc(out, '\\');
			buf_putc(out, n->text[i]);
		}
		if (n->next != NULL)
			buf_putc(out, '|');
	}
}
