/* The knowledge base: trees, themes and questions. */
#include "test.h"

static void
test_trees(struct site *s)
{
	const char *page = get(s, "/en/themes", NULL);

	ok(status(page) == 200, "the knowledge base has a page");
	ok(before(page, "id=\"gimi-themes\"", "id=\"gess-knowledge-base\"") &&
		before(page, "id=\"gess-action-plan\"",
		    "id=\"ciaris-library\""),
	    "the trees of three platforms stand on it");
	ok(before(page, "/en/themes/ciaris-principles",
	       "/en/themes/territoriality"),
	    "with what is under a theme");
	ok(has(page, "/en/questions/why-extension"), "and the questions");
	page = get(s, "/fr/themes", NULL);
	ok(has(page, ">Suivi et évaluation</a>"), "in the reader's language");
}

static void
test_theme(struct site *s)
{
	const char *page = get(s, "/en/themes/relevance", NULL);

	ok(status(page) == 200 && has(page, "Declaration of Philadelphia"),
	    "a theme has a text");
	ok(has(page, "/en/questions/why-extension"), "and its questions");
	page = get(s, "/en/themes/microinsurance", NULL);
	ok(has(page, "Documents <span class=\"count\">"),
	    "what is filed under it is counted");
	ok(has(page, "href=\"/en/library?theme=microinsurance\""),
	    "and can be seen in full");
	page = get(s, "/en/themes/mechanisms", NULL);
	ok(has(page, "/en/themes/universal-benefits"),
	    "a theme leads down its branch");
	page = get(s, "/en/themes/universal-benefits", NULL);
	ok(has(page, "href=\"/en/themes/mechanisms\""), "and up");
	page = get(s, "/es/themes/feasibility", NULL);
	ok(status(page) == 200 && has(page, "<h1>Viabilidad</h1>"),
	    "a theme has its name");
	ok(has(page, "tantear el terreno") && !has(page, "class=\"notice\""),
	    "and its text in the reader's language");
	page =
	    get(s, "/es/library/information-note-social-security-2004", NULL);
	ok(has(page, "<p class=\"notice\">Este texto está en inglés.</p>") &&
		before(page, "<h1 lang=\"en\">", "Information note"),
	    "what is not translated says which language it is in");
	ok(!has(get(s, "/en/themes/feasibility", NULL), "prose\" lang="),
	    "who reads that language is told nothing");
	ok(status(get(s, "/en/themes/no-such-theme", NULL)) == 404,
	    "no such theme");
}

static void
test_questions(struct site *s)
{
	const char *page = get(s, "/fr/questions", NULL);

	ok(status(page) == 200 && has(page, "Pourquoi faire de l’extension"),
	    "questions have a page");
	ok(has(page, "href=\"/fr/themes/relevance\""),
	    "that names their theme");
	page = get(s, "/fr/questions/why-extension", NULL);
	ok(status(page) == 200 && has(page, "href=\"/fr/themes/relevance\""),
	    "a question leads to what there is to read");
}

int
main(void)
{
	struct site *s = test_site();

	test_trees(s);
	test_theme(s);
	test_questions(s);
	site_close(s);
	return done();
}
