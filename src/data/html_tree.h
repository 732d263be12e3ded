#ifndef DATA_HTML_TREE_H
#define DATA_HTML_TREE_H

#include <stddef.h>

#include <libxml/tree.h>

/*
 * A libxml2 tree of HTML as it is found: for the files of data/ that read it.
 *
 * libxml2's own reader of HTML compares each attribute of a tag with each, cuts
 * what is deep, and takes for a tag what browsers don't; this one takes time
 * in proportion to the text.  Names are small letters; tags that HTML lets be
 * left out are put in; comments, instructions, the text of scripts and the
 * like, and attributes that nobody here asks for are not in the tree.
 *
 * The text is valid UTF-8.  The root, "body", is never missing; the caller
 * frees the document.
 */
xmlDoc *html_tree(const char *, size_t);

/* The part that a name, of any case, plays. */
enum html_role {
	HTML_UNKNOWN, /* what it holds counts, itself does not */
	HTML_BLOCK,   /* begins and ends a paragraph */
	HTML_INLINE,
	HTML_VOID,    /* holds nothing */
	HTML_DROPPED, /* not even what it holds counts */
};
enum html_role html_role(const char *name, size_t len);

/* An attribute's text, "" if there is none; owned by the tree. */
const char *html_attribute(const xmlNode *, const char *name);

#endif
