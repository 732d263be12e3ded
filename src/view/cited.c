#include <stdio.h>
#include <string.h>

#include "view/cited.h"
#include "view/xml.h"

/* What each row is written by. */
struct writing {
	struct cited cited;
	struct buf *out;
	cited_writer *write;
};

static void
write_row(void *ctx, const struct query *row, size_t n)
{
	struct writing *w = ctx;

	w->cited.row = row;
	w->cited.n = n;
	w->write(w->out, &w->cited);
}

bool
cited_each(const struct model *m, const char *site, struct buf *out,
    cited_writer *write)
{
	struct writing w = {
		.cited = { .base = model_cell(m, "base").text, .site = site },
		.out = out,
		.write = write,
	};

	return model_each(m, "_cited", write_row, &w);
}

const char *
cited_text(const struct cited *c, const char *column)
{
	return db_text(c->row, db_column(c->row, column));
}

const char *
cited_publisher(const struct cited *c)
{
	const char *publisher = cited_text(c, "publisher");

	return *publisher != '\0' ||
		strcmp(cited_text(c, "kind"), "document") == 0
	    ? publisher
	    : c->site;
}

void
cited_key(struct buf *out, const struct cited *c)
{
	buf_printf(out, "%s:%s", cited_text(c, "kind"), cited_text(c, "slug"));
}

void
cited_url(struct buf *out, const struct cited *c)
{
	const char *url = cited_text(c, "url");

	if (*url != '\0')
		buf_puts(out, url);
	else
		buf_printf(out, "%s%s", c->base, cited_text(c, "page"));
}

void
cited_file(struct buf *out, const struct cited *c)
{
	const char *file = cited_text(c, "file");

	if (*file != '\0')
		buf_printf(out, "%s%s", c->base, file);
}

bool
cited_line(const char **at, struct part *line)
{
	size_t len = strcspn(*at, "\n");

	*line = (struct part){ *at, len };
	*at += len + ((*at)[len] == '\n');
	return len > 0;
}

bool
cited_author(const char **at, struct author *a)
{
	struct part line;
	const char *tab;

	if (!cited_line(at, &line))
		return false;
	tab = memchr(line.at, '\t', line.len);
	a->family = line;
	a->given = (struct part){ "", 0 };
	if (tab == NULL)
		return true;
	a->family.len = (size_t)(tab - line.at);
	a->given = (struct part){ tab + 1, line.len - a->family.len - 1 };
	return true;
}

int
cited_date(const struct cited *c, int numbers[3])
{
	int n = sscanf(cited_text(c, "date"), "%4d-%2d-%2d", &numbers[0],
	    &numbers[1], &numbers[2]);

	return n > 0 ? n : 0;
}

bool
cited_pages(const struct cited *c, struct part *first, struct part *last)
{
	static const char number[] = "0123456789ivxlcIVXLC";
	const char *pages = cited_text(c, "pages"), *next;
	size_t n = strspn(pages, number);

	next = pages + n;
	*first = (struct part){ pages, n };
	if (*next == '-')
		next++;
	else if (strncmp(next, "–", 3) == 0)
		next += 3;
	else
		return false;
	*last = (struct part){ next, strspn(next, number) };
	return n > 0 && last->len > 0 && next[last->len] == '\0';
}

void
cited_clean(struct buf *out, struct part text)
{
	struct buf clean = { 0 };
	bool blank = false;

	xml_clean(&clean, text.at, text.len);
	for (const char *s = buf_text(&clean); *s != '\0'; s++) {
		if (*s == ' ' || *s == '\n' || *s == '\r' || *s == '\t') {
			blank = true;
			continue;
		}
		if (blank && s > clean.data)
			buf_putc(out, ' ');
		blank = false;
		buf_putc(out, *s);
	}
	buf_free(&clean);
}
