#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/url.h"
#include "base/utf8.h"
#include "view/xml.h"

/* Characters that XML has no way to write are no use elsewhere either. */
static bool
is_text(uint32_t c)
{
	if (c < 0x20)
		return c == '\t' || c == '\n' || c == '\r';
	return c != 0x7f && c != 0xfffe && c != 0xffff;
}

static const char *
xml_entity(uint32_t c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\r':
		return "&#13;";
	default:
		return NULL;
	}
}

static bool
is_ordinary(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ';
}

static void
put_clean(struct buf *out, const char *s, size_t len, bool xml)
{
	size_t used, run = 0;

	for (size_t i = 0; i < len; i += used) {
		const char *instead;
		uint32_t c;

		used = 1;
		if (is_ordinary(s[i]))
			continue;
		c = utf8_next(s + i, len - i, &used);
		instead = xml ? xml_entity(c) : NULL;
		if (c == 0xfffd && used == 1)
			instead = "\xef\xbf\xbd";
		if (instead == NULL && is_text(c))
			continue;
		buf_put(out, s + run, i - run);
		if (instead != NULL)
			buf_puts(out, instead);
		run = i + used;
	}
	buf_put(out, s + run, len - run);
}

void
xml_clean(struct buf *out, const char *s, size_t len)
{
	put_clean(out, s, len, false);
}

void
xml_text(struct buf *out, const char *s, size_t len)
{
	put_clean(out, s, len, true);
}

void
xml_url(struct buf *out, const char *url)
{
	struct buf clean = { 0 };

	url_clean(&clean, url);
	for (const char *c = buf_text(&clean); *c != '\0'; c++) {
		if (*c == '&')
			buf_puts(out, "&amp;");
		else
			buf_putc(out, *c);
	}
	buf_free(&clean);
}
