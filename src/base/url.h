#ifndef BASE_URL_H
#define BASE_URL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * The parts of an address: percent-encoding and query strings.
 */

/* Put text so that it is inert as one part of a path or of a query. */
void url_encode(struct buf *, const char *, size_t);

/* Put a whole address, with what may not stand in one percent-encoded. */
void url_clean(struct buf *, const char *);

/*
 * Put what is percent-encoded, '+' as a space.  A '%' that begins no escape
 * stands for itself.  False if the result holds a NUL or is not UTF-8; what
 * was put is then cut before the fault.
 */
bool url_decode(struct buf *, const char *, size_t);

/* Put the decoded value of name in a query, with a space for each character
 * that is none to read (a control); false if it is not in it. */
bool url_param(struct buf *, const char *query, const char *name);

/*
 * Put '?' and the query with name set to value, or taken out if value is
 * NULL.  "page" is taken out too, unless name is "page": another choice
 * begins on the first page.
 */
void url_set(struct buf *, const char *query, const char *name,
    const char *value);

/* Put '?' and the query without name; nothing if nothing is left. */
void url_drop(struct buf *, const char *query, const char *name);

/* Put an address without user and password; false if it has none. */
bool url_without_user(struct buf *, const char *url);

/*
 * Put what the addresses of one thing have in common: no scheme, user, port
 * that goes without saying, fragment, nor slashes at the end; the host in small
 * letters.  Two of the same key are taken for one.
 */
void url_key(struct buf *, const char *url);

#endif
