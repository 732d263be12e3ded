#ifndef DATA_WORDS_H
#define DATA_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The words of a text, as the index and everything beside it sees them:
 * small letters without accents, œ as oe, elisions (l', qu') left out, and
 * their stems by language.
 *
 * What is kept between calls belongs to the process: not for threads.
 */
enum tongue { EN, FR, ES, PT, XX, TONGUES };

/* The index a text in this language stands in: XX for most. */
enum tongue tongue_of(const char *lang);
const char *tongue_name(enum tongue);

enum { WORD_MAX = 48 }; /* bytes of a word that count */

/*
 *	struct words w;
 *	words_start(&w, FR, text, len);
 *	while (words_next(&w))
 *		... w.word, w.n, text + w.start ...
 */
struct words {
	const char *text;
	size_t len;
	enum tongue tongue;
	size_t start, end; /* where in the text */
	size_t n;
	char word[WORD_MAX + 16];
	bool plain; /* letters only */
	/* "microinsurance" at the end of "micro-insurance", else empty */
	size_t joined_n;
	char joined[2 * WORD_MAX];
};

void words_start(struct words *, enum tongue, const char *text, size_t len);
bool words_next(struct words *);

/* What stands for all forms of a word that words_next() gave.  Good until
 * the next call. */
const char *words_stem(enum tongue, const char *word, size_t n, size_t *stem_n);

/* Words that say nothing about what is looked for: the, de, para. */
bool words_is_stop(enum tongue, const char *word, size_t n);

#endif
