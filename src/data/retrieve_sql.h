#ifndef DATA_RETRIEVE_SQL_H
#define DATA_RETRIEVE_SQL_H

#include "base/buf.h"
#include "data/kind.h"

/*
 * The statements that read a table's rows, for table_sql().  Columns are in
 * the order of the fields that are no words; the first is the row's id, or 0
 * where it has none.
 */
void retrieve_sql_rows(struct buf *, const struct table *);

/* Its words in every language: lang, then the fields that are words. */
void retrieve_sql_texts(struct buf *, const struct table *);

#endif
