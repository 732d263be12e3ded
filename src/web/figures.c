#include "web/figures.h"
#include "web/record.h"

static void
name_charts(struct page *p)
{
	page_rows(p, "charts",
	    "SELECT s.indicator, i.label AS indicator_label, s.unit,"
	    "  u.label AS unit_label, s.first_year, s.last_year,"
	    "  number_text(s.top, :lang) AS top,"
	    "  number_text(s.bottom, :lang) AS bottom,"
	    "  (SELECT number_text(value, :lang) FROM figure_point f"
	    "   WHERE f.record = s.record AND f.indicator = s.indicator"
	    "   AND f.unit IS s.unit AND f.year = s.first_year LIMIT 1)"
	    "   AS first_number,"
	    "  (SELECT number_text(value, :lang) FROM figure_point f"
	    "   WHERE f.record = s.record AND f.indicator = s.indicator"
	    "   AND f.unit IS s.unit AND f.year = s.last_year LIMIT 1)"
	    "   AS last_number"
	    " FROM figure_series s"
	    " LEFT JOIN code_label i ON i.list = 'indicator'"
	    "  AND i.code = s.indicator AND i.lang = :lang"
	    " LEFT JOIN code_label u ON u.list = 'unit'"
	    "  AND u.code = s.unit AND u.lang = :lang"
	    " WHERE s.record = :id ORDER BY i.label");
	page_rows_in(p, "charts", "chart_points",
	    "SELECT year, number_text(value, :lang) AS number, x, y,"
	    "  y - 8 AS above"
	    " FROM figure_point WHERE record = :id AND indicator = :indicator"
	    "  AND unit IS :unit ORDER BY year");
}

void
page_figures(struct page *p)
{
	page_rows(p, "figures",
	    "SELECT figure, indicator, indicator_label, value, low, high,"
	    "  number, unit, unit_label, year, qualifier_label, note_label,"
	    "  missing_label"
	    " FROM figure_shown WHERE record = :id AND ui = :lang"
	    " ORDER BY place, year, figure");
	page_rows_in(p, "figures", "figure_sources",
	    "SELECT coalesce(l.title, s.reference) AS title, l.url,"
	    "  l.other_lang, " PLACES
	    " FROM (SELECT min(id) AS first, document, reference, place"
	    "  FROM source WHERE record = :id AND document IS NOT :id"
	    /* its own; if it has none, what the record as a whole is from */
	    "  AND observation IS (SELECT observation FROM source"
	    "   WHERE record = :id AND observation = :figure LIMIT 1)"
	    "  GROUP BY document, reference, place ORDER BY first) s"
	    " LEFT JOIN shown l ON l.record = s.document AND l.ui = :lang"
	    " GROUP BY s.document, s.reference ORDER BY min(s.first)");
	name_charts(p);
}
