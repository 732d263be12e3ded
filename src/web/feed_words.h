#ifndef WEB_FEED_WORDS_H
#define WEB_FEED_WORDS_H

#include "web/page.h"

/*
 * What is wrong with a feed of others, in the reader's words and with what can
 * be done about it.
 *
 * A table keeps a code of an error (feed_poll.error, feed_try.error), and the
 * faults of a feed that can be read all the same as JSON: rows of code,
 * message in English and line.  What no string tells is told in English:
 * better than not at all.
 */

/* Name the words, for FEED_ERROR in later queries. */
void feed_words(struct page *);

/* The words of an error by its code, a column. */
#define FEED_ERROR(code) "coalesce(:_feed_errors ->> " code ", " code ")"

/* Name feeds_waiting and _feeds_one: how many wait for the editor who reads
 * this (feeds/_waiting.html), 0 for everybody else. */
void feed_words_waiting(struct page *);

/* Name the rows odd (fault, times, line) of faults as JSON, each kind of them
 * once; feed_words() comes before. */
void feed_words_faults(struct page *, const char *json);

#endif
