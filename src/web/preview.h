#ifndef WEB_PREVIEW_H
#define WEB_PREVIEW_H

#include "web/page.h"

/*
 * The page that a draft will have: the record's own page, by its own handler
 * and template, so that it can't be another than the one that readers will get.
 *
 * The caller has stored the draft by the writer, in a transaction that is taken
 * back whatever comes of it.  The page reads from the writer, within that
 * transaction, and is the only one that does: what it leaves behind is the
 * response, which nobody keeps.  A bar above it says what it is.
 */
struct preview {
	int64_t contribution;
	const struct member *member; /* who looks at it */
	const char *langs;           /* JSON: the languages of the draft */
	const char *seen;            /* when it was written */
	bool writes;    /* who looks may write on, and send it … */
	bool publishes; /* … or publish it */
	bool reviews;   /* who looks may decide on it */
};

/* Render the page at a path, "/fr/news/fund-opens", as the answer to another:
 * its status. */
int preview_page(struct page *, const struct preview *, const char *path);

/* For the frame of any page, whose path it is without the language: names
 * _here, where its translations are, and _draft, "" but in a preview; there,
 * too, what _preview.html shows. */
void preview_name(struct page *, const char *path);

#endif
