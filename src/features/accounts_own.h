#ifndef FEATURES_ACCOUNTS_OWN_H
#define FEATURES_ACCOUNTS_OWN_H

#include <stdbool.h>

#include "web/page.h"

/*
 * What the pages of accounts have in common: the rules for what is typed, the
 * links in mails, and proving that a member knows the password.
 *
 * The readers below take a field, name it in the model and say what is wrong
 * with it to web/fault; fault_fields() comes before them.  Nothing else that
 * was posted is looked at: nobody gets a role by sending one.
 */

/* name, language (of mails), country and organisation. */
void account_read_profile(struct page *);

/* email: an address that mail can be sent to. */
void account_read_email(struct page *);

/* A new password, not trimmed; name and email are in the model, if known. */
const char *account_read_password(struct page *, const char *field);

/* The rows countries and mail_languages (code, label, chosen), to choose
 * :country and :language from. */
void account_choices(struct page *);

/* An address in small letters: whose limit it is. */
const char *account_key(struct page *, const char *email);

/* The front page of who has signed in. */
const char *account_home(struct page *);

/* Make up a token: names _ticket, its digest, and link, the path in lang that
 * a mail has ("join" gives "/fr/join/…"). */
void account_link(struct page *, const char *lang, const char *path);

/* Names _ticket of the token in the address. */
void account_ticket(struct page *);

/* The page where a link was used, or is too old. */
int account_gone(struct page *);

/* What a password is compared with where there is no account. */
extern const char account_nobody[];

/*
 * Does the member know the password that was sent as "current"?  200 if so;
 * 422 if not, which has been said to web/fault; 429; 0: the work is yet to be
 * done.  If next is not NULL it is hashed too: request.done->next_hash.
 */
int account_prove(struct page *, const char *next);

/* Names what the frame of a member's own pages shows; which is one of
 * profile, email, password, sessions and delete. */
void account_frame(struct page *, const char *which);

#endif
