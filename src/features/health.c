/*
 * Is the site well?  For whoever watches over it.
 */
#include "data/search.h"
#include "features/health.h"

int
health_check(struct page *p)
{
	static const char well[] = "{\"status\":\"ok\"}\n";
	struct db *db = page_db(p);

	p->response->personal = true;
	if (!page_row(p, "SELECT count(*) AS kinds FROM kind") ||
	    !search_ready(db)) {
		db_release(db); /* what failed is told by the 503 */
		return 503;
	}
	return page_send(p, 200, "application/json", well, sizeof(well) - 1);
}
