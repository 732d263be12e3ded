/*
 * What a partner is told of news before it is sent: whether an editor looks at
 * it first, and why.
 */
#include <string.h>

#include "features/contribute_own.h"
#include "web/organisation.h"

bool
contribute_name_spokesperson(struct page *p, const struct contributing *c)
{
	bool news = strcmp(c->kind->kind, "news") == 0 && !c->reviewing, own;
	const char *slug =
	    c->tree != NULL ? node_text(c->tree, "organisation") : "";

	organisation_own(p);
	page_text(p, "_for", slug);
	page_row(p,
	    "SELECT (SELECT s.title FROM record r JOIN shown s"
	    "   ON s.record = r.id AND s.ui = :lang"
	    "  WHERE r.kind = 'organisation' AND r.slug = :_for)"
	    "  AS _for_title");
	own = news && *model_cell(&p->model, "_speaks_for").text != '\0';
	page_number(p, "_reviewed_first",
	    news && !c->may_publish &&
		strcmp(model_cell(&p->model, "_partner").text, "1") == 0 &&
		!(own && c->id == 0 && *slug == '\0')); /* yet to be chosen */
	return own;
}
