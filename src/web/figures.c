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
	    "  missing_label, currency, fiscal_year_end, product, service,"
	    "  service_label, method_label"
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

/* All years of the record, in order; that of a figure without one is last. */
#define YEARS "(SELECT DISTINCT year FROM observation WHERE record = :id) y"

#define LIKE(o)                                                   \
	o ".record = :id AND " o ".indicator = :indicator AND " o \
	  ".unit IS :unit AND " o ".currency IS :currency AND " o \
	  ".product IS :product AND " o ".service IS :service"

/* Women among the beneficiaries are counted; their share is computed. */
static void
name_shares(struct page *p)
{
	page_rows(p, "women_shares",
	    "SELECT y.year, number_text(round(100 * (SELECT w.value / b.value"
	    "  FROM observation w JOIN observation b ON b.record = w.record"
	    "   AND b.year = w.year AND b.indicator = 'beneficiaries'"
	    "   AND b.product IS w.product AND b.value > 0"
	    "  WHERE w.record = :id AND w.indicator = 'women'"
	    "   AND w.year = y.year AND w.product IS NULL), 1), :lang)"
	    "  AS share"
	    " FROM " YEARS " WHERE EXISTS (SELECT 1 FROM observation"
	    "  WHERE record = :id AND indicator = 'women' AND value NOTNULL"
	    "  AND product IS NULL)"
	    " AND EXISTS (SELECT 1 FROM observation WHERE record = :id"
	    "  AND indicator = 'beneficiaries' AND value > 0"
	    "  AND product IS NULL)"
	    " ORDER BY y.year IS NULL, y.year");
}

void
page_years(struct page *p)
{
	page_rows(p, "years",
	    "SELECT year FROM " YEARS " WHERE (SELECT count(DISTINCT year)"
	    "  FROM observation WHERE record = :id) > 1"
	    " ORDER BY year IS NULL, year");
	page_rows(p, "year_figures",
	    "SELECT indicator, indicator_label, unit, unit_label, currency,"
	    "  product, service, service_label,"
	    "  group_concat(DISTINCT method_label) AS methods"
	    " FROM figure_shown WHERE record = :id AND ui = :lang"
	    " GROUP BY indicator, unit, currency, product, service"
	    " ORDER BY min(place)");
	page_rows_in(p, "year_figures", "year_cells",
	    "SELECT y.year, group_concat(coalesce(f.qualifier_label || ' ', '')"
	    "  || f.number, '; ') AS number,"
	    "  group_concat(DISTINCT f.missing_label) AS missing,"
	    "  group_concat(DISTINCT f.note_label) AS note"
	    " FROM " YEARS
	    " LEFT JOIN figure_shown f ON f.ui = :lang AND f.year IS y.year"
	    "  AND " LIKE(
		"f") " GROUP BY y.year ORDER BY y.year IS NULL, y.year");
	page_rows_in(p, "year_figures", "year_sources",
	    "SELECT coalesce(l.title, s.reference) AS title, l.url,"
	    "  l.other_lang, " PLACES
	    " FROM (SELECT min(c.id) AS first, c.document, c.reference,"
	    "   c.place FROM source c"
	    "   LEFT JOIN observation o ON o.id = c.observation"
	    "  WHERE c.record = :id AND c.document IS NOT :id"
	    "  AND CASE WHEN EXISTS (SELECT 1 FROM observation n"
	    "    JOIN source m ON m.observation = n.id WHERE " LIKE(
		"n") ")"
		     "   THEN " LIKE(
			 "o") " ELSE c.observation IS NULL END"
			      "  GROUP BY c.document, c.reference, c.place ORDER BY first) s"
			      " LEFT JOIN shown l ON l.record = s.document AND l.ui = :lang"
			      " GROUP BY s.document, s.reference ORDER BY min(s.first)");
	page_row(p,
	    "SELECT 1 + count(DISTINCT coalesce(year, 0)) AS _columns,"
	    "  count(DISTINCT year) > 1 AS _by_year"
	    " FROM observation WHERE record = :id");
	name_shares(p);
}
