#ifndef DATA_STAMP_H
#define DATA_STAMP_H

#include "data/db.h"

/*
 * When records changed, for those who harvest only what is new (OAI-PMH).
 *
 * record.updated says when somebody wrote.  But what is written is seen only
 * after its commit: who asks in between, and next time for what changed since,
 * would never hear of it.  So triggers note what has changed (stamp_due), and
 * the commit itself gives all of it a datestamp (stamp) that is never before
 * the moment from which it can be seen: a moment ahead, more for much.  Changes are
 * numbered in the order of commits, for there is one writer at a time.  Hence
 * a list that is bounded by the greatest number at its beginning gets nothing
 * new, only loses what changes again; and what it loses, or cannot see yet, has
 * a datestamp no earlier than that beginning.
 */

/* What db_commit() does first; nothing where a database has no such tables. */
void stamp_changes(struct db *);

#endif
