#include <stdarg.h>
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

void
buf_html(struct buf *b, const char *s, size_t len)
{
	static const char *const entity[256] = {
		['\2'] = "<mark>",
		['\3'] = "</mark>",
		['&'] = "&amp;",
		['<'] = "&lt;",
		['>'] = "&gt;",
		['"'] = "&quot;",
		['\''] = "&#39;",
	};
	const char *end = s + len, *run = s;

	for (; s < end; s++) {
		const char *e = entity[(unsigned char)*s];

		if (e == NULL)
			continue;
		buf_put(b, run, (size_t)(s - run));
		buf_puts(b, e);
		run = s + 1;
	}
	buf_put(b, run, (size_t)(end - run));
}

void
buf_free(struct buf *b)
{
	free(b->data);
	*b = (struct buf){ 0 };
}
