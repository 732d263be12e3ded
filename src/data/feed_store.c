#include <string.h>

#include "data/canonical.h"
#include "data/feed_store.h"

static bool
is_among(int64_t id, const int64_t ids[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

size_t
feed_store_due(struct db *db, const int64_t under_way[], size_t n,
    int64_t ids[], size_t most)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT f.id FROM feed f LEFT JOIN state.feed_poll p"
	    "  ON p.feed = f.id"
	    " WHERE f.state = 'active' AND coalesce(p.due, 0) <= unixepoch()"
	    " ORDER BY coalesce(p.due, 0), f.id"));
	size_t found = 0;

	while (found < most && db_next(q))
		if (!is_among(db_int(q, 0), under_way, n))
			ids[found++] = db_int(q, 0);
	db_restart(q);
	return found;
}

int64_t
feed_store_next(struct db *db, const int64_t under_way[], size_t n)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT f.id, coalesce(p.due, 0) AS due FROM feed f"
	    " LEFT JOIN state.feed_poll p ON p.feed = f.id"
	    " WHERE f.state = 'active' ORDER BY due LIMIT 1 + :most"));
	int64_t next = INT64_MAX;

	db_set_int(q, "most", (int64_t)n);
	while (next == INT64_MAX && db_next(q))
		if (!is_among(db_int(q, 0), under_way, n))
			next = db_int(q, 1);
	db_restart(q);
	return next;
}

static const char *
keep(struct arena *a, const struct query *q, int column)
{
	struct cell c = db_cell(q, column);

	return arena_keep(a, c.text, c.len);
}

static void
read_row(struct arena *a, const struct query *q, struct feed *f)
{
	*f = (struct feed){
		.id = db_int(q, 0),
		.organisation = db_int(q, 1),
		.owner_slug = keep(a, q, 2),
		.member = db_int(q, 3),
		.url = keep(a, q, 4),
		.title = keep(a, q, 5),
		.lang = keep(a, q, 6),
		.theme = keep(a, q, 7),
		.country = keep(a, q, 8),
		.review = db_int(q, 9) != 0,
		.etag = keep(a, q, 10),
		.modified = keep(a, q, 11),
		.body = keep(a, q, 12),
		.pace = db_int(q, 13),
		.failures = db_int(q, 14),
		.good = db_int(q, 15),
		.first = db_int(q, 16) != 0,
	};
}

/* A theme that was withdrawn since is left out: news can't name it. */
bool
feed_store_find(struct db *db, struct arena *a, int64_t id, struct feed *f)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT f.id, f.organisation, o.slug,"
	    "  coalesce(f.member, f.approver), f.url, f.title,"
	    "  f.lang, t.slug, f.country, f.trust = 'review', p.etag,"
	    "  p.modified, p.body, p.pace, p.failures, coalesce(p.read,"
	    "   unixepoch(coalesce(f.approved, f.created))), p.read IS NULL"
	    " FROM feed f JOIN record o ON o.id = f.organisation"
	    " LEFT JOIN record t ON t.kind = 'theme' AND t.slug = f.theme"
	    "  AND t.status = 'published'"
	    " LEFT JOIN state.feed_poll p ON p.feed = f.id"
	    " WHERE f.id = :id AND f.state = 'active'"));
	bool found;

	db_set_int(q, "id", id);
	found = db_next(q);
	if (found)
		read_row(a, q, f);
	db_restart(q);
	return found;
}

static void
set_look(struct query *q, const struct feed *f, const struct feed_look *l)
{
	db_set_int(q, "feed", f->id);
	db_set_int(q, "wait", l->wait);
	db_set_int(q, "pace", l->pace);
	if (l->error != NULL)
		db_set_text(q, "error", l->error);
	if (l->detail != NULL)
		db_set_text(q, "detail", l->detail);
	db_set_int(q, "failed", l->error != NULL);
	db_set_int(q, "news", l->news);
}

/* What was read; of what is the same as before, how to ask for it. */
static void
store_read(struct db *db, const struct feed *f, const struct feed_look *l)
{
	struct query *q = db_restart(db_query(db,
	    "UPDATE state.feed_poll SET etag = nullif(:etag, ''),"
	    "  modified = nullif(:modified, ''),"
	    "  body = coalesce(nullif(:body, ''), body),"
	    "  faults = coalesce(:faults, faults),"
	    "  format = coalesce(:format, format),"
	    "  entries = iif(:format IS NULL, entries, :entries)"
	    " WHERE feed = :feed"));

	db_set_int(q, "feed", f->id);
	db_set_text(q, "etag", l->etag);
	db_set_text(q, "modified", l->modified);
	db_set_text(q, "body", l->body);
	if (l->faults != NULL)
		db_set_text(q, "faults", l->faults);
	if (l->format != NULL)
		db_set_text(q, "format", l->format);
	db_set_int(q, "entries", l->entries);
	db_run(q);
}

void
feed_store_look(struct db *db, const struct feed *f, const struct feed_look *l)
{
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO state.feed_poll (feed, due, pace, looked, read, news,"
	    "  failures, error, detail) VALUES (:feed, unixepoch() + :wait,"
	    "  :pace, unixepoch(), iif(:failed, NULL, unixepoch()),"
	    "  iif(:news, unixepoch(), NULL), :failed, :error, :detail)"
	    " ON CONFLICT (feed) DO UPDATE SET due = excluded.due,"
	    "  pace = excluded.pace, looked = excluded.looked,"
	    "  read = coalesce(excluded.read, read),"
	    "  news = coalesce(excluded.news, news),"
	    "  failures = iif(:failed, failures + 1, 0),"
	    "  error = excluded.error, detail = excluded.detail"));

	set_look(q, f, l);
	db_run(q);
	if (l->error == NULL && l->body != NULL)
		store_read(db, f, l);
}

void
feed_store_faults(struct buf *json, const struct feed_faults *faults)
{
	for (size_t i = 0; i < faults->n; i++) {
		const struct feed_fault *f = &faults->at[i];

		buf_printf(json,
		    "%s{\"code\":\"%s\",\"line\":%lld,\"message\":",
		    i > 0 ? "," : "", f->code, (long long)f->line);
		canonical_string(json, f->message, strlen(f->message));
		buf_putc(json, '}');
	}
}

bool
feed_store_move(struct db *db, const struct feed *f, const char *url)
{
	struct query *q = db_restart(db_query(db,
	    "UPDATE OR IGNORE feed SET url = :url WHERE id = :id"
	    " RETURNING id"));

	db_set_int(q, "id", f->id);
	db_set_text(q, "url", url);
	return db_number(q, 0) == f->id;
}

void
feed_store_end(struct db *db, const struct feed *f, const char *state)
{
	struct query *q = db_restart(db_query(db,
	    "UPDATE feed SET state = :state WHERE id = :id"));

	db_set_int(q, "id", f->id);
	db_set_text(q, "state", state);
	db_run(q);
}
