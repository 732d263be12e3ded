#ifndef DATA_LOCATOR_H
#define DATA_LOCATOR_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * The place of a statement in its source ("pp. 9 and 23; section 2, box") in
 * the words of an interface language; an unknown one is read as English.
 * Numbers, acronyms and what stands in quotation marks stay; the marks and the
 * space before a semicolon are the language's.  False if it has a word that is
 * no locator: then out holds nothing of use, and the place is shown as it is.
 */
bool locator_text(struct buf *out, const char *place, const char *lang);

#endif
