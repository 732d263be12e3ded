/*
 * Records for reference managers: RIS, BibTeX, CSL-JSON and the meta elements
 * of pages, by parsers as strict as the formats.
 */
#include "visitor.h"

enum { MANY = 1200 };

/* A document whose every text is against us, one with all that can be known,
 * and a thousand. */
static const char records[] =
    "BEGIN;"
    "INSERT INTO record (id, kind, slug, lang, created, updated) VALUES"
    " (900001, 'document', 'hostile', 'en', '2026-01-02', '2026-01-02'),"
    " (900002, 'document', 'full', 'fr', '2026-01-02', '2026-01-02');"
    "INSERT INTO record_text (record, lang, title, summary) VALUES"
    " (900001, 'en', 'A } { \\ & % $ # _ ~ ^ \" @ </script><b> ER  - ',"
    "  '} @book{x,' || char(13, 10) || 'TY  - BOOK' || char(10) ||"
    "  '=1+1 \\textbackslash{}'),"
    " (900002, 'fr', 'Santé pour Tous', 'De quoi il s’agit.'),"
    " (900002, 'en', 'Health for All', 'What it is about.');"
    "INSERT INTO document (record, doctype, subtitle, year, date, journal,"
    "  place, series, number, pages, url) VALUES"
    " (900001, 'unheard-of', NULL, NULL, NULL, '}', '{', NULL, '#', '\\', NULL),"
    " (900002, 'article', 'une étude', 2007, '2007-11-13',"
    "  'Revue & Cie', 'Dakar', 'Cahiers', '3', '71-97',"
    "  'https://doi.org/10.1000/a_b%23c');"
    "INSERT INTO document_author (record, place, name, organisation) VALUES"
    " (900001, 1, '} and {, \\ &', NULL),"
    " (900001, 2, 'Smith, John, Jr.', NULL),"
    " (900002, 1, 'W. Van Ginneken', NULL),"
    " (900002, 2, 'Ministère de la Santé', NULL);"
    "INSERT INTO document_author (record, place, organisation)"
    " SELECT 900002, 3, id FROM record WHERE kind = 'organisation'"
    "  AND slug = 'ilo';"
    "INSERT INTO document_language VALUES (900002, 'fr');"
    "INSERT INTO record_keyword VALUES (900001, 'a; b, \\'),"
    " (900002, 'santé'), (900002, 'Sénégal');"
    "INSERT INTO file (sha256, name, type, bytes, added) VALUES"
    " ('"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "', 'santé.pdf', 'application/pdf', 10, '2026-01-02');"
    "INSERT INTO document_file (record, place, file) VALUES (900002, 1, '"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');"
    "CREATE TEMP TABLE n (i INTEGER PRIMARY KEY);"
    "INSERT INTO n WITH RECURSIVE c (i) AS"
    " (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 1200)"
    " SELECT i FROM c;"
    "INSERT INTO record (id, kind, slug, lang, created, updated)"
    " SELECT 910000 + i, 'document', 'many-' || i, 'en', '2026-01-02',"
    "  '2026-01-02' FROM n;"
    "INSERT INTO record_text (record, lang, title, summary)"
    " SELECT 910000 + i, 'en', 'Study ' || i, 'Line' || char(10) || 'two'"
    " FROM n;"
    "INSERT INTO document (record, doctype, year)"
    " SELECT 910000 + i, 'study', 1900 + i % 100 FROM n;"
    "INSERT INTO document_author (record, place, name)"
    " SELECT 910000 + i, 1, 'A. Author' FROM n;"
    "COMMIT;";

static struct visitor
open_cited(void)
{
	struct visitor v = visitor_open();
	struct db *db = db_open(visitor_database.data, DB_WRITE);

	if (!db_script(db, records))
		bail_out(db_error(db));
	db_close(db);
	return v;
}

/*
 * A parser of RIS that takes nothing but RIS.
 */

struct ris {
	int records;
	char fault[160];
};

static const char *
ris_line(struct ris *r, const char *at, bool *within)
{
	const char *end = strstr(at, "\r\n");
	bool tag = at[0] >= 'A' && at[0] <= 'Z' &&
	    ((at[1] >= 'A' && at[1] <= 'Z') ||
		(at[1] >= '0' && at[1] <= '9')) &&
	    strncmp(at + 2, "  - ", 4) == 0;
	bool begins = strncmp(at, "TY", 2) == 0;

	if (end == at && !*within)
		return end + 2;
	if (end == NULL || !tag || begins == *within ||
	    memchr(at, '\n', (size_t)(end - at)) != NULL) {
		snprintf(r->fault, sizeof(r->fault), "%.80s", at);
		return NULL;
	}
	*within = strncmp(at, "ER  - \r\n", 8) != 0;
	r->records += !*within;
	return end + 2;
}

static struct ris
ris_read(const char *at)
{
	struct ris r = { 0 };
	bool within = false;

	while (at != NULL && *at != '\0')
		at = ris_line(&r, at, &within);
	if (within)
		snprintf(r.fault, sizeof(r.fault), "no end");
	return r;
}

/* What ask() makes of line ends is undone, for this is about them. */
static char *
fetch_ris(struct visitor *v, const char *url)
{
	char *path = strndup(url, strcspn(url, "?"));
	const char *query = strchr(url, '?');
	struct response r = { 0 };
	char *text;

	site_serve(v->site,
	    &(struct request){ .method = "GET",
		.path = path,
		.query = query != NULL ? query + 1 : NULL,
		.host = "example.org",
		.scheme = "https" },
	    &r);
	text = strndup(buf_text(&r.body), r.body.len);
	response_free(&r);
	free(path);
	return text;
}

static void
test_ris(struct visitor *v)
{
	static const char *const lists[] = { "/en/library.ris",
		"/fr/search.ris", "/es/schemes.ris", "/en/glossary.ris",
		"/en/countries.ris", "/en/themes.ris", "/en/news.ris",
		"/fr/experts.ris", "/en/search.ris?q=insurance&page=2" };
	char *text = fetch_ris(v, "/en/library.ris");
	struct ris r = ris_read(text);

	ok(r.records ==
		    number_in("SELECT count(*) FROM shown WHERE ui = 'en'"
			      " AND kind = 'document'") &&
		r.records > MANY,
	    "RIS-1: a list is exported whole, more than 1,000 records");
	free(text);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		text = fetch_ris(v, lists[i]);
		r = ris_read(text);
		if (!ok(r.fault[0] == '\0' &&
			    (r.records > 0 || strstr(lists[i], "expert")),
			"RIS-1: every line of any list is RIS, whatever the "
			"texts"))
			printf("# %s: %s\n", lists[i], r.fault);
		free(text);
	}
}

static void
test_ris_item(struct visitor *v)
{
	const char *page = visit(v, "/fr/library/full.ris");

	ok(header(page,
	       "content-type: application/x-research-info-systems; "
	       "charset=utf-8") &&
		header(page,
		    "content-disposition: attachment; "
		    "filename=\"mutua-fr-library-full.ris\""),
	    "RIS-1: it is served as RIS, to be saved under a name");
	is(body(page),
	    "TY  - JOUR\r\n"
	    "AU  - Van Ginneken, W.\r\n"
	    "AU  - Ministère de la Santé\r\n"
	    "AU  - Organisation internationale du Travail\r\n"
	    "TI  - Santé pour Tous: une étude\r\n"
	    "T2  - Revue & Cie\r\nT3  - Cahiers\r\n"
	    "PY  - 2007\r\nDA  - 2007/11/13/\r\n"
	    "CY  - Dakar\r\nIS  - 3\r\nSP  - 71\r\nEP  - 97\r\n"
	    "M3  - Article\r\nAB  - De quoi il s’agit.\r\n"
	    "KW  - Sénégal\r\nKW  - santé\r\nLA  - fr\r\n"
	    "DO  - 10.1000/a_b%23c\r\n"
	    "UR  - https://doi.org/10.1000/a_b%23c\r\n"
	    "L1  - https://example.org/files/"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"
	    "sant%C3%A9.pdf\r\n"
	    "DB  - Mutua\r\nID  - document:full\r\nER  - \r\n\r\n",
	    "RIS-1: a record has all that is known of it");
	ok(has(visit(v, "/en/library/hostile.ris"), "TY  - GEN\r\n"),
	    "RIS-1: of a type that RIS has not it is something general");
	ok(has(visit(v, "/en/search.ris"), "\nTY  - DICT\r\n") &&
		has(visit(v, "/en/search.ris"), "\nTY  - STAT\r\n"),
	    "RIS-1: in a mixed list every kind has a type");
}

/*
 * BibTeX and CSL-JSON, by parsers of others.
 */

static void
save(struct visitor *v, const char *url, const char *name)
{
	struct buf path = { 0 };
	FILE *f;

	buf_printf(&path, "%s/%s", test_dir(), name);
	f = fopen(path.data, "w");
	if (f == NULL || fputs(body(visit(v, url)), f) < 0 || fclose(f) != 0)
		bail_out(path.data);
	buf_free(&path);
}

static bool
run(const char *program, const char *files)
{
	struct buf command = { 0 };
	bool fine;

	buf_printf(&command, "cd tests && /usr/bin/python3 -B %s %s", program,
	    files);
	fflush(stdout);
	fine = system(command.data) == 0;
	buf_free(&command);
	return fine;
}

static bool
round_trip(struct visitor *v, const char *bib, const char *csl)
{
	struct buf files = { 0 };
	bool fine;

	save(v, bib, "list.bib");
	save(v, csl, "list.csl");
	buf_printf(&files, "'%s/list.bib' '%s/list.csl'", test_dir(),
	    test_dir());
	fine = run("bibtex.py", files.data);
	buf_free(&files);
	return fine;
}

static void
test_bibtex(struct visitor *v)
{
	const char *page;

	ok(round_trip(v, "/en/library.bib", "/en/library.csl"),
	    "BT-1: a parser finds in 1,300 entries of BibTeX what the records "
	    "have, in whatever signs");
	ok(round_trip(v, "/fr/search.bib", "/fr/search.csl"),
	    "BT-1: and in a list of all kinds");
	page = visit(v, "/fr/library/full.bib");
	ok(header(page, "content-type: application/x-bibtex; charset=utf-8"),
	    "BT-1: it is served as BibTeX");
	is(body(page),
	    "@article{document:full,\n"
	    "  author = {Van Ginneken, W. and {Ministère de la Santé}"
	    " and {Organisation internationale du Travail}},\n"
	    "  title = {{Santé pour Tous: une étude}},\n"
	    "  journal = {Revue \\& Cie},\n"
	    "  series = {Cahiers},\n"
	    "  year = {2007},\n  month = nov,\n  day = {13},\n"
	    "  address = {Dakar},\n  number = {3},\n"
	    "  pages = {71--97},\n  type = {Article},\n"
	    "  language = {fr},\n  keywords = {Sénégal, santé},\n"
	    "  abstract = {De quoi il s’agit.},\n"
	    "  url = {https://doi.org/10.1000/a_b%23c},\n"
	    "  doi = {10.1000/a_b%23c},\n"
	    "  file = {https://example.org/files/"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"
	    "sant%C3%A9.pdf}\n}\n\n",
	    "BT-1: bodies and titles keep their capitals, a person is a "
	    "family name and given names");
	ok(has(visit(v, "/en/library/full.bib"), "@article{document:full,"),
	    "BT-1: a key is the same in every language");
}

static void
test_csl(struct visitor *v)
{
	const char *page = visit(v, "/en/library/full.csl");

	ok(header(page,
	       "content-type: application/vnd.citationstyles.csl+json"),
	    "CSL-1: it is served as CSL-JSON");
	is(body(page),
	    "[{\"id\":\"document:full\",\"type\":\"article-journal\","
	    "\"author\":[{\"family\":\"Van Ginneken\",\"given\":\"W.\"},"
	    "{\"literal\":\"Ministère de la Santé\"},"
	    "{\"literal\":\"International Labour Organization\"}],"
	    "\"title\":\"Health for All: une étude\","
	    "\"container-title\":\"Revue & Cie\","
	    "\"collection-title\":\"Cahiers\","
	    "\"issued\":{\"date-parts\":[[2007,11,13]]},"
	    "\"publisher-place\":\"Dakar\",\"issue\":\"3\","
	    "\"page\":\"71-97\",\"genre\":\"Article\",\"language\":\"fr\","
	    "\"keyword\":\"Sénégal, santé\","
	    "\"abstract\":\"What it is about.\","
	    "\"URL\":\"https://doi.org/10.1000/a_b%23c\","
	    "\"DOI\":\"10.1000/a_b%23c\",\"source\":\"Mutua\"}]\n",
	    "CSL-1: a record with its type, date and authors, bodies as they "
	    "stand");
	is(body(visit(v, "/en/library.csl?q=nothinglikethis")), "[]\n",
	    "CSL-1: an empty list is an empty list");
}

static void
test_pages(struct visitor *v)
{
	const char *page = visit(v, "/en/schemes/musaki");

	ok(has(page, "data-copy=\"Copy\"") &&
		has(page, "https://example.org/en/schemes/musaki</p>"),
	    "CSL-1: a page of the site says how to cite it, to be copied");
	ok(has(page, "href=\"/en/schemes/musaki.ris\"") &&
		has(page, "href=\"/en/schemes/musaki.bib\""),
	    "a record leads to its forms for reference managers");
	ok(has(visit(v, "/en/library?year=2007"),
	       "href=\"/en/library.bib?year=2007\""),
	    "a list leads to them with what was chosen");
	ok(status(visit(v, "/en/join.ris")) == 404 &&
		!has(visit(v, "/en/join"), ".ris"),
	    "a page of no record has none");
}

/*
 * The head of a page.
 */

/* What a meta element says, the first or after another place. */
static bool
says(const char *page, const char *name, const char *content)
{
	struct buf meta = { 0 };
	bool found;

	buf_printf(&meta, "<meta name=\"%s\" content=\"%s\">", name, content);
	found = has(page, meta.data);
	buf_free(&meta);
	return found;
}

static void
test_scholar(struct visitor *v)
{
	const char *page = visit(v, "/fr/library/full");

	ok(says(page, "citation_title", "Santé pour Tous: une étude") &&
		says(page, "citation_publication_date", "2007/11/13") &&
		says(page, "citation_journal_title", "Revue &amp; Cie") &&
		says(page, "citation_issue", "3") &&
		says(page, "citation_firstpage", "71") &&
		says(page, "citation_lastpage", "97") &&
		says(page, "citation_language", "fr") &&
		says(page, "citation_doi", "10.1000/a_b%23c") &&
		says(page, "citation_keywords", "santé") &&
		says(page, "citation_abstract_html_url",
		    "https://example.org/fr/library/full"),
	    "GS-1: the page of a publication says what is to be cited");
	ok(before(page, "citation_author\" content=\"Van Ginneken, W.\"",
	       "citation_author\" content=\"Ministère de la Santé\"") &&
		count(page, "\"citation_author\"") == 3,
	    "GS-1: each author by one element, in order");
	ok(says(page, "citation_pdf_url",
	       "https://example.org/fr/library/full/document.pdf"),
	    "GS-1: the PDF has an address below that of the page");
	ok(has(visit(v, "/fr/library/full/document.pdf"),
	       "location: /files/aaaaaaaa"),
	    "GS-1: which leads to the file");
	page = visit(v, "/en/library/many-1");
	ok(!has(page, "citation_pdf_url") && has(page, "citation_title") &&
		status(visit(v, "/en/library/many-1/document.pdf")) == 404,
	    "GS-2: without a PDF that can be read there is no address of one");
	page = visit(v, "/en/library/many-1");
	ok(has(page, "Line\ntwo"),
	    "GS-2: the abstract is on the page, without signing in");
	ok(!has(visit(v, "/en/schemes/musaki"), "citation_") &&
		!has(visit(v, "/en/library"), "\"citation_title"),
	    "GS-1: pages of no publication say nothing of the kind");
}

static void
test_links(struct visitor *v)
{
	const char *page = visit(v, "/fr/library/full?from=here");

	ok(has(page,
	       "\nlink: <https://example.org/fr/library/full>;"
	       " rel=\"cite-as\"") &&
		has(page,
		    "<https://example.org/fr/library/full.ris>;"
		    " rel=\"describedby\";"
		    " type=\"application/x-research-info-systems\"") &&
		has(page,
		    "<https://example.org/fr/library/full/document.pdf>;"
		    " rel=\"item\"; type=\"application/pdf\""),
	    "GS-3: the answer's head names what to cite, what describes it "
	    "and the thing itself");
	ok(has(page,
	       "<link rel=\"alternate\" type=\"application/x-bibtex\" "
	       "href=\"https://example.org/fr/library/full.bib\">"),
	    "GS-3: and so does the page's");
}

static void
test_dublin_core(struct visitor *v)
{
	const char *page = visit(v, "/en/library/full");

	ok(has(page,
	       "<link rel=\"schema.DC\" "
	       "href=\"http://purl.org/dc/elements/1.1/\">") &&
		has(page,
		    "<meta name=\"DC.title\" lang=\"fr\" "
		    "content=\"Santé pour Tous: une étude\">") &&
		has(page,
		    "<meta name=\"DC.title\" lang=\"en\" "
		    "content=\"Health for All\">") &&
		says(page, "DC.creator", "Van Ginneken, W.") &&
		says(page, "DC.date", "2007-11-13") &&
		says(page, "DC.identifier",
		    "https://example.org/fr/library/full"),
	    "DC-2: a page has the elements of Dublin Core, with languages");
	ok(count(page, "<meta name=\"DC.") ==
		number_in("SELECT count(*) FROM dublin_core"
			  " WHERE record = 900002 AND (element NOT IN"
			  "  ('subject', 'coverage', 'type')"
			  "  OR coalesce(value_lang, 'en') = 'en')"),
	    "DC-2: just those that harvesters get, what they are and are "
	    "about in the page's language");
	page = visit(v, "/en/library/hostile");
	ok(has(page,
	       "content=\"A } { \\ &amp; % $ # _ ~ ^ &quot; @ "
	       "&lt;/script&gt;&lt;b&gt; ER  - \"") &&
		!has(page, "</script><b>"),
	    "DC-2: no text leaves its element");
	ok(!has(visit(v, "/en/library"), "DC.title"), "DC-2: lists have none");
}

int
main(void)
{
	struct visitor v = open_cited();

	test_ris(&v);
	test_ris_item(&v);
	test_bibtex(&v);
	test_csl(&v);
	test_pages(&v);
	test_scholar(&v);
	test_links(&v);
	test_dublin_core(&v);
	visitor_close(&v);
	return done();
}
