#ifndef DATA_HTML_MARKDOWN_OWN_H
#define DATA_HTML_MARKDOWN_OWN_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * What the two halves of html_markdown.c share: blocks, and the words in them
 * (html_markdown_words.c).
 */
struct markdown_out {
	struct buf *out;
	struct buf prefix; /* of every line: "> ", spaces for a list */
	struct arena arena;
	bool heading, cell; /* these are on one line */
};

/* End the line, begin the next. */
void markdown_line(struct markdown_out *);

/* Put the inline nodes from first up to end as they stand in a paragraph;
 * false, with nothing put, if there are no words in them. */
bool markdown_words(struct markdown_out *, const xmlNode *first,
    const xmlNode *end);

#endif
