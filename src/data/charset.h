#ifndef DATA_CHARSET_H
#define DATA_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * What was sent as text, as UTF-8: of whichever encoding it is.
 *
 * A byte order mark decides, else how UTF-16 and UTF-32 look, else what is
 * said: by the Content-Type, then by the text itself (XML declaration, meta
 * element).  What is said is often wrong.  What is valid UTF-8 is no one-byte
 * encoding, and what is said to be UTF-8 but holds no valid character of it
 * is windows-1252.
 *
 * The result is valid and has no control characters but tab and line feed, no
 * byte order mark; every line ends with a line feed.
 */
struct charset_found {
	char said[40]; /* what it says it is, "" if nothing */
	char used[40]; /* what it was read as: "UTF-8", "windows-1251" … */
	bool differs;  /* these two are not the same */
	size_t bad;    /* bytes that stood for nothing, now U+FFFD */
	size_t bad_line;
	size_t controls; /* that were left out */
};

/* type is the Content-Type, "" if none. */
void charset_utf8(struct buf *out, const char *bytes, size_t len,
    const char *type, struct charset_found *);

/* Put valid UTF-8 so: without controls, with line feeds, and without
 * characters that turn the direction of what follows.  What Windows says
 * instead of U+0080 to U+009F stands for them.  How many were left out. */
size_t charset_clean(struct buf *out, const char *, size_t len);

/* The character that a numeric reference means, as browsers read it: U+FFFD
 * for none, 0 for one that is left out. */
uint32_t charset_reference(uint32_t);

#endif
