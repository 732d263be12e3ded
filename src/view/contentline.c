#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "view/contentline.h"
#include "view/xml.h"

enum { LINE_MAX_BYTES = 75 };

/* Is it a byte of a character that began before? */
static bool
goes_on(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static bool
is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7f;
}

/* Write a line that may hold anything: a part that goes on begins with a
 * blank, which counts. */
static void
put_folded(struct buf *out, const char *line, size_t len)
{
	size_t used = 0, n;

	for (size_t i = 0; i < len; i += n) {
		for (n = 1; i + n < len && goes_on(line[i + n]);)
			n++;
		if (is_control(line[i]))
			continue;
		if (used + n > LINE_MAX_BYTES) {
			buf_puts(out, "\r\n ");
			used = 1;
		}
		buf_put(out, line + i, n);
		used += n;
	}
	buf_puts(out, "\r\n");
}

void
contentline_escape(struct buf *out, const char *s, size_t len)
{
	struct buf clean = { 0 };
	const char *c;

	xml_clean(&clean, s, len);
	for (c = buf_text(&clean); *c != '\0'; c++) {
		if (*c == '\r' && c[1] == '\n')
			continue;
		if (*c == '\n' || *c == '\r') {
			buf_puts(out, "\\n");
			continue;
		}
		if (strchr("\\;,", *c) != NULL)
			buf_putc(out, '\\');
		buf_putc(out, *c);
	}
	buf_free(&clean);
}

void
contentline_text(struct buf *out, const char *name, const char *text)
{
	struct buf line = { 0 };

	if (*text == '\0')
		return;
	buf_printf(&line, "%s:", name);
	contentline_escape(&line, text, strlen(text));
	put_folded(out, line.data, line.len);
	buf_free(&line);
}

void
contentline_printf(struct buf *out, const char *format, ...)
{
	struct buf line = { 0 }, clean = { 0 };
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		return;
	buf_reserve(&line, (size_t)n);
	va_start(args, format);
	vsnprintf(line.data, (size_t)n + 1, format, args);
	va_end(args);
	xml_clean(&clean, line.data, (size_t)n);
	put_folded(out, buf_text(&clean), clean.len);
	buf_free(&line);
	buf_free(&clean);
}
