/*
 * Search over everything, and suggestions while a visitor types.
 *
 * How words are understood and results ranked: data/search.h.
 */
#include <string.h>

#include "data/search.h"
#include "features/search.h"
#include "web/select.h"

int
search_index(struct page *p)
{
	static const char *const facets[] = { "kind", "language", "theme",
		"country", "organisation", "year", NULL };

	page_select(p,
	    &(struct selection){
		.facets = facets, .sort = "newest", .per_page = 10 });
	page_rows(p, "results",
	    "SELECT l.kind, k.label AS kind_label, l.slug, l.text_lang,"
	    "  l.other_lang, l.title, l.summary, l.url, l.updated,"
	    "  l.published, h.score, h.exact, h.via,"
	    "  marked(l.title, l.text_lang) AS marked_title,"
	    "  CASE WHEN h.text = 0 THEN l.summary ELSE excerpt(h.text) END"
	    "   AS snippet,"
	    "  nullif(coalesce(t.lang, l.text_lang), :lang) AS snippet_lang,"
	    "  substr(l.published, 1, 4) AS year,"
	    "  (SELECT CASE WHEN count(*) <= 3"
	    "    THEN group_concat(c.label, ', ') END FROM record_country rc"
	    "   CROSS JOIN code_label c ON c.list = 'country'"
	    "    AND c.code = rc.country AND c.lang = :lang"
	    "   WHERE rc.record = l.id AND l.kind <> 'country')"
	    "   AS country_label,"
	    "  (SELECT coalesce(CASE :lang WHEN 'fr' THEN o.acronym_fr"
	    "    WHEN 'es' THEN o.acronym_es END, o.acronym)"
	    "   FROM organisation o WHERE o.record = l.id) AS acronym,"
	    "  NOT h.exact AND (h.place = :exact_total + 1"
	    "   OR h.place = :offset + 1) AS first_partial"
	    " FROM hit h JOIN listed l ON l.id = h.record AND l.ui = :lang"
	    " LEFT JOIN record_text t ON t.id = h.text"
	    " LEFT JOIN code_label k ON k.list = 'kind' AND k.code = l.kind"
	    "  AND k.lang = :lang"
	    " ORDER BY h.place");
	/* All 249 countries are known; those without a profile are no records. */
	page_rows(p, "places",
	    "SELECT DISTINCT own.label,"
	    "  '/' || :lang || '/countries/' || lower(c.code) AS url"
	    " FROM code_label c JOIN code_label own ON own.list = c.list"
	    "  AND own.code = c.code AND own.lang = :lang"
	    " WHERE c.list = 'country' AND :exact_total = 0 AND :q <> ''"
	    " AND instr(' ' || fold(:q) || ' ', ' ' || fold(c.label) || ' ')"
	    " ORDER BY own.label");
	return page_show(p, 200, "search/index");
}

/* For the script that shows them below the field: JSON alone. */
int
search_suggestions(struct page *p)
{
	search_suggest(page_db(p), page_lang(p), page_param(p, "q"));
	page_rows(p, "suggestions",
	    "SELECT s.text, s.kind, n.label,"
	    "  coalesce(l.url, '/' || :lang || '/search' ||"
	    "   url_set('', 'q', s.text)) AS url"
	    " FROM suggestion s LEFT JOIN shown l ON l.record = s.record"
	    "  AND l.ui = :lang"
	    " LEFT JOIN code_label n ON n.list = 'kind' AND n.code = s.kind"
	    "  AND n.lang = :lang"
	    " ORDER BY s.place");
	return page_show(p, 200, "search/index");
}

/* They are JSON, even when nobody said so. */
int
search_suggestions_door(struct page *p)
{
	const char *query = model_cell(&p->model, "query").text;

	return page_redirect(p, 301,
	    arena_printf(&p->arena, "/%s/suggest.json%s%s", page_lang(p),
		*query != '\0' ? "?" : "", query));
}

/* The same as browsers read them: what was typed, then lists of completions,
 * of what they are and of where they lead. */
int
search_completions(struct page *p)
{
	const char *typed = page_param(p, "q"), *json;
	struct query *q = db_query(page_db(p),
	    "SELECT json_array(:q, json_group_array(s.text),"
	    "  json_group_array(coalesce(n.label, '')),"
	    "  json_group_array(:base || coalesce(l.url, '/' || :lang ||"
	    "   '/search' || url_set('', 'q', s.text))))"
	    " FROM suggestion s LEFT JOIN shown l ON l.record = s.record"
	    "  AND l.ui = :lang"
	    " LEFT JOIN code_label n ON n.list = 'kind' AND n.code = s.kind"
	    "  AND n.lang = :lang");

	search_suggest(page_db(p), page_lang(p), typed);
	db_restart(q);
	db_set_text(q, "q", typed);
	db_set_text(q, "lang", page_lang(p));
	db_set_text(q, "base", model_cell(&p->model, "base").text);
	if (!db_next(q))
		return 500;
	json = db_text(q, 0);
	return page_send(p, 200, "application/x-suggestions+json", json,
	    strlen(json));
}
