#ifndef VIEW_XML_H
#define VIEW_XML_H

#include "base/buf.h"

/*
 * Text for other programs: valid UTF-8 with no character that XML can't hold.
 *
 * Control characters but tab and line ends are dropped, with them the marks of
 * hits (the bytes 2 and 3), and what is not UTF-8 becomes U+FFFD.
 */
void xml_clean(struct buf *, const char *, size_t);

/* The same, inert inside XML text and quoted attributes. */
void xml_text(struct buf *, const char *, size_t);

/* A URL as such text: what may not stand in one is percent-encoded first. */
void xml_url(struct buf *, const char *);

#endif
