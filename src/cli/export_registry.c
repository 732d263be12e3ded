/*
 * The registry of schemes as tables that other programs can take: a CSV file
 * for each table (cli/registry.h), the codes, and a datapackage.json that says
 * what is what.  An empty one is a questionnaire.
 */
#include <inttypes.h>
#include <string.h>

#include "base/cell.h"
#include "cli/export.h"
#include "cli/registry.h"
#include "data/csv_read.h"

enum { LANGS_MAX = 32, DEPTH_MAX = 8 };

struct writing {
	struct export *export;
	struct arena arena; /* as long as the export */
	const char *langs[LANGS_MAX];
	const struct sheet_table *table;
	const struct table *chain[DEPTH_MAX]; /* it, and what it stands in */
	int numbers[DEPTH_MAX];               /* of the rows one is at */
	size_t depth;
	struct column columns[REGISTRY_COLUMNS];
	size_t n;
	FILE *file;
	struct buf line, cell;
	bool begun;
};

static void
put_cell(struct writing *w, const char *text, size_t len)
{
	if (w->begun)
		buf_putc(&w->line, ',');
	w->begun = true;
	cell_put(&w->line, text, len);
}

static void
end_line(struct writing *w)
{
	buf_puts(&w->line, "\r\n");
	w->begun = false;
	export_put(w->export, w->file, &w->line);
}

static void
put_value(struct writing *w, const struct column *c, const struct node *row)
{
	const struct node *n =
	    node_get(row, c->field != NULL ? c->field->name : c->list->name);

	if (n != NULL && c->lang != NULL)
		n = node_get(n, c->lang);
	buf_clear(&w->cell);
	if (n != NULL && c->list != NULL)
		csv_join(&w->cell, n);
	else if (n != NULL)
		buf_put(&w->cell, n->text, n->len);
	put_cell(w, buf_text(&w->cell), w->cell.len);
}

/* Keys are the record's name and the numbers of rows, outermost first. */
static void
put_row(struct writing *w, const char *slug, const struct node *row)
{
	char digits[16];
	size_t keys = 0;

	put_cell(w, slug, strlen(slug));
	for (size_t i = 1; i < w->n; i++) {
		if (w->columns[i].path != NULL) {
			put_value(w, &w->columns[i], row);
			continue;
		}
		snprintf(digits, sizeof(digits), "%d", w->numbers[keys++]);
		put_cell(w, digits, strlen(digits));
	}
	end_line(w);
}

/* The rows of the table within a record, through those it stands within:
 * level is how deep, 0 in the record. */
static void
put_rows(struct writing *w, const char *slug, const struct node *in,
    size_t level)
{
	const struct node *list = node_get(in, w->chain[level]->name);

	w->numbers[level] = 0;
	for (const struct node *n = list != NULL ? list->first : NULL;
	     n != NULL; n = n->next) {
		w->numbers[level]++;
		if (level + 1 < w->depth)
			put_rows(w, slug, n, level + 1);
		else
			put_row(w, slug, n);
	}
}

static void
put_record(void *context, const struct kind *k, const char *slug,
    const struct node *record)
{
	struct writing *w = context;

	(void)k;
	if (w->table->table != NULL) {
		put_rows(w, slug, record, 0);
		return;
	}
	put_row(w, slug, record);
	w->export->records++;
}

/* Outermost first. */
static void
find_chain(struct writing *w)
{
	const struct sheet_table *t = w->table;
	size_t n = 0;

	for (; t != NULL && t->table != NULL; t = t->within)
		n++;
	w->depth = n;
	for (t = w->table; n > 0; t = t->within)
		w->chain[--n] = t->table;
}

static void
write_table(struct writing *w, bool filled)
{
	const char *name = arena_printf(&w->arena, "%s.csv", w->table->file);

	find_chain(w);
	w->n = registry_columns(&w->arena, w->table, w->langs, w->columns);
	w->file = export_open(w->export, name);
	for (size_t i = 0; i < w->n; i++)
		put_cell(w, w->columns[i].name, strlen(w->columns[i].name));
	end_line(w);
	if (filled)
		export_each(w->export, w->table->kind, put_record, w);
	export_close(w->export, w->file, name);
}

/* The languages of the interface, then all others that texts are in. */
static void
find_langs(struct writing *w)
{
	struct query *q = db_restart(db_query(w->export->db,
	    "SELECT lang FROM (SELECT lang, place FROM language"
	    " UNION SELECT DISTINCT t.lang, 99 FROM record r"
	    " JOIN record_text t ON t.record = r.id"
	    " WHERE r.kind IN ('scheme', 'organisation')"
	    " AND t.lang NOT IN (SELECT lang FROM language)"
	    " UNION SELECT DISTINCT lang, 99 FROM scheme_text"
	    " WHERE lang NOT IN (SELECT lang FROM language))"
	    " ORDER BY place, lang"));
	size_t n = 0;

	while (db_next(q) && n + 1 < LANGS_MAX)
		w->langs[n++] = arena_printf(&w->arena, "%s", db_text(q, 0));
}

static void
write_codes(struct writing *w)
{
	struct query *q = db_restart(db_query(w->export->db,
	    "SELECT c.list, c.code,"
	    " (SELECT label FROM code_label l WHERE l.list = c.list"
	    "  AND l.code = c.code AND l.lang = 'en'),"
	    " (SELECT label FROM code_label l WHERE l.list = c.list"
	    "  AND l.code = c.code AND l.lang = 'fr'),"
	    " (SELECT label FROM code_label l WHERE l.list = c.list"
	    "  AND l.code = c.code AND l.lang = 'es')"
	    " FROM code c WHERE c.list IN (SELECT value FROM json_each(:lists))"
	    " OR (c.list IN ('field', 'field_help')"
	    "  AND (c.code GLOB 'scheme.*' OR c.code GLOB 'record.*'))"
	    " ORDER BY c.list, c.place"));
	struct buf lists = { 0 };

	buf_puts(&lists, "[\"country\"");
	export_lists(&lists, kind_find("scheme"));
	buf_puts(&lists, "]");
	db_set_text(q, "lists", buf_text(&lists));
	w->file = export_open(w->export, "codes.csv");
	buf_puts(&w->line, "list,code,en,fr,es\r\n");
	while (!w->export->failed && db_next(q)) {
		for (int i = 0; i < 5; i++)
			put_cell(w, db_text(q, i), strlen(db_text(q, i)));
		end_line(w);
	}
	export_put(w->export, w->file, &w->line);
	export_close(w->export, w->file, "codes.csv");
	buf_free(&lists);
}

static void
write_kind(struct writing *w, const char *kind, bool filled, bool lists)
{
	const struct sheet_table *t =
	    registry_tables(&w->arena, kind_find(kind));

	for (; t != NULL && !w->export->failed; t = lists ? t->next : NULL) {
		w->table = t;
		write_table(w, filled);
	}
}

static void
end(struct writing *w)
{
	arena_free(&w->arena);
	buf_free(&w->line);
	buf_free(&w->cell);
}

void
export_registry(struct export *e)
{
	static struct writing w;

	w = (struct writing){ .export = e };
	find_langs(&w);
	write_kind(&w, "scheme", true, true);
	write_kind(&w, "organisation", true, false);
	write_codes(&w);
	export_package(e, w.langs);
	end(&w);
}

void
export_questionnaire(struct export *e)
{
	static struct writing w;

	w = (struct writing){ .export = e };
	find_langs(&w);
	w.langs[3] = NULL;
	write_kind(&w, "scheme", false, true);
	write_kind(&w, "organisation", false, false);
	write_codes(&w);
	export_package(e, w.langs);
	export_readme(e);
	end(&w);
}
