#ifndef WEB_SPOOL_H
#define WEB_SPOOL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What is too large to be received into memory goes to a file without a name:
 * whatever happens, it is gone when its descriptor is closed.
 */

/* -1, after saying so on stderr, if it can't be made in that directory. */
int spool_open(const char *directory);

/* Append; false if there is no room. */
bool spool_put(int fd, const void *, size_t);

#endif
