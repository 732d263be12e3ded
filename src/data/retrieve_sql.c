#include <string.h>

#include "data/retrieve_sql.h"

static bool
is_words(const struct field *f)
{
	return f->type == FIELD_TEXTS || f->type == FIELD_MARKDOWN;
}

static void
put_column(struct buf *out, const struct field *f)
{
	const char *c = field_column(f);

	if (f->type == FIELD_RECORD)
		buf_printf(out, "(SELECT slug FROM record WHERE id = t.%s)", c);
	else if (f->type == FIELD_ANY_RECORD)
		buf_printf(out,
		    "(SELECT kind || '/' || slug FROM record WHERE id = t.%s)",
		    c);
	else if (f->type == FIELD_REAL)
		buf_printf(out,
		    "CASE WHEN t.%s NOTNULL THEN printf('%%.15g', t.%s) END", c,
		    c);
	else
		buf_printf(out, "t.%s", c);
}

/* Lists in a list's rows are found by the row's id. */
static const char *
id_of(const struct table *t)
{
	if (t->shape == SHAPE_ONE)
		return t->parent != NULL ? t->parent : "id";
	return t->lists != NULL || t->texts != NULL ? "id" : "0";
}

/* A table may keep the rows of a record and those of a list's rows: the
 * latter name the row too. */
static const char *
of_a_row(const struct table *t)
{
	for (size_t i = 0; record_table.lists[i] != NULL; i++) {
		const struct table *list = record_table.lists[i];

		for (size_t j = 0;
		     list->lists != NULL && list->lists[j] != NULL; j++)
			if (list->lists[j] != t && list->lists[j]->of_record &&
			    strcmp(list->lists[j]->table, t->table) == 0)
				return list->lists[j]->parent;
	}
	return NULL;
}

static void
put_where(struct buf *out, const struct table *t)
{
	const char *column = t->of_record ? NULL : of_a_row(t);

	buf_printf(out, " FROM %s t WHERE t.%s = :id", t->table,
	    t->parent != NULL ? t->parent : "id");
	if (column != NULL)
		buf_printf(out, " AND t.%s IS NULL", column);
	if (t->constant != NULL)
		buf_printf(out, " AND t.%.*s = '%s'",
		    (int)strcspn(t->constant, " "), t->constant,
		    strchr(t->constant, ' ') + 1);
}

void
retrieve_sql_rows(struct buf *out, const struct table *t)
{
	buf_printf(out, "SELECT %s%s", strcmp(id_of(t), "0") != 0 ? "t." : "",
	    id_of(t));
	for (const struct field *f = t->fields; f != NULL && f->name != NULL;
	     f++) {
		if (is_words(f))
			continue;
		buf_puts(out, ", ");
		put_column(out, f);
	}
	put_where(out, t);
	if (t->placed)
		buf_puts(out, " ORDER BY t.place");
	else if (t->shape == SHAPE_VALUES)
		buf_puts(out, " ORDER BY 2");
}

void
retrieve_sql_texts(struct buf *out, const struct table *t)
{
	buf_puts(out, "SELECT t.lang");
	for (const struct field *f = t->fields; f->name != NULL; f++)
		if (is_words(f))
			buf_printf(out, ", t.%s", field_column(f));
	buf_printf(out,
	    " FROM %s t WHERE t.%s = :id"
	    " ORDER BY instr('en fr es', t.lang) = 0,"
	    " instr('en fr es', t.lang), t.lang",
	    t->texts, t->table);
}
