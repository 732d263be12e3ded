#ifndef CLI_PLACE_H
#define CLI_PLACE_H

#include "data/db.h"

/*
 * Where a command finds its things: the data directory, which is the site's,
 * and the share directory, which is the program's.  Paths that are returned
 * live until the process ends.
 */

/* The data directory: what was given, else $MUTUA_DATA, else "var". */
const char *place_data(const char *given);

/*
 * The directory of schema/, assets/, conf/ and content/: what was given, else
 * $MUTUA_SHARE, else beside the program's own directory (../, ../share/mutua),
 * else the current one.  NULL, after a message, if there is none.
 */
const char *place_share(const char *given);

/* dir/name, for both. */
char *place_in(const char *dir, const char *name);

/* The path without links and dots; itself if there is nothing there. */
const char *place_real(const char *path);

/* The path of a file that lies beside the program. */
const char *place_program(const char *name);

/*
 * Say that reading or writing data's database failed, how, and what follows
 * from it ("; nothing was loaded", or ""); and what helps.
 */
void place_failed(const char *data, const struct db *, const char *so);

/*
 * Open data's database, if it is there and sound enough to be read.  NULL
 * after saying what is wrong.
 */
struct db *place_open(const char *data, enum db_mode);

/*
 * Have data's state.db, by share's schema/state: made if it is not there,
 * brought up to date if it is older.  False after saying what is wrong.
 */
bool place_state(const char *data, const char *share);

/* The same as place_open(), and only if its schema is share's: not older, not
 * newer.  To write, state.db is there too. */
struct db *place_open_current(const char *data, const char *share,
    enum db_mode);

#endif
