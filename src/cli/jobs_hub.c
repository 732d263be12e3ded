/*
 * WebSub: telling the hub (setting hub) which of our feeds have something new,
 * so that it fetches them and tells its subscribers.
 *
 * Each minute the revisions since the last time are looked at; what they touch
 * is put into the queue, where the same thing waits once, and is tried again
 * if the hub is down.
 */
#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "cli/jobs.h"
#include "data/fetcher.h"
#include "data/queue.h"

/* More at a time is a load of content: then lists alone are told. */
enum { FEW = 50 };

/* What else is to be done waits so many seconds for a hub that hangs. */
enum { PATIENCE = 5 };

static int64_t
newest(struct db *db)
{
	return db_number(db_restart(db_query(db,
			     "SELECT coalesce(max(rowid), 0) FROM revision")),
	    0);
}

/* How far we have come; what was there before the hub is nobody's news. */
static int64_t
come_to(struct db *db, int64_t otherwise)
{
	return db_number(db_restart(db_query(db,
			     "SELECT value FROM progress WHERE name = 'hub'")),
	    otherwise);
}

static void
advance(struct db *db, int64_t to)
{
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO progress (name, value) VALUES ('hub', :to)"
	    " ON CONFLICT (name) DO UPDATE SET value = :to"));

	db_set_int(q, "to", to);
	db_run(q);
}

/* The lists, and what the records are about, as paths of feeds. */
static void
ask_for(struct jobs *j, int64_t after, int64_t to)
{
	struct query *q = db_restart(db_query(j->db,
	    "WITH r AS (SELECT DISTINCT record FROM revision"
	    "  WHERE rowid > :after AND rowid <= :to)"
	    " SELECT '/search' UNION SELECT '/' || k.path FROM r"
	    "  JOIN record e ON e.id = r.record JOIN kind k ON k.kind = e.kind"
	    "  WHERE k.path NOT IN ('pages', 'regions')"
	    " UNION SELECT CASE f.facet WHEN 'theme' THEN '/themes/'"
	    "   WHEN 'country' THEN '/countries/' ELSE '/organisations/' END"
	    "   || lower(f.value) FROM r JOIN facet_value f"
	    "   ON f.record = r.record"
	    "   AND f.facet IN ('theme', 'country', 'organisation')"
	    "  WHERE (SELECT count(*) FROM r) <= :few"));

	db_set_int(q, "after", after);
	db_set_int(q, "to", to);
	db_set_int(q, "few", FEW);
	while (db_next(q))
		queue_put(j->db, "hub",
		    arena_keep(&j->arena, db_text(q, 0), db_cell(q, 0).len));
}

void
jobs_hub(struct jobs *j)
{
	int64_t to = newest(j->db), after = come_to(j->db, -1);

	if (*j->settings.hub == '\0' || *j->settings.base == '\0' ||
	    to == after || !db_begin(j->db))
		return;
	if (after != -1)
		ask_for(j, after, to);
	advance(j->db, to);
	db_commit(j->db);
}

/* hub.mode=publish&hub.url=…: a feed in every language and form. */
static void
put_topics(struct jobs *j, const char *path, struct buf *body)
{
	static const char *const forms[] = { "atom", "rss", "jsonfeed" };
	struct query *q =
	    db_restart(db_query(j->db, "SELECT lang FROM language"));
	struct buf url = { 0 };

	buf_puts(body, "hub.mode=publish");
	while (db_next(q)) {
		for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
			buf_clear(&url);
			buf_printf(&url, "%s/%s%s.%s", j->settings.base,
			    db_text(q, 0), path, forms[i]);
			buf_puts(body, "&hub.url=");
			url_encode(body, url.data, url.len);
		}
	}
	buf_free(&url);
}

bool
jobs_tell_hub(struct jobs *j, const char *path, struct buf *why)
{
	struct fetcher_options options = {
		.agent =
		    arena_printf(&j->arena, "Mutua (+%s/)", j->settings.base),
		.allow = j->settings.fetch_allow,
		.stop = jobs_stopping,
	};
	struct fetcher *f = fetcher_open(&options);
	struct fetched got;
	struct buf body = { 0 };
	bool told;

	put_topics(j, path, &body);
	fetch_one(f,
	    &(struct fetch){ .url = j->settings.hub,
		.post = body.data,
		.seconds = PATIENCE },
	    &got);
	told = got.outcome == FETCH_ANSWERED && got.status / 100 == 2;
	if (got.outcome != FETCH_ANSWERED)
		buf_printf(why, "the hub: %s", fetch_outcome_code(got.outcome));
	else if (!told)
		buf_printf(why, "the hub answers %d", got.status);
	fetched_free(&got);
	fetcher_close(f);
	buf_free(&body);
	return told;
}
