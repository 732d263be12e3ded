#include "data/index.h"

/* Faults told of a kind; one that is everywhere is told often enough. */
#define SOME " LIMIT 20"

/*
 * What each query finds is a fault.  FTS5's own check, of its tree against
 * the texts it keeps, stands among the writes though it writes nothing.
 */
#define QUERIES(lang)                                                        \
	{                                                                    \
		"fts_" lang,                                                 \
		    "INSERT INTO fts_" lang " (fts_" lang ")"                \
		    " VALUES ('integrity-check')",                           \
		    "SELECT r.kind || '/' || r.slug ||"                      \
		    " ': is not found by its title in ' || t.lang"           \
		    " FROM index_text x JOIN record_text t ON t.id = x.text" \
		    " JOIN record r ON r.id = t.record"                      \
		    " LEFT JOIN fts_" lang " f ON f.rowid = x.text"          \
		    " WHERE x.lang = '" lang                                 \
		    "' AND f.title IS NOT t.title" SOME,                     \
		    "SELECT 'fts_" lang ": row ' || f.rowid ||"              \
		    " ' belongs to no text' FROM fts_" lang " f"             \
		    " WHERE NOT EXISTS (SELECT 1 FROM index_text x"          \
		    " WHERE x.text = f.rowid AND x.lang = '" lang "')" SOME  \
	}

static const struct {
	const char *name, *sound, *titles, *strays;
} checks[] = { QUERIES("en"), QUERIES("fr"), QUERIES("es"), QUERIES("pt"),
	QUERIES("xx") };

/* Each row is a fault.  False if it could not be asked. */
static bool
ask(struct db *db, struct query *q, struct buf *why)
{
	db_restart(q);
	while (db_next(q))
		buf_printf(why, "%s\n", db_text(q, 0));
	if (!db_failed(db))
		return true;
	buf_printf(why, "%s\n", db_error(db));
	db_release(db);
	return false;
}

static void
check_entries(struct db *db, struct buf *why)
{
	ask(db,
	    db_query(db,
		"SELECT r.kind || '/' || r.slug || ': its text in ' || t.lang"
		" || ' is not in the index' FROM record r"
		" JOIN record_text t ON t.record = r.id"
		" WHERE r.status = 'published' AND NOT EXISTS"
		" (SELECT 1 FROM index_text x WHERE x.text = t.id"
		"  AND x.record = r.id)" SOME),
	    why);
	ask(db,
	    db_query(db,
		"SELECT 'text ' || x.text || ': is in the index, but not"
		" published' FROM index_text x WHERE NOT EXISTS"
		" (SELECT 1 FROM record_text t JOIN record r ON r.id = t.record"
		"  WHERE t.id = x.text AND r.status = 'published')" SOME),
	    why);
}

bool
index_check(struct db *db, struct buf *why)
{
	size_t before = why->len;
	bool reads =
	    db_number(db_restart(db_query(db, "PRAGMA query_only")), 0) == 1;

	check_entries(db, why);
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		ask(db, db_prepare(db, checks[i].titles), why);
		ask(db, db_prepare(db, checks[i].strays), why);
		db_script(db, "PRAGMA query_only = OFF; BEGIN");
		if (!ask(db, db_prepare(db, checks[i].sound), why))
			buf_printf(why, "%s: can't be relied on\n",
			    checks[i].name);
		db_script(db, "ROLLBACK");
	}
	if (reads)
		db_script(db, "PRAGMA query_only = ON");
	return why->len == before;
}
