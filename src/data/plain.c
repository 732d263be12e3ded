#include <stdbool.h>
#include <string.h>

#include "data/plain.h"

/* Put the character an entity stands for; returns the entity's length. */
static size_t
entity(struct buf *out, const char *s)
{
	static const struct {
		const char *name;
		const char *text;
	} all[] = {
		{ "&amp;", "&" },
		{ "&lt;", "<" },
		{ "&gt;", ">" },
		{ "&quot;", "\"" },
		{ "&#39;", "'" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		size_t len = strlen(all[i].name);

		if (strncmp(s, all[i].name, len) != 0)
			continue;
		buf_puts(out, all[i].text);
		return len;
	}
	buf_putc(out, '&');
	return 1;
}

/* The length of the tag at s.  Tags within a line leave no space. */
static size_t
tag(struct buf *out, const char *s)
{
	static const char *const within[] = { "a", "em", "strong", "code",
		"del", "sub", "sup", "span" };
	const char *name = s + 1 + (s[1] == '/');
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz");
	const char *end = strchr(s, '>');
	bool inside = false;

	for (size_t i = 0; i < sizeof(within) / sizeof(within[0]); i++)
		inside |=
		    strlen(within[i]) == n && memcmp(name, within[i], n) == 0;
	if (!inside)
		buf_putc(out, ' ');
	return end != NULL ? (size_t)(end - s) + 1 : strlen(s);
}

void
plain_html(struct buf *out, const char *html)
{
	while (*html != '\0') {
		size_t n = strcspn(html, "<&");

		buf_put(out, html, n);
		html += n;
		if (*html == '<')
			html += tag(out, html);
		else if (*html == '&')
			html += entity(out, html);
	}
}
