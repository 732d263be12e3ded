/*
 * The standards of the ILO on social security, with dated numbers of
 * ratifications.
 */
#include "features/conventions.h"
#include "web/record.h"
#include "web/select.h"

int
conventions_index(struct page *p)
{
	static const char *const facets[] = { "instrument", "instrument_status",
		"branch", NULL };

	page_select(p,
	    &(struct selection){ .kind = "convention",
		.facets = facets,
		.sort = "title",
		.per_page = 50 });
	page_rows(p, "results",
	    "SELECT l.kind, l.slug, l.text_lang, l.other_lang, l.title,"
	    "  l.summary, l.url, l.updated, l.published,"
	    "  c.instrument, i.label AS instrument_label, c.number, c.year,"
	    "  c.instrument_status, s.label AS instrument_status_label,"
	    "  c.ratifications, c.ratifications_date,"
	    "  date_text(c.ratifications_date, :lang) AS as_of"
	    " FROM hit h JOIN listed l ON l.id = h.record AND l.ui = :lang"
	    " JOIN convention c ON c.record = l.id"
	    " LEFT JOIN code_label i ON i.list = 'instrument'"
	    "  AND i.code = c.instrument AND i.lang = :lang"
	    " LEFT JOIN code_label s ON s.list = 'instrument_status'"
	    "  AND s.code = c.instrument_status AND s.lang = :lang"
	    " ORDER BY h.place");
	return page_show(p, 200, "conventions/index");
}

int
conventions_item(struct page *p)
{
	if (!record_open(p, "convention") ||
	    !page_row(p,
		"SELECT c.instrument, i.label AS instrument_label, c.number,"
		"  c.year, c.generation, c.instrument_status,"
		"  s.label AS instrument_status_label,"
		"  g.label AS generation_label, c.ratifications,"
		"  c.ratifications_date,"
		"  date_text(c.ratifications_date, :lang) AS as_of"
		" FROM convention c"
		" LEFT JOIN code_label i ON i.list = 'instrument'"
		"  AND i.code = c.instrument AND i.lang = :lang"
		" LEFT JOIN code_label s ON s.list = 'instrument_status'"
		"  AND s.code = c.instrument_status AND s.lang = :lang"
		" LEFT JOIN code_label g ON g.list = 'generation'"
		"  AND g.code = CAST (c.generation AS TEXT) AND g.lang = :lang"
		" WHERE c.record = :id"))
		return 404;
	page_rows(p, "parts",
	    "SELECT c.part, c.branch, b.label AS branch_label, c.accepted_by,"
	    "  c.out_of FROM convention_part c"
	    " LEFT JOIN code_label b ON b.list = 'branch'"
	    "  AND b.code = c.branch AND b.lang = :lang"
	    " WHERE c.record = :id ORDER BY c.place");
	page_rows(p, "branches",
	    "SELECT c.branch, b.label FROM convention_branch c"
	    " LEFT JOIN code_label b ON b.list = 'branch'"
	    "  AND b.code = c.branch AND b.lang = :lang"
	    " WHERE c.record = :id ORDER BY b.label");
	return page_show(p, 200, "conventions/item");
}
