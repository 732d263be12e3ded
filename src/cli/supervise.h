#ifndef CLI_SUPERVISE_H
#define CLI_SUPERVISE_H

#include <stdbool.h>
#include <sys/types.h>

#include "cli/command.h"

/*
 * Keep a program running in a process group of its own.
 *
 * It is started again when it ends, at once the first time and ever more
 * slowly if it keeps ending.  If it ends before it was ever ready there is no
 * point in trying again.  SIGTERM, SIGINT, SIGQUIT or SIGHUP ends it and
 * every process it started; so does the end of this process, however violent.
 */
struct service {
	const char *name; /* for messages */
	char *const *argv;
	bool (*ready)(const void *);    /* does it answer yet? */
	void (*announce)(const void *); /* called once, when it first does */
	const void *context;
};

/* Returns when a signal has stopped it, or when it never got ready. */
enum outcome supervise(const struct service *);

/* Remove what a process that was killed left behind in shared memory. */
void supervise_tidy(pid_t);

#endif
