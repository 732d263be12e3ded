#include <stdlib.h>
#include <string.h>

#include "data/finder.h"

#include <sqlite3.h>

/*
 * What was found, as tables SQL can join: each is an array of the finder
 * with a function that tells its columns.
 */
struct table {
	const char *name;
	const char *columns;
	int place; /* the column rows are in order of, or NOWHERE */
	size_t (*rows)(const struct finder *);
	void (*column)(const struct finder *, size_t row, int column,
	    sqlite3_context *);
};

static void
text(sqlite3_context *ctx, const char *s)
{
	sqlite3_result_text(ctx, s, -1, SQLITE_TRANSIENT);
}

static size_t
hit_rows(const struct finder *f)
{
	return f->nhits > (size_t)f->offset ? f->nhits - (size_t)f->offset : 0;
}

static void
hit_column(const struct finder *f, size_t row, int column, sqlite3_context *ctx)
{
	size_t place = row + (size_t)f->offset;
	const struct candidate *c = &f->candidates[f->hits[place].candidate];

	switch (column) {
	case 0:
		sqlite3_result_int64(ctx, (int64_t)place + 1);
		return;
	case 1:
		sqlite3_result_int64(ctx, f->catalogue.entries[c->entry].id);
		return;
	case 2:
		sqlite3_result_int64(ctx, c->text);
		return;
	case 3:
		/* Two decimals: more would say more than there is to it. */
		sqlite3_result_double(ctx,
		    (double)(int64_t)((double)c->score * 100 + 0.5) / 100);
		return;
	case 4:
		sqlite3_result_int(ctx, c->exact);
		return;
	default:
		sqlite3_result_int(ctx, c->via);
		return;
	}
}

static size_t
facet_rows(const struct finder *f)
{
	return f->nshown;
}

static void
facet_column(const struct finder *f, size_t row, int column,
    sqlite3_context *ctx)
{
	const struct facet_row *r = &f->shown[row];

	switch (column) {
	case 0:
		text(ctx, f->wanted[r->facet]);
		return;
	case 1:
		sqlite3_result_int64(ctx, (int64_t)row + 1);
		return;
	case 2:
		sqlite3_result_int(ctx, r->chosen);
		return;
	case 3:
		sqlite3_result_int64(ctx, r->values);
		return;
	default:
		sqlite3_result_int64(ctx, r->values - r->shown);
		return;
	}
}

static size_t
count_rows(const struct finder *f)
{
	return f->nrows;
}

static void
count_column(const struct finder *f, size_t row, int column,
    sqlite3_context *ctx)
{
	const struct count_row *r = &f->rows[row];

	switch (column) {
	case 0:
		text(ctx, f->wanted[r->facet]);
		return;
	case 1:
		sqlite3_result_int(ctx, r->facet + 1);
		return;
	case 2:
		text(ctx, r->value);
		return;
	case 3:
		sqlite3_result_int(ctx, r->place);
		return;
	case 4:
		sqlite3_result_int64(ctx, r->count);
		return;
	case 5:
		sqlite3_result_int(ctx, r->selected);
		return;
	default:
		if (r->toggled != NULL)
			text(ctx, r->toggled);
		return;
	}
}

static size_t
equivalent_rows(const struct finder *f)
{
	return f->nequivalents;
}

static void
equivalent_column(const struct finder *f, size_t row, int column,
    sqlite3_context *ctx)
{
	const struct term *t = f->equivalents[row];

	if (column == 2)
		sqlite3_result_int64(ctx, t->record);
	else
		text(ctx, column == 0 ? t->name : t->lang);
}

static size_t
suggestion_rows(const struct finder *f)
{
	return f->nsuggestions;
}

static void
suggestion_column(const struct finder *f, size_t row, int column,
    sqlite3_context *ctx)
{
	const struct suggestion *s = &f->suggestions[row];

	switch (column) {
	case 0:
		sqlite3_result_int64(ctx, (int64_t)row + 1);
		return;
	case 1:
		text(ctx, s->text);
		return;
	case 2:
		text(ctx, s->kind);
		return;
	default:
		if (s->record != 0)
			sqlite3_result_int64(ctx, s->record);
		return;
	}
}

static const struct table tables[] = {
	{ "hit", "CREATE TABLE x (place, record, text, score, exact, via)", 0,
	    hit_rows, hit_column },
	{ "facet_found",
	    "CREATE TABLE x (facet, place, chosen, all_values, hidden_values)",
	    1, facet_rows, facet_column },
	{ "facet_count",
	    "CREATE TABLE x (facet, facet_place, value, place, count,"
	    " selected, toggled)",
	    NOWHERE, count_rows, count_column },
	{ "equivalent", "CREATE TABLE x (term, lang, record)", NOWHERE,
	    equivalent_rows, equivalent_column },
	{ "suggestion", "CREATE TABLE x (place, text, kind, record)", 0,
	    suggestion_rows, suggestion_column },
};

/*
 * The same for SQLite.
 */

struct vtab {
	sqlite3_vtab base;
	const struct table *table;
	struct finder *finder;
};

struct cursor {
	sqlite3_vtab_cursor base;
	size_t row, end;
};

struct module {
	const struct table *table;
	struct finder *finder;
};

static int
connect(sqlite3 *db, void *aux, int argc, const char *const *argv,
    sqlite3_vtab **out, char **error)
{
	const struct module *m = aux;
	struct vtab *v = sqlite3_malloc(sizeof(*v));
	int rc;

	(void)argc;
	(void)argv;
	(void)error;
	if (v == NULL)
		return SQLITE_NOMEM;
	*v = (struct vtab){ .table = m->table, .finder = m->finder };
	rc = sqlite3_declare_vtab(db, m->table->columns);
	if (rc == SQLITE_OK)
		*out = &v->base;
	else
		sqlite3_free(v);
	return rc;
}

static int
disconnect(sqlite3_vtab *v)
{
	sqlite3_free(v);
	return SQLITE_OK;
}

/* One way only: all rows in order.  They are few, and joined from. */
static int
best_index(sqlite3_vtab *v, sqlite3_index_info *info)
{
	const struct table *t = ((struct vtab *)v)->table;

	info->estimatedCost = 10;
	info->estimatedRows = 10;
	info->orderByConsumed = info->nOrderBy == 1 &&
	    info->aOrderBy[0].iColumn == t->place && !info->aOrderBy[0].desc;
	return SQLITE_OK;
}

static int
open_cursor(sqlite3_vtab *v, sqlite3_vtab_cursor **out)
{
	struct cursor *c = sqlite3_malloc(sizeof(*c));

	(void)v;
	if (c == NULL)
		return SQLITE_NOMEM;
	*c = (struct cursor){ 0 };
	*out = &c->base;
	return SQLITE_OK;
}

static int
close_cursor(sqlite3_vtab_cursor *c)
{
	sqlite3_free(c);
	return SQLITE_OK;
}

static int
filter(sqlite3_vtab_cursor *base, int index, const char *name, int argc,
    sqlite3_value **argv)
{
	struct cursor *c = (struct cursor *)base;
	const struct vtab *v = (struct vtab *)base->pVtab;

	(void)index;
	(void)name;
	(void)argc;
	(void)argv;
	c->row = 0;
	c->end = v->table->rows(v->finder);
	return SQLITE_OK;
}

static int
next(sqlite3_vtab_cursor *c)
{
	((struct cursor *)c)->row++;
	return SQLITE_OK;
}

static int
eof(sqlite3_vtab_cursor *base)
{
	const struct cursor *c = (struct cursor *)base;

	return c->row >= c->end;
}

static int
column(sqlite3_vtab_cursor *base, sqlite3_context *ctx, int i)
{
	const struct vtab *v = (struct vtab *)base->pVtab;

	v->table->column(v->finder, ((struct cursor *)base)->row, i, ctx);
	return SQLITE_OK;
}

static int
rowid(sqlite3_vtab_cursor *c, sqlite3_int64 *id)
{
	*id = (sqlite3_int64)((struct cursor *)c)->row;
	return SQLITE_OK;
}

bool
hits_register(struct finder *f)
{
	/* Without xCreate: there is one of each, by the module's name. */
	static const sqlite3_module functions = {
		.xConnect = connect,
		.xBestIndex = best_index,
		.xDisconnect = disconnect,
		.xOpen = open_cursor,
		.xClose = close_cursor,
		.xFilter = filter,
		.xNext = next,
		.xEof = eof,
		.xColumn = column,
		.xRowid = rowid,
	};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		struct module *m = malloc(sizeof(*m));

		if (m == NULL)
			abort();
		*m = (struct module){ &tables[i], f };
		if (sqlite3_create_module_v2(db_handle(f->db), tables[i].name,
			&functions, m, free) != SQLITE_OK)
			return false;
	}
	return true;
}
