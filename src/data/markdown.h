#ifndef DATA_MARKDOWN_H
#define DATA_MARKDOWN_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Put the HTML of a Markdown text: CommonMark with tables, bare addresses
 * and strikethrough.
 *
 * The result is safe whatever the text: raw HTML is dropped, links and
 * images lead only to http, https, mailto and to places of this site.  The
 * highest heading becomes an h2, for the page's title is its h1, and no
 * level is skipped.
 *
 * It takes time in proportion to the text, whatever the text is: where tables
 * would be far more empty cells than text, bare addresses signs in a word
 * without end, or lists stand in hundreds of others, they are words; what is
 * hardly anything but marks is shown as it is written.
 */
void markdown_html(struct buf *out, const char *text, size_t len);

#endif
