#include <time.h>

#include "data/outbox.h"
#include "data/queue.h"

enum { PATIENCE = 5 * 24 * 3600 };

bool
queue_put(struct db *db, const char *job, const char *subject)
{
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO job (job, subject, created, due)"
	    " VALUES (:job, :subject, :now, :now)"
	    " ON CONFLICT (job, subject) DO UPDATE SET created = :now,"
	    "  due = :now, tries = 0, given_up = NULL, error = NULL"));

	db_set_text(q, "job", job);
	db_set_text(q, "subject", subject);
	db_set_int(q, "now", time(NULL));
	return db_run(q);
}

static bool
read_next(struct db *db, struct arena *a, struct job *j)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT id, created, tries, job, subject FROM job"
	    " WHERE given_up IS NULL AND due <= :now"
	    " ORDER BY due, id LIMIT 1"));
	struct cell job, subject;

	db_set_int(q, "now", time(NULL));
	if (!db_next(q))
		return false;
	job = db_cell(q, 3);
	subject = db_cell(q, 4);
	*j = (struct job){
		.id = db_int(q, 0),
		.created = db_int(q, 1),
		.tries = db_int(q, 2),
		.job = arena_keep(a, job.text, job.len),
		.subject = arena_keep(a, subject.text, subject.len),
	};
	db_restart(q);
	return true;
}

static bool
end(struct db *db, struct query *q)
{
	if (db_run(q) && db_commit(db))
		return true;
	db_rollback(db);
	return false;
}

bool
queue_begin(struct db *db, struct arena *a, struct job *j)
{
	struct query *q;

	if (!read_next(db, a, j) || !db_begin(db))
		return false;
	j->due = time(NULL) + outbox_pause(j->tries + 1);
	q = db_restart(db_query(db,
	    "UPDATE job SET tries = tries + 1, due = :due,"
	    "  error = 'it ended the process' WHERE id = :id"));
	db_set_int(q, "due", j->due);
	db_set_int(q, "id", j->id);
	return end(db, q);
}

/* Another due means that it was asked for again meanwhile. */
bool
queue_done(struct db *db, const struct job *j)
{
	struct query *q;

	if (!db_begin(db))
		return false;
	q = db_restart(db_query(db,
	    "DELETE FROM job WHERE id = :id AND due = :due"));
	db_set_int(q, "id", j->id);
	db_set_int(q, "due", j->due);
	return end(db, q);
}

bool
queue_failed(struct db *db, const struct job *j, const char *why,
    bool *given_up)
{
	int64_t now = time(NULL);
	struct query *q;

	*given_up = now - j->created >= PATIENCE;
	if (!db_begin(db))
		return false;
	q = db_restart(db_query(db,
	    "UPDATE job SET error = :why, given_up = iif(:end, :now, NULL)"
	    " WHERE id = :id AND due = :due"));
	db_set_text(q, "why", why);
	db_set_int(q, "end", *given_up);
	db_set_int(q, "now", now);
	db_set_int(q, "id", j->id);
	db_set_int(q, "due", j->due);
	return end(db, q);
}

int64_t
queue_due(struct db *db)
{
	return db_number(db_restart(db_query(db,
			     "SELECT due FROM job WHERE given_up IS NULL"
			     " ORDER BY due LIMIT 1")),
	    INT64_MAX);
}
