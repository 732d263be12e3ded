/*
 * Statements: prepared once for each place in the program that uses them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/db.h"
#include "data/db_own.h"

#include <sqlite3.h>

/* A statement is known by the address of its literal: one per call site. */
static struct query **
slot_of(struct db *db, const char *sql)
{
	size_t i = ((uintptr_t)sql * 0x9e3779b97f4a7c15u) >> 54;

	while (db->queries[i % DB_SLOTS] != NULL &&
	    db->queries[i % DB_SLOTS]->sql != sql)
		i++;
	return &db->queries[i % DB_SLOTS];
}

struct query *
db_prepare(struct db *db, const char *sql)
{
	struct query **slot = slot_of(db, sql), *q = *slot;

	if (q == NULL) {
		q = *slot = calloc(1, sizeof(*q));
		if (q == NULL)
			abort();
		*q = (struct query){ .db = db, .sql = sql };
	}
	if (q->stmt == NULL &&
	    sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
		&q->stmt, NULL) != SQLITE_OK)
		db_fail(db, sql);
	return q;
}

struct query *
db_restart(struct query *q)
{
	if (q->stmt == NULL)
		return q; /* its fault is noted */
	sqlite3_reset(q->stmt);
	sqlite3_clear_bindings(q->stmt);
	q->nrows = 0;
	q->open = true;
	return q;
}

static int
bind_cell(struct query *q, int i, struct cell c)
{
	switch (c.type) {
	case CELL_NULL:
		return sqlite3_bind_null(q->stmt, i);
	case CELL_NUMBER:
		if (strchr(c.text, '.') != NULL)
			return sqlite3_bind_double(q->stmt, i,
			    strtod(c.text, NULL));
		return sqlite3_bind_int64(q->stmt, i,
		    strtoll(c.text, NULL, 10));
	case CELL_TEXT:
		return sqlite3_bind_text(q->stmt, i, c.text, (int)c.len,
		    SQLITE_TRANSIENT);
	default:
		return SQLITE_MISUSE;
	}
}

void
db_start(struct query *q, db_lookup *lookup, const void *ctx)
{
	int n = sqlite3_bind_parameter_count(q->stmt);

	db_restart(q);
	for (int i = 1; i <= n; i++) {
		const char *name = sqlite3_bind_parameter_name(q->stmt, i);

		if (bind_cell(q, i, lookup(ctx, name + 1)) == SQLITE_OK)
			continue;
		fprintf(stderr, "db: nothing is named %s\n", name + 1);
		db_fail(q->db, q->sql);
	}
}

/* The number of the parameter called name; asserts that there is one. */
static int
parameter(struct query *q, const char *name)
{
	char full[64] = ":";
	size_t len = strnlen(name, sizeof(full) - 2);
	int i;

	memcpy(full + 1, name, len);
	full[len + 1] = '\0';
	i = sqlite3_bind_parameter_index(q->stmt, full);
	if (i == 0 && q->stmt != NULL) {
		fprintf(stderr, "db: no parameter %s\n", full);
		db_fail(q->db, q->sql);
	}
	return i;
}

void
db_set_text(struct query *q, const char *name, const char *s)
{
	sqlite3_bind_text(q->stmt, parameter(q, name), s, -1, SQLITE_TRANSIENT);
}

void
db_set_int(struct query *q, const char *name, int64_t n)
{
	sqlite3_bind_int64(q->stmt, parameter(q, name), n);
}

void
db_set_real(struct query *q, const char *name, double n)
{
	sqlite3_bind_double(q->stmt, parameter(q, name), n);
}

static bool
step(struct query *q, bool *violated)
{
	int rc;

	if (q->db->failed || q->stmt == NULL)
		return false;
	rc = sqlite3_step(q->stmt);
	if (rc == SQLITE_ROW) {
		q->nrows++;
		return true;
	}
	if (rc == SQLITE_CONSTRAINT && violated != NULL)
		*violated = true;
	else if (rc != SQLITE_DONE)
		db_fail(q->db, q->sql);
	sqlite3_reset(q->stmt);
	return false;
}

bool
db_next(struct query *q)
{
	return step(q, NULL);
}

bool
db_run(struct query *q)
{
	bool violated = false;

	while (step(q, &violated))
		;
	return !violated && !q->db->failed;
}

size_t
db_rows(const struct query *q)
{
	return q->nrows;
}

int
db_columns(const struct query *q)
{
	return sqlite3_column_count(q->stmt);
}

const char *
db_column_name(const struct query *q, int column)
{
	return sqlite3_column_name(q->stmt, column);
}

int
db_column(const struct query *q, const char *name)
{
	for (int i = sqlite3_column_count(q->stmt) - 1; i >= 0; i--)
		if (strcmp(sqlite3_column_name(q->stmt, i), name) == 0)
			return i;
	return -1;
}

struct cell
db_cell(const struct query *q, int column)
{
	int type = sqlite3_column_type(q->stmt, column);
	const char *s;

	if (type == SQLITE_NULL)
		return (struct cell){ .type = CELL_NULL, .text = "" };
	s = (const char *)sqlite3_column_text(q->stmt, column);
	return (struct cell){
		.type = type == SQLITE_TEXT ? CELL_TEXT : CELL_NUMBER,
		.text = s != NULL ? s : "",
		.len = (size_t)sqlite3_column_bytes(q->stmt, column),
	};
}

const char *
db_text(const struct query *q, int column)
{
	return db_cell(q, column).text;
}

int64_t
db_int(const struct query *q, int column)
{
	return sqlite3_column_int64(q->stmt, column);
}

double
db_real(const struct query *q, int column)
{
	return sqlite3_column_double(q->stmt, column);
}

int64_t
db_number(struct query *q, int64_t otherwise)
{
	int64_t n = db_next(q) ? db_int(q, 0) : otherwise;

	sqlite3_reset(q->stmt);
	return n;
}

bool
db_bytes(struct query *q, unsigned char *to, size_t len)
{
	bool good =
	    db_next(q) && (size_t)sqlite3_column_bytes(q->stmt, 0) == len;

	if (good)
		memcpy(to, sqlite3_column_blob(q->stmt, 0), len);
	sqlite3_reset(q->stmt);
	return good;
}

int64_t
db_last_id(struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}
