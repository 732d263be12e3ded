#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "data/retrieve_sql.h"
#include "data/store_sql.h"
#include "data/wording.h"

enum { TABLES_MAX = 128 };

static struct arena kept;

static void
put_expression(struct buf *out, const struct field *f)
{
	const char *c = field_column(f);

	if (f->type == FIELD_RECORD)
		buf_printf(out,
		    "(SELECT id FROM record WHERE kind = '%s' AND slug = :%s)",
		    f->of, c);
	else if (f->type == FIELD_ANY_RECORD)
		buf_printf(out,
		    "(SELECT id FROM record"
		    " WHERE kind = substr(:%s, 1, instr(:%s, '/') - 1)"
		    " AND slug = substr(:%s, instr(:%s, '/') + 1))",
		    c, c, c, c);
	else if (f->type == FIELD_FLAG)
		buf_printf(out, "coalesce(:%s, 0)", c);
	else
		buf_printf(out, ":%s", c);
}

static void
put_insert(struct buf *out, const struct table *t)
{
	struct buf columns = { 0 }, values = { 0 };
	const char *space =
	    t->constant != NULL ? strchr(t->constant, ' ') : NULL;

	buf_printf(&columns, "%s", t->parent);
	buf_printf(&values, ":%s", t->parent);
	if (t->of_record) {
		buf_puts(&columns, ", record");
		buf_puts(&values, ", :record");
	}
	if (t->placed) {
		buf_puts(&columns, ", place");
		buf_puts(&values, ", :place");
	}
	if (space != NULL) {
		buf_printf(&columns, ", %.*s", (int)(space - t->constant),
		    t->constant);
		buf_printf(&values, ", '%s'", space + 1);
	}
	for (const struct field *f = table_fields(t); f->name != NULL; f++) {
		if (wording_is(f))
			continue;
		buf_printf(&columns, ", %s", field_column(f));
		buf_puts(&values, ", ");
		put_expression(&values, f);
	}
	buf_printf(out, "INSERT INTO %s (%s) VALUES (%s)", t->table,
	    buf_text(&columns), buf_text(&values));
	buf_free(&columns);
	buf_free(&values);
}

static void
put_text_column(struct buf *columns, struct buf *values, struct buf *update,
    const char *name, const char *suffix)
{
	buf_printf(columns, ", %s%s", name, suffix);
	buf_printf(values, ", :%s%s", name, suffix);
	buf_printf(update, "%s%s%s = excluded.%s%s",
	    update->len > 0 ? ", " : "", name, suffix, name, suffix);
}

/* A text keeps its id when it changes: the search index knows it by that. */
static void
put_texts(struct buf *out, const struct table *t)
{
	struct buf columns = { 0 }, values = { 0 }, update = { 0 };

	for (const struct field *f = table_fields(t); f->name != NULL; f++) {
		if (wording_is(f))
			put_text_column(&columns, &values, &update,
			    field_column(f), "");
		if (f->type == FIELD_MARKDOWN)
			put_text_column(&columns, &values, &update,
			    field_column(f), "_html");
	}
	buf_printf(out,
	    "INSERT INTO %s (%s, lang%s) VALUES (:%s, :lang%s)"
	    " ON CONFLICT (%s, lang) DO UPDATE SET %s",
	    t->texts, t->table, buf_text(&columns), t->table, buf_text(&values),
	    t->table, buf_text(&update));
	buf_free(&columns);
	buf_free(&values);
	buf_free(&update);
}

static const char *
keep(struct buf *sql)
{
	const char *s = arena_keep(&kept, buf_text(sql), sql->len);

	buf_clear(sql);
	return s;
}

static void
make(struct table_sql *s, const struct table *t)
{
	struct buf sql = { 0 };

	if (t->parent != NULL) {
		put_insert(&sql, t);
		s->insert = keep(&sql);
		buf_printf(&sql, "DELETE FROM %s WHERE %s = :%s", t->table,
		    t->parent, t->parent);
		s->clear = keep(&sql);
	}
	if (t->table != NULL && t->shape != SHAPE_NAMES) {
		retrieve_sql_rows(&sql, t);
		s->rows = keep(&sql);
	}
	if (t->texts != NULL) {
		put_texts(&sql, t);
		s->texts = keep(&sql);
		retrieve_sql_texts(&sql, t);
		s->words = keep(&sql);
	}
	buf_free(&sql);
}

const struct table_sql *
table_sql(const struct table *t)
{
	static struct {
		const struct table *table;
		struct table_sql sql;
	} made[TABLES_MAX];
	size_t i = 0;

	while (i < TABLES_MAX && made[i].table != NULL && made[i].table != t)
		i++;
	if (i == TABLES_MAX)
		abort();
	if (made[i].table == NULL) {
		made[i].table = t;
		make(&made[i].sql, t);
	}
	return &made[i].sql;
}
