#ifndef DATA_ALIASES_H
#define DATA_ALIASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

/*
 * What goes by exactly which name, in memory: titles and acronyms of
 * everything but documents, events and news; and the words that names of
 * countries and regions are made of.  Case, accents and signs don't matter:
 * UM-PAMECAS is "um pamecas".
 */
struct alias {
	uint64_t key;
	int64_t record;
};

struct aliases {
	struct alias *all; /* sorted */
	size_t n, size;
	uint64_t *places; /* keys of words, sorted */
	size_t nplaces, places_size;
	int64_t version;
};

/* Read them again if version is not the one it has. */
void aliases_refresh(struct aliases *, struct db *, int64_t version);
void aliases_free(struct aliases *);

/* The key of a name; 0 if there is no word in it. */
uint64_t aliases_key(const char *name, size_t n);

/* The records that go by a name, one after another; NULL if none does. */
const struct alias *aliases_find(const struct aliases *, uint64_t key,
    size_t *n);

/* Is a folded word part of the name of a country or region? */
bool aliases_is_place(const struct aliases *, const char *word, size_t n);

#endif
