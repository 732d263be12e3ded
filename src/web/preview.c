#include "web/preview.h"
#include "web/route.h"
#include "web/site.h"

enum { RENDER_MS = 2000 }; /* so long others may have to wait to write */

int
preview_page(struct page *p, const struct preview *v, const char *path)
{
	struct request q = *p->request;
	struct page inner = { .site = p->site,
		.request = &q,
		.response = p->response,
		.preview = v };
	struct db *writer = page_writer(p);

	q.path = path;
	q.query = NULL;
	db_borrow(writer, page_db(p));
	db_limit(writer, RENDER_MS);
	route_page(&inner);
	db_borrow(writer, NULL);
	arena_free(&inner.arena);
	return p->response->status;
}

void
preview_name(struct page *p, const char *path)
{
	const struct preview *v = p->preview;

	if (v == NULL) {
		page_text(p, "_here", path);
		page_text(p, "_draft", "");
		return;
	}
	page_number(p, "_draft", v->contribution);
	page_text(p, "_here",
	    arena_printf(&p->arena, "/contributions/%lld/preview",
		(long long)v->contribution));
	page_text(p, "_draft_langs", v->langs);
	page_text(p, "_draft_seen", v->seen);
	page_number(p, "_draft_writes", v->writes);
	page_number(p, "_draft_publishes", v->publishes);
	page_number(p, "_draft_reviews", v->reviews);
	page_rows(p, "_draft_languages",
	    "SELECT lang, name, '/' || lang || :_here AS href,"
	    "  lang = :lang AS current FROM language"
	    " WHERE lang IN (SELECT value FROM json_each(:_draft_langs))"
	    " ORDER BY place");
}
