/* What entries of feeds of others become. */
#include "data/publish.h"
#include "feed_take.h"

static void
test_publish(struct visitor *v)
{
	int64_t feed = feed_add("https://example.org/a.xml", "publish");
	const char *page;

	entry(0, "id 2", "Second news of the Helpers", "2026-10-02T10:00:00Z",
	    "https://example.org/2");
	entry(1, "id 1", "First news of the Helpers", "2026-10-01T10:00:00Z",
	    "https://example.org/1");
	take(feed);
	ok(news_of(feed) == 2 && last.added == 2, "entries become news");
	page = visit(v, "/en/news/first-news-of-the-helpers");
	ok(status(page) == 200 && has(page, "What happened in Thiès"),
	    "with a page");
	ok(has(page, "<strong>whole</strong>"), "that has all of it");
	page = visit(v, "/en/search?q=happened+Thies");
	ok(has(page, "/en/news/first-news-of-the-helpers") &&
		has(page, "/en/news/second-news-of-the-helpers"),
	    "search finds them");
	is(text_in("SELECT n.author || ' ' || n.source_url || ' ' || o.slug"
		   "  || ' ' || r.published || ' ' || r.entry FROM news n"
		   " JOIN record r ON r.id = n.record"
		   " JOIN record o ON o.id = n.organisation"
		   " WHERE r.slug = 'first-news-of-the-helpers'"),
	    "Awa Exemple https://example.org/1 ilo"
	    " 2026-10-01T10:00:00Z import",
	    "by whom it is, where it is from, whose it is, and when");
	ok(number_in("SELECT count(*) FROM record_country c"
		     " JOIN record r ON r.id = c.record"
		     " WHERE r.slug = 'first-news-of-the-helpers'"
		     " AND c.country = 'SN'") == 1 &&
		number_in("SELECT count(*) FROM record_theme t"
			  " JOIN record r ON r.id = t.record"
			  " WHERE r.slug = 'first-news-of-the-helpers'") == 1,
	    "they have the feed's country and theme");
	is(text_in("SELECT v.comment FROM revision v"
		   " JOIN record r ON r.id = v.record"
		   " WHERE r.slug = 'first-news-of-the-helpers'"
		   " AND v.author IS NULL"),
	    "News of Helpers · https://example.org/a.xml",
	    "nobody of ours has written them: the history names the feed");
	take(feed);
	ok(news_of(feed) == 2 && last.added == 0 && last.changed == 0,
	    "read again, nothing is doubled");
}

static void
test_update(struct visitor *v)
{
	int64_t feed = feed_add("https://example.org/b.xml", "publish");
	int64_t version;
	const char *page;

	entry(0, "id x", "A beginning", "2026-10-02T10:00:00Z",
	    "https://example.org/x");
	take(feed);
	entry(0, "id x", "A beginning, corrected", "2026-10-02T10:00:00Z",
	    "https://example.org/x");
	take(feed);
	page = visit(v, "/en/news/a-beginning");
	ok(last.changed == 1 && news_of(feed) == 1 &&
		has(page, "A beginning, corrected"),
	    "what the feed corrects is corrected, at the same address");
	entry(0, "id new", "A beginning, corrected", "2026-10-02T10:00:00Z",
	    "https://example.org/x");
	take(feed);
	ok(entries_of(feed) == 1 && news_of(feed) == 1,
	    "an entry with a new id and the same link is the same one");

	change_in("INSERT INTO revision (record, number, author, time,"
		  "  snapshot) SELECT v.record, v.number + 1, 1, v.time,"
		  "  v.snapshot FROM revision v JOIN record r"
		  "  ON r.id = v.record WHERE r.slug = 'a-beginning'"
		  " ORDER BY v.number DESC LIMIT 1");
	entry(0, "id new", "A third beginning", "2026-10-02T10:00:00Z",
	    "https://example.org/x");
	take(feed);
	ok(last.changed == 0 &&
		!has(visit(v, "/en/news/a-beginning"), "A third beginning"),
	    "what somebody has changed by hand stays so");
	is(text_in("SELECT fate FROM feed_entry WHERE link ="
		   " 'https://example.org/x'"),
	    "edited", "… which is noted");
	version = db_version(db);
	take(feed);
	db_release(db);
	ok(db_version(db) == version && last.changed == 0,
	    "… once, and not each time");
}

static void
test_withdrawn(struct visitor *v)
{
	int64_t feed = feed_add("https://example.org/w.xml", "publish");
	struct query *q =
	    db_query(db, "SELECT record FROM feed_entry WHERE feed = :feed");

	entry(0, "id w", "To be withdrawn", NULL, "https://example.org/w");
	take(feed);
	db_begin(db);
	publish_withdraw(db, number(q, feed),
	    &(struct authorship){ .comment = "wrong", .author = 1 });
	db_commit(db);
	entry(0, "id w", "To be withdrawn, updated", NULL,
	    "https://example.org/w");
	take(feed);
	take(feed);
	ok(status(visit(v, "/en/news/to-be-withdrawn")) == 410 &&
		news_of(feed) == 1,
	    "news that was withdrawn stays so, whatever its feed says");
}

static void
test_dates(void)
{
	int64_t feed = feed_add("https://example.org/d.xml", "publish");

	entry(0, "id far", "Far ahead", "2090-01-01T00:00:00Z", NULL);
	entry(1, "id ahead", "Ahead", "2089-01-01T00:00:00Z", NULL);
	entry(2, "id never", "Without a date", NULL, NULL);
	entry(3, "id old", "From long ago", "1985-05-05T00:00:00Z", NULL);
	take(feed);
	is(text_in("SELECT group_concat(slug) FROM (SELECT r.slug FROM record r"
		   " JOIN feed_entry e ON e.record = r.id"
		   " WHERE e.feed = (SELECT max(id) FROM feed)"
		   " ORDER BY r.published, r.id)"),
	    "from-long-ago,without-a-date,ahead,far-ahead",
	    "dates that lie ahead are now, in their order");
	ok(number_in(
	       "SELECT count(*) FROM record r JOIN feed_entry e"
	       " ON e.record = r.id"
	       " WHERE e.feed = (SELECT max(id) FROM feed)"
	       " AND r.published <= strftime('%Y-%m-%dT%H:%M:%SZ', 'now')") ==
		4,
	    "none is shown as of tomorrow");
	is(text_in("SELECT published FROM record WHERE slug = 'from-long-ago'"),
	    "1985-05-05T00:00:00Z", "what is old stays old");
}

static void
test_first(void)
{
	static char keys[500][20], titles[500][40], dates[500][24];
	int64_t feed = feed_add("https://example.org/many.xml", "publish");

	for (size_t i = 0; i < 500; i++) {
		snprintf(keys[i], sizeof(keys[i]), "id many %zu", i);
		snprintf(titles[i], sizeof(titles[i]), "Same title");
		snprintf(dates[i], sizeof(dates[i]),
		    "20%02zu-01-%02zuT00:00:00Z", i / 28, i % 28 + 1);
		entry(i, keys[i], titles[i], dates[i], NULL);
	}
	take_some(feed, 2);
	take(feed);
	ok(news_of(feed) == 50 && entries_of(feed) == 500,
	    "of a new feed with 500 entries the newest 50 are news");
	is(text_in("SELECT min(published) FROM record r JOIN feed_entry e"
		   " ON e.record = r.id"
		   " WHERE e.feed = (SELECT max(id) FROM feed)"),
	    "2016-01-03T00:00:00Z", "… just these, though it was killed once");
	ok(number_in("SELECT count(DISTINCT r.slug) FROM record r"
		     " WHERE r.slug GLOB 'same-title*'") == 50,
	    "those of the same title have addresses of their own");
	take(feed);
	ok(news_of(feed) == 50 && last.added == 0,
	    "the others are not news the second time either");
	entry(500, "id one more", "One more", "2026-11-01T00:00:00Z", NULL);
	take(feed);
	ok(news_of(feed) == 51, "what is new then is");
	for (size_t i = 0; i < 120; i++) {
		snprintf(keys[i], sizeof(keys[i]), "id later %zu", i);
		entry(i, keys[i], titles[i], dates[i], NULL);
	}
	take(feed);
	ok(news_of(feed) == 100 && last.waiting == 71,
	    "100 entries of a feed become news in a day");
	db_script(db, "UPDATE feed_entry SET first_seen = '2020-01-01'");
	take(feed);
	ok(news_of(feed) == 171, "the others do on another");
}

static void
test_two_feeds(void)
{
	int64_t one = feed_add("https://example.org/one.xml", "publish");
	int64_t two = feed_add("https://example.org/two.xml", "publish");

	entry(0, "id 1", "Of the one", NULL, "https://example.org/of-one");
	take(one);
	entry(0, "id 1", "Of the other", NULL, "https://example.org/of-two");
	take(two);
	ok(news_of(one) == 1 && news_of(two) == 1,
	    "identical ids in two feeds are two entries");
	entry(0, "id 7", "Of the one, again", NULL,
	    "https://example.org/of-one");
	take(two);
	take(two);
	ok(news_of(two) == 1 && entries_of(two) == 2,
	    "the same link in two feeds of an organisation is news once");
	is(text_in("SELECT fate FROM feed_entry WHERE fate = 'twin'"), "twin",
	    "… which is noted");
}

static const char *
lang_of_last(void)
{
	return text_in("SELECT lang FROM record WHERE kind = 'news'"
		       " ORDER BY id DESC");
}

static void
test_language(struct visitor *v)
{
	int64_t feed = feed_add("https://example.org/l.xml", "publish");

	read_feed.lang = "en-US";
	entry(0, "id us", "Of the states", NULL, NULL);
	entries[0].lang = "en-US";
	take(feed);
	is(lang_of_last(), "en", "a language is that of no country");
	change_in("UPDATE feed SET lang = 'es'"
		  " WHERE url = 'https://example.org/l.xml'");
	entry(0, "id es", "La mutua", NULL, NULL);
	entries[0].lang = "en-US";
	take(feed);
	is(lang_of_last(), "es", "the partner knows better than the feed");
	ok(has(visit(v, "/en/news/la-mutua"), "This text is in Spanish"),
	    "… and readers are told");
	entry(0, "id fr", "La mutuelle", NULL, NULL);
	entries[0].lang = "fr";
	take(feed);
	is(lang_of_last(), "fr", "an entry that says another is believed");
	read_feed.lang = NULL;
}

static void
test_podcast(struct visitor *v)
{
	static const struct feed_enclosure sound = {
		.url = "https://example.org/1.mp3"
	};
	int64_t feed = feed_add("https://example.org/p.xml", "publish");

	entry(0, "id sound", "An episode", NULL, NULL);
	entries[0].enclosures = &sound;
	entries[0].nenclosures = 1;
	take(feed);
	ok(has(visit(v, "/en/news/an-episode"),
	       "href=\"https://example.org/1.mp3\""),
	    "an entry that is nothing but a file leads to it");
}

static void
test_lead(struct visitor *v)
{
	int64_t feed = feed_add("https://example.org/lead.xml", "publish");

	entry(0, "id lead", "Said once", NULL, NULL);
	entries[0].summary = "It begins with these words, and…";
	entries[0].content_markdown =
	    "It *begins*\nwith these words,\nand goes on, with a second paragraph:\n\nof few words.";
	entry(1, "id two", "Said twice", NULL, NULL);
	take(feed);
	ok(!has(visit(v, "/en/news/said-once"), "class=\"lead\"") &&
		has(visit(v, "/en/news/said-once.json"),
		    "It begins with these words, and…"),
	    "a summary that the text begins with stands in lists alone");
	ok(has(visit(v, "/en/news/said-twice"), "class=\"lead\""),
	    "another stands above the text, too");
}

/* One that can't be news is told, and the others come in. */
static void
test_faults(void)
{
	int64_t feed = feed_add("https://example.org/f.xml", "publish");

	entry(0, "id good", "A good one", NULL, NULL);
	entry(1, "id bad", "A bad one", NULL, NULL);
	entries[1].link = "https://exa mple.org/";
	take(feed);
	ok(news_of(feed) == 1 && entries_of(feed) == 1,
	    "an entry that can't be news keeps no other out");
	entries[1].link = "https://example.org/mended";
	take(feed);
	ok(news_of(feed) == 2, "… and comes in when it can");
}

static void
test_review(struct visitor *v)
{
	int64_t feed = feed_add("https://example.org/r.xml", "review");
	int64_t first, mails_before;

	entry(0, "id r", "For review", "2026-10-02T10:00:00Z",
	    "https://example.org/r");
	take(feed);
	first = contribution(feed);
	ok(waiting_of(feed) == 1 && news_of(feed) == 0,
	    "of a feed that is not trusted entries wait for review");
	ok(has(visit(v, "/en/review"), "For review"), "… among what waits");
	entry(0, "id r", "For review, corrected", "2026-10-02T10:00:00Z",
	    "https://example.org/r");
	take(feed);
	ok(contribution(feed) == first && waiting_of(feed) == 1 &&
		has(visit(v, "/en/review"), "For review, corrected"),
	    "what the feed corrects meanwhile is corrected there");
	mails_before = mails();
	ok(status(decide(v, first, "publish")) == 303 && news_of(feed) == 1,
	    "once it is published it is the feed's news");
	ok(mails() == mails_before,
	    "… of which the partner gets no mail for each");
	take(feed);
	ok(last.changed == 0, "… as it was read");
	entry(0, "id r", "For review, again", "2026-10-02T10:00:00Z",
	    "https://example.org/r");
	take(feed);
	ok(contribution(feed) != first && waiting_of(feed) == 1 &&
		!has(visit(v, "/en/news/for-review-corrected"), "again"),
	    "what the feed changes later is reviewed, too");
	ok(status(decide(v, contribution(feed), "publish")) == 303 &&
		has(visit(v, "/en/news/for-review-corrected"),
		    "For review, again"),
	    "… and published at the same address");
}

static void
test_decline(struct visitor *v)
{
	int64_t feed = feed_add("https://example.org/n.xml", "review");

	entry(0, "id n", "Not wanted", "2026-10-02T10:00:00Z",
	    "https://example.org/n");
	take(feed);
	ok(status(decide(v, contribution(feed), "decline")) == 303,
	    "an entry can be declined");
	take(feed);
	entry(0, "id n", "Not wanted, but changed", "2026-10-02T10:00:00Z",
	    "https://example.org/n");
	take(feed);
	ok(waiting_of(feed) == 0 && news_of(feed) == 0,
	    "what was declined never comes again");
}

/* The two databases are not on disk in the same moment. */
static void
test_killed(void)
{
	int64_t feed = feed_add("https://example.org/k.xml", "review");
	int64_t id;

	entry(0, "id k", "Killed", NULL, "https://example.org/k");
	take(feed);
	id = contribution(feed);
	change_in("DELETE FROM state.contribution WHERE title = 'Killed'");
	take(feed);
	ok(waiting_of(feed) == 1 && contribution(feed) == id,
	    "an entry whose contribution was lost is sent once more");
	change_in(
	    "DELETE FROM feed_entry WHERE link = 'https://example.org/k'");
	take(feed);
	ok(waiting_of(feed) == 1 &&
		number_in("SELECT count(*) FROM state.contribution"
			  " WHERE title = 'Killed'") == 1,
	    "one whose contribution alone is there is not sent twice");
}

int
main(void)
{
	struct visitor v = begin();

	test_publish(&v);
	test_update(&v);
	test_withdrawn(&v);
	test_dates();
	test_first();
	test_two_feeds();
	test_language(&v);
	test_podcast(&v);
	test_lead(&v);
	test_faults();
	test_review(&v);
	test_decline(&v);
	test_killed();

	end(&v);
	return done();
}
