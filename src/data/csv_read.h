#ifndef DATA_CSV_READ_H
#define DATA_CSV_READ_H

#include "data/yaml.h"

/*
 * A CSV file (RFC 4180) as a list of maps: a row each, its cells under the
 * names of the first row, each knowing its line.
 *
 * Commas, semicolons and tabs separate, whichever the first row has most of;
 * lines end as they may, and a byte order mark is no matter.  An empty cell
 * is not there, nor is an empty row.  An apostrophe that keeps a spreadsheet
 * from taking a cell for a formula (base/cell.h) is taken off.
 */
enum { CSV_COLUMNS = 256, CSV_CELL = 1024 * 1024 };

/* NULL after putting "file:line: reason" in why.  Nodes live in the arena, so
 * must file. */
struct node *csv_read(struct arena *, const char *file, const char *text,
    size_t len, struct buf *why);

/* Cells that hold several values have a bar between them: "a|b".  A bar and a
 * backslash that are meant so have a backslash before them. */
struct node *csv_split(struct arena *, struct node *to,
    const struct node *cell);
void csv_join(struct buf *, const struct node *list);

#endif
