#include <string.h>
#include <strings.h>

#include "web/moved.h"
#include "web/site.h"

/* Without the language, and without a slash at the end. */
static const struct {
	const char *old;
	const char *now;
} moved[] = {
	{ "/rss", "/news.rss" },
	{ "/rss.php", "/news.rss" },
	{ "/rss.xml", "/news.rss" },
	{ "/rss/news", "/news.rss" },
	{ "/feed", "/news.rss" },
	{ "/feed.xml", "/news.rss" },
	{ "/feed/rss", "/news.rss" },
	{ "/feed/rss2", "/news.rss" },
	{ "/index.xml", "/news.rss" },
	{ "/backend.php", "/news.rss" },
	{ "/atom", "/news.atom" },
	{ "/atom.php", "/news.atom" },
	{ "/atom.xml", "/news.atom" },
	{ "/feed/atom", "/news.atom" },
	{ "/feed.json", "/news.jsonfeed" },
	{ "/feed/json", "/news.jsonfeed" },
	{ "/calendar.ics", "/events.ics" },
	{ "/ical.php", "/events.ics" },
};

/* One of ours, by the first two letters of a text: "FR", "fr-CA". */
static const char *
language(const char *text)
{
	for (size_t i = 0; site_languages[i] != NULL; i++)
		if (strncasecmp(text, site_languages[i], 2) == 0 &&
		    strchr("-_/", text[2]) != NULL)
			return site_languages[i];
	return NULL;
}

const char *
moved_to(struct page *p)
{
	const char *path = p->request->path;
	const char *lang = *path == '/' ? language(path + 1) : NULL;
	size_t len;

	if (lang != NULL)
		path += 3;
	if (lang == NULL)
		lang = language(page_param(p, "lang"));
	if (lang == NULL)
		lang = language(page_param(p, "language"));
	if (lang == NULL)
		lang = site_offered(p->site)[0];
	len = strlen(path);
	while (len > 1 && path[len - 1] == '/')
		len--;
	for (size_t i = 0; i < sizeof(moved) / sizeof(moved[0]); i++)
		if (strlen(moved[i].old) == len &&
		    strncasecmp(path, moved[i].old, len) == 0)
			return arena_printf(&p->arena, "/%s%s", lang,
			    moved[i].now);
	return NULL;
}
