/*
 * Which addresses of other sites do not answer, for editors: since when, why,
 * and in which records they stand.  "mutua jobs" asks (cli/jobs_links.c).
 */
#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "features/links.h"

enum { A_PAGE = 50 };

/* What has been chosen, whatever its state; but for the facet :_but, whose
 * values are being counted. */
#define CHOSEN                                                     \
	" FROM state.link_check c JOIN outward o ON o.url = c.url" \
	" WHERE (:_but = 'kind' OR :kind = '' OR o.kind = :kind)"

/* What there is in each state; if nothing is said, the dead are shown. */
static void
name_states(struct page *p)
{
	static const char *const states[] = { "failing", "moved", "refused",
		"good", "new", "dead" };
	const char *chosen = page_param(p, "state");
	size_t i = 0;

	while (i < 5 && strcmp(states[i], chosen) != 0)
		i++;
	model_change(&p->model, "state", states[i]);
	page_text(p, "_dead", i == 5 ? "1" : "");
	page_rows(p, "states",
	    "SELECT l.label, o.code = :state AS selected,"
	    "  (SELECT count(*)" CHOSEN " AND c.state = o.code) AS count,"
	    "  url_set(:_query, 'state', nullif(o.code, 'dead')) AS url"
	    " FROM code o JOIN code_label l ON l.list = o.list"
	    "  AND l.code = o.code AND l.lang = :lang"
	    " WHERE o.list = 'link_state' ORDER BY o.place");
}

/* The kinds of records they stand in, as _facets.html shows them. */
static void
name_facets(struct page *p)
{
	page_text(p, "_kind_label", page_string(p, "review_kind"));
	page_rows(p, "facets",
	    "SELECT 'kind' AS facet, 'kind' AS _but, :_kind_label AS label,"
	    "  :kind <> '' AS \"any\", 1 AS open, 0 AS all_values,"
	    "  '' AS more_url, '' AS fewer_url"
	    " WHERE :_chosen > 0 OR :kind <> ''");
	page_rows_in(p, "facets", "values",
	    "SELECT o.kind AS value, count(*) AS count,"
	    "  o.kind = :kind AS selected, l.label,"
	    "  url_set(:_query, 'kind', iif(o.kind = :kind, NULL, o.kind))"
	    "   AS url FROM state.link_check c JOIN outward o ON o.url = c.url"
	    " JOIN code_label l ON l.list = 'kind' AND l.code = o.kind"
	    "  AND l.lang = :lang"
	    " WHERE c.state = :state GROUP BY o.kind ORDER BY count(*) DESC");
	page_rows(p, "filters",
	    "SELECT l.label, url_set(:_query, 'kind', NULL) AS url"
	    " FROM code_label l WHERE l.list = 'kind' AND l.code = :kind"
	    " AND l.lang = :lang");
	page_text(p, "clear_url",
	    arena_printf(&p->arena, "?state=%s",
		model_cell(&p->model, "state").text));
}

/* How far the check has come, whatever is chosen. */
static void
name_progress(struct page *p)
{
	page_row(p,
	    "SELECT count(*) AS addresses, count(asked) AS tried,"
	    "  number_text(count(*), :lang) AS _addresses,"
	    "  number_text(count(asked), :lang) AS _tried,"
	    "  count(asked) > 0 AS _begun,"
	    "  nullif(count(iif(state = 'failing', 1, NULL)), 0) AS _failing,"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', max(asked), 'unixepoch')"
	    "   AS last_look,"
	    "  date_text(strftime('%Y-%m-%d', max(asked), 'unixepoch'), :lang)"
	    "   || ', ' || strftime('%H:%M', max(asked), 'unixepoch')"
	    "   || ' UTC' AS _last_look"
	    " FROM state.link_check");
}

/* The query without what was said of the last page, in the model. */
static void
name_query(struct page *p)
{
	struct buf query = { 0 };

	url_drop(&query, model_cell(&p->model, "query").text, "done");
	page_text(p, "_query", buf_text(&query) + (query.len > 0));
	buf_free(&query);
}

#define DAY(column) "strftime('%Y-%m-%d', " column ", 'unixepoch')"

int
links_check(struct page *p)
{
	model_change(&p->model, "title", page_string(p, "link_check"));
	page_form(p);
	page_text(p, "_but", "");
	name_query(p);
	name_progress(p);
	page_param(p, "kind");
	name_states(p);
	page_row(p,
	    "SELECT count(*) AS _chosen" CHOSEN " AND c.state = :state");
	name_facets(p);
	page_paging(p, strtoll(model_cell(&p->model, "_chosen").text, NULL, 10),
	    A_PAGE);
	page_rows(p, "results",
	    "SELECT l.*, e.label AS error_label, k.label AS kind_label,"
	    "  s.title, s.other_lang, s.url, s.url || '/edit' AS edit_url,"
	    "  date_text(l.since, :lang) AS since_text,"
	    "  date_text(l.answered, :lang) AS answered_text,"
	    "  date_text(l.asked, :lang) AS asked_text"
	    " FROM (SELECT c.id AS link, c.url AS address, c.state, c.error,"
	    "   c.status, c.moved, c.due <= unixepoch() AS _due, o.record,"
	    "   o.kind, " DAY("c.failed") " AS since, " DAY("c.good") "   AS answered, " DAY(
		"c.asked") " AS asked" CHOSEN "  AND c.state = :state) l"
			   " JOIN shown s ON s.record = l.record AND s.ui = :lang"
			   " LEFT JOIN code_label e ON e.list = 'link_error'"
			   "  AND e.code = l.error AND e.lang = :lang"
			   " LEFT JOIN code_label k ON k.list = 'kind' AND k.code = l.kind"
			   "  AND k.lang = :lang"
			   " ORDER BY l.since, s.sort, l.link LIMIT :limit OFFSET :offset");
	return page_show(p, 200, "links/check");
}

int
links_check_again(struct page *p)
{
	page_field(p, "link");
	if (!page_begin(p))
		return 500;
	page_run(p, "UPDATE state.link_check SET due = 0 WHERE id = :link");
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/review/links?done=again",
		page_lang(p)));
}
