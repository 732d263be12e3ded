/*
 * Once a day: entries of feeds wait for review.  They come in by night and by
 * the dozen, so that no mail tells of each, as of a contribution; who looks after
 * their country or theme gets one of all, or where nobody does editors.
 *
 * When that was last is kept as progress: entries of before are nobody's news,
 * and a day in which none came has no mail.
 */
#include "cli/command.h"
#include "cli/jobs.h"

/* Who is to hear of how many, if some have come since :last. */
static struct query *
due(struct db *db)
{
	return db_query(db,
	    "WITH waiting AS (SELECT c.id, c.record, c.member, c.country,"
	    "   f.theme, c.created FROM contribution c"
	    "  JOIN feed_entry e ON e.contribution = c.id"
	    "  JOIN feed f ON f.id = e.feed WHERE c.state = 'submitted'),"
	    " theirs AS (SELECT DISTINCT w.id, w.created, s.member"
	    "  FROM waiting w JOIN steward s ON s.record = w.record"
	    "   OR s.country = w.country OR s.theme = w.theme"
	    "  JOIN member m ON m.id = s.member AND m.status = 'active'"
	    "  WHERE s.member IS NOT w.member),"
	    " everyone AS (SELECT * FROM theirs UNION ALL"
	    "  SELECT w.id, w.created, m.id FROM waiting w JOIN member m"
	    "   ON m.role IN ('editor', 'administrator')"
	    "  WHERE w.id NOT IN (SELECT id FROM theirs))"
	    " SELECT m.email, m.lang, count(*) FROM everyone e"
	    " JOIN member m ON m.id = e.member AND m.status = 'active'"
	    " GROUP BY m.id HAVING max(e.created) >"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', :last, 'unixepoch')"
	    " ORDER BY m.id");
}

static void
tell(struct jobs *j, const struct query *q)
{
	const char *lang = db_text(q, 1), *n = db_text(q, 2);
	struct model m = { 0 };

	model_number(&m, "waiting", n);
	model_number(&m, "only", db_int(q, 2) == 1 ? "1" : "0");
	model_text(&m, "link",
	    arena_printf(&j->arena, "/%s/review?kind=news", lang));
	mailer_put(j->mailer, j->db,
	    &(struct letter){ .recipient = db_text(q, 0),
		.lang = lang,
		.name = "feed-entries",
		.model = &m });
}

/* Its time, 0 if there was none; INT64_MAX while that is less than a day ago. */
static int64_t
last_time(struct db *db)
{
	return db_number(db_restart(db_query(db,
			     "SELECT iif(value > unixepoch() - 86400,"
			     " 9223372036854775807, value) FROM progress"
			     " WHERE name = 'feed entries'")),
	    0);
}

static void
advance(struct db *db)
{
	db_run(db_restart(db_query(db,
	    "INSERT INTO progress (name, value)"
	    " VALUES ('feed entries', unixepoch()) ON CONFLICT (name)"
	    " DO UPDATE SET value = excluded.value")));
}

void
jobs_review(struct jobs *j)
{
	int64_t last = last_time(j->db);
	struct query *q;
	bool any = false;

	if (last == INT64_MAX || !db_begin(j->db))
		return;
	q = db_restart(due(j->db));
	db_set_int(q, "last", last);
	for (; db_next(q); any = true)
		tell(j, q);
	if (any)
		advance(j->db);
	if (!db_commit(j->db))
		db_rollback(j->db);
}
