#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/hash.h"
#include "data/index.h"
#include "data/migrate.h"
#include "data/yaml.h"

#include <sqlite3.h>

enum { FILES_MAX = 999 };

/* schema/ as it was read: the migrations in order, and the views. */
struct schema {
	struct arena arena;
	const char *names[FILES_MAX];
	size_t n;
	struct buf views;
	bool has_views;  /* of state.db there are none, nor an index */
	char digest[17]; /* of the views */
};

static int
is_migration(const struct dirent *e)
{
	size_t len = strlen(e->d_name);

	return strspn(e->d_name, "0123456789") == 3 && e->d_name[3] == '-' &&
	    len > 4 && strcmp(e->d_name + len - 4, ".sql") == 0;
}

static int64_t
number_of(const char *name)
{
	return strtoll(name, NULL, 10);
}

static bool
list_files(struct schema *s, const char *dir, struct buf *why)
{
	struct dirent **found;
	int n = scandir(dir, &found, is_migration, alphasort);

	for (int i = 0; i < n; i++) {
		if (s->n < FILES_MAX)
			s->names[s->n++] = arena_keep(&s->arena,
			    found[i]->d_name, strlen(found[i]->d_name));
		free(found[i]);
	}
	if (n > 0) {
		free(found);
		return true;
	}
	buf_printf(why, "%s: %s\n", dir,
	    n == 0 ? "no schema there" : strerror(errno));
	return false;
}

static bool
schema_open(struct schema *s, const char *dir, struct buf *why)
{
	const char *views;

	*s = (struct schema){ 0 };
	if (!list_files(s, dir, why))
		return false;
	views = arena_printf(&s->arena, "%s/views.sql", dir);
	s->has_views = access(views, F_OK) == 0;
	if (s->has_views && !file_read(&s->views, views, why))
		return false;
	snprintf(s->digest, sizeof(s->digest), "%016" PRIx64,
	    hash_bytes(buf_text(&s->views), s->views.len));
	return true;
}

static void
schema_close(struct schema *s)
{
	buf_free(&s->views);
	arena_free(&s->arena);
}

static int64_t
version(struct db *db)
{
	return db_number(db_restart(db_query(db, "PRAGMA user_version")), 0);
}

/* Is all of the schema there? */
static bool
is_there(struct db *db, const struct schema *s)
{
	struct query *q;

	if (version(db) < number_of(s->names[s->n - 1]))
		return false;
	if (!s->has_views)
		return true;
	q = db_restart(db_query(db,
	    "SELECT count(*) FROM view_version WHERE digest = :digest"));
	db_set_text(q, "digest", s->digest);
	return db_number(q, 0) == 1;
}

static bool
apply(struct db *db, const char *dir, const char *name, struct buf *why)
{
	char path[4096], pragma[64];
	struct buf sql = { 0 };
	bool good;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	snprintf(pragma, sizeof(pragma), "PRAGMA user_version = %d;",
	    (int)number_of(name));
	good = file_read(&sql, path, why) && db_script(db, buf_text(&sql)) &&
	    db_script(db, pragma);
	buf_free(&sql);
	if (!good && db_failed(db))
		buf_printf(why, "%s: %s\n", path, db_error(db));
	return good;
}

/* All views are views.sql's: drop whatever an older version of it made. */
static bool
drop_views(struct db *db)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT name FROM sqlite_schema WHERE type = 'view'"));
	struct buf drop = { 0 };
	bool good;

	while (db_next(q)) {
		char *one = sqlite3_mprintf("DROP VIEW \"%w\";", db_text(q, 0));

		buf_puts(&drop, one != NULL ? one : "");
		sqlite3_free(one);
	}
	good = db_script(db, buf_text(&drop));
	buf_free(&drop);
	return good;
}

static bool
make_views(struct db *db, const char *dir, const struct schema *s,
    struct buf *why)
{
	struct query *q;

	if (drop_views(db) && db_script(db, buf_text(&s->views)) &&
	    db_script(db, "DELETE FROM view_version")) {
		q = db_restart(db_query(db,
		    "INSERT INTO view_version (digest) VALUES (:digest)"));
		db_set_text(q, "digest", s->digest);
		if (db_run(q))
			return true;
	}
	buf_printf(why, "%s/views.sql: %s\n", dir, db_error(db));
	return false;
}

static bool
bring_up(struct db *db, const char *dir, const struct schema *s,
    struct buf *why)
{
	for (size_t i = 0; i < s->n; i++)
		if (number_of(s->names[i]) > version(db) &&
		    !apply(db, dir, s->names[i], why))
			return false;
	if (!s->has_views)
		return true;
	if (!is_there(db, s) && !make_views(db, dir, s, why))
		return false;
	if (index_create(db))
		return true;
	buf_printf(why, "search index: %s\n", db_error(db));
	return false;
}

/* A newer program's database is not ours to touch. */
static bool
is_newer(struct db *db, const struct schema *s, struct buf *why)
{
	int64_t ours = number_of(s->names[s->n - 1]), theirs = version(db);

	if (theirs <= ours)
		return false;
	buf_printf(why,
	    "the database was made by a newer program (schema %" PRId64
	    ", this program knows %" PRId64 ")\n",
	    theirs, ours);
	return true;
}

bool
migrate(struct db *db, const char *dir, struct buf *why)
{
	struct schema s;
	bool good = schema_open(&s, dir, why) && !is_newer(db, &s, why);

	if (good && !is_there(db, &s)) {
		good =
		    db_begin(db) && bring_up(db, dir, &s, why) && db_commit(db);
		if (db_failed(db) && why->len == 0)
			buf_printf(why, "%s\n", db_error(db));
		if (!good)
			db_rollback(db);
	}
	schema_close(&s);
	return good;
}

bool
migrate_is_newer(struct db *db, const char *dir, struct buf *why)
{
	struct schema s;
	bool newer = schema_open(&s, dir, why) && is_newer(db, &s, why);

	schema_close(&s);
	return newer;
}

bool
migrate_is_current(struct db *db, const char *dir)
{
	struct buf ignored = { 0 };
	struct schema s;
	bool current = schema_open(&s, dir, &ignored) &&
	    version(db) == number_of(s.names[s.n - 1]) && is_there(db, &s);

	schema_close(&s);
	buf_free(&ignored);
	return current;
}
