/*
 * Digests: what is new in a list or a search, once a day or a week.
 *
 * Each list is looked through once for all who want it, some of them at a time.
 * What has arrived since the last digest is gathered in a table of the
 * connection alone; then, in one transaction, the mails are queued and it is
 * written down how far each of them has come.  Who has nothing new gets no
 * mail.
 */
#include <string.h>
#include <time.h>

#include "cli/command.h"
#include "cli/jobs.h"
#include "data/saved.h"
#include "data/subscription.h"
#include "data/unsubscribe.h"

enum { LISTED = 20 }; /* records in one mail */

/* Whose day has come: those of a list, whose digests are of this day. */
struct batch {
	int64_t day, last; /* last: the newest arrival */
	const char *path, *query;
};

#define DUE                                      \
	"((s.period = 'daily' AND s.day < :day)" \
	" OR (s.period = 'weekly' AND s.day < :monday))"

static void
set_day(struct query *q, int64_t day)
{
	db_set_int(q, "day", day);
	db_set_int(q, "monday", subscription_monday(day));
}

/* The list of somebody's digest that is due; false if nobody's is. */
static bool
find_list(struct jobs *j, struct batch *b)
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT s.path, s.query FROM subscription s WHERE " DUE
	    " LIMIT 1"));

	b->day = subscription_day(time(NULL));
	set_day(q, b->day);
	if (!db_next(q))
		return false;
	b->path = arena_keep(&j->arena, db_text(q, 0), db_cell(q, 0).len);
	b->query = arena_keep(&j->arena, db_text(q, 1), db_cell(q, 1).len);
	db_restart(q);
	return true;
}

/* Those who are served now. */
static void
gather_due(struct jobs *j, const struct batch *b, int64_t room)
{
	struct query *q;

	db_script(j->db,
	    "CREATE TEMP TABLE IF NOT EXISTS due (id INTEGER PRIMARY KEY);"
	    "CREATE TEMP TABLE IF NOT EXISTS fresh"
	    " (seq INTEGER PRIMARY KEY, record INTEGER);"
	    "DELETE FROM temp.due; DELETE FROM temp.fresh;");
	q = db_restart(db_query(j->db,
	    "INSERT INTO temp.due SELECT s.id FROM subscription s"
	    " WHERE s.path = :path AND s.query = :query AND " DUE
	    " LIMIT :room"));
	set_day(q, b->day);
	db_set_text(q, "path", b->path);
	db_set_text(q, "query", b->query);
	db_set_int(q, "room", room);
	db_run(q);
}

/* What the list has that one of them has not heard of.  A list that is there
 * no more has nothing. */
static void
gather_fresh(struct jobs *j, const struct batch *b)
{
	struct search s;

	if (!saved_read(j->db, &j->arena, b->path, b->query, &s))
		return;
	search_page(j->db, 0, search_run(j->db, &s).total);
	db_run(db_restart(db_query(j->db,
	    "INSERT INTO temp.fresh SELECT a.seq, a.record FROM hit h"
	    " CROSS JOIN arrival a ON a.record = h.record WHERE a.seq >"
	    "  (SELECT min(seen) FROM subscription s JOIN temp.due d"
	    "    ON d.id = s.id)")));
}

/* What is new since :seen, in the language of the mail. */
static struct query *
items(struct db *db)
{
	return db_query(db,
	    "SELECT l.title, l.url, l.other_lang, k.label AS kind_label,"
	    "  date_text(l.published, :lang) AS published_text,"
	    "  CASE WHEN length(l.summary) > 300"
	    "   THEN substr(l.summary, 1, 299) || '…' ELSE l.summary END"
	    "  AS summary"
	    " FROM temp.fresh f JOIN listed l ON l.id = f.record"
	    "  AND l.ui = :lang"
	    " LEFT JOIN code_label k ON k.list = 'kind' AND k.code = l.kind"
	    "  AND k.lang = :lang"
	    " WHERE f.seq > :seen ORDER BY f.seq DESC LIMIT :most");
}

static const char *
number(struct jobs *j, int64_t n)
{
	return arena_printf(&j->arena, "%lld", (long long)n);
}

/* The columns of tell_all(): subscription, subscriber, email, lang, title,
 * seen, fresh, the address of the list. */
static bool
tell(struct jobs *j, const struct batch *b, const struct query *q)
{
	int64_t id = db_int(q, 0), fresh = db_int(q, 6);
	const char *lang = arena_printf(&j->arena, "%s", db_text(q, 3));
	const char *end = arena_printf(&j->arena, "/%s/digests/end/%s", lang,
	    unsubscribe_token(j->db, &j->arena, "digest", id));
	struct model m = { 0 };

	model_text(&m, "title", db_text(q, 4));
	model_number(&m, "seen", number(j, db_int(q, 5)));
	model_number(&m, "most", number(j, LISTED));
	model_number(&m, "more",
	    number(j, fresh > LISTED ? fresh - LISTED : 0));
	model_text(&m, "list", db_text(q, 7));
	model_text(&m, "end", end);
	model_text(&m, "manage",
	    arena_printf(&j->arena, "/%s/digests/manage/%s", lang,
		unsubscribe_token(j->db, &j->arena, "subscriber",
		    db_int(q, 1))));
	model_rows(&m, "items", "", items(j->db));
	return mailer_put(j->mailer, j->db,
	    &(struct letter){
		.recipient = db_text(q, 2),
		.lang = lang,
		.name = "digest",
		.model = &m,
		.unsubscribe = end,
		.once = arena_printf(&j->arena, "digest %lld %lld",
		    (long long)id, (long long)b->day),
	    });
}

static void
tell_all(struct jobs *j, const struct batch *b)
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT s.id, u.id, u.email, s.lang, s.title, s.seen,"
	    "  (SELECT count(*) FROM temp.fresh f JOIN shown x"
	    "    ON x.record = f.record AND x.ui = s.lang"
	    "    WHERE f.seq > s.seen) AS fresh,"
	    "  '/' || s.lang || s.path || iif(s.query = '', '', '?' || s.query)"
	    " FROM temp.due d JOIN subscription s ON s.id = d.id"
	    " JOIN subscriber u ON u.id = s.subscriber WHERE fresh > 0"));

	while (db_next(q))
		if (!tell(j, b, q) && !db_failed(j->db))
			complain("subscription %lld can't be sent",
			    (long long)db_int(q, 0));
}

static void
advance(struct jobs *j, const struct batch *b)
{
	struct query *q = db_restart(db_query(j->db,
	    "UPDATE subscription SET day = :day, seen = max(seen, :last)"
	    " WHERE id IN (SELECT id FROM temp.due)"));

	db_set_int(q, "day", b->day);
	db_set_int(q, "last", b->last);
	db_run(q);
}

bool
jobs_digest(struct jobs *j)
{
	struct batch b;
	int64_t room = jobs_room(j);

	if (room <= 0 || !find_list(j, &b) || !db_begin(j->db))
		return false;
	b.last = subscription_arrivals(j->db);
	gather_due(j, &b, room);
	gather_fresh(j, &b);
	tell_all(j, &b);
	advance(j, &b);
	arena_reset(&j->arena);
	if (db_commit(j->db))
		return true;
	db_rollback(j->db);
	return false;
}

int64_t
jobs_digest_due(struct jobs *j)
{
	int64_t any = db_number(db_restart(db_query(j->db,
				    "SELECT 1 FROM subscription"
				    " WHERE period <> 'issue' LIMIT 1")),
	    0);

	return any == 1 ? subscription_next(time(NULL)) : INT64_MAX;
}
