#ifndef CLI_SUPERVISE_H
#define CLI_SUPERVISE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "cli/command.h"

/*
 * Keep programs running, each in a process group of its own.
 *
 * A program is started once those before it are ready, and started again when
 * it ends: at once the first time and ever more slowly if it keeps ending.  If
 * it ends before it was ever ready there is no point in trying again.
 * SIGTERM, SIGINT, SIGQUIT or SIGHUP ends them all and every process they
 * started; so does the end of this process, however violent.
 */
struct service {
	const char *name; /* for messages */
	char *const *argv;
	bool (*ready)(const void *);    /* does it work yet?  NULL: at once */
	void (*announce)(const void *); /* called once, when it first does */
	const void *context;
};

enum { SERVICES_MAX = 4 };

/* Returns when a signal has stopped them, or when one never got ready. */
enum outcome supervise(const struct service *, size_t n);

/* Remove what a process that was killed left behind in shared memory. */
void supervise_tidy(pid_t);

#endif
