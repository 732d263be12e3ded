#ifndef DATA_FEED_TAKE_H
#define DATA_FEED_TAKE_H

#include "base/buf.h"
#include "data/feed_read.h"
#include "data/feed_store.h"
#include "data/yaml.h"

/*
 * The entries of a feed become news, at once or after review, each once: what
 * is there already is brought up to date, unless somebody has changed it by
 * hand, withdrawn it or declined it.
 *
 * Entries are recognised by their keys, for ever; by their links where a feed
 * has given them new ids, or another feed of the same organisation has brought
 * them.  Of a feed that is read for the first time the newest entries become
 * news, the others are only remembered.  Of any feed so many a day at most become
 * news: more than that wait in the feed for another day.
 *
 * An entry that has changed so often in a week, and any of a feed in which so
 * many have changed in a day, is brought up to date once a day: what it says
 * meanwhile waits in the feed, too.
 *
 * It is done in short transactions, so that nobody waits long to write.  Ended
 * in between, it is done once more from the start: nothing is lost or doubled.
 */
enum { FEED_FIRST = 50, FEED_DAY = 100, FEED_CHANGES = 5 };

struct feed_take {
	struct db *db;
	const struct feed *feed;
	const struct feed_read *read;
	const char *lang;       /* of what no language is said for */
	int64_t added, changed; /* so many until now */
	int64_t waiting;        /* so many are too many for today */
	int64_t restless;       /* so many have changed too often for today */
	struct buf faults; /* what can't be news, as JSON: [{code, message}, …
			    * without the brackets */
	/* For feed_take alone. */
	struct incoming *all;
	size_t n, at;
	int64_t room;    /* how many more may be added */
	int64_t revised; /* how many have changed in a day */
	char now[21];
	struct arena lasting, arena;
};

/* Begin; db to links are set by the caller and must live as long. */
void feed_take_begin(struct feed_take *);

/* Take some, within the caller's transaction; false when all are done. */
bool feed_take_some(struct feed_take *);

void feed_take_end(struct feed_take *);

/* For feed_take alone: an entry as the record it shall be. */
struct node *feed_tree(struct arena *, const struct feed_take *,
    const struct feed_entry *, const char *published);

#endif
