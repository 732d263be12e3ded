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
	    "SM-1: there is a sitemap");
	/* https://example.org/en/library/slug has five slashes; so have
	 * /en/schemes/data and /en/news/archive, in three languages, and
	 * countries without a record. */
	ok(records > 0 &&
		atoll(xml_at("count(//s:url[string-length(translate(s:loc,"
			     " translate(s:loc, '/', ''), '')) = 5 and"
			     " not(contains(s:loc, '/countries/') and"
			     " not(s:lastmod))])")) == records + 6,
	    "SM-1: with every record in every language");
	ok(xml_holds("boolean(//s:url[s:loc ="
		     " 'https://example.org/es/countries/gb'])") &&
		xml_holds("boolean(//s:url[s:loc ="
			  " 'https://example.org/fr/subscribe'])") &&
		xml_holds("boolean(//s:url[s:loc ="
			  " 'https://example.org/en/news/archive'])"),
	    "SM-1: and with the pages that are no records");
	ok(xml_holds("count(//s:url) = count(//s:url[starts-with(s:loc,"
		     " 'https://example.org/')])"),
	    "SM-1: each by its full address");
	ok(xml_holds("count(//s:url) = count(//s:url[count(h:link) = 4])") &&
		xml_holds(
		    "count(//s:url) = count(//s:url[h:link/@href = s:loc])"),
	    "SM-1: with all its translations, itself among them");
	ok(xml_holds("boolean(//s:url[s:loc = 'https://example.org/fr/library']"
		     "/h:link[@hreflang = 'es' and"
		     " @href = 'https://example.org/es/library'])"),
	    "SM-1: under the right language");
	ok(xml_holds("boolean(//s:url[s:loc = 'https://example.org/en/'])"),
	    "SM-1: and with the home pages");
	ok(xml_holds("count(//s:lastmod) = count(//s:lastmod["
		     "string-length(.) = 20 and contains(., 'T')])"),
	    "SM-1: it tells when a page last changed");
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
	    "SM-1: with so many that any reader takes it");
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

/* Does a rule of robots.txt (RFC 9309) hold for a path: * is anything, $ the
 * end? */
static bool
rule_holds(const char *rule, size_t len, const char *path)
{
	for (; len > 0; rule++, len--) {
		if (*rule == '$' && len == 1)
			return *path == '\0';
		if (*rule == '*') {
			for (; *path != '\0'; path++)
				if (rule_holds(rule + 1, len - 1, path))
					return true;
			return rule_holds(rule + 1, len - 1, path);
		}
		if (*rule != *path++)
			return false;
	}
	return true;
}

static bool
forbidden(const char *rules, const char *path)
{
	for (; (rules = strstr(rules, "\nDisallow: ")) != NULL; rules++)
		if (rule_holds(rules + 11, strcspn(rules + 11, "\n"), path))
			return true;
	return false;
}

/* Every page of the sitemap is there and may be fetched; of the translations,
 * which are the same records, one. */
static void
open_to_all(struct site *s)
{
	char *rules = strdup(body(get(s, "/robots.txt", NULL)));
	char *map = strdup(body(get(s, "/sitemap.xml", NULL)));
	bool there = true, open = true;

	for (char *at = map; (at = strstr(at, "<loc>")) != NULL;) {
		char *path = at + 5 + strlen("https://example.org");

		path[strcspn(path, "<")] = '\0';
		at = path + strlen(path) + 1;
		open = open && !forbidden(rules, path);
		if (path[1] == 'e' && path[2] == 'n' &&
		    status(get(s, path, NULL)) != 200) {
			there = false;
			printf("# %s\n", path);
		}
	}
	ok(there, "SM-1: every page in the sitemap answers 200");
	ok(open, "RB-1: and none of them is forbidden");
	ok(forbidden(rules, "/en/library?sort=title") &&
		forbidden(rules, "/fr/search") &&
		forbidden(rules, "/en/library/x/edit") &&
		forbidden(rules, "/es/schemes/new") &&
		forbidden(rules, "/en/account") &&
		forbidden(rules, "/en/dashboard") &&
		forbidden(rules, "/en/admin/members") &&
		forbidden(rules, "/en/review/3"),
	    "RB-1: forms, searches, orders and what is one member's are");
	ok(!forbidden(rules, "/en/news") &&
		!forbidden(rules, "/en/library/history-of-mutuals"),
	    "RB-1: but not what only begins like them");
	free(rules);
	free(map);
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
	    "RB-1: robots are told what to fetch");
	ok(has(page, "\nUser-agent: *\n") && has(page, "\nDisallow: /*?\n"),
	    "RB-1: no list in all its orders");
	ok(has(page, "\nSitemap: https://example.org/sitemap.xml\n"),
	    "RB-1: and where the sitemap is");
}

static void
opensearch(struct site *s)
{
	const char *page;

	ok(xml_get(s, "/fr/opensearch.xml", NULL,
	       "application/opensearchdescription+xml"),
	    "OS-1: a browser can add the site's search");
	ok(xml_holds("string-length(//o:ShortName) > 0 and"
		     " string-length(//o:ShortName) <= 16"),
	    "OS-1: by a short name");
	ok(xml_holds("string-length(//o:Description) > 0 and"
		     " string-length(//o:Description) <= 1024"),
	    "OS-1: with a description");
	is(xml_at("string(//o:Url[@type = 'text/html']/@template)"),
	    "https://example.org/fr/search?q={searchTerms}&page={startPage?}",
	    "OS-1: in the language of the page it was found on");
	ok(xml_holds("count(//o:Url[contains(@type, 'atom') or"
		     " contains(@type, 'rss')]) = 2"),
	    "OS-1: as a feed, too");
	is(xml_at("string(//o:Url[@rel = 'suggestions' and"
		  " @type = 'application/x-suggestions+json']/@template)"),
	    "https://example.org/fr/opensearch.json?q={searchTerms}",
	    "OS-1: with suggestions");
	is(xml_at("string(//o:Url[@type = 'application/atom+xml']/@template)"),
	    "https://example.org/fr/search.atom?q={searchTerms}"
	    "&page={startPage?}&language={language?}",
	    "OS-1: all at absolute addresses");
	ok(has(get(s, "/es/", NULL), "href=\"/es/opensearch.xml\""),
	    "OS-1: pages lead to it");
	ok(xml_get(s, "/en/opensearch.xml", NULL,
	       "application/opensearchdescription+xml") &&
		xml_holds("string(//o:Language) = 'en'") &&
		xml_get(s, "/es/opensearch.xml", NULL,
		    "application/opensearchdescription+xml") &&
		xml_holds("string(//o:Language) = 'es'"),
	    "in three languages");
	ok(xml_get(s, "/en/search.rss",
	       "q=%22sant%C3%A9%22&page=&language=", "application/rss+xml") &&
		xml_holds("//o:totalResults > 0 and //o:startIndex = 1 and"
			  " //o:itemsPerPage = 50") &&
		xml_holds("contains(//channel/a:link[@rel = 'self']/@href,"
			  " 'q=%22sant%C3%A9%22')"),
	    "OS-1: a response says how much there is; quotes and accents of"
	    " what was asked survive");
	ok(xml_get(s, "/en/search.atom", "q=sant%C3%A9&language=*",
	       "application/atom+xml") &&
		!xml_holds("contains(/a:feed/a:title, '*')") &&
		xml_holds("//o:totalResults > 0") &&
		xml_get(s, "/en/search.atom", "q=sant%C3%A9&language=fr-CA",
		    "application/atom+xml") &&
		xml_holds("contains(/a:feed/a:title, 'French')"),
	    "OS-1: {language?} may be any, or one with a country");
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
	open_to_all(s);
	opensearch(s);
	site_close(s);
	large_sitemap();
	xml_end();
	return done();
}
