#ifndef DATA_SUBSCRIPTION_H
#define DATA_SUBSCRIPTION_H

#include <stdbool.h>
#include <stdint.h>

#include "data/db.h"

/*
 * Digests and the newsletter by mail: tables subscriber, subscription and
 * arrival of state.db.
 *
 * A digest is of a day, counted from 1970, which begins at SUBSCRIPTION_HOUR
 * UTC; a weekly one is of a Monday.  It has what has arrived since the one
 * before.
 */
enum {
	SUBSCRIPTION_HOUR = 6,
	SUBSCRIPTIONS_MAX = 50,    /* of one address */
	SUBSCRIPTION_REFUSALS = 3, /* then nothing is sent there any more */
};

/* The day it is, the Monday before it or itself, and when the next begins. */
int64_t subscription_day(int64_t now);
int64_t subscription_monday(int64_t day);
int64_t subscription_next(int64_t now);

/* Within the caller's transaction: whatever is published and has not arrived
 * yet, arrives.  Returns the last that did, 0 if nothing ever has. */
int64_t subscription_arrivals(struct db *);

/* A mail to an address was taken, or never will be.  After so many of those in
 * a row nothing is sent there any more, and the address is forgotten.  It is a
 * transaction of its own, if there is anything to write. */
void subscription_answered(struct db *, const char *address, bool taken);

#endif
