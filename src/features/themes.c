/*
 * The knowledge base: themes in the trees of the platforms they come from,
 * each with its text, its questions and everything filed under it.
 */
#include "features/themes.h"
#include "web/feed.h"
#include "web/linked.h"
#include "web/record.h"

/* What a node of a tree shows, and what stands under it; levels are nested
 * rows because templates do not recurse. */
#define NODE(parent)                                                \
	"SELECT n.id AS " parent "_node, l.slug, l.title, l.url,"   \
	"  l.other_lang, t.theme_status = 'announced' AS announced" \
	" FROM theme_tree n JOIN theme t ON t.record = n.theme"     \
	" JOIN listed l ON l.id = n.theme AND l.ui = :lang"

static void
name_trees(struct page *p)
{
	page_rows(p, "trees",
	    "SELECT c.code AS tree, c.label AS tree_label"
	    " FROM code o JOIN code_label c ON c.list = o.list"
	    "  AND c.code = o.code AND c.lang = :lang"
	    " WHERE o.list = 'tree' ORDER BY o.place");
	page_rows_in(p, "trees", "nodes1",
	    NODE("first") " WHERE n.tree = :tree AND n.parent IS NULL"
			  " ORDER BY n.place");
	page_rows_in(p, "nodes1", "nodes2",
	    NODE("second") " WHERE n.parent = :first_node ORDER BY n.place");
	page_rows_in(p, "nodes2", "nodes3",
	    NODE("third") " WHERE n.parent = :second_node ORDER BY n.place");
	page_rows_in(p, "nodes3", "nodes4",
	    NODE("fourth") " WHERE n.parent = :third_node ORDER BY n.place");
}

int
themes_index(struct page *p)
{
	if (p->format & FEEDS)
		return feed_kind(p, "theme");
	name_trees(p);
	page_rows(p, "others",
	    "SELECT l.slug, l.title, l.url, l.other_lang FROM listed l"
	    " WHERE l.ui = :lang AND l.kind = 'theme'"
	    " AND l.id NOT IN (SELECT theme FROM theme_tree) ORDER BY l.sort");
	page_rows(p, "questions",
	    "SELECT title, url, other_lang FROM listed"
	    " WHERE ui = :lang AND kind = 'question' ORDER BY sort");
	page_rows(p, "results",
	    "SELECT kind, slug, title, summary, url, text_lang, other_lang,"
	    "  updated, published"
	    " FROM listed WHERE ui = :lang AND kind = 'theme' ORDER BY sort");
	linked_set(p, "themes");
	return page_show(p, 200, "themes/index");
}

/* What stands above, beside and below a theme in the trees. */
static void
name_branches(struct page *p)
{
	page_rows(p, "parents",
	    "SELECT DISTINCT n.tree, c.label AS tree_label, l.title, l.url"
	    " FROM theme_tree n JOIN code_label c ON c.list = 'tree'"
	    "  AND c.code = n.tree AND c.lang = :lang"
	    " LEFT JOIN theme_tree u ON u.id = n.parent"
	    " LEFT JOIN shown l ON l.record = u.theme AND l.ui = :lang"
	    " WHERE n.theme = :id ORDER BY n.tree");
	page_rows(p, "children",
	    "SELECT l.title, l.summary, l.url, l.other_lang,"
	    "  t.theme_status = 'announced' AS announced"
	    " FROM theme_tree n JOIN theme_tree u ON u.id = n.parent"
	    " JOIN theme t ON t.record = n.theme"
	    " JOIN listed l ON l.id = n.theme AND l.ui = :lang"
	    " WHERE u.theme = :id GROUP BY l.id ORDER BY n.place");
	page_rows(p, "questions",
	    "SELECT l.title, l.summary, l.url, l.other_lang FROM question q"
	    " JOIN listed l ON l.id = q.record AND l.ui = :lang"
	    " WHERE q.theme = :slug ORDER BY l.id");
}

/* What is filed under a theme, kind by kind, the newest of each. */
static void
name_holdings(struct page *p)
{
	page_rows(p, "groups",
	    "SELECT o.code AS group_kind, c.label AS kind_label,"
	    "  held(o.code, 'theme', :slug) AS group_total,"
	    "  held(o.code, 'theme', :slug) > 6 AS more,"
	    "  CASE WHEN o.code = 'document' THEN '/' || :lang ||"
	    "    '/library?theme=' || :slug"
	    "   ELSE '/' || :lang || '/search?theme=' || :slug || '&kind=' ||"
	    "    o.code END AS more_url"
	    " FROM code o JOIN code_label c ON c.list = 'kinds'"
	    "  AND c.code = o.code AND c.lang = :lang"
	    " WHERE o.list = 'kinds' AND o.code NOT IN ('theme', 'question')"
	    "  AND held(o.code, 'theme', :slug) > 0 ORDER BY o.place");
	page_rows_in(p, "groups", "holdings",
	    "SELECT l.title, l.url, l.other_lang,"
	    "  substr(l.published, 1, 4) AS year"
	    " FROM json_each(newest(:group_kind, 6, 'theme', :slug)) n"
	    " CROSS JOIN listed l ON l.id = n.value AND l.ui = :lang"
	    " ORDER BY l.published DESC, l.sort");
}

int
themes_item(struct page *p)
{
	if (!record_open(p, "theme") ||
	    !page_row(p,
		"SELECT theme_status = 'announced' AS announced"
		" FROM theme WHERE record = :id"))
		return 404;
	if (p->format & FEEDS)
		return feed_about(p, "theme",
		    model_cell(&p->model, "slug").text);
	name_branches(p);
	name_holdings(p);
	return page_show(p, 200, "themes/item");
}

int
themes_questions(struct page *p)
{
	if (p->format & FEEDS)
		return feed_kind(p, "question");
	page_rows(p, "results",
	    "SELECT l.kind, l.slug, l.title, l.summary, l.url, l.text_lang,"
	    "  l.other_lang, l.updated, l.published, t.title AS theme,"
	    "  t.url AS theme_url"
	    " FROM question q JOIN listed l ON l.id = q.record AND l.ui = :lang"
	    " JOIN record r ON r.kind = 'theme' AND r.slug = q.theme"
	    " JOIN shown t ON t.record = r.id AND t.ui = :lang"
	    " WHERE l.kind = 'question' ORDER BY l.sort");
	return page_show(p, 200, "questions/index");
}

int
themes_question(struct page *p)
{
	if (!record_open(p, "question"))
		return 404;
	page_rows(p, "about",
	    "SELECT t.title, t.url, t.other_lang FROM question q"
	    " JOIN listed t ON t.kind = 'theme' AND t.slug = q.theme"
	    "  AND t.ui = :lang WHERE q.record = :id");
	page_rows(p, "documents",
	    "SELECT l.title, l.url, l.other_lang,"
	    "  substr(l.published, 1, 4) AS year"
	    " FROM question q"
	    " CROSS JOIN json_each(newest('document', 6, 'theme', q.theme)) n"
	    " CROSS JOIN listed l ON l.id = n.value AND l.ui = :lang"
	    " WHERE q.record = :id ORDER BY l.published DESC, l.sort");
	return page_show(p, 200, "questions/item");
}
