#ifndef BASE_CELL_H
#define BASE_CELL_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Put a text as one cell of CSV (RFC 4180): in quotes if it needs them.
 *
 * A spreadsheet takes a cell that begins with = + - @, a tab or a line end for
 * a formula and may run it: a text that does gets an apostrophe before it,
 * unless it is a plain number like -12.5.
 */
void cell_put(struct buf *, const char *, size_t);

#endif
