#ifndef DATA_SANITIZE_WRITE_H
#define DATA_SANITIZE_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * Writing clean HTML (sanitize.h) so that it is always of one form.
 *
 * The caller says what it finds: a block begins or ends, words are emphasised
 * from here on.  Nothing is written before there is something in it, so that
 * nothing is empty; what formats words is opened within the paragraph and
 * always in the same order, however it was nested.
 */
enum sanitize_format {
	FORMAT_LINK = 1, /* to href */
	FORMAT_STRONG = 2,
	FORMAT_EM = 4,
	FORMAT_DEL = 8,
	FORMAT_SUB = 16,
	FORMAT_SUP = 32,
	FORMAT_CODE = 64,
};

enum { SANITIZE_DEPTH = 12 }; /* of lists and quotations in each other */

struct sanitize_writer {
	struct buf *out;
	size_t most; /* the length of out where no more is written */
	struct {
		const char *tag;
		int start;    /* of an ol; 1 if it says nothing */
		bool written; /* its tag */
		bool filled;  /* there is something in it */
	} open[4 * SANITIZE_DEPTH];
	size_t depth;

	const char *leaf;      /* "p", "h2" …, NULL for the usual one */
	const char *leaf_open; /* its tag that is written, "" for none; NULL:
				* it has not begun */
	unsigned formats, formats_open;
	const char *href;
	struct buf href_open;
	int breaks; /* that are due */
	char space; /* that is due: ' ', '\1' for one that does not break */
	unsigned spaced; /* the formats it stood in */
};

/* End the paragraph; what follows is of another. */
void sanitize_block(struct sanitize_writer *, const char *leaf);

/* Open a blockquote, list, item, table, row or cell; close the last one. */
void sanitize_open(struct sanitize_writer *, const char *tag, int start);
void sanitize_close(struct sanitize_writer *);

/* The innermost open one, "" if none is. */
const char *sanitize_inside(const struct sanitize_writer *);

void sanitize_text(struct sanitize_writer *, const char *);
void sanitize_break(struct sanitize_writer *);
void sanitize_image(struct sanitize_writer *, const char *src, const char *alt);
void sanitize_rule(struct sanitize_writer *);
void sanitize_pre(struct sanitize_writer *, const char *, size_t);

/* Write the tags of all that is open, even if there is nothing in it. */
void sanitize_fill(struct sanitize_writer *);

#endif
