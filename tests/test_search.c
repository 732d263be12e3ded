/* What is found by which words, and in which order. */
#include "records.h"

static int64_t term;

/* A glossary concept with its names. */
static void
add_term(struct db *db)
{
	term = records_add(db, "term", "en", "third-party payment",
	    "The scheme pays the provider directly.");
	records_text(db, term, "fr", "tiers payant",
	    "Le système règle directement le prestataire.");
	records_text(db, term, "es", "tercero pagador", "");
	records_sql(db,
	    "INSERT INTO term (record) SELECT max(id) FROM record;"
	    "INSERT INTO term_name (record, lang, use, name, folded)"
	    " SELECT record, lang, 'preferred', title, fold(title)"
	    " FROM record_text WHERE record = (SELECT max(id) FROM record);"
	    "INSERT INTO term_name (record, lang, use, name, folded)"
	    " SELECT max(id), 'en', 'acronym', 'TPP', 'tpp' FROM record;");
	records_index(db, term);
}

static void
fill(struct db *db)
{
	int64_t id;

	records_add(db, "document", "en", "Health schemes in villages",
	    "How a scheme sells cover for hospital care. Members pay monthly.");
	records_add(db, "document", "fr", "Les mutuelles de santé",
	    "Les cotisées de l'assurance maladie et du tiers payant.");
	records_add(db, "document", "es", "Cotizaciones",
	    "La protección social de los trabajadores.");
	id = records_add(db, "document", "en", "Savings and credit",
	    "Micro-insurance sold by banks. The third-party payment helps.");
	records_sql(db,
	    "INSERT INTO document (record, doctype) SELECT max(id), 'book'"
	    " FROM record;"
	    "INSERT INTO document_author (record, place, name)"
	    " SELECT max(id), 1, 'Fatou Diouf' FROM record;"
	    "INSERT INTO record_country SELECT max(id), 'SN' FROM record;"
	    "INSERT INTO record_keyword SELECT max(id), 'WHO' FROM record;");
	records_index(db, id);
	records_add(db, "document", "wo", "Ndaje", "Ñu bari.");
	add_term(db);
}

static void
words(struct db *db)
{
	is(records_words(db, "en", "hospitals"), "Health schemes in villages",
	    "a plural finds the singular");
	is(records_words(db, "fr", "mutuelle sante"), "Les mutuelles de santé",
	    "an accent may be left out");
	is(records_words(db, "fr", "l’assurance"), "Les mutuelles de santé",
	    "and an article stand before a word");
	is(records_words(db, "en", "cotización"), "Cotizaciones",
	    "texts of all languages are searched");
	is(records_words(db, "en", "ndaje"), "Ndaje",
	    "those we know nothing of too");
	is(records_words(db, "en", "microinsurance"), "Savings and credit",
	    "a compound may be written in one word");
	is(records_words(db, "en", "micro-insurance"), "Savings and credit",
	    "or in two");
	is(records_words(db, "en", "Senegal credit"), "Savings and credit",
	    "a country's name finds its records");
	is(records_words(db, "en", "WHO"), "Savings and credit",
	    "a name may be an empty word");
	is(records_words(db, "en", "what are the villages"),
	    "Health schemes in villages", "empty words need not be there");
	is(records_words(db, "en", "zebra"), "",
	    "what is nowhere is not found");
}

static void
signs(struct db *db)
{
	is(records_words(db, "en", "\"members pay\""),
	    "Health schemes in villages", "a phrase is found");
	is(records_words(db, "en", "\"pay members\""), "", "only in its order");
	is(records_words(db, "en", "hosp*"), "Health schemes in villages",
	    "a beginning finds the word");
	is(records_words(db, "fr", "assuran*"), "Les mutuelles de santé",
	    "even beyond the stem");
	is(records_words(db, "en", "payment -banks"), "third-party payment",
	    "a word can be left out");
	is(records_words(db, "en", "title:credit"), "Savings and credit",
	    "the title can be searched");
	is(records_words(db, "en", "title:banks"), "", "and nothing else");
	is(records_words(db, "en", "author:diouf"), "Savings and credit",
	    "so can authors");
	is(records_words(db, "en", "-banks"), "",
	    "leaving out from nothing leaves nothing");
}

static void
partial(struct db *db)
{
	is(records_words(db, "en", "hospital zebra"),
	    "(Health schemes in villages)",
	    "where no record has all words, those with some follow");
	ok(has(records_words(db, "en",
		   "How do members pay a village scheme for hospital giraffes?"),
	       "(Health schemes in villages)"),
	    "so a question typed in full still finds its answer");
	is(records_words(db, "en", "banks hospital villages mutuelles"),
	    "(Health schemes in villages)", "but one word of many is too few");
	ok(has(records_words(db, "en", "banks elephant giraffe zebra"),
	       "(Savings and credit)"),
	    "unless nothing has the others");
}

static void
ranking(struct db *db)
{
	records_add(db, "document", "en", "Weather", "Rain, rain and drought.");
	records_add(db, "document", "en", "Rain", "What falls on fields.");
	records_add(db, "document", "fr", "Temps", "En anglais : rain.");
	is(records_words(db, "en", "rain"), "Rain; Weather; Temps",
	    "a title counts more than a text");
	is(records_words(db, "fr", "rain"), "Temps; Rain; Weather",
	    "and the reader's language most");
	ok(has(records_words(db, "en", "rain fields"), "Rain"),
	    "what has all words comes first");
}

static void
glossary(struct db *db)
{
	const char *found = records_words(db, "fr", "tiers payants");

	ok(before(found, "tiers payant", "Les mutuelles de santé") &&
		before(found, "Les mutuelles", "Savings and credit"),
	    "a term is found by its names in other languages, itself first");
	is(records_rows(db_query(db, "SELECT term, lang FROM equivalent")),
	    "third-party payment,en; TPP,en; tercero pagador,es",
	    "and it is said which");
	search_run(db,
	    &(struct search){ .ui = "fr",
		.text = "tiers payant",
		.facets = (const char *const[]){ NULL } });
	search_page(db, 0, 10);
	is(records_rows(db_query(db,
	       "SELECT l.title, h.via FROM hit h JOIN listed l"
	       " ON l.id = h.record AND l.ui = 'fr' ORDER BY place")),
	    "tiers payant,0; Les mutuelles de santé,0; Savings and credit,1",
	    "what only has another name is marked");
}

static const char *
meant(struct db *db, const char *text)
{
	static struct buf out;
	struct search s = { .ui = "en",
		.text = text,
		.facets = (const char *const[]){ NULL } };

	buf_clear(&out);
	search_run(db, &s);
	return search_did_you_mean(db, &s, &out) ? buf_text(&out) : "";
}

static void
misspelt(struct db *db)
{
	is(meant(db, "hosptial"), "hospital", "letters may be swapped");
	is(meant(db, "vilages schem"), "villages scheme",
	    "or missing, in every word");
	is(meant(db, "\"mebmers pay\" -cretid"), "\"members pay\" -credit",
	    "and the query keeps its form");
	is(meant(db, "assurence"), "assurance", "in other languages too");
	is(meant(db, "proteccion"), "", "what is known is left as it is");
	is(meant(db, "xyzzyxyzzy"), "", "and what nothing is near");
	is(meant(db, "title:helth"), "title:health", "a title can be meant");
	is(meant(db, "title:hosptial"), "",
	    "but nothing that would not be found");
	is(meant(db, "membrs -scheem"), "", "by all that was typed");
	is(meant(db, "members of village hospitals, giraffe schems"), "",
	    "or would do no better");
	is(meant(db, "inde"), "", "a country is known, even if no text has it");
	is(meant(db, "pya"), "", "a short word is near too many");
	is(meant(db, "haww"), "", "and a word that says nothing is not meant");
}

static const char *
suggested(struct db *db, const char *typed)
{
	search_suggest(db, "en", typed);
	return records_rows(db_query(db,
	    "SELECT text, kind FROM suggestion ORDER BY place"));
}

static void
suggestions(struct db *db)
{
	ok(has(suggested(db, "third-p"), "third-party payment,term"),
	    "terms are suggested");
	ok(has(suggested(db, "health sch"),
	       "Health schemes in villages,document"),
	    "titles too");
	is(suggested(db, ""), "", "nothing for nothing");
	is(suggested(db, "\"(*"), "", "nor for signs");
}

static const char *
shown(struct db *db, const char *text)
{
	records_words(db, "en", text);
	search_page(db, 0, 1);
	return records_rows(db_query(db,
	    "SELECT replace(replace(marked(l.title, l.text_lang), char(2),"
	    "  '['), char(3), ']'), replace(replace(excerpt(h.text), char(2),"
	    "  '['), char(3), ']')"
	    " FROM hit h JOIN listed l ON l.id = h.record AND l.ui = 'en'"));
}

static void
excerpts(struct db *db)
{
	char body[8192] = "";

	is(shown(db, "scheme hospitals"),
	    "Health [schemes] in villages,How a [scheme] sells cover for"
	    " [hospital] care. Members pay monthly.",
	    "what was looked for is marked, in every form");
	is(shown(db, "microinsurance"),
	    "Savings and credit,[Micro]-[insurance] sold by banks. The"
	    " third-party payment helps.",
	    "a compound as a whole");
	for (int i = 0; i < 300; i++)
		strcat(body,
		    i == 250       ? "needle "
			: i == 251 ? "eye. "
				   : "hay ");
	records_add(db, "document", "en", "Stack", body);
	is(shown(db, "needle eye"),
	    "Stack,… hay hay hay hay [needle] [eye]. hay hay hay hay hay hay"
	    " hay hay hay hay hay hay hay hay hay hay hay hay …",
	    "of a long text the place where it stands is shown");
}

/* What is no part of a sentence stays out of an excerpt, and no word that says
 * nothing is marked. */
static void
tidy_excerpts(struct db *db)
{
	struct buf body = { 0 };

	records_add(db, "document", "fr", "Tableau",
	    "L’abeille; \n\nUn titre\nune  ligne");
	is(shown(db, "abeille ligne"),
	    "Tableau,L’[abeille]; Un titre · une [ligne]",
	    "lines are parted, and a word keeps what belongs to it");
	for (int i = 0; i < 12; i++)
		buf_puts(&body, "un; ");
	buf_puts(&body, "l’aiguille;");
	for (int i = 0; i < 40; i++)
		buf_puts(&body, " deux;");
	records_add(db, "document", "fr", "Foin", buf_text(&body));
	is(shown(db, "aiguille"),
	    "Foin,… un; un; un; un; l’[aiguille]; deux; deux; deux; deux; deux;"
	    " deux; deux; deux; deux; deux; deux; deux; deux; deux; deux; deux;"
	    " deux; deux; deux …",
	    "where it is cut it ends with a word");
	buf_clear(&body);
	for (int i = 0; i < 30; i++)
		buf_puts(&body, "hola ");
	buf_puts(&body, "fin.");
	records_add(db, "document", "es", "Cola", buf_text(&body));
	ok(count(shown(db, "fin"), "hola") == 23,
	    "at the end of a text it is as long as elsewhere");
	buf_clear(&body);
	for (int i = 0; i < 5; i++)
		buf_puts(&body, "eins ");
	buf_puts(&body, "nadel");
	for (int i = 0; i < 25; i++)
		buf_puts(&body, " zwei");
	records_add(db, "document", "de", "Heu", buf_text(&body));
	ok(!has(shown(db, "nadel"), "…"), "nor is it cut for a few words more");
	records_add(db, "document", "en", "Quotations",
	    "They call it prix de la lune, the price of the moon.");
	is(shown(db, "\"prix de la lune\""),
	    "Quotations,They call it [prix] de la [lune], the price of the moon.",
	    "words that say nothing are not marked in a phrase");
	records_add(db, "document", "en", "IT", "As it is, IT is it.");
	is(shown(db, "it"), "[IT],As it is, [IT] is it.",
	    "nor where they are no name");
	buf_free(&body);
}

static void
odd(struct db *db)
{
	static const char *const queries[] = { "\"", "\"\"\"", "*", "a*", "-",
		"- - -", "AND", "OR NOT NEAR", "NEAR(a b, 3)", "{title}:x",
		"title:", "^", "()", "a:b:c", "x\x01y", "\x01\x01", "\xff\xfe",
		"'; DROP TABLE record; --", "%s%n", "+", "l'", "''''",
		"e\u0301", "健康", "🙂", "fts_en", "a AND b OR c NOT d" };
	char text[4096];

	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++)
		records_words(db, "fr", queries[i]);
	ok(!db_failed(db), "odd queries are answered");
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	is(records_words(db, "en", text), "", "a very long word too");
	for (size_t i = 0; i + 2 < sizeof(text); i += 2)
		memcpy(text + i, "a ", 2);
	records_words(db, "en", text);
	ok(!db_failed(db), "and very many");
}

static void
check(struct db *db)
{
	struct buf why = { 0 };

	ok(index_check(db, &why), "the index agrees with the tables");
	records_sql(db, "UPDATE record_text SET title = 'Other' WHERE id = 1");
	ok(!index_check(db, &why) && has(buf_text(&why), "titles"),
	    "and if it does not, that is found");
	buf_clear(&why);
	records_index(db, 1);
	records_sql(db, "DELETE FROM index_text WHERE text = 2");
	ok(!index_check(db, &why) && has(buf_text(&why), "not in it"),
	    "likewise if a text is missing");
	buf_clear(&why);
	ok(index_rebuild(db) && index_check(db, &why), "it can be made anew");
	is(records_words(db, "en", "other"), "Other", "and searched");
	buf_free(&why);
}

int
main(void)
{
	struct db *db = records_open();

	fill(db);
	words(db);
	signs(db);
	partial(db);
	glossary(db);
	misspelt(db);
	suggestions(db);
	excerpts(db);
	tidy_excerpts(db);
	ranking(db);
	odd(db);
	check(db);
	ok(!db_failed(db), "nothing has failed");
	db_close(db);
	return done();
}
