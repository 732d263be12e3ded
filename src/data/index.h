#ifndef DATA_INDEX_H
#define DATA_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "data/db.h"

/*
 * The full-text index: one FTS5 table a language (fts_en, fts_fr, fts_es,
 * fts_pt, and fts_xx for all others), whose rowid is record_text.id, and the
 * words in it, which suggestions are made of.
 *
 * Whoever changes a record calls index_record() after the change, within the
 * same transaction, and index_finish() once before the commit.  Failures are
 * the connection's: db_failed().
 */

/* Create whatever of the index is not there yet. */
bool index_create(struct db *);

/* (Re)index all texts of one record.  One that is gone, or not published,
 * is taken out. */
void index_record(struct db *, int64_t record);

/* Take a record out, before or after its rows are deleted. */
bool index_remove(struct db *, int64_t record);

/* Write what a batch of the calls above has gathered in memory. */
void index_finish(struct db *);

/* Drop the index and make it anew from the tables. */
bool index_rebuild(struct db *);

/* Does the index agree with the tables?  If not, why gets a line a fault. */
bool index_check(struct db *, struct buf *why);

#endif
