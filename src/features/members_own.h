#ifndef FEATURES_MEMBERS_OWN_H
#define FEATURES_MEMBERS_OWN_H

#include <stdbool.h>

#include "web/page.h"

/* Find the member that the address names: its columns become names, with
 * member for the id, and the faults of the page's forms begin. */
bool members_find(struct page *);

/* Its id. */
int64_t members_id(const struct page *);

/* Show that member; record, country, theme and spoken_for are what was typed,
 * "" if they are not named. */
int members_show(struct page *, int status);

/* Name spoken_for, before anything was typed. */
void members_propose(struct page *);

/* Within the page's transaction: what was changed of the member, from old to
 * new, "" if there was nothing. */
void members_note(struct page *, const char *what, const char *old,
    const char *new);

/* Go back to the member, who has been changed. */
int members_back(struct page *);

#endif
