#ifndef DATA_CANONICAL_H
#define DATA_CANONICAL_H

#include "base/buf.h"
#include "data/kind.h"
#include "data/yaml.h"

/*
 * Put a checked record as JSON: fields in the order of their description,
 * numbers and truths as such, whatever the order and the quotes in the file.
 * Two trees that say the same give the same text; revisions keep it.
 */
void canonical_put(struct buf *, const struct kind *, const struct node *);

/* Put a JSON string, with its quotes. */
void canonical_string(struct buf *, const char *, size_t);

#endif
