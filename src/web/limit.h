#ifndef WEB_LIMIT_H
#define WEB_LIMIT_H

#include "web/page.h"

/*
 * How often something may be tried.
 *
 * Each limit is a bucket: a try adds one, and it leaks evenly.  What would run
 * over is refused; Retry-After says when there is room again.  The buckets
 * stand in state.db, shared by all workers; whose they are is kept as a digest.
 */
enum limit {
	LIMIT_SIGN_IN_ADDRESS, /* passwords tried from one address */
	LIMIT_SIGN_IN_ACCOUNT, /* passwords tried for one account */
	LIMIT_JOIN,            /* mails to just any address from one address */
	LIMIT_MAIL,            /* mails asked for to one address */
	LIMIT_SUGGEST,         /* suggestions from one address */
	LIMIT_SUBMIT,          /* what a member has reviewed, with mails */
	LIMIT_FEED,            /* feeds that a member has looked for */
	LIMIT_FEED_LOOK,       /* looks at one feed, out of turn */
	LIMIT_WRITE,           /* anything a member sends */
	LIMIT_WHOLE,           /* whole long lists taken from one address */
	LIMITS
};

/*
 * Try: false if that was too much.  Return 429 then, or a page of that status
 * with the partial _too_often.html, for which _wait_minutes or _wait_hours say
 * when there is room.  whose is an address of mail, a member's id, or NULL for
 * the visitor's network address.
 */
bool limit_take(struct page *, enum limit, const char *whose);

/* Take back what was tried, because it succeeded. */
void limit_give_back(struct page *, enum limit, const char *whose);

#endif
