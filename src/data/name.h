#ifndef DATA_NAME_H
#define DATA_NAME_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * A person's name in two parts, as citations need it.
 *
 * Names are kept as they were printed, and most forms say where the family name
 * stands: "Diop, Awa", "W. Van Ginneken", "Awa DIOP", "Reynaud E.".  Of "Awa
 * Diop" it is the last word, with the particles before it.  A name that is one
 * word, or has what only the names of bodies have (a word like "ministry" in
 * our languages, a digit, "of"), or that can be read in two ways, is not
 * parted: it is cited as it stands.
 */

/* Appends the family name and the given names; false, and nothing appended, if
 * it is not parted. */
bool name_split(const char *name, struct buf *family, struct buf *given);

#endif
