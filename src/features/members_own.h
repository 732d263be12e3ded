#ifndef FEATURES_MEMBERS_OWN_H
#define FEATURES_MEMBERS_OWN_H

#include <stdbool.h>

#include "web/page.h"

/* Find the member that the address names: its columns become names, with
 * member for the id, and the faults of the page's forms begin. */
bool members_find(struct page *);

/* Show that member; record, country and theme are what was typed. */
int members_show(struct page *, int status);

#endif
