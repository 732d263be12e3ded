#ifndef VIEW_CITED_H
#define VIEW_CITED_H

#include <stdbool.h>

#include "base/buf.h"
#include "view/model.h"

/*
 * Records as they are cited: what the files for reference managers are made
 * of (view/ris, view/bibtex, view/csl).
 *
 * The model has the rows "_cited", of the view of that name in
 * schema/views.sql: one, or one within each row of "results".  A writer is
 * called for each; it reads the columns by name.
 */
struct cited {
	const struct query *row;
	const char *base; /* scheme and host, before addresses of the site */
	const char *site; /* its name: the publisher of what has none */
	size_t n;         /* how many were written before */
};

typedef void cited_writer(struct buf *, const struct cited *);

/* False if the model has no such rows. */
bool cited_each(const struct model *, const char *site, struct buf *,
    cited_writer *);

/* A column; "" if it is NULL. */
const char *cited_text(const struct cited *, const char *column);

/* Who published it: the site, if nobody else. */
const char *cited_publisher(const struct cited *);

/* "term:insurance": the same in every language, file and year, and no other
 * record's. */
void cited_key(struct buf *, const struct cited *);

/* The address of the original, or of the page if none is known; of the file
 * that lies here, nothing if there is none. */
void cited_url(struct buf *, const struct cited *);
void cited_file(struct buf *, const struct cited *);

/* A part of a text; no NUL ends it. */
struct part {
	const char *at;
	size_t len;
};

/* The next of several lines, beginning at *at; false at the end. */
bool cited_line(const char **at, struct part *line);

/* The next author; a body has a family name alone, its whole name. */
struct author {
	struct part family, given;
};
bool cited_author(const char **at, struct author *);

/* A date's numbers; how many are known: year, month, day. */
int cited_date(const struct cited *, int numbers[3]);

/* The first and last page; false if pages say how many there are, or nothing. */
bool cited_pages(const struct cited *, struct part *first, struct part *last);

/* A text on one line: control characters, and blanks in a row, are one
 * blank. */
void cited_clean(struct buf *, struct part);

#endif
