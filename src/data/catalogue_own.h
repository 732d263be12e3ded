#ifndef DATA_CATALOGUE_OWN_H
#define DATA_CATALOGUE_OWN_H

#include "data/catalogue.h"

/*
 * What catalogue.c, the columns, and catalogue_refresh.c, which keeps them
 * current, share.  Nobody else looks inside.
 */

/* The entry of a record; NULL if there is none. */
struct entry *catalogue_of(struct catalogue *, int64_t record);

/* The current row of "id, kind, published, updated" as an entry. */
struct entry *catalogue_put_entry(struct catalogue *, const struct query *);

/* The current row of "text, record, lang, title_words, words". */
void catalogue_put_text(struct catalogue *, const struct query *);

/* Give an entry a facet value, by their names; its values are the last. */
void catalogue_add_value(struct catalogue *, struct entry *, const char *facet,
    const char *text);

/* Read everything anew. */
void catalogue_read_all(struct catalogue *, struct db *);

#endif
