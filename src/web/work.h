#ifndef WEB_WORK_H
#define WEB_WORK_H

#include <stdbool.h>

/*
 * Work that takes too long for the loop: making and checking the hash of a
 * password, some 100 ms each.
 *
 * A handler that needs it returns page_work().  The response then has no
 * status but the work; whoever serves the request does it, elsewhere if it
 * can, and serves the same request again with request.done set.  The handler
 * runs anew from its start, with nothing changed so far, and page_work() gives
 * it the result.
 */
struct work {
	char *password;
	char *hash; /* to compare with; NULL: one is made */
	bool fits;  /* the password is the hash's */
	char *next; /* the password that takes its place if it fits, or NULL */
	char *next_hash;
};

/* All are copied; hash and next may be NULL. */
struct work *work_new(const char *password, const char *hash, const char *next);

/* May run in any thread: it touches nothing but the work. */
void work_do(struct work *);

/* The passwords are wiped. */
void work_free(struct work *);

#endif
