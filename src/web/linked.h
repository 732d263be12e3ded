#ifndef WEB_LINKED_H
#define WEB_LINKED_H

#include "web/page.h"

/*
 * What a page is about, for search engines and catalogues of data: one graph
 * of schema.org as JSON-LD, in a script element that nothing executes.
 *
 * Of a record it is made here, by its kind, with its words in every language
 * they are in; a person is described only if available (view card).  A page of
 * none can say what it is by a name "_linked", an object as JSON.  With crumbs
 * on the page, they are in the graph.
 */
void linked_put(struct page *, struct buf *);

/* A string of the site in every language, as a value of such an object. */
const char *linked_string(struct page *, const char *key);

/* The page is a vocabulary, which the site calls by the string of a key: names
 * _linked. */
void linked_set(struct page *, const char *key);

#endif
