#ifndef WEB_NOTICE_H
#define WEB_NOTICE_H

#include "web/page.h"

/*
 * What has just been done, said on the page that follows.
 *
 * A POST does its work and redirects to "…?done=sent"; that page then begins
 * with the string done_sent.  Only the keys of notice.c count, so that no
 * address can put words on a page, and such a page can be kept like any other.
 */

/* All that can be said, NULL-ended: keys of strings, "done_sent". */
extern const char *const notices[];

/* Names _notice: "" if the address says nothing that we would. */
void notice_name(struct page *);

#endif
