#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "data/db.h"
#include "data/db_own.h"
#include "data/functions.h"
#include "data/here.h"
#include "data/holdings.h"
#include "data/lock.h"
#include "data/search.h"
#include "data/stamp.h"
#include "data/tokenizer.h"

#include <sqlite3.h>

enum {
	LATE_STEPS = 10000 /* of SQLite's machine between looks at the clock */
};

/* Set once, by a program whose commands tell what failed. */
static bool quiet;

void
db_quiet(void)
{
	quiet = true;
}

static void
fail_for(struct db *db, const char *what, const char *why, enum db_fault fault)
{
	if (!quiet)
		fprintf(stderr, "db: %s: %s\n", what, why);
	if (!db->failed) {
		buf_puts(&db->error, why);
		buf_puts(&db->where, what);
		db->fault = fault;
	}
	db->failed = true;
}

static enum db_fault
fault_of(int code)
{
	switch (code & 0xff) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return DB_DAMAGED;
	case SQLITE_FULL:
		return DB_FULL;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_INTERRUPT: /* it was late */
		return DB_BUSY;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
		return DB_CLOSED;
	case SQLITE_IOERR:
		return DB_UNREADABLE;
	default:
		return DB_MISTAKE;
	}
}

void
db_fail(struct db *db, const char *what)
{
	fail_for(db, what, sqlite3_errmsg(db->handle),
	    fault_of(sqlite3_errcode(db->handle)));
}

/* state.db beside mutua.db is there under the name "state". */
static void
attach_state(struct db *db, const char *path, enum db_mode mode)
{
	size_t len = strlen(path), name = strlen("mutua.db");
	struct buf state = { 0 };
	sqlite3_stmt *s = NULL;

	if (len < name || strcmp(path + len - name, "mutua.db") != 0)
		return;
	buf_put(&state, path, len - name);
	buf_puts(&state, "state.db");
	if (access(state.data, F_OK) == 0) {
		if (sqlite3_prepare_v2(db->handle, "ATTACH ?1 AS state", -1, &s,
			NULL) != SQLITE_OK ||
		    sqlite3_bind_text(s, 1, state.data, -1, SQLITE_TRANSIENT) !=
			SQLITE_OK ||
		    sqlite3_step(s) != SQLITE_DONE)
			db_fail(db, state.data);
		sqlite3_finalize(s);
		if (mode != DB_READ)
			db_script(db,
			    "PRAGMA state.journal_mode = WAL;"
			    "PRAGMA state.synchronous = FULL;");
	}
	buf_free(&state);
}

static void
set_up(struct db *db, const char *path, enum db_mode mode)
{
	static const char common[] = "PRAGMA foreign_keys = ON;"
				     "PRAGMA temp_store = MEMORY;"
				     "PRAGMA trusted_schema = OFF;"
				     "PRAGMA cell_size_check = ON;";

	sqlite3_busy_timeout(db->handle, 200);
	/* A value that is bound would have a statement planned anew, each time
	 * that one is, where a partial index is for some values only. */
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
	if (!db_script(db, common))
		return;
	attach_state(db, path, mode);
	if (mode == DB_READ) {
		sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
		    1, NULL);
		db_script(db, "PRAGMA query_only = ON;");
	} else {
		db_script(db,
		    "PRAGMA journal_mode = WAL;"
		    "PRAGMA synchronous = FULL;");
	}
}

/* Time worked, not waited: a busy machine does not make a query late. */
static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* SQLite asks now and then; true interrupts the query. */
static int
is_late(void *ctx)
{
	struct db *db = ctx;

	db->late = db->latest != 0 && now() > db->latest;
	return db->late;
}

void
db_limit(struct db *db, int milliseconds)
{
	db->latest = now() + milliseconds;
}

int64_t
db_lift_limit(struct db *db)
{
	int64_t left = db->latest != 0 ? db->latest - now() : INT64_MAX;

	db->latest = 0;
	return left;
}

void
db_set_limit(struct db *db, int64_t left)
{
	db->latest = left != INT64_MAX ? now() + left : 0;
}

bool
db_late(const struct db *db)
{
	return db->late;
}

struct db *
db_open(const char *path, enum db_mode mode)
{
	struct db *db = calloc(1, sizeof(*db));
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE;
	const char *vfs = strncmp(path, "./", 2) == 0 ? here_vfs() : NULL;

	if (db == NULL)
		abort();
	db->lock = -1;
	if (mode == DB_CREATE)
		flags |= SQLITE_OPEN_CREATE;
	/* Nobody asks how much memory SQLite has; counting it needs a lock. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (sqlite3_open_v2(path, &db->handle, flags, vfs) != SQLITE_OK ||
	    !functions_register(db->handle) ||
	    !tokenizer_register(db->handle) || !search_register(db) ||
	    !holdings_register(db)) {
		db_fail(db, path);
		return db;
	}
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_progress_handler(db->handle, LATE_STEPS, is_late, db);
	if (mode != DB_READ)
		db->lock = lock_open(path);
	set_up(db, path, mode);
	return db;
}

void
db_close(struct db *db)
{
	for (int i = 0; i < DB_PARTS; i++)
		if (db->parts[i].data != NULL)
			db->parts[i].end(db->parts[i].data);
	for (size_t i = 0; i < DB_SLOTS; i++) {
		if (db->queries[i] == NULL)
			continue;
		sqlite3_finalize(db->queries[i]->stmt);
		free(db->queries[i]);
	}
	lock_take(db->lock, LOCK_LONG); /* closing may checkpoint */
	sqlite3_close(db->handle);
	lock_close(db->lock);
	buf_free(&db->error);
	buf_free(&db->where);
	free(db);
}

bool
db_failed(const struct db *db)
{
	return db->failed;
}

const char *
db_error(const struct db *db)
{
	return buf_text(&db->error);
}

enum db_fault
db_fault(const struct db *db)
{
	return db->failed ? db->fault : DB_SOUND;
}

const char *
db_failed_at(const struct db *db)
{
	return buf_text(&db->where);
}

void
db_release(struct db *db)
{
	for (size_t i = 0; i < DB_SLOTS; i++) {
		struct query *q = db->queries[i];

		if (q == NULL || !q->open)
			continue;
		sqlite3_reset(q->stmt);
		sqlite3_clear_bindings(q->stmt);
		q->open = false;
	}
	db->failed = false;
	db->late = false;
	db->latest = 0;
	buf_clear(&db->error);
	buf_clear(&db->where);
}

struct sqlite3 *
db_handle(struct db *db)
{
	return db->handle;
}

void *
db_part(const struct db *db, enum db_part part)
{
	return (db->lender != NULL ? db->lender : db)->parts[part].data;
}

void
db_keep_part(struct db *db, enum db_part part, void *data, void (*end)(void *))
{
	db->parts[part].data = data;
	db->parts[part].end = end;
}

void
db_borrow(struct db *db, const struct db *lender)
{
	db->lender = lender;
}

static int64_t
sum(const struct db *db, int counter)
{
	sqlite3_stmt *s = NULL;
	int64_t n = 0;

	while ((s = sqlite3_next_stmt(db->handle, s)) != NULL)
		n += (uint32_t)sqlite3_stmt_status(s, counter, 0);
	return n;
}

int64_t
db_steps(const struct db *db)
{
	return sum(db, SQLITE_STMTSTATUS_VM_STEP);
}

int64_t
db_prepared_again(const struct db *db)
{
	return sum(db, SQLITE_STMTSTATUS_REPREPARE);
}

int64_t
db_version(struct db *db)
{
	return db_number(db_restart(db_query(db, "PRAGMA data_version")), -1);
}

bool
db_script(struct db *db, const char *sql)
{
	if (db->failed)
		return false;
	if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	db_fail(db, "script");
	return false;
}

bool
db_begin(struct db *db)
{
	return db_begin_within(db, LOCK_LONG);
}

bool
db_begin_within(struct db *db, int milliseconds)
{
	if (!lock_take(db->lock, milliseconds)) {
		fail_for(db, "lock", "another process is writing", DB_BUSY);
		return false;
	}
	if (db_script(db, "BEGIN IMMEDIATE"))
		return true;
	lock_leave(db->lock);
	return false;
}

bool
db_commit(struct db *db)
{
	stamp_changes(db);
	if (!db_script(db, "COMMIT"))
		return false;
	lock_leave(db->lock);
	return true;
}

void
db_rollback(struct db *db)
{
	db_release(db);
	if (sqlite3_get_autocommit(db->handle) == 0)
		db_script(db, "ROLLBACK");
	lock_leave(db->lock);
}
