/* The front page, the pages about the site, and what errors look like. */
#include "test.h"

static void
test_door(struct site *s)
{
	const char *page = ask(s,
	    &(struct request){ .method = "GET",
		.path = "/",
		.host = "example.org",
		.scheme = "https",
		.accept_language = "es-MX, fr;q=0.8" });

	ok(status(page) == 302 && header(page, "location: /es/"),
	    "the site greets visitors in their language");
	page = ask(s,
	    &(struct request){ .method = "GET",
		.path = "/",
		.host = "example.org",
		.scheme = "https",
		.accept_language = "es",
		.cookie = "lang=fr" });
	ok(header(page, "location: /fr/"), "or in the one they chose before");
	page = get(s, "/en", NULL);
	ok(status(page) == 302 && header(page, "location: /en/"),
	    "a language alone leads to its front page");
}

static void
test_front(struct site *s)
{
	const char *page = get(s, "/en/", NULL);

	ok(status(page) == 200, "there is a front page");
	ok(has(page, "<a href=\"/en/library\">documents</a></dt><dd>121</dd>"),
	    "it tells how much there is");
	ok(has(page, "role=\"search\""), "one can search from it");
	ok(before(page, "<h3>Africa</h3>", "/en/countries/sn"),
	    "it leads to countries by region");
	ok(has(page, "/en/themes/feasibility"), "and to the themes");
	ok(has(page, "<time datetime=\"2007-11-14\">"), "it shows what is new");
	ok(has(page, "rel=\"canonical\" href=\"https://example.org/en/\""),
	    "it has one address");
	ok(!has(page, "aria-label=\"You are here\""),
	    "and stands above every other page");
	page = get(s, "/fr/", NULL);
	ok(has(page, "Par où commencer") && has(page, "<html lang=\"fr\""),
	    "it is there in French");
}

static void
test_pages(struct site *s)
{
	const char *page = get(s, "/fr/help", NULL);

	ok(status(page) == 301 && header(page, "location: /fr/pages/help"),
	    "a short address leads to the page on searching");
	page = get(s, "/fr/help.json", NULL);
	ok(status(page) == 301 && header(page, "location: /fr/pages/help.json"),
	    "as data, too");
	page = get(s, "/fr/pages/help", NULL);
	ok(status(page) == 200 && has(page, "<h1"), "which is there");
	ok(before(page, "href=\"/fr/pages\">", "aria-current=\"page\">"),
	    "it says where one is");
	page = get(s, "/es/sitemap", NULL);
	ok(status(page) == 200 && has(page, "/es/countries/sn") &&
		has(page, "/es/themes/microinsurance") &&
		has(page, "/es/pages/privacy"),
	    "the site map leads everywhere");
}

static void
test_errors(struct site *s)
{
	const char *page = get(s, "/es/library/nothing-of-the-kind", NULL);

	ok(status(page) == 404 && has(page, "Esta página no existe"),
	    "what does not exist is said in the visitor's language");
	ok(has(page, "role=\"search\"") && has(page, "href=\"/es/sitemap\""),
	    "with a search box and ways on");
	ok(has(page, "hreflang=\"fr\""), "and the other languages");
	page = ask(s,
	    &(struct request){ .method = "GET",
		.path = "/nowhere",
		.host = "example.org",
		.scheme = "https",
		.accept_language = "fr" });
	ok(status(page) == 404 && has(page, "Cette page n’existe pas"),
	    "even where the address has no language");
}

int
main(void)
{
	struct site *s = test_site();

	test_door(s);
	test_front(s);
	test_pages(s);
	test_errors(s);
	site_close(s);
	return done();
}
