#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "view/feed.h"
#include "view/xml.h"

static const char nothing_yet[] = "1970-01-01T00:00:00Z";

/* What a feed is written with. */
struct writer {
	const struct model *model;
	const struct feed *feed;
	const struct query *row;
	const char *extension;
	struct buf *out;
	struct buf entries; /* all of them, before the head is known */
	struct buf scratch;
	char newest[32]; /* the last change of any */
};

/*
 * Values and elements.
 */

static const char *
value(const struct writer *w, const char *name)
{
	return model_cell(w->model, name).text;
}

static struct cell
column(const struct writer *w, const char *name)
{
	int i = db_column(w->row, name);

	return i != -1 ? db_cell(w->row, i) : (struct cell){ .text = "" };
}

/* <name>text</name>; nothing if the text is empty. */
static void
put_element(struct buf *out, const char *name, const char *text)
{
	if (*text == '\0')
		return;
	buf_printf(out, "<%s>", name);
	xml_text(out, text, strlen(text));
	buf_printf(out, "</%.*s>\n", (int)strcspn(name, " "), name);
}

/* The address of this list, as a feed if it has an extension. */
static void
put_list_url(struct writer *w, struct buf *out, const char *extension,
    const char *query)
{
	buf_clear(&w->scratch);
	buf_printf(&w->scratch, "%s/%s%s%s%s%s", value(w, "base"),
	    value(w, "lang"), value(w, "path"), extension,
	    *query != '\0' && *query != '?' ? "?" : "", query);
	xml_url(out, w->scratch.data);
}

static void
put_record_url(struct writer *w, struct buf *out)
{
	buf_clear(&w->scratch);
	buf_printf(&w->scratch, "%s%s", value(w, "base"),
	    column(w, "url").text);
	xml_url(out, w->scratch.data);
}

/* tag:example.org,2026: and what it is the name of. */
static void
put_tag(const struct writer *w, struct buf *out, const char *specific)
{
	const char *base = value(w, "base"), *host = strstr(base, "://");

	host = host != NULL ? host + 3 : base;
	buf_puts(out, "tag:");
	xml_text(out, host, strcspn(host, "/:"));
	buf_puts(out, ",2026:");
	xml_url(out, specific);
}

static void
put_entry_id(const struct writer *w, struct buf *out)
{
	put_tag(w, out, column(w, "kind").text);
	buf_putc(out, '/');
	xml_url(out, column(w, "slug").text);
}

/* A feed's name is its choice of records: which page it shows is not in it. */
static void
put_feed_id(struct writer *w, struct buf *out)
{
	struct buf name = { 0 };
	const char *query = value(w, "query");

	buf_printf(&name, "feed/%s%s", value(w, "lang"), value(w, "path"));
	for (const char *sep = "?"; *query != '\0';) {
		size_t len = strcspn(query, "&");

		if (len > 0 && strncmp(query, "page=", 5) != 0) {
			buf_puts(&name, sep);
			buf_put(&name, query, len);
			sep = "&";
		}
		query += len + (query[len] == '&');
	}
	put_tag(w, out, name.data);
	buf_free(&name);
}

static struct cell
text_of_entry(const struct writer *w)
{
	struct cell snippet = column(w, "snippet");

	return snippet.len > 0 ? snippet : column(w, "summary");
}

/*
 * Dates.
 */

/* A time from ISO 8601, cut or not; false if it is none. */
static bool
read_time(const char *iso, struct tm *tm)
{
	int month = 1, day = 1;

	*tm = (struct tm){ 0 };
	if (sscanf(iso, "%4d-%2d-%2dT%2d:%2d:%2d", &tm->tm_year, &month, &day,
		&tm->tm_hour, &tm->tm_min, &tm->tm_sec) < 1)
		return false;
	tm->tm_year -= 1900;
	tm->tm_mon = month - 1;
	tm->tm_mday = day;
	return month >= 1 && month <= 12 && timegm(tm) != -1;
}

/* 2007-11-13T00:00:00Z */
static void
put_date_atom(struct buf *out, const char *name, const char *iso)
{
	char text[32];
	struct tm tm;

	if (!read_time(iso, &tm))
		return;
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	put_element(out, name, text);
}

/* Tue, 13 Nov 2007 00:00:00 GMT, in English whatever the language. */
static void
put_date_rss(struct buf *out, const char *name, const char *iso)
{
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct tm tm;

	if (!read_time(iso, &tm))
		return;
	buf_printf(out, "<%s>%s, %02d %s %04d %02d:%02d:%02d GMT</%s>\n", name,
	    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
	    tm.tm_hour, tm.tm_min, tm.tm_sec, name);
}

/*
 * Both formats.
 */

static void
put_link(struct writer *w, const char *element, const char *rel,
    const char *type, const char *query)
{
	bool html = strcmp(rel, "alternate") == 0;

	buf_printf(w->out, "<%s rel=\"%s\" type=\"%s\" href=\"", element, rel,
	    type);
	put_list_url(w, w->out, html ? "" : w->extension, query);
	buf_puts(w->out, "\"/>\n");
}

static void
put_paging_links(struct writer *w, const char *element, const char *type)
{
	const char *next = value(w, "next_url");
	const char *previous = value(w, "previous_url");

	put_link(w, element, "self", type, value(w, "query"));
	if (*previous != '\0')
		put_link(w, element, "previous", type, previous);
	if (*next != '\0')
		put_link(w, element, "next", type, next);
}

/* How many records the list has in all, as OpenSearch says it. */
static void
put_counts(struct writer *w)
{
	if (*value(w, "total") == '\0')
		return;
	put_element(w->out, "opensearch:totalResults", value(w, "total"));
	put_element(w->out, "opensearch:itemsPerPage", value(w, "limit"));
	buf_printf(w->out,
	    "<opensearch:startIndex>%lld</opensearch:startIndex>\n",
	    atoll(value(w, "offset")) + 1);
}

static void
put_feed_title(struct writer *w)
{
	const char *title = value(w, "_title_text");

	if (*title == '\0')
		title = value(w, "title");
	buf_puts(w->out, "<title>");
	xml_text(w->out, title, strlen(title));
	buf_puts(w->out, *title != '\0' ? " · " : "");
	xml_text(w->out, w->feed->site, strlen(w->feed->site));
	buf_puts(w->out, "</title>\n");
}

/* Write the entries; the feed as a whole is as new as the newest. */
static bool
put_entries(struct writer *w, void put_entry(struct writer *))
{
	const struct value *v = model_find(w->model, "results");

	if (v == NULL || v->rows == NULL)
		return false;
	w->row = v->rows;
	snprintf(w->newest, sizeof(w->newest), "%s", nothing_yet);
	db_start(v->rows, scope_lookup, &(struct scope){ .model = w->model });
	while (db_next(v->rows)) {
		const char *updated = column(w, "updated").text;

		if (strcmp(updated, w->newest) > 0)
			snprintf(w->newest, sizeof(w->newest), "%s", updated);
		put_entry(w);
	}
	return true;
}

static void
finish(struct writer *w, const char *end)
{
	buf_put(w->out, buf_text(&w->entries), w->entries.len);
	buf_puts(w->out, end);
	buf_free(&w->entries);
	buf_free(&w->scratch);
}

/*
 * Atom.
 */

static void
put_atom_entry(struct writer *w)
{
	struct buf *out = &w->entries;
	struct cell text = text_of_entry(w);
	const char *lang = column(w, "text_lang").text;

	buf_puts(out, "<entry");
	if (*lang != '\0' && strcmp(lang, value(w, "lang")) != 0)
		buf_printf(out, " xml:lang=\"%s\"", lang);
	buf_puts(out, ">\n<id>");
	put_entry_id(w, out);
	buf_puts(out, "</id>\n");
	put_element(out, "title", column(w, "title").text);
	buf_puts(out, "<link rel=\"alternate\" type=\"text/html\" href=\"");
	put_record_url(w, out);
	buf_puts(out, "\"/>\n");
	put_date_atom(out, "updated", column(w, "updated").text);
	put_date_atom(out, "published", column(w, "published").text);
	buf_puts(out, "<category term=\"");
	xml_url(out, column(w, "kind").text);
	buf_puts(out, "\" scheme=\"");
	put_tag(w, out, "kind");
	buf_puts(out, "\"/>\n");
	put_element(out, "summary", text.text);
	buf_puts(out, "</entry>\n");
}

bool
feed_atom(const struct model *m, const struct feed *f, struct buf *out)
{
	struct writer w = {
		.model = m, .feed = f, .extension = ".atom", .out = out
	};

	if (!put_entries(&w, put_atom_entry))
		return false;
	buf_printf(out,
	    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<feed xmlns=\"http://www.w3.org/2005/Atom\""
	    " xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\""
	    " xml:lang=\"%s\">\n<id>",
	    value(&w, "lang"));
	put_feed_id(&w, out);
	buf_puts(out, "</id>\n");
	put_feed_title(&w);
	put_element(out, "subtitle", f->about);
	put_date_atom(out, "updated", w.newest);
	buf_puts(out, "<author>");
	put_element(out, "name", f->site);
	buf_puts(out, "</author>\n");
	put_link(&w, "link", "alternate", "text/html", value(&w, "query"));
	put_paging_links(&w, "link", "application/atom+xml");
	put_counts(&w);
	finish(&w, "</feed>\n");
	return true;
}

/*
 * RSS.
 */

static void
put_rss_item(struct writer *w)
{
	struct buf *out = &w->entries;
	struct cell text = text_of_entry(w);
	const char *lang = column(w, "text_lang").text;
	const char *published = column(w, "published").text;

	buf_puts(out, "<item>\n");
	put_element(out, "title", column(w, "title").text);
	buf_puts(out, "<link>");
	put_record_url(w, out);
	buf_puts(out, "</link>\n<guid isPermaLink=\"false\">");
	put_entry_id(w, out);
	buf_puts(out, "</guid>\n");
	put_date_rss(out, "pubDate",
	    *published != '\0' ? published : column(w, "updated").text);
	put_element(out, "category", column(w, "kind").text);
	if (strcmp(lang, value(w, "lang")) != 0)
		put_element(out, "dc:language", lang);
	put_element(out, "description", text.text);
	buf_puts(out, "</item>\n");
}

bool
feed_rss(const struct model *m, const struct feed *f, struct buf *out)
{
	struct writer w = {
		.model = m, .feed = f, .extension = ".rss", .out = out
	};

	if (!put_entries(&w, put_rss_item))
		return false;
	buf_puts(out,
	    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\""
	    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
	    " xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
	    "<channel>\n");
	put_feed_title(&w);
	buf_puts(out, "<link>");
	put_list_url(&w, out, "", value(&w, "query"));
	buf_puts(out, "</link>\n");
	put_element(out, "description", f->about);
	put_element(out, "language", value(&w, "lang"));
	put_date_rss(out, "lastBuildDate", w.newest);
	buf_puts(out, "<ttl>60</ttl>\n");
	put_paging_links(&w, "atom:link", "application/rss+xml");
	put_counts(&w);
	finish(&w, "</channel>\n</rss>\n");
	return true;
}
