/*
 * Every page there is: what can be reached from the three home pages is asked
 * for, read and checked.  A page that has anything no other had is left in the
 * build directory, in pages/, for test_html.sh to look at closely.
 */
#include <jansson.h>

#include <libxml/parser.h>

#include "html.h"

enum { SLOTS = 1 << 16, SHOWN = 8 };

static uint64_t shapes[SLOTS];

/* An address and where it was first met. */
struct address {
	char *path; /* with its query */
	char *from;
};

static struct address queue[SLOTS / 2];
static size_t nqueue;
static size_t slots[SLOTS]; /* of the queue's addresses, plus one */

static struct claim {
	const char *text;
	int failures;
} claims[] = {
	{ "every address on a page answers", 0 },
	{ "every page closes what it opens", 0 },
	{ "every page has one first heading", 0 },
	{ "every page has a title of its own", 0 },
	{ "every page says its language", 0 },
	{ "every page has an address of its own", 0 },
	{ "every page is there in three languages", 0 },
	{ "no name stands twice on a page", 0 },
	{ "links within a page lead somewhere", 0 },
	{ "no tag of a template is left over", 0 },
	{ "every page as data is what it says it is", 0 },
	{ "every page is there as JSON", 0 },
};

enum {
	ANSWERS,
	BALANCED,
	HEADING,
	TITLE,
	LANGUAGE,
	CANONICAL,
	ALTERNATES,
	IDS,
	FRAGMENTS,
	TAGS,
	DATA,
	AS_JSON,
	CLAIMS
};

/* Note that a claim does not hold here; the first few are shown. */
static void
fault(int claim, const struct address *a, const char *what)
{
	if (++claims[claim].failures <= SHOWN)
		printf("# %s (from %s): %s\n", a->path, a->from, what);
}

static size_t
slot_of(const char *path)
{
	size_t h = 5381;

	for (const char *p = path; *p != '\0'; p++)
		h = h * 33 + (unsigned char)*p;
	while (slots[h % SLOTS] != 0 &&
	    strcmp(queue[slots[h % SLOTS] - 1].path, path) != 0)
		h++;
	return h % SLOTS;
}

/* Titles met so far, by language, in a table of their own. */
static char *titles[SLOTS];

static bool
is_new_title(const char *lang, const char *page)
{
	const char *begin = strstr(page, "<title>") + 7;
	struct buf title = { 0 };
	size_t i = 0;
	bool found;

	buf_put(&title, lang, 2);
	buf_put(&title, begin, strcspn(begin, "<"));
	for (const char *p = title.data; *p != '\0'; p++)
		i = i * 33 + (unsigned char)*p;
	while (titles[i % SLOTS] != NULL &&
	    strcmp(titles[i % SLOTS], title.data) != 0)
		i++;
	found = titles[i % SLOTS] != NULL;
	if (!found)
		titles[i % SLOTS] = strdup(title.data);
	buf_free(&title);
	return !found;
}

/* A page of its own: not another choice or order of one, but a later part. */
static bool
is_one_of_a_kind(const char *path)
{
	const char *query = strchr(path, '?');

	return query == NULL ||
	    (strncmp(query, "?page=", 6) == 0 && strcmp(query, "?page=1") != 0);
}

static void
enqueue(const char *path, const char *from)
{
	size_t slot = slot_of(path);

	if (slots[slot] != 0 || nqueue == SLOTS / 2)
		return;
	queue[nqueue].path = strdup(path);
	queue[nqueue].from = strdup(from);
	slots[slot] = ++nqueue;
}

/*
 * Links.
 */

/* Every record and list has these too: of one language they are enough. */
static bool
is_other_form(const char *path)
{
	static const char *const extensions[] = { ".ris", ".bib", ".csl",
		".vcf", ".rdf", ".ttl", ".tbx" };
	size_t len = strcspn(path, "?");

	for (size_t i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++)
		if (len > 4 && strncmp(path + len - 4, extensions[i], 4) == 0)
			return path[len] == '?' ||
			    strncmp(path, "/en/", 4) != 0;
	return false;
}

/* The pages of a choice lead to every choice of every choice: go one deep. */
static bool
goes_on(const char *from, const char *to)
{
	return (strchr(from, '?') == NULL || strchr(to, '?') == NULL) &&
	    !is_other_form(to);
}

static void
follow(const struct address *a, const char *page, const char *link)
{
	static const char base[] = "https://example.org";
	struct buf path = { 0 };

	if (*link == '#') {
		if (link[1] != '\0' && !html_has_id(page, link + 1))
			fault(FRAGMENTS, a, link);
		return;
	}
	if (strncmp(link, base, sizeof(base) - 1) == 0)
		link += sizeof(base) - 1;
	if (*link == '?')
		buf_put(&path, a->path, strcspn(a->path, "?"));
	else if (*link != '/')
		return;
	buf_put(&path, link, strcspn(link, "#"));
	if (goes_on(a->path, path.data))
		enqueue(path.data, a->path);
	buf_free(&path);
}

static void
follow_all(const struct address *a, const char *page)
{
	static const char *const names[] = { "href", "src", "action" };
	struct buf link = { 0 };
	struct tag t;

	for (const char *p = page; (p = html_tag(p, &t)) != NULL;)
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			if (!t.closes && html_attribute(&link, &t, names[i]))
				follow(a, page, buf_text(&link));
	buf_free(&link);
}

/*
 * What holds for every page.
 */

static void
check_ids(const struct address *a, const char *page)
{
	struct buf id = { 0 }, again = { 0 };
	struct tag t;

	for (const char *p = page; (p = html_tag(p, &t)) != NULL;) {
		if (t.closes || !html_attribute(&id, &t, "id"))
			continue;
		buf_clear(&again);
		buf_printf(&again, " id=\"%s\"", buf_text(&id));
		if (count(page, again.data) != 1)
			fault(IDS, a, again.data);
	}
	buf_free(&id);
	buf_free(&again);
}

static void
check_head(const struct address *a, const char *page)
{
	static const char canonical[] =
	    "<link rel=\"canonical\" href=\"https://example.org/";
	char lang[32];

	snprintf(lang, sizeof(lang), "<html lang=\"%.2s\"", a->path + 1);
	if (!has(page, lang))
		fault(LANGUAGE, a, lang);
	if (!before(page, "<title>", "</head>") || has(page, "<title> ·"))
		fault(TITLE, a, "no title");
	else if (is_one_of_a_kind(a->path) && !is_new_title(a->path + 1, page))
		fault(TITLE, a, "the title of another page");
	if (count(page, canonical) != 1)
		fault(CANONICAL, a, "no canonical address");
	for (size_t i = 0; site_languages[i] != NULL; i++) {
		snprintf(lang, sizeof(lang),
		    "\" hreflang=\"%s\" href=", site_languages[i]);
		if (!has(page, lang))
			fault(ALTERNATES, a, lang);
	}
}

/* What follows the page's data, whose braces are no tags. */
static const char *
after_data(const char *page)
{
	const char *at = strstr(page, "<script type=\"application/ld+json\">");

	at = at != NULL ? strstr(at, "</script>") : NULL;
	return at != NULL ? at : page;
}

static void
check_page(const struct address *a, const char *page)
{
	struct buf why = { 0 };

	if (!html_balanced(page, &why))
		fault(BALANCED, a, buf_text(&why));
	if (count(page, "<h1") != 1)
		fault(HEADING, a, count(page, "<h1") == 0 ? "none" : "several");
	if (has(page, "{{") || has(after_data(page), "}}"))
		fault(TAGS, a, "{{");
	check_head(a, page);
	check_ids(a, page);
	buf_free(&why);
}

static bool
is_xml(const char *text)
{
	xmlDoc *doc = xmlReadMemory(text, (int)strlen(text), "", NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR);

	xmlFreeDoc(doc);
	return doc != NULL;
}

static bool
is_json(const char *text)
{
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	json_decref(json);
	return json != NULL;
}

/* A file of another format: is it one? */
static void
check_data(const struct address *a, const char *answer)
{
	const char *text = body(answer);

	if (has(answer, "\ncontent-type: application/json"))
		is_json(text) ? (void)0 : fault(DATA, a, "no JSON");
	else if (has(answer, "+xml") || has(answer, "application/xml"))
		is_xml(text) ? (void)0 : fault(DATA, a, "no XML");
	else if (has(a->path, ".csv"))
		has(answer, "\ncontent-type: text/csv") && has(text, "\r\n")
		    ? (void)0
		    : fault(DATA, a, "no CSV");
}

static void
check_json(struct site *s, const struct address *a)
{
	struct buf path = { 0 };
	const char *answer;

	if (strchr(a->path, '?') != NULL)
		return;
	buf_puts(&path, a->path);
	if (path.data[path.len - 1] == '/')
		path.data[--path.len] = '\0';
	buf_puts(&path, ".json");
	answer = get(s, path.data, NULL);
	if (status(answer) != 200 || !is_json(body(answer)))
		fault(AS_JSON, a, path.data);
	buf_free(&path);
}

static void
leave(const char *dir, const struct address *a, const char *page)
{
	struct buf path = { 0 };
	FILE *f;

	if (!html_is_new(page, shapes, SLOTS))
		return;
	buf_printf(&path, "%s/", dir);
	for (const char *p = a->path; *p != '\0'; p++)
		buf_putc(&path, isalnum((unsigned char)*p) ? *p : '-');
	buf_puts(&path, ".html");
	f = fopen(path.data, "w");
	if (f == NULL || fputs(page, f) == EOF || fclose(f) != 0)
		bail_out(path.data);
	buf_free(&path);
}

/* What jobs make, and this site has none that does them. */
static bool
is_archive(const char *path)
{
	return strcmp(path, "/registry.zip") == 0 ||
	    strcmp(path, "/questionnaire.zip") == 0;
}

static void
visit(struct site *s, size_t number, const char *dir)
{
	const struct address *a = &queue[number];
	size_t len = strcspn(a->path, "?");
	char *path = strndup(a->path, len);
	const char *answer =
	    get(s, path, a->path[len] == '?' ? a->path + len + 1 : NULL);
	struct buf to = { 0 };

	free(path);
	if (status(answer) >= 300 && status(answer) < 400 &&
	    has(answer, "\nlocation: ")) {
		const char *at = strstr(answer, "\nlocation: ") + 11;

		buf_put(&to, at, strcspn(at, "\n"));
		follow(a, "", to.data);
		buf_free(&to);
	} else if (status(answer) != 200) {
		buf_put(&to, answer, 3);
		fault(ANSWERS, a, to.data);
		buf_free(&to);
	} else if (has(answer, "\ncontent-type: text/html")) {
		/* a form is for one visitor: nobody takes it as data */
		bool form = header(answer, "cache-control: no-store");

		check_page(a, body(answer));
		follow_all(a, body(answer));
		leave(dir, a, body(answer));
		if (!form)
			check_json(s, a);
	} else {
		check_data(a, answer);
	}
}

/* The sitemap and the crawl know the same pages. */
static void
check_sitemap(struct site *s)
{
	static const char begin[] = "<loc>https://example.org";
	const char *at = get(s, "/sitemap.xml", NULL);
	int lost = 0, pages = 0;

	while ((at = strstr(at, begin)) != NULL) {
		char *path;

		at += sizeof(begin) - 1;
		path = strndup(at, strcspn(at, "<"));
		if (slots[slot_of(path)] == 0 && ++lost <= SHOWN)
			printf("# nothing leads to %s\n", path);
		free(path);
		pages++;
	}
	ok(pages > 0 && lost == 0,
	    "every page can be found from the home page");
}

int
main(void)
{
	struct site *s = test_site();
	struct buf dir = { 0 };

	buf_printf(&dir, "rm -rf %1$s/pages && mkdir %1$s/pages", test_build());
	if (system(dir.data) != 0)
		bail_out(dir.data);
	buf_clear(&dir);
	buf_printf(&dir, "%s/pages", test_build());

	enqueue("/en/", "the start");
	enqueue("/fr/", "the start");
	enqueue("/es/", "the start");
	for (size_t i = 0; i < nqueue; i++)
		if (!is_archive(queue[i].path))
			visit(s, i, dir.data);

	printf("# %zu addresses\n", nqueue);
	for (size_t i = 0; i < CLAIMS; i++) {
		if (claims[i].failures > SHOWN)
			printf("# … and %d more\n", claims[i].failures - SHOWN);
		ok(claims[i].failures == 0, claims[i].text);
	}
	check_sitemap(s);
	for (size_t i = 0; i < nqueue; i++) {
		free(queue[i].path);
		free(queue[i].from);
	}
	for (size_t i = 0; i < SLOTS; i++)
		free(titles[i]);
	buf_free(&dir);
	site_close(s);
	xmlCleanupParser();
	return done();
}
