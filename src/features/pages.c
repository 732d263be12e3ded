/*
 * Pages about the site itself: help, about, accessibility, privacy.
 */
#include "features/pages.h"
#include "web/record.h"

int
pages_index(struct page *p)
{
	page_rows(p, "results",
	    "SELECT kind, slug, title, summary, url, text_lang, other_lang,"
	    "  updated, published"
	    " FROM listed WHERE ui = :lang AND kind = 'page' ORDER BY sort");
	return page_show(p, 200, "pages/index");
}

int
pages_item(struct page *p)
{
	if (!record_open(p, "page"))
		return 404;
	return page_show(p, 200, "pages/item");
}

/* A short address, /fr/help or /fr/help.json, leads to the page's own. */
int
pages_short(struct page *p)
{
	const char *path = model_cell(&p->model, "path").text;

	return page_redirect(p, 301,
	    arena_printf(&p->arena, "/%s/pages%s%s", page_lang(p), path,
		p->format == JSON ? ".json" : ""));
}
