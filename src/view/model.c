#include <assert.h>
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

static struct cell
in_row(const struct query *row, const char *name)
{
	int column = db_column(row, name);

	return column != -1 ? db_cell(row, column)
			    : (struct cell){ .text = "" };
}

struct cell
model_cell(const struct model *m, const char *name)
{
	const struct value *v;

	for (size_t i = m->nrow; i-- > 0;) {
		struct cell c = in_row(m->row[i], name);

		if (c.type != CELL_NONE)
			return c;
	}
	v = model_find(m, name);
	return v != NULL && v->rows == NULL ? v->cell
					    : (struct cell){ .text = "" };
}

struct cell
scope_lookup(const void *ctx, const char *name)
{
	const struct scope *s;

	for (s = ctx; s->outer != NULL; s = s->outer) {
		struct cell c = in_row(s->row, name);

		if (c.type != CELL_NONE)
			return c;
	}
	return model_cell(s->model, name);
}

static struct value *
add(struct model *m, const char *name)
{
	assert(m->n < MODEL_VALUES);
	m->values[m->n] = (struct value){ .name = name, .within = "" };
	return &m->values[m->n++];
}

void
model_text(struct model *m, const char *name, const char *text)
{
	add(m, name)->cell = (struct cell){ CELL_TEXT, text, strlen(text) };
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
}

bool
model_row(struct model *m, struct query *q)
{
	assert(m->nrow < MODEL_ROWS);
	db_start(q, scope_lookup, &(struct scope){ .model = m });
	if (!db_next(q))
		return false;
	m->row[m->nrow++] = q;
	return true;
}
