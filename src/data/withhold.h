#ifndef DATA_WITHHOLD_H
#define DATA_WITHHOLD_H

#include "base/buf.h"
#include "data/kind.h"
#include "data/yaml.h"

/*
 * What was told in confidence stays here.
 *
 * A private field of a row is neither shown nor exported unless the row has a
 * date of consent.  The record keeps it, and so do its
 * revisions: everything that leaves goes through here.
 */

/* Take them out of a record's tree, at any depth. */
void withhold(const struct kind *, struct node *record);

/*
 * Take out of an older text of a record what it does not tell today, whatever
 * was agreed to then: now is its newest text, or NULL if it has been taken
 * away.  close() only takes the consent from such rows, so that publishing the
 * older text again tells no more than is told.
 */
void withhold_past(const struct kind *, struct node *record,
    const struct node *now);
void withhold_close(const struct kind *, struct node *record,
    const struct node *now);

/* As withhold_past(), of snapshots, which are JSON; now may be "".  Puts what may
 * leave; nothing, if it cannot be read.  In SQL: withheld(kind, snapshot, now). */
void withhold_json(struct buf *out, const struct kind *, const char *snapshot,
    const char *now);

#endif
