/*
 * mutua check: is the data what it should be?  Nothing is changed.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "cli/place.h"
#include "data/index.h"

/* Faults shown of a query; a damaged database has thousands. */
enum { SHOWN = 20 };

struct checking {
	const char *data;
	struct db *db;
};

typedef void find_faults(const struct checking *, struct buf *why);

/* Each row of a query is a fault: its columns, with spaces between. */
static void
put_rows(struct query *q, struct buf *why)
{
	for (int rows = 0; rows < SHOWN && db_next(q); rows++)
		for (int i = 0, n = db_columns(q); i < n; i++)
			buf_printf(why, "%s%c", db_text(q, i),
			    i + 1 < n ? ' ' : '\n');
}

static void
database(const struct checking *c, struct buf *why)
{
	struct query *q =
	    db_restart(db_query(c->db, "PRAGMA integrity_check(20)"));

	put_rows(q, why);
	if (strcmp(buf_text(why), "ok\n") == 0)
		buf_clear(why);
}

static void
references(const struct checking *c, struct buf *why)
{
	put_rows(db_restart(db_query(c->db,
		     "SELECT \"table\", 'row', rowid, 'names a', parent,"
		     " 'that is not there' FROM pragma_foreign_key_check")),
	    why);
}

/* Every published record has words, and a text for each language's reader. */
static void
records(const struct checking *c, struct buf *why)
{
	put_rows(db_restart(db_query(c->db,
		     "SELECT r.kind || '/' || r.slug, 'has no text to show in',"
		     " l.lang FROM record r CROSS JOIN language l"
		     " WHERE r.status = 'published' AND NOT EXISTS"
		     " (SELECT 1 FROM shown s WHERE s.record = r.id"
		     "  AND s.ui = l.lang)")),
	    why);
}

static void
search(const struct checking *c, struct buf *why)
{
	index_check(c->db, why);
}

/* What only the site may read must not be open to everybody. */
static void
check_file(const struct checking *c, const char *name, uid_t owner,
    struct buf *why)
{
	const char *path = place_in(c->data, name);
	struct stat st;

	if (lstat(path, &st) == -1)
		buf_printf(why, "%s: %s\n", path, strerror(errno));
	else if (!S_ISREG(st.st_mode))
		buf_printf(why, "%s: not a file\n", path);
	else if (st.st_mode & (S_IROTH | S_IWOTH))
		buf_printf(why, "%s: open to everybody; chmod o= helps\n",
		    path);
	else if (st.st_uid != owner)
		buf_printf(why, "%s: its owner is not mutua.db's\n", path);
}

static void
files(const struct checking *c, struct buf *why)
{
	struct stat st;
	struct dirent *e;
	DIR *d = opendir(c->data);

	if (d == NULL || stat(place_in(c->data, "mutua.db"), &st) == -1)
		buf_printf(why, "%s: %s\n", c->data, strerror(errno));
	while (d != NULL && (e = readdir(d)) != NULL)
		if (strncmp(e->d_name, "mutua.db", 8) == 0)
			check_file(c, e->d_name, st.st_uid, why);
	if (d != NULL)
		closedir(d);
}

static const struct {
	const char *name, *claim;
	find_faults *find;
} checks[] = {
	{ "database", "its structure is sound", database },
	{ "references", "what rows refer to is there", references },
	{ "records", "each can be shown in every language", records },
	{ "search", "the index agrees with the records", search },
	{ "files", "they belong together and are closed to others", files },
};

static bool
check(const struct checking *c, size_t i)
{
	struct buf why = { 0 };
	bool good;

	checks[i].find(c, &why);
	if (db_failed(c->db))
		buf_printf(&why, "can't be read: %s\n", db_error(c->db));
	good = why.len == 0;
	printf("%-7s %-11s %s\n", good ? "ok" : "failed", checks[i].name,
	    checks[i].claim);
	fflush(stdout);
	if (!good)
		complain_lines(buf_text(&why));
	db_release(c->db);
	buf_free(&why);
	return good;
}

/* The index is made of the records, so it can always be made again. */
static bool
repair(const struct checking *c)
{
	if (db_begin(c->db) && index_rebuild(c->db) && db_commit(c->db)) {
		puts("made    search      the index, anew");
		return true;
	}
	complain("the index can't be made: %s", db_error(c->db));
	db_rollback(c->db);
	return false;
}

static bool
check_all(const struct checking *c)
{
	bool good = true;

	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		good = check(c, i) && good;
	return good;
}

static enum outcome
run(struct arguments *args)
{
	const char *data = NULL, *share = NULL;
	struct checking c;
	bool anew = false, good;
	const struct flag flags[] = {
		FLAG_DATA(&data),
		{ "repair", NULL, "make the search index anew first", NULL,
		    &anew },
		FLAG_SHARE(&share),
		{ 0 },
	};

	if (!arguments_read(args, flags, 0, 0))
		return args->outcome;
	share = place_share(share);
	if (share == NULL)
		return FAILED;
	c.data = place_data(data);
	/* FTS5 is asked to check itself by what looks like a write. */
	c.db = place_open_current(c.data, share, DB_WRITE);
	if (c.db == NULL)
		return FAILED;
	good = (!anew || repair(&c)) && check_all(&c);
	db_close(c.db);
	return good ? DONE : FAILED;
}

const struct command command_check = {
	.name = "check",
	.summary = "is the data sound: database, index and files",
	.operands = "",
	.about =
	    "Checks the database's structure, its references, that every "
	    "record can be\n"
	    "shown, that the search index agrees with the records, and who may "
	    "read the\n"
	    "files.  Says 'ok' or 'failed' for each; what is wrong stands on "
	    "stderr.\n"
	    "Without --repair nothing is changed; the site may go on running.",
	.run = run,
};
