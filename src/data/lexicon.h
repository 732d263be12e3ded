#ifndef DATA_LEXICON_H
#define DATA_LEXICON_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "data/db.h"
#include "data/words.h"

/*
 * The table word in memory: how rare a word is, which words begin so, which
 * is nearest to one misspelt.  Some 50 bytes a word.  Refreshing reads only
 * what is new: counts may lag behind, words do not.
 */
struct lexeme {
	uint32_t folded; /* where in the pool */
	uint32_t shown;  /* the same with its accents */
	uint32_t documents;
	uint32_t letters; /* a bit a letter, to pass over the unlike */
	uint8_t n;
	uint8_t tongue;
};

struct lexicon {
	struct lexeme *words; /* sorted by folded, then tongue */
	size_t n;
	char *pool;
	size_t used, size;
	uint32_t *keys; /* hash of stems, and how many texts have them */
	uint32_t *documents;
	size_t nkeys, nstems;
	int64_t last; /* id of the newest */
};

void lexicon_refresh(struct lexicon *, struct db *);
void lexicon_free(struct lexicon *);

/* How many texts have a stem, about; 0 only if really none has. */
uint32_t lexicon_documents(const struct lexicon *, enum tongue,
    const char *stem, size_t n);

/* The words that begin with a folded prefix: from *first up to the result. */
size_t lexicon_prefix(const struct lexicon *, const char *prefix, size_t n,
    size_t *first);

const char *lexicon_folded(const struct lexicon *, const struct lexeme *);
const char *lexicon_shown(const struct lexicon *, const struct lexeme *);

/* The word at most two typing errors away that is most likely meant, in the
 * reader's language if two are as likely, and never one that says nothing;
 * NULL if there is none, or three letters are too few to tell. */
const struct lexeme *lexicon_nearest(const struct lexicon *, const char *folded,
    size_t n, enum tongue reader);

#endif
