/* Editors see which addresses of other sites do not answer. */
#include "mailbox.h"

/* The first link of the directory, and a document with the same address. */
static void
prepare(void)
{
	change_in(
	    "INSERT INTO state.link_check (id, url, host, due, asked, good,"
	    "  failures, failed, failed_day, error, status)"
	    " SELECT 1, url, 'x', unixepoch() + 9000,"
	    "  unixepoch('2026-11-23 10:42'),"
	    "  unixepoch('2026-10-01'), 3, unixepoch('2026-11-20'),"
	    "  '2026-11-22', 'not-found', 404"
	    " FROM link WHERE url IS NOT NULL ORDER BY record LIMIT 1");
	change_in("UPDATE document SET url = (SELECT url FROM state.link_check"
		  "  WHERE id = 1) WHERE record ="
		  " (SELECT min(record) FROM document)");
	change_in(
	    "INSERT INTO state.link_check (id, url, host, due, asked, good,"
	    "  moved) SELECT 2, url, 'x', unixepoch() + 9000,"
	    "  unixepoch('2026-11-23 09:00'),"
	    "  unixepoch(), 'https://example.org/new'"
	    " FROM link WHERE url <> (SELECT url FROM state.link_check)"
	    " ORDER BY record LIMIT 1");
}

static void
test_who(struct visitor *v)
{
	struct visitor nobody = visitor_beside(v), partner = visitor_beside(v);

	ok(status(visit(&nobody, "/en/review/links")) == 303,
	    "a visitor is led to sign in");
	sign_in(&partner, "paul@example.org", "secret word");
	ok(status(visit(&partner, "/en/review/links")) == 403,
	    "dead links are for editors");
	ok(!has(visit(&partner, "/en/dashboard"), "/en/review/links"),
	    "… and no other sees of them");
	visitor_leave(&nobody);
	visitor_leave(&partner);
}

static void
test_list(struct visitor *v)
{
	const char *page = visit(v, "/en/review/links");

	ok(status(page) == 200 &&
		has(page,
		    text_in("SELECT url FROM state.link_check WHERE id = 1")),
	    "an address that is dead is listed");
	ok(has(page, "There is no such page any more (404)."),
	    "… with the reason in plain words");
	ok(has(page, "20 November 2026") && has(page, "1 October 2026"),
	    "… since when, and when it answered last");
	ok(count(page, "/edit\"") == 2 && has(page, "Document"),
	    "… for each record it stands in, with the way to change it");
	ok(has(visit(v, "/fr/review/links"), "Cette page n’existe plus"),
	    "in French, too");
	ok(has(visit(v, "/es/review/links"), "Esa página ya no existe"),
	    "and in Spanish");
	page = visit(v, "/en/review/links?kind=document");
	ok(count(page, "/edit\"") == 1,
	    "it can be narrowed to a kind of record");
	page = visit(v, "/en/review/links?state=moved");
	ok(has(page, "https://example.org/new") && count(page, "/edit\"") == 1,
	    "what has moved is told with where to");
	page = visit(v, "/en/review/links?state=failing");
	ok(status(page) == 200 && has(page, "class=\"empty\""),
	    "where there is nothing to list it says so");
	page = visit(v, "/en/review/links.csv");
	ok(status(page) == 200 && has(page, "not-found") && has(page, "404"),
	    "as CSV for a spreadsheet");
	ok(has(visit(v, "/en/review/links.json"), "\"error\":\"not-found\""),
	    "and as JSON");
	ok(has(visit(v, "/en/review"), "One address of another site is dead"),
	    "the page of what waits for review says how many are dead");
	ok(has(visit(v, "/en/dashboard"), "href=\"/en/review/links\""),
	    "so does an editor's dashboard");
}

/* The check is begun: one that is dead, one that answers. */
static void
test_progress(struct visitor *v)
{
	const char *page = visit(v, "/en/review/links");

	ok(has(page, "Addresses: 2. Tried so far: 2."),
	    "it says how many addresses there are and were tried");
	ok(has(page,
	       "Last look: <time datetime=\"2026-11-23T10:42:00Z\">"
	       "23 November 2026, 10:42 UTC</time>"),
	    "… and when the last look was");
	ok(has(visit(v, "/en/review/links.json"), "\"tried\":2"),
	    "… for programs, too");
	ok(has(visit(v, "/fr/review/links"), "Déjà essayées : 2"),
	    "… in French");
	ok(has(visit(v, "/es/review/links"), "Probadas hasta ahora: 2"),
	    "… in Spanish");
}

/* Where the record that has the dead address is. */
static const char *
path_of(const char *lang, const char *kind)
{
	static struct buf path;
	const char *record = strcmp(kind, "link") == 0
	    ? text_in("SELECT '/links/' || slug FROM record WHERE id ="
		      " (SELECT min(record) FROM link WHERE url ="
		      "  (SELECT url FROM state.link_check WHERE id = 1))")
	    : text_in("SELECT '/library/' || slug FROM record WHERE id ="
		      " (SELECT min(record) FROM document)");

	buf_clear(&path);
	buf_printf(&path, "/%s%s", lang, record);
	return path.data;
}

static void
test_readers(const struct visitor *v)
{
	struct visitor reader = visitor_beside(v);
	const char *page = visit(&reader, path_of("en", "document"));

	ok(has(page, "This address did not answer on 22 November 2026."),
	    "a reader of a document learns that its address did not answer");
	ok(has(page, "href=\"https://web.archive.org/web/*/http"),
	    "… and where what was there may be kept");
	ok(has(visit(&reader, path_of("fr", "document")),
	       "n’a pas répondu le 22 novembre 2026."),
	    "… in French");
	ok(has(visit(&reader, path_of("es", "document")),
	       "no respondió el 22 de noviembre de 2026."),
	    "… in Spanish");
	ok(has(visit(&reader, path_of("en", "link")), "did not answer on"),
	    "so does who reads of a link");
	ok(count(visit(&reader, "/en/links"), "did not answer on") == 1,
	    "… and of all links, by that one alone");
	ok(!has(visit(&reader, "/en/library.json"), "archive.org"),
	    "data has nothing of it");
	change_in("DELETE FROM dead_link");
	ok(!has(visit(&reader, path_of("en", "document")), "did not answer"),
	    "when it answers again the note goes, from pages that are kept too");
	visitor_leave(&reader);
}

static void
test_again(struct visitor *v)
{
	const char *page;

	visit(v, "/en/review/links");
	ok(status(submit(v, "/en/review/links", "link=1")) == 303 &&
		number_in("SELECT due FROM state.link_check WHERE id = 1") == 0,
	    "an address can be tried again at once");
	ok(has(visit(v, "/en/review/links"), "tried again in the next minutes"),
	    "… which is said until then");
	change_in("UPDATE state.link_check SET failures = 2 WHERE id = 1");
	ok(has(visit(v, "/en/review/links"),
	       "Not answering, but for less than three days: 1."),
	    "when none is dead yet it says how many may be soon");
	change_in("UPDATE state.link_check SET failures = 0, failed = NULL,"
		  " error = NULL WHERE id = 1");
	ok(has(visit(v, "/en/review/links"),
	       "No address is dead. All that were tried answer: 2."),
	    "when none is dead it says so, and of how many");
	ok(!has(visit(v, "/en/review"), "/en/review/links"),
	    "… and the page of what waits is silent about it");
	change_in("UPDATE state.link_check SET asked = NULL, good = NULL");
	page = visit(v, "/en/review/links");
	ok(has(page, "No address was tried yet") && !has(page, "answer: "),
	    "before the first look nothing is said to answer");
	ok(!has(page, "Last look"), "… nor that there was one");
}

int
main(void)
{
	struct visitor v = visitor_open();

	member_add("Edith", "edith@example.org", "secret word", "editor");
	member_add("Paul", "paul@example.org", "secret word", "partner");
	prepare();
	test_who(&v);
	change_in("INSERT INTO dead_link SELECT url, failed_day"
		  " FROM state.link_check WHERE id = 1");
	test_readers(&v);
	sign_in(&v, "edith@example.org", "secret word");
	test_list(&v);
	test_progress(&v);
	test_again(&v);
	visitor_close(&v);
	return done();
}
