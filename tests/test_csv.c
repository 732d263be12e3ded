/* A list as CSV. */
#include "test.h"
#include "view/csv.h"

static struct db *db;
static struct buf out;

static const char *
show(struct query *q)
{
	struct model m = { 0 };

	buf_clear(&out);
	model_text(&m, "word", "bound");
	model_text(&m, "base", "https://x.org");
	model_rows(&m, "results", "", q);
	csv_render(&m, &out);
	db_release(db);
	return buf_text(&out);
}

/* The line that one text makes. */
static const char *
cell(const char *text)
{
	struct model m = { 0 };
	const char *line;

	buf_clear(&out);
	model_text(&m, "text", text);
	model_rows(&m, "results", "", db_query(db, "SELECT :text AS text"));
	csv_render(&m, &out);
	db_release(db);
	line = strchr(buf_text(&out), '\n');
	return line != NULL ? line + 1 : "";
}

int
main(void)
{
	db = db_open(":memory:", DB_CREATE);

	is(show(db_query(db,
	       "SELECT 'a' AS title, 'fr' AS text_lang, 25000 AS members,"
	       " 0.611 AS share, NULL AS year, '<p>' AS body_html, 1 AS _id,"
	       " :word AS word UNION ALL SELECT 'b', '', -3, 1, 2, '', 2, ''")),
	    "title,lang,members,share,year,word\r\n"
	    "a,fr,25000,0.611,,bound\r\nb,,-3,1,2,\r\n",
	    "a header, then a line each; markup and private columns left out");
	is(show(db_query(db, "SELECT 1 AS a, 2 AS b WHERE 0")), "a,b\r\n",
	    "an empty list has its header");
	is(show(db_query(db,
	       "SELECT '/en/library/a' AS url, '/b' AS path,"
	       " '/en/themes/c' AS theme_url, 'https://y.org/' AS site_url")),
	    "url,path,theme_url,site_url\r\n"
	    "https://x.org/en/library/a,/b,https://x.org/en/themes/c,"
	    "https://y.org/\r\n",
	    "each address is whole: a spreadsheet knows no site");
	ok(!csv_render(&(struct model){ 0 }, &out), "a page without a list");

	is(cell("one, two"), "\"one, two\"\r\n", "a comma is quoted");
	is(cell("say \"hi\""), "\"say \"\"hi\"\"\"\r\n", "quotes are doubled");
	is(cell("two\nlines"), "\"two\nlines\"\r\n", "line ends are kept");
	is(cell("é ñ “𝄞”"), "é ñ “𝄞”\r\n", "letters of all scripts");
	is(cell("\2hit\3 \x01\xff"), "hit \xef\xbf\xbd\r\n",
	    "marks, control characters and bad bytes are not");

	is(cell("=1+1"), "'=1+1\r\n", "a formula is none any more");
	is(cell("+221 33 8"), "'+221 33 8\r\n", "nor a telephone number");
	is(cell("-A1"), "'-A1\r\n", "nor a difference");
	is(cell("@SUM(A1)"), "'@SUM(A1)\r\n", "nor a function");
	is(cell("\t=1"), "'\t=1\r\n", "nor after a tab");
	is(cell("\2=1\3"), "'=1\r\n", "nor behind a mark");
	is(cell("\r=1"), "\"'\r=1\"\r\n", "nor after a line end");
	is(cell("\n=1"), "\"'\n=1\"\r\n", "of either kind");
	is(cell("-12.5"), "-12.5\r\n", "a number stays a number");
	is(cell("-25 000"), "'-25 000\r\n", "but words about one do not");
	is(cell("-"), "'-\r\n", "nor does a sign alone");
	is(cell("a=b"), "a=b\r\n", "and a text a text");

	db_close(db);
	buf_free(&out);
	return done();
}
