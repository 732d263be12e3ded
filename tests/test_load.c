/* mutua load: content files into the database, or every fault in them. */
#include <inttypes.h>

#include "cli.h"

static const char good[] = "tests/fixtures/content";

/* Everything in the database but when it was written. */
static uint64_t
state(void)
{
	return (uint64_t)number_of(
	    "SELECT sum(n) FROM (SELECT count(*) * 1000003 AS n FROM record"
	    " UNION ALL SELECT count(*) * 10007 FROM record_text"
	    " UNION ALL SELECT count(*) * 101 FROM revision"
	    " UNION ALL SELECT sum(length(snapshot)) FROM revision"
	    " UNION ALL SELECT sum(id) FROM record_text"
	    " UNION ALL SELECT sum(id) FROM observation"
	    " UNION ALL SELECT sum(id) FROM source"
	    " UNION ALL SELECT sum(id) FROM theme_tree)");
}

static void
test_first(void)
{
	ok(mutua(&command_init, "", "", "") == DONE, "a database is made");
	ok(mutua(&command_load, good, "--dry-run", "") == DONE,
	    "a rehearsal reads the content");
	ok(has(said(), "add     scheme/mutuelle\n"),
	    "it names what would be added");
	ok(has(said(), "8 records: 8 to add, 0 to change, 0 the same\n"),
	    "it counts");
	ok(number_of("SELECT count(*) FROM record") == 0, "it writes nothing");
	ok(mutua(&command_load, good, "", "") == DONE, "the content loads");
	ok(has(said(), "8 records: 8 added, 0 changed, 0 the same\n"),
	    "it says how much there was");
}

static void
test_tables(void)
{
	ok(number_of("SELECT count(*) FROM revision") == 8,
	    "every record has its first revision");
	ok(number_of("SELECT count(*) FROM shown") == 24,
	    "every record is shown in three languages");
	is(words_of("SELECT t.title FROM shown s JOIN record_text t"
		    " ON t.id = s.text JOIN record r ON r.id = s.record"
		    " WHERE r.slug = 'sn' AND s.ui = 'fr'"),
	    "Sénégal", "countries are called what the language calls them");
	is(words_of("SELECT label FROM code_label WHERE list = 'region'"
		    " AND code = '011' AND lang = 'es'"),
	    "África occidental", "so are regions");
	is(words_of("SELECT label FROM code_label WHERE list = 'language'"
		    " AND code = 'wo' AND lang = 'en'"),
	    "Wolof", "so are languages");
	is(words_of("SELECT label FROM code_label WHERE list = 'theme'"
		    " AND code = 'finance' AND lang = 'fr'"),
	    "Finance", "a theme without a French title keeps its own");
	is(words_of("SELECT group_concat(n.depth || r.slug, ' ')"
		    " FROM (SELECT * FROM theme_tree ORDER BY place) n"
		    " JOIN record r ON r.id = n.theme"),
	    "0health 1finance 0finance", "a theme may stand in a tree twice");
	is(words_of("SELECT shape FROM country_code WHERE country = 'SN'"),
	    "M1 2z", "a country has its shape");
	is(words_of("SELECT published FROM record WHERE slug = 'brochure'"),
	    "2007", "a document is as new as its year");
	is(words_of("SELECT t.title FROM record_text t JOIN record r"
		    " ON r.id = t.record WHERE slug = 'mutuelle'"
		    " AND t.lang = 'en'"),
	    "La Mutuelle", "a name stands for a title that is missing");
}

static void
test_parts(void)
{
	is(words_of("SELECT group_concat(coalesce(a.name, o.slug), '; ')"
		    " FROM document_author a LEFT JOIN record o"
		    " ON o.id = a.organisation"),
	    "Doe, J.; helpers", "authors are names or organisations");
	is(words_of("SELECT group_concat(use || ' ' || name, '; ')"
		    " FROM (SELECT * FROM term_name WHERE lang = 'fr'"
		    " ORDER BY use)"),
	    "acronym TM; preferred Ticket modérateur; synonym quote-part",
	    "a term has names by use");
	is(words_of("SELECT folded FROM term_name WHERE use = 'preferred'"
		    " AND lang = 'fr'"),
	    "ticket moderateur", "which are found without accents");
	is(words_of("SELECT t.status || m.year || d.slug || o.slug || s.place"
		    " FROM measure m JOIN measure_text t ON t.measure = m.id"
		    " JOIN record d ON d.id = m.document"
		    " JOIN measure_organisation g ON g.measure = m.id"
		    " JOIN record o ON o.id = g.organisation"
		    " JOIN measure_source s ON s.measure = m.id"),
	    "adoptée2003brochurehelpersp. 2",
	    "a law has texts, organisations and sources");
	is(words_of("SELECT group_concat(coalesce(value, low || '-' || high,"
		    " missing), ' ') FROM observation"),
	    "50.0 not-available 200.0-300.0",
	    "a figure is a value, a range or missing");
	ok(number_of("SELECT count(*) FROM source WHERE observation > 0") == 1,
	    "a figure may have its own source");
	is(words_of("SELECT group_concat(service, ', ') FROM (SELECT t.service"
		    " FROM scheme_service s JOIN scheme_service_text t"
		    " ON t.scheme_service = s.id AND t.lang = 'fr'"
		    " ORDER BY s.place)"),
	    "Soins, Crédit", "services stand in order");
	is(words_of("SELECT r.slug || note FROM record_relation n"
		    " JOIN record r ON r.id = n.to_record"),
	    "helperssince 2002", "relations lead to records");
}

static void
test_page_files(void)
{
	const char *html = words_of(
	    "SELECT body_html FROM record_text t JOIN record r"
	    " ON r.id = t.record WHERE slug = 'health' AND t.lang = 'en'");

	ok(has(html, "<h2>Care for all</h2>"),
	    "a page's title heads the body of its theme");
	ok(has(html, "<h3>More</h3>"), "its own headings come below");
	ok(has(html, "<table>") && has(html, "href=\"/en/library\""),
	    "tables and links are made");
	ok(has(html, "and markup."), "raw HTML is dropped, its words are not");
	is(words_of("SELECT summary FROM record_text t JOIN record r"
		    " ON r.id = t.record WHERE slug = 'health'"
		    " AND t.lang = 'en'"),
	    "Care", "the theme keeps its own summary");
	ok(number_of("SELECT count(*) FROM record_country c JOIN record r"
		     " ON r.id = c.record WHERE slug = 'health'") == 2,
	    "what a page says of its theme is added");
	ok(number_of("SELECT count(*) FROM record_text t JOIN record r"
		     " ON r.id = t.record WHERE kind = 'page'") == 3,
	    "three pages are one record in three languages");
	ok(number_of("SELECT count(*) FROM record_country c JOIN record r"
		     " ON r.id = c.record WHERE slug = 'help'") == 1,
	    "what all of them say is kept once");
}

static void
test_again(void)
{
	uint64_t before = state();

	ok(mutua(&command_load, good, "", "") == DONE &&
		has(said(), "0 added, 0 changed, 8 the same"),
	    "loaded again, everything is the same");
	ok(state() == before, "and nothing is touched");
	shell("cp -r tests/fixtures/content $D/quoted && cd $D/quoted &&"
	      " sed -i \"s/year: 2007/year: '2007'/\" documents.yaml");
	ok(mutua(&command_load, in_dir("quoted"), "", "") == DONE &&
		has(said(), "8 the same"),
	    "other quotes around a number say the same");
}

static void
test_change(void)
{
	int64_t text = number_of(
	    "SELECT t.id FROM record_text t JOIN record r ON r.id = t.record"
	    " WHERE slug = 'brochure' AND t.lang = 'en'");

	shell("cp -r tests/fixtures/content $D/changed && cd $D/changed &&"
	      " sed -i 's/A brochure/Another brochure/; /De quoi/d;"
	      " /Doe, J/d' documents.yaml &&"
	      " sed -i '/summary: {en: What/d' terms.yaml");
	ok(mutua(&command_load, in_dir("changed"), "--dry-run", "") == DONE &&
		has(said(), "change  document/brochure\n") &&
		has(said(), "same    scheme/mutuelle\n"),
	    "a rehearsal tells what would change and what not");
	ok(mutua(&command_load, in_dir("changed"), "", "") == DONE &&
		has(said(), "0 added, 2 changed, 6 the same"),
	    "what differs is changed");
	ok(number_of("SELECT id FROM record_text WHERE title ="
		     " 'Another brochure'") == text,
	    "a text keeps its number when it changes");
	ok(number_of("SELECT count(*) FROM record_text t JOIN record r"
		     " ON r.id = t.record WHERE slug = 'brochure'") == 1,
	    "a language that is gone from the file is gone");
	ok(number_of("SELECT count(*) FROM document_author") == 1,
	    "so is an author");
	ok(number_of("SELECT max(number) FROM revision v JOIN record r"
		     " ON r.id = v.record WHERE slug = 'brochure'") == 2,
	    "the change is a second revision");
	ok(number_of("SELECT count(*) FROM revision v JOIN record r"
		     " ON r.id = v.record WHERE slug = 'brochure'"
		     " AND snapshot LIKE '%\"A brochure\"%'") == 1,
	    "the first one still has the old words");
	is(words_of("SELECT letter FROM shown s JOIN record_text t"
		    " ON t.id = s.text WHERE t.title = 'Another brochure'"
		    " AND s.ui = 'es'"),
	    "A", "readers of Spanish find it under its letter");
}

static void
test_left(void)
{
	shell("cp -r tests/fixtures/content $D/less && cd $D/less &&"
	      " rm terms.yaml");
	ok(mutua(&command_load, in_dir("less"), "", "") == DONE &&
		has(said(), "term/co-payment is in the files no more"),
	    "a record that is gone from the files is told");
	ok(number_of("SELECT count(*) FROM term") == 1, "and left alone");
}

/* An export is content again: it says the same. */
static void
test_round(void)
{
	ok(mutua(&command_export, "--to", in_dir("export"), "") == DONE &&
		mutua(&command_load, in_dir("export/content"), "", "") ==
		    DONE &&
		has(said(), "0 added, 0 changed, 8 the same"),
	    "what was exported loads as the same");
}

/* A theme's new name finds the documents about it. */
static void
test_names(void)
{
	shell("cp -r tests/fixtures/content $D/renamed && cd $D/renamed &&"
	      " sed -i 's/en: Health care,/en: Wellbeing,/' themes.yaml");
	mutua(&command_load, in_dir("renamed"), "", "");
	ok(number_of("SELECT count(*) FROM fts_en"
		     " WHERE fts_en MATCH 'wellbeing'") == 2,
	    "a theme's new name finds what is about it");
}

int
main(void)
{
	test_first();
	test_tables();
	test_parts();
	test_page_files();
	test_again();
	test_change();
	test_left();
	test_round();
	test_names();
	return cli_done();
}
