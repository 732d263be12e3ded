#ifndef DATA_TERMS_H
#define DATA_TERMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "data/db.h"
#include "data/words.h"

/*
 * The glossary in memory: it joins the languages.  A name is known by the
 * stems of its words, without those that say nothing, so that "mutuelles
 * sante" is "mutuelle de santé".
 */
struct term {
	int64_t record;
	enum tongue tongue;
	const char *lang; /* as the glossary has it */
	const char *name;
	const char *key;         /* stems, a byte 1 before each */
	const struct term *next; /* another name of the same record */
	const struct term *same; /* another term with this key */
};

struct terms {
	struct term *names;
	size_t n;
	const struct term **buckets;
	size_t nbuckets; /* a power of two */
	struct arena arena;
	int64_t version;
};

enum { TERM_KEY = 256, TERM_WORDS = 6 };

/* Read it again if version is not the one it has. */
void terms_refresh(struct terms *, struct db *, int64_t version);
void terms_free(struct terms *);

/* Put the key of a name; returns its length, 0 if it has none or too long. */
size_t terms_key(char key[TERM_KEY], enum tongue, const char *name, size_t n);

/* The term with this key in a language; more through ->same. */
const struct term *terms_find(const struct terms *, enum tongue,
    const char *key);

/* All names of a record, linked by ->next, the preferred one first. */
const struct term *terms_names(const struct terms *, int64_t record);

#endif
