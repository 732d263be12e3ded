#include <string.h>

#include "view/opml.h"
#include "view/xml.h"

static void
put_attribute(struct buf *out, const char *name, const char *text)
{
	buf_printf(out, " %s=\"", name);
	xml_text(out, text, strlen(text));
	buf_putc(out, '"');
}

static const char *
column(const struct query *row, const char *name)
{
	return db_text(row, db_column(row, name));
}

static void
put_outline(const struct model *m, const struct query *row, struct buf *out)
{
	buf_puts(out, "<outline type=\"rss\"");
	put_attribute(out, "text", column(row, "title"));
	put_attribute(out, "title", column(row, "title"));
	put_attribute(out, "xmlUrl", column(row, "xml_url"));
	put_attribute(out, "htmlUrl", column(row, "html_url"));
	put_attribute(out, "language", model_cell(m, "lang").text);
	buf_puts(out, "/>\n");
}

static void
put_group(const struct model *m, const struct query *row, struct buf *out)
{
	const struct value *v = model_find(m, "outlines");
	const struct scope page = { .model = m };
	const struct scope group = { .row = row, .outer = &page, .model = m };

	buf_puts(out, "<outline");
	put_attribute(out, "text", column(row, "label"));
	buf_puts(out, ">\n");
	db_start(v->rows, scope_lookup, &group);
	while (db_next(v->rows))
		put_outline(m, v->rows, out);
	buf_puts(out, "</outline>\n");
}

bool
opml_render(const struct model *m, const char *site, struct buf *out)
{
	const struct value *v = model_find(m, "groups");
	const char *title = model_cell(m, "title").text;

	if (v == NULL || v->rows == NULL)
		return false;
	buf_puts(out,
	    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<opml version=\"2.0\">\n<head><title>");
	xml_text(out, title, strlen(title));
	buf_puts(out, " · ");
	xml_text(out, site, strlen(site));
	buf_puts(out,
	    "</title><docs>http://opml.org/spec2.opml</docs></head>\n"
	    "<body>\n");
	db_start(v->rows, scope_lookup, &(struct scope){ .model = m });
	while (db_next(v->rows))
		put_group(m, v->rows, out);
	buf_puts(out, "</body>\n</opml>\n");
	return true;
}
