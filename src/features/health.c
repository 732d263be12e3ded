/*
 * Is the site well?  For whoever watches over it.
 */
#include "features/health.h"

int
health_check(struct page *p)
{
	static const char well[] = "{\"status\":\"ok\"}\n";

	p->response->personal = true;
	if (!page_row(p, "SELECT count(*) AS kinds FROM kind"))
		return 503;
	return page_send(p, 200, "application/json", well, sizeof(well) - 1);
}
