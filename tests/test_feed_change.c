/* Entries of feeds of others that change, over and over, or trust in them. */
#include "feed_take.h"

/* An entry says something else, and is taken. */
static void
say(int64_t feed, const char *key, int n)
{
	static char title[60];

	snprintf(title, sizeof(title), "%s, version %d", key, n);
	entry(0, key, title, "2026-10-02T10:00:00Z", NULL);
	take(feed);
}

static int64_t
revisions_of(int64_t feed)
{
	return number(db_query(db,
			  "SELECT count(*) FROM feed_entry e JOIN revision v"
			  " ON v.record = e.record WHERE e.feed = :feed"),
	    feed);
}

/* As if all had been so many days earlier. */
static void
let_pass(const char *days)
{
	struct query *q = db_restart(db_query(db,
	    "UPDATE revision SET time = strftime('%Y-%m-%dT%H:%M:%SZ', time,"
	    " '-' || :days || ' days')"));

	db_begin(db);
	db_set_text(q, "days", days);
	db_run(q);
	db_commit(db);
}

static void
test_restless(struct visitor *v)
{
	int64_t feed = feed_add("https://example.org/c.xml", "publish");
	int n;

	for (n = 1; n <= 12; n++)
		say(feed, "restless", n);
	ok(revisions_of(feed) == 6 && last.restless == 1,
	    "an entry that changes at each look is revised five times");
	ok(has(visit(v, "/en/news/restless-version-1"), "version 6"),
	    "… and what it says then waits");
	let_pass("1.1");
	say(feed, "restless", n++);
	ok(revisions_of(feed) == 7 &&
		has(visit(v, "/en/news/restless-version-1"), "version 13"),
	    "a day later it is revised once, as it is then");
	say(feed, "restless", n++);
	ok(revisions_of(feed) == 7, "… and not twice");
	let_pass("1.1");
	take(feed);
	ok(revisions_of(feed) == 8 &&
		has(visit(v, "/en/news/restless-version-1"), "version 14"),
	    "what it said last arrives, also when it changes no more");
	let_pass("8");
	say(feed, "restless", n++);
	say(feed, "restless", n++);
	ok(revisions_of(feed) == 10, "calm for a week, it is as any other");
}

static void
test_crowd(void)
{
	static char keys[90][20], titles[90][40];
	int64_t feed = feed_add("https://example.org/crowd.xml", "publish");
	int64_t before;

	for (int round = 0; round < 4; round++) {
		for (size_t i = 0; i < 50; i++) {
			snprintf(keys[i], sizeof(keys[i]), "crowd %zu", i);
			snprintf(titles[i], sizeof(titles[i]), "%zu, round %d",
			    i, round);
			entry(i, keys[i], titles[i], NULL, NULL);
		}
		take(feed);
	}
	ok(revisions_of(feed) == 150 && last.restless == 50,
	    "of a feed whose entries all change a hundred are revised a day");
	let_pass("1.1");
	before = revisions_of(feed);
	take(feed);
	ok(revisions_of(feed) == before + 50 && last.restless == 0,
	    "… the others on another");
}

static void
trust(int64_t feed, const char *trust)
{
	struct query *q = db_restart(db_query(db,
	    "UPDATE feed SET trust = :trust WHERE id = :feed"));

	db_begin(db);
	db_set_int(q, "feed", feed);
	db_set_text(q, "trust", trust);
	db_run(q);
	db_commit(db);
}

static void
test_trust(struct visitor *v)
{
	int64_t feed = feed_add("https://example.org/t.xml", "review");

	say(feed, "trusted", 1);
	decide(v, contribution(feed), "publish");
	trust(feed, "publish");
	say(feed, "trusted", 2);
	ok(waiting_of(feed) == 0 &&
		has(visit(v, "/en/news/trusted-version-1"), "version 2"),
	    "what was reviewed once follows the trust that its feed has now");
	trust(feed, "review");
	say(feed, "trusted", 3);
	ok(waiting_of(feed) == 1, "taken back, it is reviewed again");
	trust(feed, "publish");
	say(feed, "trusted", 4);
	ok(waiting_of(feed) == 1 &&
		has(visit(v, "/en/review"), "trusted, version 4"),
	    "what waits for its reviewer already waits on, as it is now");
	decide(v, contribution(feed), "decline");
	say(feed, "trusted", 5);
	ok(waiting_of(feed) == 1 &&
		has(visit(v, "/en/news/trusted-version-1"), "version 2"),
	    "one that a reviewer has refused is theirs, in spite of trust");
	decide(v, contribution(feed), "publish");
	say(feed, "trusted", 6);
	ok(waiting_of(feed) == 0 &&
		has(visit(v, "/en/news/trusted-version-1"), "version 6"),
	    "… until they take it");
}

int
main(void)
{
	struct visitor v = begin();

	test_restless(&v);
	test_crowd();
	test_trust(&v);
	end(&v);
	return done();
}
