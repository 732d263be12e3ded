/* mutua import: documents from JSON Lines. */
#include <signal.h>
#include <sys/resource.h>

#include "cli.h"
#include "data/yaml.h"

#define LINE(id, more)                                                  \
	"{\"id\": \"" id "\", \"lang\": \"fr\", \"title\": \"Titre " id \
	"\"" more "}\n"

static int
import(const char *lines, size_t len, const char *option)
{
	write_file("in.jsonl", lines, len);
	return mutua(&command_import, "documents", in_dir("in.jsonl"), option);
}

static int
import_text(const char *lines, const char *option)
{
	return import(lines, strlen(lines), option);
}

static int64_t
documents(void)
{
	return number_of("SELECT count(*) FROM document");
}

static void
test_fields(void)
{
	static const char line[] =
	    "{\"id\": \"Doc 1/é\", \"lang\": \"fr\", \"title\": \" Étude \","
	    " \"authors\": \"Diop, A.; Ndiaye, B. ;\", \"year\": 2004,"
	    " \"country\": \"Sénégal\", \"theme\": \"Health care\","
	    " \"doctype\": \"Informe\", \"summary\": \"Résumé\","
	    " \"body\": \"Un *texte*\\n\\nA\\u0007b\"}\n";

	ok(import_text(line, "") == DONE && has(said(), "1 document: 1 added"),
	    "a document is imported");
	is(words_of("SELECT slug FROM record WHERE entry = 'import'"),
	    "doc-1-e", "its address is made from its id");
	is(words_of("SELECT group_concat(name, '|') FROM document_author"
		    " JOIN record r ON r.id = record"
		    " WHERE entry = 'import'"),
	    "Diop, A.|Ndiaye, B.", "authors stand between semicolons");
	is(words_of("SELECT country FROM record_country JOIN record r"
		    " ON r.id = record WHERE entry = 'import'"),
	    "SN", "a country is known by its name");
	is(words_of("SELECT theme FROM record_theme JOIN record r"
		    " ON r.id = record WHERE entry = 'import'"),
	    "health", "so is a theme");
	is(words_of("SELECT doctype || year FROM document JOIN record r"
		    " ON r.id = record WHERE entry = 'import'"),
	    "report2004", "and a type, in any language");
	is(words_of("SELECT body_html FROM record_text JOIN record r"
		    " ON r.id = record WHERE entry = 'import'"),
	    "<p>Un <em>texte</em></p>\n<p>A b</p>\n",
	    "the body is Markdown without control characters");
	is(words_of("SELECT title FROM record_text JOIN record r"
		    " ON r.id = record WHERE entry = 'import'"),
	    "Étude", "blanks around a text are taken off");
}

/* What would make a title look like another, and all that follows it. */
static void
test_turns(void)
{
	ok(import_text(
	       "{\"id\": \"turn\", \"lang\": \"en\","
	       " \"title\": \"\\u202eGood \u2067report\u2069, 5\u202f%\"}\n",
	       "") == DONE &&
		has(said(),
		    "1 value without what turned the direction of text:"
		    " Good report, 5\u202f% (1)"),
	    "what turns the direction of a text is taken out, and told");
	is(words_of("SELECT title FROM record_text JOIN record r"
		    " ON r.id = record WHERE slug = 'turn'"),
	    "Good report, 5\u202f%", "and nothing else");
}

static void
test_names(void)
{
	static const struct {
		const char *name, *code;
	} countries[] = { { "Benin", "BJ" }, { "benín", "BJ" }, { "BJ", "BJ" },
		{ "bj", "BJ" }, { "BEN", "BJ" }, { "Côte d’Ivoire", "CI" },
		{ "Cote d'Ivoire", "CI" }, { "ESPAGNE", "ES" } };
	struct buf line = { 0 };

	for (size_t i = 0; i < sizeof(countries) / sizeof(countries[0]); i++) {
		buf_clear(&line);
		buf_printf(&line,
		    "{\"id\": \"n\", \"lang\": \"en\", \"title\": \"N\","
		    " \"country\": \"%s\"}\n",
		    countries[i].name);
		import_text(line.data, "");
		is(words_of("SELECT country FROM record_country JOIN record r"
			    " ON r.id = record WHERE slug = 'n'"),
		    countries[i].code, countries[i].name);
	}
	buf_free(&line);
}

static void
test_outside(void)
{
	ok(import_text(LINE("o",
			   ", \"theme\": \"weather; Santé\","
			   " \"doctype\": \"zine\","
			   " \"country\": \"Atlantis\"")
			   LINE("p", ", \"theme\": \"weather\""),
	       "") == DONE,
	    "what no list has can be imported");
	is(words_of("SELECT group_concat(keyword, ', ') FROM record_keyword"
		    " JOIN record r ON r.id = record WHERE slug = 'o'"),
	    "Atlantis, Santé, weather, zine", "it is kept as keywords");
	ok(has(said(),
	       "3 values of theme kept as keywords: weather (2), Santé (1)\n") &&
		has(said(), "1 value of doctype kept as keywords: zine (1)") &&
		has(said(), "1 value of country kept as keywords: Atlantis"),
	    "and counted, with those met most often");
	is(words_of("SELECT doctype FROM document JOIN record r"
		    " ON r.id = record WHERE slug = 'o'"),
	    "other", "the document is of another type");
	ok(import_text(LINE("q", ", \"colour\": \"red\""), "") == DONE &&
		has(said(),
		    "1 value left out, in fields no document has: "
		    "colour (1)"),
	    "a field that documents do not have is counted");
	ok(import_text("{\"id\": \"r\", \"lang\": \"xq\", \"title\": \"T\"}\n"
		       "{\"id\": \"s\", \"lang\": \"wo-SN\", \"title\": "
		       "\"T\"}\n",
	       "") == DONE &&
		has(said(), "1 value of lang without a name, kept as") &&
		has(said(), "xq (1)"),
	    "so is a language nobody has a name for");
	ok(import_text(LINE("t", ", \"theme\": \"a; b; c; d; e; f; g\"")
			   LINE("bad", ", \"theme\": \"h\", \"year\": \"x\""),
	       "--skip-bad") == DONE &&
		has(said(),
		    "7 values of theme kept as keywords: a (1), b (1), "
		    "c (1), d (1), e (1) and 2 others\n"),
	    "of many the first; none of a line that was skipped");
}

static void
test_again(void)
{
	static const char two[] = LINE("a", "") LINE("b", "");

	import_text(two, "");
	ok(import_text(two, "") == DONE &&
		has(said(), "0 added, 0 changed, 2 the same"),
	    "imported again, all is the same");
	ok(import_text(LINE("a", ", \"year\": \"1999\"") LINE("b", ""), "") ==
		    DONE &&
		has(said(), "0 added, 1 changed, 1 the same"),
	    "what differs is changed");
	ok(number_of("SELECT max(number) FROM revision JOIN record r"
		     " ON r.id = record WHERE slug = 'a'") == 2,
	    "in a second revision");
	ok(import_text("\xef\xbb\xbf" LINE("a", ", \"year\": 1999") "\n\r\n",
	       "") == DONE &&
		has(said(), "1 the same"),
	    "a byte order mark and empty lines do no harm");
}

static void
test_bad_lines(void)
{
	static const struct {
		const char *claim, *line, *said;
	} bad[] = {
		{ "a line that is no JSON", "{\"id\": 1,\n",
		    "in.jsonl:2: not JSON" },
		{ "an array", "[1]\n", "in.jsonl:2: an object must" },
		{ "a line without an id",
		    "{\"lang\": \"fr\", \"title\": \"T\"}\n",
		    "in.jsonl:2: id: is missing" },
		{ "an id without a letter", LINE("!?", ""),
		    "in.jsonl:2: id: is missing, or has no letter" },
		{ "a line without a language",
		    "{\"id\": \"x\", \"title\": \"T\"}\n",
		    "in.jsonl:2: lang: is missing" },
		{ "a line without a title",
		    "{\"id\": \"x\", \"lang\": \"fr\", \"title\": \" \"}\n",
		    "in.jsonl:2: title: is missing" },
		{ "a language that is none",
		    "{\"id\": \"x\", \"lang\": \"French\","
		    " \"title\": \"T\"}\n",
		    "in.jsonl:2: lang: “French” is not a language code" },
		{ "a year that is none", LINE("x", ", \"year\": \"199x\""),
		    "in.jsonl:2: year: “199x” is not a whole number" },
		{ "a list for a text", LINE("x", ", \"authors\": [\"A\"]"),
		    "in.jsonl:2: authors: a single value" },
		{ "a key that stands twice", LINE("x", ", \"id\": \"y\""),
		    "in.jsonl:2: not JSON: duplicate" },
		{ "an id that stands twice", LINE("good", ""),
		    "in.jsonl:2: id: line 1 has “good” already" },
		{ "the address of a document of the content",
		    LINE("brochure", ""),
		    "in.jsonl:2: id: document/brochure is there already" },
		{ "bytes that are not UTF-8", LINE("x", ", \"body\": \"\xff\""),
		    "in.jsonl:2: not UTF-8 at byte" },
		{ "a NUL", LINE("x", ", \"body\": \"a\\u0000b\""),
		    "in.jsonl:2: holds \\u0000, which no text may\n" },
		{ "a NUL in a name", LINE("x", ", \"a\\u0000b\": 1"),
		    "in.jsonl:2: holds \\u0000, which no text may\n" },
		{ "a number that has no end", LINE("x", ", \"year\": 1e999"),
		    "in.jsonl:2: not JSON" },
		{ "a value that is an object", LINE("x", ", \"summary\": {}"),
		    "in.jsonl:2: summary: a single value" },
	};
	int64_t before = documents();

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct buf lines = { 0 }, claim = { 0 };

		buf_printf(&lines, "%s%s%s", LINE("good", ""), bad[i].line,
		    LINE("after", ""));
		buf_printf(&claim, "refused with its number: %s", bad[i].claim);
		if (!ok(import_text(lines.data, "") == FAILED &&
			    has(said(), bad[i].said) &&
			    has(said(), "1 bad line; nothing was"),
			claim.data))
			printf("# said %s", said());
		buf_free(&lines);
		buf_free(&claim);
	}
	ok(documents() == before, "nothing of such files is imported");
}

static void
test_skip(void)
{
	static const char lines[] = LINE("s1", "") "nonsense\n" LINE("s2", "")
	    LINE("s3", ", \"year\": \"x\"") "\xff\n";
	int64_t before = documents();

	ok(import_text(lines, "--skip-bad") == DONE,
	    "--skip-bad imports the other lines");
	ok(has(said(), "2 documents: 2 added") &&
		has(said(), "3 bad lines skipped"),
	    "and says how many it left out");
	ok(count(said(), "in.jsonl:") == 3, "and why");
	ok(documents() == before + 2, "only the good ones are there");
}

static void
test_wrong_use(void)
{
	ok(mutua(&command_import, "experts", "x", "") == WRONG_USE,
	    "only documents and schemes can be imported");
	ok(mutua(&command_import, "documents", in_dir("none"), "") == FAILED &&
		has(said(), "No such file"),
	    "a file that is not there is told");
	ok(mutua(&command_import, "documents", in_dir("data"), "") == FAILED &&
		has(said(), "data: Is a directory"),
	    "so is one that is a directory");
	ok(import_text("", "") == DONE && has(said(), "0 documents: 0 added"),
	    "an empty one has no documents");
}

/* Bytes of all kinds, and a line that does not end. */
static void
test_bytes(void)
{
	static const char nul[] = "{\"id\": \"x\", \0}\n" LINE("z", "");
	struct buf lines = { 0 };
	int64_t before = documents();

	ok(import(nul, sizeof(nul) - 1, "") == FAILED &&
		has(said(), "in.jsonl:1: not JSON") &&
		has(said(), "1 bad line; nothing"),
	    "a NUL byte is told");
	buf_puts(&lines, LINE("long-1", ""));
	buf_reserve(&lines, YAML_BYTES + 200000);
	while (lines.len < YAML_BYTES + 100000)
		buf_puts(&lines, "no end no end no end no end no end no end ");
	buf_puts(&lines, "\n" LINE("long-2", ""));
	ok(import(lines.data, lines.len, "") == FAILED &&
		has(said(), "in.jsonl:2: longer than 32 MB\n"),
	    "a line that is too long is told with its number");
	ok(import(lines.data, lines.len, "--skip-bad") == DONE &&
		has(said(), "2 documents: 2 added"),
	    "and can be skipped");
	ok(documents() == before + 2, "with what comes after it");
	buf_free(&lines);
}

/* The index finds them: a whole batch, and what follows it. */
static void
test_batches(void)
{
	struct buf lines = { 0 };

	for (int i = 0; i < 1205; i++)
		buf_printf(&lines,
		    "{\"id\": \"many-%d\", \"lang\": \"fr\","
		    " \"title\": \"Zébu %d\"}\n",
		    i, i);
	ok(import(lines.data, lines.len, "") == DONE &&
		has(said(), "1205 added"),
	    "more documents than a batch are imported");
	ok(number_of("SELECT count(*) FROM fts_fr"
		     " WHERE fts_fr MATCH 'zebu'") == 1205,
	    "all of them are found by a word");
	buf_free(&lines);
}

/* In another process, whose files may not grow. */
static void
test_full_disk(void)
{
	struct buf lines = { 0 };
	int64_t before = documents();
	int status = 0;
	pid_t child;

	for (int i = 0; i < 2000; i++)
		buf_printf(&lines,
		    "{\"id\": \"full-%d\", \"lang\": \"fr\", \"title\": \"F\","
		    " \"body\": \"%0500d\"}\n",
		    i, i);
	write_file("in.jsonl", lines.data, lines.len);
	buf_free(&lines);
	fflush(stdout);
	child = fork();
	if (child == 0) {
		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE,
		    &(struct rlimit){ .rlim_cur = 1 << 20, 1 << 20 });
		status =
		    mutua(&command_import, "documents", in_dir("in.jsonl"), "");
		_exit(status == FAILED && has(said(), "nothing was imported")
			? 0
			: 1);
	}
	waitpid(child, &status, 0);
	ok(status == 0, "a disk that is full is told");
	ok(documents() == before, "and nothing is imported");
	is(words_of("PRAGMA integrity_check"), "ok", "the database is sound");
	ok(import_text(LINE("later", ""), "") == DONE,
	    "and can be written again");
}

int
main(void)
{
	mutua(&command_init, "", "", "");
	ok(import_text(LINE("x", ""), "") == FAILED &&
		has(said(), "no code lists yet"),
	    "without content nothing can be imported");
	mutua(&command_load, "tests/fixtures/content", "", "");
	test_fields();
	test_turns();
	test_names();
	test_outside();
	test_again();
	test_bad_lines();
	test_skip();
	test_wrong_use();
	test_bytes();
	test_batches();
	test_full_disk();
	return cli_done();
}
