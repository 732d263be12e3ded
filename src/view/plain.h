#ifndef VIEW_PLAIN_H
#define VIEW_PLAIN_H

#include "base/buf.h"

/*
 * Text for other programs: valid UTF-8 without control characters.
 *
 * What marks hits in stored text (the bytes 2 and 3) is dropped with them,
 * tabs and line ends stay, and what is not UTF-8 becomes U+FFFD.
 */
void plain_text(struct buf *, const char *, size_t);

/* The same, inert inside XML text and quoted attributes. */
void plain_xml(struct buf *, const char *, size_t);

/* The same of a URL: what may not stand in one is percent-encoded first. */
void plain_xml_url(struct buf *, const char *);

#endif
