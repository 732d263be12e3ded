/*
 * All the ways to hear of what is new: a feed for each list, theme, country,
 * language and organisation that has anything, as a page and as OPML for feed
 * readers, and the ways to e-mail, newsletter and calendar.
 */
#include <string.h>

#include "features/subscribe.h"

/* The kinds of feed, by extension; the first is what most readers know. */
static const char *const extensions[] = { "rss", "atom", "jsonfeed" };

static void
name_formats(struct page *p)
{
	const char *asked = page_param(p, "format");
	const char *chosen = extensions[0];

	for (size_t i = 1; i < sizeof(extensions) / sizeof(extensions[0]); i++)
		if (strcmp(asked, extensions[i]) == 0)
			chosen = extensions[i];
	page_text(p, "_extension", chosen);
	page_rows(p, "_formats",
	    "SELECT column1 AS extension, column2 AS label,"
	    "  column1 = :_extension AS current"
	    " FROM (VALUES ('rss', 'RSS'), ('atom', 'Atom'),"
	    "  ('jsonfeed', 'JSON Feed'))");
}

static void
name_groups(struct page *p)
{
	static const char *const groups[][2] = { { "_lists",
						     "subscribe_lists" },
		{ "_themes", "record_themes" }, { "_countries", "countries" },
		{ "_languages", "subscribe_languages" },
		{ "_organisations", "organisations" } };

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		page_text(p, groups[i][0], page_string(p, groups[i][1]));
	page_rows(p, "groups",
	    "SELECT column1 AS part, column2 AS label FROM (VALUES"
	    " ('lists', :_lists), ('themes', :_themes),"
	    " ('countries', :_countries), ('languages', :_languages),"
	    " ('organisations', :_organisations))");
	page_rows_in(p, "groups", "outlines",
	    "SELECT title, :base || path || search AS html_url,"
	    "  :base || path || '.rss' || search AS xml_url,"
	    "  path || '.' || :_extension || search AS _feed_url"
	    " FROM feed_offered WHERE ui = :lang AND part = :part"
	    " AND (facet IS NULL OR held(NULL, facet, value) > 0)"
	    " ORDER BY place, sort_key(title, :lang)");
}

int
subscribe_page(struct page *p)
{
	const char *base = model_cell(&p->model, "base").text;
	const char *host = strstr(base, "://");

	name_formats(p);
	name_groups(p);
	page_text(p, "_webcal",
	    arena_printf(&p->arena, "webcal://%s/%s/events.ics",
		host != NULL ? host + 3 : base, page_lang(p)));
	return page_show(p, 200, "subscribe");
}
