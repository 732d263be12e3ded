/*
 * Following what changes: members watch records, and searches for what they
 * find, and hear of it by mail (cli/jobs_watch.c) or by a feed of their own.
 *
 * The address of the feed is a secret, as its readers cannot sign in; it is
 * shown once, when it is made.
 */
#include <string.h>

#include "data/password.h"
#include "data/saved.h"
#include "data/unsubscribe.h"
#include "features/watch.h"
#include "web/changes.h"
#include "web/list.h"
#include "web/record.h"

enum { WATCHES_MAX = 300 };

static int
done(struct page *p, const char *url, const char *key)
{
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "%s%sdone=%s", url,
		strchr(url, '?') != NULL ? "&" : "?", key));
}

/* The list of what is watched is long enough. */
static bool
is_full(struct page *p)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT count(*) FROM state.watch WHERE member = :member"));

	db_set_int(q, "member", p->member.id);
	return db_number(q, 0) >= WATCHES_MAX;
}

/* Watch the record, or where that is 0 what of_path and of_query find, unless
 * that is watched already; then go back to the page at url. */
static int
start(struct page *p, const char *title, const char *url)
{
	if (is_full(p))
		return done(p,
		    arena_printf(&p->arena, "/%s/watches", page_lang(p)),
		    "watches_full");
	if (!page_begin(p))
		return 500;
	page_text(p, "_watched", title);
	page_run(p,
	    "INSERT OR IGNORE INTO state.watch"
	    " (member, record, path, query, title, created) VALUES"
	    " (:_member, nullif(:record, 0), nullif(:of_path, ''),"
	    "  CASE WHEN :record = 0 THEN :of_query END, :_watched,"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))");
	return page_commit(p) ? done(p, url, "watching") : 500;
}

/*
 * Records.
 */

int
watch_record(struct page *p)
{
	if (!record_subject(p, "history_title"))
		return 404;
	page_text(p, "of_path", "");
	page_text(p, "of_query", "");
	return start(p, model_cell(&p->model, "subject").text,
	    model_cell(&p->model, "record_url").text);
}

int
watch_record_end(struct page *p)
{
	if (!record_subject(p, "history_title"))
		return 404;
	if (!page_begin(p))
		return 500;
	page_run(p,
	    "DELETE FROM state.watch"
	    " WHERE member = :_member AND record = :record");
	if (!page_commit(p))
		return 500;
	return done(p, model_cell(&p->model, "record_url").text,
	    "watching_ended");
}

/*
 * Searches.
 */

int
watch_search_form(struct page *p)
{
	const char *path = page_param(p, "of");
	const char *query = page_param(p, "for");

	if (!list_name(p, path, query, page_lang(p)))
		return 404;
	model_change(&p->model, "title", page_string(p, "watch_search"));
	return page_show(p, 200, "watch/search");
}

int
watch_search(struct page *p)
{
	const char *path = page_field(p, "of");

	if (!list_name(p, path, page_field(p, "for"), page_lang(p)))
		return 404;
	page_number(p, "record", 0);
	return start(p, model_cell(&p->model, "of_title").text,
	    model_cell(&p->model, "of_url").text);
}

/*
 * What one watches.
 */

/* What else goes to their address: digests, the newsletter. */
static void
name_digests(struct page *p)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT id FROM state.subscriber WHERE email_key = lower(:email)"));
	int64_t subscriber;

	db_set_text(q, "email", p->member.email);
	subscriber = db_number(q, 0);
	page_number(p, "_subscriber", subscriber);
	page_text(p, "_digests_url",
	    subscriber != 0
		? arena_printf(&p->arena, "/%s/digests/manage/%s", page_lang(p),
		      unsubscribe_token(page_db(p), &p->arena, "subscriber",
			  subscriber))
		: "");
	page_rows(p, "digests",
	    "SELECT title, lang AS mail_lang, period = 'daily' AS daily,"
	    "  period = 'weekly' AS weekly,"
	    "  '/' || :lang || path || iif(query = '', '', '?' || query) AS url"
	    " FROM state.subscription WHERE subscriber = :_subscriber"
	    " ORDER BY id DESC");
}

static int
show_watches(struct page *p, int status)
{
	model_change(&p->model, "title", page_string(p, "watches"));
	page_rows(p, "watches",
	    "SELECT w.id AS watch, coalesce(s.title, w.title) AS title,"
	    "  s.other_lang, w.mail, w.record IS NULL AS search,"
	    "  w.record IS NOT NULL AND s.url IS NULL AS gone,"
	    "  CASE WHEN w.record IS NULL THEN '/' || :lang || w.path ||"
	    "   CASE WHEN w.query <> '' THEN '?' || w.query ELSE '' END"
	    "  ELSE s.url END AS url, w.created,"
	    "  date_text(w.created, :lang) AS created_text"
	    " FROM state.watch w"
	    " LEFT JOIN shown s ON s.record = w.record AND s.ui = :lang"
	    " WHERE w.member = :_member ORDER BY w.id DESC");
	name_digests(p);
	page_row(p,
	    "SELECT EXISTS (SELECT 1 FROM state.watch_feed"
	    " WHERE member = :_member) AS _has_feed");
	return page_show(p, status, "watch/index");
}

int
watch_index(struct page *p)
{
	page_text(p, "_feed", "");
	return show_watches(p, 200);
}

/* A new secret address for the feed: the only page that ever shows it. */
static int
make_feed(struct page *p)
{
	char token[PASSWORD_TOKEN], digest[PASSWORD_DIGEST];

	password_token(token);
	password_digest(digest, token);
	page_text(p, "_digest", digest);
	page_text(p, "_feed",
	    arena_printf(&p->arena, "%s/%s/watches/%s.atom",
		model_cell(&p->model, "base").text, page_lang(p), token));
	if (!page_begin(p))
		return 500;
	page_run(p,
	    "INSERT INTO state.watch_feed (member, hash, created) VALUES"
	    " (:_member, :_digest, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"
	    " ON CONFLICT (member) DO UPDATE SET hash = excluded.hash,"
	    "  created = excluded.created");
	return page_commit(p) ? show_watches(p, 200) : 500;
}

/* One button, one change: "mail", "no_mail", "remove", "feed", "no_feed". */
int
watch_change(struct page *p)
{
	const char *what = page_field(p, "do");

	page_field(p, "watch");
	if (strcmp(what, "feed") == 0)
		return make_feed(p);
	if (!page_begin(p))
		return 500;
	page_run(p,
	    "UPDATE state.watch SET mail = :do = 'mail'"
	    " WHERE id = :watch AND member = :_member"
	    " AND :do IN ('mail', 'no_mail')");
	page_run(p,
	    "DELETE FROM state.watch WHERE id = :watch AND member = :_member"
	    " AND :do = 'remove'");
	page_run(p,
	    "DELETE FROM state.watch_feed WHERE member = :_member"
	    " AND :do = 'no_feed'");
	if (!page_commit(p))
		return 500;
	return done(p, arena_printf(&p->arena, "/%s/watches", page_lang(p)),
	    "saved");
}

/*
 * The feed.
 */

/* The revisions of what a search finds, since it is watched. */
static void
add_found(struct page *p, int64_t watch, struct buf *found)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT v.rowid FROM state.watch w, hit h"
	    " CROSS JOIN revision v ON v.record = h.record"
	    " WHERE w.id = :watch AND v.time >= w.created"
	    "  AND v.state = 'published'"
	    "  AND v.author IS NOT w.member"
	    " ORDER BY v.rowid DESC LIMIT 50"));

	db_set_int(q, "watch", watch);
	while (db_next(q))
		buf_printf(found, ",%s", db_text(q, 0));
}

static void
find_changes(struct page *p, struct buf *found)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT v.rowid FROM state.watch w JOIN revision v"
	    "  ON v.record = w.record AND v.time >= w.created"
	    " WHERE w.member = :member AND v.state = 'published'"
	    "  AND v.author IS NOT w.member"
	    " ORDER BY v.rowid DESC LIMIT 50"));

	db_set_text(q, "member", model_cell(&p->model, "_reader").text);
	while (db_next(q))
		buf_printf(found, ",%s", db_text(q, 0));
	q = db_restart(db_query(page_db(p),
	    "SELECT id, path, coalesce(query, '') FROM state.watch"
	    " WHERE member = :member AND path IS NOT NULL"));
	db_set_text(q, "member", model_cell(&p->model, "_reader").text);
	while (db_next(q)) {
		struct search s;

		if (!saved_read(page_db(p), &p->arena, db_text(q, 1),
			db_text(q, 2), &s))
			continue;
		search_page(page_db(p), 0, search_run(page_db(p), &s).total);
		add_found(p, db_int(q, 0), found);
	}
}

int
watch_feed(struct page *p)
{
	char digest[PASSWORD_DIGEST];
	struct buf found = { 0 };

	password_digest(digest, model_cell(&p->model, "token").text);
	page_text(p, "_digest", digest);
	p->response->personal = true;
	if (!page_row(p,
		"SELECT f.member AS _reader FROM state.watch_feed f"
		" JOIN member m ON m.id = f.member AND m.status = 'active'"
		" WHERE f.hash = :_digest"))
		return 404;
	model_change(&p->model, "title", page_string(p, "watches"));
	find_changes(p, &found);
	page_text(p, "_all_found",
	    found.len > 0 ? arena_printf(&p->arena, "[%s]", found.data + 1)
			  : "[]");
	buf_free(&found);
	page_row(p,
	    "SELECT json_group_array(value) AS _found FROM (SELECT DISTINCT"
	    " value FROM json_each(:_all_found) ORDER BY value DESC LIMIT 50)");
	page_rows(p, "results", CHANGES " ORDER BY v.revision DESC");
	return page_show(p, 200, "watch/index");
}

/*
 * The way out of our mails, without signing in.
 */

static bool
find_reader(struct page *p)
{
	int64_t member = unsubscribe_whose(page_db(p), "unsubscribe",
	    model_cell(&p->model, "token").text);

	model_change(&p->model, "title", page_string(p, "unsubscribe"));
	page_number(p, "_reader", member);
	return member != 0;
}

int
watch_unsubscribe_form(struct page *p)
{
	if (!find_reader(p))
		return 404;
	page_form(p);
	page_text(p, "_done", "");
	return page_show(p, 200, "watch/unsubscribe");
}

/* Programs of mail send this too: they want an answer, and no redirect. */
int
watch_unsubscribe(struct page *p)
{
	if (!find_reader(p))
		return 404;
	if (!page_begin(p))
		return 500;
	page_run(p, "UPDATE state.watch SET mail = 0 WHERE member = :_reader");
	if (!page_commit(p))
		return 500;
	page_text(p, "_done", "1");
	return page_show(p, 200, "watch/unsubscribe");
}
