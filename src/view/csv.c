#include <stdbool.h>
#include <string.h>

#include "base/cell.h"
#include "view/csv.h"
#include "view/xml.h"

static bool
is_shown(const char *name)
{
	size_t len = strlen(name);

	return name[0] != '_' &&
	    (len < 5 || strcmp(name + len - 5, "_html") != 0);
}

/* Put a cell; scratch is the caller's to reuse. */
static void
put_cell(struct buf *out, struct buf *scratch, struct cell c)
{
	if (c.type == CELL_NUMBER && strspn(c.text, "0123456789+-.e") < c.len)
		return; /* a BLOB, infinity */
	buf_clear(scratch);
	xml_clean(scratch, c.text, c.len);
	cell_put(out, buf_text(scratch), scratch->len);
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
	size_t len = strlen(name);

	return c.text[0] == '/' && len >= 3 &&
	    strcmp(name + len - 3, "url") == 0;
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
