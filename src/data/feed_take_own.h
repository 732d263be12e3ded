#ifndef DATA_FEED_TAKE_OWN_H
#define DATA_FEED_TAKE_OWN_H

#include "data/feed_take.h"

/*
 * What feed_take.c, which decides, shares with feed_take_rows.c, what is known
 * of an entry, and feed_take_review.c, contributions.  For them alone.
 */
enum { FEED_KEY = 32 }; /* characters of a hash */

struct incoming {
	const struct feed_entry *entry;
	char key[FEED_KEY + 1];
	const char *link; /* if it leads to this entry alone, or NULL */
	const char *date; /* in the past */
	bool anew;        /* its news has just been written */
	bool old;         /* too many come the first time */

	/* What is known, by feed_take_find(); texts live in the take's arena. */
	const char *digest;
	int64_t record, revision, contribution;
	bool renamed; /* it had another key */
	bool shelved; /* it became nothing, and never will */
	bool lost;    /* its contribution is not there */
	bool waits;   /* its contribution does, as it was sent */
	bool open;    /* its contribution does, whoever has changed it */
	bool refused; /* by who reviewed it last */
};

/* How many of its entries have become news, or a contribution, in a day. */
int64_t feed_take_today(struct feed_take *);

/* How many of its entries have changed in a day, as news. */
int64_t feed_take_revised(struct feed_take *);

/* Has its news changed too often to be changed again today? */
bool feed_take_is_restless(struct feed_take *, const struct incoming *);

/* Was it seen before?  By its key, or by its link. */
bool feed_take_find(struct feed_take *, struct incoming *);

void feed_take_remember(struct feed_take *, const struct incoming *,
    const char *fate);

/* Has the organisation this news already? */
bool feed_take_has_twin(struct feed_take *, const struct incoming *);

/* Is what it became still as the feed has said? */
bool feed_take_is_ours(struct feed_take *, const struct incoming *);

/* When what it became says that it was published; "" if it is nothing yet. */
const char *feed_take_date(struct feed_take *, const struct incoming *);

/* Why there is a revision or a contribution: the feed. */
const char *feed_take_comment(struct feed_take *);

/* Have it reviewed: as a contribution of who named the feed. */
bool feed_take_submit(struct feed_take *, struct incoming *,
    const struct node *tree);

#endif
