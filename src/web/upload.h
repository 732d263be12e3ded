#ifndef WEB_UPLOAD_H
#define WEB_UPLOAD_H

#include "web/page.h"

/*
 * A file that a member sends, on its way into the site's store.
 *
 * It is looked at (data/sniff.h), kept (data/file.h), and its text is queued to
 * be read.  How large one may be, and how much a member may send in a day, is
 * in one table by role.
 */

/*
 * Take what a form brought: the SHA-256 by which a record names it, kept with
 * the page.  NULL if it is not taken: why_key is then the key of the string
 * that says why.  Begins and commits a write of its own, so it comes before
 * the caller's.  field may be NULL: none was chosen.
 */
const char *upload_take(struct page *, const struct form_field *field,
    struct buf *why_key);

/* The largest file, in megabytes, that whoever asks may send. */
int upload_megabytes(const struct page *);

#endif
