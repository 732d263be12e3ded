/*
 * An issue of the newsletter on its way to all who get it.
 *
 * They are served in the order they subscribed, some at a time: in one
 * transaction their mails are queued and it is written down how far we have
 * come.  Nobody gets an issue twice, whatever ends the process, and whoever
 * subscribes meanwhile gets the next one.
 */
#include "cli/command.h"
#include "cli/jobs.h"
#include "data/unsubscribe.h"
#include "view/issue.h"

struct mailing {
	int64_t issue, served, last;
};

static bool
find_mailing(struct jobs *j, struct mailing *m)
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT record, served, last FROM mailing WHERE ended IS NULL"
	    " ORDER BY started LIMIT 1"));

	if (!db_next(q))
		return false;
	*m = (struct mailing){ db_int(q, 0), db_int(q, 1), db_int(q, 2) };
	db_restart(q);
	return true;
}

/* An issue that has been taken back is not sent on. */
static bool
is_published(struct jobs *j, int64_t issue)
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT 1 FROM record WHERE id = :issue"
	    " AND status = 'published'"));

	db_set_int(q, "issue", issue);
	return db_number(q, 0) == 1;
}

/* The columns of send_some(): subscription, subscriber, email, lang. */
static bool
send_one(struct jobs *j, int64_t issue, const struct query *q)
{
	const char *lang = arena_printf(&j->arena, "%s", db_text(q, 3));
	const char *end = arena_printf(&j->arena, "/%s/digests/end/%s", lang,
	    unsubscribe_token(j->db, &j->arena, "digest", db_int(q, 0)));
	struct model m = { 0 };

	issue_name(&m, j->db, &j->arena, issue);
	model_text(&m, "end", end);
	model_text(&m, "manage",
	    arena_printf(&j->arena, "/%s/digests/manage/%s", lang,
		unsubscribe_token(j->db, &j->arena, "subscriber",
		    db_int(q, 1))));
	return mailer_put(j->mailer, j->db,
	    &(struct letter){
		.recipient = db_text(q, 2),
		.lang = lang,
		.name = "newsletter",
		.model = &m,
		.unsubscribe = end,
		.once = arena_printf(&j->arena, "newsletter %lld %lld",
		    (long long)issue, (long long)db_int(q, 1)),
	    });
}

/* To as many as there is room for; fewer are the last of them. */
static void
send_some(struct jobs *j, struct mailing *m, int64_t room)
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT s.id, u.id, u.email, s.lang FROM subscription s"
	    " JOIN subscriber u ON u.id = s.subscriber"
	    " WHERE s.period = 'issue' AND s.id > :served AND s.id <= :last"
	    " ORDER BY s.id LIMIT :room"));
	int64_t n = 0;

	db_set_int(q, "served", m->served);
	db_set_int(q, "last", m->last);
	db_set_int(q, "room", room);
	while (db_next(q)) {
		if (!send_one(j, m->issue, q) && !db_failed(j->db))
			complain("subscription %lld can't be sent",
			    (long long)db_int(q, 0));
		m->served = db_int(q, 0);
		n++;
	}
	if (n < room)
		m->served = m->last;
}

static void
advance(struct jobs *j, const struct mailing *m)
{
	struct query *q = db_restart(db_query(j->db,
	    "UPDATE mailing SET served = :served, ended = CASE"
	    "  WHEN :served >= last THEN strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
	    "  END WHERE record = :issue"));

	db_set_int(q, "served", m->served);
	db_set_int(q, "issue", m->issue);
	db_run(q);
}

bool
jobs_newsletter(struct jobs *j)
{
	struct mailing m;
	int64_t room = jobs_room(j);

	if (room <= 0 || !find_mailing(j, &m) || !db_begin(j->db))
		return false;
	if (is_published(j, m.issue))
		send_some(j, &m, room);
	else
		m.served = m.last;
	advance(j, &m);
	arena_reset(&j->arena);
	if (db_commit(j->db))
		return true;
	db_rollback(j->db);
	return false;
}
