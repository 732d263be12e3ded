/* Markdown becomes HTML that is safe whatever it says. */
#include <time.h>

#include "data/markdown.h"
#include "test.h"

static struct buf out;

static const char *
html(const char *text)
{
	buf_clear(&out);
	markdown_html(&out, text, strlen(text));
	return buf_text(&out);
}

/* What a text says, so many times, and then so many empty lines. */
static double
seconds(const char *text, size_t times, size_t lines)
{
	struct buf b = { 0 };
	clock_t began;

	for (size_t i = 0; i < times; i++)
		buf_puts(&b, text);
	buf_puts(&b, "end");
	for (size_t i = 0; i < lines; i++)
		buf_putc(&b, '\n');
	began = clock();
	html(b.data);
	buf_free(&b);
	return (double)(clock() - began) / CLOCKS_PER_SEC;
}

static void
test_headings(void)
{
	is(html("# A\n\n## B\n\n# C"), "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n",
	    "the highest heading is an h2");
	is(html("## A\n\n### B"), "<h2>A</h2>\n<h3>B</h3>\n",
	    "where it is one already it stays");
	is(html("# A\n\n### B\n\n## C"), "<h2>A</h2>\n<h3>B</h3>\n<h3>C</h3>\n",
	    "no level is skipped");
	is(html("### A\n\n# B"), "<h2>A</h2>\n<h2>B</h2>\n",
	    "a lower one may come first");
	is(html("# A\n\n## B\n\n### C\n\n#### D\n\n##### E\n\n###### F"),
	    "<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>\n<h5>D</h5>\n<h6>E</h6>\n"
	    "<h6>F</h6>\n",
	    "nothing is lower than h6");
}

static void
test_raw(void)
{
	is(html("a <b>c</b> d"), "<p>a c d</p>\n", "raw HTML is dropped");
	is(html("<script>alert(1)</script>"), "", "with all that is in it");
	is(html("a\n\n<!-- b -->\n\nc"), "<p>a</p>\n<p>c</p>\n",
	    "so are comments");
	is(html("`<b>`"), "<p><code>&lt;b&gt;</code></p>\n",
	    "code shows it as it is");
}

/* Pictures in pictures, all of another site. */
static double
seconds_of_pictures(int depth)
{
	struct buf b = { 0 };
	double took;

	for (int i = 0; i < depth; i++)
		buf_puts(&b, "![a");
	for (int i = 0; i < depth; i++)
		buf_puts(&b, "](b)");
	took = seconds(b.data, 1, 1);
	buf_free(&b);
	return took;
}

static void
test_links(void)
{
	static const char *const bad[] = { "javascript:alert(1)",
		"JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)",
		"data:text/html,x", "vbscript:x", "file:///etc/passwd",
		"//evil.example/", "/\\evil.example/", "ftp://x.example/" };
	static const char *const good[] = { "http://x.example/",
		"https://x.example/a?b=c:d", "mailto:a@x.example",
		"/en/library", "library?a=b:c", "#top", "a/b:c" };
	char text[128], wanted[128];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		snprintf(text, sizeof(text), "[a](%s) ![b](%s)", bad[i],
		    bad[i]);
		html(text);
		ok(has(out.data, "<a href=\"\">a</a>") &&
			has(out.data, " b</p>") && !has(out.data, "<img"),
		    bad[i]);
	}
	is(html("![of **us**](/files/ab/us.png)"),
	    "<p><img src=\"/files/ab/us.png\" alt=\"of us\" /></p>\n",
	    "a picture of this site is shown");
	is(html("a ![pixel](https://evil.example/p.gif) b"),
	    "<p>a pixel b</p>\n",
	    "of one elsewhere only its words: nobody there learns who reads");
	is(html("![a ![b *c*](x) ![](y)](z) ![d ![e](x)](/files/ab/d.png)"),
	    "<p>a b <em>c</em>  <img src=\"/files/ab/d.png\" alt=\"d e\" /></p>"
	    "\n",
	    "also of pictures in pictures");
	ok(seconds_of_pictures(2000) < 1.5 && has(out.data, "<p>aaaaaa"),
	    "… however many");
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		snprintf(text, sizeof(text), "[a](%s)", good[i]);
		snprintf(wanted, sizeof(wanted),
		    "<p><a href=\"%s\">a</a></p>\n", good[i]);
		is(html(text), wanted, good[i]);
	}
	ok(seconds("www.e__", 14 * 1000, 1) < 1.5 && !has(out.data, "<a"),
	    "in a word of 90 KB nobody looks for addresses");
	is(html("see https://x.example/."),
	    "<p>see <a href=\"https://x.example/\">https://x.example/</a>."
	    "</p>\n",
	    "a bare address is a link");
}

static void
test_tables(void)
{
	html("| a | b |\n| - | :-: |\n| ~~1~~ | 2 |\n");
	ok(has(out.data, "<table>") && has(out.data, "<del>1</del>"),
	    "tables and strikethrough are made");
	ok(!has(out.data, "align"), "without attributes HTML no longer has");
}

/* A head of 500 columns, and what is below it. */
static void
put_wide(struct buf *text, const char *row, int rows, char end)
{
	for (int i = 0; i < 500; i++)
		buf_puts(text, "|a");
	buf_putc(text, end);
	for (int i = 0; i < 500; i++)
		buf_puts(text, "|-");
	for (int i = 0; i < rows; i++) {
		buf_putc(text, end);
		buf_puts(text, row);
	}
}

static void
test_wide_tables(void)
{
	struct buf text = { 0 };

	put_wide(&text, "b", 5000, '\n');
	ok(strlen(html(text.data)) < 2 * text.len,
	    "a page of text is no megabyte of empty cells");
	buf_clear(&text);
	put_wide(&text, "|", 5000, '\r');
	ok(strlen(html(text.data)) < 2 * text.len, "… whatever ends its lines");
	buf_clear(&text);
	put_wide(&text, "\nwords", 2000, '\n');
	ok(has(html(text.data), "<table>"), "above other words it is one");
	buf_clear(&text);
	for (int i = 0; i < 20000; i++)
		buf_puts(&text, i == 1 ? "-|-\n" : "a|b\n");
	ok(has(html(text.data), "<table>"), "so is one that is long");
	buf_clear(&text);
	for (int i = 0; i < 400; i++)
		buf_puts(&text, i == 0 ? "a|b\n" : "-|-\n");
	ok(has(html(text.data), "<td>-</td>"), "… or has nothing but rules");
	ok(seconds("|\n|-\n", 12 * 1000, 1) < 1.5,
	    "what might be one in each line costs no seconds");
	buf_clear(&text);
	for (int i = 0; i < 40000; i++)
		buf_puts(&text, "a\n");
	buf_puts(&text, "|a|\n|-|\n");
	ok(seconds(text.data, 5, 1) < 1.5, "nor one below many lines");
	buf_clear(&text);
	put_wide(&text, "", 20, '\n');
	for (int i = 0; i < 30000; i++)
		buf_puts(&text, "|a");
	buf_puts(&text, "\n|-|\n");
	ok(seconds(text.data, 1, 1) < 1.5, "nor one below a line of thousands");
	buf_free(&text);
}

static void
test_depth(void)
{
	struct buf deep = { 0 };

	is(html("- - - a"),
	    "<ul>\n<li>\n<ul>\n<li>\n<ul>\n<li>a</li>\n</ul>\n</li>\n</ul>"
	    "\n</li>\n</ul>\n",
	    "lists stand in lists");
	ok(seconds("- ", 15 * 1000, 30 * 1000) < 1.5,
	    "… not so deep that a page takes half a minute");
	ok(has(out.data, "<li>- - - "), "… what would be deeper is words");
	ok(seconds("> ", 15 * 1000, 30 * 1000) < 1.5 &&
		has(out.data, "<p>&gt; &gt; "),
	    "nor do quotations");
	ok(seconds("1. ", 10 * 1000, 30 * 1000) < 1.5 &&
		has(out.data, "<li>1. 1. "),
	    "… nor lists with numbers");
	ok(seconds(">", 100 * 1000, 1) < 1.5 &&
		has(out.data, "<p>&gt;&gt;&gt;"),
	    "… nor what is deep on its first line");
	ok(seconds("a<?", 80 * 1000, 1) < 1.5 &&
		seconds("a\\<!A ", 50 * 1000, 1) < 1.5,
	    "nor do instructions that never end");
	is(html("a <?b?> c <!D e> f"), "<p>a  c  f</p>\n",
	    "… which are dropped");
	ok(seconds("-    ", 18 * 1000, 1) < 1.5, "nor all in one line");
	for (int i = 0; i < 120; i++)
		buf_putc(&deep, '>');
	html(deep.data);
	ok(strlen(out.data) > 120 * strlen("<blockquote>"),
	    "in a text of few lines they stand as they are");
	for (int i = 0; i < 60 * 1000; i++)
		buf_putc(&deep, '\n');
	for (int i = 0; i < 60; i++)
		buf_printf(&deep, "%*s- %d\r", 2 * i, "", i);
	ok(has(html(deep.data), "<li>50\n- 51\n- 52"),
	    "nor where each line goes one further");
	buf_clear(&deep);
	for (int i = 0; i < 200; i++)
		buf_putc(&deep, '-');
	is(html(deep.data), "<hr />\n", "a long rule stays one");
	buf_free(&deep);
}

/* Each mark has those before it looked through, each address what is behind. */
static void
test_marks(void)
{
	static const char *const texts[] = { "http://a<", "www.__", "www.a).",
		"- ~~_", "a*_b", "<~ [a] ", "a_ b** [", "![[](a)" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		ok(seconds(texts[i], 300 * 1000 / strlen(texts[i]), 1) < 1.5,
		    texts[i]);
		ok(out.len > 290 * 1000, "… are shown");
	}
	ok(seconds("[a *b* **c** ~~d~~](https://x.example/e_f_g)\n", 1000, 1) <
		    1.5 &&
		has(out.data, "<em>b</em> <strong>c</strong> <del>d</del></a>"),
	    "a thousand links, emphasised, in one paragraph are links");
	is(html("a<?\n\\"), "<p>a&lt;?\n\\</p>\n", "a backslash at the end");
}

int
main(void)
{
	test_headings();
	test_depth();
	test_raw();
	test_links();
	test_tables();
	test_wide_tables();
	test_marks();
	is(html(""), "", "no text is no HTML");
	buf_free(&out);
	return done();
}
