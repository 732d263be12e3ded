/* What differs between two trees, in the order people read them. */
#include "data/diff.h"
#include "data/json.h"
#include "records.h"

static struct arena arena;

/* A tree from JSON in which ' stands for ". */
static struct node *
tree(const char *text)
{
	static const struct node at = { .file = "test", .line = 1 };
	struct buf why = { 0 };
	char *json = strdup(text);
	struct node *n;

	for (char *c = json; *c != '\0'; c++)
		if (*c == '\'')
			*c = '"';
	n = json_read(&arena, &at, json, strlen(json), &why);
	if (n == NULL)
		bail_out(buf_text(&why));
	free(json);
	return n;
}

/* "path: before > after; …"; rows are "row". */
static const char *
changes(const char *kind, const char *before, const char *after)
{
	static const char *const types[] = { "", "+", "-", "*", "~" };
	static struct buf out;
	struct change *all;
	size_t n = diff_trees(&arena, kind_find(kind),
	    before != NULL ? tree(before) : NULL, tree(after), &all);

	buf_clear(&out);
	for (size_t i = 0; i < n; i++) {
		const struct change *c = &all[i];

		buf_printf(&out, "%s%s%s", i > 0 ? "; " : "", types[c->type],
		    c->path);
		if (c->type == CHANGE_VALUE)
			buf_printf(&out, ": %s > %s",
			    c->before != NULL ? c->before->text : "none",
			    c->after != NULL ? c->after->text : "none");
	}
	return buf_text(&out);
}

static void
test_fields(void)
{
	is(changes("event", "{'title':{'en':'A'},'date':'2007','lang':'en'}",
	       "{'lang':'en','date':'2007','title':{'en':'A'}}"),
	    "", "the order of fields is no change");
	is(changes("event",
	       "{'title':{'en':'A'},'date':'2007','place':'Dakar'}",
	       "{'title':{'en':'B'},'date':'2008','note':'new'}"),
	    "title.en: A > B; date: 2007 > 2008; place: Dakar > none;"
	    " note: none > new",
	    "fields come in the order of their description");
	is(changes("document", "{'year':2007,'title_supplied':true}",
	       "{'year':'2007','title_supplied':'1','note':''}"),
	    "", "a number is the same however it is written; empty is nothing");
	is(changes("scheme", "{'lang':'fr','title':'Un'}",
	       "{'lang':'fr','title':{'fr':'Un','en':'Un'},"
	       "'summary':{'en':'One'}}"),
	    "summary.en: none > One",
	    "a name that stands in for a translation is no change");
}

static void
test_sets(void)
{
	is(changes("scheme", "{'contingencies':['health','death']}",
	       "{'contingencies':['death','health']}"),
	    "", "the order of a set is no change");
	is(changes("scheme", "{'contingencies':['health','death']}",
	       "{'contingencies':['death','maternity'],'keywords':['a']}"),
	    "*keywords; *contingencies", "what is in it is");
	is(changes("term", "{'names':{'fr':{'synonyms':['a']}}}",
	       "{'names':{'fr':{'synonyms':['a','b'],'acronyms':['C']},"
	       "'es':{'synonyms':['d']}}}"),
	    "*names.fr.synonyms; *names.fr.acronyms; *names.es.synonyms",
	    "so are a concept's names, by language and use");
}

static void
test_rows(void)
{
	static const char three[] =
	    "{'figures':[{'indicator':'a','year':2001,'value':1},"
	    "{'indicator':'a','year':2002,'value':2},"
	    "{'indicator':'b','year':2002,'value':3}]}";

	is(changes("scheme", three,
	       "{'figures':[{'indicator':'a','year':2000,'value':9},"
	       "{'indicator':'a','year':2001,'value':1},"
	       "{'indicator':'a','year':2002,'value':2},"
	       "{'indicator':'b','year':2002,'value':3}]}"),
	    "+figures.0", "a row put in at the front is one change");
	is(changes("scheme", three,
	       "{'figures':[{'indicator':'a','year':2001,'value':1},"
	       "{'indicator':'b','year':2002,'value':4}]}"),
	    "figures.1.value: 3 > 4; -figures.1",
	    "a figure is known by what it measures and its year");
	is(changes("scheme",
	       "{'products':[{'name':'A','benefits':[{'service':'x','rate':80},"
	       "{'service':'y','rate':70}]},{'name':'B'}]}",
	       "{'products':[{'name':'B'},{'name':'A','benefits':["
	       "{'service':'y','rate':70},{'service':'x','rate':90}]}]}"),
	    "~products; ~products.1.benefits;"
	    " products.1.benefits.1.rate: 80 > 90",
	    "rows within rows, and their order, are told apart");
	is(changes("scheme",
	       "{'products':[{'name':'Basic','currency':'XOF','copayment':5}]}",
	       "{'products':[{'name':'Small','currency':'XOF','copayment':5}]}"),
	    "products.0.name: Basic > Small", "a row may get another name");
	is(changes("scheme",
	       "{'services':[{'service':{'en':'a'}},"
	       "{'service':{'en':'b'}}]}",
	       "{'services':[{'service':{'en':'a'}},{'service':{'en':'c'}}]}"),
	    "services.1.service.en: b > c",
	    "rows of words alone are known by their place");
	is(changes("scheme", NULL,
	       "{'title':{'en':'A'},'products':[{'name':"
	       "'B'}]}"),
	    "title.en: none > A; +products.0", "all of a new record is added");
}

/* "same [-removed][+added]" */
static const char *
words(const char *before, const char *after)
{
	static const char *const marks[] = { "", "[-", "[+" };
	static struct buf out;
	struct piece *all;
	size_t n = diff_words(&arena, before, after, &all);

	buf_clear(&out);
	for (size_t i = 0; i < n; i++)
		buf_printf(&out, "%s%.*s%s", marks[all[i].type],
		    (int)all[i].len, all[i].text,
		    all[i].type != PIECE_SAME ? "]" : "");
	return buf_text(&out);
}

static void
test_words(void)
{
	struct buf a = { 0 }, b = { 0 };
	struct piece *all;
	size_t n;

	is(words("It covers births in clinics.", "It covers care in clinics."),
	    "It covers [-births ][+care ]in clinics.",
	    "of a sentence the word that changed is marked");
	is(words("", "New."), "[+New.]", "where there was none all is new");
	is(words("a b", "a  b"), "a b", "blanks are no words");
	is(words("One.\n\nTwo.", "One. Two."), "One[-.\n\n][+. ]Two.",
	    "a paragraph that ends is seen");
	for (int i = 0; i < 6000; i++) {
		buf_printf(&a, "word%d%c", i, i % 10 == 9 ? '\n' : ' ');
		buf_printf(&b, "%s%d%c", i % 100 == 3 ? "other" : "word", i,
		    i % 10 == 9 ? '\n' : ' ');
	}
	n = diff_words(&arena, a.data, b.data, &all);
	ok(n > 100 && n < 200, "long texts are compared by lines");
	buf_free(&a);
	buf_free(&b);
}

static const char *
told(struct db *db, const char *lang, const char *before, const char *after)
{
	static struct buf out;
	struct change *all;
	size_t n = diff_trees(&arena, kind_find("scheme"), tree(before),
	    tree(after), &all);

	buf_clear(&out);
	diff_json(&out,
	    &(struct telling){
		.db = db, .lang = lang, .yes = "Oui", .no = "Non" },
	    all, n);
	return out.data;
}

static void
test_told(void)
{
	struct db *db = records_open();
	const char *json;

	records_sql(db,
	    "INSERT INTO code (list, code, place) VALUES"
	    " ('field', 'scheme.products', 1),"
	    " ('field', 'scheme.products.benefits', 2),"
	    " ('field', 'scheme.products.benefits.rate', 3),"
	    " ('service', 'births', 1);"
	    "INSERT INTO code_label (list, code, lang, label) VALUES"
	    " ('field', 'scheme.products', 'fr', 'Produits'),"
	    " ('field', 'scheme.products.benefits', 'fr', 'Prestations'),"
	    " ('field', 'scheme.products.benefits.rate', 'fr', 'Taux'),"
	    " ('service', 'births', 'fr', 'Accouchements')");
	json = told(db, "fr",
	    "{'products':[{'name':'A','benefits':[{'service':'births',"
	    "'rate':80,'covered':true}]}]}",
	    "{'products':[{'name':'A','benefits':[{'service':'births',"
	    "'rate':82.5}]}]}");
	ok(has(json,
	       "\"field\":\"scheme.products.benefits.rate\","
	       "\"label\":\"Taux\""),
	    "a field has its label");
	ok(has(json,
	       "\"place\":\"Produits\u00a0: A › Prestations\u00a0:"
	       " Accouchements\""),
	    "and says which row it is of");
	ok(has(json, "\"before\":\"80\u00a0%\",\"after\":\"82,5\u00a0%\""),
	    "numbers are written as the language writes them");
	ok(has(json, "\"before\":\"Oui\",\"after\":null"), "truths in words");
	json = told(db, "en", "{'country':'SN','year_started':1999}",
	    "{'country':'BJ','year_started':2001,'status_date':'2001-05'}");
	ok(has(json, "\"before\":\"Senegal\",\"after\":\"Benin\""),
	    "countries by their names");
	ok(has(json, "\"before\":\"1999\",\"after\":\"2001\""),
	    "years without commas");
	ok(has(json, "\"after\":\"May 2001\""), "dates as they are said");
	json = told(db, "en", "{}",
	    "{'products':[{'name':'B','description':{'fr':'Du \\\"bien\\\"'},"
	    "'benefits':[{'service':'births'}]}]}");
	ok(has(json, "\"type\":\"added\"") &&
		has(json, "\"value\":\"Du \\\"bien\\\"\",\"depth\":0") &&
		has(json, "\"value\":\"births\",\"depth\":1"),
	    "a row that came has all that is in it");
	db_close(db);
}

int
main(void)
{
	test_fields();
	test_sets();
	test_rows();
	test_words();
	test_told();
	arena_free(&arena);
	return done();
}
