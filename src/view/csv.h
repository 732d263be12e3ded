#ifndef VIEW_CSV_H
#define VIEW_CSV_H

#include "base/buf.h"
#include "view/model.h"

/*
 * The rows "results" of a page as CSV (RFC 4180), column names first.
 *
 * Cells are those of base/cell.h, harmless to a spreadsheet.  Columns with
 * markup (_html) and private ones (_…) are left out; text_lang is "lang".  In a
 * column url, addresses of the site are made whole by the name base.
 */

/* False if the page has no such rows. */
bool csv_render(const struct model *, struct buf *);

#endif
