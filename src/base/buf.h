#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

/*
 * A growing byte buffer.
 *
 * A zeroed struct buf is empty and ready for use.  What is put into it is
 * always followed by a NUL that is not counted.  The buffer owns its bytes;
 * pointers into them are good until the next put.  Running out of memory
 * ends the process, so nothing here can fail.
 */
struct buf {
	char *data;
	size_t len;
	size_t size;
};

void buf_put(struct buf *, const char *, size_t);
void buf_puts(struct buf *, const char *);
void buf_putc(struct buf *, char);
void buf_printf(struct buf *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A buffer that holds just this, with no room for more. */
struct buf buf_copy(const char *, size_t);

/* Make room for so many more bytes and a NUL, to be written at data + len. */
void buf_reserve(struct buf *, size_t);

/* What is in it, "" if nothing ever was. */
const char *buf_text(const struct buf *);

/* Empty it, keeping its memory for the next use. */
void buf_clear(struct buf *);
void buf_free(struct buf *);

/*
 * Put text so that it is inert inside HTML text and quoted attributes.  The
 * bytes 2 and 3, which stored text never holds, become <mark> and </mark>:
 * a search may highlight its hits without its results being trusted.
 */
void buf_html(struct buf *, const char *, size_t);

#endif
