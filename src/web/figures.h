#ifndef WEB_FIGURES_H
#define WEB_FIGURES_H

#include "web/page.h"

/*
 * The figures of the record :id, as table and as charts.  Names the rows
 *	figures		figure, indicator, indicator_label, value, low, high,
 *			number, unit, unit_label, year, qualifier_label,
 *			note_label, missing_label, currency, fiscal_year_end,
 *			product, service, service_label, method_label
 *	  figure_sources	title, url, other_lang, place, place_lang: its
 *			own sources, else those of the record
 *	charts		one for what has values of more than one year:
 *			indicator, indicator_label, unit, unit_label and the
 *			ends of the axes
 *	  chart_points	year, number, x, y, above
 * The template _figures.html shows them.
 */
void page_figures(struct page *);

/*
 * The same as a table of years, where figures are of more than one:
 *	years		year; none, if there are fewer than two
 *	year_figures	one for each indicator, unit, currency, product and
 *			service: their labels, methods
 *	  year_cells	year, number, missing, note: one for each of years
 *	  year_sources	title, url, other_lang, place, place_lang
 *	women_shares	year, share: in percent, computed
 * The template _years.html shows them.
 */
void page_years(struct page *);

#endif
