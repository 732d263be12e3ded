#include <string.h>

#include "view/ris.h"

static void
put_part(struct buf *out, const char *tag, struct part text)
{
	if (text.len == 0)
		return;
	buf_printf(out, "%s  - ", tag);
	cited_clean(out, text);
	buf_puts(out, "\r\n");
}

static void
put(struct buf *out, const char *tag, const char *text)
{
	put_part(out, tag, (struct part){ text, strlen(text) });
}

static void
put_column(struct buf *out, const struct cited *c, const char *tag,
    const char *column)
{
	put(out, tag, cited_text(c, column));
}

static void
put_each(struct buf *out, const char *tag, const char *lines)
{
	struct part line;

	while (cited_line(&lines, &line))
		put_part(out, tag, line);
}

static void
put_authors(struct buf *out, const struct cited *c)
{
	const char *at = cited_text(c, "authors");
	struct author a;

	while (cited_author(&at, &a)) {
		buf_puts(out, "AU  - ");
		cited_clean(out, a.family);
		if (a.given.len > 0)
			buf_puts(out, ", ");
		cited_clean(out, a.given);
		buf_puts(out, "\r\n");
	}
}

/* PY  - 2007, and DA  - 2007/11/13/ as far as it is known. */
static void
put_date(struct buf *out, const struct cited *c)
{
	int date[3], n = cited_date(c, date);

	if (n == 0)
		return;
	buf_printf(out, "PY  - %04d\r\nDA  - %04d/", date[0], date[0]);
	for (int i = 1; i < 3; i++)
		if (i < n)
			buf_printf(out, "%02d/", date[i]);
		else
			buf_putc(out, '/');
	buf_puts(out, "\r\n");
}

static void
put_pages(struct buf *out, const struct cited *c)
{
	struct part first, last;

	if (!cited_pages(c, &first, &last)) {
		put_column(out, c, "SP", "pages");
		return;
	}
	put_part(out, "SP", first);
	put_part(out, "EP", last);
}

static void
put_addresses(struct buf *out, const struct cited *c)
{
	struct buf url = { 0 };

	cited_url(&url, c);
	put(out, "UR", url.data);
	buf_clear(&url);
	cited_file(&url, c);
	put(out, "L1", buf_text(&url));
	buf_free(&url);
}

void
ris_put(struct buf *out, const struct cited *c)
{
	struct buf key = { 0 };

	put_column(out, c, "TY", "ris");
	put_authors(out, c);
	put_column(out, c, "TI", "title");
	put_column(out, c, "T2", "journal");
	put_column(out, c, "T3", "series");
	put_date(out, c);
	put(out, "PB", cited_publisher(c));
	put_column(out, c, "CY", "place");
	put_column(out, c, "IS", "number");
	put_pages(out, c);
	put_column(out, c, "M3", "genre");
	put_column(out, c, "AB", "abstract");
	put_each(out, "KW", cited_text(c, "keywords"));
	put_each(out, "LA", cited_text(c, "language"));
	put_column(out, c, "DO", "doi");
	put_addresses(out, c);
	put(out, "DB", c->site);
	cited_key(&key, c);
	put(out, "ID", key.data);
	buf_puts(out, "ER  - \r\n\r\n");
	buf_free(&key);
}
