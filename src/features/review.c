/*
 * What waits for review, and what became of the rest: for editors all of it,
 * for stewards what they look after.
 */
#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "features/review.h"
#include "web/feed_words.h"
#include "web/rights.h"

/* What has been chosen, in whatever state; but for the facet :_but, whose
 * values are being counted. */
#define CHOSEN                                                  \
	" FROM state.contribution c WHERE " MAY_REVIEW          \
	" AND (:_but = 'kind' OR :kind = '' OR c.kind = :kind)" \
	" AND (:_but = 'country' OR :country = ''"              \
	"  OR c.country = :country)"                            \
	" AND (:_but = 'mine' OR :mine = '' OR " IS_MINE ")"

/* What there is in each state; if nothing is said, what waits is shown. */
static void
name_states(struct page *p)
{
	static const char *const states[] = { "changes", "scheduled",
		"published", "declined", "submitted" };
	const char *chosen = page_param(p, "state");
	size_t i = 0;

	while (i < 4 && strcmp(states[i], chosen) != 0)
		i++;
	model_change(&p->model, "state", states[i]);
	page_rows(p, "states",
	    "SELECT o.code AS state, l.label, o.code = :state AS selected,"
	    "  (SELECT count(*) " CHOSEN " AND c.state = o.code) AS count,"
	    "  url_set(:_query, 'state', nullif(o.code, 'submitted')) AS url"
	    " FROM code o JOIN code_label l ON l.list = o.list"
	    "  AND l.code = o.code AND l.lang = :lang"
	    " WHERE o.list = 'contribution_state'"
	    "  AND o.code NOT IN ('draft', 'withdrawn') ORDER BY o.place");
}

/* What it can be narrowed by, as _facets.html shows it; nothing is not. */
static void
name_facets(struct page *p)
{
	page_text(p, "_kind_label", page_string(p, "review_kind"));
	page_text(p, "_country_label", page_string(p, "review_country"));
	page_text(p, "_mine_label", page_string(p, "review_mine"));
	page_text(p, "_mine_yes", page_string(p, "review_mine_yes"));
	page_rows(p, "facets",
	    "SELECT column1 AS facet, column1 AS _but, column2 AS label,"
	    "  column3 <> '' AS \"any\", 1 AS open, 0 AS all_values,"
	    "  '' AS more_url, '' AS fewer_url"
	    " FROM (VALUES ('kind', :_kind_label, :kind),"
	    "  ('country', :_country_label, :country),"
	    "  ('mine', :_mine_label, :mine))"
	    " WHERE (:_chosen > 0 OR :kind || :country || :mine <> '')"
	    " AND (column1 <> 'mine' OR (:_may_edit"
	    "  AND EXISTS (SELECT 1 FROM steward WHERE member = :_member)))"
	    " AND (column1 <> 'country' OR :country <> ''"
	    "  OR EXISTS (SELECT 1" CHOSEN " AND c.state = :state"
	    "   AND c.country IS NOT NULL))");
	page_rows_in(p, "facets", "values",
	    "SELECT v.value, v.count, v.selected,"
	    "  CASE :facet WHEN 'mine' THEN :_mine_yes ELSE (SELECT l.label"
	    "   FROM code_label l WHERE l.list = :facet AND l.code = v.value"
	    "   AND l.lang = :lang) END AS label,"
	    "  url_set(:_query, :facet, iif(v.selected, NULL, v.value)) AS url"
	    " FROM (SELECT u.value, count(*) AS count, u.value = CASE :facet"
	    "   WHEN 'kind' THEN :kind WHEN 'country' THEN :country"
	    "   ELSE :mine END AS selected"
	    "  FROM (SELECT CASE :facet WHEN 'kind' THEN c.kind"
	    "    WHEN 'country' THEN c.country ELSE iif(" IS_MINE ", '1', NULL)"
	    "    END AS value " CHOSEN " AND c.state = :state) u"
	    "  WHERE u.value IS NOT NULL GROUP BY u.value) v"
	    " ORDER BY v.count DESC, label");
	page_rows(p, "filters",
	    "SELECT f.facet, CASE f.facet WHEN 'mine' THEN :_mine_yes ELSE"
	    "   coalesce((SELECT l.label FROM code_label l"
	    "   WHERE l.list = f.facet AND l.code = f.value"
	    "   AND l.lang = :lang), f.value) END AS label,"
	    "  url_set(:_query, f.facet, NULL) AS url"
	    " FROM (SELECT 'kind' AS facet, :kind AS value UNION ALL"
	    "  SELECT 'country', :country UNION ALL SELECT 'mine', :mine) f"
	    " WHERE f.value <> ''");
	page_text(p, "clear_url",
	    arena_printf(&p->arena, "?state=%s",
		model_cell(&p->model, "state").text));
}

static void
name_sorts(struct page *p)
{
	const char *sort = page_param(p, "sort");

	if (strcmp(sort, "newest") != 0)
		model_change(&p->model, "sort", "oldest");
	page_text(p, "_oldest", page_string(p, "review_oldest"));
	page_text(p, "_newest", page_string(p, "sort_newest"));
	page_rows(p, "sorts",
	    "SELECT s.sort, s.label, s.sort = :sort AS selected,"
	    "  url_set(:_query, 'sort', nullif(s.sort, 'oldest')) AS url"
	    " FROM (SELECT 'oldest' AS sort, :_oldest AS label"
	    "  UNION ALL SELECT 'newest', :_newest) s");
}

/* How many there are; their query is the list's. */
static int64_t
count_chosen(struct page *p)
{
	return page_row(p,
		   "SELECT count(*) AS _chosen" CHOSEN " AND c.state = :state")
	    ? strtoll(model_cell(&p->model, "_chosen").text, NULL, 10)
	    : 0;
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

/* All that waits, not narrowed? */
static bool
is_all(const struct page *p)
{
	static const char *const names[] = { "kind", "country", "mine" };

	for (size_t i = 0; i < 3; i++)
		if (*model_cell(&p->model, names[i]).text != '\0')
			return false;
	return strcmp(model_cell(&p->model, "state").text, "submitted") == 0;
}

int
review_index(struct page *p)
{
	int64_t total;

	model_change(&p->model, "title", page_string(p, "review"));
	page_text(p, "_but", "");
	name_query(p);
	page_param(p, "kind");
	page_param(p, "country");
	page_param(p, "mine");
	name_states(p);
	total = count_chosen(p);
	name_facets(p);
	name_sorts(p);
	page_paging(p, total, 20);
	page_row(p,
	    "SELECT count(*) AS _dead_links, count(*) = 1 AS _dead_link"
	    " FROM state.link_check WHERE state = 'dead' AND :_may_edit");
	page_row(p,
	    "SELECT count(*) AS _harvests FROM harvest_source"
	    " WHERE :_may_edit");
	page_number(p, "_nothing_waits", is_all(p) && total == 0);
	page_rows(p, "results",
	    "SELECT c.id, c.state, c.kind, k.label AS kind_label, c.title,"
	    "  coalesce(c.base, 0) = 0 AS is_new, c.tree IS NULL AS is_suggestion,"
	    "  c.country, n.label AS country_label, c.submitted,"
	    "  date_text(substr(c.submitted, 1, 10), :lang) AS submitted_text,"
	    "  c.days, c.days = 1 AS _a_day, c.member AS author,"
	    "  m.name AS author_name,"
	    "  '/' || :lang || '/review/' || c.id AS url"
	    " FROM (SELECT c.*, CAST (julianday('now', 'start of day')"
	    "   - julianday(c.submitted, 'start of day') AS INTEGER) AS days" CHOSEN
	    " AND c.state = :state) c"
	    " LEFT JOIN member m ON m.id = c.member"
	    " LEFT JOIN code_label k ON k.list = 'kind' AND k.code = c.kind"
	    "  AND k.lang = :lang"
	    " LEFT JOIN code_label n ON n.list = 'country'"
	    "  AND n.code = c.country AND n.lang = :lang"
	    " ORDER BY CASE :sort WHEN 'newest' THEN -julianday(c.submitted)"
	    "  ELSE julianday(c.submitted) END, c.id"
	    " LIMIT :limit OFFSET :offset");
	feed_words_waiting(p);
	return page_show(p, 200, "review/index");
}
