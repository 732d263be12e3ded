#ifndef DATA_HTML_PLAIN_H
#define DATA_HTML_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * Put the words of any HTML on one line: no tags, references as characters,
 * one space between words, no controls.  What looks like a tag but is none of
 * HTML is words: "a <b and c> d".
 */
void html_plain(struct buf *, const char *html, size_t len);

/* Is there a tag of HTML in it? */
bool html_has_tags(const char *, size_t len);

/* Put text on one line, cut after so many characters: after a sentence if
 * there is one in the last half, else after a word, with "…". */
void html_cut(struct buf *, const char *line, size_t most);

/* Text of lines as HTML: paragraphs where lines are empty. */
void html_of_text(struct buf *, const char *text);

#endif
