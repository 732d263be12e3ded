#ifndef DATA_POSTINGS_H
#define DATA_POSTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Which texts have a word, and how well: what FTS5 once found, kept for the
 * next query with that word.  Words are as uneven as everything people say: a
 * few megabytes hold what most queries need, and two sorted lists are
 * compared in a hundredth of the time that FTS5 takes.
 *
 * Lists hold while the index does not change; then postings_clear().
 */
struct list {
	char *key;
	uint32_t hash;
	uint32_t used;   /* the number of the last query that used it */
	uint32_t *texts; /* sorted */
	uint16_t *says;  /* of each: its score and the bits below */
	size_t n, size;
};

/* A score is kept in 1/256ths. */
enum { POSTING_TITLED = 1, POSTING_TYPED = 2, POSTING_SCORE = 2 };

static inline float
posting_score(uint16_t says)
{
	return (float)(says >> POSTING_SCORE) / 256;
}

struct postings {
	struct list **lists; /* a hash; NULL is free */
	size_t n, size;
	size_t bytes, most;
	struct list *open; /* being filled */
};

void postings_clear(struct postings *);

/* The list with this key, marked as used by a query; NULL if there is none. */
const struct list *postings_find(struct postings *, const char *key,
    uint32_t query);

/* Begin a list, add to it in order of texts, and keep it, only for this query
 * if it is not whole.  What was used longest ago makes room, but nothing that
 * this query uses. */
void postings_begin(struct postings *, const char *key, uint32_t query);
void postings_add(struct postings *, uint32_t text, float score, int bits);
const struct list *postings_keep(struct postings *, bool whole);

#endif
