#ifndef WEB_DOWNLOAD_H
#define WEB_DOWNLOAD_H

#include <stdint.h>

#include "web/page.h"
#include "web/respond.h"

/*
 * A file as the answer: to be saved, whole or the range that is asked for, or
 * not at all if the visitor has it.  What opens it all the same may run nothing.
 */
struct download {
	int fd; /* open to be read; closed with the response */
	uint64_t size;
	const char *name; /* to save it as */
	const char *type;
	const char *etag; /* strong, with its quotes */
	enum keep keep;
};

/* The status: 200, 206, 304 or 416. */
int download_answer(struct page *, const struct download *);

#endif
