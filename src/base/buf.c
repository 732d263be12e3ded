#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

void
buf_reserve(struct buf *b, size_t more)
{
	size_t size = b->size > 0 ? b->size : 256;
	char *data;

	while (size - b->len <= more)
		size *= 2;
	if (size == b->size)
		return;

	data = realloc(b->data, size);
	if (data == NULL) {
		perror("buf");
		abort();
	}
	b->data = data;
	b->size = size;
}

void
buf_put(struct buf *b, const char *s, size_t len)
{
	buf_reserve(b, len);
	if (len > 0) /* s may be NULL then */
		memcpy(b->data + b->len, s, len);
	b->len += len;
	b->data[b->len] = '\0';
}

struct buf
buf_copy(const char *s, size_t len)
{
	struct buf b = { .data = malloc(len + 1), .len = len, .size = len + 1 };

	if (b.data == NULL) {
		perror("buf");
		abort();
	}
	memcpy(b.data, s, len);
	b.data[len] = '\0';
	return b;
}

void
buf_puts(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

void
buf_putc(struct buf *b, char c)
{
	buf_put(b, &c, 1);
}

void
buf_printf(struct buf *b, const char *format, ...)
{
	va_list args, again;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n > 0) {
		buf_reserve(b, (size_t)n);
		vsnprintf(b->data + b->len, (size_t)n + 1, format, args);
		b->len += (size_t)n;
	}
	va_end(args);
}

const char *
buf_text(const struct buf *b)
{
	return b->data != NULL ? b->data : "";
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->data != NULL)
		b->data[0] = '\0';
}

static const char *const html_entity[256] = {
	['\2'] = "<mark>",
	['\3'] = "</mark>",
	['&'] = "&amp;",
	['<'] = "&lt;",
	['>'] = "&gt;",
	['"'] = "&quot;",
	['\''] = "&#39;",
};

/* Pages are mostly text without any of these: it is passed over 16 bytes at a
 * time, in whatever vectors the machine has. */
static bool
inert16(const char *s)
{
	typedef unsigned char vector __attribute__((vector_size(16)));
	vector v, special;
	uint64_t half[2];

	memcpy(&v, s, sizeof(v));
	special = (vector)((v == '&') | (v == '<') | (v == '>') | (v == '"') |
	    (v == '\'') | (v == 2) | (v == 3));
	memcpy(half, &special, sizeof(half));
	return (half[0] | half[1]) == 0;
}

void
buf_html(struct buf *b, const char *s, size_t len)
{
	const char *end = s + len, *run = s;

	while (s < end) {
		if (end - s >= 16 && inert16(s)) {
			s += 16;
			continue;
		}
		for (const char *to = end - s < 16 ? end : s + 16; s < to;
		     s++) {
			const char *e = html_entity[(unsigned char)*s];

			if (e == NULL)
				continue;
			buf_put(b, run, (size_t)(s - run));
			buf_puts(b, e);
			run = s + 1;
		}
	}
	buf_put(b, run, (size_t)(end - run));
}

void
buf_free(struct buf *b)
{
	free(b->data);
	*b = (struct buf){ 0 };
}
