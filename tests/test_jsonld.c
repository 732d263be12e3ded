/*
 * What pages say of themselves as JSON-LD, read by SQLite's parser.
 */
#include "visitor.h"

#define HOSTILE "A </script><script>alert(1)</script> <!-- \" \\ B"

static const char records[] =
    "BEGIN;"
    "INSERT INTO record (id, kind, slug, lang, created, updated, published)"
    " VALUES"
    " (900001, 'document', 'hostile', 'en', '2026-01-02', '2026-01-02', NULL),"
    " (900002, 'document', 'full', 'fr', '2026-01-02', '2026-01-02', NULL),"
    " (900003, 'expert', 'awa', 'fr', '2026-01-02', '2026-01-02', NULL),"
    " (900004, 'expert', 'absent', 'fr', '2026-01-02', '2026-01-02', NULL),"
    " (900005, 'event', 'meeting', 'fr', '2026-01-02', '2026-01-02', NULL),"
    " (900006, 'news', 'novelty', 'fr', '2026-01-02', '2026-01-02',"
    "  '2026-02-03T08:00Z');"
    "INSERT INTO record_text (record, lang, title, summary) VALUES"
    " (900001, 'en', '" HOSTILE "', '" HOSTILE "'),"
    " (900002, 'fr', 'Santé', 'Résumé'), (900002, 'en', 'Health', 'Summary'),"
    " (900003, 'fr', 'Awa Exemple', NULL), (900004, 'fr', 'Bou Absent', NULL),"
    " (900005, 'fr', 'Réunion', NULL), (900006, 'fr', 'Nouvelle', NULL);"
    "INSERT INTO document (record, doctype, year, url) VALUES"
    " (900001, 'unheard-of', NULL, NULL),"
    " (900002, 'report', 2007, 'https://example.org/original');"
    "INSERT INTO document_author (record, place, name) VALUES"
    " (900002, 1, 'A. Diop'), (900002, 2, 'World Bank');"
    "INSERT INTO expert (record, position, city, available) VALUES"
    " (900003, 'Actuaire', 'Dakar', 1), (900004, 'Absent', 'Thiès', NULL);"
    "INSERT INTO expert_language VALUES (900003, 'fr');"
    "INSERT INTO event (record, event_type, date, date_end, place) VALUES"
    " (900005, 'meeting', '2026-03-04', '2026-03-05', 'Dakar');"
    "INSERT INTO news (record, author) VALUES (900006, 'Awa Exemple');"
    "COMMIT;";

static struct db *parser;
static struct buf data;

/* The data of a page; bails out unless there is just one element. */
static const char *
read_data(struct visitor *v, const char *url)
{
	static const char begin[] = "<script type=\"application/ld+json\">";
	const char *page = visit(v, url), *at = strstr(page, begin);

	if (status(page) != 200 || at == NULL || count(page, begin) != 1)
		bail_out(url);
	at += strlen(begin);
	buf_clear(&data);
	buf_put(&data, at, (size_t)(strstr(at, "</script>") - at));
	return data.data;
}

/* A value of it, by its path in the first object of the graph; "" if none. */
static const char *
value(const char *path)
{
	static struct buf found;
	struct query *q = db_restart(db_query(parser,
	    "SELECT CASE WHEN json_valid(:data) THEN"
	    " json_extract(:data, '$.\"@graph\"[0]' || :path)"
	    " ELSE 'no JSON' END"));

	db_set_text(q, "data", data.data);
	db_set_text(q, "path", path);
	buf_clear(&found);
	if (db_next(q))
		buf_puts(&found, db_text(q, 0));
	db_restart(q);
	return buf_text(&found);
}

static bool
says(const char *path, const char *wanted)
{
	bool same = strcmp(value(path), wanted) == 0;

	if (!same)
		printf("# %s is %s\n", path, value(path));
	return same;
}

static void
test_form(struct visitor *v)
{
	static const char *const pages[] = { "/en/", "/fr/library",
		"/en/library/full", "/es/glossary/third-party-payment",
		"/en/schemes/musaki", "/en/schemes/data", "/fr/countries/sn",
		"/en/regions/sub-saharan-africa", "/en/themes/overview",
		"/en/organisations/ilo", "/en/search?q=%3Cscript%3E",
		"/en/pages/help", "/en/questions/what-campaign", "/fr/links" };

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		read_data(v, pages[i]);
		if (!ok(*value(".\"@type\"") != '\0' &&
			    has(data.data,
				"{\"@context\":\"https://schema.org\""),
			"SO-1: a page has one element, which is JSON"))
			printf("# %s\n", pages[i]);
	}
	read_data(v, "/fr/library/full?from=here");
	ok(says(".\"@id\"", "https://example.org/fr/library/full") &&
		says(".inLanguage[0]", "") && says(".inLanguage", "fr"),
	    "SO-1: it has the page's address and the language of what it is "
	    "about");
	read_data(v, "/en/library/hostile");
	ok(says(".headline", HOSTILE) && says(".description", HOSTILE) &&
		strchr(data.data, '<') == NULL,
	    "SO-1: no text ends the element, and each is read as it is");
	ok(!has(visit(v, "/en/nothing-here"), "ld+json"),
	    "SO-1: a page that says there is none has no data");
}

static void
test_document(struct visitor *v)
{
	read_data(v, "/en/library/full");
	ok(says(".\"@type\"", "Report") && says(".headline", "Health") &&
		says(".author[0].\"@type\"", "Person") &&
		says(".author[0].familyName", "Diop") &&
		says(".author[1].\"@type\"", "Organization") &&
		says(".datePublished", "2007") &&
		says(".sameAs", "https://example.org/original"),
	    "SO-2: a document has its type, authors and date");
	ok(says(".name[0].\"@value\"", "Health") &&
		says(".name[0].\"@language\"", "en") &&
		says(".name[1].\"@value\"", "Santé") &&
		says(".description[1].\"@language\"", "fr"),
	    "SO-3: its words are there in every language, whichever is read");
	read_data(v, "/en/library/hostile");
	ok(says(".\"@type\"", "CreativeWork"),
	    "SO-2: a type of document that is not known is a work");
}

static void
test_people(struct visitor *v)
{
	read_data(v, "/fr/experts/awa");
	ok(says(".\"@type\"", "Person") && says(".jobTitle", "Actuaire") &&
		says(".workLocation.name", "Dakar") &&
		says(".knowsLanguage[0]", "fr"),
	    "SO-2: an expert who is available is a person");
	read_data(v, "/fr/experts/absent");
	ok(says(".\"@type\"", "BreadcrumbList") && !has(data.data, "Thiès"),
	    "SO-2: of one who has not said so nothing is told");
	read_data(v, "/en/organisations/ilo");
	ok(says(".\"@type\"", "Organization") &&
		has(value(".alternateName"), "\"OIT\""),
	    "SO-2: an organisation has its other names");
}

static void
test_others(struct visitor *v)
{
	read_data(v, "/fr/glossary/third-party-payment");
	ok(says(".\"@type\"", "DefinedTerm") &&
		says(".termCode", "third-party-payment") &&
		says(".inDefinedTermSet.\"@id\"",
		    "https://example.org/fr/glossary") &&
		has(value(".name"), "tercero pagador"),
	    "SO-2, SO-3: a term stands in its set, in all its languages");
	read_data(v, "/fr/glossary");
	ok(says(".\"@type\"", "DefinedTermSet") &&
		says(".name[2].\"@value\"", "Glosario"),
	    "SO-2, SO-3: the glossary is that set");
	read_data(v, "/fr/events/meeting");
	ok(says(".\"@type\"", "Event") && says(".startDate", "2026-03-04") &&
		says(".endDate", "2026-03-05") &&
		says(".location.name", "Dakar") &&
		says(".eventAttendanceMode",
		    "https://schema.org/OfflineEventAttendanceMode") &&
		says(".eventStatus", "https://schema.org/EventScheduled"),
	    "SO-2: an event has its time and place");
	read_data(v, "/fr/news/novelty");
	ok(says(".\"@type\"", "NewsArticle") && says(".headline", "Nouvelle") &&
		says(".author.\"@type\"", "Person") &&
		says(".publisher.name", "Mutua") &&
		says(".datePublished", "2026-02-03T08:00Z"),
	    "SO-2: news has its author, publisher and time");
	read_data(v, "/en/countries/sn");
	ok(says(".\"@type\"", "WebPage") && says(".about.identifier", "SN") &&
		has(value(".about.name"), "Sénégal"),
	    "SO-2: a country's page is about the country");
}

static void
test_registry(struct visitor *v)
{
	read_data(v, "/en/schemes/musaki");
	ok(says(".\"@type\"", "FinancialProduct") &&
		says(".identifier", "SCH-COD-0003") &&
		says(".areaServed[0].identifier", "CD") &&
		says(".subjectOf.\"@id\"",
		    "https://example.org/en/schemes/data"),
	    "SO-2: a scheme is a product of a provider, told of in the "
	    "registry");
	read_data(v, "/en/schemes/data");
	ok(says(".\"@type\"", "Dataset") &&
		strlen(value(".description[0].\"@value\"")) >= 50 &&
		says(".includedInDataCatalog.\"@type\"", "DataCatalog") &&
		says(".distribution[0].\"@type\"", "DataDownload") &&
		says(".distribution[0].contentUrl",
		    "https://example.org/registry.zip") &&
		says(".distribution[0].encodingFormat", "application/zip") &&
		says(".isAccessibleForFree", "1") &&
		says(".temporalCoverage", "1999/2007") &&
		*value(".variableMeasured[0]") != '\0' &&
		says(".name[1].\"@language\"", "fr"),
	    "SO-2, SO-3: the registry is a dataset that can be taken away");
}

static void
test_site_and_crumbs(struct visitor *v)
{
	read_data(v, "/es/");
	ok(says(".\"@type\"", "WebSite") &&
		says(".potentialAction.target.urlTemplate",
		    "https://example.org/es/search?q={search_term_string}"),
	    "SO-2: the front page says how to search the site");
	read_data(v, "/fr/library");
	ok(says(".\"@type\"", "BreadcrumbList") &&
		says(".itemListElement[0].item", "https://example.org/fr/") &&
		says(".itemListElement[1].name", "Bibliothèque") &&
		says(".itemListElement[2]", ""),
	    "SO-2: crumbs are data too");
}

int
main(void)
{
	struct visitor v = visitor_open();
	struct db *db = db_open(visitor_database.data, DB_WRITE);

	if (!db_script(db, records))
		bail_out(db_error(db));
	db_close(db);
	parser = db_open(visitor_database.data, DB_READ);
	test_form(&v);
	test_document(&v);
	test_people(&v);
	test_others(&v);
	test_registry(&v);
	test_site_and_crumbs(&v);
	db_close(parser);
	buf_free(&data);
	visitor_close(&v);
	return done();
}
