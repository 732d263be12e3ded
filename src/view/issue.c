#include "view/issue.h"

/* The text is made for a page: in a mail its links need our address. */
static struct query *
head(struct db *db)
{
	return db_query(db,
	    "SELECT l.title, l.summary, l.url, n.number, b.body_html,"
	    "  date_text(l.published, :lang) AS published_text,"
	    "  c.label AS text_language,"
	    "  (SELECT heading IS NULL FROM newsletter_item_shown i"
	    "   WHERE i.issue = n.record AND i.ui = :lang"
	    "   ORDER BY place LIMIT 1) AS bare"
	    " FROM newsletter n JOIN listed l ON l.id = n.record"
	    "  AND l.ui = :lang"
	    " LEFT JOIN code_label c ON c.list = 'language'"
	    "  AND c.code = l.other_lang AND c.lang = :lang"
	    " LEFT JOIN (SELECT id, replace(replace(body_html, 'href=\"/',"
	    "   'href=\"' || :home || '/'), 'src=\"/', 'src=\"' || :home"
	    "   || '/') AS body_html FROM record_text) b ON b.id = l.text"
	    " WHERE n.record = :issue");
}

static struct query *
items(struct db *db)
{
	return db_query(db,
	    "SELECT i.title, i.url, i.other_lang, i.heading, i.note,"
	    "  CASE WHEN i.note IS NULL THEN i.summary END AS summary,"
	    "  k.label AS kind_label"
	    " FROM newsletter_item_shown i LEFT JOIN code_label k"
	    "  ON k.list = 'kind' AND k.code = i.kind AND k.lang = :lang"
	    " WHERE i.issue = :issue AND i.ui = :lang ORDER BY i.place");
}

void
issue_name(struct model *m, struct db *db, struct arena *a, int64_t issue)
{
	model_number(m, "issue", arena_printf(a, "%lld", (long long)issue));
	model_rows(m, "head", "", head(db));
	model_rows(m, "items", "", items(db));
}
