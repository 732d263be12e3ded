#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/cell.h"

/* -12.5, +3 and 1.0e+20, but not +221 33, -A1 or 1-2. */
static bool
is_number(const char *s, size_t len)
{
	char text[32], *end;

	if (len >= sizeof(text))
		return false;
	memcpy(text, s, len);
	text[len] = '\0';
	strtod(text, &end);
	return end > text && *end == '\0' &&
	    strspn(text, "0123456789+-.e") == len;
}

static bool
is_formula(const char *s, size_t len)
{
	return len > 0 && *s != '\0' && strchr("=+-@\t\r\n", *s) != NULL &&
	    !is_number(s, len);
}

static bool
needs_quotes(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] == '"' || s[i] == ',' || s[i] == '\r' || s[i] == '\n')
			return true;
	return false;
}

void
cell_put(struct buf *out, const char *s, size_t len)
{
	bool quotes = needs_quotes(s, len);

	if (quotes)
		buf_putc(out, '"');
	if (is_formula(s, len))
		buf_putc(out, '\'');
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '"')
			buf_putc(out, '"');
		buf_putc(out, s[i]);
	}
	if (quotes)
		buf_putc(out, '"');
}
