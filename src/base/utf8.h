#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * UTF-8, strictly: no overlong forms, no surrogates, nothing past U+10FFFF.
 */

/* The length of the longest valid part that s begins with: len if all is. */
size_t utf8_valid(const char *s, size_t len);

/*
 * The code point at s, and how many bytes it takes in *used.  A byte that
 * begins none is U+FFFD of one byte.  len is at least 1.
 */
uint32_t utf8_next(const char *s, size_t len, size_t *used);

/* Does a character begin at s, which a NUL ends, that turns the direction of
 * the text after it (U+202A to U+202E, U+2066 to U+2069)?  It takes 3 bytes. */
bool utf8_turns(const char *s);

/* How many characters there are in valid UTF-8. */
size_t utf8_count(const char *s, size_t len);

/* Write a code point to at most 4 bytes; returns how many. */
size_t utf8_put(char *to, uint32_t);

#endif
