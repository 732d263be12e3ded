/* What only machines read: sitemap, robots.txt, OpenSearch, feeds. */
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "test.h"

static xmlDoc *doc;
static xmlXPathContext *xpath;
static struct buf found;

static void
forget(void)
{
	xmlXPathFreeContext(xpath);
	xmlFreeDoc(doc);
	xpath = NULL;
	doc = NULL;
}

/* Get an address and read its body as XML; is it that type, and XML? */
static bool
get_xml(struct site *s, const char *path, const char *query, const char *type)
{
	const char *answer = get(s, path, query);
	struct buf line = { 0 };
	bool typed;

	forget();
	buf_printf(&line, "content-type: %s; charset=utf-8", type);
	typed = status(answer) == 200 && header(answer, line.data);
	buf_free(&line);
	doc = xmlReadMemory(body(answer), (int)strlen(body(answer)), path, NULL,
	    XML_PARSE_NONET);
	if (doc == NULL)
		return false;
	xpath = xmlXPathNewContext(doc);
	xmlXPathRegisterNs(xpath, BAD_CAST "s",
	    BAD_CAST "http://www.sitemaps.org/schemas/sitemap/0.9");
	xmlXPathRegisterNs(xpath, BAD_CAST "h",
	    BAD_CAST "http://www.w3.org/1999/xhtml");
	xmlXPathRegisterNs(xpath, BAD_CAST "o",
	    BAD_CAST "http://a9.com/-/spec/opensearch/1.1/");
	xmlXPathRegisterNs(xpath, BAD_CAST "a",
	    BAD_CAST "http://www.w3.org/2005/Atom");
	return typed;
}

static const char *
at(const char *expression)
{
	xmlXPathObject *o;
	xmlChar *text;

	buf_clear(&found);
	o = xpath != NULL ? xmlXPathEval(BAD_CAST expression, xpath) : NULL;
	if (o == NULL)
		return "nothing";
	text = xmlXPathCastToString(o);
	buf_puts(&found, (const char *)text);
	xmlFree(text);
	xmlXPathFreeObject(o);
	return buf_text(&found);
}

static bool
holds(const char *expression)
{
	return strcmp(at(expression), "true") == 0;
}

static void
sitemap(struct site *s)
{
	int64_t records = db_number(db_restart(db_query(site_db(s),
					"SELECT count(*) FROM listed")),
	    0);

	db_release(site_db(s));
	ok(get_xml(s, "/sitemap.xml", NULL, "application/xml"),
	    "there is a sitemap");
	/* https://example.org/en/library/slug has five slashes; so has
	 * /en/schemes/data, in three languages. */
	ok(records > 0 &&
		atoll(at("count(//s:url[string-length(translate(s:loc,"
			 " translate(s:loc, '/', ''), '')) = 5])")) ==
		    records + 3,
	    "with every record in every language");
	ok(holds("count(//s:url) = count(//s:url[starts-with(s:loc,"
		 " 'https://example.org/')])"),
	    "by its full address");
	ok(holds("count(//s:url) = count(//s:url[count(h:link) = 4])") &&
		holds("count(//s:url) = count(//s:url[h:link/@href = s:loc])"),
	    "with all its translations, itself among them");
	ok(holds("boolean(//s:url[s:loc = 'https://example.org/fr/library']"
		 "/h:link[@hreflang = 'es' and"
		 " @href = 'https://example.org/es/library'])"),
	    "under the right language");
	ok(holds("boolean(//s:url[s:loc = 'https://example.org/en/'])"),
	    "and with the home pages");
	ok(holds("count(//s:lastmod) = count(//s:lastmod["
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
	ok(get_xml(s, "/sitemap.xml", NULL, "application/xml") &&
		holds("count(//s:sitemap) = 7"),
	    "has a sitemap in parts");
	is(at("string(//s:sitemap[7]/s:loc)"),
	    "https://example.org/sitemap-7.xml", "each at its address");
	ok(get_xml(s, "/sitemap-2.xml", NULL, "application/xml") &&
		holds("count(//s:url) = 6000"),
	    "with so many that any reader takes it");
	ok(get_xml(s, "/sitemap-7.xml", NULL, "application/xml") &&
		holds("count(//s:url) > 0"),
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

	ok(get_xml(s, "/fr/opensearch.xml", NULL,
	       "application/opensearchdescription+xml"),
	    "a browser can add the site's search");
	ok(holds("string-length(//o:ShortName) > 0 and"
		 " string-length(//o:ShortName) <= 16"),
	    "by a short name");
	ok(holds("string-length(//o:Description) > 0 and"
		 " string-length(//o:Description) <= 1024"),
	    "with a description");
	is(at("string(//o:Url[@type = 'text/html']/@template)"),
	    "https://example.org/fr/search?q={searchTerms}&page={startPage?}",
	    "in the language of the page it was found on");
	ok(holds("count(//o:Url[contains(@type, 'atom') or"
		 " contains(@type, 'rss')]) = 2"),
	    "as a feed, too");
	is(at("string(//o:Url[@rel = 'suggestions' and"
	      " @type = 'application/x-suggestions+json']/@template)"),
	    "https://example.org/fr/opensearch.json?q={searchTerms}",
	    "with suggestions");
	is(at("string(//o:Url[@type = 'application/atom+xml']/@template)"),
	    "https://example.org/fr/search.atom?q={searchTerms}"
	    "&page={startPage?}",
	    "all at absolute addresses");
	ok(has(get(s, "/es/", NULL), "href=\"/es/opensearch.xml\""),
	    "pages lead to it");
	ok(get_xml(s, "/en/opensearch.xml", NULL,
	       "application/opensearchdescription+xml") &&
		holds("string(//o:Language) = 'en'") &&
		get_xml(s, "/es/opensearch.xml", NULL,
		    "application/opensearchdescription+xml") &&
		holds("string(//o:Language) = 'es'"),
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

/* The newest first, as far as the dates are known. */
static bool
in_order(void)
{
	struct buf before_it = { 0 }, expression = { 0 };
	bool ordered = true;

	for (int i = 1; ordered; i++) {
		buf_clear(&expression);
		buf_printf(&expression, "string(//a:entry[%d]/a:published)", i);
		if (*at(expression.data) == '\0')
			break;
		ordered = before_it.len == 0 ||
		    strcmp(before_it.data, found.data) >= 0;
		buf_clear(&before_it);
		buf_puts(&before_it, found.data);
	}
	buf_free(&before_it);
	buf_free(&expression);
	return ordered;
}

static void
feeds(struct site *s)
{
	int64_t entries = 0;

	ok(get_xml(s, "/fr/library.atom", "country=SN",
	       "application/atom+xml") &&
		holds("count(//a:entry) > 0"),
	    "a choice of the library is a feed");
	is(at("string(/a:feed/a:link[@rel = 'alternate']/@href)"),
	    "https://example.org/fr/library?country=SN", "that names its page");
	ok(holds("not(//a:entry/a:id = preceding::a:entry/a:id)"),
	    "no entry stands twice");
	ok(in_order(), "the newest come first");
	for (int i = 1; i <= 3; i++) {
		char page[24];

		snprintf(page, sizeof(page), "page=%d", i);
		get_xml(s, "/en/library.atom", page, "application/atom+xml");
		ok(in_order(), "on every page");
		entries += atoll(at("count(//a:entry)"));
	}
	ok(entries == atoll(at("string(//o:totalResults)")),
	    "all pages of a feed together have every record");
	ok(holds("not(//a:link[@rel = 'next'])"), "and the last says so");
	ok(get_xml(s, "/en/schemes.rss", NULL, "application/rss+xml") &&
		holds("count(//item) = 50"),
	    "a feed has fifty entries at most");
	ok(holds("boolean(//channel/a:link[@rel = 'next'])"),
	    "and leads to the others");
	ok(get_xml(s, "/es/search.atom", "q=mutual&page=1",
	       "application/atom+xml") &&
		holds("//o:totalResults >= count(//a:entry)"),
	    "a search is a feed and says how many it found");
	ok(has(get(s, "/fr/library", "country=SN"),
	       "application/atom+xml\" href=\"https://example.org/fr/library"
	       ".atom?country=SN\""),
	    "a list leads to its own feed");
}

int
main(void)
{
	struct site *s = test_site();

	sitemap(s);
	robots(s);
	opensearch(s);
	feeds(s);
	site_close(s);
	large_sitemap();
	forget();
	xmlCleanupParser();
	buf_free(&found);
	return done();
}
