#ifndef WEB_SPOOL_H
#define WEB_SPOOL_H

/*
 * What is too large to be received into memory goes to a file without a name:
 * whatever happens, it is gone when its descriptor is closed.
 */

/* -1, after saying so on stderr, if it can't be made in that directory. */
int spool_open(const char *directory);

#endif
