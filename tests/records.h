#ifndef TESTS_RECORDS_H
#define TESTS_RECORDS_H

#include "data/index.h"
#include "data/migrate.h"
#include "data/search.h"
#include "test.h"

/*
 * Records in a database in memory, made one by one: for tests that say what
 * they look for.
 */
static inline struct db *
records_open(void)
{
	struct db *db = db_open(":memory:", DB_CREATE);
	struct buf why = { 0 };

	if (!migrate(db, "schema", &why) || !index_create(db))
		bail_out(buf_text(&why));
	buf_free(&why);
	db_script(db,
	    "INSERT INTO country_code (country, region, subregion) VALUES"
	    " ('SN', '002', '011'), ('BJ', '002', '011'), ('IN', '142', '034');"
	    "INSERT INTO code (list, code, place) VALUES"
	    " ('country', 'SN', 1), ('country', 'BJ', 2), ('country', 'IN', 3);"
	    "INSERT INTO code_label (list, code, lang, label)"
	    " SELECT 'country', column1, column2, column3 FROM (VALUES"
	    "  ('SN', 'en', 'Senegal'), ('SN', 'fr', 'Sénégal'),"
	    "  ('SN', 'es', 'Senegal'), ('BJ', 'en', 'Benin'),"
	    "  ('BJ', 'fr', 'Bénin'), ('BJ', 'es', 'Benín'),"
	    "  ('IN', 'en', 'India'), ('IN', 'fr', 'Inde'),"
	    "  ('IN', 'es', 'India'));");
	if (db_failed(db))
		bail_out(db_error(db));
	return db;
}

static inline void
records_sql(struct db *db, const char *sql)
{
	if (!db_script(db, sql))
		bail_out(db_error(db));
}

/* Add a text in a language to a record. */
static inline void
records_text(struct db *db, int64_t record, const char *lang, const char *title,
    const char *body)
{
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO record_text (record, lang, title, body, body_html)"
	    " VALUES (:record, :lang, :title, :body, :body)"));

	db_set_int(q, "record", record);
	db_set_text(q, "lang", lang);
	db_set_text(q, "title", title);
	db_set_text(q, "body", body);
	if (!db_run(q))
		bail_out(db_error(db));
}

static inline void
records_index(struct db *db, int64_t record)
{
	struct query *q = db_restart(db_query(db,
	    "UPDATE record SET updated = strftime('%Y-%m-%dT%H:%M:%SZ',"
	    " updated, '+1 second') WHERE id = :record"));

	db_set_int(q, "record", record);
	db_run(q);
	index_record(db, record);
	index_finish(db);
}

/* A published record with one text, in the index; published may be NULL. */
static inline int64_t
records_add(struct db *db, const char *kind, const char *lang,
    const char *title, const char *body)
{
	static int number;
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO record (kind, slug, lang, created, updated)"
	    " VALUES (:kind, 'r' || :number, :lang, '2024-01-01T00:00:00Z',"
	    "  '2024-01-01T00:00:00Z')"));
	int64_t id;

	db_set_text(q, "kind", kind);
	db_set_text(q, "lang", lang);
	db_set_int(q, "number", ++number);
	if (!db_run(q))
		bail_out(db_error(db));
	id = db_last_id(db);
	records_text(db, id, lang, title, body);
	records_index(db, id);
	return id;
}

/* The titles a search finds, in order, as one string: "A; B; C".  What lacks
 * some of the words stands in brackets. */
static inline const char *
records_find(struct db *db, struct search *s)
{
	static const char *const none[] = { NULL };
	static struct buf out;
	struct query *q;

	if (s->ui == NULL)
		s->ui = "en";
	if (s->text == NULL)
		s->text = "";
	if (s->facets == NULL)
		s->facets = none;
	search_run(db, s);
	search_page(db, 0, 100);
	q = db_restart(db_query(db,
	    "SELECT l.title, h.exact FROM hit h"
	    " JOIN listed l ON l.id = h.record AND l.ui = :ui"
	    " ORDER BY h.place"));
	db_set_text(q, "ui", s->ui);
	buf_clear(&out);
	while (db_next(q))
		buf_printf(&out, db_int(q, 1) ? "%s%s" : "%s(%s)",
		    out.len > 0 ? "; " : "", db_text(q, 0));
	if (db_failed(db))
		bail_out(db_error(db));
	db_release(db);
	return buf_text(&out);
}

static inline const char *
records_words(struct db *db, const char *ui, const char *text)
{
	return records_find(db, &(struct search){ .ui = ui, .text = text });
}

/* The rows of a query as one string: "a,b; c,d". */
static inline const char *
records_rows(struct query *q)
{
	static struct buf out;

	buf_clear(&out);
	db_restart(q);
	while (db_next(q)) {
		if (out.len > 0)
			buf_puts(&out, "; ");
		for (int i = 0; i < db_columns(q); i++)
			buf_printf(&out, "%s%s", i > 0 ? "," : "",
			    db_text(q, i));
	}
	return buf_text(&out);
}

#endif
