/* A list as a feed, read back by an XML parser. */
#include "view/feed.h"
#include "xml.h"

static struct feed site = { "Mutua", "What is shared & known", "" };
static struct db *db;
static struct buf feed, answer;

/* What is known of the records beside their columns. */
static void
name_parts(struct model *m)
{
	model_rows(m, "_texts", "results",
	    db_query(db,
		"SELECT '<p>Ré &amp; <a class=\"x\" href=\"/fr/a\">b</a>"
		" =&quot;/c</p>' AS text_html WHERE :slug = 'a'"));
	model_rows(m, "_categories", "results",
	    db_query(db,
		"SELECT 'kind' AS scheme, :kind AS term, 'Sort & kind' AS label"
		" UNION ALL SELECT NULL, 'free', 'free' WHERE :slug = 'a'"));
	model_rows(m, "_authors", "results",
	    db_query(db,
		"SELECT 'Awa & Co' AS name, '/fr/organisations/awa' AS url"
		" WHERE :slug = 'a'"));
	model_rows(m, "_files", "results",
	    db_query(db,
		"SELECT '/files/1/a%20b.pdf' AS url, 'application/pdf' AS type,"
		"  1234 AS bytes, 'In French' AS label WHERE :slug = 'a'"
		" UNION ALL SELECT '/files/2/c.odt', 'application/odt', 5, 'C'"
		" WHERE :slug = 'a'"));
}

/* A feed of four awkward records in the French interface. */
typedef bool feed_writer(const struct model *, const struct feed *,
    struct buf *);

static void
make_text(feed_writer *write, const char *query)
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
	name_parts(&m);
	buf_clear(&feed);
	write(&m, &site, &feed);
	db_release(db);
}

/* The same, read. */
static bool
make(feed_writer *write, const char *query)
{
	make_text(write, query);
	return xml_read(buf_text(&feed));
}

static void
atom(void)
{
	ok(make(feed_atom, "q=a%20b&page=2"), "ATOM-1: an Atom feed is XML");
	is(xml_at("string(/a:feed/@xml:lang)"), "fr",
	    "ATOM-3: it says its language");
	is(xml_at("string(/a:feed/a:title)"), "Bibliothèque & <plus> · Mutua",
	    "ATOM-1: it has a title, escaped once");
	is(xml_at("string(/a:feed/a:id)"),
	    "tag:example.org,2026:feed/fr/library?q=a%20b",
	    "ATOM-1: its id is the same on every page of it");
	is(xml_at("string(/a:feed/a:updated)"), "2026-02-03T04:05:06Z",
	    "ATOM-1: it is as new as its newest entry");
	is(xml_at("string(/a:feed/a:author/a:name)"), "Mutua",
	    "ATOM-1: it has an author");
	is(xml_at("string(/a:feed/a:link[@rel='self']/@href)"),
	    "https://example.org:8080/fr/library.atom?q=a%20b&page=2",
	    "ATOM-1: it names its own address");
	is(xml_at("string(/a:feed/a:link[@rel='alternate']/@href)"),
	    "https://example.org:8080/fr/library?q=a%20b",
	    "it names the page of the same list");
	is(xml_at("string(/a:feed/a:link[@rel='next']/@href)"),
	    "https://example.org:8080/fr/library.atom?q=a%20b&page=3",
	    "ATOM-5: it leads to the next page");
	is(xml_at("string(/a:feed/a:link[@rel='previous']/@href)"),
	    "https://example.org:8080/fr/library.atom?q=a%20b&page=1",
	    "ATOM-5: and to the page before");
	is(xml_at("concat(//o:totalResults, ' ', //o:startIndex, ' ',"
		  " //o:itemsPerPage)"),
	    "120 51 50", "OS-1: a feed says how many there are in all");
	is(xml_at("count(//a:entry)"), "4", "every record is an entry");
	is(xml_at("count(/a:feed/a:link[@rel='hub'])"), "0",
	    "without a hub none is named");
}

static void
atom_entries(void)
{
	is(xml_at("string(//a:entry[1]/a:id)"),
	    "tag:example.org,2026:document/a",
	    "ATOM-2: an entry's id is the record's, not its address");
	is(xml_at("string(//a:entry[1]/a:title)"), "Tom & <Jerry>",
	    "ATOM-3: its title is escaped once");
	is(xml_at("string(//a:entry[1]/a:summary)"), "Ré’😀ا",
	    "text of all scripts, without control characters");
	is(xml_at("string(//a:entry[1]/a:published)"), "2007-11-13T00:00:00Z",
	    "ATOM-2: when it was published");
	is(xml_at("string(//a:entry[2]/a:published)"), "2007-01-01T00:00:00Z",
	    "as far as is known");
	is(xml_at("concat(count(//a:entry[3]/a:published),"
		  " count(//a:entry[4]/a:published))"),
	    "00", "or not at all");
	is(xml_at("string(//a:entry[1]/a:link[@rel='alternate']/@href)"),
	    "https://example.org:8080/fr/library/a", "ATOM-2: its page");
	is(xml_at("concat(//a:entry[1]/a:category/@term, ' ',"
		  " //a:entry[1]/a:category/@scheme, ' ',"
		  " //a:entry[1]/a:category/@label)"),
	    "document tag:example.org,2026:kind Sort & kind",
	    "ATOM-4: a category has a code, of a scheme, and words");
	is(xml_at(
	       "concat(//a:entry[1]/@xml:lang, '-', //a:entry[2]/@xml:lang)"),
	    "-en", "ATOM-3: an entry in another language says so");
	is(xml_at("string(//a:entry[2]/a:summary)"), "this",
	    "a snippet stands for the summary");
	is(xml_at("concat(//a:entry[1]/a:content/@type, ' ',"
		  " //a:entry[1]/a:content)"),
	    "html <p>Ré &amp; <a class=\"x\""
	    " href=\"https://example.org:8080/fr/a\">b</a>"
	    " =&quot;/c</p>",
	    "ATOM-3: the text is HTML escaped once, its links are whole");
	is(xml_at("concat(//a:entry[1]/a:author/a:name, ' ',"
		  " //a:entry[1]/a:author/a:uri, count(//a:entry/a:author))"),
	    "Awa & Co https://example.org:8080/fr/organisations/awa1",
	    "who wrote it");
	is(xml_at("concat(//a:link[@rel='enclosure'][1]/@href, ' ',"
		  " //a:link[@rel='enclosure'][1]/@length, ' ',"
		  " count(//a:link[@rel='enclosure']))"),
	    "https://example.org:8080/files/1/a%20b.pdf 1234 2",
	    "and its files");
}

static void
rss(void)
{
	ok(make(feed_rss, ""), "RSS-5: an RSS feed is XML");
	is(xml_at("concat(/rss/@version, count(/rss/channel))"), "2.01",
	    "RSS-1: version 2.0 with one channel");
	is(xml_at("string(/rss/channel/title)"),
	    "Bibliothèque & <plus> · Mutua", "RSS-1: that has a title,");
	is(xml_at("string(/rss/channel/link)"),
	    "https://example.org:8080/fr/library", "RSS-1: an address,");
	is(xml_at("string(/rss/channel/description)"), "What is shared & known",
	    "RSS-1: a description");
	is(xml_at("string(/rss/channel/language)"), "fr",
	    "RSS-4: and a language");
	is(xml_at("string(/rss/channel/ttl)"), "60",
	    "RSS-4: it says how often to ask");
	is(xml_at("string(/rss/channel/lastBuildDate)"),
	    "Tue, 03 Feb 2026 04:05:06 GMT",
	    "RSS-3: dates are in English, whatever the language");
	is(xml_at("string(/rss/channel/a:link[@rel='self']/@href)"),
	    "https://example.org:8080/fr/library.rss",
	    "RSS-4: it names its own address");
}

static void
rss_items(void)
{
	is(xml_at("count(//item)"), "4", "every record is an item");
	is(xml_at("concat(//item[1]/guid, ' ', //item[1]/guid/@isPermaLink)"),
	    "tag:example.org,2026:document/a false",
	    "RSS-2: its id is no address");
	is(xml_at("count(//item[title != ''])"), "4",
	    "RSS-2: every item has a title");
	is(xml_at("string(//item[1]/pubDate)"), "Tue, 13 Nov 2007 00:00:00 GMT",
	    "RSS-3: when it was published");
	is(xml_at("concat(count(//item[3]/pubDate), ' ',"
		  " //item[3]/a:updated)"),
	    "0 2025-12-31T23:59:59Z", "or, if nobody knows, when changed");
	is(xml_at("concat(//item[1]/dc:language, //item[2]/dc:language)"), "en",
	    "another language is said");
	is(xml_at("string(//item[1]/description)"), "Ré’😀ا",
	    "RSS-5: text of all scripts, without control characters");
	ok(has(xml_at("string(//item[1]/c:encoded)"),
	       "<p>Ré &amp; <a class=\"x\" href=\"https://example.org:8080/"),
	    "all of its text");
	is(xml_at("concat(//enclosure/@url, ' ', //enclosure/@length, ' ',"
		  " //enclosure/@type, ' ', count(//enclosure))"),
	    "https://example.org:8080/files/1/a%20b.pdf 1234"
	    " application/pdf 1",
	    "RSS-6: a file has an address, a length and a type");
	is(xml_at(
	       "concat(//item[1]/category[1], ' ',"
	       " //item[1]/category[1]/@domain, ' ', //item[1]/category[2])"),
	    "document tag:example.org,2026:kind free", "what it is about");
}

/* A text of the JSON feed, by a path of keys and numbers. */
static const char *
in_json(const char *path)
{
	struct query *q =
	    db_restart(db_query(db, "SELECT json_extract(:json, :path)"));

	db_set_text(q, "json", buf_text(&feed));
	db_set_text(q, "path", path);
	buf_clear(&answer);
	buf_puts(&answer, db_next(q) ? db_text(q, 0) : "no JSON");
	db_release(db);
	return buf_text(&answer);
}

static void
json(void)
{
	make_text(feed_json, "q=a%20b&page=2");
	is(in_json("$.version"), "https://jsonfeed.org/version/1.1",
	    "JF-1: a JSON feed says its version,");
	is(in_json("$.title"), "Bibliothèque & <plus> · Mutua",
	    "JF-1: its title,");
	is(in_json("$.home_page_url"),
	    "https://example.org:8080/fr/library?q=a%20b", "JF-1: its page,");
	is(in_json("$.feed_url"),
	    "https://example.org:8080/fr/library.jsonfeed?q=a%20b&page=2",
	    "JF-1: its address,");
	is(in_json("$.next_url"),
	    "https://example.org:8080/fr/library.jsonfeed?q=a%20b&page=3",
	    "JF-1: the next page,");
	is(in_json("$.language"), "fr", "JF-1: its language,");
	is(in_json("$.authors[0].name"), "Mutua", "JF-1: and its author");
	ok(!has(buf_text(&feed), "\"hubs\""), "and no hub without one");
}

static void
json_items(void)
{
	is(in_json("$.items[0].id"), "tag:example.org,2026:document/a",
	    "JF-1: an item has an id,");
	is(in_json("$.items[0].url"), "https://example.org:8080/fr/library/a",
	    "JF-1: a page,");
	is(in_json("$.items[0].title"), "Tom & <Jerry>", "JF-1: a title,");
	ok(has(in_json("$.items[0].content_html"),
	       "href=\"https://example.org:8080/fr/a\""),
	    "JF-1: its text as HTML,");
	is(in_json("$.items[0].summary"), "Ré’😀ا", "JF-1: a summary,");
	is(in_json("$.items[0].date_published"), "2007-11-13T00:00:00Z",
	    "JF-1: a date,");
	is(in_json("$.items[0].authors[0].url"),
	    "https://example.org:8080/fr/organisations/awa", "JF-1: authors,");
	is(in_json("$.items[0].tags[0]"), "Sort & kind", "JF-1: tags");
	is(in_json("$.items[0].attachments[1].size_in_bytes"), "5",
	    "JF-1: and files");
	is(in_json("$.items[1].language"), "en", "JF-1: in its language");
	is(in_json("$.items[1].content_text"), "this",
	    "JF-1: without a text, the summary is the content,");
	is(in_json("$.items[2].content_text"), "C",
	    "JF-1: or the title, for there must be some");
	is(in_json("$.items[2].authors"), "",
	    "what there is none of is left out");
}

static void
hub(void)
{
	site.hub = "https://hub.example.org/?a&b";
	make(feed_atom, "");
	is(xml_at("string(/a:feed/a:link[@rel='hub']/@href)"), site.hub,
	    "a hub is named in Atom,");
	make(feed_rss, "");
	is(xml_at("string(/rss/channel/a:link[@rel='hub']/@href)"), site.hub,
	    "in RSS");
	make_text(feed_json, "");
	is(in_json("$.hubs[0].url"), site.hub, "and in JSON");
	site.hub = "";
}

static void
odd(void)
{
	make(feed_atom, "q=<é\"' |&x=\x80");
	is(xml_at("string(/a:feed/a:link[@rel='self']/@href)"),
	    "https://example.org:8080/fr/library.atom?"
	    "q=%3C%C3%A9%22%27%20%7C&x=%80",
	    "RSS-4: an odd query is part of an address");
	make_text(feed_json, "q=<é\"' |&x=\x80");
	is(in_json("$.feed_url"),
	    "https://example.org:8080/fr/library.jsonfeed?"
	    "q=%3C%C3%A9%22%27%20%7C&x=%80",
	    "JF-1: in JSON too");
	buf_clear(&feed);
	ok(!feed_atom(&(struct model){ 0 }, &site, &feed) &&
		!feed_rss(&(struct model){ 0 }, &site, &feed) &&
		!feed_json(&(struct model){ 0 }, &site, &feed),
	    "a page without a list has no feed");
}

int
main(void)
{
	db = db_open(":memory:", DB_CREATE);
	atom();
	atom_entries();
	rss();
	rss_items();
	json();
	json_items();
	hub();
	odd();
	db_close(db);
	xml_end();
	buf_free(&feed);
	buf_free(&answer);
	return done();
}
