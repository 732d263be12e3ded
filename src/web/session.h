#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include <stdbool.h>

#include "web/page.h"

/*
 * Who is asking, and did they mean it?
 *
 * A browser that is signed in has a cookie "session" ("__Host-session" over
 * TLS) with 256 random bits; state.db has their hash.  It ends two weeks
 * after it was last seen and 90 days after it began, at the latest.
 *
 * Every form carries a token made of a cookie and the site's key, so that no
 * other site can send it: of the session's, or for visitors of a cookie
 * "visit" that is nothing but random.  Signing in makes a new session always.
 */
enum { SESSION_IDLE = 14 * 86400, SESSION_LIFE = 90 * 86400 };

/* Does the request come with a cookie of a session, whatever it is worth? */
bool session_is_claimed(const struct request *);

/* Find out who is asking: sets page.member, or leaves the visitor it is. */
void session_read(struct page *);

/* Sign a member in, within a write of the caller: the cookie is set, and a
 * session that the browser had before ends. */
void session_start(struct page *, int64_t member);

/* Sign out here, within a write of the caller. */
void session_end(struct page *);

/* The hash of the page's session, as state.session has it; "" for visitors. */
const char *session_hash(const struct page *);

/* What this browser is known by: the same for two of its pages, though not
 * after signing in or out, and of no use to who reads it. */
void session_browser(struct page *, char digest[]);

/* The token of forms on this page; a visitor gets the cookie it needs. */
const char *session_token(struct page *);

/* Was the form sent from a page of ours, to this browser?  seconds is how long
 * that is ago. */
bool session_sent_it(struct page *, const char *token, int64_t *seconds);

/* Did the browser say that the request comes from a page of ours, or of
 * another site? */
bool session_is_ours(const struct request *);
bool session_is_foreign(const struct request *);

#endif
