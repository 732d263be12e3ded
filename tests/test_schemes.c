/* The registry of schemes: table, map, data, and the page of a scheme. */
#include "test.h"

static void
test_table(struct site *s)
{
	const char *page = get(s, "/en/schemes", NULL);

	ok(status(page) == 200 && has(page, "54 results"),
	    "the registry lists all schemes");
	ok(count(page, "<tr><th scope=\"row\">") == 50 && has(page, "?page=2"),
	    "fifty on a page");
	page = get(s, "/en/schemes", "page=2");
	ok(count(page, "<tr><th scope=\"row\">") == 4,
	    "and the rest on the next");
	ok(has(page, "<title>Micro-insurance schemes, page 2 ·") &&
		has(page, "<h1>Micro-insurance schemes</h1>"),
	    "which its title tells");
	page = get(s, "/en/schemes", "page=999&sort=name");
	ok(has(page,
	       "\"canonical\" href=\"https://example.org/en/schemes"
	       "?sort=name&amp;page=2\""),
	    "past the last page is the last, by its address too");
	ok(has(get(s, "/fr/schemes", "q=ville"), "<title>ville – ") &&
		has(get(s, "/fr/schemes.atom", "q=ville"), ", « ville » · "),
	    "what was looked for is in the title of the page and of its feed");
	page = get(s, "/en/schemes", "sort=members");
	ok(before(page, "Grameen Kalyan", "SEWA integrated") &&
		before(page, "SEWA integrated", "Leere Laafi Bolem"),
	    "the largest first, if asked");
	ok(has(page, "aria-sort=\"descending\""), "and says so");
	page = get(s, "/en/schemes", "sort=country");
	ok(before(page, "grameen-kalyan\"", "mss-benin\"") &&
		before(page, "mss-benin\"", "museckin\""),
	    "or by country");
	ok(before(get(s, "/fr/schemes", "sort=name"), "Aar Sa Jaboot",
	       "Mutuelle de Boussé"),
	    "or by name");
	ok(status(get(s, "/en/schemes", "sort=%3C&page=-7&view=x")) == 200,
	    "odd wishes do no harm");
}

static void
test_facets(struct site *s)
{
	const char *page =
	    get(s, "/fr/schemes", "country=SN&type=microfinance-linked");

	ok(count(page, "<tr><th scope=\"row\">") == 1 &&
		has(page, "/fr/schemes/mutuelle-sante-um-pamecas"),
	    "Senegal and microfinance leave UM-PAMECAS");
	page = get(s, "/fr/schemes", "country=SN");
	ok(count(page, "<tr><th scope=\"row\">") == 17,
	    "a country can be chosen");
	ok(count(get(s, "/fr/schemes", "country=sn"),
	       "<tr><th scope=\"row\">") == 17,
	    "in small letters too");
	ok(has(page, "Système lié à une institution de microfinance</span>"),
	    "and more of it by types in French");
	ok(has(page, ">BIT/STEP") || has(page, "STEP</span>") ||
		has(page, "Exclusion sociale et la Pauvreté</span>"),
	    "by who supports them, by name");
	ok(count(get(s, "/en/schemes", "started=1990s"),
	       "<tr><th scope=\"row\">") == 2,
	    "by when they began");
	ok(count(get(s, "/en/schemes", "size=from-10000"),
	       "<tr><th scope=\"row\">") == 2,
	    "by how many people they cover");
	ok(has(get(s, "/en/schemes", "completeness=middle"), "47 %") &&
		!has(get(s, "/en/schemes", "completeness=middle"), "39 %"),
	    "by how much is known");
	page = get(s, "/es/schemes", "country=SN&type=provider-based-plan");
	ok(has(page, "class=\"empty\"") && has(page, "href=\"/es/schemes\""),
	    "where nothing fits there is a way out");
	ok(has(get(s, "/fr/schemes", "q=zzzz"), ">0 résultat<"),
	    "French has none of a thing in the singular");
	page = get(s, "/fr/schemes", "q=boussé");
	ok(has(page, "/fr/schemes/mutuelle-de-bousse") &&
		!has(page, "grameen-kalyan\""),
	    "words narrow the list, too");
}

static void
test_map(struct site *s)
{
	const char *page = get(s, "/en/schemes", "view=map");

	ok(status(page) == 200 && has(page, "<svg class=\"map\""),
	    "the schemes have a map");
	ok(has(page, "<title>Senegal: 17</title>") && has(page, ">17</text>"),
	    "with the number of each country");
	ok(before(page, "?country=SN\">Senegal</a></th><td class=\"n\">17<",
	       "Benin</a></th><td class=\"n\">7<"),
	    "and a table of the same numbers");
	page = get(s, "/en/schemes", "view=map&type=microfinance-linked");
	ok(has(page, "<title>Senegal: 1</title>") &&
		has(page, "?type=microfinance-linked&amp;country=SN"),
	    "of what fits the choice, which the links keep");
	ok(has(page, "href=\"?type=microfinance-linked\""),
	    "as does the way back to the table");
	ok(has(get(s, "/en/schemes", "view=map&q=zzzz"), "class=\"empty\""),
	    "an empty map has a way out");
}

static void
test_data(struct site *s)
{
	const char *page = get(s, "/en/schemes.csv", NULL);

	ok(count(body(page), "\n") == 55, "the table can be taken away whole");
	ok(has(page, "SCH-SEN-0001") && has(page, "farmers;fishers;herders"),
	    "with the registry's number and codes");
	ok(has(page, ",people,") && has(page, ",sources,") &&
		has(page, ",completeness,"),
	    "with what researchers need");
	ok(has(page, "box on Senegal; Access to Social Protection"),
	    "and each line its sources");
	ok(count(body(get(s, "/en/schemes.csv", "country=SN&page=2")), "\n") ==
		18,
	    "of all that fit, whatever the page");
	page = get(s, "/en/schemes.json", "country=IN");
	ok(has(page, "\"total\":1") &&
		has(page, "\"slug\":\"sewa-integrated-social-security\"") &&
		has(page, "\"people\":25000"),
	    "as JSON");
	ok(has(get(s, "/en/schemes.atom", "country=IN"), "<entry>") &&
		has(get(s, "/fr/schemes.rss", "country=IN"), "<item>"),
	    "and as feeds");
}

static void
test_scheme(struct site *s)
{
	const char *page =
	    get(s, "/fr/schemes/mutuelle-sante-um-pamecas", NULL);

	ok(status(page) == 200 &&
		has(page, "href=\"/fr/countries/sn\">Sénégal"),
	    "a scheme leads to its country");
	ok(before(page, "Type</dt>", "(Indiqué par la source)"),
	    "it says on what its type rests");
	ok(before(page, "Situation</dt>",
	       "<time datetime=\"2007\">2007</time>"),
	    "and when its status was seen");
	ok(before(page, "plus de <b>5", ">2007<"), "its figures have a year");
	ok(before(page, ">2007<", "<tr class=\"sources\">") &&
		before(page, "<tr class=\"sources\">",
		    "/fr/library/step-in-africa-2007"),
	    "and a source each: that of the record if they have no other");
	ok(has(page, "<span>p.\u00a021, encadré sur le Sénégal"),
	    "the place in an English source is in the reader's words");
	ok(before(page, "Recouvrement</dt>", "épargne du membre"),
	    "what is said in words is said in French");
	ok(before(page, "Appuyé par</dt>", "/fr/organisations/um-pamecas"),
	    "who supports it has a name and a role");
	ok(has(page, "/fr/library/step-in-africa-2007") &&
		has(page, "p.\u00a021"),
	    "where it is from can be looked up");
	ok(has(page, "15 champs essentiels sur 38") && has(page, "39 %"),
	    "how much is known is counted");
	ok(!has(page, "class=\"chart\""), "one year makes no chart");
	page = get(s, "/en/schemes/mss-cotonou", NULL);
	ok(before(page, "Part of</dt>", "/en/schemes/mss-benin"),
	    "what it is part of is named");
	page = get(s, "/en/schemes/sewa-integrated-social-security", NULL);
	ok(has(page, "60 Indian rupees per year"), "what it costs is told");
	ok(status(get(s, "/en/schemes/nothing", NULL)) == 404,
	    "what is not there is not found");
}

static void
test_chart(struct site *s)
{
	const char *page = get(s, "/fr/schemes/growing", NULL);

	ok(count(page, "<svg class=\"chart\"") == 1,
	    "what was counted in several years has a chart");
	ok(has(page, "De 120 en 2003 à 360 en 2006."),
	    "that says in words what it shows");
	ok(count(page, "class=\"dot\"") == 3 &&
		before(page, "50.0,150.0", "383.3,30.0"),
	    "a point for each year, at its height");
	ok(before(page, "<td>non recueilli", "2005") ||
		has(page, "non recueilli"),
	    "what was not counted is not 0");
	ok(has(page, "Growing mutual &lt;b&gt;&amp; sons&lt;/b&gt;"),
	    "text is only text");
	ok(has(page, "lang=\"en\">Weavers<") &&
		has(page, "lang=\"en\">home visits<"),
	    "words in another language say so");
	ok(!has(get(s, "/fr/schemes/steady", NULL), "class=\"chart\""),
	    "one year makes none");
}

/* When a record came in tells nothing; when it was changed does. */
static void
test_changed(struct site *s)
{
	struct db *db =
	    db_open(test_database("test-schemes", "tests/schemes"), DB_WRITE);

	db_script(db, "DELETE FROM revision WHERE number = 2");
	ok(!has(get(s, "/en/schemes/steady", NULL), "Updated on") &&
		!has(get(s, "/en/schemes", NULL), ">Updated<"),
	    "a record that never changed does not say when");
	ok(has(get(s, "/en/schemes/steady.json", NULL), "\"updated\":"),
	    "but to a machine it does");
	db_script(db,
	    "INSERT INTO revision (record, number, time, comment, snapshot)"
	    " SELECT id, 2, '2020-02-02T00:00:00Z', '', '{}' FROM record"
	    " WHERE slug = 'steady'");
	ok(has(get(s, "/en/schemes/steady", NULL), "Updated on <time"),
	    "one that changed does");
	ok(has(get(s, "/en/schemes", NULL), ">Updated<"),
	    "and then the registry has a column for it");
	db_script(db, "DELETE FROM revision WHERE number = 2");
	ok(!db_failed(db), "as it was");
	db_close(db);
}

/* The scheme of the fixture that says everything. */
static struct site *
open_full(void)
{
	struct buf content = { 0 }, command = { 0 };
	struct site *s;

	buf_printf(&content, "%s/full", test_dir());
	buf_printf(&command,
	    "cp -r tests/fixtures/content '%s' && cd '%s' &&"
	    " cp \"$OLDPWD\"/tests/fixtures/scheme/schemes.yaml"
	    " \"$OLDPWD\"/content/codes.yaml . &&"
	    " sed -i 's/tree: themes/tree: gimi-themes/' themes.yaml",
	    content.data, content.data);
	if (system(command.data) != 0)
		bail_out(command.data);
	s = test_site_with("test-full", content.data);
	buf_free(&content);
	buf_free(&command);
	return s;
}

static void
test_full(struct site *s)
{
	const char *page = get(s, "/fr/schemes/full", NULL);

	ok(before(page, "<h2>Identification</h2>", "<h2>Lieu</h2>") &&
		before(page, "<h2>Cycle de vie</h2>",
		    "<h2>Type et institution</h2>") &&
		before(page, "<h2>Cotisations</h2>",
		    "<h2>Prestataires de soins</h2>"),
	    "a scheme is shown group by group");
	ok(before(page, "<dt>Année des premières prestations</dt>",
	       "environ 2000"),
	    "a year that is about right says so");
	ok(before(page, "<h3>Small risks</h3>", "<dt>Franchise</dt>") &&
		has(page,
		    "<dd>100\xc2\xa0"
		    "XOF</dd>"),
	    "a product has its facts, money its currency");
	ok(before(page, "<h3>Prestations</h3>",
	       "<th scope=\"row\">Consultation infirmière</th>") &&
		before(page, "Consultation infirmière",
		    "75\xc2\xa0"
		    "%"),
	    "benefits are a table");
	ok(has(page,
	       "Adhérent 80\xc2\xa0"
	       "%, État 20\xc2\xa0"
	       "%"),
	    "who pays is told in a cell");
	ok(before(page, "<th scope=\"row\">Poste de santé de Médina</th>",
	       "Remise négociée"),
	    "so are providers");
	ok(before(page, "<h3>Organisations d’appui</h3>",
	       "/fr/organisations/helpers\">Les Aides</a>"),
	    "who supports it is linked");
	ok(has(page,
	       "<th scope=\"col\" class=\"n\">2007</th>"
	       "<th scope=\"col\" class=\"n\">2008</th>") &&
		before(page, "Registre des adhérents",
		    "<td class=\"n\"><b>environ 900</b></td>"
		    "<td class=\"n\"><b>1\xe2\x80\xaf"
		    "200</b></td>"),
	    "figures of several years are a table of years");
	ok(before(page, "Bénéficiaires de moins de 18 ans",
	       "<td class=\"n\"><span class=\"meta\">non collecté</span>"),
	    "what was not counted says why");
	ok(before(page, "Femmes parmi les bénéficiaires, calcul", ">51,2<"),
	    "the share of women is computed");
	ok(before(page, "Visit to Kaolack", "Visite de terrain") &&
		before(page, "Visite de terrain", "Vérifié"),
	    "a source says what it is worth");
	ok(has(page, "manager@example.org") && !has(page, "secret@") &&
		has(page, "Secretary"),
	    "an e-mail address is shown to those whose owner agreed");
}

static void
test_full_data(struct site *s)
{
	const char *page = get(s, "/en/schemes/full.json", NULL);

	ok(has(page, "\"fields\":{\"lang\":\"fr\"") &&
		has(page, "\"waiting_maternity\":9") &&
		has(page, "\"payer\":\"member\",\"percent\":80"),
	    "as data it has every field with its codes");
	ok(!has(page, "secret@") && !has(page, "11 111"),
	    "but nothing that was told in confidence");
	page = get(s, "/en/schemes/least", NULL);
	ok(!has(page, "<h2>Care providers</h2>") &&
		!has(page, "<h2>Contributions</h2>") &&
		!has(page, "<h2>Population</h2>"),
	    "a group of which nothing is known is not there");
	ok(has(get(s, "/en/schemes", "level_of_care=health-post"),
	       "schemes/full") &&
		has(get(s, "/en/schemes", "benefit_mode=third-party-payment"),
		    "schemes/full") &&
		!has(get(s, "/en/schemes", "target_group=traders"),
		    "schemes/least"),
	    "it is found by what its products are");
}

int
main(void)
{
	struct site *s = test_site();

	test_table(s);
	test_facets(s);
	test_map(s);
	test_data(s);
	test_scheme(s);
	site_close(s);
	s = test_site_with("test-schemes", "tests/schemes");
	test_chart(s);
	test_changed(s);
	site_close(s);
	s = open_full();
	test_full(s);
	test_full_data(s);
	site_close(s);
	return done();
}
