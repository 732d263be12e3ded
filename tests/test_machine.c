/* What only machines read: sitemap, robots.txt, OpenSearch. */
#include "xml.h"

static void
sitemap(struct site *s)
{
	int64_t records = db_number(db_restart(db_query(site_db(s),
					"SELECT count(*) FROM listed")),
	    0);

	db_release(site_db(s));
	ok(xml_get(s, "/sitemap.xml", NULL, "application/xml"),
	    "there is a sitemap");
	/* https://example.org/en/library/slug has five slashes; so has
	 * /en/schemes/data, in three languages. */
	ok(records > 0 &&
		atoll(xml_at("count(//s:url[string-length(translate(s:loc,"
			     " translate(s:loc, '/', ''), '')) = 5])")) ==
		    records + 3,
	    "with every record in every language");
	ok(xml_holds("count(//s:url) = count(//s:url[starts-with(s:loc,"
		     " 'https://example.org/')])"),
	    "by its full address");
	ok(xml_holds("count(//s:url) = count(//s:url[count(h:link) = 4])") &&
		xml_holds(
		    "count(//s:url) = count(//s:url[h:link/@href = s:loc])"),
	    "with all its translations, itself among them");
	ok(xml_holds("boolean(//s:url[s:loc = 'https://example.org/fr/library']"
		     "/h:link[@hreflang = 'es' and"
		     " @href = 'https://example.org/es/library'])"),
	    "under the right language");
	ok(xml_holds("boolean(//s:url[s:loc = 'https://example.org/en/'])"),
	    "and with the home pages");
	ok(xml_holds("count(//s:lastmod) = count(//s:lastmod["
		     "string-length(.) = 20 and contains(., 'T')])"),
	    "it tells when a page last changed");
	ok(status(get(s, "/sitemap-1.xml", NULL)) == 404, "it is in one part");
}

/* The same site with 12,000 records more. */
static void
large_sitemap(void)
{
	struct buf path = { 0 }, why = { 0 };
	const char *from = test_database("test-data", "content");
	struct db *db;
	struct site *s;

	buf_printf(&path, "cp '%s' '%s/mutua.db'", from, test_dir());
	if (system(path.data) != 0)
		bail_out(path.data);
	buf_clear(&path);
	buf_printf(&path, "%s/mutua.db", test_dir());
	db = db_open(path.data, DB_WRITE);
	db_script(db,
	    "INSERT INTO record (kind, slug, created, updated) WITH n (i) AS"
	    " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)"
	    " SELECT 'news', 'n' || i, '2026-01-01T00:00:00Z',"
	    "  '2026-01-01T00:00:00Z' FROM n");
	ok(!db_failed(db), "a larger site");
	db_close(db);
	s = site_open(&(struct site_options){ .database = path.data,
			  .assets = "assets",
			  .base = "https://example.org" },
	    &why);
	if (s == NULL)
		bail_out(buf_text(&why));
	ok(xml_get(s, "/sitemap.xml", NULL, "application/xml") &&
		xml_holds("count(//s:sitemap) = 7"),
	    "has a sitemap in parts");
	is(xml_at("string(//s:sitemap[7]/s:loc)"),
	    "https://example.org/sitemap-7.xml", "each at its address");
	ok(xml_get(s, "/sitemap-2.xml", NULL, "application/xml") &&
		xml_holds("count(//s:url) = 6000"),
	    "with so many that any reader takes it");
	ok(xml_get(s, "/sitemap-7.xml", NULL, "application/xml") &&
		xml_holds("count(//s:url) > 0"),
	    "to the last");
	ok(status(get(s, "/sitemap-8.xml", NULL)) == 404 &&
		status(get(s, "/sitemap-0.xml", NULL)) == 404 &&
		status(get(s, "/sitemap-x.xml", NULL)) == 404,
	    "and no further");
	site_close(s);
	buf_free(&path);
	buf_free(&why);
}

static void
robots(struct site *s)
{
	const char *page = get(s, "/favicon.ico", NULL);

	ok(status(page) == 301 &&
		header(page, "location: /assets/icons/favicon.svg") &&
		status(get(s, "/assets/icons/favicon.svg", NULL)) == 200,
	    "who asks for the usual icon is led to it");
	page = get(s, "/robots.txt", NULL);

	ok(status(page) == 200 &&
		header(page, "content-type: text/plain; charset=utf-8"),
	    "robots are told what to fetch");
	ok(has(page, "\nUser-agent: *\n") && has(page, "\nDisallow: /*?\n"),
	    "no list in all its orders");
	ok(has(page, "\nSitemap: https://example.org/sitemap.xml\n"),
	    "and where the sitemap is");
}

static void
opensearch(struct site *s)
{
	const char *page;

	ok(xml_get(s, "/fr/opensearch.xml", NULL,
	       "application/opensearchdescription+xml"),
	    "a browser can add the site's search");
	ok(xml_holds("string-length(//o:ShortName) > 0 and"
		     " string-length(//o:ShortName) <= 16"),
	    "by a short name");
	ok(xml_holds("string-length(//o:Description) > 0 and"
		     " string-length(//o:Description) <= 1024"),
	    "with a description");
	is(xml_at("string(//o:Url[@type = 'text/html']/@template)"),
	    "https://example.org/fr/search?q={searchTerms}&page={startPage?}",
	    "in the language of the page it was found on");
	ok(xml_holds("count(//o:Url[contains(@type, 'atom') or"
		     " contains(@type, 'rss')]) = 2"),
	    "as a feed, too");
	is(xml_at("string(//o:Url[@rel = 'suggestions' and"
		  " @type = 'application/x-suggestions+json']/@template)"),
	    "https://example.org/fr/opensearch.json?q={searchTerms}",
	    "with suggestions");
	is(xml_at("string(//o:Url[@type = 'application/atom+xml']/@template)"),
	    "https://example.org/fr/search.atom?q={searchTerms}"
	    "&page={startPage?}",
	    "all at absolute addresses");
	ok(has(get(s, "/es/", NULL), "href=\"/es/opensearch.xml\""),
	    "pages lead to it");
	ok(xml_get(s, "/en/opensearch.xml", NULL,
	       "application/opensearchdescription+xml") &&
		xml_holds("string(//o:Language) = 'en'") &&
		xml_get(s, "/es/opensearch.xml", NULL,
		    "application/opensearchdescription+xml") &&
		xml_holds("string(//o:Language) = 'es'"),
	    "in three languages");
	page = get(s, "/fr/opensearch.json", "q=tiers+pa%22");
	ok(status(page) == 200 &&
		header(page, "content-type: application/x-suggestions+json"),
	    "browsers get suggestions");
	ok(has(page, "\n[\"tiers pa\\\"\",[\"tiers payant\"") &&
		has(page, "[\"Terme du glossaire\"") &&
		has(page, "[\"https://example.org/fr/glossary/"),
	    "in the form they know: typed, meant, what it is, where");
	ok(has(get(s, "/es/opensearch.json", NULL), "\n[\"\",[],[],[]]"),
	    "or none");
	ok(status(get(s, "/es/opensearch", NULL)) == 404, "and only that form");
}

int
main(void)
{
	struct site *s = test_site();

	sitemap(s);
	robots(s);
	opensearch(s);
	site_close(s);
	large_sitemap();
	xml_end();
	return done();
}
