/*
 * Putting in order: what is over is removed, and what a crash left half told
 * is told to the end.
 */
#include <time.h>

#include "cli/command.h"
#include "cli/jobs.h"

enum {
	DAY = 24 * 3600,
	SESSION_IDLE = 14 * DAY,
	SESSION_LIFE = 90 * DAY,
	BUCKET_LIFE = 2 * DAY, /* all have leaked empty by then */
	MAIL_LIFE = 90 * DAY,  /* after it was sent or given up */
	TRY_LIFE = 90 * DAY,   /* of feeds that were looked for */
	ONCE_LIFE = 800 * DAY, /* longer than a year's reminder */
	ASKED_LIFE = 3 * DAY,  /* whether somebody wants mails */
};

static void
forget(struct query *q, int64_t life)
{
	db_restart(q);
	db_set_int(q, "before", time(NULL) - life);
	db_run(q);
}

/* Who gets no more digests, or never said that they want them, is not known by
 * the mails that went there. */
static void
forget_strangers(struct db *db)
{
	forget(
	    db_query(db,
		"UPDATE outbox SET recipient = '', subject = '', error = NULL"
		" WHERE recipient <> '' AND (name = 'subscribe'"
		"  AND coalesce(sent, given_up) < :before"
		"  OR name IN ('digest', 'newsletter')"
		"  AND coalesce(sent, given_up) IS NOT NULL"
		"  AND NOT EXISTS (SELECT 1 FROM subscriber"
		"   WHERE email_key = lower(recipient)))"),
	    ASKED_LIFE);
}

void
jobs_clean(struct jobs *j)
{
	struct db *db = j->db;

	if (!db_begin(db))
		return;
	forget(db_query(db, "DELETE FROM session WHERE seen < :before"),
	    SESSION_IDLE);
	forget(db_query(db, "DELETE FROM session WHERE created < :before"),
	    SESSION_LIFE);
	forget(db_query(db, "DELETE FROM ticket WHERE expires < :before"), 0);
	forget(db_query(db, "DELETE FROM feed_try WHERE created < :before"),
	    TRY_LIFE);
	forget(db_query(db, "DELETE FROM bucket WHERE time < :before"),
	    BUCKET_LIFE);
	forget(db_query(db,
		   "DELETE FROM outbox WHERE (once IS NULL OR name = 'digest')"
		   " AND coalesce(sent, given_up) < :before"),
	    MAIL_LIFE);
	forget_strangers(db);
	/* what went to whom is forgotten, but not that it was once */
	forget(
	    db_query(db,
		"UPDATE outbox SET recipient = '', subject = '', error = NULL"
		" WHERE recipient <> ''"
		" AND coalesce(sent, given_up) < :before"),
	    MAIL_LIFE);
	forget(
	    db_query(db,
		"DELETE FROM outbox WHERE coalesce(sent, given_up) < :before"),
	    ONCE_LIFE);
	if (!db_commit(db))
		db_rollback(db);
}

/*
 * Publishing writes a revision to mutua.db and its contribution's state to
 * state.db.  Of the two files one can be on disk and the other not when the
 * power fails.  The revision decides.
 */
void
jobs_reconcile(struct jobs *j)
{
	struct db *db = j->db;

	if (!db_begin(db))
		return;
	db_run(db_restart(db_query(db,
	    "INSERT INTO state.contribution_note"
	    "  (contribution, time, member, state)"
	    " SELECT c.id, v.time, coalesce(v.reviewer, v.author), 'published'"
	    " FROM state.contribution c"
	    " JOIN main.revision v ON v.contribution = c.id"
	    " WHERE c.state <> 'published'")));
	db_run(db_restart(db_query(db,
	    "UPDATE state.contribution SET state = 'published',"
	    "  record = v.record, updated = v.time"
	    " FROM main.revision v WHERE v.contribution = contribution.id"
	    " AND contribution.state <> 'published'")));
	if (!db_commit(db))
		db_rollback(db);
}
