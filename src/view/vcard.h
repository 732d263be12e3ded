#ifndef VIEW_VCARD_H
#define VIEW_VCARD_H

#include <stdbool.h>

#include "base/buf.h"
#include "view/model.h"

/*
 * People and organisations as cards for address books, vCard 4.0 (RFC 6350).
 *
 * The model has the rows "_cards" of the view card (schema/views.sql), which
 * says who has one and what may stand on it: never an address of e-mail.  A
 * card's UID is made of the site's host and the record, so that a newer one
 * takes the place of an older.  False if the model has no such rows.
 */
bool vcard_render(const struct model *, struct buf *);

#endif
