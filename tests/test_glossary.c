/* The glossary: terms by letter, found by their words, and in all languages. */
#include "test.h"

static void
test_letters(struct site *s)
{
	const char *page = get(s, "/es/glossary", NULL);

	ok(status(page) == 200 && before(page, ">A<", ">C<"),
	    "letters stand in the order of the language");
	page = get(s, "/fr/glossary", "letter=E");
	ok(has(page, "équité") || has(page, "évaluation"), "É stands under E");
	ok(!has(page, "/fr/glossary/premium\""), "and no other letter there");
	ok(has(get(s, "/fr/glossary", "letter=%C3%A9"), "évaluation") &&
		!has(get(s, "/fr/glossary", "letter=e"), "class=\"empty\""),
	    "whether the address has it as E, é or e");
	page = get(s, "/en/glossary", "letter=%E1%BA%8B");
	ok(status(page) == 200 && has(page, "class=\"empty\""),
	    "where no term stands, the page says so and leads on");
}

static void
test_search(struct site *s)
{
	const char *page = get(s, "/en/glossary", "q=premiums");

	ok(status(page) == 200 && has(page, "/en/glossary/premium"),
	    "a plural finds the term");
	ok(status(get(s, "/fr/glossary", "q=zzzz")) == 200,
	    "no term is an answer too");
	ok(status(get(s, "/fr/glossary.csv", "q=prime")) == 200,
	    "what is found is data too");
}

static void
test_term(struct site *s)
{
	const char *page = get(s, "/fr/glossary/third-party-payment", NULL);

	ok(has(page, "tiers payant") && has(page, "third-party payment"),
	    "a term is there in the other languages");
	ok(status(get(s, "/fr/glossary/nothing", NULL)) == 404, "no such term");
	page = get(s, "/fr/glossary/third-party-payment", NULL);
	ok(has(page, "href=\"/fr/search?q=%22tiers%20payant%22\""),
	    "a term leads to a search for it, in an address that is one");
	ok(has(get(s, "/fr/glossary", "q=zzzz%20%22%C3%A8zz"),
	       "href=\"/fr/search?q=zzzz%20%22%C3%A8zz\""),
	    "so does a word that is none");
}

int
main(void)
{
	struct site *s = test_site();

	test_letters(s);
	test_search(s);
	test_term(s);
	site_close(s);
	return done();
}
