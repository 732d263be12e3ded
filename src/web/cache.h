#ifndef WEB_CACHE_H
#define WEB_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/compress.h"
#include "web/http.h"

/*
 * Finished pages, kept as long as nothing they were made of has changed.
 *
 * At most so many bytes; what was not asked for longest goes first.  A page
 * is kept as gzip once someone asked for that, and as it is once someone asked
 * for that.  Each worker has its own.
 */
struct cache;

/* Never NULL.  The compressor is borrowed. */
struct cache *cache_open(size_t bytes, struct compress *);
void cache_close(struct cache *);

/* Forget everything, unless the stamp is the one of last time. */
void cache_stamp(struct cache *, uint64_t);

/* Answer with the page kept for a key; false if there is none. */
bool cache_get(struct cache *, const struct buf *key, const struct request *,
    struct response *);

/* Keep a finished answer that is not yet compressed; false if it is too big. */
bool cache_put(struct cache *, const struct buf *key, const struct response *);

/* How much is kept, for tests. */
size_t cache_bytes(const struct cache *);

#endif
