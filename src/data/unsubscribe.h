#ifndef DATA_UNSUBSCRIBE_H
#define DATA_UNSUBSCRIBE_H

#include <stdint.h>

#include "base/arena.h"
#include "data/db.h"

/*
 * The tokens in our mails by which who gets them can end them, or change what
 * they get, without signing in: an id and what only the site's key can make of
 * it, so that nothing is kept.  They work for as long as the key does, each for
 * one thing:
 *
 *	"unsubscribe"	mails of what a member watches: the member's id
 *	"digest"	one digest, or the newsletter: id of state.subscription
 *	"subscriber"	all that goes to an address: id of state.subscriber
 */

/* In the arena; "" if the site has no key. */
const char *unsubscribe_token(struct db *, struct arena *, const char *what,
    int64_t id);

/* Whose it is; 0 if we never made it. */
int64_t unsubscribe_whose(struct db *, const char *what, const char *token);

#endif
