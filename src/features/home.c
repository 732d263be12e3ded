/*
 * The front page: where to search, what is here, what is new.
 */
#include "features/home.h"

/* The address without a language leads to the visitor's. */
int
home_door(struct page *p)
{
	page_text(p, "home_url", arena_printf(&p->arena, "/%s/", page_lang(p)));
	return page_redirect(p, 302, model_cell(&p->model, "home_url").text);
}

/* How much there is of each kind. */
static void
count_kinds(struct page *p)
{
	page_row(p,
	    "SELECT number_text(held('document'), :lang) AS documents_total,"
	    "  number_text(held('term'), :lang) AS terms_total,"
	    "  number_text(held('scheme'), :lang) AS schemes_total,"
	    "  number_text(held('country'), :lang) AS countries_total,"
	    "  number_text(held('organisation'), :lang)"
	    "   AS organisations_total,"
	    "  number_text(held('theme'), :lang) AS themes_total");
}

/* The newest of what happens, and of what can be read. */
static void
name_latest(struct page *p)
{
	page_rows(p, "latest_events",
	    "SELECT l.kind, l.slug, l.title, l.url, l.text_lang, l.other_lang,"
	    "  coalesce(e.date, l.published) AS date,"
	    "  date_text(coalesce(e.date, l.published), :lang) AS date_text"
	    " FROM (SELECT value FROM json_each(newest('news', 5)) UNION ALL"
	    "  SELECT value FROM json_each(newest('event', 5))) n"
	    " CROSS JOIN listed l ON l.id = n.value AND l.ui = :lang"
	    " LEFT JOIN event e ON e.record = l.id"
	    " ORDER BY date DESC, l.sort LIMIT 5");
	page_rows(p, "latest_documents",
	    "SELECT l.kind, l.slug, l.title, l.url, l.text_lang, l.other_lang,"
	    "  l.published, date_text(l.published, :lang) AS date_text,"
	    "  c.label AS doctype_label"
	    " FROM json_each(newest('document', 5)) n"
	    " CROSS JOIN listed l ON l.id = n.value AND l.ui = :lang"
	    " JOIN document d ON d.record = l.id"
	    " LEFT JOIN code_label c ON c.list = 'doctype'"
	    "  AND c.code = d.doctype AND c.lang = :lang"
	    " WHERE l.published IS NOT NULL ORDER BY n.key");
}

/* The themes of the first tree, and the countries that have a profile. */
static void
name_ways_in(struct page *p)
{
	page_rows(p, "themes",
	    "SELECT l.slug, l.title, l.url FROM theme_tree n"
	    " JOIN listed l ON l.id = n.theme AND l.ui = :lang"
	    " WHERE n.parent IS NULL AND n.tree = (SELECT code FROM code"
	    "   WHERE list = 'tree' ORDER BY place LIMIT 1)"
	    " ORDER BY n.place");
	page_rows(p, "regions",
	    "SELECT c.region, r.label AS region_label, count(*) AS profiles"
	    " FROM country t JOIN country_code c ON c.country = t.country"
	    " JOIN code_label r ON r.list = 'region' AND r.code = c.region"
	    "  AND r.lang = :lang"
	    " GROUP BY c.region ORDER BY profiles DESC");
	page_rows_in(p, "regions", "countries",
	    "SELECT l.slug, l.title, l.url FROM country t"
	    " JOIN country_code c ON c.country = t.country"
	    " JOIN listed l ON l.id = t.record AND l.ui = :lang"
	    " WHERE c.region = :region ORDER BY l.sort");
}

/* The site as a whole, with its search, for search engines. */
static void
name_site(struct page *p)
{
	page_text(p, "_site", page_string(p, "site"));
	page_row(p,
	    "SELECT json_object('@type', 'WebSite', '@id', :canonical, 'url',"
	    "  :canonical, 'name', :_site, 'inLanguage',"
	    "  json_array('en', 'fr', 'es'), 'potentialAction', json_object("
	    "  '@type', 'SearchAction', 'target', json_object('@type',"
	    "   'EntryPoint', 'urlTemplate', :base || '/' || :lang ||"
	    "   '/search?q={search_term_string}'), 'query-input',"
	    "  'required name=search_term_string')) AS _linked");
}

int
home_index(struct page *p)
{
	page_text(p, "title", page_string(p, "home_title"));
	count_kinds(p);
	name_latest(p);
	name_ways_in(p);
	name_site(p);
	return page_show(p, 200, "home/index");
}
