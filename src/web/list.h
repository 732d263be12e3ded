#ifndef WEB_LIST_H
#define WEB_LIST_H

#include "web/page.h"

/*
 * A list or a search that somebody wants to hear of, by its address: the path
 * "/schemes" (without a language) and the query "country=SN&page=2".
 *
 * Names
 *	of_path		the path
 *	of_query	the query, without how the list is shown: page, sort …
 *	of_title	what it is called in lang: "Schemes, “births”, Senegal"
 *	of_url		its address in the page's language
 * and false if no list has that path.
 */
bool list_name(struct page *, const char *path, const char *query,
    const char *lang);

#endif
