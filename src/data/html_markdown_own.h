#ifndef DATA_HTML_MARKDOWN_OWN_H
#define DATA_HTML_MARKDOWN_OWN_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * What the parts of html_markdown.c share: blocks, the words in them
 * (html_markdown_words.c), and whether all of it is shown as it is meant
 * (html_markdown_check.c).
 */
enum markdown_care {
	MARKDOWN_USUAL, /* what is special is escaped, as it is easy to read */
	MARKDOWN_BARE,  /* all signs are; only links are marked */
	MARKDOWN_FLAT,  /* and nothing else is on a line than words */
	MARKDOWN_CARES
};

struct markdown_out {
	struct buf *out;
	struct buf prefix; /* of every line: "> ", spaces for a list */
	struct arena arena;
	bool heading, cell; /* these are on one line */
	bool checked;       /* each block, before the next is written */
	enum markdown_care care;
};

/* How many bytes of space s begins with, and its kind: ' ', or '\1' for one
 * that does not break. */
size_t markdown_space(const char *s, char *kind);

/* Does an element stand within a word? */
bool markdown_is_inline(const xmlNode *);

/* End the line, begin the next. */
void markdown_line(struct markdown_out *);

/* Put the inline nodes from first up to end as they stand in a paragraph;
 * false, with nothing put, if there are no words in them. */
bool markdown_words(struct markdown_out *, const xmlNode *first,
    const xmlNode *end);

/* Does Markdown show the words of the nodes from first up to end, and lead
 * nowhere else than they? */
bool markdown_shows(const char *markdown, const xmlNode *first,
    const xmlNode *end);

#endif
