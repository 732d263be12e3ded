/*
 * Work that was asked for by queue_put().
 */
#include <string.h>

#include "cli/command.h"
#include "cli/extract.h"
#include "cli/jobs.h"
#include "cli/pictures.h"
#include "data/queue.h"

enum { JOBS_A_ROUND = 10 };

const struct chore jobs_work[] = {
	{ "text", extract_text },
	{ "picture", pictures_make },
	{ "hub", jobs_tell_hub },
	{ 0 },
};

static bool
run(struct jobs *j, const struct job *job, struct buf *why)
{
	for (const struct chore *w = jobs_work; w->job != NULL; w++)
		if (strcmp(w->job, job->job) == 0)
			return w->run(j, job->subject, why);
	buf_puts(why, "this program does not know such work");
	return false;
}

static void
conclude(struct jobs *j, const struct job *job, bool done, const char *why)
{
	bool given_up = false;

	if (db_failed(j->db)) {
		complain("%s %s: %s", job->job, job->subject, db_error(j->db));
		db_rollback(j->db);
		return;
	}
	if (done && queue_done(j->db, job))
		complain("%s %s: done", job->job, job->subject);
	if (!done && queue_failed(j->db, job, why, &given_up))
		complain("%s %s: %s: %s", job->job, job->subject,
		    given_up ? "given up" : "to be tried again", why);
}

bool
jobs_do(struct jobs *j)
{
	struct job job;
	struct arena texts = { 0 };
	struct buf why = { 0 };
	int n = 0;

	while (n < JOBS_A_ROUND && !jobs_stopping() &&
	    queue_begin(j->db, &texts, &job)) {
		bool done = run(j, &job, &why);

		conclude(j, &job, done, buf_text(&why));
		buf_clear(&why);
		arena_reset(&j->arena);
		arena_reset(&texts);
		n++;
	}
	arena_free(&texts);
	buf_free(&why);
	return n == JOBS_A_ROUND;
}
