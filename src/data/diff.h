#ifndef DATA_DIFF_H
#define DATA_DIFF_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "data/db.h"
#include "data/kind.h"
#include "data/yaml.h"

/*
 * What differs between two trees of a kind, field by field, in the order of
 * its description.
 *
 * Rows of lists are matched by what they are (a figure by indicator and year, a
 * product by its name), else by how much they have in common: one row that
 * was put in is one change.  Trees need not be checked: what is not described
 * is passed over.  What only members may see goes through withhold() first.
 */
enum change_type {
	CHANGE_VALUE, /* another value, or words */
	CHANGE_ADDED,
	CHANGE_REMOVED,
	CHANGE_SET,  /* a list of single values */
	CHANGE_ORDER /* the rows of a list stand in another order */
};

/* The row of a list that a change is within, and the rows around it. */
struct change_row {
	const struct table *list;
	const struct node *row;
	const char *label; /* code of list "field": "scheme.products" */
	const struct change_row *outer;
};

struct change {
	enum change_type type;
	const char *path;  /* "products.1.benefits.0.rate", "title.fr": with a
			    * row's place afterwards, or before if it went */
	const char *label; /* "scheme.products.benefits.rate" */
	const char *lang;  /* of words by language, else "" */
	const struct table *table;       /* of the field, or the list */
	const struct field *field;       /* NULL: a row, or the list's order */
	const struct change_row *within; /* or NULL */
	const struct node *before, *after; /* NULL: not there */
};

/*
 * Give the changes from one tree to another; before may be NULL: all of after
 * is added, row by row.  All of it lives in the arena, as long as the trees.
 */
size_t diff_trees(struct arena *, const struct kind *,
    const struct node *before, const struct node *after, struct change **out);

/* The words that values need and code lists do not have. */
struct telling {
	struct db *db;
	const char *lang; /* of the reader */
	const char *yes, *no;
};

/*
 * Put changes as a JSON array of objects for people to read:
 *	type	"value", "added", "removed", "set", "order"
 *	path, field (the code), label, place ("Products: Basic › Benefits")
 *	lang, language	of the words, or ""
 *	before, after	in words: labels of codes, titles of records, numbers and
 *			dates as the language writes them; or null
 *	pieces	of words or a set: [{piece: "same", "removed" or "added", text}]
 *	parts	of a row: [{label, value, depth}], its fields
 */
void diff_json(struct buf *, const struct telling *, const struct change *,
    size_t n);

/* A field's value in words. */
void diff_value(struct buf *, const struct telling *, const struct field *,
    const struct node *);

/* What a row of a list is called: the first that is said of it, and its
 * year. */
void diff_row_name(struct buf *, const struct telling *, const struct table *,
    const struct node *row);

/*
 * The words of two texts side by side: what both have, what only the first has
 * and what only the second has, in order.  Texts that differ in too much to
 * find out which words stayed are compared by lines.
 */
enum piece_type { PIECE_SAME, PIECE_REMOVED, PIECE_ADDED };
struct piece {
	enum piece_type type;
	const char *text; /* within one of the texts */
	size_t len;
};
size_t diff_words(struct arena *, const char *before, const char *after,
    struct piece **out);

#endif
