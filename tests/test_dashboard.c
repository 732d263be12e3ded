/* A member's own page: first what they are asked, then all that is theirs. */
#include "contributions.h"

static void
test_new(struct visitor *v)
{
	struct visitor nobody = visitor_beside(v);
	const char *page = visit(v, "/en/dashboard");

	ok(status(page) == 200 && has(page, "/en/schemes/new") &&
		has(page, "Say who you are"),
	    "who is new here is told how to begin");
	ok(header(page, "cache-control: no-store"), "the page is theirs alone");
	ok(!has(page, "href=\"/en/review\""), "reviewing is not for them");
	ok(status(visit(&nobody, "/en/dashboard")) == 303,
	    "a visitor is led to sign in");
	ok(has(visit(v, "/en/countries"), "href=\"/en/dashboard\""),
	    "every page leads there");
	visitor_leave(&nobody);
}

static void
fill(int64_t awa, int64_t eva)
{
	for (int i = 1; i <= 5; i++)
		contribute(i, awa, NULL, "SN", "{'kind':'x'}");
	contribute(6, eva, "scheme/mutuelle-sante-um-pamecas", "SN", NULL);
	write_sql(
	    "UPDATE state.contribution SET state = CASE id WHEN 1 THEN 'draft'"
	    "  WHEN 2 THEN 'changes' WHEN 3 THEN 'published'"
	    "  WHEN 4 THEN 'declined' ELSE 'submitted' END;"
	    "INSERT INTO state.contribution_note"
	    "  (contribution, time, member, state, words)"
	    " SELECT c.id, '2026-11-03T00:00:00Z', m.id, c.state,"
	    "  'Words on ' || c.id FROM state.contribution c JOIN member m"
	    "  ON m.role = 'editor' WHERE c.id IN (2, 4);"
	    "INSERT INTO steward (member, country, since)"
	    " SELECT id, 'SN', '2026' FROM member WHERE role = 'partner';"
	    "INSERT INTO steward (member, theme, since)"
	    " SELECT id, 'microinsurance', '2026' FROM member"
	    "  WHERE role = 'partner';"
	    "INSERT INTO state.watch (member, record, title, created)"
	    " SELECT m.id, r.id, 'x', '2026' FROM member m, record r"
	    "  WHERE m.role = 'member'"
	    "  AND r.slug = 'mutuelle-sante-um-pamecas';"
	    "INSERT INTO state.watch (member, path, query, title, created)"
	    " SELECT id, '/schemes', 'country=SN', 'Schemes in Senegal',"
	    "  '2026' FROM member WHERE role = 'member'");
}

static void
test_own(struct visitor *v)
{
	const char *page = visit(v, "/en/dashboard");

	ok(before(page, "You are asked", "Contribution 2") &&
		before(page, "Contribution 2", "Words on 2") &&
		before(page, "Words on 2", "Contribution 1"),
	    "what is asked comes first, with the reviewer's words");
	ok(before(page, "Your drafts", "Contribution 1") &&
		before(page, "Waiting for review", "Contribution 5"),
	    "drafts and what waits are there");
	ok(before(page, "Contribution 4", "Not published") &&
		has(page, "Words on 4"),
	    "what was decided, and why");
	ok(has(page, "href=\"/en/contributions/2\""),
	    "each with the way to it");
	ok(!has(page, "Contribution 6"), "nobody else's");
	ok(has(page, "PAMECAS") && has(page, "/en/schemes?country=SN"),
	    "what is watched is there");
	ok(!has(page, "Say who you are and where"),
	    "who has begun needs no welcome");
	ok(has(visit(v, "/fr/dashboard.json"), "\"asked\":[{\"id\":2,"),
	    "all of it is data, too");
}

static void
test_reviewers(struct visitor *pia, struct visitor *eva)
{
	const char *page = visit(pia, "/en/dashboard");

	ok(has(page, "2 contributions wait for your review"),
	    "a steward is told how much waits");
	ok(has(page, "Senegal") && has(page, "/en/themes/microinsurance"),
	    "and what they look after");
	page = visit(eva, "/fr/dashboard");
	ok(has(page, "2 contributions attendent"), "an editor likewise");
	ok(!has(visit(eva, "/en/review?state=scheduled"), "class=\"facets\""),
	    "what there is none of is nothing to narrow a list by");
}

/* Partners write news, and editors approve their feeds. */
static void
test_partners(struct visitor *awa, struct visitor *pia, struct visitor *eva)
{
	const char *waits = "One feed waits for approval.";

	ok(has(visit(pia, "/en/dashboard"), "href=\"/en/news/new\"") &&
		!has(visit(awa, "/en/dashboard"), "/en/news/new"),
	    "who may write news is led there");
	write_sql("UPDATE state.contribution SET state = 'published'"
		  " WHERE state = 'submitted'");
	ok(has(visit(eva, "/en/dashboard"), "Nothing waits for you."),
	    "that nothing waits is said");
	write_sql(
	    "INSERT INTO feed (url, organisation, title, trust, state, created)"
	    " SELECT 'http://example.org/feed', id, 'Notes', 'review',"
	    "  'waiting', '2026-11-03T00:00:00Z' FROM record"
	    "  WHERE kind = 'organisation' LIMIT 1");
	ok(has(visit(eva, "/en/dashboard"), waits) &&
		!has(visit(eva, "/en/dashboard"), "Nothing waits"),
	    "an editor's page tells of a feed, and does not deny it");
	ok(has(visit(eva, "/en/review"), waits) &&
		!has(visit(eva, "/en/review"), "Nothing waits"),
	    "nor does the page of reviews");
	ok(!has(visit(pia, "/en/dashboard"), waits), "it is not for others");
}

int
main(void)
{
	struct visitor awa = visitor_open(), pia = visitor_beside(&awa),
		       eva = visitor_beside(&awa);
	int64_t ids[2];

	ids[0] = member_add("Awa Exemple", "awa@example.org", "secret words",
	    "member");
	member_add("Pia Exemple", "pia@example.org", "secret words", "partner");
	ids[1] = member_add("Eva Exemple", "eva@example.org", "secret words",
	    "editor");
	sign_in(&awa, "awa@example.org", "secret words");
	sign_in(&pia, "pia@example.org", "secret words");
	sign_in(&eva, "eva@example.org", "secret words");
	test_new(&awa);
	fill(ids[0], ids[1]);
	test_own(&awa);
	test_reviewers(&pia, &eva);
	test_partners(&awa, &pia, &eva);
	visitor_leave(&pia);
	visitor_leave(&eva);
	visitor_close(&awa);
	return done();
}
