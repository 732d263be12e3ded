/*
 * The site map for people; machines have /sitemap.xml.
 */
#include "features/sitemap.h"

int
sitemap_page(struct page *p)
{
	page_rows(p, "trees",
	    "SELECT c.code AS tree, c.label AS tree_label"
	    " FROM code o JOIN code_label c ON c.list = o.list"
	    "  AND c.code = o.code AND c.lang = :lang"
	    " WHERE o.list = 'tree' ORDER BY o.place");
	page_rows_in(p, "trees", "themes",
	    "SELECT l.title, l.url, l.other_lang FROM theme_tree n"
	    " JOIN listed l ON l.id = n.theme AND l.ui = :lang"
	    " WHERE n.tree = :tree AND n.depth < 2 ORDER BY n.place");
	page_rows(p, "regions",
	    "SELECT c.region, r.label AS region_label, count(*) AS profiles"
	    " FROM country t JOIN country_code c ON c.country = t.country"
	    " JOIN code_label r ON r.list = 'region' AND r.code = c.region"
	    "  AND r.lang = :lang"
	    " GROUP BY c.region ORDER BY profiles DESC");
	page_rows_in(p, "regions", "countries",
	    "SELECT l.title, l.url FROM country t"
	    " JOIN country_code c ON c.country = t.country"
	    " JOIN listed l ON l.id = t.record AND l.ui = :lang"
	    " WHERE c.region = :region ORDER BY l.sort");
	page_rows(p, "pages",
	    "SELECT title, url, other_lang FROM listed"
	    " WHERE ui = :lang AND kind = 'page' ORDER BY sort");
	return page_show(p, 200, "sitemap");
}
