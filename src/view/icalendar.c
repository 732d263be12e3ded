#include <stdio.h>
#include <string.h>
#include <time.h>

#include "data/plain.h"
#include "view/contentline.h"
#include "view/icalendar.h"

enum { DAY = 10, MONTH = 7, DATE = 9, STAMP = 17 };

struct writer {
	const struct calendar *calendar;
	const char *base;
	struct buf *out;
	size_t events;
};

static const char *
column(const struct query *row, const char *name)
{
	return db_text(row, db_column(row, name));
}

/* A line with words in a language: SUMMARY;LANGUAGE=fr:… */
static void
put_words(struct writer *w, const char *name, const char *lang,
    const char *text)
{
	char with[64];

	if (*lang != '\0')
		snprintf(with, sizeof(with), "%s;LANGUAGE=%.20s", name, lang);
	contentline_text(w->out, *lang != '\0' ? with : name, text);
}

/* 20071113, or the day after the day or month that is named; false if that is
 * no date. */
static bool
day(char date[DATE], const char *iso, bool after)
{
	struct tm tm = { .tm_mday = 1 };
	bool month = strlen(iso) < DAY;

	if (sscanf(iso, "%4d-%2d-%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday) <
	    2)
		return false;
	tm.tm_year -= 1900;
	tm.tm_mon += (after && month) - 1;
	tm.tm_mday += after && !month;
	return timegm(&tm) != -1 && strftime(date, DATE, "%Y%m%d", &tm) > 0;
}

/* 20261201T011520Z, of 2026-12-01T01:15:20Z. */
static const char *
stamp(char to[STAMP], const char *iso)
{
	size_t n = 0;

	for (; *iso != '\0' && n < STAMP - 1; iso++)
		if (*iso != '-' && *iso != ':')
			to[n++] = *iso;
	to[n] = '\0';
	return to;
}

/* The first day and the day after the last: all that is needed is that the
 * month is known. */
static bool
put_dates(struct writer *w, const struct query *row)
{
	const char *first = column(row, "date"),
		   *last = column(row, "date_end");
	char start[DATE], end[DATE];

	if (strlen(last) < MONTH || strcmp(last, first) < 0)
		last = first;
	if (strlen(first) < MONTH || !day(start, first, false) ||
	    !day(end, last, true))
		return false;
	contentline_printf(w->out, "BEGIN:VEVENT");
	contentline_printf(w->out, "DTSTART;VALUE=DATE:%s", start);
	contentline_printf(w->out, "DTEND;VALUE=DATE:%s", end);
	return true;
}

/* A part of the description, with an empty line before it. */
static void
put_part(struct buf *text, const char *part, size_t len)
{
	while (len > 0 && *part == ' ') {
		part++;
		len--;
	}
	while (len > 0 && part[len - 1] == ' ')
		len--;
	if (text->len > 0 && len > 0)
		buf_puts(text, "\n\n");
	buf_put(text, part, len);
}

/* The summary, the text, and what is to be known of the date. */
static void
put_description(struct writer *w, const struct query *row, const char *lang)
{
	struct buf text = { 0 }, body = { 0 };
	const char *summary = column(row, "summary");
	const char *month =
	    strlen(column(row, "date")) < DAY ? w->calendar->month : "";
	const char *note = column(row, "certainty");

	plain_html(&body, column(row, "body_html"));
	put_part(&text, summary, strlen(summary));
	put_part(&text, buf_text(&body), body.len);
	put_part(&text, month, strlen(month));
	put_part(&text, note, strlen(note));
	buf_free(&body);
	put_words(w, "DESCRIPTION", lang, buf_text(&text));
	buf_free(&text);
}

/* CATEGORIES:one,two of lines. */
static void
put_categories(struct writer *w, const char *lines)
{
	struct buf value = { 0 };

	while (*lines != '\0') {
		size_t n = strcspn(lines, "\n");

		if (value.len > 0)
			buf_putc(&value, ',');
		contentline_escape(&value, lines, n);
		lines += n + (lines[n] == '\n');
	}
	if (value.len > 0)
		contentline_printf(w->out, "CATEGORIES:%s", value.data);
	buf_free(&value);
}

static void
put_place(struct writer *w, const struct query *row)
{
	struct buf text = { 0 };
	const char *place = column(row, "place");
	const char *country = column(row, "country");

	buf_printf(&text, "%s%s%s", place,
	    *place != '\0' && *country != '\0' ? ", " : "", country);
	contentline_text(w->out, "LOCATION", buf_text(&text));
	buf_free(&text);
}

static void
put_revision(struct writer *w, const struct query *row)
{
	const char *host = strstr(w->base, "://");
	const char *updated = column(row, "updated");
	char time[STAMP];

	host = host != NULL ? host + 3 : w->base;
	contentline_printf(w->out, "UID:event-%s@%.*s", column(row, "slug"),
	    (int)strcspn(host, "/:"), host);
	contentline_printf(w->out, "DTSTAMP:%s", stamp(time, updated));
	contentline_printf(w->out, "LAST-MODIFIED:%s", time);
	contentline_printf(w->out, "SEQUENCE:%s", column(row, "sequence"));
}

static void
put_event(void *context, const struct query *row, size_t n)
{
	struct writer *w = context;
	const char *lang = column(row, "text_lang");
	bool cancelled = strcmp(column(row, "cancelled"), "1") == 0;

	(void)n;
	if (!put_dates(w, row))
		return;
	put_revision(w, row);
	put_words(w, "SUMMARY", lang, column(row, "title"));
	contentline_printf(w->out, "STATUS:%s",
	    cancelled ? "CANCELLED" : "CONFIRMED");
	contentline_printf(w->out, "TRANSP:TRANSPARENT");
	contentline_printf(w->out, "URL:%s%s", w->base, column(row, "url"));
	if (!cancelled) {
		put_description(w, row, lang);
		put_categories(w, column(row, "categories"));
		put_place(w, row);
	}
	contentline_printf(w->out, "END:VEVENT");
	w->events++;
}

bool
icalendar_render(const struct model *m, const struct calendar *c,
    struct buf *out)
{
	struct writer w = {
		.calendar = c, .base = model_cell(m, "base").text, .out = out
	};
	const char *title = model_cell(m, "_feed_title").text;
	struct buf name = { 0 };
	bool rows;

	buf_printf(&name, "%s · %s", title, c->site);
	contentline_printf(out, "BEGIN:VCALENDAR");
	contentline_printf(out, "VERSION:2.0");
	contentline_printf(out, "PRODID:-//Mutua//Events//EN");
	contentline_printf(out, "CALSCALE:GREGORIAN");
	contentline_text(out, "NAME", name.data);
	contentline_text(out, "X-WR-CALNAME", name.data);
	contentline_printf(out, "REFRESH-INTERVAL;VALUE=DURATION:PT12H");
	contentline_printf(out, "X-PUBLISHED-TTL:PT12H");
	rows = model_each(m, "_calendar", put_event, &w);
	model_each(m, "_cancelled", put_event, &w);
	contentline_printf(out, "END:VCALENDAR");
	buf_free(&name);
	if (rows &&
	    (w.events > 0 || *model_find(m, "_calendar")->within != '\0'))
		return true;
	buf_clear(out);
	return false;
}
