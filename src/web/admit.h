#ifndef WEB_ADMIT_H
#define WEB_ADMIT_H

#include "web/page.h"

/*
 * Before a page is made: who is asking, may they, and did they mean it?
 *
 * The one place where rights, form tokens and limits are enforced.  Returns 0
 * if the handler may run, else the status to answer with; where that is not a
 * plain error (a way to sign in, a form to be sent once more so that nothing
 * typed is lost) the answer is complete already, and *answered true.
 */
int admit_page(struct page *, bool *answered);

#endif
