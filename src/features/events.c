/*
 * News and events: what happened, when and where, newest first.  Of a news
 * item nothing is known but when it was published.
 */
#include "features/events.h"
#include "web/record.h"
#include "web/select.h"

static int
show_list(struct page *p, const char *kind)
{
	static const char *const facets[] = { "event_type", "country", "theme",
		"year", NULL };

	page_select(p,
	    &(struct selection){ .kind = kind,
		.facets = facets,
		.sort = "newest",
		.per_page = 20 });
	page_rows(p, "results",
	    "SELECT l.kind, l.slug, l.text_lang, l.other_lang, l.title,"
	    "  l.summary, l.url, l.updated, l.published, e.event_type,"
	    "  t.label AS event_type_label,"
	    "  coalesce(e.date, l.published) AS date, e.date_end,"
	    "  date_range(coalesce(e.date, l.published), e.date_end, :lang)"
	    "   AS date_text, e.place,"
	    "  substr(coalesce(e.date, l.published), 1, 4) AS year,"
	    "  (SELECT group_concat(country, ';') FROM record_country"
	    "   WHERE record = l.id) AS country,"
	    "  (SELECT group_concat(c.label, ', ') FROM record_country rc"
	    "   JOIN code_label c ON c.list = 'country'"
	    "    AND c.code = rc.country AND c.lang = :lang"
	    "   WHERE rc.record = l.id) AS country_label"
	    " FROM hit h JOIN listed l ON l.id = h.record AND l.ui = :lang"
	    " LEFT JOIN event e ON e.record = l.id"
	    " LEFT JOIN code_label t ON t.list = 'event_type'"
	    "  AND t.code = e.event_type AND t.lang = :lang"
	    " ORDER BY h.place");
	return page_show(p, 200, "events/index");
}

static int
show_item(struct page *p, const char *kind)
{
	if (!record_open(p, kind) ||
	    !page_row(p,
		"SELECT e.event_type, t.label AS event_type_label,"
		"  coalesce(e.date, r.published) AS date, e.date_end,"
		"  date_range(coalesce(e.date, r.published), e.date_end, :lang)"
		"   AS date_text,"
		"  e.date_certainty, b.label AS date_certainty_label,"
		"  e.place, e.note"
		" FROM record r LEFT JOIN event e ON e.record = r.id"
		" LEFT JOIN code_label t ON t.list = 'event_type'"
		"  AND t.code = e.event_type AND t.lang = :lang"
		" LEFT JOIN code_label b ON b.list = 'date_certainty'"
		"  AND b.code = e.date_certainty AND b.lang = :lang"
		" WHERE r.id = :id"))
		return 404;
	return page_show(p, 200, "events/item");
}

int
events_index(struct page *p)
{
	return show_list(p, "event");
}

int
events_item(struct page *p)
{
	return show_item(p, "event");
}

int
events_news(struct page *p)
{
	return show_list(p, "news");
}

int
events_news_item(struct page *p)
{
	return show_item(p, "news");
}
