#ifndef WEB_BY_MAIL_H
#define WEB_BY_MAIL_H

#include "web/page.h"

/*
 * What is asked for by mail: an address that was typed, and the link that the
 * mail to it has.  Who opens the link has read the mail; what it is for waits
 * in a row of state.ticket, under the digest of what is in the link.
 */

/* Read the field email: an address that mail can be sent to, or a fault of it
 * (web/fault.h; fault_fields() comes before). */
void by_mail_address(struct page *);

/* An address in small letters: whose limit it is. */
const char *by_mail_key(struct page *, const char *email);

/* May another mail be sent there, for this visitor?  All addresses of a mailbox,
 * "name+anything@…", have one limit. */
bool by_mail_may(struct page *, const char *email);

/* Make up a token: names _ticket, its digest, and link, the path in lang that
 * a mail has ("join" gives "/fr/join/…"). */
void by_mail_link(struct page *, const char *lang, const char *path);

/* Names _ticket of the token in the address. */
void by_mail_ticket(struct page *);

#endif
