/*
 * Keeping the catalogue as the database is: what has changed since the last
 * look is read, all of it only if that is much.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "data/catalogue.h"
#include "data/catalogue_own.h"

#include <sqlite3.h>

/* More changes than this, and reading all anew is faster. */
enum { FEW = 500 };

static void
drop_texts(struct catalogue *c, const struct entry *e)
{
	uint32_t place = (uint32_t)(e - c->entries) + 1;

	for (size_t i = 0; i < c->ntexts; i++)
		if (c->texts[i].entry == place)
			c->texts[i].entry = 0;
}

static void
read_entry(struct catalogue *c, struct db *db, struct entry *e)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT facet, value FROM facet_value WHERE record = :record"));

	e->values = (uint32_t)c->nvalues;
	e->nvalues = 0;
	db_set_int(q, "record", e->id);
	while (db_next(q))
		catalogue_add_value(c, e, db_text(q, 0), db_text(q, 1));
	drop_texts(c, e);
	q = db_restart(db_query(db,
	    "SELECT text, record, lang, title_words, words FROM index_text"
	    " WHERE record = :record"));
	db_set_int(q, "record", e->id);
	while (db_next(q))
		catalogue_put_text(c, q);
}

static uint64_t
mix(uint64_t h, struct cell c)
{
	return (h ^ hash_bytes(c.text, c.len)) * UINT64_C(0x9e3779b97f4a7c15);
}

/*
 * A hash of all a record is called, and of where that stands in the order of
 * titles.  Most edits leave it as it is, and with it everything that is made
 * of the names of all records.
 */
static uint64_t
called(struct db *db, int64_t record)
{
	uint64_t h = 1;
	struct query *q = db_restart(db_query(db,
	    "SELECT sort FROM shown WHERE record = :record"
	    "  AND ui IN (SELECT lang FROM language)"
	    " UNION ALL SELECT title FROM record_text WHERE record = :record"
	    " UNION ALL SELECT name FROM term_name WHERE record = :record"
	    " UNION ALL SELECT acronym FROM term WHERE record = :record"
	    " UNION ALL SELECT acronym || '/' || coalesce(acronym_fr, '') ||"
	    "  '/' || coalesce(acronym_es, '') FROM organisation"
	    "  WHERE record = :record"
	    " UNION ALL SELECT keyword FROM record_keyword"
	    "  WHERE record = :record"
	    " UNION ALL SELECT acronym FROM scheme WHERE record = :record"
	    " UNION ALL SELECT name FROM scheme WHERE record = :record"));

	db_set_int(q, "record", record);
	while (db_next(q))
		h = mix(h, db_cell(q, 0));
	return h;
}

static void
forget_ranks(struct catalogue *c)
{
	for (int i = 0; i < TONGUES; i++) {
		free(c->ranks[i]);
		c->ranks[i] = NULL;
	}
}

/* Was this row read just like this in the second that is not over yet?  Of what
 * changes by the clock, without a revision, that is never said. */
static bool
is_read(const struct catalogue *c, const struct entry *e, const struct query *q)
{
	return e != NULL && e->kind != 0 && e->revision != 0 &&
	    e->revision == (uint32_t)db_int(q, 5) &&
	    strcmp(db_text(q, 3), c->updated) <= 0;
}

/* The current row of "id, kind, published, updated, status, revision" has
 * changed. */
static void
change(struct catalogue *c, struct db *db, const struct query *q)
{
	int64_t id = db_int(q, 0);
	struct entry *e = catalogue_of(c, id);
	bool shown = strcmp(db_text(q, 4), "published") == 0;
	uint64_t before = e != NULL ? e->called : 0, now;

	if (shown && is_read(c, e, q))
		return;
	c->terms += strcmp(db_text(q, 1), "term") == 0;
	now = shown ? called(db, id) : 0;
	if (now != before || now == 0) {
		c->names += strcmp(db_text(q, 1), "document") != 0;
		forget_ranks(c);
	}
	if (shown) {
		e = catalogue_put_entry(c, q);
		read_entry(c, db, e);
		e->revision = (uint32_t)db_int(q, 5);
		e->called = now;
	} else if (e != NULL)
		*e = (struct entry){ .id = e->id };
}

static int64_t
alive(const struct catalogue *c)
{
	int64_t n = 0;

	for (size_t i = 0; i < c->nentries; i++)
		n += c->entries[i].kind != 0;
	return n;
}

/* Bring in the few records that have changed; false if many have. */
static bool
read_changes(struct catalogue *c, struct db *db)
{
	struct query *q;

	if (c->nentries == 0)
		return false;
	q = db_restart(db_query(db,
	    "SELECT count(*) FROM record WHERE updated >= :last"));
	db_set_text(q, "last", c->updated);
	if (db_number(q, INT64_MAX) > FEW)
		return false;
	q = db_restart(db_query(db,
	    "SELECT id, kind, published, updated, status,"
	    "  CASE WHEN EXISTS (SELECT 1 FROM news n WHERE n.record = r.id"
	    "   AND n.expires IS NOT NULL) THEN 0 ELSE (SELECT max(number)"
	    "   FROM revision v WHERE v.record = r.id) END"
	    " FROM record r WHERE updated >= :last ORDER BY updated"));
	db_set_text(q, "last", c->updated);
	while (db_next(q))
		change(c, db, q);
	return db_number(db_restart(db_query(db,
			     "SELECT (SELECT count(*) FROM record)"
			     " - (SELECT count(*) FROM record"
			     "  WHERE status <> 'published')")),
		   -1) == alive(c);
}

static void
average(struct catalogue *c)
{
	memset(c->indexed, 0, sizeof(c->indexed));
	memset(c->words, 0, sizeof(c->words));
	for (size_t i = 0; i < c->ntexts; i++) {
		const struct text *t = &c->texts[i];

		if (t->entry == 0)
			continue;
		c->words[t->tongue] += t->words;
		c->indexed[t->tongue]++;
	}
	for (int i = 0; i < TONGUES; i++)
		if (c->indexed[i] > 0)
			c->words[i] /= (double)c->indexed[i];
}

void
catalogue_refresh(struct catalogue *c, struct db *db)
{
	/* The one is changed by other connections, the other by this one. */
	int64_t version = db_version(db) * INT64_C(1000003) +
	    sqlite3_total_changes(db_handle(db));
	int64_t schema;

	if (version == c->version && c->nentries > 0)
		return;
	schema =
	    db_number(db_restart(db_query(db, "PRAGMA schema_version")), 0);
	if (schema != c->schema || !read_changes(c, db))
		catalogue_read_all(c, db);
	c->schema = schema;
	average(c);
	c->version = version;
}

const uint32_t *
catalogue_ranks(struct catalogue *c, struct db *db, const char *ui)
{
	enum tongue t = tongue_of(ui);
	uint32_t rank = 0;
	struct query *q;
	struct entry *e;

	if (c->ranks[t] != NULL)
		return c->ranks[t];
	c->ranks[t] = calloc(c->nentries + 1, sizeof(uint32_t));
	if (c->ranks[t] == NULL)
		abort();
	q = db_restart(db_query(db,
	    "SELECT record FROM shown WHERE ui = :ui ORDER BY sort, record"));
	db_set_text(q, "ui", ui);
	while (db_next(q))
		if ((e = catalogue_of(c, db_int(q, 0))) != NULL)
			c->ranks[t][e - c->entries] = ++rank;
	if (db_failed(db))
		c->version = c->schema = HALF_READ;
	return c->ranks[t];
}
