#ifndef WEB_ORGANISATION_H
#define WEB_ORGANISATION_H

#include "web/page.h"

/*
 * Organisations in forms.  One is named by its slug, as it is picked while
 * typing, by its title in any language, or by an acronym.
 *
 * Names organisation_id, organisation_slug and organisation_title, in the
 * reader's language; false, each of them "", if there is no such organisation
 * in the directory, or more than one.  Once a page.
 */
bool organisation_find(struct page *, const char *words);

/* Rows w of spoken_for and s of shown, in any query of a page: the organisations
 * that whoever asks speaks for, as they are called in their language. */
#define OWN_ORGANISATIONS                                              \
	" FROM spoken_for w JOIN shown s ON s.record = w.organisation" \
	"  AND s.ui = :lang WHERE w.member = :_member"

/* Those that whoever asks speaks for: the rows own_organisations (code, label,
 * url, other_lang) and _speaks_for, their titles in a row, or ""; and _contact,
 * the address of mails to ask at, or "". */
void organisation_own(struct page *);

#endif
