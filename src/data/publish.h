#ifndef DATA_PUBLISH_H
#define DATA_PUBLISH_H

#include "data/check.h"
#include "data/store.h"

/*
 * What somebody wrote becomes a record that everybody sees, or a new revision
 * of one: checked, stored and indexed, the same for every kind and whoever
 * wrote it.
 *
 * The caller holds the transaction, on a connection that writes, and commits
 * it if the outcome is PUBLISHED, else takes it back.
 */
struct publishing {
	const struct kind *kind;
	int64_t record; /* 0: a new one; its id afterwards */
	int64_t base;   /* the revision that was edited; 0 for a new record */
	struct node *tree;   /* a new record's slug is added to it, a scheme's
			      number in the registry, and its own
			      * country to its countries */
	struct arena *arena; /* of the tree */
	const char *entry;   /* how a new one came in, as in schema/; NULL:
			      * by a member */
	bool many;           /* the caller indexes it, before the commit: of
			      * many records that is best done in a row */
	struct authorship by;
};

enum published {
	PUBLISHED, /* or published already, by its contribution, or the same */
	PUBLISH_FAULTS,   /* they were told to the check */
	PUBLISH_CONFLICT, /* there is a newer revision than base */
	PUBLISH_FAILED    /* storage; db_failed() */
};

enum published publish(struct check *, struct publishing *);

/* The number of a record's newest revision, 0 if it has none. */
int64_t publish_newest(struct db *, int64_t record);

/*
 * The tree of a record as revision number has it, 0 for the newest; NULL if
 * there is none.  It lives in the arena.
 */
struct node *publish_tree(struct db *, struct arena *, int64_t record,
    int64_t number);

/* Are a record's tables what its newest revision says? */
bool publish_agrees(struct db *, const struct kind *, int64_t record);

/* Any tree as JSON, whatever is in it: every value a string.  json_read()
 * gives it back. */
void publish_put_tree(struct buf *, const struct node *);

/*
 * Take a published record away, or bring it back, with a reason: who asks for
 * the page is told (withdrawal), the search index and lists follow.
 */
void publish_withdraw(struct db *, int64_t record, const struct authorship *);
void publish_restore(struct db *, int64_t record, const struct authorship *);

#endif
