#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "view/csv.h"
#include "view/xml.h"

static bool
is_shown(const char *name)
{
	size_t len = strlen(name);

	return name[0] != '_' &&
	    (len < 5 || strcmp(name + len - 5, "_html") != 0);
}

/* -12.5, +3 and 1.0e+20, but not +221 33, -A1 or 1-2. */
static bool
is_number(const char *s)
{
	size_t len = strspn(s, "0123456789+-.e");
	char *end;

	strtod(s, &end);
	return len > 0 && s[len] == '\0' && *end == '\0';
}

static void
put_quoted(struct buf *out, const struct buf *text)
{
	buf_putc(out, '"');
	for (const char *p = buf_text(text); *p != '\0'; p++) {
		if (*p == '"')
			buf_putc(out, '"');
		buf_putc(out, *p);
	}
	buf_putc(out, '"');
}

/* Put a cell; scratch is the caller's to reuse. */
static void
put_cell(struct buf *out, struct buf *scratch, struct cell c)
{
	const char *first;

	buf_clear(scratch);
	if (c.type == CELL_NUMBER && !is_number(c.text))
		return; /* a BLOB, infinity */
	xml_clean(scratch, c.text, c.len);
	first = buf_text(scratch);
	if (c.type == CELL_TEXT && *first != '\0' &&
	    strchr("=+-@\t\r", *first) != NULL && !is_number(first)) {
		buf_clear(scratch);
		buf_putc(scratch, '\'');
		xml_clean(scratch, c.text, c.len);
	}
	if (strpbrk(buf_text(scratch), "\",\r\n") != NULL)
		put_quoted(out, scratch);
	else
		buf_put(out, buf_text(scratch), scratch->len);
}

static void
put_header(struct buf *out, const struct query *q)
{
	const char *comma = "";

	for (int i = 0; i < db_columns(q); i++) {
		const char *name = db_column_name(q, i);

		if (!is_shown(name))
			continue;
		buf_puts(out, comma);
		buf_puts(out, strcmp(name, "text_lang") == 0 ? "lang" : name);
		comma = ",";
	}
	buf_puts(out, "\r\n");
}

/* Our own addresses are whole: a spreadsheet knows no page to begin from. */
static bool
is_our_url(const char *name, struct cell c)
{
	return strcmp(name, "url") == 0 && c.text[0] == '/';
}

static void
put_row(struct buf *out, struct buf *scratch, const struct query *q,
    const char *base)
{
	const char *comma = "";

	for (int i = 0; i < db_columns(q); i++) {
		const char *name = db_column_name(q, i);
		struct cell c = db_cell(q, i);

		if (!is_shown(name))
			continue;
		buf_puts(out, comma);
		if (is_our_url(name, c))
			buf_puts(out, base);
		put_cell(out, scratch, c);
		comma = ",";
	}
	buf_puts(out, "\r\n");
}

bool
csv_render(const struct model *m, struct buf *out)
{
	const struct value *v = model_find(m, "results");
	struct buf scratch = { 0 };

	if (v == NULL || v->rows == NULL)
		return false;
	put_header(out, v->rows);
	db_start(v->rows, scope_lookup, &(struct scope){ .model = m });
	while (db_next(v->rows))
		put_row(out, &scratch, v->rows, model_cell(m, "base").text);
	buf_free(&scratch);
	return true;
}
