#ifndef VIEW_MODEL_H
#define VIEW_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

/*
 * What one page shows: values and queries by name.
 *
 * The same model becomes HTML (view/tmpl), JSON (view/json), CSV (view/csv)
 * and feeds (view/feed).  It owns nothing: names and texts must live as long
 * as the page, queries until db_release().  Queries run when they are shown;
 * their parameters are names of the model and of the rows around them.
 */
enum { MODEL_VALUES = 192, MODEL_ROWS = 16 };

struct value {
	const char *name;
	const char *within; /* rows: the name of the rows around them, or "" */
	struct cell cell;
	struct query *rows; /* or NULL, and then the cell counts */
};

struct model {
	struct value values[MODEL_VALUES];
	size_t n;
	size_t frame; /* the first so many are the site's, not the page's */
	struct query *row[MODEL_ROWS]; /* their columns are names too */
	size_t nrow;
	uint64_t shape; /* models of one shape have the same names in order */
};

void model_text(struct model *, const char *name, const char *text);
void model_number(struct model *, const char *name, const char *digits);

/* Say something else under a name that is there, in its place. */
void model_change(struct model *, const char *name, const char *text);

/* Rows by name; within is the name of rows they stand in, or "". */
void model_rows(struct model *, const char *name, const char *within,
    struct query *);

/* Run a query for one row, and let its columns be names in the model. */
bool model_row(struct model *, struct query *);

/* What a name means in the model alone. */
const struct value *model_find(const struct model *, const char *name);
struct cell model_cell(const struct model *, const char *name);

/* Takes one row; n were before it. */
typedef void model_taker(void *ctx, const struct query *row, size_t n);

/*
 * Have each row of that name taken, in the order of the rows it stands within,
 * if it does.  False if the model has no such rows.
 */
bool model_each(const struct model *, const char *name, model_taker *,
    void *ctx);

/* Rows in progress, innermost first; the outermost has no row. */
struct scope {
	const struct query *row;
	const struct scope *outer;
	const struct model *model;
};

/*
 * Where a name is found: a column of the row so many scopes out or of that row
 * of the model, or that value of it.  It holds for any scope with the same
 * queries around it and a model of the same shape.
 */
struct where {
	enum { NOWHERE, COLUMN, ROW_COLUMN, MODEL_VALUE } kind;
	int row;
	int index;
};

struct where scope_find(const struct scope *, const char *name);
struct cell scope_cell(const struct scope *, struct where);

/* What a name means here.  A db_lookup; the context is a struct scope. */
struct cell scope_lookup(const void *ctx, const char *name);

#endif
