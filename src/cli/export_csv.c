/*
 * Tables for spreadsheets: a row for each record of a kind, a column for each
 * field, and one table of all figures.  Lists stand in one cell, their
 * entries separated by semicolons.  Texts are harmless to a spreadsheet, as
 * base/cell.h says.
 */
#include <string.h>

#include "base/cell.h"
#include "cli/export.h"

static const char *const langs[] = { "en", "fr", "es" };

enum { NLANGS = sizeof(langs) / sizeof(langs[0]) };

struct csv {
	struct export *export;
	FILE *file;
	struct buf line;
	bool begun; /* the line has a cell already */
	struct buf cell;
};

static void
put_cell(struct csv *c, const char *text)
{
	if (c->begun)
		buf_putc(&c->line, ',');
	c->begun = true;
	cell_put(&c->line, text, strlen(text));
}

static void
end_line(struct csv *c)
{
	buf_puts(&c->line, "\r\n");
	c->begun = false;
	export_put(c->export, c->file, &c->line);
}

/* Whatever stands there as one text: "a; b", and within them "x, y". */
static void
flatten(struct buf *out, const struct node *n, const char *between)
{
	if (n->type == NODE_TEXT)
		buf_put(out, n->text, n->len);
	for (const struct node *e = n->first; e != NULL; e = e->next) {
		flatten(out, e, ", ");
		if (e->next != NULL)
			buf_puts(out, between);
	}
}

static void
put_node(struct csv *c, const struct node *n)
{
	buf_clear(&c->cell);
	if (n != NULL)
		flatten(&c->cell, n, "; ");
	put_cell(c, buf_text(&c->cell));
}

static bool
is_words(const struct field *f)
{
	return f->type == FIELD_TEXTS || f->type == FIELD_MARKDOWN;
}

/* The columns of a field, one a language if it is words: their names if there
 * is no record, else its values. */
static void
put_field(struct csv *c, const struct field *f, const struct node *record)
{
	const struct node *n =
	    record != NULL ? node_get(record, f->name) : NULL;
	char name[64];

	if (!is_words(f)) {
		if (record == NULL)
			put_cell(c, f->name);
		else
			put_node(c, n);
		return;
	}
	for (int i = 0; i < NLANGS; i++) {
		snprintf(name, sizeof(name), "%s_%s", f->name, langs[i]);
		if (record == NULL)
			put_cell(c, name);
		else
			put_node(c, n != NULL ? node_get(n, langs[i]) : NULL);
	}
}

static void
put_columns(struct csv *c, const struct table *t, const struct node *record)
{
	for (const struct field *f = t->fields; f != NULL && f->name != NULL;
	     f++)
		put_field(c, f, record);
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++) {
		const char *list = t->lists[i]->name;

		if (strcmp(list, "figures") == 0)
			continue; /* they have a table of their own */
		if (record == NULL)
			put_cell(c, list);
		else
			put_node(c, node_get(record, list));
	}
}

static void
put_record(void *context, const struct kind *k, const char *slug,
    const struct node *record)
{
	struct csv *c = context;

	put_cell(c, slug);
	put_columns(c, &record_table, record);
	put_columns(c, &k->own, record);
	end_line(c);
}

static void
put_figures(void *context, const struct kind *k, const char *slug,
    const struct node *record)
{
	struct csv *c = context;
	const struct node *n = node_get(record, "figures");

	for (n = n != NULL ? n->first : NULL; n != NULL; n = n->next) {
		put_cell(c, k->kind);
		put_cell(c, slug);
		put_columns(c, table_list(&record_table, "figures"), n);
		end_line(c);
	}
}

static void
write_kind(struct csv *c, const struct kind *k)
{
	char name[64];

	snprintf(name, sizeof(name), "csv/%s.csv", k->kind);
	c->file = export_open(c->export, name);
	put_cell(c, "slug");
	put_columns(c, &record_table, NULL);
	put_columns(c, &k->own, NULL);
	end_line(c);
	export_each(c->export, k, put_record, c);
	export_close(c->export, c->file, name);
}

static void
write_figures(struct csv *c)
{
	c->file = export_open(c->export, "csv/figures.csv");
	put_cell(c, "kind");
	put_cell(c, "slug");
	put_columns(c, table_list(&record_table, "figures"), NULL);
	end_line(c);
	for (const struct kind *k = kinds; k->kind != NULL; k++)
		export_each(c->export, k, put_figures, c);
	export_close(c->export, c->file, "csv/figures.csv");
}

void
export_csv(struct export *e)
{
	struct csv c = { .export = e };

	for (const struct kind *k = kinds; k->kind != NULL && !e->failed; k++)
		write_kind(&c, k);
	write_figures(&c);
	buf_free(&c.line);
	buf_free(&c.cell);
}
