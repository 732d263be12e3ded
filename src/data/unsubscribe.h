#ifndef DATA_UNSUBSCRIBE_H
#define DATA_UNSUBSCRIBE_H

#include <stdint.h>

#include "base/arena.h"
#include "data/db.h"

/*
 * The token by which who gets our mails of changes can end them without
 * signing in: the member's id and what only the site's key can make of it, so
 * that nothing is kept.  It works for as long as the key does.
 */

/* In the arena; "" if the site has no key. */
const char *unsubscribe_token(struct db *, struct arena *, int64_t member);

/* Whose it is; 0 if we never made it. */
int64_t unsubscribe_member(struct db *, const char *token);

#endif
