#ifndef DATA_PERSON_H
#define DATA_PERSON_H

#include "base/buf.h"

/*
 * The name of somebody with the family first, as lists are sorted and as
 * Dublin Core and BibTeX want it: "Reynaud, E." from "E. Reynaud", as it is printed
 * on documents.  Only initials tell for sure which is which: every other name
 * ("Ministry of Health", "Reynaud, E.", "Alain Letourmy") stays as it is.
 */
void person_inverted(struct buf *, const char *name);

#endif
