#ifndef DATA_FEED_STORE_H
#define DATA_FEED_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "data/db.h"
#include "data/feed_read.h"

/*
 * Feeds of others as they are kept: which are to be looked at, and how it went.
 *
 * What was read stands in state.db, so that a look that finds nothing new
 * leaves mutua.db, and with it the pages of the site, as it is.
 */
struct feed {
	int64_t id;
	int64_t organisation;   /* whose it is */
	const char *owner_slug; /* the same, by its address */
	int64_t member;         /* who named it, or approved it; 0 if nobody */
	const char *url, *title;
	const char *lang, *theme, *country; /* of its news, "" if not said */
	bool review;                        /* each entry, before it is shown */
	const char *etag, *modified;        /* of what we have, or "" */
	const char *body;                   /* its hash, or "" */
	int64_t pace;
	int64_t failures;
	int64_t good; /* when it could be read last, or was approved */
	bool first;   /* it was never read */
};

/* Those that are due and not among those under way, the longest first, at
 * most so many; how many. */
size_t feed_store_due(struct db *, const int64_t under_way[], size_t n,
    int64_t ids[], size_t most);

/* When the next is due that is not under way; INT64_MAX if none is. */
int64_t feed_store_next(struct db *, const int64_t under_way[], size_t n);

/* Read one, its texts kept in the arena; false if nobody wants it read. */
bool feed_store_find(struct db *, struct arena *, int64_t id, struct feed *);

/* How a look went.  Texts are NULL where what is known stays. */
struct feed_look {
	const char *error;  /* a code, or NULL: it could be read */
	const char *detail; /* of the error */
	const char *etag, *modified, *body; /* all or none; "" if not said */
	const char *faults; /* JSON, an array of {code, message, line} */
	const char *format;
	int64_t entries;
	int64_t pace;
	int64_t wait;   /* seconds to the next look */
	bool unchanged; /* nothing new to take */
	bool news;
};

/* All within the caller's transaction. */
void feed_store_look(struct db *, const struct feed *,
    const struct feed_look *);

/* Put what is odd about a feed as it is kept: rows {code, line, message} of
 * JSON, without the brackets around them. */
void feed_store_faults(struct buf *, const struct feed_faults *);

/* It has moved for good; false if another feed is there already. */
bool feed_store_move(struct db *, const struct feed *, const char *url);

/* It is not looked at any more: 'off' or 'gone'. */
void feed_store_end(struct db *, const struct feed *, const char *state);

#endif
