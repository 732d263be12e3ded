#include <string.h>

#include "web/record.h"
#include "web/tombstone.h"

/* Does the route end with the record itself: /{lang}/library/{slug}? */
static bool
is_of_record(const struct page *p)
{
	const char *slug = strstr(p->route->path, "/{slug}");

	return slug != NULL && slug[strlen("/{slug}")] == '\0' &&
	    strcmp(p->request->method, "POST") != 0;
}

/* What became part of another record leads there; but editors see what was
 * done, to take it back. */
static const char *
merged_into(struct page *p)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT s.url FROM record_relation l JOIN shown s"
	    "  ON s.record = l.to_record AND s.ui = :lang"
	    " WHERE l.from_record = :record AND l.relation = 'merged-into'"
	    " ORDER BY l.place LIMIT 1"));
	const char *url = NULL;

	db_set_text(q, "lang", page_lang(p));
	db_set_text(q, "record", model_cell(&p->model, "record").text);
	if (db_next(q) && *model_cell(&p->model, "_may_edit").text != '1')
		url = page_keep(p, db_text(q, 0), db_cell(q, 0).len);
	db_restart(q);
	return url;
}

int
tombstone_show(struct page *p)
{
	const char *elsewhere;

	if (!is_of_record(p))
		return 404;
	/* what the page that is not there has named */
	p->model.n = p->model.frame;
	p->model.nrow = 0;
	if (!page_row(p,
		"SELECT r.id AS record, k.path AS part, r.kind,"
		"  w.time, date_text(w.time, :lang) AS time_text, w.reason"
		" FROM kind k JOIN record r ON r.kind = k.kind"
		"  AND r.slug = :slug AND r.status = 'archived'"
		" JOIN withdrawal w ON w.record = r.id"
		" WHERE :path = '/' || k.path || '/' || :slug") ||
	    !record_subject(p, "withdrawn_title"))
		return 404;
	if ((elsewhere = merged_into(p)) != NULL)
		return page_redirect(p, 301, elsewhere);
	return page_show(p, 410, "withdraw/tombstone");
}
