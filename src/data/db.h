#ifndef DATA_DB_H
#define DATA_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One SQLite connection and the statements prepared on it.
 *
 * SQL is written as a string literal at the place that uses it: db_query()
 * takes nothing else, so no input can become part of a statement.  Values
 * reach it by name: db_start() binds ":slug" to what a lookup answers for
 * "slug"; db_set_*() bind one by one.
 *
 * A query is borrowed until db_release(), which ends every open one.  The
 * first failure is logged and remembered; from then on queries yield no rows
 * and one call of db_failed(), at the end, tells what happened.  Only a
 * constraint that a write violates is returned to the caller.
 */
struct db;
struct query;
struct sqlite3;

/* A value.  NONE means that nothing has that name. */
struct cell {
	enum { CELL_NONE, CELL_NULL, CELL_NUMBER, CELL_TEXT } type;
	const char *text; /* never NULL; "" for NULL and NONE */
	size_t len;
};

typedef struct cell db_lookup(const void *, const char *name);

enum db_mode { DB_READ, DB_WRITE, DB_CREATE };

/* Never NULL: what failed is logged, and told by db_failed().  To a mutua.db
 * the state.db beside it, if it is there, is attached as "state": one
 * transaction can write both. */
struct db *db_open(const char *path, enum db_mode);
void db_close(struct db *);

bool db_failed(const struct db *);

/* What the first failure was; "" if none. */
const char *db_error(const struct db *);

/* What kind of failure it was, and at which statement; a mistake is one in
 * the program, or what looks like it. */
enum db_fault {
	DB_SOUND,
	DB_DAMAGED,
	DB_FULL,   /* no room on the disk */
	DB_BUSY,   /* another process writes, or this query runs, too long */
	DB_CLOSED, /* the file, or its directory, may not be opened or written */
	DB_UNREADABLE, /* the disk says no */
	DB_MISTAKE
};
enum db_fault db_fault(const struct db *);
const char *db_failed_at(const struct db *);

/* Log no failures, in all of the process: for a program that tells its user
 * itself. */
void db_quiet(void);

/* End all open queries; forget a failure and a limit. */
void db_release(struct db *);

/* Let no query run later than so many milliseconds from now.  One that does
 * has failed, and db_late() tells why. */
void db_limit(struct db *, int milliseconds);
bool db_late(const struct db *);

/* For data/ alone: lift the limit, for work that is everybody's and not the
 * one query's; what was left of it is for setting it again. */
int64_t db_lift_limit(struct db *);
void db_set_limit(struct db *, int64_t left);

/* For data/ alone: what is SQLite's own. */
struct sqlite3 *db_handle(struct db *);

/* For data/ alone: what a module keeps with a connection, NULL at first.
 * db_close() ends it, before the connection. */
enum db_part { DB_PART_WORDS, DB_PART_CATALOGUE, DB_PART_HOLDINGS, DB_PARTS };
void *db_part(const struct db *, enum db_part);
void db_keep_part(struct db *, enum db_part, void *, void (*end)(void *));

/* Have another connection to the same database keep it for this one: so held()
 * and newest() in SQL tell, and remember, nothing of what this one has written
 * and not committed.  NULL ends it. */
void db_borrow(struct db *, const struct db *lender);

/* How much work all statements have been so far, in steps of SQLite's
 * machine: what two of them cost can be compared, on any computer. */
int64_t db_steps(const struct db *);

/* How often any of them was prepared again, as after a change of the schema. */
int64_t db_prepared_again(const struct db *);

/* Changes whenever another connection has changed the database. */
int64_t db_version(struct db *);

/* Run statements that are part of the program (schema/, literals). */
bool db_script(struct db *, const char *sql);

/* A short write transaction; other processes' wait in turn for up to ten
 * seconds, or so long.  db_commit() says whether it is on disk; what has
 * changed gets its datestamp then (data/stamp.h). */
bool db_begin(struct db *);
bool db_begin_within(struct db *, int milliseconds);
bool db_commit(struct db *);
void db_rollback(struct db *);

#define db_query(db, sql) db_prepare((db), "" sql "")
struct query *db_prepare(struct db *, const char *);

/* (Re)start a query, binding every name in it. */
void db_start(struct query *, db_lookup *, const void *);

/* (Re)start a query, to be bound by the calls that follow; unbound is NULL. */
struct query *db_restart(struct query *);
void db_set_text(struct query *, const char *name, const char *);
void db_set_int(struct query *, const char *name, int64_t);
void db_set_real(struct query *, const char *name, double);

/* The next row, if there is one. */
bool db_next(struct query *);

/* Run to the end.  False if a constraint forbade it (or storage failed). */
bool db_run(struct query *);

/* How many rows it has given since its start. */
size_t db_rows(const struct query *);

/* Columns of the current row, good until the next one; -1 is no column. */
int db_columns(const struct query *);
const char *db_column_name(const struct query *, int column);
int db_column(const struct query *, const char *name);
struct cell db_cell(const struct query *, int column);
const char *db_text(const struct query *, int column);
int64_t db_int(const struct query *, int column);
double db_real(const struct query *, int column);

/* The number in the first column of the first row, or otherwise. */
int64_t db_number(struct query *, int64_t otherwise);

/* Exactly so many bytes of the first column of the first row; false if it has
 * other than that. */
bool db_bytes(struct query *, unsigned char *, size_t);

/* The id of the row last inserted. */
int64_t db_last_id(struct db *);

#endif
