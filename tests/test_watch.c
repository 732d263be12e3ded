/* Following what changes, and saying that something is still right. */
#include "data/unsubscribe.h"
#include "revise.h"

#define RECORD "/en/schemes/mss-benin"

static int64_t awa;

static void
test_record(struct visitor *v)
{
	const char *page = visit(v, RECORD);

	ok(has(page, "href=\"/en/sign-in?next=" RECORD "\""),
	    "who wants to watch a page signs in first");
	sign_in(v, "awa@example.org", "secret+word");
	ok(has(visit(v, RECORD), "action=\"" RECORD "/watch\""),
	    "a member can watch it");
	page = submit(v, RECORD "/watch", "");
	ok(status(page) == 303 &&
		header(page, "location: " RECORD "?done=watching"),
	    "with one button");
	submit(v, RECORD "/watch", "");
	ok(number_in("SELECT count(*) FROM state.watch") == 1, "twice is once");
	page = visit(v, RECORD "?done=watching");
	ok(has(page, "You will hear of changes") &&
		has(page, "action=\"" RECORD "/unwatch\""),
	    "and is told so, with the way back");
	submit(v, RECORD "/unwatch", "");
	ok(number_in("SELECT count(*) FROM state.watch") == 0, "it ends");
	submit(v, RECORD "/watch", "");
}

static void
test_search(struct visitor *v)
{
	const char *page;

	ok(has(visit(v, "/en/schemes?country=BJ&page=1"),
	       "name=\"for\" value=\"country=BJ&amp;page=1\""),
	    "a list offers to tell of new results");
	page = submit(v, "/en/watch",
	    "of=/schemes&for=country%3DBJ%26page%3D2%26sort%3Dname");
	ok(status(page) == 303 &&
		header(page, "location: /en/schemes?country=BJ&done=watching"),
	    "what is chosen counts, not how it is shown");
	page = visit(v, "/en/watch?of=/schemes&for=country%3DBJ");
	ok(has(page, "Micro-insurance schemes, Benin"), "in words");
	ok(status(submit(v, "/en/watch", "of=/nothing&for=")) == 404,
	    "only lists can be watched");
}

static void
test_list(struct visitor *v)
{
	const char *page = visit(v, "/en/watches");

	ok(has(page, "href=\"" RECORD "\"") &&
		has(page, "href=\"/en/schemes?country=BJ\""),
	    "a member sees all that is watched");
	submit(v, "/en/watches", "watch=1&do=no_mail");
	ok(number_in("SELECT sum(mail) FROM state.watch") == 1,
	    "mails can be switched off one by one");
	submit(v, "/en/watches", "watch=1&do=mail");
	ok(number_in("SELECT sum(mail) FROM state.watch") == 2, "and on");
	ok(has(visit(v, "/en/watches?done=saved"), "Saved."), "which is said");
}

/* The address of the feed, without the site's. */
static const char *
feed_of(const char *page)
{
	static struct buf path;
	const char *at =
	    strstr(page, "<code class=\"long\">https://example.org");

	buf_clear(&path);
	if (at != NULL) {
		at += strlen("<code class=\"long\">https://example.org");
		buf_put(&path, at, strcspn(at, "<"));
	}
	return buf_text(&path);
}

static void
test_feed(struct visitor *v)
{
	struct visitor reader = visitor_beside(v);
	char *feed;
	const char *page;

	feed = strdup(feed_of(submit(v, "/en/watches", "do=feed")));
	ok(has(feed, "/en/watches/") && has(feed, ".atom"),
	    "a member gets a feed with a secret address");
	ok(*feed_of(visit(v, "/en/watches")) == '\0', "which is shown once");
	revise("scheme", "mss-benin", "acronym", "MSSX",
	    &(struct authorship){ .comment = "From the site" });
	revise("scheme", "mss-cotonou", "acronym", "MSSC",
	    &(struct authorship){ 0 });
	revise("scheme", "mss-parakou", "acronym", "MSSP",
	    &(struct authorship){ .author = awa });
	page = visit(&reader, feed);
	ok(status(page) == 200 && has(page, "scheme/mss-benin/history/2</id>"),
	    "it has changes of what is watched");
	ok(has(page, "scheme/mss-cotonou/history/2</id>"),
	    "and of what watched searches find");
	ok(!has(page, "mss-parakou"), "but none of one's own");
	ok(!has(page, "Awa Exemple") && !has(page, "awa@"),
	    "and does not say whose it is");
	ok(header(page, "cache-control: no-store"), "nobody keeps it");
	ok(status(visit(&reader, "/en/watches/abcdefgh.atom")) == 404,
	    "no other address has one");
	submit(v, "/en/watches", "do=no_feed");
	ok(status(visit(&reader, feed)) == 404, "it can be ended");
	free(feed);
	visitor_leave(&reader);
}

static void
test_unsubscribe(struct visitor *v)
{
	struct visitor reader = visitor_beside(v);
	struct db *db = db_open(visitor_database.data, DB_READ);
	struct arena a = { 0 };
	const char *path = arena_printf(&a, "/en/unsubscribe/%s",
	    unsubscribe_token(db, &a, "unsubscribe", awa));
	const char *page;

	db_close(db);
	page = visit(&reader, path);
	ok(status(page) == 200 && has(page, "With one click") &&
		number_in("SELECT sum(mail) FROM state.watch") == 2,
	    "opening the link of a mail changes nothing yet");
	page = post(&reader, path, "List-Unsubscribe=One-Click");
	ok(status(page) == 200 &&
		number_in("SELECT sum(mail) FROM state.watch") == 0,
	    "sent by a program of mail, all mails end");
	ok(status(visit(&reader, "/en/unsubscribe/1-abc")) == 404 &&
		status(visit(&reader, "/en/unsubscribe/x")) == 404,
	    "nobody can make up such a link");
	arena_free(&a);
	visitor_leave(&reader);
}

static const char *
confirmed(void)
{
	static struct buf day;
	struct db *db = db_open(visitor_database.data, DB_READ);
	struct query *q = db_restart(db_query(db,
	    "SELECT coalesce(confirmed = date('now'), 0) FROM record"
	    " WHERE kind = 'scheme' AND slug = 'mss-benin'"));

	buf_clear(&day);
	buf_puts(&day, db_number(q, 0) == 1 ? "today" : "no");
	db_close(db);
	return buf_text(&day);
}

static void
add_ticket(void)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);
	char digest[PASSWORD_DIGEST];
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO state.ticket (hash, purpose, member, record, created,"
	    " expires) SELECT :hash, 'confirm', :member, id, unixepoch(),"
	    " unixepoch() + 100 FROM record"
	    " WHERE kind = 'scheme' AND slug = 'mss-benin'"));

	password_digest(digest, "a-token");
	db_set_text(q, "hash", digest);
	db_set_int(q, "member", awa);
	if (!db_begin(db) || !db_run(q) || !db_commit(db))
		bail_out("ticket");
	db_close(db);
}

static void
look_after(const char *sql)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);

	if (!db_script(db, sql))
		bail_out(db_error(db));
	db_close(db);
}

static void
test_confirm(struct visitor *v)
{
	struct visitor reader = visitor_beside(v);
	const char *page;

	add_ticket();
	look_after("INSERT INTO steward (member, country, since) SELECT id,"
		   " 'BJ', '2026-01-01' FROM member");
	ok(status(visit(&reader, "/en/confirm/another")) == 404,
	    "only the link of the mail leads there");
	page = visit(&reader, "/en/confirm/a-token");
	ok(status(page) == 200 && has(page, "Yes, still right") &&
		has(page, "<dt>Acronym</dt>"),
	    "it shows what stands in the scheme");
	is(confirmed(), "no", "and confirms nothing by being opened");
	page = submit(&reader, "/en/confirm/a-token", "");
	ok(status(page) == 303, "one button does");
	is(confirmed(), "today", "as of today");
	ok(has(visit(&reader, RECORD), "Confirmed as right on"),
	    "which readers see");
	ok(number_in("SELECT count(*) FROM revision v JOIN record r"
		     " ON r.id = v.record WHERE r.slug = 'mss-benin'") == 2,
	    "without a new version");
	look_after("DELETE FROM steward");
	ok(status(visit(&reader, "/en/confirm/a-token")) == 404,
	    "nor by whoever looks after it no longer");
	ok(status(submit(v, RECORD "/confirm", "")) == 403,
	    "a member who looks after nothing may not");
	visitor_leave(&reader);
}

int
main(void)
{
	struct visitor v = visitor_open();

	awa = member_add("Awa Exemple", "awa@example.org", "secret word",
	    "member");
	test_record(&v);
	test_search(&v);
	test_list(&v);
	test_feed(&v);
	test_unsubscribe(&v);
	test_confirm(&v);
	visitor_close(&v);
	return done();
}
