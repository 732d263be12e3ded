#ifndef DATA_VOCABULARY_H
#define DATA_VOCABULARY_H

#include <stddef.h>

#include "data/db.h"
#include "data/words.h"

/*
 * The table word: every word in the index, as it is written, with how many
 * texts have it.  Rarity, prefixes, suggestions and "did you mean" come from
 * it.
 *
 * Counting is done in memory, for most words are in many texts of a batch;
 * vocabulary_flush() writes.  A rollback drops what was gathered with it.
 */

/* Count the words of a text's parts, each word once; sign -1 takes them back.
 * Returns how many words there were in all. */
size_t vocabulary_count(struct db *, enum tongue, const char *const *parts,
    size_t nparts, int sign);

/* Write; returns how many texts were counted since the last time. */
size_t vocabulary_flush(struct db *);

#endif
