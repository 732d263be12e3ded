#ifndef TESTS_FEED_TAKE_H
#define TESTS_FEED_TAKE_H

#include "data/feed_take.h"
#include "mailbox.h"

/*
 * Entries of feeds of others, taken as if they had just been fetched.
 *
 *	struct visitor v = begin();	an editor, signed in
 *	int64_t feed = feed_add("https://example.org/a.xml", "publish");
 *	entry(0, "id 1", "A title", "2026-10-02T10:00:00Z", NULL);
 *	take(feed);
 *	ok(news_of(feed) == 1, "…");
 *	end(&v);
 */
static struct db *db;
static int64_t helpers; /* an organisation */
static int64_t partner;

static struct feed_entry entries[600];
static struct feed_read read_feed = { .format = "rss-2.0", .entries = entries };
static struct feed_take last;

/* An entry as it is read: key, what it says, date, link. */
static inline void
entry(size_t n, const char *key, const char *title, const char *date,
    const char *link)
{
	entries[n] = (struct feed_entry){ .key = key,
		.digest = title,
		.title = title,
		.link = link,
		.published = date,
		.summary = "What happened in Thiès.",
		.content_markdown = "The **whole** story of what happened in "
				    "Thiès, with all of it.",
		.lang = "en",
		.author = "Awa Exemple" };
	read_feed.nentries = n + 1;
}

/* The number of a new feed. */
static inline int64_t
feed_add(const char *url, const char *trust)
{
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO feed (organisation, member, url, title, theme,"
	    "  country, state, trust, created, approved)"
	    " VALUES (:organisation, :member, :url, 'News of Helpers',"
	    "  (SELECT slug FROM record WHERE kind = 'theme' ORDER BY id),"
	    "  'SN', 'active', :trust, '2026-11-01T00:00:00Z',"
	    "  '2026-11-02T00:00:00Z') RETURNING id"));
	int64_t id;

	if (!db_begin(db))
		bail_out("no transaction");
	db_set_int(q, "organisation", helpers);
	db_set_int(q, "member", partner);
	db_set_text(q, "url", url);
	db_set_text(q, "trust", trust);
	id = db_number(q, 0);
	if (!db_commit(db))
		bail_out("no feed");
	return id;
}

/* Read what the entries are, as if they had just been fetched; stop after so
 * many transactions as if killed. */
static inline void
take_some(int64_t id, int transactions)
{
	struct arena a = { 0 };
	struct feed feed;
	bool more = true;

	if (!feed_store_find(db, &a, id, &feed))
		bail_out("no such feed");
	last = (struct feed_take){
		.db = db, .feed = &feed, .read = &read_feed, .lang = "en"
	};
	feed_take_begin(&last);
	while (more && transactions-- > 0) {
		db_begin(db);
		more = feed_take_some(&last);
		if (!more)
			feed_store_look(db, &feed,
			    &(struct feed_look){ .etag = "",
				.modified = "",
				.body = "x",
				.format = "rss-2.0",
				.pace = 3600,
				.wait = 3600 });
		if (!db_commit(db))
			bail_out(db_error(db));
	}
	if (last.faults.len > 0)
		printf("# %s\n", last.faults.data);
	feed_take_end(&last);
	arena_free(&a);
}

static inline void
take(int64_t id)
{
	take_some(id, 1000);
}

static inline int64_t
number(struct query *q, int64_t feed)
{
	db_restart(q);
	db_set_int(q, "feed", feed);
	return db_number(q, -1);
}

static inline int64_t
news_of(int64_t feed)
{
	return number(db_query(db,
			  "SELECT count(DISTINCT e.record) FROM feed_entry e"
			  " JOIN record r ON r.id = e.record"
			  " WHERE e.feed = :feed AND r.kind = 'news'"),
	    feed);
}

static inline int64_t
waiting_of(int64_t feed)
{
	return number(db_query(db,
			  "SELECT count(*) FROM feed_entry e"
			  " JOIN state.contribution c ON c.id = e.contribution"
			  " WHERE e.feed = :feed AND c.state = 'submitted'"),
	    feed);
}

static inline int64_t
entries_of(int64_t feed)
{
	return number(db_query(db,
			  "SELECT count(*) FROM feed_entry WHERE feed = :feed"),
	    feed);
}

static inline int64_t
contribution(int64_t feed)
{
	return number(db_query(db,
			  "SELECT contribution FROM feed_entry"
			  " WHERE feed = :feed"),
	    feed);
}

static inline const char *
decide(struct visitor *v, int64_t id, const char *what)
{
	char path[60], form[200];

	snprintf(path, sizeof(path), "/en/review/%lld", (long long)id);
	visit(v, path);
	snprintf(form, sizeof(form), "action=%s&words=because&seen=%.20s", what,
	    text_in("SELECT updated FROM state.contribution"
		    " WHERE state = 'submitted' ORDER BY rowid DESC"));
	return submit(v, path, form);
}

static inline struct visitor
begin(void)
{
	struct visitor v = visitor_open();

	member_add("Edith", "edith@example.org", "secret word", "editor");
	partner =
	    member_add("Paul", "paul@example.org", "secret word", "partner");
	sign_in(&v, "edith@example.org", "secret word");
	db = db_open(visitor_database.data, DB_WRITE);
	helpers = db_number(db_restart(db_query(db,
				"SELECT id FROM record WHERE slug ="
				" 'ilo'")),
	    0);
	return v;
}

static inline void
end(struct visitor *v)
{
	db_close(db);
	visitor_close(v);
}

#endif
