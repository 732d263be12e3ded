/*
 * The countries of the world: a map and a list of all of them, the profiles
 * of those that have one, and the regions they lie in.
 *
 * Country and region names are code lists; only a profile is a record.
 */
#include "features/countries.h"
#include "web/feed.h"
#include "web/figures.h"
#include "web/record.h"

/* The map, and the same countries by region and subregion. */
int
countries_index(struct page *p)
{
	if (p->format & FEEDS)
		return feed_kind(p, "country");
	page_row(p,
	    "SELECT count(*) AS total, count(profile) AS profiles,"
	    "  count(mention) AS mentions,"
	    "  count(profile) - count(mention) AS with_facts"
	    " FROM country_listed WHERE ui = :lang");
	page_rows(p, "_map",
	    "SELECT label, url, shape, profile, mention FROM country_listed"
	    " WHERE ui = :lang AND shape IS NOT NULL"
	    " ORDER BY shape GLOB '*a*', country"); /* dots lie above */
	page_rows(p, "_regions",
	    "SELECT r.region, r.label, r.url FROM region_listed r"
	    " WHERE r.ui = :lang"
	    "  AND r.region IN (SELECT region FROM country_code)"
	    "  AND r.region <> '001' ORDER BY sort_key(r.label, :lang)");
	page_rows_in(p, "_regions", "_subregions",
	    "SELECT r.region AS subregion, r.label, r.url FROM region_listed r"
	    " WHERE r.ui = :lang AND r.region IN"
	    "  (SELECT subregion FROM country_code c WHERE c.region = :region)"
	    " ORDER BY sort_key(r.label, :lang)");
	page_rows_in(p, "_subregions", "_countries",
	    "SELECT c.label, c.url, c.profile, c.mention, c.schemes,"
	    "  c.schemes = 1 AS one_scheme FROM country_listed c"
	    " WHERE c.ui = :lang AND c.subregion = :subregion"
	    " ORDER BY sort_key(c.label, :lang)");
	page_rows(p, "_elsewhere",
	    "SELECT c.label, c.url, c.profile, c.mention, c.schemes,"
	    "  c.schemes = 1 AS one_scheme FROM country_listed c"
	    " WHERE c.ui = :lang AND c.region = '001'");
	page_rows(p, "results",
	    "SELECT c.country, c.label AS title, c.region,"
	    "  r.label AS region_label, c.subregion,"
	    "  s.label AS subregion_label, c.profile IS NOT NULL AS profile,"
	    "  coalesce(c.schemes, 0) AS schemes,"
	    "  held('document', 'country', c.country) AS documents,"
	    "  held('organisation', 'country', c.country) AS organisations,"
	    "  held('event', 'country', c.country) AS events, c.url,"
	    "  c.mention, 'country' AS kind, c.slug FROM country_listed c"
	    " JOIN region_listed r ON r.ui = c.ui AND r.region = c.region"
	    " JOIN region_listed s ON s.ui = c.ui"
	    "  AND s.region = c.subregion"
	    " WHERE c.ui = :lang ORDER BY sort_key(c.label, :lang)");
	return page_show(p, 200, "countries/index");
}

/* What there is about a country besides its profile, the first ten each.  CROSS
 * JOIN keeps the order of lookups: from the country, not through all records.
 * Of organisations and events a country has few, of documents it may have
 * thousands. */
static void
name_held(struct page *p)
{
	page_row(p,
	    "SELECT held(NULL, 'country', :country)"
	    "   - held('country', 'country', :country) AS has_holdings,"
	    "  held('scheme', 'country', :country) AS scheme_count,"
	    "  held('document', 'country', :country) AS document_count,"
	    "  held('organisation', 'country', :country)"
	    "   AS organisation_count,"
	    "  held('expert', 'country', :country) AS expert_count,"
	    "  held('event', 'country', :country) AS event_count");
	page_rows(p, "schemes",
	    "SELECT l.title, l.url, l.other_lang, t.label AS type_label"
	    " FROM scheme s CROSS JOIN shown l ON l.record = s.record AND l.ui = :lang"
	    " LEFT JOIN code_label t ON t.list = 'type' AND t.code = s.type"
	    "  AND t.lang = :lang"
	    " WHERE s.country = :country"
	    " ORDER BY (SELECT completeness FROM scheme_completeness c"
	    "  WHERE c.record = s.record) DESC, l.sort LIMIT 10");
	page_rows(p, "organisations",
	    "SELECT l.title, l.url, l.other_lang, t.label AS type_label"
	    " FROM json_each(newest('organisation', NULL, 'country', :country)) n"
	    " CROSS JOIN organisation o ON o.record = n.value"
	    " CROSS JOIN shown l ON l.record = o.record AND l.ui = :lang"
	    " LEFT JOIN code_label t ON t.list = 'organisation_type'"
	    "  AND t.code = o.organisation_type AND t.lang = :lang"
	    " ORDER BY l.sort LIMIT 10");
	page_rows(p, "documents",
	    "SELECT l.title, l.url, l.other_lang, d.year"
	    " FROM json_each(newest('document', 10, 'country', :country)) n"
	    " CROSS JOIN document d ON d.record = n.value"
	    " CROSS JOIN shown l ON l.record = d.record AND l.ui = :lang"
	    " ORDER BY n.key");
	page_rows(p, "events",
	    "SELECT l.title, l.url, l.other_lang, e.date,"
	    "  date_text(e.date, :lang) AS date_text"
	    " FROM json_each(newest('event', NULL, 'country', :country)) n"
	    " CROSS JOIN event e ON e.record = n.value"
	    " CROSS JOIN shown l ON l.record = e.record AND l.ui = :lang"
	    " ORDER BY e.date DESC LIMIT 10");
}

/* Programmes and laws, each with who does it and where that is said. */
static void
name_measures(struct page *p)
{
	page_rows(p, "programmes",
	    "SELECT measure, name, description, status, year, other_lang"
	    " FROM measure_shown WHERE record = :id AND ui = :lang"
	    "  AND type = 'programme' ORDER BY place");
	page_rows_in(p, "programmes", "programme_organisations",
	    "SELECT l.title, l.url, l.other_lang FROM measure_organisation o"
	    " JOIN listed l ON l.id = o.organisation AND l.ui = :lang"
	    " WHERE o.measure = :measure ORDER BY l.sort");
	page_rows_in(p, "programmes", "programme_sources",
	    "SELECT l.title, l.url, l.other_lang, " PLACE
	    " FROM measure_source s"
	    " JOIN listed l ON l.id = s.document AND l.ui = :lang"
	    " WHERE s.measure = :measure ORDER BY s.rowid");
	page_rows(p, "laws",
	    "SELECT m.measure, m.name, m.description, m.status, m.year,"
	    "  m.other_lang, l.title AS document_title, l.url AS document_url,"
	    "  l.other_lang AS document_lang"
	    " FROM measure_shown m"
	    " LEFT JOIN shown l ON l.record = m.document AND l.ui = :lang"
	    " WHERE m.record = :id AND m.ui = :lang"
	    "  AND m.type = 'law' ORDER BY m.place");
	page_rows_in(p, "laws", "law_sources",
	    "SELECT l.title, l.url, l.other_lang, " PLACE
	    " FROM measure_source s"
	    " JOIN listed l ON l.id = s.document AND l.ui = :lang"
	    " WHERE s.measure = :measure ORDER BY s.rowid");
}

/* A country: its profile if it has one, and in any case what there is. */
int
countries_item(struct page *p)
{
	if (!page_row(p,
		"SELECT c.country, c.profile IS NOT NULL AS profile,"
		"  c.label AS title, c.label AS country_label,"
		"  c.url AS country_url, c.region, r.label AS region_label,"
		"  r.url AS region_url, c.subregion,"
		"  s.label AS subregion_label, s.url AS subregion_url"
		" FROM country_listed c"
		" JOIN region_listed r ON r.ui = c.ui"
		"  AND r.region = c.region"
		" JOIN region_listed s ON s.ui = c.ui"
		"  AND s.region = c.subregion"
		" WHERE c.ui = :lang AND c.country = upper(:slug)"))
		return 404;
	if (p->format & FEEDS)
		return feed_about(p, "country",
		    model_cell(&p->model, "country").text);
	page_text(p, "_crumb", model_cell(&p->model, "title").text);
	name_held(p);
	if (!record_open(p, "country"))
		return page_show(p, 200, "countries/bare");

	page_row(p, "SELECT mention FROM country WHERE record = :id");
	page_figures(p);
	name_measures(p);
	return page_show(p, 200, "countries/item");
}

/* Regions have no list of their own: it is that of the countries. */
int
countries_regions(struct page *p)
{
	const char *extension = p->format == JSON ? ".json"
	    : p->format == CSV                    ? ".csv"
						  : "";

	return page_redirect(p, 301,
	    arena_printf(&p->arena, "/%s/countries%s", page_lang(p),
		extension));
}

static void
name_lands(struct page *p)
{
	page_rows(p, "around",
	    "SELECT r.label, r.url FROM region_within w"
	    " JOIN region_listed r ON r.region = w.around AND r.ui = :lang"
	    " WHERE w.region = :region ORDER BY r.region");
	page_rows(p, "subregions",
	    "SELECT r.region AS subregion, r.label, r.url"
	    " FROM region_within w"
	    " JOIN region_listed r ON r.region = w.region AND r.ui = :lang"
	    " WHERE w.around = :region ORDER BY sort_key(r.label, :lang)");
	page_rows(p, "lands",
	    "SELECT c.country, c.label, c.url, c.profile IS NOT NULL AS profile,"
	    "  c.mention, c.schemes, c.schemes = 1 AS one_scheme"
	    " FROM region_country rc"
	    " JOIN country_listed c ON c.country = rc.country AND c.ui = :lang"
	    " WHERE rc.region = :region ORDER BY sort_key(c.label, :lang)");
}

/* A part of the world by its record's slug, or by its code without one. */
int
countries_region(struct page *p)
{
	if (!page_row(p,
		"SELECT region, label AS title, label AS region_label,"
		"  url AS region_url FROM region_listed"
		" WHERE ui = :lang AND (slug = :slug OR region = :slug)"))
		return 404;
	if (page_row(p,
		"SELECT url AS right_url FROM region_listed"
		" WHERE ui = :lang AND region = :slug AND slug <> :slug"))
		return page_redirect(p, 301,
		    model_cell(&p->model, "right_url").text);
	page_text(p, "_crumb", model_cell(&p->model, "title").text);
	name_lands(p);
	if (!record_open(p, "region"))
		return page_show(p, 200, "countries/region_bare");
	page_figures(p);
	return page_show(p, 200, "countries/region");
}
