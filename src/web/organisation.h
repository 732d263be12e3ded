#ifndef WEB_ORGANISATION_H
#define WEB_ORGANISATION_H

#include "web/page.h"

/*
 * An organisation as somebody names it in a form: by its slug, as it is picked
 * while typing, by its title in any language, or by an acronym.
 *
 * Names organisation_id, organisation_slug and organisation_title, in the
 * reader's language; false, each of them "", if there is no such organisation
 * in the directory, or more than one.  Once a page.
 */
bool organisation_find(struct page *, const char *words);

#endif
