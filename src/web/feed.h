#ifndef WEB_FEED_H
#define WEB_FEED_H

#include "web/page.h"

/*
 * Pages as feeds of what is new (view/feed.h): any list is one, with its
 * filters, by "results"; so is all there is about a theme, a country or an
 * organisation.
 */

/* Name what a feed tells of each record of "results" beside its columns: its
 * text, what and whom it is about, its authors, its files. */
void feed_parts(struct page *);

/* Name the hub in the head of the answer too, if there is one (WebSub). */
void feed_headers(struct page *);

/* Show, in place of a list that is more than one (a tree, a map), the records
 * of a kind, newest first. */
int feed_kind(struct page *, const char *kind);

/* Show, in place of the page of what has this value of a facet ("country",
 * "SN"), all there is about it, newest first.  The page's title is the
 * feed's. */
int feed_about(struct page *, const char *facet, const char *value);

#endif
