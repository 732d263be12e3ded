/* Searching the real content, as a visitor does. */
#include "test.h"

static struct site *site;

/* The first title of a search's JSON. */
static const char *
first(const char *path, const char *query)
{
	static char title[256];
	const char *at = strstr(get(site, path, query), "\"results\":[");

	at = at != NULL ? strstr(at, "\"title\":\"") : NULL;
	snprintf(title, sizeof(title), "%.*s",
	    at != NULL ? (int)strcspn(at + 9, "\"") : 0,
	    at != NULL ? at + 9 : "");
	return title;
}

/* What kind the first few results are of, "scheme scheme term". */
static const char *
kinds(const char *path, const char *query)
{
	static char all[256];
	const char *at = strstr(get(site, path, query), "\"results\":[");

	*all = '\0';
	for (int i = 0; i < 4 && at != NULL; i++) {
		at = strstr(at, "{\"kind\":\"");
		if (at == NULL)
			break;
		at += 9;
		strncat(all, at, strcspn(at, "\""));
		strcat(all, " ");
	}
	return all;
}

static void
examples(void)
{
	const char *page;

	is(kinds("/fr/search.json", "q=mutuelle+sante+senegal"),
	    "scheme scheme scheme scheme ",
	    "“mutuelle sante senegal” finds schemes first");
	page = get(site, "/fr/search.json", "q=mutuelle+sante+senegal");
	ok(count(page, "{\"kind\":\"scheme\"") == 10 &&
		count(page, "\"country_label\":\"Sénégal\"") == 10,
	    "those of Senegal");
	is(first("/fr/search.json", "q=tiers+payant"), "tiers payant",
	    "“tiers payant” finds the term");
	is(first("/en/search.json", "q=tiers+payant"), "third-party payment",
	    "which an English reader sees as third-party payment");
	is(first("/en/search.json", "q=India"), "India",
	    "a country's name finds its profile");
	page = get(site, "/fr/schemes", "country=SN&type=microfinance-linked");
	ok(has(page, "\"meta\">1 résultat</h2>") &&
		count(page, "<tr><th scope=\"row\">") == 1 &&
		has(page, "UM-PAMECAS</a>"),
	    "facets leave what was chosen alone");
}

static void
questions(void)
{
	is(first("/fr/search.json",
	       "q=Qu%E2%80%99est-ce+que+le+tiers+payant+?"),
	    "tiers payant", "a question typed in full finds its answer");
	is(first("/en/search.json", "q=What+is+a+mutual+health+organization?"),
	    "mutual health organization", "in every language");
	is(first("/es/search.json", "q=%C2%BFQu%C3%A9+es+el+tercero+pagador?"),
	    "tercero pagador", "with its signs");
	is(first("/en/search.json", "q=Who+is+the+ILO?"),
	    "International Labour Organization", "by whatever name");
	is(first("/en/search.json",
	       "q=How+do+social+security+and+social+protection+differ?"),
	    "How do social security and social protection differ?",
	    "and above all itself, if it has been asked");
	ok(has(get(site, "/en/search", "q=how+do+members+pay+contributions"),
	       "<mark>"),
	    "or at least something");
}

/* Is what goes by a name first in all three languages? */
static void
name(const char *query, const char *slug)
{
	static const char *const paths[] = { "/en/search.json",
		"/fr/search.json", "/es/search.json" };
	struct buf q = { 0 }, wanted = { 0 };
	bool all = true;

	buf_printf(&q, "q=%s", query);
	buf_printf(&wanted, "\"slug\":\"%s\"", slug);
	for (int i = 0; i < 3; i++) {
		const char *at =
		    strstr(get(site, paths[i], q.data), "\"results\":[");

		at = at != NULL ? strstr(at, "\"slug\":\"") : NULL;
		all &= at != NULL && strncmp(at, wanted.data, wanted.len) == 0;
	}
	buf_clear(&q);
	buf_printf(&q, "“%s” is %s before all others in every language", query,
	    slug);
	ok(all, q.data);
	buf_free(&q);
	buf_free(&wanted);
}

static void
names(void)
{
	name("ILO", "ilo");
	name("OIT", "ilo");
	name("oit", "ilo");
	name("WHO", "who");
	name("OMS", "who");
	name("UM-PAMECAS", "um-pamecas");
	name("STEP", "ilo-step");
	name("GIMI", "gimi");
	name("tiers+payant", "third-party-payment");
	name("tercero+pagador", "third-party-payment");
	name("Benin", "bj");
}

static void
misspelt(void)
{
	const char *page = get(site, "/en/search", "q=Peru");

	ok(has(page, "<a href=\"/en/countries/pe\">Peru</a>") &&
		!has(page, "Did you mean"),
	    "a country is never taken for a misspelt word");
	page = get(site, "/en/search", "q=Peru+helth");
	ok(before(page, "href=\"/en/countries/pe\"", "Did you mean"),
	    "and its page is told of first");
	ok(has(page, "\">Peru health</a>?"), "before what is likely meant");
	ok(has(get(site, "/en/search", "q=title%3Ahelth"),
	       "href=\"?q=title%3Ahealth\">title:health</a>"),
	    "signs stay as they are");
	ok(!has(get(site, "/en/search",
		    "q=title%3Ahelth&kind=event&country=SN"),
	       "Did you mean"),
	    "what would find nothing is not proposed");
}

/* Does a query get this advice, and ways on if nothing is found? */
static bool
advised(const char *lang, const char *query, const char *advice)
{
	struct buf path = { 0 };
	const char *page;

	buf_printf(&path, "/%s/search", lang);
	page = get(site, path.data, query);
	buf_free(&path);
	return status(page) == 200 && has(page, advice) &&
	    (!has(page, "class=\"empty\"") || has(page, "/glossary\">"));
}

static void
nothing_to_find(void)
{
	static const char *const wordless[] = { "q=%22%22", "q=+", "q=%20%20",
		"q=%3F%21", "q=*", "q=-", "q=title%3A", "q=%F0%9F%99%82",
		"q=%01%02%03" };
	bool all = true;
	struct buf long_one = { 0 };
	const char *page;

	ok(advised("en", "q=-health", "can be left out only from something") &&
		advised("fr", "q=-%22la+sante%22", "Ajoutez un mot") &&
		advised("es", "q=-salud+-seguro", "solo se puede excluir"),
	    "only leaving out is advised to look for something");
	for (size_t i = 0; i < sizeof(wordless) / sizeof(wordless[0]); i++)
		all &= advised("en", wordless[i], "There is no word in this") &&
		    advised("fr", wordless[i], "aucun mot à chercher") &&
		    advised("es", wordless[i], "no hay ninguna palabra");
	ok(all, "signs without a word are told to be so");
	ok(advised("en", "q=the+of", "stand in almost every text") &&
		advised("fr", "q=de+la", "presque tous les textes") &&
		advised("es", "q=de+la", "casi todos los textos"),
	    "words that say nothing too");
	ok(!advised("en", "q=who", "almost every text"),
	    "unless they are names");
	ok(has(get(site, "/fr/library", "q=-sante"), "Ajoutez un mot") &&
		has(get(site, "/fr/search.json", "q=-sante"),
		    "\"advice\":\"Ajoutez"),
	    "in lists and as JSON likewise");
	buf_puts(&long_one, "q=health");
	while (long_one.len < 10000)
		buf_puts(&long_one, "+health");
	page = get(site, "/en/search", long_one.data);
	ok(status(page) == 200 && has(page, "Your question was long"),
	    "a long question is cut, and that is said");
	buf_free(&long_one);
	page = get(site, "/en/search", "q=a%02health%03");
	ok(has(page, "value=\"a health \""), "controls are spaces");
	ok(status(get(site, "/en/search", "q=%ff")) == 400,
	    "what is no text can't be read");
}

static void
page(void)
{
	const char *page = get(site, "/fr/search", "q=mutuelle");

	ok(status(page) == 200, "the page of results is there");
	ok(has(page, "<mark>Mutuelle</mark>"), "hits are marked in titles");
	ok(has(page, "?q=mutuelle&amp;kind=scheme"), "facets are links");
	ok(has(page, "<title>mutuelle – "), "so is the page's title");
	ok(has(page, "<p class=\"meta\">Système · Burkina Faso"),
	    "what was found has its kind and country");
	ok(has(page, "?q=mutuelle&amp;page=2"), "there is a next page");
	ok(has(get(site, "/fr/search", "q=mutuelle&page=2"), "page=1\""),
	    "and a way back");
	page = get(site, "/fr/search", "q=mutuelle&kind=scheme,term");
	ok(has(page, "href=\"?q=mutuelle&amp;kind=term\""),
	    "a choice can be taken back alone");
	ok(has(page, "href=\"?q=mutuelle\""), "or with all others");
	ok(has(get(site, "/en/search", "q=third+party+payment"),
	       "tiers payant"),
	    "the glossary's other names are told");
	ok(has(get(site, "/en/search", "q=asurance"),
	       "<a href=\"?q=assurance\">assurance</a>"),
	    "a misspelt word gets a proposal");
	ok(has(get(site, "/es/search", "q=asurance"),
	       "¿Quiso decir <a href=\"?q=assurance\">assurance</a>?"),
	    "which is a whole question");
	ok(status(get(site, "/en/search", NULL)) == 200 &&
		status(get(site, "/en/search", "q=")) == 200,
	    "without words everything is shown");
	ok(has(get(site, "/en/search", "q=%3Cscript%3E%22%27"),
	       "&lt;script&gt;"),
	    "markup is text");
	ok(status(get(site, "/en/search",
	       "q=%F0%9F%99%82+%25&page=-1&kind=x")) == 200,
	    "odd input is no fault");
	ok(status(get(site, "/en/search", "q=health&page=999999999")) == 200,
	    "nor is a page that is not there");
}

/* The number after a name, in JSON. */
static int
number_at(const char *text, const char *name)
{
	const char *at = strstr(text, name);

	return at != NULL ? atoi(at + strlen(name)) : -1;
}

static void
every_choice(void)
{
	const char *page = get(site, "/fr/search", "q=sante&page=2"), *at;
	int listed;

	at = strstr(page, "?q=sante&amp;more=country#facets");
	ok(at != NULL && before(at, "rel=\"nofollow\">Tout afficher (", "</a>"),
	    "the countries that are not shown are a link away");
	listed = at != NULL ? number_at(at, "Tout afficher (") : -1;
	page = get(site, "/fr/search", "q=sante&page=2&more=country");
	ok(listed > 12 && count(page, "&amp;country=") == listed,
	    "which shows them all");
	ok(has(page, "?q=sante#facets\" rel=\"nofollow\">En afficher moins"),
	    "and leads back");
	ok(has(page, "/fr/search?q=sante&amp;page=2\">\n<link rel=\"alternate"),
	    "it is no other page for search engines");
	ok(has(page, "?q=sante&amp;more=country&amp;page=3\" rel=\"next\"") &&
		has(page, "?q=sante&amp;more=country&amp;country=SN\""),
	    "and stays so from page to page and choice to choice");
	page = get(site, "/fr/search", "q=sante&more=nonsense");
	ok(status(page) == 200 && has(page, "Tout afficher ("),
	    "what is no facet is ignored");
	page = get(site, "/fr/schemes", "more=country&country=SN,GH,CM");
	ok(count(page, "aria-current=\"true\" rel=\"nofollow\"><span>") == 3,
	    "lists have it too, with what is chosen");
	page = get(site, "/fr/search.json", "q=sante");
	at = strstr(page, "{\"facet\":\"country\"");
	ok(at != NULL && number_at(at, "\"all_values\":") == listed &&
		has(at, "\"more_url\":null"),
	    "as JSON every facet has all its values");
}

/* An organisation is called what it is called in the reader's language. */
static void
acronyms(void)
{
	ok(has(get(site, "/en/organisations", "q=labour"),
	       "Organization</a>\n <span class=\"meta\">ILO</span>") &&
		has(get(site, "/fr/organisations", "q=travail"),
		    "Travail</a>\n <span class=\"meta\">OIT</span>"),
	    "a list of organisations has the reader's acronyms");
	ok(has(get(site, "/es/organisations/who", NULL), "<dd>OMS</dd>") &&
		has(get(site, "/en/organisations/who", NULL), "<dd>WHO</dd>"),
	    "so has the page of one");
	ok(has(get(site, "/fr/organisations/gtz", NULL), "<dd>GTZ</dd>"),
	    "or the only one there is");
	ok(before(get(site, "/fr/search", "q=STEP"), "<ol class=\"list\">",
	       "</a>\n <span class=\"meta\">STEP</span></h3>"),
	    "and results show by what they were found");
}

static void
data(void)
{
	static const char *const members[] = { "\"total\":", "\"facets\":[",
		"\"results\":[", "\"kind\":\"", "\"slug\":\"", "\"lang\":\"",
		"\"title\":\"", "\"summary\":", "\"snippet\":", "\"url\":\"",
		"\"score\":" };
	const char *page = get(site, "/en/search.json", "q=health&page=2");
	bool all = true;

	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		all &= has(page, members[i]);
	ok(all && has(page, "\"page\":2"), "a search is there as JSON");
	ok(!has(page, "\x02"), "without marks");
	page = get(site, "/en/search.csv", "q=insurance");
	ok(count(page, "\n") > 40, "as CSV, with every result");
	ok(has(get(site, "/fr/search.atom", "q=mutuelle"), "<entry>"),
	    "as Atom");
	ok(has(get(site, "/fr/search.rss", "q=mutuelle"), "<item>"), "as RSS");
	page = get(site, "/fr/suggest.json", "q=tiers+pa");
	ok(has(page, "\"text\":\"tiers payant\"") &&
		has(page, "\"url\":\"/fr/glossary/"),
	    "suggestions are JSON too");
	ok(has(get(site, "/fr/suggest.json", NULL), "\"suggestions\":[]"),
	    "even when there are none");
	ok(has(get(site, "/fr/suggest.json", "q=OIT"),
	       "\"suggestions\":[{\"text\":\"Organisation internationale du"
	       " Travail\",\"kind\":\"organisation\""),
	    "an acronym is told in full");
	page = get(site, "/fr/suggest", "q=tiers+pa");
	ok(status(page) == 301 &&
		header(page, "location: /fr/suggest.json?q=tiers+pa"),
	    "without .json they are a redirect away");
}

int
main(void)
{
	site = test_site();
	examples();
	questions();
	names();
	misspelt();
	nothing_to_find();
	page();
	every_choice();
	acronyms();
	data();
	site_close(site);
	return done();
}
