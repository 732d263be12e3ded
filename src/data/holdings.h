#ifndef DATA_HOLDINGS_H
#define DATA_HOLDINGS_H

#include <stdbool.h>

#include "data/db.h"

/*
 * How many published records there are of what, and which are the newest:
 * for pages that show no more than that, and should not look at every record
 * for it.  SQL on a connection has them as functions:
 *
 *	held(kind)
 *	held(kind, facet, value)
 *		how many; of all kinds together if kind is NULL
 *	newest(kind, most)
 *	newest(kind, most, facet, value)
 *		the ids of so many, of all if most is NULL, the newest first
 *		and without what has expired,
 *		as a JSON array: join it by json_each(), whose key is the
 *		place and whose value the id
 *
 * Both are answered from the catalogue, in memory; what an answer is made of
 * is made anew when it is first asked for after something has changed.
 */

/* Prepare a connection; for db_open(), after search_register(). */
bool holdings_register(struct db *);

#endif
