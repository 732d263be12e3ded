#ifndef CLI_REGISTRY_H
#define CLI_REGISTRY_H

#include "base/arena.h"
#include "data/kind.h"

/*
 * A kind of record as tables that refer to each other: how the description of
 * the kind becomes CSV files, for writing them and for reading them.
 *
 * The first table has a row a record: its name (its slug), its fields, and its
 * lists of single values in one cell each (data/csv_read.h).  Each list of rows
 * is a table of its own; a row has the record's name, the numbers of the rows
 * it stands within, and its own number, "row".
 */
struct sheet_table {
	const struct kind *kind;
	const struct table *table;        /* NULL: the records themselves */
	const struct sheet_table *within; /* NULL: in the record */
	const char *file;                 /* "benefits" for benefits.csv */
	const char *path; /* "scheme.products.benefits", for labels */
	struct sheet_table *next;
};

/* All tables of a kind, those that others stand in first. */
struct sheet_table *registry_tables(struct arena *, const struct kind *);

/* What the number of the row is called in rows that stand within it. */
const char *registry_key(const struct table *);

/* One column after the other: keys, fields, lists of single values.  A field
 * of words is a column for each language: name__fr. */
struct column {
	const char *name;
	const char *path; /* of its label; NULL for a key */
	const struct field *field;
	const struct table *list; /* of single values */
	const char *lang;
	bool record; /* of all kinds: of record_table */
};
enum { REGISTRY_COLUMNS = 250 };
size_t registry_columns(struct arena *, const struct sheet_table *,
    const char *const *langs, struct column columns[REGISTRY_COLUMNS]);

#endif
