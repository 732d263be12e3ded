/* What is wrong in content files is told with its place, all of it. */
#include "cli.h"

/* A record of a kind in a file of its own, and what is said of it.  Lines are
 * counted from "kind:", which is the first. */
struct fault {
	const char *claim;
	const char *yaml;
	const char *said;
};

#define LONG "0123456789 ABCDEF"
#define LONGER LONG LONG LONG LONG LONG LONG LONG LONG
#define LONGEST LONGER LONGER LONGER LONGER LONGER LONGER LONGER LONGER
#define SCHEME                                                       \
	"kind: scheme\nrecords:\n  - slug: x\n    title: {fr: X}\n"  \
	"    country: SN\n    name: X\n    type: community-mutual\n" \
	"    sources: [{reference: A letter}]\n"
#define DOCUMENT                                                      \
	"kind: document\nrecords:\n  - slug: x\n    title: {en: X}\n" \
	"    doctype: report\n"

static const struct fault faults[] = {
	{ "a field that the kind does not have", DOCUMENT "    colour: red\n",
	    ":6: colour: a document has no" },
	{ "a field that a list does not have",
	    SCHEME "    figures: [{indicator: members, value: 1, size: 2}]\n",
	    ":9: figures.size: is no field of these" },
	{ "a required field that is missing",
	    "kind: scheme\nrecords:\n  - slug: x\n    title: {en: X}\n",
	    ":3: country: is missing" },
	{ "a slug that is missing", "kind: news\nrecords:\n  - title: X\n",
	    ":3: slug: is missing" },
	{ "a slug that no address can have",
	    "kind: news\nrecords:\n  - slug: A b\n    title: {en: X}\n",
	    ":3: slug: “A b” is not made of" },
	{ "a slug that stands twice",
	    "kind: organisation\nrecords:\n  - slug: helpers\n"
	    "    title: {en: X}\n    organisation_type: ngo\n",
	    "slug: organisation/helpers stands already in" },
	{ "a code that its list does not have",
	    SCHEME "    contingencies: [rain]\n",
	    ":9: contingencies: “rain” is not in the code list contingency" },
	{ "a country that ISO 3166 does not have",
	    DOCUMENT "    countries: [XX]\n",
	    ":6: countries: “XX” is not an ISO 3166-1" },
	{ "a theme that is not there", DOCUMENT "    themes: [weather]\n",
	    ":6: themes: there is no theme “weather”" },
	{ "a relation to a record that is not there",
	    DOCUMENT "    related: [{to: scheme/gone, relation: support}]\n",
	    ":6: related.to: there is no record “scheme/gone”" },
	{ "a relation to half an address",
	    DOCUMENT "    related: [{to: gone, relation: support}]\n",
	    ":6: related.to: “gone” is not of the form kind/slug" },
	{ "a source that is not in the library",
	    DOCUMENT "    sources: [{document: gone}]\n",
	    ":6: sources.document: there is no document “gone”" },
	{ "a date that no calendar has", DOCUMENT "    date: 2007-02-29\n",
	    ":6: date: “2007-02-29” is not a date" },
	{ "a date with words", DOCUMENT "    date: May 2007\n",
	    ":6: date: “May 2007” is not a date" },
	{ "a year that is no number", DOCUMENT "    year: 20o7\n",
	    ":6: year: “20o7” is not a whole number" },
	{ "a year that cannot be", DOCUMENT "    year: 20077\n",
	    ":6: year: 20077 is not from 1400 to 2100" },
	{ "a number that is none", SCHEME "    latitude: north\n",
	    ":9: latitude: “north” is not a number" },
	{ "a place that is not on Earth", SCHEME "    latitude: 91\n",
	    ":9: latitude: 91 is not from -90 to 90" },
	{ "an address that is none", DOCUMENT "    url: www.ilo.org\n",
	    ":6: url: “www.ilo.org” is not an http" },
	{ "an address that would run a script",
	    DOCUMENT "    url: 'javascript:alert(1)'\n",
	    ":6: url: “javascript:alert(1)” is not an http" },
	{ "neither yes nor no", DOCUMENT "    title_supplied: maybe\n",
	    ":6: title_supplied: “maybe” is neither true nor false" },
	{ "a value that is empty", DOCUMENT "    place: ''\n",
	    ":6: place: is empty" },
	{ "a value that is null", DOCUMENT "    place: ~\n",
	    ":6: place: is empty" },
	{ "a list where a value must stand", DOCUMENT "    place: [a]\n",
	    ":6: place: a single value must stand here" },
	{ "a value where a list must stand", DOCUMENT "    themes: health\n",
	    ":6: themes: a list must stand here" },
	{ "the same value twice in a list",
	    DOCUMENT "    themes: [health, health]\n",
	    ":6: themes: “health” stands here twice" },
	{ "a text in a language that is none",
	    DOCUMENT "    summary: {english: X}\n",
	    ":6: summary.english: is not a language code" },
	{ "a text without a language", DOCUMENT "    summary: X\n",
	    ":6: summary: no language" },
	{ "a control character in a text", DOCUMENT "    place: \"a\\x02b\"\n",
	    ":6: place: holds a control character" },
	{ "a text that turns its direction",
	    DOCUMENT "    place: \"a\\u202eb\"\n",
	    ":6: place: holds a character that turns the direction" },
	{ "… in another way", DOCUMENT "    place: \"a\\u2066b\"\n",
	    ":6: place: holds a character that turns the direction" },
	{ "a word without end", DOCUMENT "    place: " LONGEST "\n",
	    ":6: place: is longer than 1000 characters" },
	{ "an author who is nobody", DOCUMENT "    authors: [{}]\n",
	    ":6: authors: one of these must be given: name organisation" },
	{ "an author who is two",
	    DOCUMENT "    authors: [{name: A, organisation: helpers}]\n",
	    ":6: authors: only one of these can be given" },
	{ "a figure without a value",
	    SCHEME "    figures: [{indicator: members}]\n",
	    ":9: figures: one of these must be given: value low missing" },
	{ "a range that goes down",
	    SCHEME "    figures: [{indicator: members, low: 2, high: 1}]\n",
	    ":9: figures.high: is less than low" },
	{ "a scheme that stopped before it began",
	    SCHEME "    year_started: 2003\n    year_stopped: 2002\n",
	    ":10: year_stopped: is before year_started" },
	{ "a scheme of the future", SCHEME "    year_started: 2099\n",
	    ":9: year_started: is in the future" },
	{ "a status nobody knows the date of", SCHEME "    status: operating\n",
	    ":3: status_date: is missing" },
	{ "a scheme without a source",
	    "kind: scheme\nrecords:\n  - slug: x\n    title: {fr: X}\n"
	    "    country: SN\n    name: X\n    type: community-mutual\n",
	    ":3: sources: at least one must be given" },
	{ "a country whose address is not its code",
	    "kind: country\nrecords:\n  - slug: senegal\n    country: CI\n",
	    ":3: slug: must be the country's code" },
	{ "an event that ends before it begins",
	    "kind: event\nrecords:\n  - slug: x\n    title: {en: X}\n"
	    "    event_type: conference\n    date: '2007'\n"
	    "    date_end: '2006'\n",
	    ":7: date_end: is before date" },
	{ "a kind that there is not", "kind: thing\nrecords: []\n",
	    ":1: kind: “thing” is no kind" },
	{ "a file without records", "kind: news\n",
	    ":1: records: a list must stand here" },
	{ "a key beside records", "kind: news\nrecords: []\nother: 1\n",
	    ":3: other: is none of kind, records and trees" },
	{ "a tree of themes that are not there",
	    "kind: theme\nrecords: []\ntrees:\n  - tree: themes\n"
	    "    nodes:\n      - {theme: gone}\n",
	    ":6: theme: there is no theme “gone”" },
	{ "YAML that is broken", "kind: [news\nrecords: 1\n",
	    ":2: did not find expected" },
	{ "a key that stands twice",
	    "kind: news\nrecords:\n  - slug: x\n    slug: y\n",
	    ":4: stands here twice: “slug”" },
	{ "an alias", "kind: &a news\nrecords: *a\n",
	    ":1: anchors and aliases are not read here" },
	{ "an empty list of texts", DOCUMENT "    summary: {}\n",
	    ":6: summary: a text, or texts by language" },
};

enum { FAULTS = sizeof(faults) / sizeof(faults[0]) };

/* Load the fixtures with one file more, or another in its place. */
static int
load_with(const char *name, const char *text, size_t len)
{
	char path[128];

	shell("rm -rf $D/content && cp -r tests/fixtures/content $D/content");
	snprintf(path, sizeof(path), "content/%s", name);
	write_file(path, text, len);
	return mutua(&command_load, in_dir("content"), "", "");
}

static int64_t
records(void)
{
	return number_of("SELECT (SELECT count(*) FROM record)"
			 " + (SELECT count(*) FROM code)");
}

static void
test_each(void)
{
	for (size_t i = 0; i < FAULTS; i++) {
		const struct fault *f = &faults[i];
		struct buf claim = { 0 };
		bool told;

		told =
		    load_with("x.yaml", f->yaml, strlen(f->yaml)) == FAILED &&
		    has(said(), f->said) && has(said(), "content/x.yaml:");
		buf_printf(&claim, "told with its place: %s", f->claim);
		if (!ok(told, claim.data))
			printf("# wanted %s\n# said %s", f->said, said());
		buf_free(&claim);
	}
	ok(records() == 0, "none of these wrote anything");
}

/* All at once: as many lines as faults, and one to close. */
static void
test_all(void)
{
	static const char many[] =
	    DOCUMENT "    place: ''\n    year: x\n    date: x\n    url: x\n"
		     "    colour: red\n  - slug: y\n    title: {en: Y}\n"
		     "    doctype: nothing\n    lang: English\n";

	ok(load_with("x.yaml", many, sizeof(many) - 1) == FAILED,
	    "many faults are refused");
	ok(count(said(), "x.yaml:") == 7, "every one of them is told");
	ok(has(said(), "7 faults; nothing was loaded"), "and counted");
	ok(records() == 0, "nothing is written");
}

/* A file that is broken hides neither other files' faults nor its own, and
 * what may stand in its other half is not said to be missing. */
static void
test_broken(void)
{
	static const char broken[] =
	    "kind: theme\nrecords:\n  - slug: health\n    colour: red\n"
	    "    title: {en: Health}\n  - slug: rest\n  broken: [\n";
	static const char twice[] =
	    DOCUMENT "    year: 2001\n    year: 2002\n    place: ''\n"
		     "    colour: red\n";

	ok(load_with("themes.yaml", broken, sizeof(broken) - 1) == FAILED &&
		has(said(), "themes.yaml:7: ") &&
		has(said(), "themes.yaml:4: colour: a theme has no"),
	    "a file's faults before the one that ends it are told");
	ok(!has(said(), "there is no theme") && !has(said(), "is missing") &&
		has(said(), "2 faults;"),
	    "what may stand behind it is not said to be missing");
	ok(has(said(), "themes.yaml: not read as a whole; what others"),
	    "which is told");
	ok(load_with("codes.yaml", "lists: [", 8) == FAILED &&
		has(said(), "codes.yaml:2: ") && has(said(), "1 fault;"),
	    "nor is a code, if the lists are broken");
	ok(load_with("x.yaml", twice, sizeof(twice) - 1) == FAILED &&
		has(said(), ":7: stands here twice: “year”") &&
		has(said(), ":8: place: is empty") &&
		has(said(), ":9: colour: a document has no"),
	    "a key that stands twice hides nothing");
	ok(load_with("x.yaml", "kind: news\nrecords: [X]\n", 25) == FAILED &&
		has(said(), ":2: records: fields and values must"),
	    "a record is more than a word");
	ok(records() == 0, "none of these wrote anything");
}

static void
test_marks(void)
{
	static const char file[] =
	    "\xef\xbb\xbfkind: news\r\nrecords:\r\n  - slug: x\r\n"
	    "    title: {en: X}\r\n";
	static const char page[] =
	    "\xef\xbb\xbf---\r\nkind: page\r\nslug: x\r\nlang: fr\r\n"
	    "title: X\r\n---\r\nUn texte\r\n";

	ok(load_with("x.yaml", file, sizeof(file) - 1) == DONE &&
		!has(said(), "x.yaml"),
	    "a byte order mark and CR at line ends do no harm in YAML");
	ok(load_with("pages/x.fr.md", page, sizeof(page) - 1) == DONE &&
		number_of("SELECT count(*) FROM record_text"
			  " WHERE body_html = '<p>Un texte</p>' || char(10)") ==
		    1,
	    "nor in pages");
}

static void
test_bytes(void)
{
	static const char bad[] = "kind: news\nrecords:\n  - slug: \xe9t\xe9\n";
	static const char nul[] = "kind: news\nrecords: []\n#\0\n";
	static const char page[] = "---\nkind: theme\nslug: finance\n"
				   "lang: fr\ntitle: X\n---\n\xff\n";

	ok(load_with("x.yaml", bad, sizeof(bad) - 1) == FAILED &&
		has(said(), "x.yaml:3: not UTF-8 text at byte 31\n"),
	    "bytes that are not UTF-8 are told with their place");
	ok(load_with("x.yaml", nul, sizeof(nul) - 1) == FAILED &&
		has(said(), "x.yaml:3: not UTF-8 text at byte 25\n"),
	    "so is a NUL");
	ok(load_with("pages/finance.fr.md", page, sizeof(page) - 1) == FAILED &&
		has(said(), "finance.fr.md:7: not UTF-8 text at byte 53\n"),
	    "in pages too");
}

static void
test_pages(void)
{
	static const struct {
		const char *claim, *text, *said;
	} pages[] = {
		{ "a page without a head is told", "A text\n",
		    "x.fr.md:1: no front matter" },
		{ "so is one whose head does not end", "---\nkind: page\n",
		    "x.fr.md:1: no front matter" },
		{ "so is one of a theme that is not there",
		    "---\nkind: theme\nslug: gone\nlang: fr\ntitle: X\n---\nX\n",
		    "slug: there is no theme “gone”" },
		{ "so is a second body in one language",
		    "---\nkind: theme\nslug: health\nlang: en\ntitle: X\n---\n",
		    "health has one in this language already" },
		{ "so is a head without a title",
		    "---\nkind: page\nslug: x\nlang: fr\n---\nX\n",
		    "title: is missing" },
		{ "so is a head with a field no page has",
		    "---\nkind: page\nslug: x\nlang: fr\ntitle: X\n"
		    "colour: red\n---\nX\n",
		    "x.fr.md:6: colour: a page has no such field" },
	};

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		if (!ok(load_with("pages/x.fr.md", pages[i].text,
			    strlen(pages[i].text)) == FAILED &&
			    has(said(), pages[i].said),
			pages[i].claim))
			printf("# said %s", said());
}

static void
test_lists(void)
{
	static const char twice[] =
	    "lists:\n  doctype:\n"
	    "    - {code: report, en: A, fr: B, es: C}\n"
	    "    - {code: report, en: A, fr: B, es: C}\n"
	    "    - {code: study, en: A, fr: B}\n"
	    "    - {code: other, en: A, fr: B, es: C, de: D}\n";
	static const char country[] =
	    "- {country: SN, region: '002', subregion: '011'}\n"
	    "- {country: Benin, region: '002', subregion: '011'}\n"
	    "- {country: CI}\n";

	ok(load_with("codes.yaml", twice, sizeof(twice) - 1) == FAILED &&
		has(said(),
		    "codes.yaml:4: doctype: “report” stands here "
		    "twice"),
	    "a code that stands twice is told");
	ok(has(said(), "codes.yaml:5: doctype: “study” has no label in es"),
	    "so is a label that is missing");
	ok(has(said(), "codes.yaml:6: doctype: only code and labels"),
	    "and one too many");
	ok(load_with("country-codes.yaml", country, sizeof(country) - 1) ==
		    FAILED &&
		has(said(), "country-codes.yaml:2: country: “Benin” is not"),
	    "a country code that is none is told");
	ok(has(said(), "country-codes.yaml:3: country: country, region and"),
	    "so is a country without a region");
}

static void
test_directories(void)
{
	ok(mutua(&command_load, in_dir("nowhere"), "", "") == FAILED &&
		has(said(), "nowhere: No such file or directory"),
	    "a directory that is not there is told");
	shell("mkdir $D/empty");
	ok(mutua(&command_load, in_dir("empty"), "", "") == FAILED &&
		has(said(), "empty: no content there"),
	    "so is one without content");
}

static void
test_warnings(void)
{
	static const char odd[] =
	    SCHEME "    figures:\n"
		   "      - {indicator: beneficiaries, value: 9, year: 2001}\n"
		   "      - {indicator: target-population, value: 8,"
		   " year: 2001}\n";
	static const char twin[] =
	    "kind: scheme\nrecords:\n  - slug: x\n    title: {fr: X}\n"
	    "    country: SN\n    name: LA MUTUELLE\n"
	    "    type: community-mutual\n"
	    "    sources: [{reference: A letter}]\n";
	static const char grown[] =
	    SCHEME "    figures:\n"
		   "      - {indicator: members, value: 9, year: 2001}\n"
		   "      - {indicator: members, value: 37, year: 2002}\n";

	ok(load_with("x.yaml", odd, sizeof(odd) - 1) == DONE,
	    "what is only odd is loaded");
	ok(has(said(), "x.yaml:3: status: warning: is missing"),
	    "but told: a scheme that nobody knows the status of");
	ok(has(said(), "x.yaml:10: figures: warning: more beneficiaries than"),
	    "more beneficiaries than people to reach");
	ok(load_with("x.yaml", twin, sizeof(twin) - 1) == DONE &&
		has(said(), "scheme/mutuelle and scheme/x have the same name"),
	    "two schemes of one name in one place are told");
	ok(load_with("x.yaml", grown, sizeof(grown) - 1) == DONE &&
		has(said(),
		    "x.yaml:11: figures: warning: more than four "
		    "times the members of 2001"),
	    "so is a figure that multiplies");
	ok(load_with("x.yaml", "kind: news\nrecords: 1\n", 23) == FAILED &&
		number_of("SELECT count(*) FROM record") == 9,
	    "a fault in a later load leaves what is there");
}

int
main(void)
{
	mutua(&command_init, "", "", "");
	test_each();
	test_all();
	test_broken();
	test_bytes();
	test_pages();
	test_lists();
	test_directories();
	test_warnings();
	test_marks();
	return cli_done();
}
