/* The site's feeds, as they are served: which there are and what is in them. */
#include "revise.h"
#include "xml.h"

static struct visitor v;

static const char *const types[][2] = { { "atom", "application/atom+xml" },
	{ "rss", "application/rss+xml" },
	{ "jsonfeed", "application/feed+json" } };

/* Lists that are feeds. */
static const char *const lists[] = { "news", "library", "glossary", "schemes",
	"events", "links", "experts", "organisations", "conventions",
	"countries", "themes", "questions", "search", "changes" };

enum { LISTS = sizeof(lists) / sizeof(lists[0]) };

static const char *
address(const char *lang, const char *list, const char *extension)
{
	static struct buf path;

	buf_clear(&path);
	buf_printf(&path, "/%s/%s%s%s", lang, list,
	    *extension != '\0' ? "." : "", extension);
	return path.data;
}

static void
served(void)
{
	char line[80];

	for (size_t t = 0; t < 3; t++) {
		bool good = true;

		snprintf(line, sizeof(line), "content-type: %s; charset=utf-8",
		    types[t][1]);
		for (size_t i = 0; i < LISTS; i++) {
			const char *page = get(v.site,
			    address("es", lists[i], types[t][0]), NULL);

			if (status(page) == 200 && header(page, line))
				continue;
			good = false;
			printf("# %s.%s\n", lists[i], types[t][0]);
		}
		ok(good,
		    t == 0 ? "ATOM-4: each list is an Atom feed, by its type,"
			: t == 1 ? "RSS-5: and an RSS feed,"
				 : "JF-1: and a JSON feed");
	}
}

/* Every list page leads to its feeds, with what is chosen in it. */
static void
discovered(void)
{
	bool all = true;

	for (size_t i = 0; i < LISTS; i++) {
		const char *page =
		    get(v.site, address("fr", lists[i], ""), NULL);

		for (size_t t = 0; t < 3; t++)
			all = all &&
			    has(page, address("fr", lists[i], types[t][0])) &&
			    has(page, types[t][1]);
	}
	ok(all, "RSS-9: each list leads to its feeds of all three kinds");
	ok(has(get(v.site, "/fr/library",
		   "country=SN&q=sant%C3%A9&page=2&sort=title"),
	       "<link rel=\"alternate\" type=\"application/rss+xml\""
	       " href=\"https://example.org/fr/library.rss"
	       "?country=SN&amp;q=sant%C3%A9\""
	       " title=\"Bibliothèque, « santé », Sénégal (RSS)\">"),
	    "RSS-9: to one of what is chosen, which its title says in the"
	    " page's language");
	ok(xml_get(v.site, "/fr/library.rss", "country=SN&q=sant%C3%A9",
	       "application/rss+xml") &&
		has(xml_at("string(//channel/title)"),
		    "Bibliothèque, « santé », Sénégal · "),
	    "RSS-9: as does the feed's");
	ok(has(get(v.site, "/es/countries/sn", NULL),
	       "application/feed+json\""
	       " href=\"https://example.org/es/countries/sn.jsonfeed\""
	       " title=\"Senegal (JSON Feed)\""),
	    "RSS-9: the page of a country leads to its feeds");
	ok(has(get(v.site, "/es/glossary", "letter=S"),
	       "glossary.rss?letter=S\" title=\"Glosario, S (RSS)\""),
	    "RSS-9: a letter of the glossary to its own");
}

/* The newest first, as far as the dates are known. */
static bool
in_order(void)
{
	struct buf last = { 0 }, expression = { 0 };
	int n = atoi(xml_at("count(//a:entry)"));
	bool ordered = n > 0;

	for (int i = 1; ordered && i <= n; i++) {
		buf_clear(&expression);
		buf_printf(&expression, "string(//a:entry[%d]/a:published)", i);
		xml_at(expression.data);
		ordered =
		    i == 1 || strcmp(buf_text(&last), xml_found.data) >= 0;
		buf_clear(&last);
		buf_puts(&last, buf_text(&xml_found));
	}
	buf_free(&last);
	buf_free(&expression);
	return ordered;
}

static void
ordered(void)
{
	int64_t entries = 0;
	bool sorted = true, once = true, few = true;

	for (int i = 1; i <= 3; i++) {
		char page[32];

		snprintf(page, sizeof(page), "sort=title&page=%d", i);
		xml_get(v.site, "/en/library.atom", page,
		    "application/atom+xml");
		sorted = sorted && in_order();
		few = few && xml_holds("count(//a:entry) <= 50");
		once = once &&
		    xml_holds("not(//a:entry/a:id = preceding::a:entry/a:id)");
		entries += atoll(xml_at("count(//a:entry)"));
	}
	ok(sorted, "RSS-7: the newest come first, whatever the list's order");
	ok(few, "RSS-7: fifty at most");
	ok(once, "ATOM-5: none stands twice");
	ok(entries == atoll(xml_at("string(//o:totalResults)")),
	    "ATOM-5: all pages of a feed together have every record");
	ok(xml_holds("not(//a:link[@rel = 'next']) and"
		     " boolean(//a:link[@rel = 'previous'])"),
	    "ATOM-5: and the last says that it is");
	ok(xml_get(v.site, "/en/themes.atom", NULL, "application/atom+xml") &&
		xml_holds("count(//a:entry) = 50") &&
		xml_holds("contains(//a:link[@rel = 'next']/@href, 'page=2')"),
	    "RSS-7: also where the page shows a tree of all");
	ok(xml_get(v.site, "/en/glossary.atom", "letter=S",
	       "application/atom+xml") &&
		xml_holds("count(//a:entry) > 5 and count(//a:entry) ="
			  " count(//a:entry[starts-with(a:title, 'S') or"
			  " starts-with(a:title, 's')])"),
	    "a letter of the glossary is a feed");
}

/* What feeds a part of the site has, by an address and what must hold. */
static void
chosen(void)
{
	static const struct {
		const char *path, *query, *holds, *claim;
	} all[] = {
		{ "/fr/countries/sn.atom", NULL,
		    "count(//a:entry) > 5 and count(//a:entry) ="
		    " count(//a:entry[a:category[@term = 'SN' and"
		    "  @scheme = 'tag:example.org,2026:country' and"
		    "  @label = 'Sénégal']])",
		    "ATOM-4: all there is about a country, which entries name" },
		{ "/en/countries/gw.atom", NULL,
		    "starts-with(/a:feed/a:title, 'Guinea-Bissau')",
		    "a country without a profile has a feed" },
		{ "/es/themes/overview.atom", NULL,
		    "count(//a:entry) > 0 and count(//a:entry) ="
		    " count(//a:entry[a:category/@term = 'overview'])",
		    "a theme has one" },
		{ "/fr/organisations/ilo.atom", NULL,
		    "count(//a:entry[contains(a:id, ':document/')]) > 0 and"
		    " count(//a:entry[contains(a:id, ':event/')]) > 0",
		    "an organisation has one: documents, events …" },
		{ "/fr/organisations/ilo.atom", "kind=event",
		    "count(//a:entry[contains(a:id, ':event/')]) ="
		    " count(//a:entry)",
		    "that can be narrowed" },
		{ "/en/search.atom", "language=es",
		    "count(//a:entry) > 0 and"
		    " contains(/a:feed/a:title, 'Spanish')",
		    "a language has one" },
		{ "/en/library.atom", "country=SN&organisation=ilo",
		    "count(//a:entry) > 0 and starts-with(/a:feed/a:title,"
		    " 'Library, Senegal, International Labour')",
		    "and several at once" },
		{ "/es/search.atom", "q=mutual",
		    "//o:totalResults >= count(//a:entry)",
		    "a search is a feed and says how many it found" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		ok(xml_get(v.site, all[i].path, all[i].query,
		       "application/atom+xml") &&
			xml_holds(all[i].holds),
		    all[i].claim);
	ok(status(get(v.site, "/fr/countries/xx.rss", NULL)) == 404 &&
		status(get(v.site, "/fr/themes/none.atom", NULL)) == 404,
	    "what is not there has none");
}

static void
write_sql(const char *sql)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);

	if (!db_script(db, sql))
		bail_out(db_error(db));
	db_close(db);
}

/* A document with a file of 9 bytes. */
#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
files(void)
{
	struct buf command = { 0 };

	buf_printf(&command,
	    "mkdir -p %s/01 && printf '%%s' 'a PDF …' > %s/01/" SHA,
	    visitor_data("files"), visitor_data("files"));
	if (system(command.data) != 0)
		bail_out(command.data);
	buf_free(&command);
	write_sql(
	    "INSERT INTO file (sha256, name, type, bytes, added) VALUES ('" SHA
	    "', 'a b.pdf',"
	    " 'application/pdf', 9, '2026-01-01T00:00:00Z');"
	    "INSERT INTO document_file (record, place, file)"
	    " SELECT id, 1, '" SHA "' FROM record"
	    " WHERE slug = 'step-in-africa-2007'");
	ok(xml_get(v.site, "/en/library.rss", "q=step+in+africa",
	       "application/rss+xml") &&
		xml_holds("//item[1]/enclosure/@type = 'application/pdf'"),
	    "RSS-6: a document's file is an enclosure");
	is(xml_at("string(//item[1]/enclosure/@url)"),
	    "https://example.org/files/" SHA "/a%20b.pdf",
	    "RSS-6: at its whole address");
	ok(xml_holds("//item[1]/enclosure/@length = 9") &&
		has(get(v.site, "/files/" SHA "/a%20b.pdf", NULL), "200\n"),
	    "RSS-6: it can be had there, and is just so long");
}

/* The place of a record in a feed, by its entry's id. */
static bool
is_in(const char *path, const char *id)
{
	struct buf expression = { 0 };
	bool there;

	buf_printf(&expression,
	    "boolean(//a:entry[a:id ="
	    " 'tag:example.org,2026:%s'])",
	    id);
	there = xml_get(v.site, path, NULL, "application/atom+xml") &&
	    xml_holds(expression.data);
	buf_free(&expression);
	return there;
}

static void
hidden(void)
{
	int64_t record = record_of("event", "beveridge-1942");
	struct db *db;

	ok(is_in("/fr/countries/gb.atom", "event/beveridge-1942") &&
		is_in("/en/countries/gb.atom", "event/beveridge-1942"),
	    "ATOM-2: a record has one id in all languages and feeds");
	revise("event", "beveridge-1942", "title", "Something else",
	    &(struct authorship){ .author = member_add("Awa", "a@example.org",
				      "secret word", "editor") });
	ok(is_in("/en/countries/gb.atom", "event/beveridge-1942") &&
		xml_holds("boolean(//a:entry[a:title = 'Something else'])"),
	    "ATOM-2: that stays whatever is changed in it");
	db = db_open(visitor_database.data, DB_WRITE);
	db_begin(db);
	publish_withdraw(db, record, &(struct authorship){ .comment = "Why" });
	db_commit(db);
	db_close(db);
	ok(!is_in("/en/countries/gb.atom", "event/beveridge-1942") &&
		!is_in("/en/events.atom", "event/beveridge-1942"),
	    "RSS-7: what was taken away is in no feed");
	write_sql("UPDATE record SET status = 'draft'"
		  " WHERE kind = 'event' AND slug = 'philadelphia-1944'");
	ok(!is_in("/en/events.atom", "event/philadelphia-1944"),
	    "RSS-7: nor is a draft");
}

static void
asked_again(void)
{
	const char *page = get(v.site, "/fr/news.rss", NULL);
	const char *etag = strstr(page, "\netag: ");
	char kept[64] = "";

	if (etag != NULL)
		snprintf(kept, sizeof(kept), "%.*s",
		    (int)strcspn(etag + 7, "\n"), etag + 7);
	page = ask(v.site,
	    &(struct request){ .method = "GET",
		.path = "/fr/news.rss",
		.host = "example.org",
		.scheme = "https",
		.if_none_match = kept });
	ok(status(page) == 304 && *body(page) == '\0',
	    "who has the feed already is told so");
}

static void
hub(void)
{
	struct buf why = { 0 };
	struct site *s =
	    site_open(&(struct site_options){ .database = visitor_database.data,
			  .assets = "assets",
			  .base = "https://example.org",
			  .hub = "https://hub.example.org/" },
		&why);
	const char *page;

	if (s == NULL)
		bail_out(buf_text(&why));
	page = get(s, "/fr/news.atom", "country=SN");
	ok(header(page,
	       "link: <https://hub.example.org/>; rel=\"hub\","
	       " <https://example.org/fr/news.atom?country=SN>; rel=\"self\""),
	    "a hub is named in the head of the answer");
	ok(has(page, "<link rel=\"hub\" href=\"https://hub.example.org/\"/>"),
	    "and in the feed");
	ok(!has(get(v.site, "/fr/news.atom", NULL), "\nlink: "),
	    "not where there is none");
	site_close(s);
	buf_free(&why);
}

int
main(void)
{
	v = visitor_open();
	served();
	discovered();
	ordered();
	chosen();
	files();
	hidden();
	asked_again();
	hub();
	visitor_close(&v);
	xml_end();
	return done();
}
