/* What a visitor types, and what is understood. */
#include "data/grammar.h"
#include "test.h"

/* The parts as a line: - excluded, t: a: fields, "" quoted, * prefix. */
static const char *
parsed(const char *query)
{
	static struct buf out;
	struct grammar g;

	grammar_parse(&g, query);
	buf_clear(&out);
	for (size_t i = 0; i < g.n; i++) {
		struct query_part *p = &g.parts[i];

		buf_printf(&out, "%s%s%s%s%.*s%s%s", i > 0 ? " " : "",
		    p->excluded ? "-" : "",
		    p->field == TITLE_FIELD        ? "t:"
			: p->field == AUTHOR_FIELD ? "a:"
						   : "",
		    p->quoted ? "[" : "", (int)p->len, p->text,
		    p->quoted ? "]" : "", p->prefix ? " *" : "");
	}
	return buf_text(&out);
}

static void
words(void)
{
	is(parsed("mutuelle santé"), "mutuelle santé", "words are words");
	is(parsed("  a\t b \n\u00a0c "), "a b c", "whatever is between them");
	is(parsed("health/insurance, (Senegal)?"), "health insurance Senegal",
	    "signs part words");
	is(parsed("l'assurance micro-insurance UM-PAMECAS"),
	    "l'assurance micro-insurance UM-PAMECAS",
	    "but not those within names");
	is(parsed("\"social security\" fund"), "[social security] fund",
	    "a phrase is kept together");
	is(parsed("« tiers payant » “third party”"),
	    "[ tiers payant ] [third party]", "in any quotation marks");
	is(parsed("\"not closed"), "[not closed]", "and may be left open");
	is(parsed("mutu*"), "mutu* *", "a star makes a prefix");
	is(parsed("m* *"), "m*", "of two letters at least");
	is(parsed("\"social secu\"*"), "[social secu] *",
	    "also after a phrase");
	is(parsed("fund -pension -\"private fund\""),
	    "fund -pension -[private fund]", "a minus leaves out");
	is(parsed("title:fund auteur:dupont TÍTULO:x titulo:\"a b\""),
	    "t:fund a:dupont t:x t:[a b]", "fields have their names");
	is(parsed("ratio:2 http://example.org/x"),
	    "ratio:2 http: example.org x", "other colons are nothing");
}

static void
odd(void)
{
	is(parsed(""), "", "nothing is nothing");
	is(parsed("- -- * \"\" title: -title:\"\" *** \x01\x02 \""), "",
	    "so are signs alone");
	is(parsed("\xff\xfe"), "", "and what is not UTF-8");
	is(parsed("a OR b NEAR(c) {d} : ^e AND NOT f"),
	    "a OR b NEAR c d e AND NOT f",
	    "the words of the database's language are words");
}

static void
lengths(void)
{
	char text[8192];
	struct grammar g;
	size_t n = 0;

	for (size_t i = 0; i < 100; i++)
		n += (size_t)sprintf(text + n, "w%zu ", i);
	grammar_parse(&g, text);
	ok(g.n == QUERY_PARTS && g.cut, "a query has so many words");
	for (size_t i = 0; i + 2 < sizeof(text); i += 2)
		memcpy(text + i, "é", 2);
	text[sizeof(text) - 2] = '\0';
	grammar_parse(&g, text);
	ok(g.n == 1 && g.cut && g.parts[0].len <= QUERY_BYTES,
	    "a very long one is cut between characters");
	grammar_parse(&g, "just right");
	ok(!g.cut, "and others are not");
}

int
main(void)
{
	words();
	odd();
	lengths();
	return done();
}
