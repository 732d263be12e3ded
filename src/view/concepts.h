#ifndef VIEW_CONCEPTS_H
#define VIEW_CONCEPTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "view/model.h"

/*
 * Terms and themes as concepts, for programs that know SKOS or TBX.
 *
 * The model has the rows "_told", of the view concept_told in schema/views.sql
 * with the concept's address as "concept", a concept after the other; and
 * "_scheme", the names of what they belong to: scheme (its address), value and
 * value_lang.  Addresses are paths of the site.  For TBX the rows of a concept
 * are in order of the languages.  False if the model has no such rows.
 */
bool concepts_turtle(const struct model *, struct buf *);
bool concepts_rdfxml(const struct model *, struct buf *);
bool concepts_tbx(const struct model *, const char *site, struct buf *);

#endif
