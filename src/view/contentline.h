#ifndef VIEW_CONTENTLINE_H
#define VIEW_CONTENTLINE_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Content lines, which calendars (RFC 5545) and cards (RFC 6350) are made of:
 *
 *	contentline_text(out, "SUMMARY;LANGUAGE=fr", title);
 *	contentline_printf(out, "DTSTART;VALUE=DATE:%s", date);
 *
 * Each call writes one line: NAME:value, folded so that none is longer than 75
 * bytes and no character is split, ended by CR LF.  No value can begin another
 * line: control characters but tab are dropped, as is what is not UTF-8
 * (view/xml.h).
 */

/* A line with a text for a value, which is escaped; none if it is empty.  name
 * is ours, with its parameters. */
void contentline_text(struct buf *, const char *name, const char *text);

/* A line as it is printed: for values that are no text, and for those of
 * several parts, each escaped by itself. */
void contentline_printf(struct buf *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A text, or one part of a value, inert: '\', ';', ',' and ends of lines (as
 * \n) have a backslash before them. */
void contentline_escape(struct buf *, const char *, size_t);

#endif
