#ifndef DATA_DIFF_MATCH_H
#define DATA_DIFF_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "data/kind.h"
#include "data/yaml.h"

/*
 * Which rows of two lists are the same row, for diff.c alone: those that say
 * the same, then those that are called the same, then the likest.
 */
struct rows {
	const struct node **all;
	size_t *match; /* place in the other list and 1; 0: none */
	size_t n;
};

struct rows match_open(struct arena *, const struct node *list);
void match_rows(const struct table *, struct rows *, struct rows *);

/* The node, or NULL if it says nothing. */
const struct node *match_said(const struct node *);

/* Do two trees say the same, whatever the order of keys in their maps? */
bool match_same(const struct node *, const struct node *);

#endif
