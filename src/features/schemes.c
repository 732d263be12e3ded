/*
 * The registry of schemes: a list that can be narrowed, read as table or map
 * and taken away whole, and a page for each scheme with what is known of it.
 *
 * How complete a scheme's data are, how large it is and by what it can be
 * found is said in schema/views.sql (scheme_…).
 */
#include <string.h>

#include "features/schemes.h"
#include "web/figures.h"
#include "web/record.h"
#include "web/select.h"
#include "web/sheet.h"

/* All that fit are selected, for a column may order them. */
enum { PER_PAGE = 50, ALL = 1000000 };

static const char *const facets[] = { "region", "country", "type", "status",
	"contingency", "target_group", "size", "started", "support",
	"data_year", "level_of_care", "benefit_mode", "period",
	"contribution_basis", "membership_basis", "setting", "insurance_model",
	"completeness", "updated", NULL };

/* A page of the table, and everything a researcher may want in the CSV. */
static void
name_results(struct page *p)
{
	page_rows(p, "results",
	    "SELECT l.kind, l.slug, l.text_lang, l.other_lang, l.title,"
	    "  l.summary, l.url, l.updated, l.published, l.updated_text,"
	    "  l.registry_id, l.name, l.acronym, l.country, l.country_label, l.locality,"
	    "  l.latitude, l.longitude, l.area, l.area_of_operation,"
	    "  l.setting, l.type, l.type_label, l.type_basis,"
	    "  l.insurance_model, l.status, l.status_label, l.status_date,"
	    "  l.year_started, l.year_stopped, l.target_group,"
	    "  l.target_groups, l.membership_basis, l.contingencies, l.contingencies_basis,"
	    "  l.services, l.contribution_amount, l.contribution_currency,"
	    "  l.contribution_period, l.contribution_usd,"
	    "  l.contribution_covers, l.contribution_collection,"
	    "  l.contribution_shared, l.contribution_note, l.financing,"
	    "  l.supporting_organisations, l.people, l.people_text,"
	    "  l.people_are, l.people_year, l.figures, l.sources,"
	    "  l.completeness, l.website"
	    " FROM (SELECT h.record, h.place, o.sort, CASE :order"
	    "   WHEN 'country' THEN sort_key(k.label, :lang)"
	    "   WHEN 'members' THEN coalesce(-m.value, 0) END AS first,"
	    "   CASE :order WHEN 'updated' THEN e.updated END AS newest"
	    "  FROM hit h"
	    "  CROSS JOIN shown o ON o.record = h.record AND o.ui = :lang"
	    "  CROSS JOIN record e ON e.id = h.record"
	    "  CROSS JOIN scheme a ON a.record = h.record"
	    "  LEFT JOIN scheme_size m ON m.record = h.record"
	    "  LEFT JOIN code_label k ON k.list = 'country'"
	    "   AND k.code = a.country AND k.lang = :lang"
	    "  ORDER BY first, newest DESC,"
	    "   CASE WHEN :order = '' THEN h.place END, o.sort"
	    "  LIMIT :limit OFFSET :offset) h"
	    " CROSS JOIN scheme_listed l ON l.id = h.record AND l.ui = :lang"
	    " ORDER BY h.first, h.newest DESC,"
	    "  CASE WHEN :order = '' THEN h.place END, h.sort");
}

/* The heads of the columns that order the table, and the two views. */
static void
name_views(struct page *p)
{
	static const char *const orders[] = { "name", "country", "members",
		"updated" };
	const char *sort = page_param(p, "sort"), *order = "";

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		if (strcmp(sort, orders[i]) == 0 && !(p->format & FEEDS))
			order = orders[i];
	page_text(p, "order", order);
	page_row(p,
	    "SELECT url_set(:query, 'view', 'map') AS map_url,"
	    "  url_set(:query, 'view', NULL) AS table_url,"
	    "  substr(url_set(:query, 'view', NULL), 2) AS _table,"
	    "  url_set(:query, 'sort', 'name') AS by_name_url,"
	    "  url_set(:query, 'sort', 'country') AS by_country_url,"
	    "  url_set(:query, 'sort', 'members') AS by_members_url,"
	    "  url_set(:query, 'sort', 'updated') AS by_updated_url,"
	    "  :order = 'name' OR (:order = '' AND :q = '') AS by_name,"
	    "  :order = 'country' AS by_country,"
	    "  :order = 'members' AS by_members,"
	    "  :order = 'updated' AS by_updated,"
	    "  EXISTS (SELECT 1 FROM record r JOIN revision v"
	    "   ON v.record = r.id AND v.number > 1"
	    "   WHERE r.kind = 'scheme') AS _changed");
}

/* The part of the map in which there is anything, at least a third of it. */
static void
name_view_box(struct page *p)
{
	page_row(p,
	    "SELECT x AS _x, y AS _y, w AS _w, h AS _h, w / 1500.0 AS _scale"
	    " FROM (SELECT w, h, max(0, min(1500 - w, x - w / 2)) AS x,"
	    "   max(0, min(648 - h, y - h / 2)) AS y"
	    "  FROM (SELECT w, w * 648 / 1500 AS h, x, y"
	    "   FROM (SELECT min(1500, max(500, max(m.x) - min(m.x) + 200,"
	    "      (max(m.y) - min(m.y) + 280) * 1500 / 648)) AS w,"
	    "     (min(m.x) + max(m.x)) / 2 AS x,"
	    "     (min(m.y) + max(m.y)) / 2 AS y"
	    "    FROM hit h CROSS JOIN scheme s ON s.record = h.record"
	    "    JOIN country_mark m ON m.country = s.country)))");
}

/* How many of the schemes chosen each country has. */
static void
name_map(struct page *p)
{
	page_rows(p, "_map",
	    "SELECT c.label, c.shape, n.found,"
	    "  CASE WHEN n.found IS NULL THEN c.url ELSE '/' || :lang ||"
	    "   '/schemes' || url_set(:_table, 'country', c.country) END"
	    "   AS url,"
	    "  CASE WHEN n.found >= 15 THEN 3 WHEN n.found >= 5 THEN 2"
	    "   WHEN n.found >= 1 THEN 1 END AS shade"
	    " FROM country_listed c"
	    " LEFT JOIN (SELECT s.country, count(*) AS found"
	    "  FROM hit h CROSS JOIN scheme s ON s.record = h.record GROUP BY 1) n"
	    "  USING (country)"
	    " WHERE c.ui = :lang AND c.shape IS NOT NULL"
	    " ORDER BY n.found IS NOT NULL, c.shape GLOB '*a*', c.country");
	page_rows(p, "_marks",
	    "SELECT m.x, m.y, count(*) AS found"
	    " FROM hit h CROSS JOIN scheme s ON s.record = h.record"
	    " JOIN country_mark m ON m.country = s.country"
	    " GROUP BY m.country");
	name_view_box(p);
	page_rows(p, "counts",
	    "SELECT c.country, c.label, count(*) AS schemes,"
	    "  '/' || :lang || '/schemes' ||"
	    "  url_set(:_table, 'country', c.country) AS url"
	    " FROM hit h CROSS JOIN scheme s ON s.record = h.record"
	    " CROSS JOIN country_listed c ON c.country = s.country"
	    "  AND c.ui = :lang"
	    " GROUP BY c.country ORDER BY schemes DESC,"
	    "  sort_key(c.label, :lang)");
}

int
schemes_index(struct page *p)
{
	bool map = strcmp(page_param(p, "view"), "map") == 0;
	int64_t total = page_select(p,
	    &(struct selection){ .kind = "scheme",
		.facets = facets,
		.sort = "title",
		.per_page = ALL });

	page_paging(p, total, PER_PAGE);
	name_views(p);
	if (map && p->format == HTML) {
		name_map(p);
		return page_show(p, 200, "schemes/map");
	}
	name_results(p);
	return page_show(p, 200, "schemes/index");
}

static void
name_neighbours(struct page *p)
{
	page_rows(p, "aliases",
	    "SELECT keyword FROM record_keyword WHERE record = :id"
	    " AND keyword <> coalesce(:acronym, '') ORDER BY keyword");
	page_rows(p, "contingencies",
	    "SELECT c.contingency, l.label FROM scheme_contingency c"
	    " JOIN code o ON o.list = 'contingency' AND o.code = c.contingency"
	    " JOIN code_label l ON l.list = o.list AND l.code = o.code"
	    "  AND l.lang = :lang"
	    " WHERE c.record = :id ORDER BY o.place");
	page_rows(p, "services",
	    "SELECT service, other_lang FROM scheme_service_shown"
	    " WHERE record = :id AND ui = :lang ORDER BY place");
	page_rows(p, "words",
	    "SELECT w.field, l.label, w.words, w.other_lang"
	    " FROM scheme_words w JOIN code o ON o.list = 'scheme_field'"
	    "  AND o.code = w.field"
	    " JOIN code_label l ON l.list = o.list AND l.code = o.code"
	    "  AND l.lang = :lang"
	    " WHERE w.record = :id AND w.ui = :lang"
	    "  AND w.field NOT IN ('area', 'target_group',"
	    "   'financing')"
	    " ORDER BY o.place");
	page_rows(p, "partners",
	    "SELECT l.title, l.url, l.other_lang, c.label AS role, b.note,"
	    "  row_number() OVER (PARTITION BY c.label"
	    "   ORDER BY b.inverse, b.place, l.sort) > 1 AS again"
	    " FROM beside b JOIN listed l ON l.id = b.other AND l.ui = :lang"
	    "  AND l.kind = 'organisation'"
	    " LEFT JOIN code_label c ON c.list = 'relation' AND c.lang = :lang"
	    "  AND c.code = b.relation ||"
	    "   CASE WHEN b.inverse THEN '-inverse' ELSE '' END"
	    " WHERE b.record = :id ORDER BY b.inverse, b.place, l.sort");
	page_rows(p, "relatives",
	    "SELECT l.title, l.url, l.other_lang, c.label AS role, b.note,"
	    "  row_number() OVER (PARTITION BY c.label"
	    "   ORDER BY b.inverse, b.place, l.sort) > 1 AS again"
	    " FROM beside b JOIN listed l ON l.id = b.other AND l.ui = :lang"
	    "  AND l.kind <> 'organisation'"
	    " LEFT JOIN code_label c ON c.list = 'relation' AND c.lang = :lang"
	    "  AND c.code = b.relation ||"
	    "   CASE WHEN b.inverse THEN '-inverse' ELSE '' END"
	    " WHERE b.record = :id ORDER BY b.relation, b.inverse, b.place,"
	    "  l.sort");
	page_rows(p, "gaps",
	    "SELECT g.field_group, l.label, g.filled, g.asked"
	    " FROM scheme_field_group g"
	    " JOIN code_label l ON l.list = 'field_group'"
	    "  AND l.code = g.field_group AND l.lang = :lang"
	    " WHERE g.record = :id AND g.lacking > 0 ORDER BY g.place");
}

/* What the template shows in its own way, the sheet does not show again. */
static const char *const shown[] = { "name", "acronym", "website", "country",
	"locality", "area", "area_of_operation", "setting", "latitude",
	"longitude", "status", "status_date", "type", "type_basis",
	"insurance_model", "target_group", "membership_basis", "contingencies",
	"contingencies_basis", "services", "contribution_amount",
	"contribution_currency", "contribution_period", "contribution_covers",
	"contribution_usd", "contribution_collection", "contribution_shared",
	"contribution_note", NULL };

/* Which group begins, so that the template can show its own part of it, and
 * whether there is anything to show at all. */
static void
name_own(struct page *p)
{
	page_row(p,
	    "SELECT s.status IS NOT NULL AS _has_life,"
	    "  s.membership_basis IS NOT NULL OR :target_group IS NOT NULL"
	    "   AS _has_population,"
	    "  EXISTS (SELECT 1 FROM scheme_contingency WHERE record = :id)"
	    "  OR EXISTS (SELECT 1 FROM scheme_service WHERE record = :id)"
	    "   AS _has_products,"
	    "  coalesce(s.contribution_amount, s.contribution_period)"
	    "   IS NOT NULL OR EXISTS (SELECT 1 FROM scheme_words"
	    "   WHERE record = :id AND ui = :lang AND field"
	    "   NOT IN ('area', 'target_group', 'financing'))"
	    "   AS _has_contributions,"
	    "  EXISTS (SELECT 1 FROM beside b JOIN record o ON o.id = b.other"
	    "   AND o.kind = 'organisation' WHERE b.record = :id)"
	    "   AS _has_support,"
	    "  s.name <> :title OR coalesce(s.acronym, s.website) IS NOT NULL"
	    "   OR EXISTS (SELECT 1 FROM record_keyword WHERE record = :id"
	    "   AND keyword <> coalesce(s.acronym, ''))"
	    "   AS _has_identification"
	    " FROM scheme s WHERE s.record = :id");
	page_rows_in(p, "blocks", "_own",
	    "SELECT :title IS NOT NULL OR _mine OR (:_filled"
	    "   AND :field_group <> 'figures') AS _has,"
	    "  _mine OR coalesce(json_array_length(:_facts), 0) > 0"
	    "   AS _listed,"
	    "  _begins AND :field_group = 'identification' AS _identification,"
	    "  _begins AND :field_group = 'place' AS _place,"
	    "  _begins AND :field_group = 'life' AS _life,"
	    "  _begins AND :field_group = 'institution' AS _institution,"
	    "  _begins AND :field_group = 'population' AS _population,"
	    "  _begins AND :field_group = 'products' AS _products,"
	    "  _begins AND :field_group = 'contributions' AS _contributions,"
	    "  _begins AND :field_group = 'support' AS _support,"
	    "  _begins AND :field_group = 'figures' AS _figures"
	    " FROM (SELECT :group_label IS NOT NULL AS _begins,"
	    "  :group_label IS NOT NULL AND CASE :field_group"
	    "  WHEN 'place' THEN 1 WHEN 'institution' THEN 1"
	    "  WHEN 'identification' THEN :_has_identification"
	    "  WHEN 'life' THEN :_has_life"
	    "  WHEN 'population' THEN :_has_population"
	    "  WHEN 'products' THEN :_has_products"
	    "  WHEN 'contributions' THEN :_has_contributions"
	    "  WHEN 'support' THEN :_has_support ELSE 0 END AS _mine)");
}

/* What is said in words of one scheme: joined, SQLite would first choose the
 * words of all. */
#define SAID " FROM scheme_words WHERE record = :id AND ui = :lang AND field "

/* A scheme, group of fields by group of fields, as far as there are data. */
int
schemes_item(struct page *p)
{
	if (!record_open(p, "scheme") ||
	    !page_row(p,
		"SELECT s.country, s.name, s.acronym, s.locality, s.latitude,"
		"  s.longitude, s.area_of_operation, s.setting, s.type,"
		"  s.type_basis, s.insurance_model, s.status, s.status_date,"
		"  s.year_started, s.year_stopped, s.membership_basis,"
		"  s.contribution_amount, s.contribution_currency,"
		"  s.contribution_period, s.contribution_usd,"
		"  s.contingencies_basis, s.website, l.label AS country_label, l.url AS country_url,"
		"  l.region, r.label AS region_label, r.url AS region_url,"
		"  date_text(s.status_date, :lang) AS status_date_text,"
		"  number_text(s.contribution_amount, :lang) AS amount_text,"
		"  number_text(s.contribution_usd, :lang) AS usd_text,"
		"  c.filled, c.asked, c.completeness"
		" FROM scheme s"
		" JOIN country_listed l ON l.country = s.country"
		"  AND l.ui = :lang"
		" JOIN region_listed r ON r.region = l.region"
		"  AND r.ui = :lang"
		" JOIN scheme_completeness c ON c.record = s.record"
		" WHERE s.record = :id"))
		return 404;
	page_row(p,
	    "SELECT * FROM scheme_label WHERE record = :id AND ui = :lang");
	page_row(p,
	    "SELECT s.name <> :title AS own_name,"
	    "  (SELECT words" SAID "= 'area') AS area,"
	    "  (SELECT other_lang" SAID "= 'area') AS area_lang,"
	    "  (SELECT words" SAID "= 'target_group') AS target_group,"
	    "  (SELECT other_lang" SAID "= 'target_group')"
	    "   AS target_group_lang"
	    " FROM scheme s WHERE s.record = :id");
	page_sheet(p, "scheme", shown);
	name_own(p);
	page_figures(p);
	page_years(p);
	name_neighbours(p);
	return page_show(p, 200, "schemes/item");
}
