/*
 * The newsletter: its issues, the last one first, and each as a page.  They are
 * written like any record and sent by mail (newsletter_send.c).
 */
#include <stdlib.h>
#include <string.h>

#include "features/newsletter.h"
#include "web/record.h"

enum { PER_PAGE = 20 };

int
newsletter_index(struct page *p)
{
	page_row(p,
	    "SELECT count(*) AS _all FROM newsletter n JOIN shown s"
	    " ON s.record = n.record AND s.ui = :lang");
	page_paging(p, strtoll(model_cell(&p->model, "_all").text, NULL, 10),
	    PER_PAGE);
	page_rows(p, "results",
	    "SELECT l.kind, l.slug, n.number, l.text_lang, l.other_lang,"
	    "  l.title, l.summary, l.url, l.updated, l.published,"
	    "  date_text(l.published, :lang) AS published_text"
	    " FROM newsletter n JOIN listed l ON l.id = n.record"
	    "  AND l.ui = :lang"
	    " ORDER BY n.number DESC LIMIT :limit OFFSET :offset");
	return page_show(p, 200, "newsletter/index");
}

/* An issue goes by its number too: "/en/newsletter/3". */
static int
find_number(struct page *p)
{
	const char *slug = model_cell(&p->model, "slug").text;
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT s.url FROM newsletter n JOIN shown s"
	    "  ON s.record = n.record AND s.ui = :lang"
	    " WHERE n.number = :number"));
	const char *url;

	if (strspn(slug, "0123456789") != strlen(slug) || strlen(slug) > 6)
		return 404;
	db_set_text(q, "lang", page_lang(p));
	db_set_int(q, "number", strtoll(slug, NULL, 10));
	if (!db_next(q))
		return 404;
	url = page_keep(p, db_text(q, 0), db_cell(q, 0).len);
	db_restart(q);
	return page_redirect(p, 302, url);
}

int
newsletter_item(struct page *p)
{
	if (!record_open(p, "newsletter"))
		return find_number(p);
	page_row(p,
	    "SELECT number, date_text((SELECT published FROM record"
	    "  WHERE id = :id), :lang) AS published_text,"
	    "  (SELECT heading IS NULL FROM newsletter_item_shown i"
	    "   WHERE i.issue = :id AND i.ui = :lang"
	    "   ORDER BY place LIMIT 1) AS _bare"
	    " FROM newsletter WHERE record = :id");
	page_rows(p, "items",
	    "SELECT i.kind, k.label AS kind_label, i.title, i.url, i.other_lang,"
	    "  i.heading, i.note, i.words_lang,"
	    "  CASE WHEN i.note IS NULL THEN i.summary END AS summary"
	    " FROM newsletter_item_shown i LEFT JOIN code_label k"
	    "  ON k.list = 'kind' AND k.code = i.kind AND k.lang = :lang"
	    " WHERE i.issue = :id AND i.ui = :lang ORDER BY i.place");
	page_rows(p, "others",
	    "SELECT s.title, s.url, s.other_lang, n.number FROM newsletter n"
	    " JOIN shown s ON s.record = n.record AND s.ui = :lang"
	    " WHERE n.record <> :id ORDER BY n.number DESC LIMIT 8");
	return page_show(p, 200, "newsletter/item");
}
