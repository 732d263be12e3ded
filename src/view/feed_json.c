/*
 * JSON Feed 1.1.
 */
#include <string.h>

#include "view/feed_own.h"
#include "view/json.h"
#include "view/xml.h"

/* Begin a member or an element: a comma, unless it is the first. */
static void
begin(struct buf *out)
{
	if (out->len > 0 && strchr("{[", out->data[out->len - 1]) == NULL)
		buf_puts(out, ",\n");
}

/* "name": "text"; nothing if the text is empty. */
static void
put(struct buf *out, const char *name, const char *text)
{
	struct buf clean = { 0 };

	if (*text == '\0')
		return;
	begin(out);
	buf_printf(out, "\"%s\": ", name);
	xml_clean(&clean, text, strlen(text));
	json_quote(out, buf_text(&clean), clean.len);
	buf_free(&clean);
}

/* A member that is an array of rows; none if it would be empty. */
static void
put_array(struct writer *w, const char *name, const char *rows,
    out_part_putter *each)
{
	struct buf *out = &w->entries;
	size_t start = out->len;

	begin(out);
	buf_printf(out, "\"%s\": [", name);
	if (out_each(w, rows, 0, each) > 0) {
		buf_putc(out, ']');
		return;
	}
	out->len = start;
	out->data[start] = '\0';
}

static void
put_author(struct writer *w, const struct query *row)
{
	const char *url = out_cell(row, "url");

	begin(&w->entries);
	buf_putc(&w->entries, '{');
	put(&w->entries, "name", out_cell(row, "name"));
	if (*url != '\0')
		put(&w->entries, "url", out_url(w, url));
	buf_putc(&w->entries, '}');
}

static void
put_tag(struct writer *w, const struct query *row)
{
	const char *label = out_cell(row, "label");

	begin(&w->entries);
	json_quote(&w->entries, label, strlen(label));
}

static void
put_file(struct writer *w, const struct query *row)
{
	struct buf *out = &w->entries;

	begin(out);
	buf_putc(out, '{');
	put(out, "url", out_url(w, out_cell(row, "url")));
	put(out, "mime_type", out_cell(row, "type"));
	put(out, "title", out_cell(row, "label"));
	buf_printf(out, ",\n\"size_in_bytes\": %s}", out_cell(row, "bytes"));
}

static void
put_text(struct writer *w, const struct query *row)
{
	struct buf html = { 0 };

	out_html(w, &html, out_cell(row, "text_html"));
	put(&w->entries, "content_html", buf_text(&html));
	buf_free(&html);
}

/* An item must have a content: its text, or what there is in words. */
static void
put_content(struct writer *w)
{
	const char *summary = out_summary(w);

	if (out_each(w, "_texts", 1, put_text) > 0)
		put(&w->entries, "summary", summary);
	else
		put(&w->entries, "content_text",
		    *summary != '\0' ? summary : out_column(w, "title"));
}

static void
put_item(struct writer *w)
{
	struct buf *out = &w->entries;
	const char *lang = out_column(w, "text_lang");
	char date[OUT_DATE];

	begin(out);
	buf_putc(out, '{');
	put(out, "id", out_entry_id(w));
	put(out, "url", out_url(w, out_column(w, "url")));
	put(out, "title", out_column(w, "title"));
	put(out, "language", *lang != '\0' ? lang : out_value(w, "lang"));
	put(out, "date_published", out_date(date, out_column(w, "published")));
	put(out, "date_modified", out_date(date, out_column(w, "updated")));
	put_content(w);
	put_array(w, "authors", "_authors", put_author);
	put_array(w, "tags", "_categories", put_tag);
	put_array(w, "attachments", "_files", put_file);
	buf_putc(out, '}');
}

static void
put_head(struct writer *w)
{
	const char *next = out_value(w, "next_url");
	struct buf title = { 0 };

	out_title(w, &title);
	put(w->out, "version", "https://jsonfeed.org/version/1.1");
	put(w->out, "title", buf_text(&title));
	buf_free(&title);
	put(w->out, "description", w->feed->about);
	put(w->out, "language", out_value(w, "lang"));
	put(w->out, "home_page_url", out_home_url(w));
	put(w->out, "feed_url",
	    out_list_url(w, w->extension, out_value(w, "query")));
	if (*next != '\0')
		put(w->out, "next_url", out_list_url(w, w->extension, next));
	buf_puts(w->out, ",\n\"authors\": [{");
	put(w->out, "name", w->feed->site);
	buf_puts(w->out, "}]");
	if (*w->feed->hub == '\0')
		return;
	buf_puts(w->out, ",\n\"hubs\": [{\"type\": \"WebSub\"");
	put(w->out, "url", w->feed->hub);
	buf_puts(w->out, "}]");
}

bool
feed_json(const struct model *m, const struct feed *f, struct buf *out)
{
	struct writer w = {
		.model = m, .feed = f, .extension = ".jsonfeed", .out = out
	};

	buf_putc(&w.entries, '[');
	if (!out_entries(&w, put_item)) {
		buf_free(&w.entries);
		return false;
	}
	buf_putc(out, '{');
	put_head(&w);
	buf_puts(out, ",\n\"items\": ");
	out_finish(&w, "]}\n");
	return true;
}
