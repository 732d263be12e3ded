#ifndef FEATURES_ACCOUNTS_OWN_H
#define FEATURES_ACCOUNTS_OWN_H

#include <stdbool.h>

#include "web/page.h"

/*
 * What the pages of accounts have in common: the rules for what is typed, and
 * proving that a member knows the password.
 *
 * The readers below take a field, name it in the model and say what is wrong
 * with it to web/fault; fault_fields() comes before them.  Nothing else that
 * was posted is looked at: nobody gets a role by sending one.
 */

/* name, language (of mails), country and organisation. */
void account_read_profile(struct page *);

/* A new password, not trimmed; name and email are in the model, if known. */
const char *account_read_password(struct page *, const char *field);

/* The rows countries and mail_languages (code, label, chosen), to choose
 * :country and :language from. */
void account_choices(struct page *);

/* The front page of who has signed in. */
const char *account_home(struct page *);

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
