/* A page's model as JSON. */
#include "test.h"
#include "view/json.h"

static struct db *db;
static struct buf out;

static const char *
text(const char *s, size_t len)
{
	buf_clear(&out);
	json_quote(&out, s, len);
	return buf_text(&out);
}

static const char *
show(const struct model *m)
{
	buf_clear(&out);
	json_render(m, &out);
	db_release(db);
	return buf_text(&out);
}

static void
texts(void)
{
	is(text("a \"b\" \\ /", 9), "\"a \\\"b\\\" \\\\ /\"", "quotes");
	is(text("a\nb\tc\x01\x1f\x7f", 8), "\"a\\nb\\tc\\u0001\\u001f\x7f\"",
	    "control characters");
	is(text("\2hit\3 and miss", 14), "\"hit and miss\"",
	    "the marks of hits are dropped");
	is(text("é ñ 𝄞 \xef\xbf\xbd", 14), "\"é ñ 𝄞 \xef\xbf\xbd\"",
	    "letters of all scripts");
	is(text("a\xffz\xc3", 4), "\"a\xef\xbf\xbdz\xef\xbf\xbd\"",
	    "what is not UTF-8 is replaced");
	is(text("\xe2\x80\xa8\xe2\x80\xa9", 6), "\"\\u2028\\u2029\"",
	    "line ends of JavaScript");
	is(text("", 0), "\"\"", "no text");
}

static void
models(void)
{
	struct model m = { 0 };

	model_text(&m, "lang", "fr");
	m.frame = m.n;
	is(show(&m), "{}\n", "what every page has is left out");

	model_text(&m, "q", "santé");
	model_number(&m, "total", "25000");
	model_text(&m, "_secret", "x");
	model_text(&m, "q", "later");
	is(show(&m), "{\"total\":25000,\"q\":\"later\"}\n",
	    "numbers are numbers, private names are kept, the last counts");

	model_row(&m,
	    db_query(db,
		"SELECT 'fr' AS text_lang, NULL AS year, 0.5 AS share,"
		" 1e300 * 1e300 AS endless, x'00ff' AS sort, '<p>' AS body_html,"
		" 'old' AS title, 'row' AS q"));
	model_row(&m, db_query(db, "SELECT 'new' AS title, -7 AS n"));
	is(show(&m),
	    "{\"lang\":\"fr\",\"year\":null,\"share\":0.5,"
	    "\"body_html\":\"<p>\",\"q\":\"row\",\"title\":\"new\",\"n\":-7,"
	    "\"total\":25000}\n",
	    "columns of the page's rows are members");
}

static void
rows(void)
{
	struct model m = { 0 };

	model_rows(&m, "facets", "",
	    db_query(db, "SELECT 'country' AS facet UNION ALL SELECT 'type'"));
	model_rows(&m, "values", "facets",
	    db_query(db,
		"SELECT :facet || n AS value, n AS count FROM"
		" (SELECT 1 AS n UNION ALL SELECT 2)"));
	model_rows(&m, "none", "", db_query(db, "SELECT 1 AS n WHERE 0"));
	is(show(&m),
	    "{\"facets\":[{\"facet\":\"country\",\"values\":["
	    "{\"value\":\"country1\",\"count\":1},\n"
	    "{\"value\":\"country2\",\"count\":2}]},\n"
	    "{\"facet\":\"type\",\"values\":["
	    "{\"value\":\"type1\",\"count\":1},\n"
	    "{\"value\":\"type2\",\"count\":2}]}],\"none\":[]}\n",
	    "rows are arrays, and hold the rows within them");
}

int
main(void)
{
	db = db_open(":memory:", DB_CREATE);
	texts();
	models();
	rows();
	db_close(db);
	buf_free(&out);
	return done();
}
