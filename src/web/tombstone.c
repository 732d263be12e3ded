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

int
tombstone_show(struct page *p)
{
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
	return page_show(p, 410, "withdraw/tombstone");
}
