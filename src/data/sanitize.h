#ifndef DATA_SANITIZE_H
#define DATA_SANITIZE_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Clean HTML of any HTML: by a list of what may be there.
 *
 * The result is well-formed, as XML too, and simple: p, h1 to h6, blockquote,
 * pre, ul, ol, li, table, tr, th, td and hr, within which there is text with
 * a, strong, em, del, sub, sup, code, br and img.  Paragraphs hold no blocks,
 * cells of tables neither.  The only attributes are href and src, absolute
 * addresses of http and https (and mailto in links), alt, and an ol's start.
 * Nothing is empty; space is one space.  What was cleaned and is cleaned again
 * stays as it is.
 *
 * Scripts, styles, frames, objects, players and forms' fields are left out
 * with all they hold; so are pictures nobody is meant to see, which count
 * readers.  Of tables that only lay out a page, or are empty for the most
 * part, the contents remain.
 */
enum { SANITIZE_MAX = 200 * 1000 }; /* bytes of the result; cut there */

/* html is valid UTF-8; base is for relative addresses, NULL for none. */
void sanitize_html(struct buf *out, const char *html, size_t len,
    const char *base);

/* The same of what stands in an element of a tree, and minds xml:base. */
struct _xmlNode;
void sanitize_tree(struct buf *out, const struct _xmlNode *, const char *base);

#endif
