#ifndef WEB_RECIPIENTS_H
#define WEB_RECIPIENTS_H

#include "web/page.h"

/*
 * Mails to several, each in their language, within the page's transaction.
 *
 * The template (view/mail.h) has the names of the page's model; link is made
 * for each, and must be named before.
 */
enum { RECIPIENTS = 20 };

struct recipient {
	const char *email, *lang;
};

/* The first of those whom a query of the writer finds (columns email, lang),
 * with the names of the page bound; kept by the page.  How many. */
size_t recipients_read(struct page *, struct query *,
    struct recipient to[RECIPIENTS]);

/* The first editors there are, but for a member. */
size_t recipients_editors(struct page *, int64_t but,
    struct recipient to[RECIPIENTS]);

/* Queue the mail; path is that of link, without its language.  Where it is
 * false, end the page as 500. */
bool recipients_send(struct page *, const char *name,
    const struct recipient *to, size_t n, const char *path);

#endif
