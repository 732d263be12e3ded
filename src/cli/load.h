#ifndef CLI_LOAD_H
#define CLI_LOAD_H

#include "base/arena.h"
#include "cli/command.h"
#include "data/check.h"
#include "data/db.h"
#include "data/kind.h"
#include "data/store.h"
#include "data/yaml.h"

/*
 * A content directory on its way into the database.
 *
 * load_files.c reads it into trees; load_names.c and load_themes.c store what
 * is not a record (codes, countries, theme trees); load.c checks and stores
 * the records.
 * Faults are counted in check; where there is one, nothing is kept.
 */
struct item {
	const struct kind *kind;
	const char *slug;
	struct node *node;
	int64_t id;
	enum stored done;
	bool nameless; /* faulty: not to be found, nor stored */
	bool cut;      /* the file's fault was in it: not to be checked */
};

struct load {
	struct arena arena;
	struct db *db;
	struct check check;
	struct buf why;
	struct buf unread; /* files that could not be read whole, a line each */
	struct item *items;
	size_t n, size;
	size_t *slots; /* items by kind and slug: 1 + place, or 0; twice size */
	const struct node *codes, *countries, *map; /* or NULL */
	const struct node *trees;
};

/* How a load is done, and what it is of. */
struct load_options {
	const char *data, *share;
	const char *from;    /* a directory */
	const char *entry;   /* how new records came in, as in schema/ */
	const char *comment; /* of their revisions */
	bool dry_run;
	bool partial; /* records alone, and not all there are: what is read
		       * may build on what the database has */
};

/* Read, check and store, in one transaction, and say what was done. */
typedef void load_reader(struct load *, const char *from);
enum outcome load_run(const struct load_options *, load_reader *);

/* Another record; cut, if its file ends within it. */
void load_add(struct load *, const struct kind *, struct node *record,
    bool cut);

/* Read every file of the directory; all faults are counted.  What can be read
 * of a file with a fault is there still, to be checked. */
void load_read(struct load *, const char *dir);

/* Take the files of documents into data's store: before records are checked.
 * A rehearsal keeps no bytes. */
void load_uploads(struct load *, const char *dir, const char *data,
    bool rehearse);

/* The item of a kind and slug, or NULL. */
struct item *load_find(const struct load *, const char *kind, const char *slug);

/* Store code lists and countries: before records are checked. */
void load_codes(struct load *);

/* Is all that stands in the theme trees there? */
void load_check_trees(struct load *);

/* Store the theme trees and the names of themes: after the records. */
void load_themes(struct load *);

/* Countries and regions are called what the languages call them. */
void load_titles(struct load *);

/* Say which schemes that were added or changed may be one with another. */
void load_report_twins(struct load *);

#endif
