#include <string.h>

#include "view/csl.h"
#include "view/json.h"

static void
put_string(struct buf *out, struct part text)
{
	struct buf clean = { 0 };

	cited_clean(&clean, text);
	json_quote(out, buf_text(&clean), clean.len);
	buf_free(&clean);
}

static void
put_part(struct buf *out, const char *name, struct part text)
{
	if (text.len == 0)
		return;
	buf_printf(out, ",\"%s\":", name);
	put_string(out, text);
}

static void
put(struct buf *out, const char *name, const char *text)
{
	put_part(out, name, (struct part){ text, strlen(text) });
}

static void
put_authors(struct buf *out, const struct cited *c)
{
	const char *at = cited_text(c, "authors");
	struct author a;

	if (*at == '\0')
		return;
	buf_puts(out, ",\"author\":[");
	for (const char *comma = ""; cited_author(&at, &a); comma = ",") {
		buf_printf(out, "%s{\"%s\":", comma,
		    a.given.len > 0 ? "family" : "literal");
		put_string(out, a.family);
		put_part(out, "given", a.given);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

static void
put_date(struct buf *out, const struct cited *c)
{
	int date[3], n = cited_date(c, date);

	if (n == 0)
		return;
	buf_puts(out, ",\"issued\":{\"date-parts\":[[");
	for (int i = 0; i < n; i++)
		buf_printf(out, "%s%d", i > 0 ? "," : "", date[i]);
	buf_puts(out, "]]}");
}

static void
put_pages(struct buf *out, const struct cited *c)
{
	struct part first, last;

	put(out, cited_pages(c, &first, &last) ? "page" : "number-of-pages",
	    cited_text(c, "pages"));
}

/* CSL has room for one language, and for keywords in a row. */
static void
put_lines(struct buf *out, const struct cited *c)
{
	const char *languages = cited_text(c, "language");
	const char *keywords = cited_text(c, "keywords");
	struct buf row = { 0 };
	struct part line;

	if (cited_line(&languages, &line))
		put_part(out, "language", line);
	while (cited_line(&keywords, &line)) {
		buf_puts(&row, row.len > 0 ? ", " : "");
		buf_put(&row, line.at, line.len);
	}
	put(out, "keyword", buf_text(&row));
	buf_free(&row);
}

static void
put_links(struct buf *out, const struct cited *c)
{
	struct buf url = { 0 };

	cited_url(&url, c);
	put(out, "URL", url.data);
	put(out, "DOI", cited_text(c, "doi"));
	buf_free(&url);
}

void
csl_put(struct buf *out, const struct cited *c)
{
	const char *type = cited_text(c, "csl");

	buf_puts(out, c->n > 0 ? ",\n{\"id\":\"" : "{\"id\":\"");
	cited_key(out, c);
	buf_putc(out, '"');
	put(out, "type", type);
	put_authors(out, c);
	put(out, "title", cited_text(c, "title"));
	put(out, "container-title", cited_text(c, "journal"));
	put(out, "collection-title", cited_text(c, "series"));
	put_date(out, c);
	put(out, "publisher", cited_publisher(c));
	put(out, "publisher-place", cited_text(c, "place"));
	put(out, strcmp(type, "article-journal") == 0 ? "issue" : "number",
	    cited_text(c, "number"));
	put_pages(out, c);
	put(out, "genre", cited_text(c, "genre"));
	put_lines(out, c);
	put(out, "abstract", cited_text(c, "abstract"));
	put_links(out, c);
	put(out, "source", c->site);
	buf_putc(out, '}');
}
