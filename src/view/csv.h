#ifndef VIEW_CSV_H
#define VIEW_CSV_H

#include "base/buf.h"
#include "view/model.h"

/*
 * The rows "results" of a page as CSV (RFC 4180), column names first.
 *
 * A spreadsheet takes a cell that begins with = + - @ for a formula: a text
 * that does, and is no plain number, gets an apostrophe before it.  Columns
 * with markup (_html) and private ones (_…) are left out; text_lang is "lang".
 * In a column url, addresses of the site are made whole by the name base.
 */

/* False if the page has no such rows. */
bool csv_render(const struct model *, struct buf *);

#endif
