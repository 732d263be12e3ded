#ifndef WEB_SCHEDULE_H
#define WEB_SCHEDULE_H

#include "data/kind.h"
#include "web/record_faults.h"

/*
 * Publishing at a time to come: what is due later waits as a contribution in
 * the state "scheduled", and "mutua jobs" publishes it (cli/jobs_news.c).
 */

/* When a record of a kind is to be published, by what its tree says, in seconds
 * since 1970; 0: at once. */
int64_t schedule_due(struct page *, const struct kind *,
    const struct node *tree);

/*
 * May whoever asks have it announced on every page, as the tree says and the
 * record, before, does not?  before may be NULL.  Tells the faults why not.
 */
bool schedule_announces(struct page *, const struct node *tree,
    const struct node *before, struct record_faults *);

#endif
