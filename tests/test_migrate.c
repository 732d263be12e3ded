/* The database follows schema/, forward only. */
#include "cli.h"
#include "data/migrate.h"

static struct buf why;

/* Migrate the test's database by its own copy of the schema. */
static bool
run(void)
{
	struct db *db = db_open(in_dir("data/mutua.db"), DB_WRITE);
	bool good;

	buf_clear(&why);
	good = migrate(db, in_dir("schema"), &why);
	if (good)
		good = migrate_is_current(db, in_dir("schema"));
	db_close(db);
	return good;
}

static void
test_init(void)
{
	ok(mutua(&command_init, "", "", "") == DONE && has(said(), ": made\n"),
	    "init makes a database");
	ok(mutua(&command_init, "", "", "") == DONE &&
		has(said(), ": up to date\n"),
	    "once more it does nothing and says so");
	shell("cp -r schema $D/schema");
	ok(run(), "the same schema elsewhere is current");
}

static void
test_views(void)
{
	shell(
	    "echo 'CREATE VIEW one AS SELECT 1 AS n;' >> $D/schema/views.sql");
	ok(run() && number_of("SELECT n FROM one") == 1,
	    "views are made anew when their file has changed");
	shell("sed -i 's/SELECT 1 AS n/SELECT 2 AS n/' $D/schema/views.sql");
	ok(run() && number_of("SELECT n FROM one") == 2, "again and again");
	shell("sed -i '/CREATE VIEW one/d' $D/schema/views.sql");
	ok(run() &&
		number_of("SELECT count(*) FROM sqlite_schema"
			  " WHERE name = 'one'") == 0,
	    "a view that is gone from the file is gone");
	shell("echo 'CREATE VIEW broken AS;' >> $D/schema/views.sql");
	ok(!run() && has(why.data, "views.sql: near"),
	    "views that are broken are told");
	ok(number_of("SELECT count(*) FROM listed") == 0,
	    "and the old ones stay");
	shell("sed -i '/VIEW broken/d' $D/schema/views.sql");
}

/* An index without the column for files is made anew. */
static void
test_older_index(void)
{
	struct db *db = db_open(in_dir("data/mutua.db"), DB_WRITE);

	ok(db_script(db,
	       "DROP TABLE fts_en; CREATE VIRTUAL TABLE fts_en USING fts5"
	       " (title, author, body, keywords, columnsize = 0,"
	       " tokenize = 'mutua en')"),
	    "an older program made the index");
	db_close(db);
	shell("echo '-- newer' >> $D/schema/views.sql");
	ok(run() &&
		number_of("SELECT count(*) FROM pragma_table_info('fts_en')"
			  " WHERE name = 'file'") == 1,
	    "its columns are this program's afterwards");
}

static void
test_forward(void)
{
	int64_t version = number_of("PRAGMA user_version");

	shell("echo 'CREATE TABLE later (n INTEGER) STRICT;"
	      " INSERT INTO later VALUES (1);' > $D/schema/900-later.sql");
	ok(run() && number_of("SELECT count(*) FROM later") == 1,
	    "a later migration is applied");
	ok(number_of("PRAGMA user_version") == 900, "and remembered");
	ok(run() && number_of("SELECT count(*) FROM later") == 1,
	    "it is applied once");
	shell("echo 'INSERT INTO later VALUES (2); nonsense;'"
	      " > $D/schema/901-bad.sql");
	ok(!run() && has(why.data, "901-bad.sql: near"),
	    "a migration that fails is told");
	ok(number_of("PRAGMA user_version") == 900 &&
		number_of("SELECT count(*) FROM later") == 1,
	    "and leaves the database as it was");
	ok(version > 0, "the schema has a version");
}

static void
test_refused(void)
{
	shell("rm $D/schema/90*.sql");
	ok(!run() && has(why.data, "made by a newer program"),
	    "a newer program's database is left alone");
	ok(mutua(&command_init, "", "", "") == FAILED &&
		has(said(), "newer program"),
	    "by init, too");
	shell("rm -r $D/schema");
	ok(!run() && has(why.data, "No such file"),
	    "a schema that is not there is told");
	shell("mkdir $D/schema");
	ok(!run() && has(why.data, "no schema there"), "so is an empty one");
}

static void
test_directories(void)
{
	struct buf text;

	shell("rm -rf $D/data && touch $D/data");
	ok(mutua(&command_init, "", "", "") == FAILED &&
		has(said(), "data: Not a directory"),
	    "a data directory that is a file is told");
	shell("rm $D/data && mkdir $D/data && echo text > $D/data/mutua.db");
	ok(mutua(&command_init, "", "", "") == FAILED &&
		has(said(), "mutua.db: not a database"),
	    "so is a database that is none");
	text = test_file(in_dir("data/mutua.db"));
	is(buf_text(&text), "text\n", "which is left as it is");
	buf_free(&text);
}

int
main(void)
{
	test_init();
	test_views();
	test_older_index();
	test_forward();
	test_refused();
	test_directories();
	buf_free(&why);
	return cli_done();
}
