/* What a record says in the elements of Dublin Core (view dublin_core). */
#include "records.h"
#include "test.h"

/* "element value@lang; …" of one record, in order. */
static const char *
core(struct db *db, int64_t record)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT element || ' ' || value || coalesce('@' || value_lang, '')"
	    " FROM dublin_core WHERE record = :record"
	    " ORDER BY element, place, value_lang, value"));
	static struct buf out;

	db_set_int(q, "record", record);
	buf_clear(&out);
	while (db_next(q))
		buf_printf(&out, "%s%s", out.len > 0 ? "; " : "",
		    db_text(q, 0));
	return buf_text(&out);
}

static int64_t
add_document(struct db *db)
{
	int64_t id = records_add(db, "document", "fr", "Mutuelles", "Texte");

	db_script(db,
	    "INSERT INTO code VALUES ('theme', 'health', 1),"
	    " ('doctype', 'report', 1);"
	    "INSERT INTO code_label VALUES ('theme', 'health', 'fr', 'Santé'),"
	    " ('theme', 'health', 'en', 'Health'),"
	    " ('doctype', 'report', 'en', 'Report');"
	    "INSERT INTO document (record, doctype, subtitle, date, journal,"
	    "  pages, url) SELECT max(id), 'report', 'un guide', '2004-05',"
	    "  'Revue', '7-9', 'https://example.org/a' FROM record;"
	    "INSERT INTO document_author (record, place, name)"
	    " SELECT max(id), 1, 'E. Reynaud' FROM record;"
	    "INSERT INTO document_language SELECT max(id), 'fr' FROM record;"
	    "INSERT INTO record_theme SELECT max(id), 'health' FROM record;"
	    "INSERT INTO record_country SELECT max(id), 'SN' FROM record;"
	    "INSERT INTO record_keyword SELECT max(id), 'AMO' FROM record;"
	    "INSERT INTO record_text (record, lang, title, summary)"
	    " SELECT max(id), 'en', 'Mutuals', 'On them' FROM record");
	return id;
}

static void
document(struct db *db)
{
	add_document(db);
	is(core(db, 1),
	    "coverage Senegal@en; coverage Senegal@es; coverage Sénégal@fr;"
	    " coverage SN; creator Reynaud, E.;"
	    " date 2004-05; description On them@en; format text/html;"
	    " identifier /fr/library/r1; identifier https://example.org/a;"
	    " language fr; source Revue, 7-9; subject Health@en;"
	    " subject Santé@fr; subject AMO; title Mutuelles: un guide@fr;"
	    " title Mutuals@en; type Text; type Report@en",
	    "DC-1: a document has its titles, authors, subjects, dates, types, "
	    "addresses, languages, places and what it was taken from");
}

/* Whoever is asked for has what it is related to, by address; not what was
 * taken away. */
static void
relations(struct db *db)
{
	int64_t id = records_add(db, "organisation", "en", "WIEGO", "Text");

	records_add(db, "document", "en", "Withdrawn", "Text");
	db_script(db,
	    "UPDATE record SET status = 'archived' WHERE slug = 'r3';"
	    "INSERT INTO record_relation (from_record, to_record, relation)"
	    " SELECT 1, 2, 'publisher' UNION SELECT 1, 3, 'related'"
	    " UNION SELECT 1, 2, 'related'");
	ok(id == 2 && has(core(db, 1), "publisher WIEGO"),
	    "DC-1: a publisher is named");
	ok(has(core(db, 1), "relation /en/organisations/r2"),
	    "DC-1: what it is related to stands there by address");
	ok(!has(core(db, 1), "library/r3"), "but not what has been withdrawn");
}

/* Four places in two documents, and in itself. */
static void
sources(struct db *db)
{
	records_add(db, "document", "en", "Study", "Text");
	db_script(db,
	    "INSERT INTO source (record, document, reference, place) VALUES"
	    " (1, 4, NULL, 'p. 3'), (1, 4, NULL, 'p. 9'), (1, 1, NULL, 'p. 1'),"
	    " (1, NULL, 'A letter', NULL), (1, NULL, 'A letter', 'end')");
	ok(count(core(db, 1), "source /en/library/r4") == 1 &&
		count(core(db, 1), "source A letter") == 1,
	    "DC-1: a source stands there once, whatever places in it are named");
	ok(!has(core(db, 1), "source /fr/library/r1"),
	    "DC-1: and no document is its own");
}

/* How much work it is to ask for one. */
static int64_t
cost(struct db *db)
{
	int64_t before;

	core(db, 1); /* prepares it */
	before = db_steps(db);
	core(db, 1);
	return db_steps(db) - before;
}

static const char many[] =
    "INSERT INTO record (kind, slug, lang, created, updated)"
    " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
    "  WHERE i < 2000) SELECT 'news', 'n' || i, 'en', '', '' FROM n;"
    "INSERT INTO record_text (record, lang, title)"
    " SELECT id, 'en', slug FROM record WHERE kind = 'news';"
    "INSERT INTO record_theme SELECT id, 'health' FROM record"
    " WHERE kind = 'news'";

int
main(void)
{
	struct db *db = records_open();
	int64_t few;

	document(db);
	relations(db);
	sources(db);
	few = cost(db);
	records_sql(db, many);
	ok(cost(db) <= few + 50,
	    "asking for one record does not read the others");
	ok(!db_failed(db), "nothing failed");
	db_close(db);
	return done();
}
