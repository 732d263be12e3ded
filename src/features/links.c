/*
 * The links directory: web sites named in the sources, with the date from
 * which their addresses come.
 */
#include "features/links.h"
#include "web/record.h"
#include "web/select.h"

int
links_index(struct page *p)
{
	static const char *const facets[] = { "link_category", "theme",
		"country", NULL };

	page_select(p,
	    &(struct selection){ .kind = "link",
		.facets = facets,
		.sort = "title",
		.per_page = 50 });
	page_rows(p, "results",
	    "SELECT l.kind, l.slug, l.text_lang, l.other_lang, l.title,"
	    "  l.summary, l.url, l.updated, l.published, k.url AS site_url,"
	    "  k.link_category, c.label AS link_category_label"
	    " FROM hit h JOIN listed l ON l.id = h.record AND l.ui = :lang"
	    " JOIN link k ON k.record = l.id"
	    " LEFT JOIN code_label c ON c.list = 'link_category'"
	    "  AND c.code = k.link_category AND c.lang = :lang"
	    " ORDER BY h.place");
	page_rows_in(p, "results", "_dead",
	    "SELECT " DEAD " FROM dead_link d WHERE d.url = :site_url");
	return page_show(p, 200, "links/index");
}

int
links_item(struct page *p)
{
	if (!record_open(p, "link") ||
	    !page_row(p,
		"SELECT k.url AS site_url, k.link_category, k.title_supplied,"
		"  NOT EXISTS (SELECT 1 FROM revision v WHERE v.record = :id"
		"   AND v.author IS NOT NULL) AS _old,"
		"  c.label AS link_category_label FROM link k"
		" LEFT JOIN code_label c ON c.list = 'link_category'"
		"  AND c.code = k.link_category AND c.lang = :lang"
		" WHERE k.record = :id"))
		return 404;
	return page_show(p, 200, "links/item");
}
