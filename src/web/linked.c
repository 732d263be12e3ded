#include <string.h>

#include "view/json.h"
#include "web/linked.h"
#include "web/site.h"

/*
 * Members of several kinds.  A member that is NULL is left out in the end.
 */

/* A column of a record's texts: as it is, or in each language. */
#define WORDS(column)                                                       \
	"json((SELECT CASE count(*) WHEN 0 THEN NULL"                       \
	" WHEN 1 THEN json_quote(max(t." column ")) ELSE json_group_array(" \
	"json_object('@value', t." column ", '@language', t.lang)) END"     \
	" FROM record_text t WHERE t.record = l.id"                         \
	" AND t." column " IS NOT NULL))"

/* What every record has; its type stands before. */
#define RECORD                                                          \
	"'@id', :base || l.url, 'url', :base || l.url, 'name', " WORDS( \
	    "title") ", 'description', " WORDS("summary") ", 'dateModified', l.updated"

#define LANGUAGES                                             \
	"'inLanguage', json((SELECT json_group_array(t.lang)" \
	" FROM record_text t WHERE t.record = l.id))"

/* An organisation, o, of the directory. */
#define ORGANISATION(o)                                                   \
	"json_object('@type', 'Organization', '@id', :base || " o ".url," \
	" 'name', " o ".title)"

#define NONE_IF_EMPTY(rows) \
	"json(nullif((SELECT json_group_array(" rows "), '[]'))"

#define KEYWORDS                                                        \
	"'keywords', " NONE_IF_EMPTY("k.keyword) FROM record_keyword k" \
				     " WHERE k.record = l.id")

#define THEMES                                                              \
	NONE_IF_EMPTY(                                                      \
	    "c.label) FROM record_theme rt CROSS JOIN code_label c"         \
	    " ON c.list = 'theme' AND c.code = rt.theme AND c.lang = :lang" \
	    " WHERE rt.record = l.id")

#define COUNTRIES                                                \
	NONE_IF_EMPTY(                                           \
	    "json_object('@type', 'Country', 'name', c.label,"   \
	    " 'identifier', rc.country)) FROM record_country rc" \
	    " CROSS JOIN code_label c ON c.list = 'country'"     \
	    " AND c.code = rc.country AND c.lang = :lang WHERE rc.record = l.id")

#define SET(path)                                                           \
	"'inDefinedTermSet', json_object('@type', 'DefinedTermSet', '@id'," \
	" :base || '/' || :lang || '/" path "', 'name', :section_title)"

/* One object from a listed record l. */
#define OBJECT(type, members, joins)                                     \
	"SELECT json_patch('{}', json_object('@type', " type ", " RECORD \
	", " members ")) FROM listed l " joins                           \
	" WHERE l.id = :id AND l.ui = :lang"

#define AUTHORS                                                                  \
	NONE_IF_EMPTY(                                                           \
	    "json(CASE WHEN a.author_url IS NOT NULL THEN"                       \
	    " json_object('@type', 'Organization', 'name', a.name,"              \
	    "  '@id', :base || a.author_url)"                                    \
	    " WHEN family_name(a.name) IS NULL THEN"                             \
	    " json_object('@type', 'Organization', 'name', a.name)"              \
	    " ELSE json_object('@type', 'Person', 'name', a.name, 'familyName'," \
	    "  family_name(a.name), 'givenName', given_name(a.name)) END))"      \
	    " FROM document_author_name a WHERE a.record = l.id AND a.ui = l.ui")

#define FILES                                                              \
	NONE_IF_EMPTY(                                                     \
	    "json_object('@type', 'MediaObject', 'name', f.label,"         \
	    " 'contentUrl', :base || f.url, 'encodingFormat', f.type,"     \
	    " 'contentSize', f.bytes || ' B')) FROM document_file_shown f" \
	    " WHERE f.record = l.id AND f.ui = l.ui")

static struct query *
document(struct db *db)
{
	return db_query(db,
	    OBJECT("cite_type('schema', l.kind, d.doctype)",
		"'headline', l.title, 'alternativeHeadline',"
		" d.subtitle, 'author', " AUTHORS ", 'datePublished',"
		" coalesce(d.date, CAST (d.year AS TEXT)), 'publisher', " NONE_IF_EMPTY(ORGANISATION(
		    "o") ") FROM record_relation b"
			 " CROSS JOIN shown o ON o.record = b.to_record"
			 " AND o.ui = l.ui WHERE b.from_record = l.id"
			 " AND b.relation = 'publisher'") ", 'identifier', d.number, 'sameAs', d.url, 'pagination',"
							  " d.pages, 'isPartOf', CASE WHEN coalesce(d.journal, d.series)"
							  " IS NOT NULL THEN json_object('@type', CASE WHEN d.journal"
							  " IS NULL THEN 'CreativeWorkSeries' ELSE 'Periodical' END,"
							  " 'name', coalesce(d.journal, d.series)) END,"
							  " 'learningResourceType', CASE WHEN d.doctype IN ('guide',"
							  " 'manual', 'training', 'tool') THEN d.doctype END,"
							  " 'inLanguage', coalesce(" NONE_IF_EMPTY(
							      "g.language)"
							      " FROM document_language g WHERE g.record = l.id") ", l.text_lang), " KEYWORDS
														 ", 'about', " THEMES
														 ", 'spatialCoverage', " COUNTRIES
														 ", 'encoding', " FILES
														 ", 'isAccessibleForFree', json('true')",
		"JOIN document d ON d.record = l.id"));
}

static struct query *
term(struct db *db)
{
	return db_query(db,
	    OBJECT("'DefinedTerm'",
		LANGUAGES
		", 'termCode', l.slug, " SET("glossary") ", 'alternateName', " NONE_IF_EMPTY(
		    "json_object('@value',"
		    " n.name, '@language', n.lang)) FROM term_name n"
		    " WHERE n.record = l.id AND n.use <> 'preferred'"),
		""));
}

static struct query *
theme(struct db *db)
{
	return db_query(db,
	    OBJECT("'DefinedTerm'",
		LANGUAGES ", 'termCode', l.slug, " SET("themes"), ""));
}

/* Only who has said to be available, and only what the card has. */
static struct query *
expert(struct db *db)
{
	return db_query(db,
	    OBJECT("'Person'",
		"'jobTitle', e.position, 'knowsAbout', " THEMES
		", 'knowsLanguage', " NONE_IF_EMPTY(
		    "g.language)"
		    " FROM expert_language g WHERE g.record = l.id") ", 'workLocation', CASE WHEN e.city IS NOT NULL THEN"
								     " json_object('@type', 'Place', 'name', e.city) END,"
								     " 'affiliation', CASE WHEN w.url IS NOT NULL THEN " ORGANISATION(
									 "w") " END, 'sameAs', e.website",
		"JOIN expert e ON e.record = l.id AND e.available = 1"
		" LEFT JOIN shown w ON w.record = e.organisation"
		"  AND w.ui = l.ui"));
}

static struct query *
organisation(struct db *db)
{
	return db_query(db,
	    OBJECT("'Organization'",
		"'alternateName', " NONE_IF_EMPTY(
		    "DISTINCT a.value)"
		    " FROM json_each(json_array(o.acronym, o.acronym_fr,"
		    " o.acronym_es)) a WHERE a.value IS NOT NULL") ", 'sameAs', o.website, 'address', CASE WHEN o.city IS NOT NULL"
								   " THEN json_object('@type', 'PostalAddress',"
								   " 'addressLocality', o.city) END, 'areaServed', " COUNTRIES
								   ", " KEYWORDS,
		"JOIN organisation o ON o.record = l.id"));
}

/* Where people met, how; of what just happened nothing is said of that. */
static struct query *
event(struct db *db)
{
	return db_query(db,
	    OBJECT("'Event'",
		LANGUAGES
		", 'startDate', e.date, 'endDate', e.date_end,"
		" 'location', CASE WHEN e.place IS NOT NULL THEN"
		" json_object('@type', 'Place', 'name', e.place, 'address',"
		"  e.place) ELSE " COUNTRIES " END,"
		" 'eventStatus', 'https://schema.org/EventScheduled',"
		" 'eventAttendanceMode', CASE WHEN e.place IS NOT NULL"
		"  AND e.event_type IN ('seminar', 'meeting', 'conference',"
		"  'course', 'workshop')"
		"  THEN 'https://schema.org/OfflineEventAttendanceMode' END,"
		" 'about', " THEMES,
		"JOIN event e ON e.record = l.id"));
}

static struct query *
news(struct db *db)
{
	return db_query(db,
	    OBJECT("'NewsArticle'",
		"'headline', l.title, " LANGUAGES
		", 'datePublished', l.published, 'author', CASE"
		" WHEN n.author IS NOT NULL THEN json_object('@type',"
		"  CASE WHEN family_name(n.author) IS NULL THEN 'Organization'"
		"  ELSE 'Person' END, 'name', n.author) END, 'publisher',"
		" CASE WHEN w.url IS NOT NULL THEN " ORGANISATION(
		    "w") " ELSE json_object('@type', 'Organization', 'name', :_site,"
			 "  '@id', :base || '/' || :lang || '/') END,"
			 " 'image', :base || '/files/' || f.sha256 || '/' ||"
			 "  url_part(f.name), 'isBasedOn', n.source_url,"
			 " 'expires', n.expires, 'about', " THEMES
			 ", 'contentLocation', " COUNTRIES,
		"JOIN news n ON n.record = l.id"
		" LEFT JOIN shown w ON w.record = n.organisation"
		"  AND w.ui = l.ui LEFT JOIN file f ON f.sha256 = n.image"));
}

/* What is insured, by whom and where: of all types of schema.org that of a
 * financial service says most of what the registry knows.  The data as a whole
 * are a Dataset (features/schemes_data.c), of which it is a subject. */
static struct query *
scheme(struct db *db)
{
	return db_query(db,
	    OBJECT("'FinancialProduct'",
		LANGUAGES
		", 'identifier', s.registry_id, 'alternateName', " NONE_IF_EMPTY(
		    "DISTINCT a.value) FROM json_each(json_array("
		    "s.acronym, s.official_name)) a WHERE a.value IS NOT NULL") ", 'serviceType', (SELECT label FROM code_label c WHERE"
										" c.list = 'type' AND c.code = s.type AND c.lang = :lang),"
										" 'category', " NONE_IF_EMPTY(
										    "c.label)"
										    " FROM scheme_contingency g CROSS JOIN code_label c"
										    " ON c.list = 'contingency' AND c.code = g.contingency"
										    " AND c.lang = :lang WHERE g.record = l.id") ", 'areaServed', " COUNTRIES
																 ", 'provider',"
																 " json_object('@type', 'Organization', 'name', s.name,"
																 " 'foundingDate', CAST (s.year_started AS TEXT),"
																 " 'dissolutionDate', CAST (s.year_stopped AS TEXT)),"
																 " 'sameAs', s.website, 'subjectOf', json_object('@type',"
																 " 'Dataset', '@id', :base || '/' || :lang || '/schemes/data',"
																 " 'name', :_data_title, 'description', :_data_lead)",
		"JOIN scheme s ON s.record = l.id"));
}

static struct query *
convention(struct db *db)
{
	return db_query(db,
	    OBJECT("'Legislation'",
		LANGUAGES
		", 'legislationIdentifier',"
		" upper(substr(v.instrument, 1, 1)) || v.number,"
		" 'legislationDate', CAST (v.year AS TEXT), 'legislationType',"
		" (SELECT label FROM code_label c WHERE c.list = 'instrument'"
		"  AND c.code = v.instrument AND c.lang = :lang), 'about', " THEMES,
		"JOIN convention v ON v.record = l.id"));
}

/* A page about a place or another site, or one that speaks for itself. */
static struct query *
page_about(struct db *db)
{
	return db_query(db,
	    OBJECT("'WebPage'",
		LANGUAGES
		", 'about', CASE WHEN c.country IS NOT NULL THEN"
		" json_object('@type', 'Country', 'identifier', c.country,"
		"  'name', json((SELECT json_group_array(json_object("
		"  '@value', n.label, '@language', n.lang)) FROM code_label n"
		"  WHERE n.list = 'country' AND n.code = c.country)))"
		" WHEN g.region IS NOT NULL THEN json_object('@type', 'Place',"
		"  'identifier', 'UN M49 ' || g.region, 'name', l.title)"
		" WHEN k.url IS NOT NULL THEN json_object('@type', 'WebSite',"
		"  'name', l.title, 'url', k.url) ELSE " THEMES " END",
		"LEFT JOIN country c ON c.record = l.id"
		" LEFT JOIN region g ON g.record = l.id"
		" LEFT JOIN link k ON k.record = l.id"));
}

typedef struct query *maker(struct db *);

static maker *
maker_of(const char *kind)
{
	static const struct {
		const char *kind;
		maker *make;
	} makers[] = {
		{ "document", document },
		{ "term", term },
		{ "theme", theme },
		{ "expert", expert },
		{ "organisation", organisation },
		{ "event", event },
		{ "news", news },
		{ "scheme", scheme },
		{ "convention", convention },
	};

	for (size_t i = 0; i < sizeof(makers) / sizeof(makers[0]); i++)
		if (strcmp(kind, makers[i].kind) == 0)
			return makers[i].make;
	return page_about;
}

/*
 * The graph.
 */

/* JSON within HTML: '<' stands in strings alone, and must begin nothing. */
static void
put_inert(struct buf *out, const char *json)
{
	for (size_t n; *json != '\0'; json += n) {
		n = strcspn(json, "<");
		buf_put(out, json, n);
		if (json[n] == '<') {
			buf_puts(out, "\\u003c");
			n++;
		}
	}
}

static void
put_record(struct page *p, struct buf *graph)
{
	struct scope scope = { .model = &p->model };
	struct query *q;

	page_text(p, "_site", page_string(p, "site"));
	page_text(p, "_data_title", page_string(p, "data_title"));
	page_text(p, "_data_lead", page_string(p, "data_lead"));
	q = maker_of(model_cell(&p->model, "kind").text)(page_db(p));
	db_start(q, scope_lookup, &scope);
	if (db_next(q))
		buf_puts(graph, db_text(q, 0));
	db_restart(q);
}

static void
put_crumb(struct buf *list, int place, const char *name, const char *url)
{
	buf_printf(list, "%s{\"@type\":\"ListItem\",\"position\":%d,\"name\":",
	    place > 1 ? "," : "", place);
	json_quote(list, name, strlen(name));
	buf_puts(list, ",\"item\":");
	json_quote(list, url, strlen(url));
	buf_putc(list, '}');
}

/* The crumbs that the layout shows. */
static void
put_crumbs(struct page *p, struct buf *graph)
{
	const char *base = model_cell(&p->model, "base").text;
	const char *section = model_cell(&p->model, "section").text;
	const char *title = model_cell(&p->model, "section_title").text;
	const char *crumb = model_cell(&p->model, "_crumb").text;

	if (*title == '\0')
		return;
	if (graph->len > 0)
		buf_putc(graph, ',');
	buf_puts(graph, "{\"@type\":\"BreadcrumbList\",\"itemListElement\":[");
	put_crumb(graph, 1, page_string(p, "home"),
	    arena_printf(&p->arena, "%s/%s/", base, page_lang(p)));
	put_crumb(graph, 2, title,
	    arena_printf(&p->arena, "%s/%s/%s", base, page_lang(p), section));
	if (*crumb != '\0')
		put_crumb(graph, 3, crumb,
		    model_cell(&p->model, "canonical").text);
	buf_puts(graph, "]}");
}

void
linked_put(struct page *p, struct buf *out)
{
	struct buf graph = { 0 };

	if (p->record != 0)
		put_record(p, &graph);
	else
		buf_puts(&graph, model_cell(&p->model, "_linked").text);
	put_crumbs(p, &graph);
	if (graph.len > 0) {
		buf_puts(out,
		    "<script type=\"application/ld+json\">"
		    "{\"@context\":\"https://schema.org\",\"@graph\":[");
		put_inert(out, graph.data);
		buf_puts(out, "]}</script>\n");
	}
	buf_free(&graph);
}

const char *
linked_string(struct page *p, const char *key)
{
	struct buf json = { 0 };
	const char *kept;

	for (size_t i = 0; site_languages[i] != NULL; i++) {
		const char *lang = site_languages[i];
		const char *text = site_string(p->site, lang, key);

		buf_puts(&json, i == 0 ? "[{\"@value\":" : ",{\"@value\":");
		json_quote(&json, text, strlen(text));
		buf_printf(&json, ",\"@language\":\"%s\"}", lang);
	}
	buf_putc(&json, ']');
	kept = page_keep(p, json.data, json.len);
	buf_free(&json);
	return kept;
}

void
linked_set(struct page *p, const char *key)
{
	page_text(p, "_names", linked_string(p, key));
	page_row(p,
	    "SELECT json_object('@type', 'DefinedTermSet', '@id', :base || '/'"
	    "  || :lang || :path, 'url', :base || '/' || :lang || :path,"
	    "  'name', json(:_names), 'inLanguage',"
	    "  json_array('en', 'fr', 'es')) AS _linked");
}
