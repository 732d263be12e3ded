#include "view/csv.h"
#include "view/feed.h"
#include "view/json.h"
#include "web/format.h"

static bool
show_json(struct page *p)
{
	json_render(&p->model, &p->response->body);
	response_header(p->response, "content-type", "application/json");
	return true;
}

/* Named like its page: mutua-fr-library.csv. */
static void
name_file(struct page *p)
{
	char *name =
	    arena_printf(&p->arena, "attachment; filename=\"mutua-%s%s.csv\"",
		page_lang(p), model_cell(&p->model, "path").text);

	for (char *c = name; *c != '\0'; c++)
		if (*c == '/')
			*c = '-';
	response_header(p->response, "content-disposition", name);
}

static bool
show_csv(struct page *p)
{
	if (!csv_render(&p->model, &p->response->body))
		return false;
	response_header(p->response, "content-type",
	    "text/csv; charset=utf-8; header=present");
	name_file(p);
	return true;
}

static bool
show_feed(struct page *p)
{
	const struct feed f = {
		.site = page_string(p, "site"),
		.about = page_string(p, "foot_note"),
	};
	bool atom = p->format == ATOM;
	struct buf *out = &p->response->body;

	if (!(atom ? feed_atom : feed_rss)(&p->model, &f, out))
		return false;
	response_header(p->response, "content-type",
	    atom ? "application/atom+xml; charset=utf-8"
		 : "application/rss+xml; charset=utf-8");
	return true;
}

bool
format_show(struct page *p)
{
	switch (p->format) {
	case JSON:
		return show_json(p);
	case CSV:
		return show_csv(p);
	case ATOM:
	case RSS:
		return show_feed(p);
	default:
		return false;
	}
}
