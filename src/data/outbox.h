#ifndef DATA_OUTBOX_H
#define DATA_OUTBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "data/db.h"

/*
 * The outbox of state.db: mails that wait, and that there were some.
 *
 * A mail is queued in the transaction of what causes it, so that both are or
 * neither is.  It is sent at least once: its row is marked as sent in a
 * transaction of its own, after the server has accepted it.  Killed in
 * between, the sender sends it again, byte for byte the same, Message-ID
 * included.  A mail that can't be sent is tried again after 1, 2, 4 … minutes,
 * at least every 6 hours, and given up after 5 days, at once if the server
 * says that it will never take it; the row keeps the reason.  What was in a
 * mail is forgotten when that is over, either way.
 */
struct mail {
	int64_t id, created, tries; /* as queued; not for outbox_put() */
	const char *recipient;
	const char *lang;
	const char *name; /* of its template */
	const char *subject;
	const char *text;
	const char *html;
	const char *unsubscribe; /* or NULL */
	const char *once; /* a name no other mail must have had, or NULL */
};

/* Queue it, within the caller's transaction.  One of the same once is there
 * already: that is as good.  False if storage failed. */
bool outbox_put(struct db *, const struct mail *);

/* The mail that is due longest, its texts kept in the arena; false if none
 * is. */
bool outbox_next(struct db *, struct arena *, struct mail *);

/* When the next is due; INT64_MAX if none waits. */
int64_t outbox_due(struct db *);

/* Write down what became of it, each a transaction.  False if storage
 * failed.  outbox_failed() says in *given_up whether that was the last try. */
bool outbox_sent(struct db *, const struct mail *);
bool outbox_failed(struct db *, const struct mail *, bool for_ever,
    const char *why, bool *given_up);

/* How long to wait before trying again what has failed so many times. */
int64_t outbox_pause(int64_t tries);

#endif
