#ifndef DATA_STORE_SQL_H
#define DATA_STORE_SQL_H

#include "data/kind.h"

/*
 * The statements that store and read a table's rows, made from its description once
 * and kept for ever, as literals are.  Parameters are called like columns.
 */
struct table_sql {
	const char *insert; /* a row: :<parent>, :place, :record, fields */
	const char *texts;  /* its words in one language, or NULL */
	const char *clear;  /* what belongs to :<parent> */
	const char *rows;   /* what belongs to :id, by retrieve_sql.h */
	const char *words;  /* its words in all languages, or NULL */
};

const struct table_sql *table_sql(const struct table *);

#endif
