#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/command.h"
#include "cli/place.h"
#include "data/migrate.h"

static struct arena paths;

char *
place_in(const char *dir, const char *name)
{
	return arena_printf(&paths, "%s/%s", dir, name);
}

const char *
place_data(const char *given)
{
	const char *set = getenv("MUTUA_DATA");

	if (given != NULL)
		return given;
	return set != NULL && *set != '\0' ? set : "var";
}

static bool
is_share(const char *dir)
{
	return access(place_in(dir, "schema/001-records.sql"), R_OK) == 0;
}

const char *
place_real(const char *path)
{
	char *real = realpath(path, NULL);
	const char *kept;

	if (real == NULL)
		return path;
	kept = arena_keep(&paths, real, strlen(real));
	free(real);
	return kept;
}

const char *
place_program(const char *name)
{
	const char *self = place_real("/proc/self/exe");

	return arena_printf(&paths, "%.*s/%s", (int)(strrchr(self, '/') - self),
	    self, name);
}

/* Beside the program: where it was built, or where it was installed. */
static const char *
beside_program(void)
{
	const char *built = place_real(place_program(".."));
	const char *installed = place_real(place_program("../share/mutua"));

	return is_share(built) ? built : is_share(installed) ? installed : NULL;
}

const char *
place_share(const char *given)
{
	const char *set = getenv("MUTUA_SHARE"), *dir;

	if (given == NULL && set != NULL && *set != '\0')
		given = set;
	if (given != NULL) {
		if (is_share(given))
			return place_real(given);
		complain("%s: no schema/ there; --share takes the directory "
			 "that holds schema, assets and conf",
		    given);
		return NULL;
	}
	dir = beside_program();
	if (dir == NULL && is_share("."))
		dir = place_real(".");
	if (dir == NULL)
		complain("can't find schema, assets and conf; say where they "
			 "are with --share DIR");
	return dir;
}

/* Is there a file that begins like a database?  If not, says so. */
static bool
looks_like_database(const char *path)
{
	char head[16] = "";
	FILE *f = fopen(path, "rb");

	if (f == NULL) {
		if (errno == ENOENT)
			complain(
			    "%s: no database there; 'mutua init' makes one",
			    path);
		else
			complain("%s: %s", path, strerror(errno));
		return false;
	}
	if (fread(head, 1, sizeof(head), f) == sizeof(head) &&
	    memcmp(head, "SQLite format 3", sizeof(head)) == 0) {
		fclose(f);
		return true;
	}
	complain(ftell(f) == 0
		? "%s: an empty file, not a database; put back a copy of it, or "
		  "remove it and let 'mutua init' make another"
		: "%s: not a database, or one whose beginning is damaged; put "
		  "back a copy of it",
	    path);
	fclose(f);
	return false;
}

static bool
is_directory(const char *path)
{
	struct stat st;

	if (stat(path, &st) == -1) {
		if (errno == ENOENT)
			complain("%s: no such directory; 'mutua init --data "
				 "%s' makes it",
			    path, path);
		else
			complain("%s: %s", path, strerror(errno));
		return false;
	}
	if (S_ISDIR(st.st_mode))
		return true;
	complain("%s: not a directory", path);
	return false;
}

/* A full disk has many ways to show: even reading takes some room. */
static bool
is_full(const char *data)
{
	struct statvfs fs;

	return statvfs(data, &fs) == 0 && fs.f_bavail * fs.f_frsize < 65536;
}

/* Say it of one of the two databases. */
static void
say_failed(const char *data, const char *name, const struct db *db,
    const char *so)
{
	static const char *const what[] = {
		[DB_SOUND] = "",
		[DB_DAMAGED] = "damaged",
		[DB_FULL] = "no room left on its disk",
		[DB_BUSY] = "in use",
		[DB_CLOSED] = "this user may not write it, or its directory",
		[DB_UNREADABLE] = "can't be read or written",
		[DB_MISTAKE] = "an error in the program, or damage",
	};
	enum db_fault fault = db_fault(db);

	if (fault == DB_UNREADABLE && is_full(data))
		fault = DB_FULL;
	complain("%s: %s (%s)%s", place_in(data, name), what[fault],
	    db_error(db), so);
	if (fault == DB_DAMAGED)
		complain("stop the site, remove %s-wal and %s-shm, and put "
			 "back a copy of %s",
		    name, name, name);
	if (fault == DB_MISTAKE)
		complain("in: %s", db_failed_at(db));
}

void
place_failed(const char *data, const struct db *db, const char *so)
{
	say_failed(data, "mutua.db", db, so);
}

struct db *
place_open(const char *data, enum db_mode mode)
{
	const char *path = place_in(data, "mutua.db");
	struct db *db;

	if (!is_directory(data) || !looks_like_database(path))
		return NULL;
	db = db_open(path, mode);
	db_number(db_restart(db_query(db,
		      "SELECT count(*) FROM sqlite_schema")),
	    0);
	if (!db_failed(db))
		return db;
	place_failed(data, db, "");
	db_close(db);
	return NULL;
}

bool
place_state(const char *data, const char *share)
{
	const char *schema = place_in(share, "schema/state");
	const char *path = place_in(data, "state.db");
	struct db *db = db_open(path, DB_CREATE);
	struct buf why = { 0 };
	bool good = !db_failed(db) && migrate(db, schema, &why);
	enum db_fault fault = db_fault(db);

	/* only of a mistake does the migration know more than the database */
	if (!good && why.len > 0 && (fault == DB_SOUND || fault == DB_MISTAKE))
		complain_lines(buf_text(&why));
	else if (!good)
		say_failed(data, "state.db", db, "");
	buf_free(&why);
	db_close(db);
	return good;
}

struct db *
place_open_current(const char *data, const char *share, enum db_mode mode)
{
	const char *schema = place_in(share, "schema");
	const char *path = place_in(data, "mutua.db");
	struct buf why = { 0 };
	struct db *db;

	if (mode == DB_WRITE && access(path, F_OK) == 0 &&
	    !place_state(data, share))
		return NULL;
	db = place_open(data, mode);
	if (db == NULL || migrate_is_current(db, schema))
		return db;
	if (migrate_is_newer(db, schema, &why) || why.len > 0)
		complain_lines(buf_text(&why));
	else
		complain("%s: its schema is older than this program; 'mutua "
			 "init --data %s' brings it up to date",
		    path, data);
	buf_free(&why);
	db_close(db);
	return NULL;
}
