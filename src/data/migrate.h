#ifndef DATA_MIGRATE_H
#define DATA_MIGRATE_H

#include <stdbool.h>

#include "base/buf.h"
#include "data/db.h"

/*
 * Bring a database to the state that schema/ describes.
 *
 * NNN-*.sql are applied once each, in order and forward only; user_version
 * is the last one's number.  The views are made anew whenever views.sql has
 * changed.  All of it is one transaction; on a database that is current it
 * is none.
 */

/* False after saying why, a line each; the database is then as it was. */
bool migrate(struct db *, const char *schema, struct buf *why);

/* Was it made by a newer program, with a schema that is not ours to touch?
 * Then why gets a line that says so. */
bool migrate_is_newer(struct db *, const char *schema, struct buf *why);

/* Is there nothing to do? */
bool migrate_is_current(struct db *, const char *schema);

#endif
