/*
 * The form of a record: what is there comes back as it was, for every record
 * of the content; nothing else can be sent.
 */
#include "data/canonical.h"
#include "data/publish.h"
#include "forms.h"
#include "web/record_faults.h"
#include "web/record_form.h"

static struct arena arena;

static struct node *
read_body(const struct kind *k, const char *body)
{
	struct form form;

	if (!form_read(&form, &arena, "application/x-www-form-urlencoded", body,
		strlen(body)))
		bail_out("a form is not read");
	return record_form_read(&arena, &form, k);
}

/* The tree as JSON, for comparing. */
static const char *
as_json(const struct node *tree)
{
	static struct buf json;

	buf_clear(&json);
	publish_put_tree(&json, tree);
	return buf_text(&json);
}

/* What is not true is not said. */
static void
drop_false(const struct kind *k, struct node *tree)
{
	for (struct node **link = &tree->first; *link != NULL;) {
		const struct field *f = table_field(&k->own, (*link)->key);

		if (f != NULL && f->type == FIELD_FLAG &&
		    strcmp((*link)->text, "false") == 0)
			*link = (*link)->next;
		else
			link = &(*link)->next;
	}
}

/* Render, read, compare: true if they are the same. */
static bool
comes_back(struct visitor *v, struct db *db, const struct kind *k,
    const char *path, int64_t id)
{
	struct node *was = publish_tree(db, &arena, id, 0), *now;
	struct buf body = { 0 }, a = { 0 }, b = { 0 };
	bool same;

	form_read_page(&body, visit(v, path));
	now = read_body(k, buf_text(&body));
	record_form_keep(&arena, k, now, was, true);
	drop_false(k, was);
	canonical_put(&a, k, was);
	canonical_put(&b, k, now);
	same = strcmp(buf_text(&a), buf_text(&b)) == 0;
	if (!same)
		printf("# %s\n# was: %s\n# now: %s\n", path, buf_text(&a),
		    buf_text(&b));
	buf_free(&body);
	buf_free(&a);
	buf_free(&b);
	return same;
}

static void
test_all_records(struct visitor *v)
{
	struct db *db = db_open(visitor_database.data, DB_READ);
	struct query *q = db_restart(db_query(db,
	    "SELECT r.id, r.kind, '/fr/' || k.path || '/' || r.slug || '/edit'"
	    " FROM record r JOIN kind k ON k.kind = r.kind"
	    " WHERE r.status = 'published' ORDER BY r.id"));
	int n = 0, bad = 0;

	while (db_next(q) && bad < 5) {
		const struct kind *k = kind_find(db_text(q, 1));

		bad += !comes_back(v, db, k, db_text(q, 2), db_int(q, 0));
		n++;
		arena_reset(&arena);
	}
	printf("# %d records\n", n);
	ok(n > 500 && bad == 0,
	    "every record comes back from its form as it was");
	db_close(db);
}

static void
test_reading(void)
{
	const struct kind *k = kind_find("scheme");

	is(as_json(read_body(k,
	       "title.en=A+b&title.fr=+&figures.3.value=7&figures.0.year=2001"
	       "&figures.3.indicator=members&contingencies=health"
	       "&contingencies=death&contingencies=health")),
	    "{\"title\":{\"en\":\"A b\"},\"figures\":[{\"year\":\"2001\"},"
	    "{\"value\":\"7\",\"indicator\":\"members\"}],"
	    "\"contingencies\":[\"health\",\"death\"]}",
	    "names are paths; rows come in order; what is empty is left out");
	is(as_json(read_body(k,
	       "staff=1%202&leaders=+1%C2%A0234%E2%80%AF567+&latitude=14,15"
	       "&longitude=-17,123&localities_served=1,200&volunteers=1+200,5"
	       "&age_min=1,2,3&age_max=,")),
	    "{\"staff\":\"1 2\",\"leaders\":\"1234567\","
	    "\"latitude\":\"14.15\",\"longitude\":\"-17,123\","
	    "\"localities_served\":\"1,200\",\"volunteers\":\"1200.5\","
	    "\"age_min\":\"1,2,3\",\"age_max\":\",\"}",
	    "numbers are read as they are written, if they can be but one");
	is(as_json(read_body(k,
	       "slug=x&status=stopped&owner=1&id=2&record=3&entry=content"
	       "&role=editor&member=1&created=2001&digest=1&title=x"
	       "&title.EN=x&title.en.x=y&figures.value=1&figures.x.value=1"
	       "&figures.0.id=9&figures.0.record=4&_csrf=1&figures=1"
	       "&products.0.contributions.0.product=7")),
	    "{\"status\":\"stopped\"}",
	    "what the kind does not have is not read");
	is(as_json(read_body(k,
	       "figures.0.value=1&figures.1.value=2&figures.1._remove=1"
	       "&figures.2.value=3&products.0.benefits.1._remove=1"
	       "&products.0.benefits.1.rate=4")),
	    "{\"figures\":[{\"value\":\"1\"},{\"value\":\"3\"}]}",
	    "rows that are to go are gone, and what is empty without them");
	is(as_json(read_body(k,
	       "name=+two++words%0A&year_started=+1999+&keywords=a%0D%0A%0D%0A"
	       "+b+c+%0D%0Aa")),
	    "{\"name\":\" two  words\\n\",\"year_started\":\"1999\","
	    "\"keywords\":[\"a\",\"b c\"]}",
	    "words stay as typed, all else has no blanks around it");
	is(as_json(read_body(kind_find("term"),
	       "names.fr.synonyms=un%0Adeux&names.fr.other=x"
	       "&names.xxxx.synonyms=y&names.en.acronyms=AB")),
	    "{\"names\":{\"fr\":{\"synonyms\":[\"un\",\"deux\"]},"
	    "\"en\":{\"acronyms\":[\"AB\"]}}}",
	    "names by language and use");
	arena_reset(&arena);
}

static void
test_bounds(void)
{
	const struct kind *k = kind_find("scheme");
	struct buf body = { 0 };
	const struct node *list;

	for (int i = 0; i < 900; i++)
		buf_printf(&body, "&figures.%d.value=1&title.a%c%c=x", i,
		    'a' + i % 26, 'a' + i / 26 % 26);
	list = read_body(k, body.data + 1);
	ok(node_get(list, "figures")->n == RECORD_FORM_ROWS,
	    "a list has no more rows than anybody needs");
	ok(node_get(list, "title")->n <= 64, "nor a text more languages");
	buf_free(&body);
	arena_reset(&arena);
}

/* The next literal format of a check_fault() or check_warn() in a source;
 * false if there is none. */
static bool
next_format(const char **at, struct buf *format)
{
	const char *p;
	int commas = 0, depth = 0;

	buf_clear(format);
	while ((p = strstr(*at, "check_")) != NULL) {
		*at = p + 6;
		if (strncmp(*at, "fault(", 6) == 0 ||
		    strncmp(*at, "warn(", 5) == 0)
			break;
	}
	if (p == NULL)
		return false;
	for (p = strchr(p, '(') + 1; depth >= 0 && commas < 4; p++) {
		depth += (*p == '(') - (*p == ')');
		commas += *p == ',' && depth == 0;
		if (*p != '"')
			continue;
		for (p++; *p != '"'; p++)
			if (commas == 3)
				buf_putc(format, *p);
	}
	return true;
}

/* Only the conversions, "%.40s %d". */
static void
put_conversions(struct buf *out, const char *format)
{
	for (const char *p = format; (p = strchr(p, '%')) != NULL; p++) {
		size_t n = 1 + strspn(p + 1, "0123456789.l");

		buf_put(out, p, n + 1);
		buf_putc(out, ' ');
		p += n;
	}
}

static bool
same_conversions(const char *a, const char *b)
{
	struct buf x = { 0 }, y = { 0 };
	bool same;

	put_conversions(&x, a);
	put_conversions(&y, b);
	same = strcmp(buf_text(&x), buf_text(&y)) == 0;
	buf_free(&x);
	buf_free(&y);
	return same;
}

static void
test_messages(struct visitor *v)
{
	static const char *const sources[] = { "check.c", "check_figures.c",
		"check_news.c", "check_rules.c", "check_scheme.c",
		"check_value.c" };
	struct buf format = { 0 };
	int n = 0, bad = 0;

	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		char path[64];
		struct buf source;
		const char *at;

		snprintf(path, sizeof(path), "src/data/%s", sources[i]);
		source = test_file(path);
		for (at = buf_text(&source); next_format(&at, &format);) {
			const char *key = record_faults_key(buf_text(&format));
			bool good = key != NULL;

			if (format.len == 0)
				continue;
			for (size_t l = 0; good && l < 3; l++)
				good = same_conversions(format.data,
				    site_string(v->site, site_languages[l],
					key));
			if (!good)
				printf("# %s: %s\n", path, format.data);
			bad += !good;
			n++;
		}
		buf_free(&source);
	}
	printf("# %d messages\n", n);
	ok(n > 50 && bad == 0,
	    "every message of a check has its words in all languages");
	buf_free(&format);
}

/* Themes are a tree: “Other topics” says of what only by where it stands. */
static void
test_themes(struct visitor *v)
{
	const char *page = visit(v, "/en/news/new");
	const char *box = "<label><input type=\"checkbox\" name=\"themes\"";
	struct buf text = { 0 };

	buf_printf(&text, "<li class=\"deep1\">%s value=\"health-care\"", box);
	ok(has(page, text.data), "what stands under a theme is set off");
	buf_clear(&text);
	buf_printf(&text, "<li>%s value=\"contingencies\"", box);
	ok(has(page, text.data), "from what stands above it");
	buf_free(&text);
}

/* How long a text may be is one number, whoever says it. */
static void
test_length(struct visitor *v)
{
	const char *page = visit(v, "/fr/news/new");
	long most = 0;
	struct buf fields = { 0 };

	if ((page = strstr(page, "id=\"f-summary-fr-hint\">")) != NULL)
		most = strtol(strchr(page, '>') + 1, NULL, 10);
	ok(most > 0, "the form says how long a summary may be");
	buf_puts(&fields, "_do=submit&lang=fr&title.fr=Long&summary.fr=");
	for (long i = 0; i < most; i++)
		buf_putc(&fields, 'a');
	ok(!has(submit(v, "/fr/news/new", fields.data), "trop long"),
	    "so long it may be");
	buf_putc(&fields, 'a');
	ok(has(submit(v, "/fr/news/new", fields.data), "trop long"),
	    "and no longer");
	buf_free(&fields);
}

/* Who reads a message reads their own language. */
static void
test_order(struct visitor *v)
{
	ok(has(submit(v, "/fr/news/new",
		   "_do=submit&lang=fr&title.fr=Tard&published=2026-12-02T08:00"
		   "&expires=2026-12-01T08:00"),
	       "Cette date est antérieure à celle indiquée sous"
	       " «\u00a0Date de publication\u00a0»."),
	    "news that ends before it begins is told so in usual French");
}

int
main(void)
{
	struct visitor v = visitor_open();

	member_add("Awa Exemple", "awa@example.org", "secret word", "editor");
	sign_in(&v, "awa@example.org", "secret word");
	test_reading();
	test_bounds();
	test_messages(&v);
	test_themes(&v);
	test_length(&v);
	test_order(&v);
	test_all_records(&v);
	visitor_leave(&v);
	site_close(v.site);
	buf_free(&visitor_database);
	arena_free(&arena);
	return done();
}
