#ifndef WEB_MOVED_H
#define WEB_MOVED_H

#include "web/page.h"

/*
 * Addresses at which sites of this kind, and the platforms whose content this
 * one carries on, had their feeds: they lead to ours for ever, for feed
 * readers ask again for years.  The language is that of the path, else of the
 * parameter lang or language, else the site's.
 */

/* Where what the request asks for is now; NULL if it never was anywhere. */
const char *moved_to(struct page *);

#endif
