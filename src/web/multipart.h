#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The framing of multipart/form-data (RFC 7578, RFC 2046), strictly.
 *
 * Gives one part after the other as places in the body: nothing is copied,
 * decoded or judged.  What browsers never send is refused: words before the
 * first boundary or after the last, folded lines, parts without a name,
 * transfer encodings.
 */
enum { MULTIPART_BOUNDARY = 70 };

struct span {
	const char *data; /* NULL if it is not there */
	size_t len;
};

struct part {
	struct span name, filename, type, data;
};

/* All borrowed from the body. */
struct multipart {
	char line[MULTIPART_BOUNDARY + 5]; /* "\r\n--" and the boundary */
	size_t line_len;
	bool begun;
	const char *at, *end;
};

enum multipart_step {
	MULTIPART_PART,
	MULTIPART_END,
	MULTIPART_CUT,   /* the body ends before the last boundary */
	MULTIPART_BROKEN /* it is not framed like that */
};

/* Begin; false if Content-Type names no usable boundary. */
bool multipart_start(struct multipart *, const char *content_type,
    const char *body, size_t len);

enum multipart_step multipart_next(struct multipart *, struct part *);

#endif
