/*
 * Search over everything, in every language, the reader's first.
 */
#include "features/search.h"
#include "web/select.h"

int
search_index(struct page *p)
{
	static const char *const facets[] = { "kind", "language", "theme",
		"country", NULL };

	page_select(p,
	    &(struct selection){ .kind = NULL,
		.facets = facets,
		.sort = "newest",
		.per_page = 10 });
	page_rows(p, "results",
	    "SELECT l.kind, l.slug, l.text_lang, l.other_lang, l.title,"
	    "  marked(l.title, l.text_lang) AS marked_title, l.summary,"
	    "  excerpt(h.text) AS snippet, l.url, h.score, h.exact,"
	    "  h.exact = 0 AND lag(h.exact, 1, 1) OVER (ORDER BY h.place)"
	    "   AS first_partial,"
	    "  k.label AS kind_label, l.updated, l.published"
	    " FROM hit h JOIN listed l ON l.id = h.record AND l.ui = :lang"
	    " JOIN code_label k ON k.list = 'kind' AND k.code = l.kind"
	    "  AND k.lang = :lang"
	    " ORDER BY h.place");
	return page_show(p, 200, "search/index");
}
