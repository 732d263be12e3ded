/*
 * Events: what happens, when and where, newest first; as a calendar too.
 */
#include <string.h>

#include "features/events.h"
#include "web/record.h"
#include "web/select.h"

int
events_index(struct page *p)
{
	static const char *const facets[] = { "event_type", "country", "theme",
		"organisation", "language", "year", NULL };
	const char *base = model_cell(&p->model, "base").text;
	const char *host = strstr(base, "://");

	const char *query = select_tidy(p, model_cell(&p->model, "query").text);

	page_select(p,
	    &(struct selection){ .kind = "event",
		.facets = facets,
		.sort = "newest",
		.per_page = 20 });
	page_rows(p, "results",
	    "SELECT l.kind, l.slug, l.text_lang, l.other_lang, l.title,"
	    "  l.summary, l.url, l.updated, l.published, e.event_type,"
	    "  t.label AS event_type_label,"
	    "  e.date, e.date_end,"
	    "  date_range(e.date, e.date_end, :lang) AS date_text, e.place,"
	    "  substr(e.date, 1, 4) AS year,"
	    "  (SELECT group_concat(country, ';') FROM record_country"
	    "   WHERE record = l.id) AS country,"
	    "  (SELECT group_concat(c.label, ', ') FROM record_country rc"
	    "   JOIN code_label c ON c.list = 'country'"
	    "    AND c.code = rc.country AND c.lang = :lang"
	    "   WHERE rc.record = l.id) AS country_label"
	    " FROM hit h JOIN listed l ON l.id = h.record AND l.ui = :lang"
	    " JOIN event e ON e.record = l.id"
	    " LEFT JOIN code_label t ON t.list = 'event_type'"
	    "  AND t.code = e.event_type AND t.lang = :lang"
	    " ORDER BY h.place");
	page_text(p, "_webcal",
	    arena_printf(&p->arena, "webcal://%s/%s/events.ics%s%s",
		host != NULL ? host + 3 : base, page_lang(p),
		*query != '\0' ? "?" : "", query));
	return page_show(p, 200, "events/index");
}

int
events_item(struct page *p)
{
	if (!record_open(p, "event") ||
	    !page_row(p,
		"SELECT e.event_type, t.label AS event_type_label,"
		"  e.date, e.date_end,"
		"  date_range(e.date, e.date_end, :lang) AS date_text,"
		"  e.date_certainty, b.label AS date_certainty_label,"
		"  e.place, e.note, length(e.date) >= 7 AS _dated"
		" FROM event e"
		" LEFT JOIN code_label t ON t.list = 'event_type'"
		"  AND t.code = e.event_type AND t.lang = :lang"
		" LEFT JOIN code_label b ON b.list = 'date_certainty'"
		"  AND b.code = e.date_certainty AND b.lang = :lang"
		" WHERE e.record = :id"))
		return 404;
	if (p->format == ICALENDAR &&
	    strcmp(model_cell(&p->model, "_dated").text, "0") == 0)
		return 404;
	return page_show(p, 200, "events/item");
}
