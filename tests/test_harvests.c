/* Editors see which repositories are harvested, and how that goes. */
#include "mailbox.h"

static void
prepare(void)
{
	change_in(
	    "INSERT INTO harvest_source (url, spec, prefix, name, created,"
	    "  since, looked, error) VALUES ('https://r.example.org/oai',"
	    "  'theses', 'oai_dc', 'Réserve', '2026-01-01T00:00:00Z',"
	    "  '2026-11-01T03:00:00Z', '2026-11-03T03:00:00Z',"
	    "  'the server answers 500')");
	change_in("INSERT INTO harvest_source (url, prefix, created, token,"
		  "  looked) VALUES ('https://s.example.org/?oai', 'oai_dc',"
		  "  '2026-01-01T00:00:00Z', 'next', '2026-11-03T03:00:00Z')");
	change_in(
	    "INSERT INTO harvest_record (url, identifier, fate, datestamp,"
	    "  harvested) VALUES ('https://r.example.org/oai', 'a',"
	    "  'taken', '', ''), ('https://r.example.org/oai', 'b',"
	    "  'taken', '', ''), ('https://r.example.org/oai', 'c',"
	    "  'twin', '', '')");
}

static void
test_who(const struct visitor *v)
{
	struct visitor other = visitor_beside(v);

	ok(status(visit(&other, "/en/review/harvests")) == 303,
	    "a visitor is led to sign in");
	sign_in(&other, "paul@example.org", "secret word");
	ok(status(visit(&other, "/en/review/harvests")) == 403,
	    "what is harvested is for editors");
	visitor_leave(&other);
}

static void
test_list(struct visitor *v)
{
	const char *page = visit(v, "/en/review/harvests");

	ok(has(page, "<h2>Réserve</h2>") && has(page, "set theses") &&
		has(page, "href=\"https://r.example.org/oai?verb=Identify\""),
	    "each is listed with its address and set");
	ok(has(page,
	       "Complete as of <time datetime=\"2026-11-01T03:00:00Z\">"
	       "1 November 2026"),
	    "… how far it was harvested");
	ok(has(page, "Tried on <time datetime=\"2026-11-03T03:00:00Z\">"),
	    "… when it was asked last");
	ok(has(page, "<span lang=\"en\">the server answers 500</span>"),
	    "… why that ended early");
	ok(has(page, "Records taken</dt><dd>2<") &&
		has(page, "had from elsewhere</dt><dd>1<"),
	    "… and what has become of its records");
	ok(!has(page, "Unfit to be records"), "… but of none says nothing");
	ok(has(page, "Never complete so far") && has(page, "It is under way") &&
		has(page, "s.example.org/?oai&amp;verb=Identify"),
	    "one that is under way says so");
	ok(has(visit(v, "/fr/review/harvests"), "Dépôts moissonnés"),
	    "in French");
	ok(has(visit(v, "/es/review/harvests"), "Repositorios recolectados"),
	    "and in Spanish");
	ok(has(visit(v, "/en/review/harvests.csv"), "the server answers 500"),
	    "as a table");
	ok(has(visit(v, "/en/review"), "href=\"/en/review/harvests\""),
	    "the page of what waits for review leads there");
}

int
main(void)
{
	struct visitor v = visitor_open();

	member_add("Edith", "edith@example.org", "secret word", "editor");
	member_add("Paul", "paul@example.org", "secret word", "partner");
	test_who(&v);
	sign_in(&v, "edith@example.org", "secret word");
	ok(has(visit(&v, "/en/review/harvests"), "No repository is harvested"),
	    "where there is none it says so");
	ok(!has(visit(&v, "/en/review"), "/review/harvests"),
	    "… and nothing leads there");
	prepare();
	test_list(&v);
	visitor_close(&v);
	return done();
}
