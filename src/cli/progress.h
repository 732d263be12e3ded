#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/*
 * One line on stderr that says how far a long command is: nothing for what
 * takes less than a second, and nothing where stderr is no terminal.
 */
struct progress {
	struct timespec start;
	const char *what; /* "documents" */
	size_t shown;     /* when, in tenths of a second */
	bool terminal;
};

void progress_start(struct progress *, const char *what);

/* So many are done; of is how many there are, 0 if nobody knows. */
void progress_show(struct progress *, size_t done, size_t of);

/* Take the line away: before a message, and at the end. */
void progress_clear(struct progress *);

/* How long it has been going on. */
double progress_seconds(const struct progress *);

#endif
