/* What the index takes for the same word. */
#include "data/words.h"
#include "test.h"

/* All stems of a text, a space after each. */
static const char *
stems(enum tongue t, const char *text)
{
	static char all[4096];
	struct words w;
	char *to = all;

	*to = '\0';
	words_start(&w, t, text, strlen(text));
	while (words_next(&w)) {
		size_t n;
		const char *stem = words_stem(t, w.word, w.n, &n);

		to += sprintf(to, "%.*s ", (int)n, stem);
		if (w.joined_n > 0)
			to += sprintf(to, "(%.*s) ", (int)w.joined_n, w.joined);
	}
	return all;
}

static bool
same(enum tongue t, const char *a, const char *b)
{
	char first[4096];

	snprintf(first, sizeof(first), "%s", stems(t, a));
	if (strcmp(first, stems(t, b)) == 0)
		return true;
	printf("# %s: %s\n# %s: %s\n", a, first, b, stems(t, b));
	return false;
}

static void
forms(void)
{
	ok(same(EN, "schemes", "scheme"), "a plural is its singular");
	ok(same(FR, "mutuelles", "mutuelle"), "in French");
	ok(same(ES, "cotizaciones", "cotización"), "in Spanish");
	ok(same(PT, "contribuições", "contribuição"), "in Portuguese");
	ok(same(FR, "assurées", "assuré"), "so is a feminine");
	ok(same(FR, "financière", "financier"), "with another accent");
	ok(same(FR, "l'hôpital", "hopitaux"), "and a plural in -aux");
	ok(same(EN, "insurers'", "insurer"), "and a possessive");
	ok(same(EN, "member's rights", "member rights"), "with its s");
	ok(!same(XX, "schemes", "scheme"),
	    "but a language we don't know keeps its endings");
}

static void
accents(void)
{
	ok(same(FR, "SANTÉ", "sante"), "an accent may be left out");
	ok(same(FR, "sante\u0301", "santé"), "composed or not");
	ok(same(ES, "protección", "proteccion"), "in Spanish");
	ok(same(PT, "proteção", "protecao"), "in Portuguese");
	ok(same(FR, "cotisées", "cotisees"), "before an ending");
	ok(same(FR, "cœur", "coeur"), "œ is oe");
	ok(same(XX, "Straße", "STRASSE"), "ß is ss");
	ok(same(XX, "Đà Nẵng", "da nang"), "two accents may be left out too");
	ok(same(XX, "ΑΘΗΝΑ", "αθήνα"), "Greek has capitals as well");
	ok(same(XX, "ﬁnance", "finance"), "a ligature is its letters");
}

static void
cuts(void)
{
	is(stems(FR, "l'assurance qu'elle"), stems(FR, "assurance elle"),
	    "an elided article is not a word");
	is(stems(FR, "l\u2019assurance"), stems(FR, "assurance"),
	    "whatever its apostrophe");
	is(stems(EN, "C\u00f4te d'Ivoire"), stems(EN, "cote ivoire"),
	    "in any language");
	is(stems(XX, "UM-PAMECAS, 2007: 25 000"),
	    "um pamecas (umpamecas) 2007 25 000 ",
	    "names and numbers are words");
	is(stems(EN, "micro-insurance"), "micro insur (microinsurance) ",
	    "a compound is its parts and the whole");
	is(stems(XX, "健康 保険"), "健 康 保 険 ",
	    "Chinese is cut at each character");
	is(stems(EN, ""), "", "nothing has no words");
	is(stems(EN, " -- '' \u2019 ... \x01\x02 "), "", "nor have signs");
	is(stems(EN, "a\xff\xfe b\xc3"), "a b ",
	    "broken UTF-8 ends a word and nothing else");
}

static void
lengths(void)
{
	char word[4096], n[64];
	struct words w;

	memset(word, 'a', sizeof(word));
	words_start(&w, EN, word, sizeof(word));
	words_next(&w);
	snprintf(n, sizeof(n), "%zu %zu", w.n, w.end);
	is(n, "48 4096", "a very long word is cut, and passed over whole");
}

static void
in_fts5(void)
{
	struct db *db = db_open(":memory:", DB_CREATE);

	db_script(db,
	    "CREATE VIRTUAL TABLE f USING fts5 (t,"
	    " tokenize = 'mutua fr');"
	    "INSERT INTO f (rowid, t) VALUES"
	    " (1, 'Les mutuelles de santé au Sénégal'),"
	    " (2, 'La micro-assurance'), (3, 'Le tiers payant');");
	ok(db_number(db_query(db,
			 "SELECT rowid FROM f WHERE f MATCH"
			 " 'mutuelle sante senegal'"),
	       0) == 1,
	    "FTS5 finds by stems");
	ok(db_number(db_query(db,
			 "SELECT rowid FROM f WHERE f MATCH"
			 " 'microassurance'"),
	       0) == 2,
	    "and compounds in one word");
	ok(db_number(db_query(db,
			 "SELECT rowid FROM f WHERE f MATCH"
			 " '\"' || char(1) || 'tier' || char(1) || 'pai\"'"),
	       0) == 3,
	    "stems are taken as they are");
	ok(!db_failed(db), "without a failure");
	db_close(db);
}

int
main(void)
{
	forms();
	accents();
	cuts();
	lengths();
	in_fts5();
	return done();
}
