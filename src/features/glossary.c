/*
 * The glossary: concepts of insurance and social protection, with the terms
 * that the languages have for each.
 */
#include <stdlib.h>

#include "features/glossary.h"
#include "web/linked.h"
#include "web/record.h"
#include "web/select.h"

/* The terms that match what was asked, the best first. */
static void
find_terms(struct page *p)
{
	static const char *const facets[] = { NULL };

	page_select(p,
	    &(struct selection){ .kind = "term",
		.facets = facets,
		.sort = "title",
		.per_page = 50 });
	page_rows(p, "results",
	    "SELECT l.kind, l.slug, l.text_lang, l.other_lang, l.title,"
	    "  l.summary, l.url, l.updated, l.published, t.acronym"
	    " FROM hit h JOIN listed l ON l.id = h.record AND l.ui = :lang"
	    " JOIN term t ON t.record = l.id ORDER BY h.place");
}

/* The terms in the order of the language, of one letter or of all; in feeds
 * the newest first. */
static void
list_terms(struct page *p)
{
	const char *letter = model_cell(&p->model, "letter").text;

	page_text(p, "advice", ""); /* a search may have some */
	page_text(p, "_choice",
	    arena_printf(&p->arena, "%s%s", *letter != '\0' ? ", " : "",
		letter));
	page_number(p, "_newest", (p->format & FEEDS) != 0);
	page_row(p,
	    "SELECT count(*) AS terms FROM listed WHERE ui = :lang"
	    " AND kind = 'term' AND (:letter = '' OR letter = :letter)");
	page_paging(p, atoll(model_cell(&p->model, "terms").text), 50);
	page_rows(p, "results",
	    "SELECT l.kind, l.slug, l.text_lang, l.other_lang, l.title,"
	    "  l.summary, l.url, l.updated, l.published, t.acronym"
	    " FROM listed l JOIN term t ON t.record = l.id"
	    " WHERE l.ui = :lang AND l.kind = 'term'"
	    " AND (:letter = '' OR l.letter = :letter)"
	    " ORDER BY iif(:_newest, l.published, '') DESC,"
	    "  iif(:_newest, -l.id, 0), l.sort LIMIT :limit OFFSET :offset");
}

/* All terms, those of one letter, or those that match. */
int
glossary_index(struct page *p)
{
	page_param(p, "letter");
	page_row(p,
	    "SELECT CASE WHEN :letter = '' THEN ''"
	    " ELSE index_letter(:letter, :lang) END AS letter");
	page_rows(p, "letters",
	    "SELECT letter, url_set('', 'letter', letter) AS letter_url,"
	    "  letter = :letter AS current, count(*) AS letter_terms"
	    " FROM shown WHERE ui = :lang AND kind = 'term'"
	    " GROUP BY letter ORDER BY min(sort)");
	if (*page_param(p, "q") != '\0')
		find_terms(p);
	else
		list_terms(p);
	linked_set(p, "glossary");
	return page_show(p, 200, "glossary/index");
}

/* One concept: its terms, its neighbours, and where it is used. */
int
glossary_term(struct page *p)
{
	if (!record_open(p, "term") ||
	    !page_row(p,
		"SELECT acronym, origin, note, '/' || :lang || '/search'"
		"  || url_set('', 'q', '\"' || :title || '\"') AS _search_url"
		" FROM term WHERE record = :id"))
		return 404;
	page_rows(p, "names",
	    "SELECT c.label, n.lang AS term_lang,"
	    "  max(CASE WHEN n.use = 'preferred' THEN n.name END) AS name,"
	    "  group_concat(CASE WHEN n.use = 'synonym' THEN n.name END, '; ')"
	    "   AS synonyms,"
	    "  group_concat(CASE WHEN n.use = 'acronym' THEN n.name END, '; ')"
	    "   AS acronyms,"
	    "  (SELECT t.summary FROM record_text t WHERE t.record = n.record"
	    "   AND t.lang = n.lang AND t.lang <> :text_lang) AS definition"
	    " FROM term_name n"
	    " JOIN code_label c ON c.list = 'language' AND c.code = n.lang"
	    "  AND c.lang = :lang"
	    " WHERE n.record = :id GROUP BY n.lang"
	    " ORDER BY n.lang <> :lang, n.lang");
	page_rows(p, "related",
	    "SELECT l.kind, l.title, l.url, l.other_lang, b.note"
	    " FROM beside b JOIN listed l ON l.id = b.other AND l.ui = :lang"
	    " WHERE b.record = :id AND l.kind = 'term' GROUP BY l.id"
	    " ORDER BY l.sort");
	page_rows(p, "uses",
	    "SELECT l.kind AS use_kind, c.label AS kind_label,"
	    "  count(*) AS use_total, count(*) <= 8 AS few"
	    " FROM record_relation r"
	    " CROSS JOIN shown l ON l.record = r.from_record AND l.ui = :lang"
	    " JOIN code o ON o.list = 'kinds' AND o.code = l.kind"
	    " JOIN code_label c ON c.list = o.list AND c.code = o.code"
	    "  AND c.lang = :lang"
	    " WHERE r.to_record = :id AND l.kind <> 'term'"
	    " GROUP BY l.kind ORDER BY o.place");
	page_rows_in(p, "uses", "used",
	    "SELECT l.title, l.url, l.other_lang FROM record_relation r"
	    " CROSS JOIN shown l ON l.record = r.from_record AND l.ui = :lang"
	    " WHERE r.to_record = :id AND l.kind = :use_kind ORDER BY l.sort");
	return page_show(p, 200, "glossary/term");
}
