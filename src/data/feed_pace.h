#ifndef DATA_FEED_PACE_H
#define DATA_FEED_PACE_H

#include <stdint.h>

/*
 * How often a feed of others is looked at, in seconds: as it wishes itself,
 * between a quarter of an hour and a day; every hour if it wishes nothing.
 */
enum {
	FEED_PACE_LEAST = 15 * 60,
	FEED_PACE_USUAL = 3600,
	FEED_PACE_MOST = 24 * 3600,
	/* with one that can't be read; it may be us who were away */
	FEED_PATIENCE = 30 * 24 * 3600,
	FEED_TRIES = 20,
};

/* By what it says of itself (ttl, sy:update…) and what its server says of the
 * answer (Cache-Control, Expires): the longer of the two; 0 or less: not said. */
int64_t feed_pace(int64_t own, int64_t max_age);

/* How long to wait after it could not be read, so many times in a row (1 the
 * first): twice as long each time, and not before the server says, -1 if it
 * says nothing. */
int64_t feed_pace_back_off(int64_t pace, int64_t failures, int64_t retry_after);

/* Some of it earlier or later, by chance, so that not all feeds are looked at
 * together; within the same bounds. */
int64_t feed_pace_spread(int64_t wait, uint64_t chance);

#endif
