#ifndef CLI_TALLY_H
#define CLI_TALLY_H

#include "base/arena.h"
#include "base/buf.h"

/*
 * How often each word was met.  A zeroed struct tally is empty and ready for
 * use; it keeps words of its own.
 */
struct tally {
	struct arena arena;
	struct tallied {
		const char *word;
		size_t n;
	} * slots;
	size_t size; /* of slots, a power of two */
	size_t words;
	size_t total;
};

void tally_add(struct tally *, const char *word);
void tally_free(struct tally *);

/* Put the most frequent: "weather (7), zine (3) and 12 others".  The tally is
 * then empty. */
void tally_put(struct tally *, struct buf *);

#endif
