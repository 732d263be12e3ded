/*
 * A record in MODS 3.7, for OAI-PMH: <https://www.loc.gov/standards/mods/>.
 */
#include <string.h>

#include "view/oai.h"
#include "view/xml.h"

/* What is being written: what stands together in MODS comes apart in the rows
 * of Dublin Core. */
struct writer {
	const struct mods *mods;
	struct buf *out;
	struct buf origin;   /* publishers and dates */
	struct buf physical; /* media types */
	bool titled;
};

typedef void put(struct writer *, const char *value, const char *lang);

static void
open_tag(struct buf *out, const char *name, const char *lang)
{
	buf_printf(out, "<%s", name);
	if (*lang != '\0') {
		buf_puts(out, " xml:lang=\"");
		xml_text(out, lang, strlen(lang));
		buf_putc(out, '"');
	}
	buf_puts(out, ">");
}

/* <outer><inner>text</inner></outer>; either may have attributes. */
static void
put_within(struct buf *out, const char *outer, const char *inner,
    const char *lang, const char *text)
{
	if (*text == '\0')
		return;
	open_tag(out, outer, lang);
	oai_element(out, inner, "", text);
	buf_printf(out, "</%.*s>\n", (int)strcspn(outer, " "), outer);
}

static void
put_url(struct writer *w, const char *outer, const char *inner,
    const char *address)
{
	buf_printf(w->out, "<%s><%s>", outer, inner);
	if (*address == '/')
		xml_url(w->out, w->mods->base);
	xml_url(w->out, address);
	buf_printf(w->out, "</%.*s></%.*s>\n", (int)strcspn(inner, " "), inner,
	    (int)strcspn(outer, " "), outer);
}

/* The first is the original's. */
static void
put_title(struct writer *w, const char *value, const char *lang)
{
	put_within(w->out,
	    w->titled ? "titleInfo type=\"translated\"" : "titleInfo", "title",
	    lang, value);
	w->titled = true;
}

static void
put_name(struct writer *w, const char *value, const char *role)
{
	buf_puts(w->out, "<name>");
	oai_element(w->out, "namePart", "", value);
	put_within(w->out, "role",
	    "roleTerm type=\"code\" authority=\"marcrelator\"", "", role);
	buf_puts(w->out, "</name>\n");
}

static void
put_creator(struct writer *w, const char *value, const char *lang)
{
	(void)lang;
	put_name(w, value, "aut");
}

static void
put_contributor(struct writer *w, const char *value, const char *lang)
{
	(void)lang;
	put_name(w, value, "ctb");
}

static void
put_subject(struct writer *w, const char *value, const char *lang)
{
	put_within(w->out, "subject", "topic", lang, value);
}

static void
put_abstract(struct writer *w, const char *value, const char *lang)
{
	oai_element(w->out, "abstract", lang, value);
}

static void
put_publisher(struct writer *w, const char *value, const char *lang)
{
	oai_element(&w->origin, "publisher", lang, value);
}

static void
put_date(struct writer *w, const char *value, const char *lang)
{
	oai_element(&w->origin, "dateIssued encoding=\"w3cdtf\"", lang, value);
}

/* What is in a language is ours to call it, what is in none DCMI's. */
static void
put_type(struct writer *w, const char *value, const char *lang)
{
	if (strcmp(value, "Text") == 0 && *lang == '\0')
		oai_element(w->out, "typeOfResource", "", "text");
	else
		oai_element(w->out,
		    *lang != '\0' ? "genre" : "genre authority=\"dct\"", lang,
		    value);
}

static void
put_format(struct writer *w, const char *value, const char *lang)
{
	oai_element(&w->physical, "internetMediaType", lang, value);
}

static void
put_identifier(struct writer *w, const char *value, const char *lang)
{
	(void)lang;
	if (strncmp(value, "/files/", 7) == 0)
		put_url(w, "location", "url access=\"raw object\"", value);
	else if (*value == '/')
		put_url(w, "location", "url usage=\"primary\"", value);
	else if (strncmp(value, "http", 4) == 0)
		put_url(w, "location", "url", value);
	else
		oai_element(w->out, "identifier type=\"local\"", "", value);
}

static void
put_language(struct writer *w, const char *value, const char *lang)
{
	put_within(w->out, "language",
	    "languageTerm type=\"code\" authority=\"rfc5646\"", lang, value);
}

static void
put_related(struct writer *w, const char *attributes, const char *value)
{
	buf_printf(w->out, "<relatedItem%s>", attributes);
	put_url(w, "location", "url", value);
	buf_puts(w->out, "</relatedItem>\n");
}

static void
put_relation(struct writer *w, const char *value, const char *lang)
{
	(void)lang;
	put_related(w, "", value);
}

static void
put_source(struct writer *w, const char *value, const char *lang)
{
	if (*value == '/')
		put_related(w, " type=\"references\"", value);
	else
		oai_element(w->out, "note type=\"source\"", lang, value);
}

/* Names are in a language, codes are not. */
static void
put_coverage(struct writer *w, const char *value, const char *lang)
{
	put_within(w->out, "subject",
	    *lang != '\0' ? "geographic"
			  : "geographicCode authority=\"iso3166\"",
	    lang, value);
}

static void
put_core(struct writer *w, struct query *core)
{
	static const struct {
		const char *element;
		put *put;
	} parts[] = {
		{ "title", put_title },
		{ "creator", put_creator },
		{ "contributor", put_contributor },
		{ "subject", put_subject },
		{ "description", put_abstract },
		{ "publisher", put_publisher },
		{ "date", put_date },
		{ "type", put_type },
		{ "format", put_format },
		{ "identifier", put_identifier },
		{ "language", put_language },
		{ "relation", put_relation },
		{ "source", put_source },
		{ "coverage", put_coverage },
	};

	while (db_next(core))
		for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
			if (strcmp(parts[i].element, db_text(core, 0)) == 0)
				parts[i].put(w, db_text(core, 1),
				    db_text(core, 2));
}

static void
put_names(struct writer *w, struct query *names)
{
	while (db_next(names))
		put_within(w->out, "titleInfo type=\"alternative\"", "title",
		    db_text(names, 1), db_text(names, 0));
}

/* The journal or series it is a part of, and which part. */
static void
put_host(struct writer *w, const char *type, const char *title,
    const char *number, const char *pages)
{
	if (*title == '\0')
		return;
	buf_printf(w->out, "<relatedItem type=\"%s\">\n", type);
	put_within(w->out, "titleInfo", "title", "", title);
	if (*number != '\0' || *pages != '\0') {
		buf_puts(w->out, "<part>\n");
		put_within(w->out, "detail", "number", "", number);
		put_within(w->out, "extent unit=\"pages\"", "list", "", pages);
		buf_puts(w->out, "</part>\n");
	}
	buf_puts(w->out, "</relatedItem>\n");
}

static void
put_document(struct writer *w, struct query *d)
{
	const char *journal, *number, *pages;

	if (!db_next(d))
		return;
	journal = db_text(d, db_column(d, "journal"));
	number = db_text(d, db_column(d, "number"));
	pages = db_text(d, db_column(d, "pages"));
	put_within(&w->origin, "place", "placeTerm type=\"text\"", "",
	    db_text(d, db_column(d, "place")));
	oai_element(&w->origin, "edition", "",
	    db_text(d, db_column(d, "edition_note")));
	put_host(w, "host", journal, number, pages);
	put_host(w, "series", db_text(d, db_column(d, "series")),
	    *journal == '\0' ? number : "", "");
	if (*journal == '\0')
		oai_element(&w->physical, "extent", "", pages);
	db_next(d);
}

/* An element around what has been gathered, if there is any. */
static void
put_gathered(struct buf *out, const char *name, struct buf *inside)
{
	if (inside->len > 0)
		buf_printf(out, "<%s>\n%s</%s>\n", name, inside->data, name);
	buf_free(inside);
}

static void
put_record_info(struct writer *w)
{
	buf_puts(w->out, "<recordInfo>\n");
	oai_element(w->out, "recordIdentifier source=\"oai\"", "",
	    w->mods->identifier);
	oai_element(w->out, "recordChangeDate encoding=\"w3cdtf\"", "",
	    w->mods->datestamp);
	buf_puts(w->out, "</recordInfo>\n");
}

void
mods_record(struct buf *out, const struct mods *mods)
{
	struct writer w = { .mods = mods, .out = out };

	buf_puts(out,
	    "<mods xmlns=\"http://www.loc.gov/mods/v3\""
	    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
	    " xsi:schemaLocation=\"http://www.loc.gov/mods/v3"
	    " http://www.loc.gov/standards/mods/v3/mods-3-7.xsd\""
	    " version=\"3.7\">\n");
	put_core(&w, mods->core);
	put_names(&w, mods->names);
	put_document(&w, mods->document);
	put_gathered(out, "originInfo", &w.origin);
	put_gathered(out, "physicalDescription", &w.physical);
	oai_element(out, "accessCondition type=\"use and reproduction\"", "",
	    mods->rights);
	put_record_info(&w);
	buf_puts(out, "</mods>\n");
}
