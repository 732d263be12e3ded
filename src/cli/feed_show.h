#ifndef CLI_FEED_SHOW_H
#define CLI_FEED_SHOW_H

#include "base/buf.h"
#include "data/feed_read.h"

/*
 * Put what was understood of a feed as JSON for people and programs: nothing
 * is left out, null is what it does not say.  Of what is no feed there is the
 * format null, and the faults; found are the feeds that it names instead.
 */
struct feed_shown {
	const char *url;  /* where it was found */
	const char *page; /* that led there, NULL if none did */
	bool usable;
	struct feed_read feed;
	struct feed_faults faults;
	struct feed_found found[FEEDS_FOUND];
	size_t nfound;
};

/* Read it, or find what it names; url is said already.  All lives in the
 * arena. */
void feed_show_read(struct feed_shown *, struct arena *, const char *, size_t,
    const char *type);

void feed_show_put(struct buf *, const struct feed_shown *);

#endif
