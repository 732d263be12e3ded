/* The countries of the world: map and list, profiles, and regions. */
#include "test.h"

static void
test_list(struct site *s)
{
	const char *page = get(s, "/fr/countries", NULL);

	ok(status(page) == 200 && has(page, "<svg class=\"map\""),
	    "the countries have a map");
	ok(count(page, "</title></path></a>") == 247 &&
		has(page, "Natural Earth"),
	    "with all that can be drawn, and where it is from");
	ok(count(page, "tabindex=\"-1\"") >= 247 &&
		before(page, "aria-hidden=\"true\" focusable=\"false\"",
		    "href=\"/fr/countries/sn\" tabindex=\"-1\""),
	    "which the tab key and screen readers pass by");
	ok(count(page, "<li><strong><a href=\"/fr/countries/") == 35 &&
		count(page, "<li><a href=\"/fr/countries/") == 249 - 35,
	    "because a list has all 249, those with facts marked");
	ok(count(page, "(simple mention)") == 21 &&
		count(page, "class=\"faint\"") == 21 &&
		has(page, "35 avec des faits"),
	    "and those only mentioned told apart, on the map too");
	ok(before(page, ">Afrique occidentale</a>", ">Bénin</a>") &&
		before(page, ">Bénin</a>", ">Sénégal</a>"),
	    "by region and in French");
	ok(has(page, "17 systèmes"), "with the number of their schemes");
	ok(before(get(s, "/es/countries", NULL), ">Etiopía</a>", ">Kenia</a>"),
	    "in Spanish, É or not");
}

static void
test_data(struct site *s)
{
	const char *page = get(s, "/en/countries.csv", NULL);

	ok(header(page,
	       "content-type: text/csv; charset=utf-8; header=present"),
	    "the list is a table too");
	ok(count(body(page), "\n") == 250, "of all countries");
	ok(has(page, "SN,Senegal,002,Africa,011,Western Africa,1,17,"),
	    "that counts what there is");
	page = get(s, "/en/countries.json", NULL);
	ok(has(page, "\"country\":\"SN\"") && has(page, "\"total\":249") &&
		!has(page, "shape"),
	    "and JSON, without the shapes");
}

static void
test_profile(struct site *s)
{
	const char *page = get(s, "/en/countries/in", NULL);

	ok(has(page, "<h1>India</h1>"), "India has a profile");
	ok(before(page, "Total population", "<b>1.1</b> billion people") &&
		before(page, "billion people", ">2005<") &&
		before(page, "Human development index", "<b>0.611</b>") &&
		before(page, "<b>0.611</b>", ">2004<"),
	    "each fact has its value, unit and year");
	ok(before(page, "Informal workers", "the screen gives no year"),
	    "or says that the source gives none");
	ok(before(page, "<b>3,139</b>", "/en/library/step-slide-deck") &&
		has(page, "GESS country profile: India"),
	    "and its source, with the place in it");
	ok(has(page, "/en/regions/142\">Asia</a>") ||
		has(page, "/en/regions/asia\">Asia</a>"),
	    "it lies in Asia");
	ok(has(page, "sewa-integrated-social-security"), "and has a scheme");
	ok(has(get(s, "/fr/countries/in", NULL), "PIB par habitant (PPA)") &&
		has(get(s, "/fr/countries/in", NULL), "<b>0,611</b>"),
	    "in French too");
}

static void
test_senegal(struct site *s)
{
	const char *page = get(s, "/fr/countries/sn", NULL);

	ok(has(page, "<h1>Sénégal</h1>"), "Senegal has a profile");
	ok(has(page, "Mutuelle de santé de l’UM-PAMECAS"),
	    "that lists UM-PAMECAS");
	ok(has(page, "/fr/schemes?country=SN\">Voir tous les systèmes (17)"),
	    "and leads to all its schemes");
	ok(has(page, "/fr/library?country=SN") &&
		has(page, "/fr/organisations?country=SN"),
	    "documents and organisations");
	ok(before(page, "<h2>Législation</h2>", "Loi sur la mutualité"),
	    "its laws are named");
	ok(before(page, "<h2>Programmes</h2>", "(SNPS/GR)"),
	    "and its programmes");
	ok(has(page,
	       "hreflang=\"es\" href=\"https://example.org/es/countries/sn\""),
	    "the same country is one step away in Spanish");
}

static void
test_bare(struct site *s)
{
	const char *page = get(s, "/en/countries/pe", NULL);

	ok(status(page) == 200 && has(page, "<h1>Peru</h1>"),
	    "a country without a profile has a page");
	ok(has(page, "href=\"/en/pages/about\">Add this profile</a>"),
	    "that offers to add it");
	ok(has(page, "nothing else about it"),
	    "and says there is nothing else");
	page = get(s, "/fr/countries/pe.json", NULL);
	ok(status(page) == 200 && has(page, "\"profile\":0") &&
		has(page, "\"title\":\"Pérou\""),
	    "it is data, too");
	ok(status(get(s, "/en/countries/xx", NULL)) == 404 &&
		status(get(s, "/en/countries/senegal", NULL)) == 404,
	    "what is no country is not found");
	ok(header(get(s, "/en/countries/SN", NULL),
	       "location: /en/countries/sn") &&
		header(get(s, "/en/countries/SN.json", "a=b"),
		    "location: /en/countries/sn.json?a=b"),
	    "a code in capitals leads to the country");
}

static void
test_regions(struct site *s)
{
	const char *page = get(s, "/fr/regions/sub-saharan-africa", NULL);

	ok(status(page) == 200 && has(page, "<h1>Afrique subsaharienne</h1>"),
	    "a region has a page");
	ok(before(page, "environ <b>72</b>", ">2002<"), "with its figures");
	ok(has(page, ">Afrique occidentale</a>") && has(page, ">Sénégal</a>") &&
		!has(page, ">Maroc</a>"),
	    "its parts and its countries, no others");
	page = get(s, "/es/regions/011", NULL);
	ok(status(page) == 200 && has(page, "<h1>África occidental</h1>") &&
		has(page, "/es/countries/sn"),
	    "one without figures of its own goes by its code");
	page = get(s, "/fr/regions/202", NULL);
	ok(status(page) == 301 &&
		header(page, "location: /fr/regions/sub-saharan-africa"),
	    "one with figures is found by its code too");
	page = get(s, "/fr/regions/world", NULL);
	ok(count(page, "/fr/countries/") >= 249, "the world has all countries");
	ok(status(get(s, "/en/regions/999", NULL)) == 404 &&
		status(get(s, "/en/regions", NULL)) == 301,
	    "what is no region is not found; their list is that of countries");
	ok(header(get(s, "/en/regions", NULL), "location: /en/countries") &&
		header(get(s, "/en/regions.json", NULL),
		    "location: /en/countries.json"),
	    "as data too");
}

int
main(void)
{
	struct site *s = test_site();

	test_list(s);
	test_data(s);
	test_profile(s);
	test_senegal(s);
	test_bare(s);
	test_regions(s);
	site_close(s);
	return done();
}
