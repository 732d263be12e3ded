#ifndef TESTS_OAI_H
#define TESTS_OAI_H

#include <libxml/relaxng.h>

#include "base/url.h"
#include "visitor.h"

/* A harvester in the test: it asks /oai, sees that what is answered is as the schemas
 * of OAI-PMH, Dublin Core and MODS say, and follows tokens. */
static xmlRelaxNG *grammar;

static inline void
silent(void *context, const char *format, ...)
{
	(void)context;
	(void)format;
}

/* Is an answer what the schemas of OAI-PMH, Dublin Core and MODS allow? */
static inline bool
valid(const char *answer)
{
	const char *xml = body(answer);
	xmlDoc *doc = xmlReadMemory(xml, (int)strlen(xml), "answer", NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	xmlRelaxNGValidCtxt *context = xmlRelaxNGNewValidCtxt(grammar);
	bool good;

	xmlRelaxNGSetValidErrors(context, silent, silent, NULL);
	good = doc != NULL && xmlRelaxNGValidateDoc(context, doc) == 0;
	xmlRelaxNGFreeValidCtxt(context);
	xmlFreeDoc(doc);
	return good && status(answer) == 200;
}

static inline void
open_grammar(void)
{
	xmlRelaxNGParserCtxt *parser =
	    xmlRelaxNGNewParserCtxt("tests/fixtures/oai.rng");

	grammar = xmlRelaxNGParse(parser);
	xmlRelaxNGFreeParserCtxt(parser);
	if (grammar == NULL)
		bail_out("tests/fixtures/oai.rng");
}

static inline const char *
oai(struct visitor *v, const char *query)
{
	struct buf url = { 0 };
	const char *answer;

	buf_printf(&url, "/oai?%s", query);
	answer = visit(v, url.data);
	buf_free(&url);
	return answer;
}

static inline void
change(const char *sql)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);

	if (!db_begin(db) || !db_script(db, sql) || !db_commit(db))
		bail_out(db_error(db));
	db_close(db);
}

/* All that there is changed long ago; so what a test does is new. */
static inline void
settle(void)
{
	change("UPDATE stamp SET datestamp = '2020-02-02T12:00:00Z'");
}

static inline bool
fails(struct visitor *v, const char *query, const char *code)
{
	struct buf error = { 0 };
	const char *answer = oai(v, query);
	bool good;

	buf_printf(&error, "<error code=\"%s\">", code);
	good = has(answer, error.data) && valid(answer);
	if (!good)
		printf("# %s: %s\n", query, body(answer));
	buf_free(&error);
	return good;
}

/* The token of an answer; "" if it has none or an empty one. */
static inline const char *
token(const char *answer)
{
	static char text[1024];
	const char *at = strstr(answer, "<resumptionToken");

	text[0] = '\0';
	if (at != NULL && (at = strchr(at, '>')) != NULL && at[-1] != '/')
		snprintf(text, sizeof(text), "%.*s", (int)strcspn(at + 1, "<"),
		    at + 1);
	return text;
}

static inline const char *
next_page(struct visitor *v, const char *verb, const char *text)
{
	struct buf query = { 0 };
	const char *answer;

	buf_printf(&query, "verb=%s&resumptionToken=", verb);
	url_encode(&query, text, strlen(text));
	answer = oai(v, query.data);
	buf_free(&query);
	return answer;
}

/* All headers of a list, by its pages; between the first two something is
 * done.  False if a page was not valid. */
static inline bool
harvest(struct visitor *v, const char *query, struct buf *all,
    void (*meanwhile)(void))
{
	const char *answer = oai(v, query);
	bool good = valid(answer);
	char next[1024];

	for (;;) {
		buf_puts(all, body(answer));
		snprintf(next, sizeof(next), "%s", token(answer));
		if (next[0] == '\0')
			return good;
		if (meanwhile != NULL)
			meanwhile();
		meanwhile = NULL;
		answer = next_page(v, "ListIdentifiers", next);
		good = good && valid(answer);
	}
}

static inline bool
each_once(const char *all)
{
	bool once = true;

	for (const char *at = all; (at = strstr(at, "<identifier>")) != NULL;) {
		char *one = strndup(at, strcspn(at, "\n"));

		once = once && count(all, one) == 1;
		free(one);
		at++;
	}
	return once;
}

/* A site with all its settings, of whose records none is new. */
static inline struct visitor
oai_open(void)
{
	struct visitor v = visitor_open();
	struct buf why = { 0 };

	site_close(v.site);
	v.site =
	    site_open(&(struct site_options){ .database = visitor_database.data,
			  .assets = "assets",
			  .base = "https://example.org",
			  .licence = "CC-BY-4.0",
			  .mail = "help@example.org",
			  .page_cache = 1 << 20 },
		&why);
	open_grammar();
	settle();
	return v;
}

static inline int
oai_close(struct visitor *v)
{
	visitor_close(v);
	xmlRelaxNGFree(grammar);
	xmlCleanupParser();
	return done();
}

#endif
