/* Where a source says it, and when it happened, in the reader's words. */
#include "data/locale.h"
#include "data/locator.h"
#include "test.h"

static const char *
place(const char *text, const char *lang)
{
	static struct buf out;

	buf_clear(&out);
	return locator_text(&out, text, lang) ? buf_text(&out) : "(unknown)";
}

static const char *
range(const char *from, const char *to, const char *lang)
{
	static struct buf out;

	buf_clear(&out);
	locale_date_range(&out, from, to, lang);
	return buf_text(&out);
}

static void
places(void)
{
	is(place("pp. 9 and 23; section 2, list of countries", "fr"),
	    "p.\u00a09 et 23\u00a0; section 2, liste des pays",
	    "an English place is read in French");
	is(place("r\u00e9sum\u00e9\u00a0; section 3.1, encadr\u00e9 sur Ngongo",
	       "es"),
	    "resumen; secci\u00f3n 3.1, recuadro sobre Ngongo",
	    "and a French one in Spanish");
	is(place("annex, p. 3", "es"), "anexo, p\u00e1g.\u00a03",
	    "a page stays on the line of its number");
	is(place("Preface, footnote 18-20", "fr"), "Pr\u00e9face, note 18–20",
	    "with its capital");
	is(place("screens «\u00a0GIMI home\u00a0» and «\u00a0GESS\u00a0»",
	       "en"),
	    "screens “GIMI home” and “GESS”",
	    "what is quoted stays, in the language's own marks");
	is(place("screen “Pays”", "es"), "pantalla «Pays»",
	    "whichever marks it had");
	is(place("part II, A.1.a (SPERs)", "es"), "parte II, A.1.a (SPERs)",
	    "letters, numbers and acronyms are the same everywhere");
	is(place("somewhere in the middle", "fr"), "(unknown)",
	    "words that are no locators are left to the text's own language");
	is(place("party", "fr"), "(unknown)", "only whole words count");
	is(place("screen « never closed", "fr"), "(unknown)",
	    "a quotation without an end is none");
}

static void
dates(void)
{
	is(range("2007-11-14", "2007-11-15", "en"), "14–15 November 2007",
	    "two days are one range in English, day first");
	is(range("2007-11-14", "2007-11-15", "fr"), "14–15 novembre 2007",
	    "in French");
	is(range("2007-11-14", "2007-11-15", "es"),
	    "14–15 de noviembre de 2007", "in Spanish");
	is(range("1995-03", "2002", "en"), "March 1995 – 2002",
	    "dates of unequal precision stand side by side");
	is(range("2007-11-13", "", "en"), "13 November 2007",
	    "without an end there is one date");
}

/* Every place of the site's own content has words we know. */
static void
all_of_the_content(void)
{
	char line[1024];
	FILE *f =
	    popen("cat content/*.yaml | grep -o 'place: .*' | grep -E"
		  " '^place: .?(p\\. |pp\\. |screen|section|part |footnote)'"
		  " | sed \"s/^place: '*//; s/['}]*$//\"",
		"r");
	int unknown = 0, n = 0;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		n++;
		if (strcmp(place(line, "fr"), "(unknown)") == 0) {
			printf("# %s\n", line);
			unknown++;
		}
	}
	if (f != NULL)
		pclose(f);
	ok(n > 100 && unknown == 0,
	    "every place in the site's own content is in every language");
}

int
main(void)
{
	places();
	dates();
	all_of_the_content();
	return done();
}
