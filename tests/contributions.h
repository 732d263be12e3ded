#ifndef TESTS_CONTRIBUTIONS_H
#define TESTS_CONTRIBUTIONS_H

#include "visitor.h"

/*
 * What members have written, straight into the database: for tests of what
 * becomes of it.
 */
static inline void
write_sql(const char *sql)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);

	if (!db_script(db, sql))
		bail_out(db_error(db));
	db_close(db);
}

/* A contribution, straight into the database; tree may be NULL, record is
 * kind/slug or NULL, and so may country be.  In it ' stands for ". */
static inline void
contribute(int64_t id, int64_t member, const char *record, const char *country,
    const char *tree)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO state.contribution (id, kind, record, base, member,"
	    "  lang, state, title, country, tree, words, created, updated,"
	    "  submitted) SELECT :id, 'scheme', r.id, (SELECT max(number) FROM"
	    "  revision WHERE record = r.id), :member, 'en', 'submitted',"
	    "  'Contribution ' || :id, :country, replace(:tree, '''', '\"'),"
	    "  'Because <it> is so', '2026-11-01', '2026-11-02T10:00:00Z',"
	    "  '2026-11-02T10:00:00Z'"
	    " FROM (SELECT 1) LEFT JOIN record r ON r.kind || '/' || r.slug ="
	    "  :record"));

	db_set_int(q, "id", id);
	db_set_int(q, "member", member);
	if (country != NULL)
		db_set_text(q, "country", country);
	if (record != NULL)
		db_set_text(q, "record", record);
	if (tree != NULL)
		db_set_text(q, "tree", tree);
	if (!db_begin(db) || !db_run(q) || !db_commit(db))
		bail_out(db_error(db));
	db_close(db);
}

#endif
