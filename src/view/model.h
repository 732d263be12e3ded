#ifndef VIEW_MODEL_H
#define VIEW_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "data/db.h"

/*
 * What one page shows: values and queries by name.
 *
 * The same model becomes HTML (view/tmpl), JSON (view/json), CSV (view/csv)
 * and feeds (view/feed).  It owns nothing: names and texts must live as long
 * as the page, queries until db_release().  Queries run when they are shown;
 * their parameters are names of the model and of the rows around them.
 */
enum { MODEL_VALUES = 64, MODEL_ROWS = 8 };

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
};

void model_text(struct model *, const char *name, const char *text);
void model_number(struct model *, const char *name, const char *digits);

/* Rows by name; within is the name of rows they stand in, or "". */
void model_rows(struct model *, const char *name, const char *within,
    struct query *);

/* Run a query for one row, and let its columns be names in the model. */
bool model_row(struct model *, struct query *);

/* What a name means in the model alone. */
const struct value *model_find(const struct model *, const char *name);
struct cell model_cell(const struct model *, const char *name);

/* Rows in progress, innermost first; the outermost has no row. */
struct scope {
	const struct query *row;
	const struct scope *outer;
	const struct model *model;
};

/* What a name means here.  A db_lookup; the context is a struct scope. */
struct cell scope_lookup(const void *scope, const char *name);

#endif
