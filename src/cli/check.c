/*
 * mutua check: is the data what it should be?  Nothing is changed.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/place.h"
#include "data/file.h"
#include "data/index.h"
#include "data/publish.h"

/* Faults shown of a query; a damaged database has thousands. */
enum { SHOWN = 20 };

struct checking {
	const char *data;
	struct db *db;
	bool damaged;    /* SQLite itself has said so */
	unsigned failed; /* bits, by place in checks */
};

typedef void find_faults(struct checking *, struct buf *why);

/* Each row of a query is a fault: its columns, with spaces between. */
static void
put_rows(struct query *q, struct buf *why)
{
	for (int rows = 0; rows < SHOWN && db_next(q); rows++)
		for (int i = 0, n = db_columns(q); i < n; i++)
			buf_printf(why, "%s%c", db_text(q, i),
			    i + 1 < n ? ' ' : '\n');
}

static bool
is_damaged(const struct checking *c, const char *table)
{
	struct query *q = db_restart(db_query(c->db,
	    "SELECT 1 FROM pragma_integrity_check(:table)"
	    " WHERE integrity_check <> 'ok'"));
	bool damaged;

	db_set_text(q, "table", table);
	damaged = db_next(q) || db_failed(c->db);
	db_release(c->db);
	return damaged;
}

/* SQLite speaks of pages; what people want to know is what is lost. */
static void
put_damaged(const struct checking *c, struct buf *why)
{
	struct query *q = db_query(c->db,
	    "SELECT group_concat(name, char(10)) FROM sqlite_schema"
	    " WHERE type = 'table' AND rootpage > 0");
	struct buf tables = { 0 };
	const char *comma = "damaged tables: ";
	char *rest, *table;

	db_release(c->db);
	db_restart(q);
	buf_puts(&tables, db_next(q) ? db_text(q, 0) : "");
	db_release(c->db);
	for (rest = tables.data; (table = strsep(&rest, "\n")) != NULL;)
		if (is_damaged(c, table)) {
			buf_printf(why, "%s%s", comma, table);
			comma = ", ";
		}
	buf_puts(why, *comma == ',' ? "\n" : "");
	buf_free(&tables);
}

static void
database(struct checking *c, struct buf *why)
{
	struct query *q =
	    db_restart(db_query(c->db, "PRAGMA integrity_check(5)"));

	put_rows(q, why);
	if (strcmp(buf_text(why), "ok\n") == 0) {
		buf_clear(why);
		return;
	}
	c->damaged = true;
	put_damaged(c, why);
}

static void
references(struct checking *c, struct buf *why)
{
	put_rows(db_restart(db_query(c->db,
		     "SELECT \"table\", 'row', rowid, 'names a', parent,"
		     " 'that is not there' FROM pragma_foreign_key_check")),
	    why);
}

/* Every published record has words, and a text for each language's reader. */
static void
records(struct checking *c, struct buf *why)
{
	put_rows(db_restart(db_query(c->db,
		     "SELECT r.kind || '/' || r.slug, 'has no text to show in',"
		     " l.lang FROM record r CROSS JOIN language l"
		     " WHERE r.status = 'published' AND NOT EXISTS"
		     " (SELECT 1 FROM shown s WHERE s.record = r.id"
		     "  AND s.ui = l.lang)")),
	    why);
}

/* The revisions of a record are numbered without a gap, and what the newest
 * says is what its tables say. */
static void
history(struct checking *c, struct buf *why)
{
	struct query *q = db_restart(db_query(c->db,
	    "SELECT r.kind || '/' || r.slug, 'lacks a revision' FROM record r"
	    " JOIN (SELECT record, count(*) AS n, max(number) AS last"
	    "  FROM revision GROUP BY record) v ON v.record = r.id"
	    " WHERE v.n <> v.last"));

	put_rows(q, why);
	q = db_restart(db_query(c->db,
	    "SELECT r.id, r.kind, r.kind || '/' || r.slug FROM record r"
	    " WHERE r.digest IS NOT NULL"
	    " AND EXISTS (SELECT 1 FROM revision v WHERE v.record = r.id)"));
	for (int faults = 0; faults < SHOWN && db_next(q);)
		if (!publish_agrees(c->db, kind_find(db_text(q, 1)),
			db_int(q, 0))) {
			buf_printf(why,
			    "%s is not what its newest revision says\n",
			    db_text(q, 2));
			faults++;
		}
}

/* What members sent in: a new record that is said to be published is.  A
 * change need not be a revision: it may say what was there already. */
static void
contributions(struct checking *c, struct buf *why)
{
	put_rows(db_restart(db_query(c->db,
		     "SELECT 'contribution', c.id, 'is published but is no"
		     " revision' FROM state.contribution c"
		     " WHERE c.state = 'published' AND c.tree IS NOT NULL"
		     " AND coalesce(c.base, 0) = 0"
		     " AND NOT EXISTS (SELECT 1 FROM revision v"
		     "  WHERE v.contribution = c.id)")),
	    why);
}

/* The bytes of every file are there. */
static void
uploads(struct checking *c, struct buf *why)
{
	const char *dir = place_in(c->data, "files");
	struct query *q = db_restart(db_query(c->db,
	    "SELECT sha256, bytes, name FROM file UNION ALL"
	    " SELECT sha256, bytes, name FROM picture_version"));
	size_t len = 0;

	while (db_next(q)) {
		int fd = file_open(dir, db_text(q, 0), &len);

		if (fd == -1 || len != (size_t)db_int(q, 1))
			buf_printf(why, "files/%.64s (%s): %s\n", db_text(q, 0),
			    db_text(q, 2),
			    fd == -1 ? "is not there" : "has another length");
		if (fd != -1)
			close(fd);
	}
}

static void
search(struct checking *c, struct buf *why)
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
files(struct checking *c, struct buf *why)
{
	struct stat st;
	struct dirent *e;
	DIR *d = opendir(c->data);

	if (d == NULL || stat(place_in(c->data, "mutua.db"), &st) == -1)
		buf_printf(why, "%s: %s\n", c->data, strerror(errno));
	while (d != NULL && (e = readdir(d)) != NULL)
		if (strncmp(e->d_name, "mutua.db", 8) == 0 ||
		    strncmp(e->d_name, "state.db", 8) == 0)
			check_file(c, e->d_name, st.st_uid, why);
	if (d != NULL)
		closedir(d);
}

static const struct {
	const char *name, *claim;
	find_faults *find;
	const char *help;
} checks[] = {
	{ "database", "its structure is sound", database,
	    "save what can still be read ('mutua export --to DIR'); then stop "
	    "the site, remove mutua.db-wal and mutua.db-shm, and put back a copy "
	    "of mutua.db" },
	{ "references", "what rows refer to is there", references,
	    "put back a copy of mutua.db, or load the content again" },
	{ "records", "each can be shown in every language", records,
	    "load the content again, or put back a copy of mutua.db" },
	{ "history", "every revision is there, the newest is what is shown",
	    history,
	    "put back a copy of mutua.db, or restore the revision in the site" },
	{ "drafts", "what was published is a revision", contributions,
	    "'mutua jobs --once' settles what was interrupted" },
	{ "uploads", "the bytes of every file are there", uploads,
	    "put back a copy of files/" },
	{ "search", "the index agrees with the records", search,
	    "'mutua check --repair' makes the index anew" },
	{ "files", "they belong together and are closed to others", files,
	    "set the files' owner and rights" },
};

enum { NCHECKS = sizeof(checks) / sizeof(checks[0]) };

static void
check(struct checking *c, size_t i)
{
	struct buf why = { 0 };
	bool good;

	checks[i].find(c, &why);
	if (db_failed(c->db))
		buf_printf(&why, "can't be read: %s\n", db_error(c->db));
	if (db_fault(c->db) == DB_DAMAGED)
		c->damaged = true;
	good = why.len == 0;
	printf("%-7s %-11s %s\n", good ? "ok" : "failed", checks[i].name,
	    checks[i].claim);
	fflush(stdout);
	if (!good) {
		complain_lines(buf_text(&why));
		c->failed |= 1U << i;
	}
	db_release(c->db);
	buf_free(&why);
}

/* The index is made of the records, so it can always be made again. */
static bool
repair(const struct checking *c)
{
	if (db_begin(c->db) && index_rebuild(c->db) && db_commit(c->db)) {
		puts("made    search      the index, anew");
		return true;
	}
	place_failed(c->data, c->db, "; the index can't be made");
	db_rollback(c->db);
	return false;
}

/* A database that is damaged explains all the rest. */
static void
say_what_helps(const struct checking *c)
{
	if (c->damaged)
		complain("what helps: %s", checks[0].help);
	else
		for (size_t i = 0; i < NCHECKS; i++)
			if ((c->failed >> i & 1) != 0)
				complain("what helps: %s", checks[i].help);
}

static bool
check_all(struct checking *c)
{
	for (size_t i = 0; i < NCHECKS; i++)
		check(c, i);
	say_what_helps(c);
	return c->failed == 0;
}

static enum outcome
run(struct arguments *args)
{
	const char *data = NULL, *share = NULL;
	struct checking c = { 0 };
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
