#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "web/page.h"

/*
 * The router: finds the page an address stands for, in the one table of
 * routes, checks who may enter, and answers what has no page with an error
 * page in the visitor's language.
 */

/* Answer the page's request into its response. */
void route_page(struct page *);

/* The language we would choose for a visitor: that of the cookie "lang",
 * else the best for Accept-Language, else the site's. */
const char *route_language(const struct site *, const struct request *);

#endif
