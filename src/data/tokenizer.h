#ifndef DATA_TOKENIZER_H
#define DATA_TOKENIZER_H

#include <stdbool.h>

struct sqlite3;

/*
 * The FTS5 tokenizer "mutua en" (fr, es, pt, xx): words_next() and
 * words_stem().  A compound such as micro-insurance is also indexed in one
 * word, at the place of its second part.
 *
 * A text that begins with the byte 1 is a list of stems, each after a byte 1,
 * that are taken as they are: that is how a query hands over what it has
 * already cut and stemmed.
 */
bool tokenizer_register(struct sqlite3 *);

#endif
