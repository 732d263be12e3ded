#ifndef WEB_RESEND_H
#define WEB_RESEND_H

#include "web/page.h"

/*
 * A form that came from a page of ours and can't be taken now: it is too old,
 * its sender has been signed out meanwhile, or asks too often.  What was typed
 * is shown to be sent again; passwords are typed again.
 *
 * title and text are keys of strings.  The status is the page's.
 */
int resend_show(struct page *, int status, const char *title, const char *text);

/* The same as 429, after limit_take(), with a link to where they come from. */
int resend_too_often(struct page *, const char *from);

#endif
