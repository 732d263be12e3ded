/*
 * The directory: organisations that support schemes, and experts who have
 * added themselves.
 */
#include <string.h>

#include "features/directory.h"
#include "web/feed.h"
#include "web/record.h"
#include "web/select.h"

/* As the reader's language has it: ILO, OIT. */
#define ACRONYM                                           \
	"coalesce(CASE :lang WHEN 'fr' THEN o.acronym_fr" \
	" WHEN 'es' THEN o.acronym_es END, o.acronym) AS acronym"

int
directory_organisations(struct page *p)
{
	static const char *const facets[] = { "organisation_type", "region",
		"country", NULL };

	page_select(p,
	    &(struct selection){ .kind = "organisation",
		.facets = facets,
		.sort = "title",
		.per_page = 50 });
	page_rows(p, "results",
	    "SELECT l.kind, l.slug, l.text_lang, l.other_lang, l.title,"
	    "  l.summary, l.url, l.updated, l.published,"
	    "  o.organisation_type, t.label AS organisation_type_label,"
	    "  " ACRONYM ", o.city, o.website,"
	    "  (SELECT group_concat(country, ';') FROM record_country"
	    "   WHERE record = l.id) AS country,"
	    "  (SELECT group_concat(c.label, ', ') FROM record_country rc"
	    "   JOIN code_label c ON c.list = 'country'"
	    "    AND c.code = rc.country AND c.lang = :lang"
	    "   WHERE rc.record = l.id) AS country_label"
	    " FROM hit h JOIN listed l ON l.id = h.record AND l.ui = :lang"
	    " JOIN organisation o ON o.record = l.id"
	    " LEFT JOIN code_label t ON t.list = 'organisation_type'"
	    "  AND t.code = o.organisation_type AND t.lang = :lang"
	    " ORDER BY h.place");
	return page_show(p, 200, "organisations/index");
}

/* Its news, and who posts it for it: those who have a page of theirs. */
static void
name_news(struct page *p)
{
	page_rows(p, "news",
	    "SELECT l.title, l.url, l.other_lang, l.published AS date,"
	    "  date_text(substr(l.published, 1, 10), :lang) AS date_text"
	    " FROM json_each(newest('news', 5, 'organisation', :slug)) n"
	    " CROSS JOIN listed l ON l.id = n.value AND l.ui = :lang"
	    " ORDER BY n.key");
	page_rows(p, "spokespersons",
	    "SELECT m.name, '/' || :lang || '/members/' || m.id AS url"
	    " FROM spoken_for w JOIN member m ON m.id = w.member"
	    " WHERE w.organisation = :id AND EXISTS (SELECT 1 FROM revision v"
	    "  WHERE v.author = m.id) ORDER BY sort_key(m.name, :lang), m.id");
}

int
directory_organisation(struct page *p)
{
	if (!record_open(p, "organisation") ||
	    !page_row(p,
		"SELECT o.organisation_type, t.label AS"
		"  organisation_type_label, " ACRONYM ", o.city, o.scope,"
		"  s.label AS scope_label, o.website"
		" FROM organisation o"
		" LEFT JOIN code_label t ON t.list = 'organisation_type'"
		"  AND t.code = o.organisation_type AND t.lang = :lang"
		" LEFT JOIN code_label s ON s.list = 'scope'"
		"  AND s.code = o.scope AND s.lang = :lang"
		" WHERE o.record = :id"))
		return 404;
	if (p->format & FEEDS)
		return feed_about(p, "organisation",
		    model_cell(&p->model, "slug").text);
	name_news(p);
	page_rows(p, "documents",
	    "SELECT l.title, l.url, l.other_lang, d.year"
	    " FROM (SELECT record FROM document_author WHERE organisation = :id"
	    "  UNION SELECT from_record FROM record_relation"
	    "   WHERE to_record = :id AND relation = 'publisher') o"
	    " CROSS JOIN document d ON d.record = o.record"
	    " CROSS JOIN shown l ON l.record = d.record AND l.ui = :lang"
	    " ORDER BY d.year DESC, l.sort");
	page_rows(p, "programmes",
	    "SELECT DISTINCT l.title AS country, l.url, m.name,"
	    "  m.text_lang, m.other_lang"
	    " FROM measure_organisation o JOIN measure_shown m"
	    "  ON m.measure = o.measure AND m.ui = :lang"
	    " JOIN listed l ON l.id = m.record AND l.ui = :lang"
	    " WHERE o.organisation = :id ORDER BY l.sort, m.place");
	return page_show(p, 200, "organisations/item");
}

int
directory_experts(struct page *p)
{
	static const char *const facets[] = { "theme", "country", "language",
		NULL };

	page_select(p,
	    &(struct selection){ .kind = "expert",
		.facets = facets,
		.sort = "title",
		.per_page = 50 });
	page_rows(p, "results",
	    "SELECT l.kind, l.slug, l.text_lang, l.other_lang, l.title,"
	    "  l.summary, l.url, l.updated, l.published, e.position, e.city,"
	    "  o.title AS organisation, e.available,"
	    "  (SELECT group_concat(country, ';') FROM record_country"
	    "   WHERE record = l.id) AS country,"
	    "  (SELECT group_concat(language, ';') FROM expert_language"
	    "   WHERE record = l.id) AS languages"
	    " FROM hit h JOIN listed l ON l.id = h.record AND l.ui = :lang"
	    " JOIN expert e ON e.record = l.id"
	    " LEFT JOIN shown o ON o.record = e.organisation AND o.ui = :lang"
	    " ORDER BY h.place");
	page_row(p,
	    "SELECT count(*) AS any_experts FROM record WHERE kind = 'expert'");
	return page_show(p, 200, "experts/index");
}

int
directory_expert(struct page *p)
{
	if (!record_open(p, "expert") ||
	    !page_row(p,
		"SELECT e.position, e.city, e.available, e.website,"
		"  o.title AS organisation, o.url AS organisation_url"
		" FROM expert e"
		" LEFT JOIN shown o ON o.record = e.organisation AND o.ui = :lang"
		" WHERE e.record = :id"))
		return 404;
	if (strcmp(model_cell(&p->model, "available").text, "1") != 0)
		model_change(&p->model, "vcards", ""); /* has no card */
	page_rows(p, "expert_languages",
	    "SELECT e.language, c.label FROM expert_language e"
	    " JOIN code_label c ON c.list = 'language'"
	    "  AND c.code = e.language AND c.lang = :lang"
	    " WHERE e.record = :id ORDER BY c.label");
	return page_show(p, 200, "experts/item");
}
