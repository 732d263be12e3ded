#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * What a site chooses for itself: mutua.yaml, then the command line.
 *
 * The file of the data directory counts, or if it has none the program's own
 * conf/mutua.yaml, which explains every setting.  A setting that does not
 * exist, or a value that can't be, is refused.
 */
struct settings {
	const char *name;       /* what the site is called */
	const char *language;   /* for visitors who ask for none of ours */
	const char *listen;     /* 127.0.0.1:8080 */
	const char *base;       /* https://example.org, or "" */
	const char *workers;    /* digits */
	const char *page_cache; /* megabytes, in digits */
	const char *access_log; /* stdout, none or a path */
	const char *user;       /* whom workers become if root starts them */
};

/* Read path over what is set already.  False after putting every fault in
 * why, a line each; texts live in the arena. */
bool settings_read(struct settings *, struct arena *, const char *path,
    struct buf *why);

/* Set one.  False after putting the reason in why. */
bool settings_set(struct settings *, const char *name, const char *value,
    struct buf *why);

#endif
