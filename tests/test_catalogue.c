/* Filters, counts and order: what lists and search have in common. */
#include "records.h"

static const char *const facets[] = { "kind", "country", "year", NULL };

static int64_t a, b, c, d;

static void
fill(struct db *db)
{
	a = records_add(db, "document", "en", "Banjo", "One");
	b = records_add(db, "document", "fr", "Éclair", "Two");
	c = records_add(db, "document", "en", "Apple", "Three");
	d = records_add(db, "scheme", "es", "Zoo", "Four");
	records_sql(db,
	    "INSERT INTO document (record, doctype, year) VALUES"
	    " (1, 'book', 2001), (2, 'book', 2003), (3, 'map', 2001);"
	    "INSERT INTO record_country VALUES (1, 'SN'), (2, 'SN'),"
	    " (3, 'BJ'), (4, 'IN'), (1, 'IN');"
	    "UPDATE record SET published = '2001-05' WHERE id = 1;"
	    "UPDATE record SET published = '2003' WHERE id = 2;"
	    "UPDATE record SET published = '2001-04-30' WHERE id = 3;");
}

static void
filters(struct db *db)
{
	struct search s = { .order = BY_TITLE, .facets = facets };

	is(records_find(db, &s), "Apple; Banjo; Éclair; Zoo",
	    "without a choice all records are shown");
	s.kind = "document";
	is(records_find(db, &s), "Apple; Banjo; Éclair", "or those of a kind");
	s.choices[0].facet = "country";
	s.choices[0].values = "SN";
	s.nchoices = 1;
	is(records_find(db, &s), "Banjo; Éclair", "or of a country");
	s.choices[0].values = "SN,BJ";
	is(records_find(db, &s), "Apple; Banjo; Éclair",
	    "two values of a facet mean either");
	s.choices[1].facet = "year";
	s.choices[1].values = "2001";
	s.nchoices = 2;
	is(records_find(db, &s), "Apple; Banjo", "two facets mean both");
	s.choices[1].values = "1066";
	is(records_find(db, &s), "", "a value that nothing has leaves nothing");
	s.choices[1].facet = "nonsense";
	is(records_find(db, &s), "", "nor does a facet nothing has");
}

static const char *
counted(struct db *db)
{
	return records_rows(db_query(db,
	    "SELECT facet, value, count, selected FROM facet_count"
	    " ORDER BY facet_place, place"));
}

static void
counts(struct db *db)
{
	struct search s = { .facets = facets, .ui = "en", .text = "" };

	ok(search_run(db, &s).total == 4, "results are counted");
	is(counted(db),
	    "kind,document,3,0; kind,scheme,1,0; country,IN,2,0;"
	    " country,SN,2,0; country,BJ,1,0; year,2003,1,0; year,2001,2,0",
	    "and the values of facets: the most first, but years the newest");
	s.choices[0].facet = "country";
	s.choices[0].values = "BJ";
	s.nchoices = 1;
	search_run(db, &s);
	is(counted(db), "country,BJ,1,1; country,IN,2,0; country,SN,2,0",
	    "a choice does not limit its own facet, and one value is none");
	is(records_rows(db_query(db,
	       "SELECT value, toggled FROM facet_count WHERE facet = 'country'"
	       " ORDER BY place")),
	    "BJ,; IN,BJ,IN; SN,BJ,SN", "a choice can be added or taken back");
	s.choices[0].values = "XX,BJ,XX";
	search_run(db, &s);
	ok(has(counted(db), "country,BJ,1,1; country,XX,0,1; country,IN"),
	    "an unknown choice is shown, once, so that it can be taken back");
}

static const char *
shown(struct db *db, const struct search *s)
{
	search_run(db, s);
	return records_rows(db_query(db,
	    "SELECT f.facet, f.all_values, f.hidden_values, count(*),"
	    "  max(c.selected), group_concat(c.value, '') FROM facet_found f"
	    " JOIN facet_count c ON c.facet = f.facet GROUP BY f.place"));
}

/* Fifteen countries and as many themes. */
static void
many_values(void)
{
	struct db *db = records_open();
	struct search s = { .ui = "en",
		.text = "",
		.facets =
		    (const char *const[]){ "country", "theme", "kind", NULL } };

	for (int i = 0; i < 15; i++) {
		records_add(db, i < 9 ? "document" : "scheme", "en", "T", "");
		records_sql(db,
		    "INSERT INTO record_theme (record, theme) SELECT max(id),"
		    " char(96 + max(id)) FROM record;"
		    "INSERT INTO country_code (country, region, subregion)"
		    " SELECT char(64 + max(id), 81), '002', '011' FROM record;"
		    "INSERT INTO record_country SELECT max(id), char(64 +"
		    " max(id), 81) FROM record");
	}
	is(shown(db, &s),
	    "country,15,3,12,0,AQBQCQDQEQFQGQHQIQJQKQLQ; "
	    "theme,15,3,12,0,abcdefghijkl; kind,2,0,2,0,documentscheme",
	    "of a facet with many values a dozen are shown");
	s.full = "theme";
	is(shown(db, &s),
	    "country,15,3,12,0,AQBQCQDQEQFQGQHQIQJQKQLQ; "
	    "theme,15,0,15,0,abcdefghijklmno; kind,2,0,2,0,documentscheme",
	    "unless it is asked for in full");
	s.full = "nonsense";
	is(shown(db, &s),
	    "country,15,3,12,0,AQBQCQDQEQFQGQHQIQJQKQLQ; "
	    "theme,15,3,12,0,abcdefghijkl; kind,2,0,2,0,documentscheme",
	    "which nonsense is not");
	s.full = NULL;
	s.all_full = true;
	is(shown(db, &s),
	    "country,15,0,15,0,AQBQCQDQEQFQGQHQIQJQKQLQMQNQOQ; "
	    "theme,15,0,15,0,abcdefghijklmno; kind,2,0,2,0,documentscheme",
	    "or all are");
	s.all_full = false;
	s.choices[0].facet = "theme";
	s.choices[0].values = "o,n";
	s.nchoices = 1;
	is(shown(db, &s),
	    "country,2,0,2,0,NQOQ; theme,15,1,14,1,noabcdefghijkl",
	    "what is chosen is always shown");
	db_close(db);
}

static void
orders(struct db *db)
{
	struct search s = { .order = BY_NEWEST };

	is(records_find(db, &s), "Éclair; Banjo; Apple; Zoo",
	    "the newest first, the undated last");
	s.order = BY_YEAR;
	is(records_find(db, &s), "Éclair; Banjo; Apple; Zoo",
	    "by year likewise");
	records_text(db, d, "fr", "Animaux", "");
	records_index(db, d);
	s = (struct search){ .order = BY_TITLE, .ui = "fr" };
	is(records_find(db, &s), "Animaux; Apple; Banjo; Éclair",
	    "titles stand in the order of the reader's language");
	s.ui = "en";
	is(records_find(db, &s), "Apple; Banjo; Éclair; Zoo",
	    "whichever it is");
}

static void
pages(struct db *db)
{
	static const char *const none[] = { NULL };
	struct search s = {
		.ui = "en", .text = "", .facets = none, .order = BY_TITLE
	};

	search_run(db, &s);
	search_page(db, 1, 2);
	is(records_rows(db_query(db, "SELECT place, record FROM hit")),
	    "2,1; 3,2", "a page is a part of the order");
	search_page(db, 3, 10);
	is(records_rows(db_query(db, "SELECT place, record FROM hit")), "4,4",
	    "the last may be short");
	search_page(db, 99, 10);
	is(records_rows(db_query(db, "SELECT place FROM hit")), "",
	    "and beyond it there is nothing");
	search_page(db, 0, -1);
	ok(db_number(db_restart(db_query(db, "SELECT count(*) FROM hit")), 0) ==
		4,
	    "without a limit all are there");
}

static void
changes(struct db *db)
{
	struct search s = { .order = BY_TITLE, .facets = facets };
	int64_t e = records_add(db, "scheme", "en", "Mango", "");

	is(records_find(db, &s), "Apple; Banjo; Éclair; Mango; Zoo",
	    "a new record is there at once");
	records_sql(db, "INSERT INTO record_country VALUES (5, 'BJ')");
	records_index(db, e);
	s.choices[0].facet = "country";
	s.choices[0].values = "BJ";
	s.nchoices = 1;
	is(records_find(db, &s), "Apple; Mango", "so is a change");
	records_sql(db, "UPDATE record SET status = 'draft' WHERE id = 5");
	records_index(db, e);
	is(records_find(db, &s), "Apple", "a draft is not shown");
	index_remove(db, c);
	records_sql(db, "DELETE FROM record WHERE id = 3");
	is(records_find(db, &s), "", "nor is what was deleted");
	s.nchoices = 0;
	is(records_find(db, &s), "Banjo; Éclair; Zoo", "and the others are");
}

int
main(void)
{
	struct db *db = records_open();

	fill(db);
	filters(db);
	counts(db);
	many_values();
	orders(db);
	pages(db);
	changes(db);
	ok(!db_failed(db), "nothing has failed");
	db_close(db);
	return done();
}
