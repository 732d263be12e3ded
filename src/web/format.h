#ifndef WEB_FORMAT_H
#define WEB_FORMAT_H

#include <stdbool.h>

#include "web/page.h"

/*
 * A page as data: its model as JSON, its "results" as CSV or a feed, and what
 * else a route says it has.  A format is an extension of the address, a
 * content type and a writer: one row of the table in format.c.
 */

/* The format that an address ends with, and how long it is without; HTML if
 * with none of ours. */
enum format format_split(const char *path, size_t *len);

/*
 * False if that format has nothing to say of this page; HTML then has.
 */
bool format_show(struct page *);

/*
 * The other forms that a page has, but for feeds, one after the other: *at
 * begins as 0.  False after the last.
 */
struct other_form {
	const char *extension;
	const char *type; /* as long as len, without its parameters */
	int len;
};
bool format_next(const struct page *, size_t *at, struct other_form *);

#endif
