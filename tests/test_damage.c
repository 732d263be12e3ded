/*
 * A site on a damaged database: it says that it can't answer, and never that
 * there is nothing.
 */
#include <fcntl.h>
#include <unistd.h>

#include "data/index.h"
#include "data/migrate.h"
#include "test.h"

enum { RECORDS = 200 };

static struct buf path;
static struct db *writer;

static void
make_database(void)
{
	struct buf why = { 0 };

	buf_printf(&path, "%s/mutua.db", test_dir());
	writer = db_open(path.data, DB_CREATE);
	if (!migrate(writer, "schema", &why) || !index_create(writer))
		bail_out(buf_text(&why));
	db_script(writer,
	    "INSERT INTO record (id, kind, slug, lang, created, updated)"
	    " WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
	    "  WHERE i < 200)"
	    " SELECT i, 'document', 'd' || i, 'en', '2020-01-01', '2020-01-01'"
	    "  FROM n;"
	    "INSERT INTO document (record, doctype) SELECT id, 'report'"
	    " FROM record;"
	    "INSERT INTO record_text (record, lang, title)"
	    " SELECT id, 'en', 'Insurance ' || id FROM record;");
	for (int64_t id = 1; id <= RECORDS; id++)
		index_record(writer, id);
	index_finish(writer);
	db_script(writer, "PRAGMA wal_checkpoint(TRUNCATE)");
	if (db_failed(writer))
		bail_out(db_error(writer));
	buf_free(&why);
}

/* Put other bytes at the start of a table's first page, and the former ones
 * in their place. */
static void
exchange(int64_t page, char bytes[300])
{
	int64_t size =
	    db_number(db_restart(db_query(writer, "PRAGMA page_size")), 0);
	int fd = open(path.data, O_RDWR);
	char former[300];
	off_t at = (off_t)((page - 1) * size);

	if (fd == -1 || pread(fd, former, 300, at) != 300 ||
	    pwrite(fd, bytes, 300, at) != 300)
		bail_out("the database can't be damaged");
	memcpy(bytes, former, 300);
	close(fd);
}

static int64_t
page_of(const char *table)
{
	struct query *q = db_restart(db_query(writer,
	    "SELECT rootpage FROM sqlite_schema WHERE name = :name"));

	db_set_text(q, "name", table);
	return db_number(q, 0);
}

static struct site *
open_site(void)
{
	struct buf why = { 0 };
	struct site *s =
	    site_open(&(struct site_options){ .database = path.data,
			  .assets = "assets",
			  .base = "" },
		&why);

	if (s == NULL)
		bail_out(buf_text(&why));
	buf_free(&why);
	return s;
}

/* Is every answer, the first and those that follow, of one status? */
static bool
always(struct site *s, const char *address, const char *query, int wanted)
{
	bool good = true;

	for (int i = 0; i < 3; i++) {
		int got = status(get(s, address, query));

		if (got != wanted)
			printf("# %s: %d\n", address, got);
		good &= got == wanted;
	}
	return good;
}

static void
damage(const char *table, const char *words)
{
	char bytes[300];
	struct site *s;

	memset(bytes, 0xa7, sizeof(bytes));
	db_release(writer);
	exchange(page_of(table), bytes);
	s = open_site();
	printf("# %s\n", words);
	ok(always(s, "/en/search", "q=insurance", 500),
	    "a search says that it can't be done, each time");
	ok(always(s, "/healthz", NULL, 503), "whoever watches is told");
	if (strcmp(table, "word") != 0) {
		ok(always(s, "/en/library", NULL, 500), "so does a list");
		ok(always(s, "/en/library.csv", NULL, 500), "and its table");
		ok(always(s, "/en/", NULL, 500), "and what counts and dates");
	}
	exchange(page_of(table), bytes);
	db_script(writer,
	    "UPDATE record SET updated = updated || 'T' WHERE id = 1");
	ok(has(get(s, "/en/search", "q=insurance"), "/en/library/d1") &&
		status(get(s, "/healthz", NULL)) == 200,
	    "once it is mended, all is found again");
	db_script(writer, "PRAGMA wal_checkpoint(TRUNCATE)");
	site_close(s);
}

int
main(void)
{
	struct site *s;

	make_database();
	s = open_site();
	ok(has(get(s, "/en/search", "q=insurance"), "/en/library/d1"),
	    "a sound database is searched");
	site_close(s);
	damage("record", "the records are damaged");
	damage("index_text", "what the index knows of texts is");
	damage("word", "the words are");
	db_close(writer);
	buf_free(&path);
	return done();
}
