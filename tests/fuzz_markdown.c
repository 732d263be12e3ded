/* Whatever is written, no script, no handler and no strange address comes
 * out; tags are those that Markdown has. */
#include <stdint.h>

#include "base/utf8.h"
#include "data/markdown.h"
#include "test.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check_tag(const char *tag)
{
	static const char *const known[] = { "p>", "h2>", "h3>", "h4>", "h5>",
		"h6>", "em>", "strong>", "a href=\"", "a>", "img src=\"", "ul>",
		"ol>", "ol start=\"", "li>", "blockquote>", "pre>", "code>",
		"code class=\"language-", "br />", "hr />", "table>", "thead>",
		"tbody>", "tr>", "th>", "td>", "del>" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strncmp(tag, known[i], strlen(known[i])) == 0)
			return;
	abort();
}

static void
check_address(const char *url)
{
	static const char *const schemes[] = { "http://", "https://",
		"mailto:" };
	size_t n = strcspn(url, ":/?#\"");

	for (size_t i = 0; i < 3; i++)
		if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
			return;
	if (url[n] == ':' || strncmp(url, "//", 2) == 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf out = { 0 };

	markdown_html(&out, (const char *)data, size);
	if (utf8_valid(buf_text(&out), out.len) != out.len)
		abort();
	for (const char *p = buf_text(&out); (p = strchr(p, '<')) != NULL;) {
		p += 1 + (p[1] == '/');
		check_tag(p);
		if (strncmp(p, "a href=\"", 8) == 0)
			check_address(p + 8);
		if (strncmp(p, "img src=\"", 9) == 0)
			check_address(p + 9);
	}
	buf_free(&out);
	return 0;
}
