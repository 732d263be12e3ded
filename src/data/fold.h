#ifndef DATA_FOLD_H
#define DATA_FOLD_H

#include <stddef.h>
#include <stdint.h>

/*
 * One character at a time: which belong to words, and what remains of them
 * without case and accents.
 */
enum fold {
	FOLD_BREAK,  /* not of a word */
	FOLD_LETTER, /* or digit */
	FOLD_MARK,   /* an accent on the letter before: nothing remains */
	FOLD_ALONE   /* a word by itself, as in Chinese */
};

enum { FOLD_MAX = 16 };

/* Put what remains, of n bytes, in to. */
enum fold fold_char(uint32_t, char to[FOLD_MAX], size_t *n);

/* The same for ASCII: the small letter or digit, 0 for a break. */
extern const char fold_ascii[129];

#endif
