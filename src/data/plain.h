#ifndef DATA_PLAIN_H
#define DATA_PLAIN_H

#include "base/buf.h"

/*
 * Put what a reader sees of the HTML we made (data/markdown): no tags, no
 * entities, a space between blocks.
 */
void plain_html(struct buf *, const char *html);

#endif
