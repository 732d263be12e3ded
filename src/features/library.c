/*
 * The library: guides, studies, reports, laws and tools, each with what is
 * known of who wrote and published it, and where the original is.
 */
#include "features/library.h"
#include "web/record.h"
#include "web/select.h"

/* All documents, or those that fit what was asked. */
int
library_index(struct page *p)
{
	static const char *const facets[] = { "theme", "country", "doctype",
		"language", "organisation", "year", NULL };

	page_select(p,
	    &(struct selection){ .kind = "document",
		.facets = facets,
		.sort = "year",
		.per_page = 20 });
	page_rows(p, "results",
	    "SELECT l.kind, l.slug, l.text_lang, l.other_lang, l.title,"
	    "  l.summary, l.url, l.updated, l.published,"
	    "  d.doctype, t.label AS doctype_label, d.year, d.subtitle,"
	    "  date_text(coalesce(l.published, d.date, d.year), :lang) AS _date,"
	    "  (SELECT group_concat(name, '; ') FROM document_author_name a"
	    "   WHERE a.record = l.id AND a.ui = :lang) AS authors,"
	    "  (SELECT group_concat(country, ';') FROM record_country"
	    "   WHERE record = l.id) AS country,"
	    "  (SELECT group_concat(theme, ';') FROM record_theme"
	    "   WHERE record = l.id) AS theme,"
	    "  d.url AS original_url"
	    " FROM hit h JOIN listed l ON l.id = h.record AND l.ui = :lang"
	    " JOIN document d ON d.record = l.id"
	    " LEFT JOIN code_label t ON t.list = 'doctype'"
	    "  AND t.code = d.doctype AND t.lang = :lang"
	    " ORDER BY h.place");
	return page_show(p, 200, "library/index");
}

/* What of it lies here, to be taken away. */
static void
list_files(struct page *p)
{
	page_rows(p, "files",
	    "SELECT url, name, label, lang AS file_lang, type, bytes,"
	    "  megabytes AS _megabytes, kilobytes AS _kilobytes,"
	    "  (SELECT label FROM code_label WHERE list = 'language'"
	    "   AND code = f.lang AND code_label.lang = :lang) AS _language"
	    " FROM document_file_shown f WHERE record = :id AND ui = :lang"
	    " ORDER BY place");
}

/* One document, and what stands beside it. */
int
library_item(struct page *p)
{
	if (!record_open(p, "document") ||
	    !page_row(p,
		"SELECT d.*, t.label AS doctype_label, g.label AS"
		"  document_status_label, date_text(d.date, :lang) AS date_text,"
		"  d.url AS original_url"
		" FROM document d"
		" LEFT JOIN code_label t ON t.list = 'doctype'"
		"  AND t.code = d.doctype AND t.lang = :lang"
		" LEFT JOIN code_label g ON g.list = 'document_status'"
		"  AND g.code = d.document_status AND g.lang = :lang"
		" WHERE d.record = :id"))
		return 404;
	page_rows(p, "authors",
	    "SELECT name, author_url FROM document_author_name"
	    " WHERE record = :id AND ui = :lang ORDER BY place");
	list_files(p);
	page_rows(p, "harvested",
	    "SELECT origin, origin_url, identifier, datestamp, harvested,"
	    "  date_text(harvested, :lang) AS _harvested_text"
	    " FROM record_origin WHERE record = :id");
	page_rows(p, "keywords",
	    "SELECT keyword, '/' || :lang || '/search'"
	    "  || url_set('', 'q', '\"' || replace(keyword, '\"', ' ') || '\"')"
	    "  AS url"
	    " FROM record_keyword WHERE record = :id"
	    " ORDER BY sort_key(keyword, :lang)");
	page_rows(p, "publishers",
	    "SELECT l.title, l.url FROM record_relation r"
	    " JOIN listed l ON l.id = r.to_record AND l.ui = :lang"
	    " WHERE r.from_record = :id AND r.relation = 'publisher'"
	    " ORDER BY r.place");
	page_rows(p, "uses",
	    "SELECT l.kind AS use_kind, c.label AS kind_label,"
	    "  count(*) AS use_total, count(*) <= 8 AS few,"
	    "  json_group_array(l.record) AS _users"
	    " FROM (SELECT DISTINCT record FROM source"
	    "  WHERE document = :id AND record <> :id) s"
	    " CROSS JOIN shown l ON l.record = s.record AND l.ui = :lang"
	    " JOIN code o ON o.list = 'kinds' AND o.code = l.kind"
	    " JOIN code_label c ON c.list = o.list AND c.code = o.code"
	    "  AND c.lang = :lang"
	    " GROUP BY l.kind ORDER BY o.place");
	page_rows_in(p, "uses", "used",
	    "SELECT l.title, l.url, l.other_lang"
	    " FROM json_each(:_users) u"
	    " CROSS JOIN shown l ON l.record = u.value AND l.ui = :lang"
	    " ORDER BY l.sort");
	page_rows(p, "document_languages",
	    "SELECT g.language, c.label FROM document_language g"
	    " JOIN code_label c ON c.list = 'language'"
	    "  AND c.code = g.language AND c.lang = :lang"
	    " WHERE g.record = :id ORDER BY c.label");
	page_row(p,
	    "SELECT citation FROM document_citation"
	    " WHERE record = :id AND ui = :lang");
	return page_show(p, 200, "library/item");
}

/* To the first of a document's files that is a PDF, by an address below that of
 * its page: where search engines for scholars expect it. */
int
library_pdf(struct page *p)
{
	if (!page_row(p,
		"SELECT f.url AS file_url FROM shown s JOIN record r"
		"  ON r.id = s.record AND r.kind = 'document' AND r.slug = :slug"
		" JOIN document_file_shown f ON f.record = s.record"
		"  AND f.ui = s.ui AND f.type = 'application/pdf'"
		" WHERE s.ui = :lang ORDER BY f.place LIMIT 1"))
		return 404;
	return page_redirect(p, 302, model_cell(&p->model, "file_url").text);
}
