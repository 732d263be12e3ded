/* Clean HTML, and Markdown of it; addresses as they are meant. */
#include "base/url_join.h"
#include "data/html_markdown.h"
#include "data/html_plain.h"
#include "data/markdown.h"
#include "data/sanitize.h"
#include "test.h"

static const char *
clean(const char *html)
{
	static struct buf b;

	buf_clear(&b);
	sanitize_html(&b, html, strlen(html), "https://example.org/a/b");
	return buf_text(&b);
}

static const char *
markdown(const char *html)
{
	static struct buf b;
	const char *safe = clean(html);

	buf_clear(&b);
	html_markdown(&b, safe, strlen(safe));
	return buf_text(&b);
}

/* As a page shows it. */
static const char *
shown(const char *html)
{
	static struct buf b;
	const char *text = markdown(html);

	buf_clear(&b);
	markdown_html(&b, text, strlen(text));
	return buf_text(&b);
}

static void
forms(void)
{
	is(markdown("<h1>One</h1><p>Two <b>bold</b> and <i>slanted</i>.</p>"),
	    "# One\n\nTwo **bold** and *slanted*.\n",
	    "headings, paragraphs, emphasis");
	is(markdown("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"
		    "<ol start=3><li>d</li><li>e</li></ol>"),
	    "- a\n- b\n  - c\n\n3. d\n4. e\n", "lists in lists, numbers");
	is(markdown("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>"),
	    "- a\n\n  b\n\n- c\n", "items of several paragraphs");
	is(markdown("<ul><li>a</li></ul><ul><li>b</li></ul>"), "- a\n\n+ b\n",
	    "two lists in a row stay two");
	is(markdown("<blockquote><p>a</p><ul><li>b</li></ul></blockquote>"),
	    "> a\n>\n> - b\n", "quotations");
	is(markdown("<pre>a `b`\n```\n  c\n\nd</pre>"),
	    "````\na `b`\n```\n  c\n\nd\n````\n", "code, whatever is in it");
	is(markdown("<p>Type <code>a`b</code> or <code>`</code></p>"),
	    "Type ``a`b`` or `` ` ``\n", "code within a line");
	is(markdown("<table><tr><th>a<th>b<tr><td>1|2<td>3<br>4<tr><td>5"
		    "</table>"),
	    "| a | b |\n| --- | --- |\n| 1\\|2 | 3 4 |\n| 5 | |\n", "tables");
	is(markdown("a<br>b<hr>c"), "a\\\nb\n\n***\n\nc\n",
	    "line ends and rules");
	is(markdown("<a href='/x?a=1&amp;copy=(2)'>a</a>"),
	    "[a](https://example.org/x?a=1&amp;copy=\\(2\\))\n", "links");
	is(markdown("Look!<a href=x>here</a>"),
	    "Look\\![here](https://example.org/a/x)\n",
	    "a link after “!” is no picture");
}

static void
pictures(void)
{
	is(markdown("<p>a <img src=x.png alt='A [village]'> b</p>"),
	    "a A \\[village\\] b\n", "of pictures the words stay");
	is(markdown("<a href=y><img src=x.png alt=Village></a>"),
	    "[Village](https://example.org/a/y)\n",
	    "… with the link around them");
	is(markdown("<p><a href=y><img src=x.png></a></p><p>a</p>"), "a\n",
	    "without words nothing stays");
}

/* What would be Markdown is shown as it is written. */
static void
escapes(void)
{
	static const char *const texts[] = { "*a* _b_ **c** ~~d~~ `e`",
		"# no heading", "1. no list", "1) no list", "- no list",
		"+ no list", "&gt; no quotation", "---", "===", "***",
		"[a](b) ![c](d) [e]: f", "&lt;b&gt; &amp;lt; &amp;#42;",
		"http://example.net/a_b www.example.net", "a | b", "| - |",
		"\\ \\* \\\\", "~~~", "```", "a: b", ":-:", "#", "    a",
		"2026. was a year", "-", "+1 (221) 33", "a_b_c 2*3*4" };
	struct buf html = { 0 }, want = { 0 };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const char *text = texts[i] + strspn(texts[i], " ");

		buf_clear(&html);
		buf_clear(&want);
		buf_printf(&html, "<p>%s</p>", texts[i]);
		buf_printf(&want, "<p>%s</p>\n", text);
		is(shown(html.data), want.data, texts[i]);
		buf_clear(&html);
		buf_clear(&want);
		buf_printf(&html, "a<br>%s", text);
		buf_printf(&want, "<p>a<br />\n%s</p>\n", text);
		is(shown(html.data), want.data, "… on a second line");
	}
	buf_free(&html);
	buf_free(&want);
}

/* Marks that Markdown would not take for such are left out. */
static void
marks(void)
{
	is(shown("<b>Note:</b>text"), "<p>Note:text</p>\n",
	    "emphasis that ends with a sign before a letter");
	is(shown("<b>Note:</b> text"), "<p><strong>Note:</strong> text</p>\n",
	    "… and before a space");
	is(shown("un<b>believ</b>able"),
	    "<p>un<strong>believ</strong>able</p>\n", "… within a word");
	is(shown("<b>a</b><i>b</i>"), "<p><strong>a</strong>b</p>\n",
	    "two kinds side by side");
	is(shown("<b>a <i>b</i> c</b>"),
	    "<p><strong>a <em>b</em> c</strong></p>\n", "one in the other");
	is(shown("<b>« a »</b>, b"), "<p><strong>« a »</strong>, b</p>\n",
	    "quotation marks");
	is(shown("3<b>.</b> a"), "<p>3. a</p>\n",
	    "a number and a point that are no list");
	is(shown("<b>a </b>b"), "<p><strong>a</strong> b</p>\n",
	    "space within the marks goes out");
}

/* What Markdown would take for something else in spite of all is written
 * again, with fewer marks. */
static void
again(void)
{
	static const char long_number[] = "<ol start=\"999999999\">"
					  "<li><em>*a*</em></li><li>b</li></ol>"
					  "<blockquote><p>c</p></blockquote>";
	struct buf text = { 0 };

	is(shown("<p><a href=x><code>]:</code></a></p><p><b>b</b></p>"),
	    "<p><a href=\"https://example.org/a/x\">]:</a></p>\n"
	    "<p><strong>b</strong></p>\n",
	    "a link that would be a definition, and its neighbour");
	buf_clear(&text);
	html_markdown(&text, long_number, strlen(long_number));
	is(buf_text(&text), "\\*a\\* b\n\n> c\n",
	    "a list with numbers that none can have is words");
	buf_free(&text);
}

/* Longer than is kept: cut, whole, and then it stays as it is. */
static void
limits(void)
{
	struct buf html = { 0 }, once = { 0 };

	for (int i = 0; i < 100 * 1000; i++)
		buf_puts(&html, i % 10 == 0 ? "<p>mot " : "<b>mot</b> ");
	buf_puts(&once, clean(html.data));
	ok(once.len > SANITIZE_MAX - 100 && once.len < SANITIZE_MAX + 100,
	    "what is cleaned has an end");
	is(clean(once.data), once.data, "… and stays as it is from then on");
	buf_clear(&html);
	buf_puts(&html, "<table><tr>");
	for (int i = 0; i < 4000; i++)
		buf_puts(&html, i < 2000 ? "<td>a" : "<tr><td>b");
	ok(strlen(shown(html.data)) < 100 * 1000,
	    "a table with far more holes than cells is none");
	buf_free(&once);
	buf_free(&html);
}

static void
joins(const char *base, const char *ref, const char *wanted)
{
	struct buf b = { 0 }, claim = { 0 };

	url_join(&b, base, ref);
	buf_printf(&claim, "“%s” on %s", ref, base);
	is(buf_text(&b), wanted, claim.data);
	buf_free(&b);
	buf_free(&claim);
}

/* Those of RFC 3986, 5.4, with http for its scheme. */
static void
addresses(void)
{
	static const struct {
		const char *ref, *wanted;
	} all[] = {
		{ "g", "http://a/b/c/g" },
		{ "./g", "http://a/b/c/g" },
		{ "g/", "http://a/b/c/g/" },
		{ "/g", "http://a/g" },
		{ "//g", "http://g/" },
		{ "?y", "http://a/b/c/d;p?y" },
		{ "g?y", "http://a/b/c/g?y" },
		{ "#s", "http://a/b/c/d;p?q#s" },
		{ "g#s", "http://a/b/c/g#s" },
		{ "g?y#s", "http://a/b/c/g?y#s" },
		{ ";x", "http://a/b/c/;x" },
		{ "g;x?y#s", "http://a/b/c/g;x?y#s" },
		{ "", "http://a/b/c/d;p?q" },
		{ ".", "http://a/b/c/" },
		{ "./", "http://a/b/c/" },
		{ "..", "http://a/b/" },
		{ "../g", "http://a/b/g" },
		{ "../..", "http://a/" },
		{ "../../g", "http://a/g" },
		{ "../../../g", "http://a/g" },
		{ "/./g", "http://a/g" },
		{ "/../g", "http://a/g" },
		{ "g.", "http://a/b/c/g." },
		{ "..g", "http://a/b/c/..g" },
		{ "./g/.", "http://a/b/c/g/" },
		{ "g/../h", "http://a/b/c/h" },
		{ "g;x=1/../y", "http://a/b/c/y" },
		{ "g?y/../x", "http://a/b/c/g?y/../x" },
		{ "g#s/../x", "http://a/b/c/g#s/../x" },
		{ "mailto:a@b", "" },
		{ "http:g", "" },
		{ "http://", "" },
		{ "http://a b/", "" },
		{ "\\\\h\\x", "http://h/x" },
		{ " ht\ntp://H/x y ", "http://h/x%20y" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		joins("http://a/b/c/d;p?q", all[i].ref, all[i].wanted);
	joins("", "x", "");
	joins("feed:x", "/x", "");
	joins("https://é.example/", "x", "https://%c3%a9.example/x");
}

static const char *
cut(const char *text, size_t most)
{
	static struct buf b;

	buf_clear(&b);
	html_cut(&b, text, most);
	return buf_text(&b);
}

static void
cuts(void)
{
	is(cut("One. Two three.", 20), "One. Two three.",
	    "what is short stays");
	is(cut("One two three four", 14), "One two three…",
	    "what is long is cut at a word");
	is(cut("One two. Three four", 14), "One two.",
	    "… or at a sentence in its second half");
	is(cut("ééééééééééé", 4), "éééé…", "… or at a character");
}

int
main(void)
{
	forms();
	pictures();
	escapes();
	marks();
	again();
	limits();
	addresses();
	cuts();
	return done();
}
