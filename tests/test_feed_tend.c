/* A feed of others that is read: what is done to it from then on. */
#include "mailbox.h"

/* One that was approved, with news that came from it. */
static void
begin(void)
{
	change_in(
	    "INSERT INTO feed (id, organisation, member, url, title,"
	    "  lang, theme, country, state, trust, created, approved)"
	    " SELECT 1, r.id, m.id, 'https://partner.example.org/feed.xml',"
	    "  'Field notes', 'en', 'microinsurance', 'SN', 'active',"
	    "  'publish', '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'"
	    " FROM record r, member m WHERE r.slug = 'ilo-step'"
	    " AND m.email = 'pia@example.org'");
	change_in("INSERT INTO feed_entry (feed, key, digest, record,"
		  " first_seen) SELECT 1, 'id ' || id, 'x', id,"
		  " '2026-11-30T00:00:00Z' FROM record WHERE kind = 'event'");
	change_in("INSERT INTO state.feed_poll (feed, due, pace)"
		  " VALUES (1, 4102444800, 3600)");
}

static void
test_tending(struct visitor *v)
{
	const char *page;

	change_in("UPDATE state.feed_poll SET due = unixepoch() + 9999");
	visit(v, "/en/feeds/1");
	page = submit(v, "/en/feeds/1", "_do=look");
	ok(header(page, "location: /en/feeds/1?done=feed_look") &&
		number_in("SELECT due <= unixepoch() FROM state.feed_poll") ==
		    1,
	    "a partner has it looked at now");
	for (int i = 0; i < 5; i++)
		page = submit(v, "/en/feeds/1", "_do=look");
	ok(status(page) == 429 && has(page, "\nretry-after: "),
	    "but not again and again");
	ok(has(page, "<h1 lang=\"en\">Field notes</h1>") &&
		has(page, "Try again in 12 min.") && has(page, "Look now"),
	    "the feed's page says so, and when it may be");
	submit(v, "/en/feeds/1", "_do=off");
	ok(has(visit(v, "/en/feeds/1"), "switched off") &&
		has(visit(v, "/en/feeds"), "Switched off"),
	    "switches it off");
	change_in("UPDATE state.feed_poll SET looked = unixepoch()");
	submit(v, "/en/feeds/1", "_do=on");
	ok(number_in("SELECT count(*) FROM feed WHERE state = 'active'") == 1,
	    "and on");
	ok(number_in("SELECT due > unixepoch() + 600 FROM state.feed_poll") ==
		1,
	    "which does not have a server asked that has just been");
	change_in("UPDATE feed SET state = 'gone'");
	ok(has(visit(v, "/en/feeds/1"), "gone for good"),
	    "is told when the server says that it is gone");
	submit(v, "/en/feeds/1", "_do=on");
	page = submit(v, "/en/feeds/1",
	    "_do=change&feed_lang=fr&theme=&country=BJ&trust_chosen=review");
	is(text_in("SELECT lang || ' ' || coalesce(theme, '-') || ' '"
		   " || country || ' ' || trust || ' ' || state FROM feed"),
	    "fr - BJ publish active",
	    "changes what is said of it; trust is not theirs to give");
	page = submit(v, "/en/feeds/1", "_do=change&feed_lang=fr&country=ZZ");
	ok(status(page) == 422 && has(page, "Choose one from the list."),
	    "to something that there is");
}

/* Entries of it that wait for a reviewer. */
static void
let_wait(void)
{
	change_in("INSERT INTO state.contribution (id, kind, member, lang,"
		  "  state, title, tree, created, updated, submitted)"
		  " SELECT value, 'news', m.id, 'en', 'submitted',"
		  "  'Waits ' || value, '{}', '2026-11-30', '2026-11-30',"
		  "  '2026-11-30' FROM json_each('[71,72]'), member m"
		  " WHERE m.email = 'pia@example.org'");
	change_in("INSERT INTO feed_entry (feed, key, digest, contribution,"
		  "  first_seen) SELECT 1, 'waits ' || value, 'x', value,"
		  "  '2026-11-30T00:00:00Z' FROM json_each('[71,72]')");
}

static int64_t
withdrawn(void)
{
	return number_in("SELECT count(*) FROM state.contribution c"
			 " JOIN state.contribution_note n"
			 "  ON n.contribution = c.id AND n.state = c.state"
			 " WHERE c.state = 'withdrawn' AND n.member ="
			 "  (SELECT id FROM member"
			 "   WHERE email = 'pia@example.org')");
}

static void
test_waiting(struct visitor *v, struct visitor *editor)
{
	const char *page;

	let_wait();
	ok(has(visit(v, "/en/feeds/1"), "Waiting for an editor: 2") &&
		has(visit(editor, "/en/feeds/1"), "/en/review?kind=news"),
	    "its page says how many entries wait for review");
	submit(v, "/en/feeds/1", "_do=off");
	page = visit(v, "/en/feeds/1");
	ok(has(page, "still wait for review: 2.") &&
		has(page, "value=\"withdraw\"") && withdrawn() == 0,
	    "switched off, that they still do, and how to withdraw them");
	page = submit(v, "/en/feeds/1", "_do=withdraw");
	ok(header(page, "location: /en/feeds/1?done=feed_withdrawn") &&
		withdrawn() == 2 &&
		!has(visit(v, "/en/feeds/1"), "value=\"withdraw\"") &&
		!has(visit(editor, "/en/review"), "Waits 71"),
	    "which takes them away from reviewers");
	submit(v, "/en/feeds/1", "_do=on");
	change_in("DELETE FROM state.contribution");
	change_in("DELETE FROM feed_entry WHERE contribution IS NOT NULL");
	let_wait();
}

static void
test_end(struct visitor *v, struct visitor *editor)
{
	struct visitor other = visitor_beside(v);
	const char *page;

	visit(editor, "/en/feeds/1");
	submit(editor, "/en/feeds/1", "_do=change&trust_chosen=review");
	ok(number_in("SELECT count(*) FROM feed WHERE trust = 'review'") == 1,
	    "an editor takes trust back");
	sign_in(&other, "pol@example.org", "secret word one");
	visit(&other, "/en/feeds/1");
	ok(status(submit(&other, "/en/feeds/1", "_do=delete&sure=1")) == 403,
	    "nobody deletes another's feed");
	visitor_leave(&other);
	visit(v, "/en/feeds/1");
	page = submit(v, "/en/feeds/1", "_do=delete");
	ok(status(page) == 200 &&
		has(page, "The news that came from it stays.") &&
		has(page, "wait for review: 2. They are withdrawn with") &&
		number_in("SELECT count(*) FROM feed") == 1,
	    "deleting asks first");
	page = submit(v, "/en/feeds/1", "_do=delete&sure=1");
	ok(header(page, "location: /en/feeds?done=feed_deleted") &&
		number_in("SELECT count(*) FROM feed") == 0 &&
		number_in("SELECT count(*) FROM state.feed_poll") == 0 &&
		number_in("SELECT count(*) FROM feed_entry") == 0 &&
		number_in("SELECT count(*) FROM record"
			  " WHERE kind = 'event'") > 0,
	    "then it is gone, and its news stay");
	ok(status(visit(v, "/en/feeds/1")) == 404, "its page is no more");
	ok(withdrawn() == 2, "what waited for review does so no more");
}

static void
test_limit(struct visitor *v)
{
	const char *page = visit(v, "/en/feeds/new");

	for (int i = 0; i < 40 && status(page) != 429; i++)
		page = submit(v, "/en/feeds/new",
		    "address=partner.example.org&organisation=ilo-step"
		    "&feed_lang=fr&theme=microinsurance&country=SN");
	ok(status(page) == 429,
	    "nobody has the site knock at doors without end");
	ok(has(page, "value=\"partner.example.org\"") &&
		has(page, "name=\"feed_lang\" value=\"fr\"") &&
		has(page, "href=\"/en/feeds/new\"") &&
		has(page, "Try again in 4 min."),
	    "what was typed waits to be sent again, with the way back");
}

int
main(void)
{
	struct visitor v = visitor_open(), editor = visitor_beside(&v);

	member_add("Pia Partner", "pia@example.org", "secret word one",
	    "partner");
	member_add("Eva Editor", "eva@example.org", "secret word one",
	    "editor");
	member_add("Pol Partner", "pol@example.org", "secret word one",
	    "partner");
	speaks_for("pia@example.org", "ilo-step");
	begin();
	sign_in(&v, "pia@example.org", "secret word one");
	sign_in(&editor, "eva@example.org", "secret word one");
	test_tending(&v);
	test_waiting(&v, &editor);
	test_end(&v, &editor);
	test_limit(&v);
	visitor_leave(&editor);
	visitor_close(&v);
	return done();
}
