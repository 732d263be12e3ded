/*
 * What all formats of feeds share: addresses, ids, dates, rows.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/url.h"
#include "view/feed_own.h"
#include "view/xml.h"

static const char nothing_yet[] = "1970-01-01T00:00:00Z";

/*
 * Values.
 */

const char *
out_value(const struct writer *w, const char *name)
{
	return model_cell(w->model, name).text;
}

const char *
out_cell(const struct query *row, const char *name)
{
	int i = db_column(row, name);

	return i != -1 ? db_cell(row, i).text : "";
}

const char *
out_column(const struct writer *w, const char *name)
{
	return out_cell(w->row, name);
}

void
out_title(const struct writer *w, struct buf *out)
{
	const char *title = out_value(w, "_feed_title");

	if (*title == '\0')
		title = out_value(w, "title");
	buf_printf(out, "%s%s%s", title, *title != '\0' ? " · " : "",
	    w->feed->site);
}

const char *
out_summary(const struct writer *w)
{
	const char *snippet = out_column(w, "snippet");

	return *snippet != '\0' ? snippet : out_column(w, "summary");
}

const char *
out_other_lang(const struct writer *w)
{
	const char *lang = out_column(w, "text_lang");

	return strcmp(lang, out_value(w, "lang")) != 0 ? lang : "";
}

/*
 * Addresses and ids.
 */

const char *
out_url(struct writer *w, const char *path)
{
	buf_clear(&w->scratch);
	if (*path == '/')
		url_clean(&w->scratch, out_value(w, "base"));
	url_clean(&w->scratch, path);
	return buf_text(&w->scratch);
}

const char *
out_list_url(struct writer *w, const char *extension, const char *query)
{
	struct buf path = { 0 };
	const char *url;

	buf_printf(&path, "/%s%s%s%s%s", out_value(w, "lang"),
	    out_value(w, "path"), extension,
	    *query != '\0' && *query != '?' ? "?" : "", query);
	url = out_url(w, path.data);
	buf_free(&path);
	return url;
}

/* A feed is of a choice of records: which page it shows is not in it. */
const char *
out_home_url(struct writer *w)
{
	struct buf query = { 0 };
	const char *url;

	url_drop(&query, out_value(w, "query"), "page");
	url = out_list_url(w, "", buf_text(&query));
	buf_free(&query);
	return url;
}

/* tag:example.org,2026: and what it is the name of. */
const char *
out_tag(struct writer *w, const char *specific)
{
	const char *base = out_value(w, "base"), *host = strstr(base, "://");

	host = host != NULL ? host + 3 : base;
	buf_clear(&w->scratch);
	buf_printf(&w->scratch, "tag:%.*s,2026:", (int)strcspn(host, "/:"),
	    host);
	url_clean(&w->scratch, specific);
	return w->scratch.data;
}

const char *
out_id(struct writer *w)
{
	struct buf name = { 0 }, query = { 0 };
	const char *id;

	url_drop(&query, out_value(w, "query"), "page");
	buf_printf(&name, "feed/%s%s%s", out_value(w, "lang"),
	    out_value(w, "path"), buf_text(&query));
	id = out_tag(w, name.data);
	buf_free(&name);
	buf_free(&query);
	return id;
}

const char *
out_entry_id(struct writer *w)
{
	struct buf name = { 0 };
	const char *id;

	buf_printf(&name, "%s/%s", out_column(w, "kind"),
	    out_column(w, "slug"));
	id = out_tag(w, name.data);
	buf_free(&name);
	return id;
}

/* Attributes have quotes, and quotes in text are entities: data/markdown. */
void
out_html(struct writer *w, struct buf *out, const char *html)
{
	static const char *const links[] = { " href=\"/", " src=\"/" };
	const char *run = html, *at = html;

	while ((at = strstr(at, "=\"/")) != NULL) {
		size_t end = (size_t)(at + 3 - html);

		at += 2;
		for (size_t i = 0; i < 2; i++) {
			size_t n = strlen(links[i]);

			if (n > end || memcmp(html + end - n, links[i], n) != 0)
				continue;
			buf_put(out, run, (size_t)(at - run));
			buf_puts(out, out_value(w, "base"));
			run = at;
		}
	}
	buf_puts(out, run);
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

const char *
out_date(char text[OUT_DATE], const char *iso)
{
	struct tm tm;

	if (!read_time(iso, &tm))
		return "";
	strftime(text, OUT_DATE, "%Y-%m-%dT%H:%M:%SZ", &tm);
	return text;
}

/* strftime() would name days and months in the language of the locale. */
const char *
out_date_mail(char text[OUT_DATE], const char *iso)
{
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct tm tm;

	if (!read_time(iso, &tm))
		return "";
	snprintf(text, OUT_DATE, "%s, %02d %s %04d %02d:%02d:%02d GMT",
	    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
	    tm.tm_hour, tm.tm_min, tm.tm_sec);
	return text;
}

/*
 * Rows.
 */

bool
out_entries(struct writer *w, out_putter *put)
{
	const struct value *v = model_find(w->model, "results");

	if (v == NULL || v->rows == NULL)
		return false;
	w->row = v->rows;
	snprintf(w->newest, sizeof(w->newest), "%s", nothing_yet);
	db_start(v->rows, scope_lookup, &(struct scope){ .model = w->model });
	while (db_next(v->rows)) {
		const char *updated = out_column(w, "updated");

		if (strcmp(updated, w->newest) > 0)
			snprintf(w->newest, sizeof(w->newest), "%s", updated);
		put(w);
	}
	return true;
}

size_t
out_each(struct writer *w, const char *name, size_t most, out_part_putter *put)
{
	const struct value *v = model_find(w->model, name);
	const struct scope page = { .model = w->model };
	const struct scope record = {
		.row = w->row, .outer = &page, .model = w->model
	};
	size_t n = 0;

	if (v == NULL || v->rows == NULL)
		return 0;
	db_start(v->rows, scope_lookup, &record);
	while ((most == 0 || n < most) && db_next(v->rows)) {
		put(w, v->rows);
		n++;
	}
	return n;
}

void
out_finish(struct writer *w, const char *end)
{
	buf_put(w->out, buf_text(&w->entries), w->entries.len);
	buf_puts(w->out, end);
	buf_free(&w->entries);
	buf_free(&w->scratch);
}

/*
 * XML.
 */

void
out_element(struct buf *out, const char *name, const char *text)
{
	if (*text == '\0')
		return;
	buf_printf(out, "<%s>", name);
	xml_text(out, text, strlen(text));
	buf_printf(out, "</%.*s>\n", (int)strcspn(name, " "), name);
}

static void
put_link(struct writer *w, const char *element, const char *rel,
    const char *type, const char *url)
{
	buf_printf(w->out, "<%s rel=\"%s\"", element, rel);
	if (*type != '\0')
		buf_printf(w->out, " type=\"%s\"", type);
	buf_puts(w->out, " href=\"");
	xml_url(w->out, url);
	buf_puts(w->out, "\"/>\n");
}

void
out_links(struct writer *w, const char *element, const char *type)
{
	static const char *const pages[][2] = { { "previous", "previous_url" },
		{ "next", "next_url" } };

	put_link(w, element, "self", type,
	    out_list_url(w, w->extension, out_value(w, "query")));
	for (size_t i = 0; i < 2; i++) {
		const char *query = out_value(w, pages[i][1]);

		if (*query != '\0')
			put_link(w, element, pages[i][0], type,
			    out_list_url(w, w->extension, query));
	}
	if (*w->feed->hub != '\0')
		put_link(w, element, "hub", "", w->feed->hub);
}

void
out_counts(struct writer *w)
{
	if (*out_value(w, "total") == '\0')
		return;
	out_element(w->out, "opensearch:totalResults", out_value(w, "total"));
	out_element(w->out, "opensearch:itemsPerPage", out_value(w, "limit"));
	buf_printf(w->out,
	    "<opensearch:startIndex>%lld</opensearch:startIndex>\n",
	    atoll(out_value(w, "offset")) + 1);
}
