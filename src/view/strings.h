#ifndef VIEW_STRINGS_H
#define VIEW_STRINGS_H

#include <stddef.h>

#include "base/buf.h"

/*
 * The interface's words in one language: a flat YAML file of "key: text".
 * Where the site is named, the file says {{t.site}}.
 */
struct strings;

/* The site is called name or, if that is "", what the file calls it.  NULL
 * after putting file, line and cause in why, a line each. */
struct strings *strings_open(const char *path, const char *name,
    struct buf *why);
void strings_free(struct strings *);

/* The text, good until strings_free(), or NULL. */
const char *strings_get(const struct strings *, const char *key);

/* The keys, sorted, by place; NULL past the last. */
const char *strings_key(const struct strings *, size_t);

#endif
