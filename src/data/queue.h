#ifndef DATA_QUEUE_H
#define DATA_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "data/db.h"

/*
 * The queue of state.db: work that waits, or takes long, for "mutua jobs".
 *
 * A job is the name of a kind of work (cli/jobs_work.c) and the one thing it is
 * done to.  Asked for twice, it is done once; asked for while it is being
 * done, it is done again after that.  It is done at least once: what it does
 * must bear being done twice.  If it fails, or ends the process, it is tried
 * again after 1, 2, 4 … minutes, at least every 6 hours, for 5 days.
 */
struct job {
	int64_t id, created, tries;
	const char *job;
	const char *subject;
	int64_t due; /* the next try, unless it is done by then */
};

/* Ask for it, within the caller's transaction.  False if storage failed. */
bool queue_put(struct db *, const char *job, const char *subject);

/*
 * Begin the job that is due longest, its texts kept in the arena: it counts as
 * a try that failed until queue_done() says otherwise, whatever happens to the
 * process.  False if none is due, or storage failed.
 */
bool queue_begin(struct db *, struct arena *, struct job *);
bool queue_done(struct db *, const struct job *);

/* Write down why it failed; *given_up says whether that was the last try. */
bool queue_failed(struct db *, const struct job *, const char *why,
    bool *given_up);

/* When the next is due; INT64_MAX if none waits. */
int64_t queue_due(struct db *);

#endif
