#include <string.h>

#include "view/bibtex.h"

/* What a character is to TeX, if that is not itself. */
static const char *
escape(char c)
{
	switch (c) {
	case '&':
		return "\\&";
	case '%':
		return "\\%";
	case '$':
		return "\\$";
	case '#':
		return "\\#";
	case '_':
		return "\\_";
	case '{':
		return "\\textbraceleft{}";
	case '}':
		return "\\textbraceright{}";
	case '~':
		return "\\textasciitilde{}";
	case '^':
		return "\\textasciicircum{}";
	case '\\':
		return "\\textbackslash{}";
	default:
		return NULL;
	}
}

static void
put_tex(struct buf *out, struct part text)
{
	struct buf clean = { 0 };

	cited_clean(&clean, text);
	for (const char *s = buf_text(&clean); *s != '\0'; s++) {
		const char *instead = escape(*s);

		if (instead != NULL)
			buf_puts(out, instead);
		else
			buf_putc(out, *s);
	}
	buf_free(&clean);
}

static void
put(struct buf *out, const char *field, const char *text)
{
	if (*text == '\0')
		return;
	buf_printf(out, ",\n  %s = {", field);
	put_tex(out, (struct part){ text, strlen(text) });
	buf_putc(out, '}');
}

static void
put_title(struct buf *out, const struct cited *c)
{
	const char *title = cited_text(c, "title");

	buf_puts(out, ",\n  title = {{");
	put_tex(out, (struct part){ title, strlen(title) });
	buf_puts(out, "}}");
}

/* An address is read as it is, but must not end the field. */
static void
put_address(struct buf *out, const char *field, const char *url)
{
	if (*url == '\0')
		return;
	buf_printf(out, ",\n  %s = {", field);
	for (; *url != '\0'; url++) {
		if (*url <= ' ' || *url == 0x7f ||
		    strchr("{}\\\"", *url) != NULL)
			buf_printf(out, "%%%02X", (unsigned)(*url & 0xff));
		else
			buf_putc(out, *url);
	}
	buf_putc(out, '}');
}

/* A comma within a name would part it in another place. */
static void
put_name(struct buf *out, struct part name)
{
	bool braces = memchr(name.at, ',', name.len) != NULL;

	if (braces)
		buf_putc(out, '{');
	put_tex(out, name);
	if (braces)
		buf_putc(out, '}');
}

static void
put_author(struct buf *out, const struct author *a)
{
	if (a->given.len == 0) {
		buf_putc(out, '{');
		put_tex(out, a->family);
		buf_putc(out, '}');
		return;
	}
	put_name(out, a->family);
	buf_puts(out, ", ");
	put_name(out, a->given);
}

static void
put_authors(struct buf *out, const struct cited *c)
{
	const char *at = cited_text(c, "authors");
	struct author a;

	if (*at == '\0')
		return;
	buf_puts(out, ",\n  author = {");
	for (const char *and = ""; cited_author(&at, &a); and = " and ") {
		buf_puts(out, and);
		put_author(out, &a);
	}
	buf_putc(out, '}');
}

static void
put_date(struct buf *out, const struct cited *c)
{
	static const char months[][4] = { "jan", "feb", "mar", "apr", "may",
		"jun", "jul", "aug", "sep", "oct", "nov", "dec" };
	int date[3], n = cited_date(c, date);

	if (n > 0)
		buf_printf(out, ",\n  year = {%04d}", date[0]);
	if (n > 1 && date[1] >= 1 && date[1] <= 12)
		buf_printf(out, ",\n  month = %s", months[date[1] - 1]);
	if (n > 2)
		buf_printf(out, ",\n  day = {%d}", date[2]);
}

/* Who brought it out is called otherwise from type to type. */
static void
put_publisher(struct buf *out, const struct cited *c)
{
	static const struct {
		const char *type, *field;
	} names[] = {
		{ "techreport", "institution" },
		{ "manual", "organization" },
		{ "phdthesis", "school" },
		{ "booklet", "howpublished" },
	};
	const char *type = cited_text(c, "bibtex"), *field = "publisher";

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(type, names[i].type) == 0)
			field = names[i].field;
	put(out, field, cited_publisher(c));
}

static void
put_pages(struct buf *out, const struct cited *c)
{
	struct part first, last;

	if (cited_pages(c, &first, &last))
		buf_printf(out, ",\n  pages = {%.*s--%.*s}", (int)first.len,
		    first.at, (int)last.len, last.at);
	else
		put(out, "pagetotal", cited_text(c, "pages"));
}

static void
put_links(struct buf *out, const struct cited *c)
{
	struct buf url = { 0 };

	cited_url(&url, c);
	put_address(out, "url", url.data);
	put_address(out, "doi", cited_text(c, "doi"));
	buf_clear(&url);
	cited_file(&url, c);
	put_address(out, "file", buf_text(&url));
	buf_free(&url);
}

/* "santé, Sénégal" */
static void
put_list(struct buf *out, const char *field, const char *lines)
{
	const char *comma = "";
	struct part line;

	if (*lines == '\0')
		return;
	buf_printf(out, ",\n  %s = {", field);
	for (; cited_line(&lines, &line); comma = ", ") {
		buf_puts(out, comma);
		put_tex(out, line);
	}
	buf_putc(out, '}');
}

void
bibtex_put(struct buf *out, const struct cited *c)
{
	const char *type = cited_text(c, "bibtex");

	buf_printf(out, "@%s{", type);
	cited_key(out, c);
	put_authors(out, c);
	put_title(out, c);
	put(out, strcmp(type, "article") == 0 ? "journal" : "booktitle",
	    cited_text(c, "journal"));
	put(out, "series", cited_text(c, "series"));
	put_date(out, c);
	put_publisher(out, c);
	put(out, "address", cited_text(c, "place"));
	put(out, "number", cited_text(c, "number"));
	put_pages(out, c);
	put(out, strcmp(type, "unpublished") == 0 ? "note" : "type",
	    cited_text(c, "genre"));
	put_list(out, "language", cited_text(c, "language"));
	put_list(out, "keywords", cited_text(c, "keywords"));
	put(out, "abstract", cited_text(c, "abstract"));
	put_links(out, c);
	buf_puts(out, "\n}\n\n");
}
