#ifndef DATA_DB_OWN_H
#define DATA_DB_OWN_H

#include "base/buf.h"
#include "data/db.h"

/*
 * What db.c, a connection, and query.c, its statements, share.  Nobody else
 * looks inside.
 */
struct sqlite3_stmt;

enum { DB_SLOTS = 1024 }; /* call sites a program may have; a power of two */

struct query {
	struct db *db;
	const char *sql;
	struct sqlite3_stmt *stmt;
	size_t nrows;
	bool open;
};

struct db {
	struct sqlite3 *handle;
	struct query *queries[DB_SLOTS];
	struct buf error;
	struct buf where; /* the statement that failed first */
	enum db_fault fault;
	bool failed;
	int lock;       /* file that writers hold in turn, or -1 */
	int64_t latest; /* in milliseconds; 0 is no limit */
	bool late;
	const struct db *lender; /* of parts, or NULL */
	struct {
		void *data;
		void (*end)(void *);
	} parts[DB_PARTS];
};

/* Remember, and log, what SQLite says of a statement or file. */
void db_fail(struct db *, const char *what);

#endif
