/* How much there is of what, and what is newest: functions of SQL. */
#include "records.h"

static void
fill(struct db *db)
{
	records_add(db, "document", "en", "Banjo", "One");
	records_add(db, "document", "fr", "Éclair", "Two");
	records_add(db, "document", "en", "Apple", "Three");
	records_add(db, "scheme", "es", "Zoo", "Four");
	records_add(db, "document", "en", "Undated", "Five");
	records_sql(db,
	    "INSERT INTO document (record, doctype, year) VALUES"
	    " (1, 'book', 2001), (2, 'book', 2003), (3, 'map', 2001),"
	    " (5, 'map', NULL);"
	    "INSERT INTO record_country VALUES (1, 'SN'), (1, 'BJ'), (2, 'SN'),"
	    " (3, 'BJ'), (4, 'IN'), (5, 'IN');"
	    "UPDATE record SET published = '2001-05' WHERE id = 1;"
	    "UPDATE record SET published = '2001-05' WHERE id = 3;");
}

static void
held(struct db *db)
{
	is(records_rows(db_query(db,
	       "SELECT held('document'), held('scheme'), held('event')")),
	    "4,1,0", "the records of a kind are counted");
	is(records_rows(db_query(db,
	       "SELECT held('document', 'country', 'SN'),"
	       " held('scheme', 'country', 'SN'),"
	       " held('scheme', 'country', 'IN')")),
	    "2,0,1", "or those that have a value of a facet");
	is(records_rows(db_query(db,
	       "SELECT held(NULL, 'country', 'IN'),"
	       " held(NULL, 'country', 'FR')")),
	    "2,0", "or those of all kinds");
	is(records_rows(db_query(db,
	       "SELECT held('document', 'region', '002'),"
	       " held('document', 'region', '142')")),
	    "3,1", "two countries of a region are in it once");
	is(records_rows(db_query(db,
	       "SELECT held('nonsense'), held(NULL), held(NULL, NULL, NULL),"
	       " held('document', 'nonsense', 'SN'),"
	       " held('document', 'country', NULL)")),
	    "0,0,0,0,0", "of what there is not there is nothing");
}

static void
newest(struct db *db)
{
	is(records_rows(db_query(db, "SELECT newest('document', 3)")),
	    "[2,3,1]",
	    "the newest come first, then what was added last; a year is a date");
	is(records_rows(db_query(db, "SELECT newest('document', NULL)")),
	    "[2,3,1,5]", "what has no date comes last");
	is(records_rows(db_query(db,
	       "SELECT newest('document', 1, 'country', 'BJ')")),
	    "[3]", "or the newest that have a value of a facet");
	is(records_rows(db_query(db,
	       "SELECT newest('event', 9), newest('document', 0),"
	       " newest('document', -1), newest(NULL, 9),"
	       " newest('document', 9, 'country', 'FR')")),
	    "[],[],[],[],[]", "there may be none");
}

static void
changes(struct db *db)
{
	int64_t id = records_add(db, "document", "en", "Late", "Six");

	records_sql(db,
	    "INSERT INTO record_country VALUES (6, 'SN'), (6, 'BJ');"
	    "UPDATE record SET published = '2024' WHERE id = 6");
	records_index(db, id);
	is(records_rows(db_query(db,
	       "SELECT held('document'), held('document', 'region', '002'),"
	       " newest('document', 2)")),
	    "5,4,[6,2]", "what is added counts at once");
	records_sql(db, "UPDATE record SET status = 'draft' WHERE id = 2");
	records_index(db, 2);
	is(records_rows(db_query(db,
	       "SELECT held('document'), newest('document', 2)")),
	    "4,[6,3]", "what is not published any more does not");
}

/* What was found before a change is not shown with records of after it. */
static void
found(struct db *db)
{
	static const char *const facets[] = { "country", NULL };

	search_run(db,
	    &(struct search){ .ui = "en", .text = "", .facets = facets });
	search_page(db, 0, 10);
	records_sql(db, "DELETE FROM record WHERE id = 6");
	is(records_rows(db_query(db,
	       "SELECT held('document'), (SELECT count(*) FROM hit),"
	       " (SELECT count(*) FROM facet_count)")),
	    "3,0,0", "a list of what was there before a change is dropped");
}

int
main(void)
{
	struct db *db = records_open();

	fill(db);
	held(db);
	newest(db);
	changes(db);
	found(db);
	db_close(db);
	return done();
}
