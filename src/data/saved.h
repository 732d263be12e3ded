#ifndef DATA_SAVED_H
#define DATA_SAVED_H

#include <stdbool.h>

#include "base/arena.h"
#include "data/search.h"

/*
 * The search that the address of a list stands for: "/schemes" and
 * "country=SN&q=health".
 *
 * The path says the kind ("/search" is all kinds); q and whatever names a
 * facet say the rest, just as the list itself takes them.  What names no facet
 * is ignored.  Texts are kept in the arena.  False if no list has that path.
 */
bool saved_read(struct db *, struct arena *, const char *path,
    const char *query, struct search *);

#endif
