/*
 * OAI-PMH 2.0: what is asked, and everything but lists of records.
 */
#include <ctype.h>
#include <string.h>

#include "features/oai.h"
#include "features/oai_own.h"
#include "web/site.h"

static const char *const names[OAI_NAMES] = { "verb", "identifier",
	"metadataPrefix", "from", "until", "set", "resumptionToken" };

const char *
oai_text(const struct oai *o, enum oai_name name)
{
	const char *text = o->arguments[name].text;

	return text != NULL ? text : "";
}

/*
 * Identify, ListMetadataFormats, ListSets.
 */

/* The guidelines' description of our identifiers, whose schema knows no other
 * host than one with a dot in its name. */
static void
put_identifiers(struct oai *o)
{
	struct buf domain = { 0 };

	oai_domain(&domain, o->base);
	if (isalpha((unsigned char)*buf_text(&domain)) &&
	    strchr(buf_text(&domain), '.') != NULL) {
		buf_puts(&o->out,
		    "<description>\n<oai-identifier"
		    " xmlns=\"http://www.openarchives.org/OAI/2.0/"
		    "oai-identifier\" xsi:schemaLocation="
		    "\"http://www.openarchives.org/OAI/2.0/oai-identifier"
		    " http://www.openarchives.org/OAI/2.0/oai-identifier.xsd\""
		    ">\n<scheme>oai</scheme>\n");
		buf_printf(&o->out,
		    "<repositoryIdentifier>%s</repositoryIdentifier>\n"
		    "<delimiter>:</delimiter>\n"
		    "<sampleIdentifier>oai:%s:document/a-title"
		    "</sampleIdentifier>\n</oai-identifier>\n</description>\n",
		    domain.data, domain.data);
	}
	buf_free(&domain);
}

static const char *
identify(struct oai *o, const char **why)
{
	struct query *q = db_restart(db_query(page_db(o->p),
	    "SELECT coalesce(min(datestamp),"
	    " strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) FROM stamp"));

	(void)why;
	buf_puts(&o->out, "<Identify>\n");
	oai_element(&o->out, "repositoryName", "", page_string(o->p, "site"));
	buf_puts(&o->out, "<baseURL>");
	buf_html(&o->out, o->base, strlen(o->base));
	buf_puts(&o->out, "/oai</baseURL>\n");
	oai_element(&o->out, "protocolVersion", "", "2.0");
	oai_element(&o->out, "adminEmail", "", site_mail(o->p->site));
	if (db_next(q))
		oai_element(&o->out, "earliestDatestamp", "", db_text(q, 0));
	oai_element(&o->out, "deletedRecord", "", "persistent");
	oai_element(&o->out, "granularity", "", "YYYY-MM-DDThh:mm:ssZ");
	oai_element(&o->out, "compression", "", "gzip");
	put_identifiers(o);
	buf_puts(&o->out, "</Identify>\n");
	return NULL;
}

static const struct {
	const char *prefix, *schema, *space;
} formats[] = {
	{ "oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
	    "http://www.openarchives.org/OAI/2.0/oai_dc/" },
	{ "mods", "http://www.loc.gov/standards/mods/v3/mods-3-7.xsd",
	    "http://www.loc.gov/mods/v3" },
};

enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };

bool
oai_has_format(const char *prefix)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (strcmp(formats[i].prefix, prefix) == 0)
			return true;
	return false;
}

const char *
oai_prefix(struct oai *o)
{
	struct buf text = { 0 };
	const char *kept;

	buf_puts(&text, "oai:");
	oai_domain(&text, o->base);
	buf_putc(&text, ':');
	kept = page_keep(o->p, text.data, text.len);
	buf_free(&text);
	return kept;
}

/* The row of a record by its identifier; NULL if it is none of ours. */
static struct query *
find(struct oai *o)
{
	const char *identifier = oai_text(o, OAI_IDENTIFIER);
	const char *prefix = oai_prefix(o), *local, *slug;
	size_t len = strlen(prefix);
	struct query *q;

	if (strncmp(identifier, prefix, len) != 0)
		return NULL;
	local = identifier + len;
	slug = strchr(local, '/');
	if (slug == NULL)
		return NULL;
	q = db_restart(db_query(page_db(o->p),
	    "SELECT s.record, r.kind || '/' || r.slug AS local, s.datestamp,"
	    "  s.deleted FROM record r JOIN stamp s ON s.record = r.id"
	    " WHERE r.kind = :kind AND r.slug = :slug"));
	db_set_text(q, "kind", page_keep(o->p, local, (size_t)(slug - local)));
	db_set_text(q, "slug", slug + 1);
	return db_next(q) ? q : NULL;
}

static const char *
list_formats(struct oai *o, const char **why)
{
	if (*oai_text(o, OAI_IDENTIFIER) != '\0' && find(o) == NULL) {
		*why = "No record here has this identifier.";
		return "idDoesNotExist";
	}
	buf_puts(&o->out, "<ListMetadataFormats>\n");
	for (size_t i = 0; i < FORMATS; i++) {
		buf_puts(&o->out, "<metadataFormat>\n");
		oai_element(&o->out, "metadataPrefix", "", formats[i].prefix);
		oai_element(&o->out, "schema", "", formats[i].schema);
		oai_element(&o->out, "metadataNamespace", "", formats[i].space);
		buf_puts(&o->out, "</metadataFormat>\n");
	}
	buf_puts(&o->out, "</ListMetadataFormats>\n");
	return NULL;
}

/* All of them at once: there are some hundreds at most, each a step in an
 * index. */
static const char *
list_sets(struct oai *o, const char **why)
{
	struct query *q;

	if (o->arguments[OAI_TOKEN].text != NULL) {
		*why = "Sets are listed whole; there are no tokens for them.";
		return "badResumptionToken";
	}
	q = db_restart(db_query(page_db(o->p),
	    "WITH RECURSIVE s (spec) AS (SELECT min(spec) FROM stamp_set"
	    "  UNION ALL SELECT (SELECT min(spec) FROM stamp_set"
	    "   WHERE spec > s.spec) FROM s WHERE s.spec IS NOT NULL)"
	    " SELECT spec, coalesce(l.label, spec) FROM s"
	    " LEFT JOIN code_label l ON l.lang = 'en' AND l.list = CASE"
	    "   WHEN spec LIKE 'type:document:%' THEN 'doctype'"
	    "   WHEN spec LIKE 'type:%' THEN 'kind'"
	    "   WHEN spec LIKE 'lang:%' THEN 'language'"
	    "   ELSE substr(spec, 1, instr(spec, ':') - 1) END"
	    "  AND l.code = CASE WHEN spec LIKE 'type:document:%'"
	    "   THEN substr(spec, 15) ELSE substr(spec, instr(spec, ':') + 1)"
	    "   END WHERE spec IS NOT NULL"));
	buf_puts(&o->out, "<ListSets>\n");
	while (db_next(q)) {
		buf_puts(&o->out, "<set>\n");
		oai_element(&o->out, "setSpec", "", db_text(q, 0));
		oai_element(&o->out, "setName", "", db_text(q, 1));
		buf_puts(&o->out, "</set>\n");
	}
	buf_puts(&o->out, "</ListSets>\n");
	if (db_rows(q) > 0)
		return NULL;
	*why = "There is nothing here yet, and so no sets.";
	return "noSetHierarchy";
}

/*
 * Records.
 */

void
oai_put_header(struct oai *o, struct query *row)
{
	struct query *sets = db_restart(db_query(page_db(o->p),
	    "SELECT spec FROM stamp_set WHERE record = :record ORDER BY spec"));

	db_set_int(sets, "record", db_int(row, 0));
	oai_header(&o->out,
	    &(struct oai_header){ .base = o->base,
		.local = db_text(row, 1),
		.datestamp = db_text(row, 2),
		.deleted = db_int(row, 3) != 0,
		.sets = sets });
}

static struct query *
core_of(struct oai *o, int64_t record)
{
	struct query *q = db_restart(db_query(page_db(o->p),
	    "SELECT element, value, value_lang FROM dublin_core"
	    " WHERE record = :record ORDER BY element, place"));

	db_set_int(q, "record", record);
	return q;
}

/* The terms that are said for the registry are those of its schemes. */
static const char *
rights_of(struct oai *o, const char *local)
{
	return strncmp(local, "scheme/", 7) == 0 ? site_licence(o->p->site)
						 : "";
}

static void
put_mods(struct oai *o, struct query *row)
{
	struct query *document = db_restart(db_query(page_db(o->p),
	    "SELECT journal, series, number, pages, place, edition_note"
	    " FROM document WHERE record = :record"));
	struct query *aliases = db_restart(db_query(page_db(o->p),
	    "SELECT alias, alias_lang FROM record_alias"
	    " WHERE record = :record"));

	db_set_int(document, "record", db_int(row, 0));
	db_set_int(aliases, "record", db_int(row, 0));
	mods_record(&o->out,
	    &(struct mods){ .base = o->base,
		.identifier = arena_printf(&o->p->arena, "%s%s", oai_prefix(o),
		    db_text(row, 1)),
		.datestamp = db_text(row, 2),
		.rights = rights_of(o, db_text(row, 1)),
		.core = core_of(o, db_int(row, 0)),
		.names = aliases,
		.document = document });
}

static void
put_provenance(struct oai *o, int64_t record)
{
	struct query *q = db_restart(db_query(page_db(o->p),
	    "SELECT repository, identifier, datestamp, harvested"
	    " FROM record_origin WHERE record = :record"));

	db_set_int(q, "record", record);
	oai_provenance(&o->out, q);
}

void
oai_put_record(struct oai *o, struct query *row, const char *prefix)
{
	buf_puts(&o->out, "<record>\n");
	oai_put_header(o, row);
	if (db_int(row, 3) == 0) {
		buf_puts(&o->out, "<metadata>\n");
		if (strcmp(prefix, "mods") == 0)
			put_mods(o, row);
		else
			oai_dublin_core(&o->out, o->base,
			    core_of(o, db_int(row, 0)),
			    rights_of(o, db_text(row, 1)));
		buf_puts(&o->out, "</metadata>\n");
		put_provenance(o, db_int(row, 0));
	}
	buf_puts(&o->out, "</record>\n");
}

static const char *
get_record(struct oai *o, const char **why)
{
	struct query *row = find(o);

	*why = "No record here has this identifier.";
	if (row == NULL)
		return "idDoesNotExist";
	*why = "Records are given as oai_dc and mods.";
	if (!oai_has_format(oai_text(o, OAI_PREFIX)))
		return "cannotDisseminateFormat";
	buf_puts(&o->out, "<GetRecord>\n");
	oai_put_record(o, row, oai_text(o, OAI_PREFIX));
	buf_puts(&o->out, "</GetRecord>\n");
	return NULL;
}

/*
 * What is asked.
 */

enum {
	IDENTIFIER = 1 << OAI_IDENTIFIER,
	PREFIX = 1 << OAI_PREFIX,
	RANGE = 1 << OAI_FROM | 1 << OAI_UNTIL | 1 << OAI_SET,
	TOKEN = 1 << OAI_TOKEN
};

static const struct verb {
	const char *name;
	oai_handler *handler;
	int needs, takes; /* arguments; TOKEN is taken alone */
} verbs[] = {
	{ "Identify", identify, 0, 0 },
	{ "ListMetadataFormats", list_formats, 0, IDENTIFIER },
	{ "ListSets", list_sets, 0, TOKEN },
	{ "GetRecord", get_record, IDENTIFIER | PREFIX, 0 },
	{ "ListIdentifiers", oai_list_identifiers, PREFIX, RANGE | TOKEN },
	{ "ListRecords", oai_list_records, PREFIX, RANGE | TOKEN },
};

/* Which of the names; OAI_NAMES if it is none. */
static enum oai_name
name_of(const char *name)
{
	int i = 0;

	while (i < OAI_NAMES && strcmp(names[i], name) != 0)
		i++;
	return (enum oai_name)i;
}

/* Take the arguments into their places.  What is said twice, or has no place,
 * is told in odd: "" if there is none. */
static bool
take_arguments(struct oai *o, const struct form *f, const char **odd)
{
	bool once = true;

	*odd = "";
	for (size_t i = 0; i < f->n; i++) {
		enum oai_name n = name_of(f->fields[i].name);

		if (n == OAI_VERB && o->arguments[n].text != NULL)
			once = false;
		else if (n == OAI_NAMES || f->fields[i].filename != NULL ||
		    o->arguments[n].text != NULL)
			*odd = f->fields[i].name;
		else
			o->arguments[n].text = f->fields[i].value;
	}
	return once;
}

static const struct verb *
verb_of(const struct oai *o)
{
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].name, oai_text(o, OAI_VERB)) == 0)
			return &verbs[i];
	return NULL;
}

/* Are these the arguments that the verb takes?  Else why not. */
static const char *
wrong_arguments(struct oai *o, const struct verb *v)
{
	bool token =
	    o->arguments[OAI_TOKEN].text != NULL && (v->takes & TOKEN) != 0;
	int takes = token ? TOKEN : v->needs | v->takes;

	for (int n = OAI_IDENTIFIER; n < OAI_NAMES; n++) {
		const char *text = o->arguments[n].text;

		if (text != NULL && (takes & 1 << n) == 0)
			return arena_printf(&o->p->arena,
			    token ? "%s can't stand beside resumptionToken."
				  : "%s is no argument of this verb.",
			    names[n]);
		if (text == NULL && !token && (v->needs & 1 << n) != 0)
			return arena_printf(&o->p->arena, "%s is missing.",
			    names[n]);
		if (text != NULL && *text == '\0')
			return arena_printf(&o->p->arena, "%s is empty.",
			    names[n]);
	}
	return NULL;
}

/* The answer's content into out; NULL, or the code of what is wrong. */
static const char *
answer(struct oai *o, const struct form *f, const char **why)
{
	const char *odd;
	bool once = take_arguments(o, f, &odd);
	const struct verb *v = verb_of(o);

	*why = !once ? "verb stands there more than once."
	    : o->arguments[OAI_VERB].text == NULL
	    ? "verb is missing; ask for ?verb=Identify."
	    : "There is no such verb.";
	if (v == NULL || !once)
		return "badVerb";
	*why = "What was sent can't be read.";
	if (f->fault != FORM_GOOD)
		return "badArgument";
	*why = arena_printf(&o->p->arena,
	    "%s stands there more than once, or is no argument.", odd);
	if (*odd != '\0')
		return "badArgument";
	*why = wrong_arguments(o, v);
	return *why != NULL ? "badArgument" : v->handler(o, why);
}

/* The arguments of a GET are a form in the address. */
static const struct form *
arguments_of(struct page *p)
{
	const char *query = p->request->query;

	if (strcmp(p->request->method, "POST") != 0 && query != NULL)
		form_read(&p->form, &p->arena,
		    "application/x-www-form-urlencoded", query, strlen(query));
	return &p->form;
}

/* Then an answer repeats none of the arguments. */
static bool
is_misasked(const char *error)
{
	return error != NULL &&
	    (strcmp(error, "badArgument") == 0 ||
		strcmp(error, "badVerb") == 0);
}

int
oai_answer(struct page *p)
{
	static const struct oai_argument none = { 0 };
	struct oai o = { .p = p, .base = model_cell(&p->model, "base").text };
	struct buf *out = &p->response->body;
	const char *url = arena_printf(&p->arena, "%s/oai", o.base);
	const char *why = "", *error;

	for (int i = 0; i < OAI_NAMES; i++)
		o.arguments[i].name = names[i];
	error = answer(&o, arguments_of(p), &why);
	oai_begin(out, url, is_misasked(error) ? &none : o.arguments);
	if (error != NULL)
		oai_error(out, error, why);
	else
		buf_put(out, buf_text(&o.out), o.out.len);
	oai_end(out);
	buf_free(&o.out);
	p->response->personal = true; /* it has the time */
	response_header(p->response, "content-type", "text/xml; charset=UTF-8");
	return 200;
}
