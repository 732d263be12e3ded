/*
 * Telling members what has changed in what they watch.
 *
 * Revisions are taken in the order they were made, some at a time.  Who is to
 * hear of which is gathered in a table of the connection alone; then, in one
 * transaction, the mails are queued and it is written down how far we have
 * come.  A member gets one mail for all that was taken at a time, never for
 * what the member did.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/jobs.h"
#include "data/saved.h"
#include "data/unsubscribe.h"

enum {
	REVISIONS = 2000, /* at a time */
	LISTED = 20,      /* of the records in one mail */
};

struct range {
	int64_t after, to; /* rowids of revision */
};

/* Which revisions are new.  Those from before the first look are nobody's
 * news. */
static bool
find_range(struct db *db, struct range *r)
{
	struct query *q;

	r->after = db_number(
	    db_restart(db_query(db,
		"SELECT value FROM progress WHERE name = 'revisions'")),
	    -1);
	q = db_restart(db_query(db,
	    "SELECT coalesce(max(rowid), 0) FROM (SELECT rowid FROM revision"
	    " WHERE rowid > :after ORDER BY rowid"
	    " LIMIT iif(:after = -1, -1, :most))"));
	db_set_int(q, "after", r->after);
	db_set_int(q, "most", REVISIONS);
	r->to = db_number(q, 0);
	return r->to > r->after;
}

static void
advance(struct db *db, const struct range *r)
{
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO progress (name, value) VALUES ('revisions', :to)"
	    " ON CONFLICT (name) DO UPDATE SET value = :to"));

	db_set_int(q, "to", r->to);
	db_run(q);
}

static void
set_range(struct query *q, const struct range *r)
{
	db_set_int(q, "after", r->after);
	db_set_int(q, "to", r->to);
}

/* Those who watch the record itself. */
static void
gather_records(struct db *db, const struct range *r)
{
	struct query *q = db_restart(db_query(db,
	    "INSERT OR IGNORE INTO temp.notice (member, revision)"
	    " SELECT w.member, v.rowid FROM revision v"
	    " JOIN watch w ON w.record = v.record AND w.mail = 1"
	    " WHERE v.rowid > :after AND v.rowid <= :to"
	    " AND v.state = 'published' AND v.author IS NOT w.member"));

	set_range(q, r);
	db_run(q);
}

/* Those who watch this search, which has just been run. */
static void
gather_found(struct db *db, const struct range *r, const char *path,
    const char *query)
{
	struct query *q = db_restart(db_query(db,
	    "INSERT OR IGNORE INTO temp.notice (member, revision)"
	    " SELECT w.member, v.rowid FROM hit h"
	    " CROSS JOIN revision v ON v.record = h.record"
	    "  AND v.rowid > :after AND v.rowid <= :to"
	    " JOIN watch w ON w.path = :path"
	    "  AND coalesce(w.query, '') = :query AND w.mail = 1"
	    " WHERE v.state = 'published' AND v.author IS NOT w.member"));

	set_range(q, r);
	db_set_text(q, "path", path);
	db_set_text(q, "query", query);
	db_run(q);
}

static void
gather_searches(struct jobs *j, const struct range *r)
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT DISTINCT path, coalesce(query, '') FROM watch"
	    " WHERE path IS NOT NULL AND mail = 1"));

	while (db_next(q)) {
		struct search s;
		const char *path = db_text(q, 0), *query = db_text(q, 1);

		if (!saved_read(j->db, &j->arena, path, query, &s))
			continue;
		search_page(j->db, 0, search_run(j->db, &s).total);
		gather_found(j->db, r, path, query);
	}
}

static void
gather(struct jobs *j, const struct range *r)
{
	db_script(j->db,
	    "CREATE TEMP TABLE IF NOT EXISTS notice (member INTEGER,"
	    " revision INTEGER, PRIMARY KEY (member, revision)) WITHOUT ROWID;"
	    "DELETE FROM temp.notice;");
	gather_records(j->db, r);
	gather_searches(j, r);
}

/* The last revision of each record, in the member's language. */
static struct query *
changes(struct db *db)
{
	return db_query(db,
	    "SELECT s.title, s.url, date_text(substr(v.time, 1, 10), :lang)"
	    "  AS time, m.name AS who, v.comment"
	    " FROM (SELECT v.record, max(v.rowid) AS last FROM temp.notice n"
	    "  JOIN revision v ON v.rowid = n.revision"
	    "  WHERE n.member = :member GROUP BY v.record) n"
	    " JOIN revision v ON v.rowid = n.last"
	    " JOIN shown s ON s.record = n.record AND s.ui = :lang"
	    " LEFT JOIN member m ON m.id = v.author"
	    " ORDER BY n.last DESC LIMIT :most");
}

/* Tell one member.  The columns are those of tell_all(). */
static bool
tell(struct jobs *j, const struct query *q)
{
	int64_t member = db_int(q, 0), listed = db_int(q, 3);
	int64_t more = listed > LISTED ? listed - LISTED : 0;
	const char *lang = arena_printf(&j->arena, "%s", db_text(q, 2));
	struct model m = { 0 };

	model_number(&m, "member",
	    arena_printf(&j->arena, "%lld", (long long)member));
	model_number(&m, "most", arena_printf(&j->arena, "%d", LISTED));
	model_number(&m, "more",
	    arena_printf(&j->arena, "%lld", (long long)more));
	model_text(&m, "link", arena_printf(&j->arena, "/%s/watches", lang));
	model_rows(&m, "changes", "", changes(j->db));
	return mailer_put(j->mailer, j->db,
	    &(struct letter){
		.recipient = db_text(q, 1),
		.lang = lang,
		.name = "watch",
		.model = &m,
		.unsubscribe = arena_printf(&j->arena, "/%s/unsubscribe/%s",
		    lang,
		    unsubscribe_token(j->db, &j->arena, "unsubscribe", member)),
		.once = arena_printf(&j->arena, "watch %lld %lld",
		    (long long)db_int(q, 4), (long long)member),
	    });
}

static void
tell_all(struct jobs *j)
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT m.id, m.email, m.lang, count(DISTINCT v.record),"
	    "  max(n.revision) FROM temp.notice n"
	    " JOIN member m ON m.id = n.member AND m.status = 'active'"
	    " JOIN revision v ON v.rowid = n.revision"
	    " JOIN shown s ON s.record = v.record AND s.ui = m.lang"
	    " GROUP BY m.id"));

	while (db_next(q))
		if (!tell(j, q) && !db_failed(j->db))
			complain("member %lld can't be told of changes",
			    (long long)db_int(q, 0));
}

/* False if there was nothing new, or it could not be told. */
static bool
tell_some(struct jobs *j)
{
	struct range r;

	if (!find_range(j->db, &r))
		return false;
	if (r.after != -1)
		gather(j, &r);
	if (!db_begin(j->db))
		return false;
	if (r.after != -1)
		tell_all(j);
	advance(j->db, &r);
	if (db_commit(j->db))
		return true;
	db_rollback(j->db);
	return false;
}

void
jobs_watch(struct jobs *j)
{
	while (!jobs_stopping() && tell_some(j))
		arena_reset(&j->arena);
}
