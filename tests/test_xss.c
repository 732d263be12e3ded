/*
 * Whatever is typed into whatever field is text wherever it is shown.
 *
 * The lines of fixtures/xss.txt go into the text fields of every kind's form,
 * another into each field and with every round the next; with XSS_ALL set,
 * every line into every field.  Pages are read as a browser reads them, and must hold no script,
 * handler, frame or foreign scheme but those the site's own pages hold.
 */
#include "hostile.h"

enum { TRIES = 9 };

/* What a field gets that does not take just any text, by the last part of its
 * name; "" if it is left empty. */
static const char *
proper(const char *name)
{
	static const char *const values[][2] = { { "date", "2026-01-15" },
		{ "status_date", "2025" }, { "theme", "microinsurance" },
		{ "to", "scheme/mutuelle-sante-um-pamecas" },
		{ "url", "https://example.org/" }, { "lang", "en" },
		{ "year_started", "2001" } };
	const char *dot = strrchr(name, '.');

	name = dot != NULL ? dot + 1 : name;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (strcmp(values[i][0], name) == 0)
			return values[i][1];
	return "";
}

static const char *
attribute(const xmlNode *n, const char *name)
{
	static char text[4][300];
	static int at;
	xmlChar *value = xmlGetProp(n, BAD_CAST name);
	char *to = text[at++ % 4];

	snprintf(to, sizeof(text[0]), "%s",
	    value != NULL ? (const char *)value : "");
	xmlFree(value);
	return to;
}

struct filling {
	struct buf body;
	size_t payload;     /* the next field gets the next */
	struct buf fields;  /* " name name " of those of the empty form */
	struct buf refused; /* and of those that took no text */
	bool first;
	int tries;
};

static bool
is_in(const struct buf *names, const char *name, size_t len)
{
	char key[300];

	snprintf(key, sizeof(key), " %.*s ", (int)len, name);
	return has(buf_text(names), key);
}

static void
put(struct filling *f, const char *name, const char *value)
{
	buf_putc(&f->body, '&');
	url_encode(&f->body, name, strlen(name));
	buf_putc(&f->body, '=');
	url_encode(&f->body, value, strlen(value));
}

static void
put_last_option(struct filling *f, const xmlNode *select, const char *name)
{
	char value[300] = "";

	if (is_in(&f->refused, name, strlen(name)))
		return;

	for (const xmlNode *o = select->children; o != NULL; o = o->next)
		if (o->type == XML_ELEMENT_NODE &&
		    strcmp((const char *)o->name, "option") == 0)
			snprintf(value, sizeof(value), "%s",
			    attribute(o, "value"));
	put(f, name, value);
}

/* A row of which something is wanted that we have not got is left out. */
static void
refuse(struct filling *f, const char *name)
{
	const char *dot = strrchr(name, '.');

	if (dot != NULL && *proper(name) == '\0' &&
	    is_in(&f->refused, name, strlen(name)) && f->tries > 2)
		buf_printf(&f->refused, " %.*s ", (int)(dot - name), name);
	buf_printf(&f->refused, " %s ", name);
}

static bool
is_left_out(const struct filling *f, const char *name)
{
	const char *dot = strrchr(name, '.');

	return (!f->first && !is_in(&f->fields, name, strlen(name))) ||
	    (dot != NULL && is_in(&f->refused, name, (size_t)(dot - name)));
}

static void
fill_in(struct filling *f, const xmlNode *n, const char *name)
{
	const char *tag = (const char *)n->name;
	bool area = strcmp(tag, "textarea") == 0;

	if (*name == '_' || is_left_out(f, name))
		return;
	if (f->first)
		buf_printf(&f->fields, " %s ", name);
	if (strcmp(tag, "select") == 0)
		put_last_option(f, n, name);
	else if (area || strcmp(attribute(n, "type"), "text") == 0)
		put(f, name,
		    is_in(&f->refused, name, strlen(name))
			? proper(name)
			: payloads[f->payload++ % npayloads]);
}

/* Fill in a form as somebody would who means harm. */
static void
fill(struct filling *f, const xmlNode *n)
{
	char name[300];

	for (; n != NULL; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		snprintf(name, sizeof(name), "%s", attribute(n, "name"));
		if (strcmp(attribute(n, "aria-invalid"), "true") == 0)
			refuse(f, name);
		if (strcmp(name, "_base") == 0)
			put(f, name, attribute(n, "value"));
		else if (*name != '\0')
			fill_in(f, n, name);
		fill(f, n->children);
	}
}

static const xmlNode *
form_of(const xmlNode *n)
{
	const xmlNode *found = NULL;

	for (; n != NULL && found == NULL; n = n->next)
		found = n->type == XML_ELEMENT_NODE &&
			strcmp(attribute(n, "id"), "record") == 0
		    ? n
		    : form_of(n->children);
	return found;
}

/* Send the form of a new record until it is taken; false if it never is. */
static bool
add(struct visitor *v, const char *part, size_t round)
{
	struct filling f = { 0 };
	char path[80];
	const char *answer;
	bool taken = false;

	snprintf(path, sizeof(path), "/en/%s/new", part);
	answer = visit(v, path);
	for (int i = 0; i < TRIES && !taken; i++) {
		htmlDocPtr doc = parse(answer);
		const xmlNode *form = form_of(xmlDocGetRootElement(doc));

		f.payload = round * STRIDE;
		f.first = i == 0;
		f.tries = i;
		buf_clear(&f.body);
		buf_puts(&f.body, "_do=publish");
		if (form != NULL)
			fill(&f, form->children);
		xmlFreeDoc(doc);
		answer = submit(v, path, f.body.data);
		look(path, answer);
		taken = status(answer) == 303;
	}
	if (!taken)
		printf("# %s, round %zu: %d\n", path, round, status(answer));
	buf_free(&f.body);
	buf_free(&f.fields);
	buf_free(&f.refused);
	return taken;
}

/* All pages that show the record that was added last. */
static void
look_around(struct visitor *v, const char *part)
{
	static const char *const forms[] = { "", "/edit", "/history",
		"/history/1", "/suggest", ".json" };
	struct db *db = db_open(visitor_data("mutua.db"), DB_READ);
	struct query *q = db_restart(db_query(db,
	    "SELECT slug FROM record ORDER BY id DESC LIMIT 1"));
	char path[300], slug[200];

	snprintf(slug, sizeof(slug), "%s", db_next(q) ? db_text(q, 0) : "");
	db_close(db);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		snprintf(path, sizeof(path), "/en/%s/%s%s", part, slug,
		    forms[i]);
		look(path, visit(v, path));
	}
	snprintf(path, sizeof(path), "/fr/%s?sort=updated", part);
	look(path, visit(v, path));
}

static void
look_at_lists(struct visitor *v)
{
	static const char *const lists[] = { "/en/", "/en/changes",
		"/en/dashboard", "/en/review", "/en/search?q=alert",
		"/en/sitemap", "/en/members/1", "/en/contribute" };

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		look(lists[i], visit(v, lists[i]));
}

/* What is in an address comes back on the page. */
static void
test_reflected(struct visitor *v)
{
	static const char *const paths[] = { "/en/search?q=", "/en/schemes?q=",
		"/en/library?theme=", "/en/sign-in?next=",
		"/en/changes?member=", "/en/schemes?sort=", "/en/?done=" };

	bad_pages = 0;
	for (size_t p = 0; p < sizeof(paths) / sizeof(paths[0]); p++)
		for (size_t i = 0; i < npayloads; i++) {
			struct buf url = { 0 };

			buf_puts(&url, paths[p]);
			url_encode(&url, payloads[i], strlen(payloads[i]));
			look(paths[p], visit(v, url.data));
			buf_free(&url);
		}
	ok(bad_pages == 0, "what stands in an address stays text");
}

static void
test_suggested(struct visitor *v)
{
	struct visitor stranger = visitor_beside(v);
	static const char path[] =
	    "/en/schemes/mutuelle-sante-um-pamecas/suggest";

	bad_pages = 0;
	for (size_t i = 0; i < 8; i++) {
		struct buf fields = { 0 };

		buf_puts(&fields, "words=");
		url_encode(&fields, payloads[i], strlen(payloads[i]));
		buf_puts(&fields, "&evidence=");
		url_encode(&fields, payloads[i], strlen(payloads[i]));
		visit(&stranger, path);
		look(path, submit(&stranger, path, fields.data));
		buf_free(&fields);
	}
	look("/en/review", visit(v, "/en/review"));
	ok(bad_pages == 0, "what a stranger suggests stays text for reviewers");
	visitor_leave(&stranger);
}

int
main(void)
{
	static const char *const parts[] = { "schemes", "experts", "library",
		"glossary", "links", "events", "questions", "organisations" };
	struct visitor v = visitor_open();
	size_t rounds = getenv("XSS_ALL") != NULL ? PAYLOADS : ROUNDS;
	char claim[100];

	read_payloads();
	ok(npayloads >= 100, "there are a hundred hostile texts");
	member_add("<b>Awa</b> \"Exemple\"", "awa@example.org", "secret word",
	    "administrator");
	sign_in(&v, "awa@example.org", "secret+word");
	for (size_t p = 0; p < sizeof(parts) / sizeof(parts[0]); p++) {
		size_t taken = 0;

		bad_pages = 0;
		forget_limits();
		for (size_t i = 0; i < rounds; i++) {
			taken += add(&v, parts[p], i);
			look_around(&v, parts[p]);
		}
		snprintf(claim, sizeof(claim),
		    "%s: hostile texts are taken as texts", parts[p]);
		ok(taken == rounds, claim);
		snprintf(claim, sizeof(claim),
		    "%s: and nothing of them ever runs", parts[p]);
		ok(bad_pages == 0, claim);
	}
	bad_pages = 0;
	look_at_lists(&v);
	ok(bad_pages == 0, "nor on pages that list them");
	test_reflected(&v);
	test_suggested(&v);
	printf("# %d pages were looked at\n", pages);
	forget_payloads();
	visitor_close(&v);
	return done();
}
