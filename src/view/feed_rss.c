/*
 * RSS 2.0, with what it lacks borrowed from Atom, Dublin Core and the content
 * module.
 */
#include <string.h>

#include "view/feed_own.h"
#include "view/xml.h"

static void
put_author(struct writer *w, const struct query *row)
{
	out_element(&w->entries, "dc:creator", out_cell(row, "name"));
}

static void
put_category(struct writer *w, const struct query *row)
{
	struct buf *out = &w->entries;
	const char *scheme = out_cell(row, "scheme");
	const char *term = out_cell(row, "term");

	buf_puts(out, "<category");
	if (*scheme != '\0') {
		buf_puts(out, " domain=\"");
		xml_url(out, out_tag(w, scheme));
		buf_putc(out, '"');
	}
	buf_putc(out, '>');
	xml_text(out, term, strlen(term));
	buf_puts(out, "</category>\n");
}

static void
put_file(struct writer *w, const struct query *row)
{
	struct buf *out = &w->entries;
	const char *type = out_cell(row, "type");

	buf_puts(out, "<enclosure url=\"");
	xml_url(out, out_url(w, out_cell(row, "url")));
	buf_printf(out, "\" length=\"%s\" type=\"", out_cell(row, "bytes"));
	xml_text(out, type, strlen(type));
	buf_puts(out, "\"/>\n");
}

static void
put_text(struct writer *w, const struct query *row)
{
	struct buf html = { 0 };

	out_html(w, &html, out_cell(row, "text_html"));
	out_element(&w->entries, "content:encoded", buf_text(&html));
	buf_free(&html);
}

/* pubDate is only said where it is known: a record without is no news because
 * somebody mended it, which atom:updated tells.  One enclosure: readers know
 * no more. */
static void
put_item(struct writer *w)
{
	struct buf *out = &w->entries;
	char date[OUT_DATE];

	buf_puts(out, "<item>\n");
	out_element(out, "title", out_column(w, "title"));
	buf_puts(out, "<link>");
	xml_url(out, out_url(w, out_column(w, "url")));
	buf_puts(out, "</link>\n<guid isPermaLink=\"false\">");
	xml_url(out, out_entry_id(w));
	buf_puts(out, "</guid>\n");
	out_element(out, "pubDate",
	    out_date_mail(date, out_column(w, "published")));
	out_element(out, "atom:updated",
	    out_date(date, out_column(w, "updated")));
	out_each(w, "_authors", 0, put_author);
	out_each(w, "_categories", 0, put_category);
	out_element(out, "dc:language", out_other_lang(w));
	out_element(out, "description", out_summary(w));
	out_each(w, "_texts", 1, put_text);
	out_each(w, "_files", 1, put_file);
	buf_puts(out, "</item>\n");
}

static void
put_head(struct writer *w)
{
	struct buf title = { 0 };
	char date[OUT_DATE];

	out_title(w, &title);
	out_element(w->out, "title", buf_text(&title));
	buf_free(&title);
	out_element(w->out, "link", out_home_url(w));
	out_element(w->out, "description", w->feed->about);
	out_element(w->out, "language", out_value(w, "lang"));
	out_element(w->out, "lastBuildDate", out_date_mail(date, w->newest));
	out_element(w->out, "docs",
	    "https://www.rssboard.org/rss-specification");
	out_element(w->out, "ttl", "60");
	out_links(w, "atom:link", "application/rss+xml");
	out_counts(w);
}

bool
feed_rss(const struct model *m, const struct feed *f, struct buf *out)
{
	struct writer w = {
		.model = m, .feed = f, .extension = ".rss", .out = out
	};

	if (!out_entries(&w, put_item))
		return false;
	buf_puts(out,
	    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\""
	    " xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
	    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
	    " xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
	    "<channel>\n");
	put_head(&w);
	out_finish(&w, "</channel>\n</rss>\n");
	return true;
}
