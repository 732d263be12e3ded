#ifndef DATA_HTML_MARKDOWN_H
#define DATA_HTML_MARKDOWN_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Put clean HTML (data/sanitize.h) as Markdown that data/markdown.h shows with
 * the same words and links, and with nothing else: what is special to Markdown
 * is escaped.  It is shown to see whether that is so; a block that is not is
 * written with links alone, or as words alone, all signs escaped.
 *
 * Of pictures the words remain (alt), of links on pictures without words
 * nothing.  Words stand in plain where Markdown has no way to emphasise them
 * (next to a letter, say), and where they are above or below the line.
 */
void html_markdown(struct buf *out, const char *html, size_t len);

#endif
