/* The library: its order, and what the page of a document says. */
#include "data/index.h"
#include "data/migrate.h"
#include "test.h"

static struct site *
open_library(void)
{
	struct buf path = { 0 }, why = { 0 };
	struct db *db;
	struct site *s;

	buf_printf(&path, "%s/mutua.db", test_dir());
	db = db_open(path.data, DB_CREATE);
	if (!migrate(db, "schema", &why) || !index_create(db))
		bail_out(buf_text(&why));
	db_script(db,
	    "INSERT INTO record (id, kind, slug, lang, published, created,"
	    "  updated)"
	    " SELECT column1, 'document', column2, 'en', column3, '2020-01-01',"
	    "  '2020-01-01' FROM (VALUES (1, 'november', '2007-11'),"
	    "  (2, 'some-day', '2007'), (3, 'day', '2007-11-13'),"
	    "  (4, 'older', '2006-12-31'), (5, 'other-day', '2007'),"
	    "  (6, 'undated', NULL));"
	    "INSERT INTO document (record, doctype, year, date)"
	    " SELECT id, 'report', substr(published, 1, 4),"
	    "  iif(length(published) > 4, published, NULL) FROM record;"
	    "INSERT INTO record_text (record, lang, title)"
	    " SELECT id, 'en', 'Title of ' || slug FROM record;"
	    "INSERT INTO document_author (record, place, name)"
	    " VALUES (2, 1, 'Diop, A.'), (6, 1, 'Ndiaye, B.');"
	    "INSERT INTO record_keyword (record, keyword)"
	    " VALUES (1, 'santé rurale'), (1, 'Q&A');"
	    "INSERT INTO source (record, reference) VALUES (3, 'A list');");
	for (int64_t id = 1; id <= 6; id++)
		index_record(db, id);
	index_finish(db);
	if (db_failed(db))
		bail_out(db_error(db));
	db_close(db);
	s = site_open(&(struct site_options){ .database = path.data,
			  .assets = "assets",
			  .base = "" },
	    &why);
	if (s == NULL)
		bail_out(buf_text(&why));
	buf_free(&path);
	buf_free(&why);
	return s;
}

/* The documents a page leads to, in order. */
static const char *
order_of(const char *page)
{
	static const char link[] = "/en/library/";
	static struct buf order;

	buf_clear(&order);
	while ((page = strstr(page, link)) != NULL) {
		size_t len;

		page += strlen(link);
		len = strcspn(page, "\"<.? ");
		if (order.len >= len &&
		    strncmp(order.data + order.len - len, page, len) == 0)
			continue; /* a feed says it twice */
		if (len == 3 && strncmp(page, "new", 3) == 0)
			continue; /* the form of another one */
		buf_printf(&order, "%s%.*s", order.len > 0 ? " " : "", (int)len,
		    page);
	}
	return buf_text(&order);
}

static void
test_order(struct site *s)
{
	static const char newest[] =
	    "day november other-day some-day older undated";
	const char *page = get(s, "/en/library", NULL);

	is(order_of(page), newest,
	    "the newest stand first, of a year those whose day is known");
	ok(has(page, "13 November 2007") && has(page, "· November 2007"),
	    "dates are shown as precisely as they are known");
	is(order_of(get(s, "/en/library", "sort=newest")), newest,
	    "whatever the address calls that order");
	is(order_of(get(s, "/en/library.atom", NULL)), newest,
	    "the feed has the same order");
	is(order_of(strstr(get(s, "/en/", NULL), "<main")),
	    "day november other-day some-day older",
	    "and so has the home page");
}

static void
test_item(struct site *s)
{
	const char *page = get(s, "/en/library/november", NULL);

	ok(has(page,
	       "<a href=\"/en/search?q=%22sant%C3%A9%20rurale%22\">"
	       "santé rurale</a>") &&
		has(page, "<a href=\"/en/search?q=%22Q%26A%22\">"),
	    "keywords are shown, and lead to a search for them");
	ok(has(page, "No address of the original is known.") &&
		!has(page, "The sources below"),
	    "sources that are not there are not pointed to");
	ok(has(page, "<p>Title of november (2007).</p>"),
	    "without an author the title begins a citation");
	ok(has(get(s, "/en/library/november.json", NULL), "\"santé rurale\""),
	    "keywords are data too");
	ok(has(get(s, "/en/search", "q=%22sant%C3%A9%20rurale%22"),
	       "/en/library/november"),
	    "the search for a keyword finds its document");
	page = get(s, "/en/library/day", NULL);
	ok(has(page, "known. The sources below tell"), "those there are are");
	page = get(s, "/en/library/some-day", NULL);
	ok(has(page, "<p>Diop, A. (2007): Title of some-day.</p>"),
	    "an author begins a citation");
	ok(!has(page, ">Keywords<"), "no keywords, no heading");
	page = get(s, "/en/library/undated", NULL);
	ok(has(page, "<p>Ndiaye, B.: Title of undated.</p>"),
	    "also of what has no year");
}

int
main(void)
{
	struct site *s = open_library();

	test_order(s);
	test_item(s);
	site_close(s);
	return done();
}
