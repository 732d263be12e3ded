#ifndef CLI_SANDBOX_H
#define CLI_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * Reading what a stranger made, in a process that can do nothing else.
 *
 * It has what is to be read as its input, and a pipe for what it found; no
 * other descriptor, no network, no other process, 512 MB of memory, 20 seconds
 * of processor and 30 in all.  It may open the system's libraries and nothing
 * of ours, and write no file.  What the kernel does not offer of this
 * (namespaces, Landlock) is done without; the filter of system calls is not.
 */
enum { SANDBOX_OUTPUT = 5 * 1024 * 1024 }; /* the rest is cut off */

enum sandboxed {
	SANDBOX_DONE,
	SANDBOX_FAILED,  /* it could not make sense of it; why says how */
	SANDBOX_STOPPED, /* we were told to end; to be tried again */
	SANDBOX_BROKEN   /* there is no process to be had; likewise */
};

struct sandbox {
	/* Run this program, given by its path … */
	const char *const *program;
	/* … or this function, to put what it finds; false if it can't. */
	bool (*read)(const void *, struct buf *found);
	const void *with;
	int input;          /* a descriptor; -1 for none */
	bool (*stop)(void); /* have we been told to end? */
};

enum sandboxed sandbox_run(const struct sandbox *, struct buf *found,
    struct buf *why);

#endif
