#ifndef DATA_RETRIEVE_H
#define DATA_RETRIEVE_H

#include <stdint.h>

#include "base/arena.h"
#include "data/db.h"
#include "data/kind.h"
#include "data/yaml.h"

/*
 * Records from tables back into trees, driven by the descriptions of kind.h:
 * what store.h does, the other way round.
 *
 * The tree is what a content file would say, so that storing it changes
 * nothing; what is missing is left out.  It lives in the arena.  It is all
 * there: what others are to see goes through withhold() first.
 */
struct node *retrieve_record(struct db *, struct arena *, const struct kind *,
    int64_t id);

#endif
