/*
 * The glossary and the themes as SKOS, in two syntaxes, and as TBX: by
 * parsers of others.
 */
#include <libxml/parser.h>
#include <libxml/xpath.h>

#include "visitor.h"

#define HOSTILE "</skos:prefLabel> \"@en . <x> \\ & é ]]>"

/* Terms that are parts of others, two of them of each other; and themes that
 * stand above and below one another in two trees. */
static const char records[] =
    "BEGIN;"
    "INSERT INTO record (id, kind, slug, lang, created, updated) VALUES"
    " (900001, 'term', 'whole', 'en', '2026-01-02', '2026-01-02'),"
    " (900002, 'term', 'part', 'en', '2026-01-02', '2026-01-02'),"
    " (900003, 'term', 'hen', 'en', '2026-01-02', '2026-01-02'),"
    " (900004, 'term', 'egg', 'en', '2026-01-02', '2026-01-02'),"
    " (900005, 'term', 'hostile', 'en', '2026-01-02', '2026-01-02'),"
    " (900006, 'theme', 'up', 'en', '2026-01-02', '2026-01-02'),"
    " (900007, 'theme', 'down', 'en', '2026-01-02', '2026-01-02');"
    "INSERT INTO record_text (record, lang, title, summary) VALUES"
    " (900001, 'en', 'whole', 'All of it.'), (900001, 'fr', 'tout', NULL),"
    " (900002, 'en', 'part', NULL), (900003, 'en', 'hen', NULL),"
    " (900004, 'en', 'egg', NULL),"
    " (900005, 'en', '" HOSTILE "', 'one' || char(10) || 'two'),"
    " (900006, 'en', 'up', NULL), (900007, 'en', 'down', NULL);"
    "INSERT INTO term (record, note) VALUES (900001, 'A note.'),"
    " (900002, NULL), (900003, NULL), (900004, NULL), (900005, NULL);"
    "INSERT INTO term_name (record, lang, use, name, folded) VALUES"
    " (900001, 'en', 'synonym', 'entirety', 'entirety'),"
    " (900001, 'en', 'acronym', 'WHL', 'whl'),"
    " (900001, 'en', 'synonym', 'whole', 'whole');"
    "INSERT INTO record_relation (from_record, to_record, relation) VALUES"
    " (900002, 900001, 'part-of'), (900002, 900001, 'related'),"
    " (900003, 900004, 'part-of'), (900004, 900003, 'part-of'),"
    " (900005, 900001, 'related');"
    "INSERT INTO theme (record) VALUES (900006), (900007);"
    "INSERT INTO theme_tree (id, tree, theme, parent, depth, place) VALUES"
    " (900001, 'gimi', 900006, NULL, 1, 900001),"
    " (900002, 'gimi', 900007, 900001, 2, 900002),"
    " (900003, 'gess', 900007, NULL, 1, 900001),"
    " (900004, 'gess', 900006, 900003, 2, 900002);"
    "COMMIT;";

static void
save(struct visitor *v, const char *url, const char *name)
{
	struct buf path = { 0 };
	FILE *f;

	buf_printf(&path, "%s/%s", test_dir(), name);
	f = fopen(path.data, "w");
	if (f == NULL || fputs(body(visit(v, url)), f) < 0 || fclose(f) != 0)
		bail_out(path.data);
	buf_free(&path);
}

/* Does the reference parser find one graph in both, and it sound? */
static bool
is_scheme(struct visitor *v, const char *path, const char *scheme)
{
	struct buf command = { 0 }, url = { 0 };
	bool fine;

	buf_printf(&url, "%s.ttl", path);
	save(v, url.data, "list.ttl");
	buf_clear(&url);
	buf_printf(&url, "%s.rdf", path);
	save(v, url.data, "list.rdf");
	buf_printf(&command,
	    "cd tests && /usr/bin/python3 -B skos.py '%s/list.ttl'"
	    " '%s/list.rdf' %s",
	    test_dir(), test_dir(), scheme);
	fflush(stdout);
	fine = system(command.data) == 0;
	buf_free(&command);
	buf_free(&url);
	return fine;
}

static void
test_schemes(struct visitor *v)
{
	ok(is_scheme(v, "/fr/glossary", "https://example.org/en/glossary"),
	    "SK-1: the glossary is a sound concept scheme, the same in Turtle "
	    "and RDF/XML");
	ok(is_scheme(v, "/en/themes", "https://example.org/en/themes"),
	    "SK-1: and so are the themes");
	ok(header(visit(v, "/en/glossary.ttl"),
	       "content-type: text/turtle; charset=utf-8") &&
		header(visit(v, "/en/glossary.rdf"),
		    "content-type: application/rdf+xml"),
	    "SK-1: each is served as what it is");
}

static void
test_concept(struct visitor *v)
{
	is(body(visit(v, "/fr/glossary/whole.ttl")),
	    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
	    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
	    "@prefix dct: <http://purl.org/dc/terms/> .\n"
	    "\n<https://example.org/en/glossary>\n"
	    "    a skos:ConceptScheme ;\n"
	    "    dct:title \"Glossary\"@en ;\n"
	    "    dct:title \"Glossaire\"@fr ;\n"
	    "    dct:title \"Glosario\"@es .\n"
	    "\n<https://example.org/en/glossary/whole>\n"
	    "    a skos:Concept ;\n"
	    "    skos:prefLabel \"whole\"@en ;\n"
	    "    skos:prefLabel \"tout\"@fr ;\n"
	    "    skos:altLabel \"entirety\"@en ;\n"
	    "    skos:altLabel \"WHL\"@en ;\n"
	    "    skos:definition \"All of it.\"@en ;\n"
	    "    skos:note \"A note.\"@en ;\n"
	    "    skos:notation \"whole\" ;\n"
	    "    skos:inScheme <https://example.org/en/glossary> ;\n"
	    "    skos:topConceptOf <https://example.org/en/glossary> ;\n"
	    "    skos:narrower <https://example.org/en/glossary/part> ;\n"
	    "    skos:related <https://example.org/en/glossary/hostile> .\n",
	    "SK-1: a concept has its names, its definition and its place");
	ok(!has(visit(v, "/en/glossary/hen.ttl"), "skos:broader") &&
		!has(visit(v, "/en/themes/up.ttl"), "skos:broader"),
	    "SK-1: what would stand above itself does not");
	ok(has(visit(v, "/en/glossary/whole"),
	       "href=\"/en/glossary/whole.ttl\""),
	    "SK-1: the page of a term leads to it");
}

static xmlDoc *
read_xml(struct visitor *v, const char *url)
{
	const char *text = body(visit(v, url));

	return xmlReadMemory(text, (int)strlen(text), "", NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR);
}

/* How many nodes a path finds, -1 if there is no document. */
static int
nodes(xmlDoc *doc, const char *path)
{
	xmlXPathContext *ctx;
	xmlXPathObject *found;
	int n;

	if (doc == NULL)
		return -1;
	ctx = xmlXPathNewContext(doc);
	found = xmlXPathEvalExpression(BAD_CAST path, ctx);
	n = found != NULL && found->nodesetval != NULL
	    ? found->nodesetval->nodeNr
	    : 0;
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(ctx);
	return n;
}

static void
test_tbx(struct visitor *v)
{
	xmlDoc *doc = read_xml(v, "/fr/glossary.tbx");

	ok(nodes(doc, "/martif[@type='TBX-Basic']/text/body/termEntry") ==
		number_in("SELECT count(*) FROM shown"
			  " WHERE ui = 'fr' AND kind = 'term'"),
	    "SK-1: the glossary as TBX has an entry a term");
	ok(nodes(doc, "//langSet") ==
		    number_in("SELECT count(*) FROM record_text"
			      " JOIN term USING (record)") &&
		nodes(doc,
		    "//langSet[@xml:lang = preceding-sibling::langSet/"
		    "@xml:lang]") == 0,
	    "SK-1: in it a set a language");
	ok(nodes(doc,
	       "//langSet[count(tig[termNote='preferredTerm-admn-sts'])"
	       " != 1]") == 0 &&
		nodes(doc,
		    "//termEntry[@id='term-whole']//tig[term='WHL']"
		    "[termNote='acronym']") == 1 &&
		nodes(doc, "//descripGrp[preceding-sibling::tig]") == 0,
	    "SK-1: in that one preferred term, behind the definition");
	xmlFreeDoc(doc);
	doc = read_xml(v, "/en/glossary/hostile.tbx");
	ok(nodes(doc, "//term[contains(., '</skos:prefLabel>')]") == 1,
	    "SK-1: no text ends its element");
	xmlFreeDoc(doc);
	ok(header(visit(v, "/en/glossary.tbx"),
	       "content-type: application/x-tbx+xml"),
	    "SK-1: it is served as TBX");
}

int
main(void)
{
	struct visitor v = visitor_open();
	struct db *db = db_open(visitor_database.data, DB_WRITE);

	if (!db_script(db, records))
		bail_out(db_error(db));
	db_close(db);
	test_schemes(&v);
	test_concept(&v);
	test_tbx(&v);
	visitor_close(&v);
	return done();
}
