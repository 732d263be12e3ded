#include "data/stamp.h"

#include <sqlite3.h>

/* Seconds from a datestamp's making until its commit is surely done, and how many
 * records take one more. */
enum { AHEAD = 2, A_SECOND = 500 };

static bool
has_tables(struct db *db)
{
	return sqlite3_table_column_metadata(db_handle(db), "main", "stamp_due",
		   NULL, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}

static int64_t
due(struct db *db)
{
	return db_number(db_restart(db_query(db,
			     "SELECT count(*) FROM stamp_due")),
	    0);
}

/* Drafts that were never published have no datestamp: nobody is to know of
 * them.  Nor have the pages about the site itself, which are nothing to take. */
static void
stamp_records(struct db *db, int64_t seconds)
{
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO stamp (record, change, datestamp, deleted)"
	    " SELECT r.id, d.change, max(coalesce((SELECT max(datestamp)"
	    "   FROM stamp), ''), strftime('%Y-%m-%dT%H:%M:%SZ', 'now',"
	    "    :seconds || ' seconds')), r.status <> 'published'"
	    " FROM stamp_due d CROSS JOIN record r ON r.id = d.record"
	    " WHERE r.kind <> 'page' AND (r.status = 'published'"
	    "  OR r.id IN (SELECT record FROM stamp))"
	    " ON CONFLICT (record) DO UPDATE SET change = excluded.change,"
	    "  datestamp = excluded.datestamp, deleted = excluded.deleted"));

	db_set_int(q, "seconds", seconds);
	db_run(q);
}

static void
set_record(struct db *db, int64_t record, int64_t change)
{
	struct query *q = db_restart(db_query(db,
	    "DELETE FROM stamp_set WHERE record = :record"));

	db_set_int(q, "record", record);
	db_run(q);
	q = db_restart(db_query(db,
	    "INSERT OR IGNORE INTO stamp_set (spec, change, record)"
	    " SELECT spec, :change, record FROM record_set"
	    " WHERE record = :record"));
	db_set_int(q, "record", record);
	db_set_int(q, "change", change);
	db_run(q);
}

void
stamp_changes(struct db *db)
{
	struct query *q;
	int64_t n, last = db_last_id(db);

	if (db_failed(db) || !has_tables(db) || (n = due(db)) == 0)
		return;
	stamp_records(db, AHEAD + n / A_SECOND);
	q = db_restart(db_query(db,
	    "SELECT d.record, d.change FROM stamp_due d"
	    " CROSS JOIN stamp s ON s.record = d.record"));
	while (db_next(q))
		set_record(db, db_int(q, 0), db_int(q, 1));
	db_run(db_restart(db_query(db, "DELETE FROM stamp_due")));
	/* whoever commits may ask for the id of what they have inserted */
	sqlite3_set_last_insert_rowid(db_handle(db), last);
}
