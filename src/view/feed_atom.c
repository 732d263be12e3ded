/*
 * Atom: RFC 4287, and pages by RFC 5005.
 */
#include <string.h>

#include "view/feed_own.h"
#include "view/xml.h"

static void
put_attribute(struct buf *out, const char *name, const char *text)
{
	if (*text == '\0')
		return;
	buf_printf(out, " %s=\"", name);
	xml_text(out, text, strlen(text));
	buf_putc(out, '"');
}

static void
put_author(struct writer *w, const struct query *row)
{
	const char *url = out_cell(row, "url");

	buf_puts(&w->entries, "<author>");
	out_element(&w->entries, "name", out_cell(row, "name"));
	if (*url != '\0')
		out_element(&w->entries, "uri", out_url(w, url));
	buf_puts(&w->entries, "</author>\n");
}

static void
put_category(struct writer *w, const struct query *row)
{
	const char *scheme = out_cell(row, "scheme");

	buf_puts(&w->entries, "<category");
	put_attribute(&w->entries, "term", out_cell(row, "term"));
	if (*scheme != '\0')
		put_attribute(&w->entries, "scheme", out_tag(w, scheme));
	put_attribute(&w->entries, "label", out_cell(row, "label"));
	buf_puts(&w->entries, "/>\n");
}

static void
put_file(struct writer *w, const struct query *row)
{
	buf_puts(&w->entries, "<link rel=\"enclosure\"");
	put_attribute(&w->entries, "type", out_cell(row, "type"));
	put_attribute(&w->entries, "length", out_cell(row, "bytes"));
	put_attribute(&w->entries, "title", out_cell(row, "label"));
	put_attribute(&w->entries, "href", out_url(w, out_cell(row, "url")));
	buf_puts(&w->entries, "/>\n");
}

/* HTML in XML: escaped, once. */
static void
put_text(struct writer *w, const struct query *row)
{
	struct buf html = { 0 };

	out_html(w, &html, out_cell(row, "text_html"));
	out_element(&w->entries, "content type=\"html\"", buf_text(&html));
	buf_free(&html);
}

static void
put_entry(struct writer *w)
{
	struct buf *out = &w->entries;
	char date[OUT_DATE];

	buf_puts(out, "<entry");
	put_attribute(out, "xml:lang", out_other_lang(w));
	buf_puts(out, ">\n");
	out_element(out, "id", out_entry_id(w));
	out_element(out, "title", out_column(w, "title"));
	buf_puts(out, "<link rel=\"alternate\" type=\"text/html\"");
	put_attribute(out, "href", out_url(w, out_column(w, "url")));
	buf_puts(out, "/>\n");
	out_element(out, "updated", out_date(date, out_column(w, "updated")));
	out_element(out, "published",
	    out_date(date, out_column(w, "published")));
	out_each(w, "_authors", 0, put_author);
	out_each(w, "_categories", 0, put_category);
	out_each(w, "_files", 0, put_file);
	out_element(out, "summary", out_summary(w));
	out_each(w, "_texts", 1, put_text);
	buf_puts(out, "</entry>\n");
}

static void
put_head(struct writer *w)
{
	struct buf title = { 0 };
	char date[OUT_DATE];

	out_element(w->out, "id", out_id(w));
	out_title(w, &title);
	out_element(w->out, "title", buf_text(&title));
	buf_free(&title);
	out_element(w->out, "subtitle", w->feed->about);
	out_element(w->out, "updated", out_date(date, w->newest));
	buf_puts(w->out, "<author>");
	out_element(w->out, "name", w->feed->site);
	buf_puts(w->out,
	    "</author>\n<link rel=\"alternate\" type=\"text/html\"");
	put_attribute(w->out, "href", out_home_url(w));
	buf_puts(w->out, "/>\n");
	out_links(w, "link", "application/atom+xml");
	out_counts(w);
}

bool
feed_atom(const struct model *m, const struct feed *f, struct buf *out)
{
	struct writer w = {
		.model = m, .feed = f, .extension = ".atom", .out = out
	};

	if (!out_entries(&w, put_entry))
		return false;
	buf_printf(out,
	    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<feed xmlns=\"http://www.w3.org/2005/Atom\""
	    " xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\""
	    " xml:lang=\"%s\">\n",
	    out_value(&w, "lang"));
	put_head(&w);
	out_finish(&w, "</feed>\n");
	return true;
}
