#ifndef WEB_FAULT_H
#define WEB_FAULT_H

#include <stdbool.h>

#include "web/page.h"

/*
 * What is wrong with a form that was sent.
 *
 * fault_fields() names _fault_FIELD for each field of the form, "" to begin
 * with, and the rows _faults (field, text), which the partial _faults.html
 * shows as a summary that links to the fields: a field's id is its name.
 * A page with a fault is shown again with status 422.
 */
void fault_fields(struct page *, const char *const *fields);

/* One of these fields can't be so, for the reason that a string tells.  Only
 * the first fault of a field counts. */
void fault_say(struct page *, const char *field, const char *key);

bool fault_any(const struct page *);

#endif
