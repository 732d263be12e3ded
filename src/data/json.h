#ifndef DATA_JSON_H
#define DATA_JSON_H

#include "data/yaml.h"

/*
 * One JSON text, as a line of JSON Lines has it, as the tree that YAML gives:
 * numbers and truths are texts that are not quoted, null is left out.
 *
 * All nodes are of the file and line of `at`.  NULL after putting
 * "file:line: reason" in why.  Nodes live in the arena, the file's name must
 * live as long.
 */
struct node *json_read(struct arena *, const struct node *at, const char *text,
    size_t len, struct buf *why);

#endif
