/* A list as a feed, read back by an XML parser. */
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "test.h"
#include "view/feed.h"

static const struct feed site = { "Mutua", "What is shared & known" };
static struct db *db;
static struct buf feed, answer;
static xmlDoc *doc;
static xmlXPathContext *xpath;

static void
forget(void)
{
	xmlXPathFreeContext(xpath);
	xmlFreeDoc(doc);
	xpath = NULL;
	doc = NULL;
	buf_clear(&feed);
}

/* A feed of four awkward records in the French interface. */
static void
make(bool write(const struct model *, const struct feed *, struct buf *),
    const char *query)
{
	struct model m = { 0 };

	model_text(&m, "lang", "fr");
	model_text(&m, "path", "/library");
	model_text(&m, "query", query);
	model_text(&m, "base", "https://example.org:8080");
	model_text(&m, "title", "Bibliothèque & <plus>");
	model_number(&m, "total", "120");
	model_number(&m, "limit", "50");
	model_number(&m, "offset", "50");
	model_text(&m, "next_url", "?q=a%20b&page=3");
	model_text(&m, "previous_url", "?q=a%20b&page=1");
	model_rows(&m, "results", "",
	    db_query(db,
		"SELECT 'document' AS kind, 'a' AS slug, 'Tom & <Jerry>' AS"
		"  title, char(1) || 'R' || char(0xe9) || char(0x2019) ||"
		"  char(0x1f600) || char(0x627) || char(11) AS summary,"
		"  '/fr/library/a' AS url, 'fr' AS text_lang,"
		"  '2026-02-03T04:05:06Z' AS updated, '2007-11-13' AS published,"
		"  NULL AS snippet"
		" UNION ALL SELECT 'news', 'b', 'English', 'not this',"
		"  '/fr/news/b', 'en', '2026-01-01T00:00:00Z', '2007',"
		"  char(2) || 'this' || char(3)"
		" UNION ALL SELECT 'scheme', 'c', 'C', NULL, '/fr/schemes/c',"
		"  'fr', '2025-12-31T23:59:59Z', NULL, ''"
		" UNION ALL SELECT 'term', 'd', 'D', '', '/fr/glossary/d',"
		"  'fr', '2025-12-31T23:59:59Z', 'someday', ''"));
	forget();
	write(&m, &site, &feed);
	db_release(db);

	doc = xmlReadMemory(buf_text(&feed), (int)feed.len, "feed", NULL,
	    XML_PARSE_NONET);
	if (doc == NULL)
		return;
	xpath = xmlXPathNewContext(doc);
	xmlXPathRegisterNs(xpath, BAD_CAST "a",
	    BAD_CAST "http://www.w3.org/2005/Atom");
	xmlXPathRegisterNs(xpath, BAD_CAST "dc",
	    BAD_CAST "http://purl.org/dc/elements/1.1/");
	xmlXPathRegisterNs(xpath, BAD_CAST "os",
	    BAD_CAST "http://a9.com/-/spec/opensearch/1.1/");
}

/* What an XPath expression finds, as text. */
static const char *
at(const char *expression)
{
	xmlXPathObject *found;
	xmlChar *text;

	buf_clear(&answer);
	found = xpath != NULL ? xmlXPathEval(BAD_CAST expression, xpath) : NULL;
	if (found == NULL)
		return "nothing";
	text = xmlXPathCastToString(found);
	buf_puts(&answer, (const char *)text);
	xmlFree(text);
	xmlXPathFreeObject(found);
	return buf_text(&answer);
}

static void
atom(void)
{
	make(feed_atom, "q=a%20b&page=2");
	ok(doc != NULL, "an Atom feed is XML");
	is(at("string(/a:feed/@xml:lang)"), "fr", "in its language");
	is(at("string(/a:feed/a:title)"), "Bibliothèque & <plus> · Mutua",
	    "its title is escaped once");
	is(at("string(/a:feed/a:id)"),
	    "tag:example.org,2026:feed/fr/library?q=a%20b",
	    "its id is the same on every page");
	is(at("string(/a:feed/a:updated)"), "2026-02-03T04:05:06Z",
	    "it is as new as its newest entry");
	is(at("string(/a:feed/a:author/a:name)"), "Mutua", "its author");
	is(at("string(/a:feed/a:link[@rel='self']/@href)"),
	    "https://example.org:8080/fr/library.atom?q=a%20b&page=2",
	    "its own address");
	is(at("string(/a:feed/a:link[@rel='alternate']/@href)"),
	    "https://example.org:8080/fr/library?q=a%20b&page=2",
	    "the page of the same list");
	is(at("string(/a:feed/a:link[@rel='next']/@href)"),
	    "https://example.org:8080/fr/library.atom?q=a%20b&page=3",
	    "the next page");
	is(at("string(/a:feed/a:link[@rel='previous']/@href)"),
	    "https://example.org:8080/fr/library.atom?q=a%20b&page=1",
	    "the page before");
	is(at("concat(//os:totalResults, ' ', //os:startIndex, ' ',"
	      " //os:itemsPerPage)"),
	    "120 51 50", "how many there are");
	is(at("count(//a:entry)"), "4", "every record is an entry");
}

static void
atom_entries(void)
{
	is(at("string(//a:entry[1]/a:id)"), "tag:example.org,2026:document/a",
	    "an entry's id is the record's");
	is(at("string(//a:entry[1]/a:title)"), "Tom & <Jerry>",
	    "its title is escaped once");
	is(at("string(//a:entry[1]/a:summary)"), "Ré’😀ا",
	    "text of all scripts, without control characters");
	is(at("string(//a:entry[1]/a:published)"), "2007-11-13T00:00:00Z",
	    "when it was published");
	is(at("string(//a:entry[2]/a:published)"), "2007-01-01T00:00:00Z",
	    "as far as is known");
	is(at("concat(count(//a:entry[3]/a:published),"
	      " count(//a:entry[4]/a:published))"),
	    "00", "or not at all");
	is(at("string(//a:entry[1]/a:link/@href)"),
	    "https://example.org:8080/fr/library/a", "its page");
	is(at("concat(//a:entry[1]/a:category/@term, ' ',"
	      " //a:entry[1]/a:category/@scheme)"),
	    "document tag:example.org,2026:kind", "its kind");
	is(at("concat(//a:entry[1]/@xml:lang, '-', //a:entry[2]/@xml:lang)"),
	    "-en", "another language is said");
	is(at("string(//a:entry[2]/a:summary)"), "this",
	    "a snippet stands for the summary");
}

static void
rss(void)
{
	make(feed_rss, "");
	ok(doc != NULL, "an RSS feed is XML");
	is(at("concat(/rss/@version, count(/rss/channel))"), "2.01",
	    "version 2.0 with one channel");
	is(at("string(/rss/channel/title)"), "Bibliothèque & <plus> · Mutua",
	    "that has a title,");
	is(at("string(/rss/channel/link)"),
	    "https://example.org:8080/fr/library", "an address,");
	is(at("string(/rss/channel/description)"), "What is shared & known",
	    "a description");
	is(at("string(/rss/channel/language)"), "fr", "and a language");
	is(at("string(/rss/channel/lastBuildDate)"),
	    "Tue, 03 Feb 2026 04:05:06 GMT", "dates are in English");
	is(at("string(/rss/channel/a:link[@rel='self']/@href)"),
	    "https://example.org:8080/fr/library.rss", "its own address");
	is(at("count(//item)"), "4", "every record is an item");
	is(at("concat(//item[1]/guid, ' ', //item[1]/guid/@isPermaLink)"),
	    "tag:example.org,2026:document/a false", "its id is no address");
	is(at("string(//item[1]/pubDate)"), "Tue, 13 Nov 2007 00:00:00 GMT",
	    "when it was published");
	is(at("string(//item[3]/pubDate)"), "Wed, 31 Dec 2025 23:59:59 GMT",
	    "or else changed");
	is(at("concat(//item[1]/dc:language, //item[2]/dc:language)"), "en",
	    "another language is said");
	is(at("string(//item[1]/description)"), "Ré’😀ا", "its text");
}

static void
odd(void)
{
	make(feed_atom, "q=<é\"' |&x=\x80");
	is(at("string(/a:feed/a:link[@rel='self']/@href)"),
	    "https://example.org:8080/fr/library.atom?"
	    "q=%3C%C3%A9%22%27%20%7C&x=%80",
	    "an odd query is part of an address");
	buf_clear(&feed);
	ok(!feed_atom(&(struct model){ 0 }, &site, &feed) &&
		!feed_rss(&(struct model){ 0 }, &site, &feed),
	    "a page without a list has no feed");
}

int
main(void)
{
	db = db_open(":memory:", DB_CREATE);
	atom();
	atom_entries();
	rss();
	odd();
	forget();
	db_close(db);
	xmlCleanupParser();
	buf_free(&feed);
	buf_free(&answer);
	return done();
}
