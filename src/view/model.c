#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "view/model.h"

const struct value *
model_find(const struct model *m, const char *name)
{
	for (size_t i = m->n; i-- > 0;)
		if (strcmp(m->values[i].name, name) == 0)
			return &m->values[i];
	return NULL;
}

static struct where
find_in_model(const struct model *m, const char *name)
{
	const struct value *v;

	for (size_t i = m->nrow; i-- > 0;) {
		int column = db_column(m->row[i], name);

		if (column != -1)
			return (struct where){ ROW_COLUMN, (int)i, column };
	}
	v = model_find(m, name);
	if (v != NULL && v->rows == NULL)
		return (struct where){ MODEL_VALUE, 0, (int)(v - m->values) };
	return (struct where){ NOWHERE, 0, 0 };
}

struct where
scope_find(const struct scope *s, const char *name)
{
	for (int hops = 0; s->outer != NULL; s = s->outer, hops++) {
		int column = db_column(s->row, name);

		if (column != -1)
			return (struct where){ COLUMN, hops, column };
	}
	return find_in_model(s->model, name);
}

struct cell
scope_cell(const struct scope *s, struct where w)
{
	switch (w.kind) {
	case COLUMN:
		for (int hops = w.row; hops > 0; hops--)
			s = s->outer;
		return db_cell(s->row, w.index);
	case ROW_COLUMN:
		return db_cell(s->model->row[w.row], w.index);
	case MODEL_VALUE:
		return s->model->values[w.index].cell;
	default:
		return (struct cell){ .text = "" };
	}
}

struct cell
model_cell(const struct model *m, const char *name)
{
	return scope_cell(&(struct scope){ .model = m },
	    find_in_model(m, name));
}

struct cell
scope_lookup(const void *ctx, const char *name)
{
	return scope_cell(ctx, scope_find(ctx, name));
}

/* Take what is added, and at which place, into the model's shape (FNV-1a). */
static void
reshape(struct model *m, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;
	uint64_t h = m->shape ^ (m->n << 8 | m->nrow);

	for (size_t i = 0; i < len; i++)
		h = (h ^ p[i]) * 0x100000001b3u;
	m->shape = (h ^ h >> 29) * 0xbf58476d1ce4e5b9u;
}

static struct value *
add(struct model *m, const char *name)
{
	assert(m->n < MODEL_VALUES);
	reshape(m, name, strlen(name));
	m->values[m->n] = (struct value){ .name = name, .within = "" };
	return &m->values[m->n++];
}

void
model_text(struct model *m, const char *name, const char *text)
{
	add(m, name)->cell = (struct cell){ CELL_TEXT, text, strlen(text) };
}

void
model_change(struct model *m, const char *name, const char *text)
{
	for (size_t i = m->n; i-- > 0;) {
		if (strcmp(m->values[i].name, name) != 0)
			continue;
		m->values[i].cell =
		    (struct cell){ CELL_TEXT, text, strlen(text) };
		return;
	}
}

void
model_number(struct model *m, const char *name, const char *digits)
{
	add(m, name)->cell =
	    (struct cell){ CELL_NUMBER, digits, strlen(digits) };
}

void
model_rows(struct model *m, const char *name, const char *within,
    struct query *rows)
{
	struct value *v = add(m, name);

	v->rows = rows;
	v->within = within;
	reshape(m, "rows", 4);
}

bool
model_row(struct model *m, struct query *q)
{
	uintptr_t address = (uintptr_t)q;

	assert(m->nrow < MODEL_ROWS);
	db_start(q, scope_lookup, &(struct scope){ .model = m });
	if (!db_next(q))
		return false;
	reshape(m, &address, sizeof(address));
	m->row[m->nrow++] = q;
	return true;
}

/* Rows in rows in rows: the innermost are level 0. */
enum { LEVELS = 4 };

struct taking {
	const struct value *levels[LEVELS];
	model_taker *take;
	void *ctx;
	size_t n; /* how many were taken */
};

static void
take_rows(struct taking *t, size_t level, const struct scope *around)
{
	struct query *rows = t->levels[level]->rows;
	struct scope row = {
		.row = rows, .outer = around, .model = around->model
	};

	db_start(rows, scope_lookup, around);
	while (db_next(rows))
		if (level == 0)
			t->take(t->ctx, rows, t->n++);
		else
			take_rows(t, level - 1, &row);
}

bool
model_each(const struct model *m, const char *name, model_taker *take,
    void *ctx)
{
	struct taking t = { .take = take, .ctx = ctx };
	size_t level = 0;

	for (;; level++) {
		const struct value *v = model_find(m, name);

		assert(level < LEVELS);
		if (v == NULL || v->rows == NULL)
			return false;
		t.levels[level] = v;
		if (*v->within == '\0')
			break;
		name = v->within;
	}
	take_rows(&t, level, &(struct scope){ .model = m });
	return true;
}
