#ifndef VIEW_OPML_H
#define VIEW_OPML_H

#include <stdbool.h>

#include "base/buf.h"
#include "view/model.h"

/*
 * A list of feeds that feed readers can take in (OPML 2.0): the rows "groups"
 * (label) and, within each, "outlines" (title, xml_url, html_url: whole
 * addresses).  The model needs lang and title.  False if there are no groups.
 */
bool opml_render(const struct model *, const char *site, struct buf *);

#endif
