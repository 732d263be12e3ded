#ifndef DATA_STORE_H
#define DATA_STORE_H

#include "data/check.h"

/*
 * Records from trees into tables, driven by the descriptions of kind.h.
 *
 * The caller holds the transaction and has checked the tree.  Rows come
 * first (store_row), for all records, so that they may name each other; then
 * what is in them (store_record).
 */
enum stored { STORED_SAME, STORED_ADDED, STORED_CHANGED };

/* The id of a record, its row made now if it is new; entry says how it came
 * in, as in schema/. */
int64_t store_row(struct db *, const struct kind *, const struct node *record,
    const char *entry);

/* Who made a revision, and why.  What no member wrote has author 0: it is the
 * site's own. */
struct authorship {
	const char *comment; /* or NULL */
	int64_t author;
	int64_t reviewer;     /* 0 if the author's word was enough */
	int64_t contribution; /* of state.db, or 0 */
};

/*
 * Store what a record's tree says, unless the database has just that
 * already: add or replace its texts and lists, and keep a revision.  What the
 * tables refuse is a fault of the check.
 *
 * What a member writes leaves the digest alone by which load sees whether a
 * content file has changed: an unchanged file does not undo it.
 *
 * The caller indexes what was added or changed (index.h), best many records
 * in a row: FTS5 gathers words in memory until any other table is written.
 */
enum stored store_record(struct check *, const struct kind *,
    const struct node *, int64_t id, const struct authorship *);

/* Does a content file's tree differ from the one that was loaded last? */
bool store_differs(struct check *, const struct kind *, const struct node *,
    int64_t id);

/* Has a member written the newest revision of a record? */
bool store_is_members(struct db *, int64_t id);

/* Keep a revision that changes only what state a record is in. */
void store_state(struct db *, int64_t id, const char *state,
    const struct authorship *);

#endif
