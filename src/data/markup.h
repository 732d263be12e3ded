#ifndef DATA_MARKUP_H
#define DATA_MARKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * Tags and text of XML and HTML, however broken, one after the other.
 *
 * Nothing is refused and nothing is looked up: a tag that is not closed ends
 * where the next begins, a '<' that begins none is text.  It takes time in
 * proportion to the text and no memory.  Whether tags match is for the caller.
 *
 *	struct markup m;
 *	markup_start(&m, text, len, html);
 *	while (markup_next(&m))
 *		… m.type …
 */
enum markup_type {
	MARKUP_TEXT,  /* text, len: references (&amp;) stand as they are */
	MARKUP_CDATA, /* text, len: to be taken as it is; none in HTML, where its
		       * marks are left out */
	MARKUP_OPEN,  /* name and attributes; empty if it ends with "/>" */
	MARKUP_CLOSE, /* name */
	MARKUP_RAW,   /* HTML: what stands in the script, style … before it */
	MARKUP_DOCTYPE, /* text, len: what it holds */
	MARKUP_OTHER,   /* comments, instructions, declarations */
};

enum {
	MARKUP_ATTRIBUTES = 32, /* of a tag; more are left out */
	MARKUP_NAME = 80,       /* bytes; what has a longer name is text */
};

struct markup_attribute {
	const char *name, *value; /* in the text, as they stand there */
	size_t name_len, value_len;
};

struct markup {
	const char *at, *end; /* what is left */
	bool html;
	enum markup_type type;
	const char *text, *name;
	size_t len, name_len;
	struct markup_attribute attributes[MARKUP_ATTRIBUTES];
	size_t nattributes;
	bool empty;
	const char *fault; /* what is wrong with it, or NULL */
	int64_t line;      /* where it begins */
	int64_t next_line;
	bool in_raw;
	unsigned missing; /* ends that do not come any more */
};

void markup_start(struct markup *, const char *text, size_t len, bool html);
bool markup_next(struct markup *);

/* Is it named so?  Without regard to case in HTML. */
bool markup_is(const struct markup *, const char *name);

/* The attribute of that name, or NULL. */
const struct markup_attribute *markup_attribute(const struct markup *,
    const char *name);

/*
 * Put text with its references as characters: numeric ones and those that HTML
 * 4 names, with the five of XML.  What is none stands as it is.
 */
void markup_decode(struct buf *, const char *, size_t);

/*
 * The reference that begins at s, an '&': how long it is, and the character it
 * means, 0 for one that is left out; 0 if it is none.
 */
size_t markup_reference(const char *s, size_t len, uint32_t *);

#endif
