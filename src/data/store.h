#ifndef DATA_STORE_H
#define DATA_STORE_H

#include "data/check.h"

/*
 * Records from trees into tables, driven by the descriptions of kind.h.
 *
 * The caller holds the transaction and has checked the tree.  Rows come
 * first (store_row), for all records, so that they may name each other; then
 * what is in them (store_record).
 */
enum stored { STORED_SAME, STORED_ADDED, STORED_CHANGED };

/* The id of a record, its row made now if it is new; entry says how it came
 * in, as in schema/. */
int64_t store_row(struct db *, const struct kind *, const struct node *record,
    const char *entry);

/*
 * Store what a record's tree says, unless the database has just that
 * already: add or replace its texts and lists, and keep a revision with the
 * comment.  What the tables refuse is a fault of the check.
 *
 * The caller indexes what was added or changed (index.h), best many records
 * in a row: FTS5 gathers words in memory until any other table is written.
 */
enum stored store_record(struct check *, const struct kind *,
    const struct node *, int64_t id, const char *comment);

#endif
