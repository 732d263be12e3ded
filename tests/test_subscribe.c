/* All ways to hear of what is new, and old addresses of feeds. */
#include "xml.h"

static void
page(struct site *s)
{
	const char *fr = get(s, "/fr/subscribe", NULL);

	ok(status(fr) == 200 && has(fr, "href=\"/fr/news.rss\"") &&
		has(fr, "href=\"/fr/themes/overview.rss\"") &&
		has(fr, "href=\"/fr/countries/sn.rss\"") &&
		has(fr, "href=\"/fr/search.rss?language=fr\"") &&
		has(fr, "href=\"/fr/organisations/ilo.rss\""),
	    "a page has the feeds of kinds, themes, countries, languages and"
	    " organisations");
	ok(has(fr, "href=\"/fr/digests\"") && has(fr, "/fr/newsletter\"") &&
		has(fr, "href=\"/fr/subscribe.opml\"") &&
		has(fr, "href=\"webcal://example.org/fr/events.ics\""),
	    "and leads to e-mail, newsletter, calendar and OPML");
	ok(before(fr, "/fr/digests", "Dans un lecteur de flux") &&
		before(fr, "Dans un lecteur de flux", "/fr/news.rss"),
	    "first to what takes no program of its own");
	ok(has(get(s, "/es/subscribe", "format=jsonfeed"),
	       "href=\"/es/news.jsonfeed\""),
	    "in the form one likes");
	ok(has(get(s, "/en/", NULL), "href=\"/en/subscribe\""),
	    "every page leads there");
}

/* Does every feed that the list names answer? */
static bool
all_answer(struct site *s)
{
	struct buf url = { 0 }, expression = { 0 };
	int n = atoi(xml_at("count(//outline[@xmlUrl])"));
	bool good = n > 0;

	for (int i = 1; i <= n; i++) {
		char *query;

		buf_clear(&expression);
		buf_printf(&expression,
		    "string((//outline[@xmlUrl])[%d]/@xmlUrl)", i);
		buf_clear(&url);
		buf_puts(&url, xml_at(expression.data) + 19);
		query = strchr(url.data, '?');
		if (query != NULL)
			*query++ = '\0';
		if (status(get(s, url.data, query)) == 200)
			continue;
		printf("# %s\n", url.data);
		good = false;
	}
	buf_free(&url);
	buf_free(&expression);
	return good;
}

static void
opml(struct site *s)
{
	ok(xml_get(s, "/es/subscribe.opml", NULL, "text/x-opml") &&
		xml_holds("/opml/@version = '2.0'") &&
		xml_holds("string-length(/opml/head/title) > 0"),
	    "OPML-1: the list of all feeds is OPML 2.0 with a title");
	ok(xml_holds("count(//outline[@xmlUrl]) > 100") &&
		xml_holds(
		    "count(//outline[@xmlUrl]) = count(//outline["
		    "@text != '' and @type = 'rss' and"
		    " starts-with(@xmlUrl, 'https://example.org/es/') and"
		    " starts-with(@htmlUrl, 'https://example.org/es/')])"),
	    "OPML-1: each has a text, a type, its address and that of a page");
	ok(xml_holds("boolean(//outline[@text = 'Temas']/outline[@xmlUrl ="
		     " 'https://example.org/es/themes/overview.rss'])") &&
		xml_holds("boolean(//outline[@text = 'Países']/outline[@text ="
			  " 'Senegal'])") &&
		xml_holds("boolean(//outline[@xmlUrl ="
			  " 'https://example.org/es/search.rss?language=fr'])"),
	    "OPML-1: one for each theme, country and language");
	ok(all_answer(s), "OPML-1: each feed is there");
}

static void
moved(struct site *s)
{
	static const struct {
		const char *path, *query, *now;
	} old[] = {
		{ "/rss.php", NULL, "/en/news.rss" },
		{ "/rss.php", "lang=FR", "/fr/news.rss" },
		{ "/rss.xml", "language=es-ES", "/es/news.rss" },
		{ "/feed", NULL, "/en/news.rss" },
		{ "/feed/", "lang=fr", "/fr/news.rss" },
		{ "/atom.xml", "lang=xx", "/en/news.atom" },
		{ "/index.xml", NULL, "/en/news.rss" },
		{ "/fr/feed", NULL, "/fr/news.rss" },
		{ "/es/feed/", NULL, "/es/news.rss" },
		{ "/fr/rss", NULL, "/fr/news.rss" },
		{ "/FR/feed/atom", NULL, "/fr/news.atom" },
		{ "/feed.json", NULL, "/en/news.jsonfeed" },
		{ "/calendar.ics", "lang=es", "/es/events.ics" },
	};

	for (size_t i = 0; i < sizeof(old) / sizeof(old[0]); i++) {
		const char *answer = get(s, old[i].path, old[i].query);
		char line[60];

		snprintf(line, sizeof(line), "location: %s", old[i].now);
		ok(status(answer) == 301 && header(answer, line) &&
			status(get(s, old[i].now, NULL)) == 200,
		    old[i].path);
	}
	ok(status(get(s, "/feeder", NULL)) == 404 &&
		status(get(s, "/frx/feed", NULL)) == 404,
	    "what never was a feed is not taken for one");
}

int
main(void)
{
	struct site *s = test_site();

	page(s);
	opml(s);
	moved(s);
	site_close(s);
	xml_end();
	return done();
}
