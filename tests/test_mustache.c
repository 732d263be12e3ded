/*
 * Templates keep to the Mustache specification in the parts they have.  The
 * cases bear the names of the specification's; what is ours comes after.
 */
#include "test.h"
#include "view/tmpl.h"

/* A template with these partials. */
struct files {
	const char *name;
	const char *text;
};

static const char *dir;
static struct db *db;
static struct model model;
static struct buf out, why;

static void
write_file(const char *name, const char *text)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s.html", dir, name);
	f = fopen(path, "w");
	if (f == NULL || fputs(text, f) == EOF || fclose(f) != 0)
		bail_out(path);
}

static const char *
string(const void *ctx, const char *name)
{
	(void)ctx;
	if (strcmp(name, "t.plain") == 0)
		return "Tom & “Jerry”";
	if (strcmp(name, "t.welcome") == 0)
		return "Bienvenue, {{string}} <{{integer}}>";
	if (strcmp(name, "t.broken") == 0)
		return "{{#string}} never closed";
	if (strcmp(name, "t.loop") == 0)
		return "{{t.loop}}";
	if (strcmp(name, "a.css/site.css") == 0)
		return "/a/site.0123.css";
	return NULL;
}

static void
fill(void)
{
	model = (struct model){ 0 };
	model_text(&model, "string", "---");
	model_text(&model, "subject", "world");
	model_text(&model, "forbidden", "& \" < > '");
	model_text(&model, "forbidden_html", "& \" < >");
	model_text(&model, "template", "{{planet}}: Earth");
	model_text(&model, "boolean", "1");
	model_text(&model, "other", "1");
	model_text(&model, "empty", "");
	model_text(&model, "marked", "\2hit\3 & miss");
	model_number(&model, "integer", "85");
	model_number(&model, "power", "1.21");
	model_number(&model, "zero", "0");
	model_number(&model, "nought", "0.0");
	model_text(&model, "hidden", "the model's");
	model_rows(&model, "list", "",
	    db_query(db,
		"SELECT 1 AS item, 'shown' AS hidden UNION ALL"
		" SELECT 2, 'shown' UNION ALL SELECT 3, 'shown'"));
	model_rows(&model, "none", "",
	    db_query(db, "SELECT 1 AS item WHERE 0"));
	model_rows(&model, "inner", "list",
	    db_query(db,
		"SELECT :item * 10 AS product UNION ALL SELECT :item * 100"));
	model_rows(&model, "inner_none", "list",
	    db_query(db, "SELECT 1 AS product WHERE :item = 2"));
	model_rows(&model, "nulls", "", db_query(db, "SELECT NULL AS blank"));
	model_row(&model,
	    db_query(db, "SELECT 'of the row' AS row, NULL AS nil"));
}

/* What a template shows; "!" if it won't compile, "?" if it fails later. */
static const char *
show(const char *template)
{
	struct tmpl *t;
	bool good;

	write_file("page", template);
	buf_clear(&out);
	buf_clear(&why);
	t = tmpl_open(dir, "page", string, NULL, &why);
	if (t == NULL)
		return "!";
	fill();
	good = tmpl_render(t, &model, &out);
	tmpl_free(t);
	db_release(db);
	return good ? buf_text(&out) : "?";
}

static void
interpolation(void)
{
	is(show("Hello from {Mustache}!\n"), "Hello from {Mustache}!\n",
	    "No Interpolation");
	is(show("Hello, {{subject}}!\n"), "Hello, world!\n",
	    "Basic Interpolation");
	is(show("{{template}}"), "{{planet}}: Earth", "No Re-interpolation");
	is(show("{{forbidden}}"), "&amp; &quot; &lt; &gt; &#39;",
	    "HTML Escaping");
	is(show("{{{forbidden_html}}}"), "& \" < >", "Triple Mustache");
	is(show("\"{{integer}} miles\""), "\"85 miles\"",
	    "Basic Integer Interpolation");
	is(show("\"{{power}} jiggawatts!\""), "\"1.21 jiggawatts!\"",
	    "Basic Decimal Interpolation");
	is(show("I ({{nil}}) be"), "I () be", "Basic Null Interpolation");
	is(show("| {{string}} |"), "| --- |",
	    "Interpolation - Surrounding Whitespace");
	is(show("  {{string}}\n"), "  ---\n", "Interpolation - Standalone");
	is(show("|{{ string }}|"), "|---|", "Interpolation With Padding");
	is(show("|{{{ forbidden_html }}}|"), "|& \" < >|",
	    "Triple Mustache With Padding");
}

static void
sections(void)
{
	is(show("\"{{#boolean}}This should be rendered.{{/boolean}}\""),
	    "\"This should be rendered.\"", "Truthy");
	is(show("\"{{#empty}}This should not.{{/empty}}\""), "\"\"", "Falsey");
	is(show("\"{{#nil}}This should not.{{/nil}}\""), "\"\"",
	    "Null is falsey");
	is(show("{{#nulls}}{{subject}}{{blank}}{{/nulls}}"), "world",
	    "Parent contexts");
	is(show("\"{{#list}}{{item}}{{/list}}\""), "\"123\"", "List");
	is(show("\"{{#none}}Yay lists!{{/none}}\""), "\"\"", "Empty List");
	is(show("{{#list}}{{#inner}}{{item}}:{{product}} {{/inner}}{{/list}}"),
	    "1:10 1:100 2:20 2:200 3:30 3:300 ", "Nested list");
	is(show("{{#boolean}}\n* first\n{{/boolean}}\n* {{subject}}\n"
		"{{#boolean}}\n* third\n{{/boolean}}\n"),
	    "* first\n* world\n* third\n", "Doubled");
	is(show("| A {{#boolean}}B {{#other}}C{{/other}} D{{/boolean}} E |"),
	    "| A B C D E |", "Nested (Truthy)");
	is(show("| A {{#empty}}B {{#other}}C{{/other}} D{{/empty}} E |"),
	    "| A  E |", "Nested (Falsey)");
	is(show("{{#list}}{{hidden}} {{/list}}"), "shown shown shown ",
	    "the innermost row answers first");
	is(show(" | {{#boolean}}\t|\t{{/boolean}} | \n"), " | \t|\t | \n",
	    "Surrounding Whitespace");
	is(show(" | {{#boolean}} {{! no }}\n {{/boolean}} | \n"),
	    " |  \n  | \n", "Internal Whitespace");
	is(show(
	       " {{#boolean}}YES{{/boolean}}\n {{#boolean}}GOOD{{/boolean}}\n"),
	    " YES\n GOOD\n", "Indented Inline Sections");
	is(show("| This Is\n{{#boolean}}\n|\n{{/boolean}}\n| A Line\n"),
	    "| This Is\n|\n| A Line\n", "Standalone Lines");
	is(show("| This Is\n  {{#boolean}}\n|\n  {{/boolean}}\n| A Line\n"),
	    "| This Is\n|\n| A Line\n", "Indented Standalone Lines");
	is(show("|\r\n{{#boolean}}\r\n{{/boolean}}\r\n|"), "|\r\n|",
	    "Standalone Line Endings");
	is(show("  {{#boolean}}\n#{{/boolean}}\n/"), "#\n/",
	    "Standalone Without Previous Line");
	is(show("#{{#boolean}}\n/\n  {{/boolean}}"), "#\n/\n",
	    "Standalone Without Newline");
	is(show("|{{# boolean }}={{/ boolean }}|"), "|=|", "Padding");
}

static void
inverted(void)
{
	is(show("\"{{^empty}}This should be rendered.{{/empty}}\""),
	    "\"This should be rendered.\"", "Inverted Falsey");
	is(show("\"{{^boolean}}This should not.{{/boolean}}\""), "\"\"",
	    "Inverted Truthy");
	is(show("\"{{^nil}}This should be rendered.{{/nil}}\""),
	    "\"This should be rendered.\"", "Inverted Null is falsey");
	is(show("\"{{^list}}Yay lists!{{/list}}\""), "\"\"", "Inverted List");
	is(show("\"{{^none}}Yay lists!{{/none}}\""), "\"Yay lists!\"",
	    "Inverted Empty List");
	is(show("| A {{^empty}}B {{^boolean}}C{{/boolean}} D{{/empty}} E |"),
	    "| A B  D E |", "Inverted Nested");
	is(show("|\n{{^empty}}\n|\n{{/empty}}\n|"), "|\n|\n|",
	    "Inverted Standalone Lines");
}

static void
partials(void)
{
	write_file("text", "from {{subject}}");
	write_file("line", ">\n>");
	is(show("\"{{>text}}\""), "\"from world\"", "Basic Behavior, Context");
	is(show("|\t{{> line }}\t|"), "|\t>\n>\t|",
	    "Partial Surrounding Whitespace");
	is(show("|\r\n{{>line}}\r\n|"), "|\r\n>\n>|",
	    "Partial Standalone Line Endings");
	is(show("|{{> text }}|"), "|from world|", "Padding Whitespace");
	write_file("loop", "{{>loop}}");
	is(show("{{>loop}}"), "!", "a partial can't hold itself");
	ok(has(why.data, "loop.html:1: nested too deeply: \"loop\""),
	    "and that is said");
	is(show("{{>absent}}"), "!", "an absent partial is a fault");
	ok(has(why.data, "absent.html: No such file"), "and that is said");
}

static void
comments(void)
{
	is(show("12345{{! Comment Block! }}67890"), "1234567890", "Inline");
	is(show("12345{{!\n  This is a\n  multi-line comment...\n}}67890\n"),
	    "1234567890\n", "Multiline");
	is(show("Begin.\n{{! Comment Block! }}\nEnd.\n"), "Begin.\nEnd.\n",
	    "Standalone");
	is(show("Begin.\n  {{! Indented }}\nEnd.\n"), "Begin.\nEnd.\n",
	    "Indented Standalone");
	is(show("|\r\n{{! Standalone Comment }}\r\n|"), "|\r\n|",
	    "Standalone Line Endings");
	is(show("Begin.\n{{!\nSomething's going on here...\n}}\nEnd.\n"),
	    "Begin.\nEnd.\n", "Multiline Standalone");
	is(show("  12 {{! 34 }}\n"), "  12 \n", "Indented Inline");
	is(show("12345 {{! Comment Block! }} 67890"), "12345  67890",
	    "Surrounding Whitespace");
	is(show("comments never show: >{{!string}}<"),
	    "comments never show: ><", "Variable Name Collision");
}

/* What no specification has. */
static void
ours(void)
{
	is(show("{{#zero}}a{{/zero}}{{#nought}}b{{/nought}}"), "",
	    "the number 0 is not true");
	is(show("{{marked}}"), "<mark>hit</mark> &amp; miss",
	    "a search may mark its hits");
	is(show("{{row}}"), "of the row",
	    "columns of the page's row are names");
	is(show("{{?list}}<ul>{{#list}}{{item}}{{/list}}</ul>{{/list}}"),
	    "<ul>123</ul>", "a list can have a frame");
	is(show("{{?none}}<ul>{{#none}}{{item}}{{/none}}</ul>{{/none}}"
		"{{^none}}none{{/none}}"),
	    "none", "that an empty one has not");
	is(show("{{#list}}{{?inner_none}}{{#inner_none}}{{product}}"
		"{{/inner_none}};{{/inner_none}}{{^inner_none}}-"
		"{{/inner_none}}{{/list}}"),
	    "-1;-", "row by row");
	is(show("{{#list}}{{item}}{{/list}}{{^list}}x{{/list}}"
		"{{#list}}{{item}}{{/list}}"),
	    "123123", "a list can be shown twice");
	is(show("{{?boolean}}a{{/boolean}}{{?empty}}b{{/empty}}"), "a",
	    "a value can stand for a list");
	is(show("{{#list}}{{#list}}{{/list}}{{/list}}"), "?",
	    "a list can't stand within itself");
	is(show("{{nothing_such}}"), "?", "an unknown name is a fault");
	is(show("{{#nothing_such}}{{/nothing_such}}"), "?", "so in sections");
}

static void
strings_and_assets(void)
{
	is(show("<b title=\"{{t.plain}}\">"), "<b title=\"Tom &amp; “Jerry”\">",
	    "a string is text");
	is(show("{{t.welcome}}"), "Bienvenue, --- &lt;85&gt;",
	    "that may hold tags");
	is(show("{{a.css/site.css}}"), "/a/site.0123.css",
	    "an asset has an address");
	is(show("\n{{t.absent}}\n\n{{t.missing}}{{a.no.css}}"), "!",
	    "a missing string is a fault");
	is(why.data,
	    "page.html:2: there is no \"t.absent\"\n"
	    "page.html:4: there is no \"t.missing\"\n"
	    "page.html:4: there is no \"a.no.css\"\n",
	    "and every one is said, with file and line");
	is(show("{{t.loop}}"), "!", "a string can't hold itself");
	is(show("{{t.broken}}"), "!", "a string closes what it opens");
	ok(has(why.data, "t.broken:1: section not closed: \"string\""),
	    "or is named as the culprit");
}

/* One template shows models that have its names in different places. */
static void
shapes(void)
{
	struct model first = { 0 }, second = { 0 }, third = { 0 }, none = { 0 };
	struct model turned = { 0 }, other = { 0 };
	struct tmpl *t;
	bool good;

	write_file("page", "{{a}}{{b}}{{#list}}{{a}}{{b}}{{/list}} ");
	t = tmpl_open(dir, "page", string, NULL, &why);
	buf_clear(&out);
	model_text(&first, "a", "A");
	model_text(&first, "b", "B");
	model_rows(&first, "list", "", db_query(db, "SELECT 'x' AS a"));
	model_rows(&second, "list", "", db_query(db, "SELECT 'y' AS b"));
	model_text(&second, "b", "B");
	model_text(&second, "a", "A");
	model_row(&third, db_query(db, "SELECT 'ROW' AS b, '!' AS list"));
	model_text(&third, "a", "A");
	model_text(&third, "b", "hidden");
	model_text(&turned, "b", "B");
	model_text(&turned, "a", "A");
	model_rows(&turned, "list", "", db_query(db, "SELECT 'x' AS a"));
	model_text(&other, "a", "A");
	model_text(&other, "b", "B");
	model_rows(&other, "list", "",
	    db_query(db, "SELECT 'y' AS b, 'z' AS a"));
	good = tmpl_render(t, &first, &out) && tmpl_render(t, &second, &out) &&
	    tmpl_render(t, &third, &out) && tmpl_render(t, &first, &out) &&
	    tmpl_render(t, &other, &out) && tmpl_render(t, &turned, &out);
	ok(good, "a template shows models of all shapes");
	is(buf_text(&out), "ABxB ABAy AROWAROW ABxB ABzy ABxB ",
	    "each by its own names");
	ok(!tmpl_render(t, &none, &out), "but not one without them");
	tmpl_free(t);
	db_release(db);
}

static void
faults(void)
{
	static const char *const bad[] = { "{{", "{{}}", "{{ }}", "{{string}",
		"{{string", "{{#}}", "{{str ing}}", "{{{forbidden_html}}",
		"{{forbidden_html}}", "{{{string}}}", "{{#string}}",
		"{{/string}}", "{{#string}}{{/other}}", "{{! never ends",
		"{{&forbidden_html}}", "{{=<% %>=}}", "{{.}}{{", "{{é}}" };
	bool all = true;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		bool refused = strcmp(show(bad[i]), "!") == 0 &&
		    strncmp(buf_text(&why), "page.html:1: ", 13) == 0;

		if (!refused)
			printf("# accepted: %s\n", bad[i]);
		all = all && refused;
	}
	ok(all, "a template that is no template is refused");
	show("{{#string}}\n\n{{#boolean}}{{/string}}\n{{x");
	ok(has(why.data, "page.html:3: closes no open section: \"string\"\n") &&
		has(why.data, "page.html:4: malformed tag\n"),
	    "with every fault in it");
}

int
main(void)
{
	dir = test_dir();
	db = db_open(":memory:", DB_CREATE);
	write_file("layout", "{{>content}}");

	interpolation();
	sections();
	inverted();
	partials();
	comments();
	ours();
	strings_and_assets();
	shapes();
	faults();

	db_close(db);
	buf_free(&out);
	buf_free(&why);
	return done();
}
