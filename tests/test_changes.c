/* What has changed on the site lately. */
#include "revise.h"

static int64_t awa, ada;

static void
test_quiet(struct visitor *v)
{
	const char *page = visit(v, "/en/changes");

	ok(status(page) == 200 && has(page, "Nothing has been added"),
	    "what the site began with is no change");
	ok(has(visit(v, "/en/"), "href=\"/en/changes\""),
	    "the front page leads there");
}

static void
test_list(struct visitor *v)
{
	const char *page;

	revise("scheme", "mss-benin", "acronym", "MSSX",
	    &(struct authorship){ .author = awa, .comment = "From the site" });
	revise("organisation", "ilo-step", "city", "Geneva 22",
	    &(struct authorship){ .author = ada });
	page = visit(v, "/en/changes");
	ok(before(page, "/en/organisations/ilo-step\"",
	       "/en/schemes/mss-benin\""),
	    "the newest change stands first");
	ok(has(page, ">Awa Exemple</a>") && has(page, "From the site") &&
		has(page, "/en/schemes/mss-benin/history/2\""),
	    "with who made it, why, and the way to what it was");
	page = visit(v, "/en/changes?kind=scheme");
	ok(has(page, "mss-benin") && !has(page, "ilo-step"), "by kind");
	page = visit(v, "/en/changes?country=BJ");
	ok(has(page, "mss-benin") && !has(page, "ilo-step"), "by country");
	ok(has(visit(v, "/en/changes?country=SN"), "Nothing has been added"),
	    "or another");
	page = visit(v, "/en/changes?member=2");
	ok(!has(page, "mss-benin") && has(page, "ilo-step"), "by member");
	ok(has(visit(v, "/fr/changes"), "Modifications récentes"),
	    "in every language");
}

static void
test_days(struct visitor *v)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);
	const char *page;

	db_begin(db);
	db_script(db,
	    "UPDATE revision SET time = '2020-01-01T00:00:00Z'"
	    " WHERE author IS NULL");
	db_script(db,
	    "UPDATE revision SET time = strftime('%Y-%m-%dT%H:%M:%SZ', 'now',"
	    " '-60 days') WHERE author = 2");
	db_commit(db);
	db_close(db);
	ok(!has(visit(v, "/en/changes"), "ilo-step"),
	    "what was long ago is left out");
	page = visit(v, "/en/changes?days=90");
	ok(has(page, "ilo-step") && has(page, "mss-benin"), "unless asked for");
	ok(status(visit(v, "/en/changes?days=x&kind=%27&page=99")) == 200,
	    "odd questions are no error");
}

static void
test_data(struct visitor *v)
{
	const char *page = visit(v, "/en/changes.json");

	ok(has(page, "\"author_name\":\"Awa Exemple\"") &&
		!has(page, "@example.org"),
	    "as JSON, without addresses of mail");
	ok(has(visit(v, "/en/changes.csv"), "mss-benin"), "as CSV");
	page = visit(v, "/en/changes.atom");
	ok(has(page, ",2026:scheme/mss-benin/history/2</id>") &&
		has(page, "<summary>From the site</summary>"),
	    "as Atom");
	ok(has(visit(v, "/en/changes.rss"), "<guid isPermaLink=\"false\">"),
	    "as RSS");
}

int
main(void)
{
	struct visitor v = visitor_open();

	awa = member_add("Awa Exemple", "awa@example.org", "secret word",
	    "member");
	ada = member_add("Ada Exemple", "ada@example.org", "secret word",
	    "editor");
	test_quiet(&v);
	test_list(&v);
	test_days(&v);
	test_data(&v);
	visitor_close(&v);
	return done();
}
