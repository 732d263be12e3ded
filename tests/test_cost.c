/*
 * What pages cost, in steps of SQLite's machine: the same on any computer.
 * A page that shows some of many must not look at all of them, so it costs
 * no more where there are thousands.
 */
#include "test.h"

/* Fuller pages cost a little more; looking at every document, 15,000. */
enum { SLACK = 6000 };

/* Hashes that are known without hashing, in an address and in SQL. */
#define SIXTEEN "aaaaaaaaaaaaaaaa"
#define ONE_FILE SIXTEEN SIXTEEN SIXTEEN SIXTEEN
#define OTHER_FILE "replace(hex(zeroblob(32)), '0', 'b')"

static const struct {
	const char *path, *query;
	const char *claim;
} pages[] = {
	{ "/en/", NULL, "the front page" },
	{ "/fr/", NULL, "in another language too" },
	{ "/en/library", NULL, "the library" },
	{ "/en/library", "page=3", "a later page of it" },
	{ "/en/library", "country=SN&theme=overview", "a choice of it" },
	{ "/en/library", "sort=title", "the same by title" },
	{ "/en/library.atom", NULL, "its feed" },
	{ "/en/search.jsonfeed", "language=en", "one of a language" },
	{ "/en/countries/sn.rss", NULL, "one of a country" },
	{ "/en/organisations/ilo.atom", NULL, "one of an organisation" },
	{ "/en/library/step-in-africa-2007", NULL, "a document" },
	{ "/en/glossary", NULL, "the glossary" },
	{ "/en/glossary/third-party-payment", NULL, "a term" },
	{ "/en/organisations", NULL, "the directory" },
	{ "/en/organisations/ilo", NULL, "an organisation" },
	{ "/en/experts", NULL, "the experts" },
	{ "/en/countries", NULL, "the map of the world" },
	{ "/en/countries.json", NULL, "the countries as data" },
	{ "/en/countries/sn", NULL, "a country all documents are about" },
	{ "/en/countries/gw", NULL, "a country without a profile" },
	{ "/en/regions/sub-saharan-africa", NULL, "a region" },
	{ "/en/schemes", NULL, "the schemes" },
	{ "/en/schemes/musaki", NULL, "a scheme" },
	{ "/en/themes", NULL, "the themes" },
	{ "/en/themes/overview", NULL, "a theme all documents have" },
	{ "/en/questions", NULL, "the questions" },
	{ "/en/questions/what-campaign", NULL, "a question" },
	{ "/en/news", NULL, "the news" },
	{ "/en/news/archive", NULL, "their archive" },
	{ "/en/news/mutua-opens", NULL, "a piece of news" },
	{ "/en/events", NULL, "the events" },
	{ "/en/events.ics", NULL, "their calendar" },
	{ "/en/subscribe", NULL, "the list of all feeds" },
	{ "/en/links", NULL, "the links" },
	{ "/en/conventions", NULL, "the conventions" },
	{ "/en/sitemap", NULL, "the site map" },
	{ "/en/pages/help", NULL, "a page of help" },
	{ "/en/search", NULL, "the search page" },
	{ "/en/search", "country=SN", "a search by country" },
	{ "/files/" ONE_FILE "/a.pdf", NULL, "a file" },
	{ "/healthz", NULL, "a check of health" },
};

enum { PAGES = sizeof(pages) / sizeof(pages[0]) };

/* Half of the new documents are newer than all there are, half are older. */
static const char many[] =
    "BEGIN;"
    "CREATE TEMP TABLE n (i INTEGER PRIMARY KEY);"
    "INSERT INTO n WITH RECURSIVE c (i) AS"
    " (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 5100)"
    " SELECT i FROM c;"
    "INSERT INTO record (id, kind, slug, lang, created, updated, published)"
    " SELECT 100000 + i, iif(i > 5000, 'scheme', 'document'), 'many-' || i,"
    "  'en', '2001-01-01T00:00:00Z', '2001-01-01T00:00:00Z',"
    "  iif(i % 2, '1990-', '2090-') || (1 + i % 9) FROM n;"
    "INSERT INTO record_text (record, lang, title, summary)"
    " SELECT 100000 + i, 'en', 'Study ' || (i * 7919 % 5000) || ' of many',"
    "  'What is in it' FROM n;"
    "INSERT INTO document (record, doctype, year)"
    " SELECT 100000 + i, 'study', 2090 FROM n WHERE i <= 5000;"
    "INSERT INTO document_file (record, place, file)"
    " SELECT 100000 + i, 1, " OTHER_FILE " FROM n WHERE i <= 5000;"
    "INSERT INTO scheme (record, country, name, type)"
    " SELECT 100000 + i, 'VN', 'Scheme ' || i, 'unspecified' FROM n"
    " WHERE i > 5000;"
    "INSERT INTO scheme_text (scheme, lang, area, target_group)"
    " SELECT 100000 + i, 'en', 'Here', 'All' FROM n WHERE i > 5000;"
    "INSERT INTO record_country SELECT 100000 + i, iif(i > 5000, 'VN', 'SN')"
    " FROM n;"
    "INSERT INTO record_theme SELECT 100000 + i, 'overview' FROM n;"
    "COMMIT;";

/* The content, in a database that may be changed. */
static const char *
copy_database(void)
{
	static struct buf path;
	struct buf command = { 0 };

	buf_printf(&command, "cp '%s' '%s/mutua.db'",
	    test_database("test-data", "content"), test_dir());
	if (system(command.data) != 0)
		bail_out(command.data);
	buf_free(&command);
	buf_printf(&path, "%s/mutua.db", test_dir());
	return path.data;
}

static void
change(const char *path, const char *sql)
{
	struct db *db = db_open(path, DB_WRITE);

	if (!db_script(db, sql))
		bail_out(db_error(db));
	db_close(db);
}

/* Two files, one of which a document has and whose bytes are there. */
static void
add_files(const char *path)
{
	struct buf command = { 0 };

	change(path,
	    "INSERT INTO file (sha256, name, type, bytes, added)"
	    " SELECT column1, 'f.pdf', 'application/pdf', 1, '2001'"
	    " FROM (VALUES ('" ONE_FILE "'), (" OTHER_FILE "));"
	    "INSERT INTO document_file (record, place, file)"
	    " SELECT record, 900, '" ONE_FILE "' FROM document LIMIT 1");
	buf_printf(&command,
	    "mkdir -p '%s/files/aa' && printf x > '%s/files/aa/%s'", test_dir(),
	    test_dir(), ONE_FILE);
	if (system(command.data) != 0)
		bail_out(command.data);
	buf_free(&command);
}

/* What a page takes that has been asked for before. */
static int64_t
cost(struct site *s, size_t page)
{
	int64_t before;

	if (status(get(s, pages[page].path, pages[page].query)) != 200)
		bail_out(pages[page].path);
	before = db_steps(site_db(s));
	get(s, pages[page].path, pages[page].query);
	return db_steps(site_db(s)) - before;
}

static void
growth(struct site *s, const char *path)
{
	int64_t few[PAGES], all;

	for (size_t i = 0; i < PAGES; i++)
		few[i] = cost(s, i);
	change(path, many);
	ok(has(get(s, "/en/", NULL), "5,121"),
	    "these cost no more with 5,000 documents and 100 schemes more:");
	for (size_t i = 0; i < PAGES; i++) {
		all = cost(s, i);
		if (!ok(all <= few[i] + SLACK, pages[i].claim))
			printf("# %s: %lld steps, not %lld\n", pages[i].path,
			    (long long)all, (long long)few[i]);
	}
}

static void
preparing(struct site *s)
{
	int64_t before = db_prepared_again(site_db(s));

	for (size_t i = 0; i < PAGES; i++)
		get(s, pages[i].path, pages[i].query);
	ok(db_prepared_again(site_db(s)) == before,
	    "what a page asks is prepared once, not each time");
}

/* A worker that sees that something has changed reads that, not all. */
static void
change_of_one(struct site *s, const char *path)
{
	int64_t before;

	change(path,
	    "UPDATE record SET updated = '2090-01-01T00:00:00Z'"
	    " WHERE kind = 'document' AND slug = 'many-1'");
	get(s, "/en/library", NULL);
	before = cost(s, 2);
	change(path,
	    "UPDATE record SET updated = '2090-01-01T00:00:01Z'"
	    " WHERE kind = 'document' AND slug = 'many-2'");
	before += db_steps(site_db(s));
	get(s, "/en/library", NULL);
	ok(db_steps(site_db(s)) - before <= SLACK,
	    "a change of one record is seen without reading the others");
}

int
main(void)
{
	const char *path = copy_database();
	struct buf why = { 0 };
	struct site *s = site_open(&(struct site_options){ .database = path,
				       .assets = "assets",
				       .base = "https://example.org" },
	    &why);

	if (s == NULL)
		bail_out(buf_text(&why));
	add_files(path);
	growth(s, path);
	preparing(s);
	change_of_one(s, path);
	site_close(s);
	return done();
}
