#ifndef DATA_WORDING_H
#define DATA_WORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "data/kind.h"
#include "data/yaml.h"

/*
 * The words of a row by language: what its trees say, and what follows.
 *
 * Words that stand alone are in the record's own language (original).  A
 * language that has any words of a row has all those that are required: the
 * original's stand in for what is missing, for a name is a name.
 */
enum { WORDING_LANGS = 64 };

/* Has the field words by language? */
bool wording_is(const struct field *);

/* All languages that a row has words in, sorted; returns how many. */
size_t wording_langs(const struct table *, const struct node *row,
    const char *original, const char *langs[WORDING_LANGS]);

/* A field's words in one of these languages, or NULL. */
const struct node *wording_find(const struct field *, const struct node *row,
    const char *original, const char *lang);

#endif
