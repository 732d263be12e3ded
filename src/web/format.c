#include <string.h>

#include "view/bibtex.h"
#include "view/concepts.h"
#include "view/csl.h"
#include "view/csv.h"
#include "view/feed.h"
#include "view/icalendar.h"
#include "view/json.h"
#include "view/opml.h"
#include "view/ris.h"
#include "view/vcard.h"
#include "web/feed.h"
#include "web/format.h"
#include "web/linked.h"
#include "web/site.h"

/* Writes the model; false if it has nothing of the kind. */
typedef bool writer(struct page *, struct buf *);

static bool
write_json(struct page *p, struct buf *out)
{
	json_render(&p->model, out);
	return true;
}

static bool
write_csv(struct page *p, struct buf *out)
{
	return csv_render(&p->model, out);
}

static struct feed
feed_of(struct page *p)
{
	feed_parts(p);
	feed_headers(p);
	return (struct feed){
		.site = page_string(p, "site"),
		.about = page_string(p, "foot_note"),
		.hub = site_hub(p->site),
	};
}

static bool
write_atom(struct page *p, struct buf *out)
{
	struct feed f = feed_of(p);

	return feed_atom(&p->model, &f, out);
}

static bool
write_rss(struct page *p, struct buf *out)
{
	struct feed f = feed_of(p);

	return feed_rss(&p->model, &f, out);
}

/* The record of a page, or those of a list, each by a number: what is asked
 * within them is sought by it. */
static const char *
name_records(struct page *p)
{
	if (p->record != 0)
		return "";
	page_rows_in(p, "results", "_record",
	    "SELECT id FROM record WHERE kind = :kind AND slug = :slug");
	return "_record";
}

static bool
write_cited(struct page *p, struct buf *out, cited_writer *write)
{
	page_rows_in(p, name_records(p), "_cited",
	    "SELECT * FROM cited WHERE record = :id AND ui = :lang");
	return cited_each(&p->model, page_string(p, "site"), out, write);
}

static bool
write_ris(struct page *p, struct buf *out)
{
	return write_cited(p, out, ris_put);
}

static bool
write_bibtex(struct page *p, struct buf *out)
{
	return write_cited(p, out, bibtex_put);
}

static bool
write_csl(struct page *p, struct buf *out)
{
	bool written;

	buf_putc(out, '[');
	written = write_cited(p, out, csl_put);
	buf_puts(out, "]\n");
	return written;
}

static bool
write_vcard(struct page *p, struct buf *out)
{
	page_rows_in(p, name_records(p), "_cards",
	    "SELECT * FROM card WHERE record = :id AND ui = :lang");
	return vcard_render(&p->model, out) && (p->record == 0 || out->len > 0);
}

static bool
write_jsonfeed(struct page *p, struct buf *out)
{
	struct feed f = feed_of(p);

	return feed_json(&p->model, &f, out);
}

/* The event of a page, or those of a list and, so that who has one hears of it,
 * the cancelled ones that were chosen too. */
static bool
write_calendar(struct page *p, struct buf *out)
{
	struct calendar c = {
		.site = page_string(p, "site"),
		.month = page_string(p, "calendar_month"),
	};

	if (p->record != 0) {
		page_rows(p, "_calendar",
		    "SELECT * FROM calendar WHERE record = :id AND ui = :lang");
		return icalendar_render(&p->model, &c, out);
	}
	page_rows_in(p, "results", "_calendar",
	    "SELECT c.* FROM record r CROSS JOIN calendar c"
	    " ON c.record = r.id AND c.ui = :lang"
	    " WHERE r.kind = :kind AND r.slug = :slug");
	page_rows(p, "_cancelled",
	    "SELECT c.* FROM record r CROSS JOIN calendar c"
	    " ON c.record = r.id AND c.ui = :lang"
	    " WHERE r.status <> 'published' AND r.kind = 'event'"
	    "  AND r.status = 'archived' AND NOT EXISTS ("
	    "  SELECT 1 FROM json_each(:_choices) j WHERE NOT EXISTS ("
	    "   SELECT 1 FROM facet_value f WHERE f.record = r.id"
	    "    AND f.facet = j.value ->> 'facet'"
	    "    AND instr(',' || (j.value ->> 'values') || ',',"
	    "     ',' || f.value || ',') > 0)) ORDER BY r.id");
	return icalendar_render(&p->model, &c, out);
}

static bool
write_opml(struct page *p, struct buf *out)
{
	return opml_render(&p->model, page_string(p, "site"), out);
}

/* What they are of, in every language. */
static void
name_scheme(struct page *p)
{
	page_text(p, "_scheme_names",
	    linked_string(p, model_cell(&p->model, "section").text));
	page_rows(p, "_scheme",
	    "SELECT '/en/' || :section AS scheme,"
	    "  json_extract(value, '$.\"@value\"') AS value,"
	    "  json_extract(value, '$.\"@language\"') AS value_lang"
	    " FROM json_each(:_scheme_names)");
}

/* All that is said of them. */
static void
name_concepts(struct page *p)
{
	name_scheme(p);
	page_rows_in(p, name_records(p), "_told",
	    "SELECT DISTINCT '/en/' || :section || '/' || :slug AS concept,"
	    "  predicate, value, value_lang, link, place FROM concept_told"
	    " WHERE record = :id ORDER BY place, value_lang, value, link");
}

static bool
write_turtle(struct page *p, struct buf *out)
{
	name_concepts(p);
	return concepts_turtle(&p->model, out);
}

static bool
write_rdfxml(struct page *p, struct buf *out)
{
	name_concepts(p);
	return concepts_rdfxml(&p->model, out);
}

/* Names and definitions alone, language by language. */
static bool
write_tbx(struct page *p, struct buf *out)
{
	page_rows_in(p, name_records(p), "_told",
	    "SELECT :slug AS concept, place, predicate, value, value_lang"
	    " FROM concept_told WHERE record = :id AND place <= 4"
	    " ORDER BY value_lang, place = 4 DESC, place, value");
	return concepts_tbx(&p->model, page_string(p, "site"), out);
}

static const struct form_of_data {
	const char *extension;
	enum format format;
	bool saved; /* as a file, not shown by the browser */
	const char *type;
	writer *write;
} formats[] = {
	{ ".json", JSON, false, "application/json", write_json },
	{ ".csv", CSV, true, "text/csv; charset=utf-8; header=present",
	    write_csv },
	{ ".atom", ATOM, false, "application/atom+xml; charset=utf-8",
	    write_atom },
	{ ".rss", RSS, false, "application/rss+xml; charset=utf-8", write_rss },
	{ ".jsonfeed", JSONFEED, false, "application/feed+json; charset=utf-8",
	    write_jsonfeed },
	{ ".ris", RIS, true,
	    "application/x-research-info-systems; charset=utf-8", write_ris },
	{ ".bib", BIBTEX, true, "application/x-bibtex; charset=utf-8",
	    write_bibtex },
	{ ".csl", CSLJSON, true, "application/vnd.citationstyles.csl+json",
	    write_csl },
	{ ".opml", OPML, true, "text/x-opml; charset=utf-8", write_opml },
	{ ".ics", ICALENDAR, true, "text/calendar; charset=utf-8",
	    write_calendar },
	{ ".vcf", VCARD, true, "text/vcard; charset=utf-8", write_vcard },
	{ ".ttl", TURTLE, true, "text/turtle; charset=utf-8", write_turtle },
	{ ".rdf", RDFXML, true, "application/rdf+xml", write_rdfxml },
	{ ".tbx", TBX, true, "application/x-tbx+xml", write_tbx },
};

enum { NFORMATS = sizeof(formats) / sizeof(formats[0]) };

enum format
format_split(const char *path, size_t *len)
{
	*len = strlen(path);
	for (size_t i = 0; i < NFORMATS; i++) {
		size_t n = strlen(formats[i].extension);

		if (*len <= n ||
		    strcmp(path + *len - n, formats[i].extension) != 0)
			continue;
		*len -= n;
		return formats[i].format;
	}
	return HTML;
}

/* Named like its page: mutua-fr-library.csv. */
static void
name_file(struct page *p, const char *extension)
{
	char *name =
	    arena_printf(&p->arena, "attachment; filename=\"mutua-%s%s%s\"",
		page_lang(p), model_cell(&p->model, "path").text, extension);

	for (char *c = name; *c != '\0'; c++)
		if (*c == '/')
			*c = '-';
	response_header(p->response, "content-disposition", name);
}

bool
format_show(struct page *p)
{
	for (const struct form_of_data *f = formats; f < formats + NFORMATS;
	     f++) {
		if (f->format != p->format)
			continue;
		if (!f->write(p, &p->response->body))
			return false;
		response_header(p->response, "content-type", f->type);
		if (f->saved)
			name_file(p, f->extension);
		return true;
	}
	return false;
}

bool
format_next(const struct page *p, size_t *at, struct other_form *form)
{
	while (*at < NFORMATS) {
		const struct form_of_data *f = &formats[(*at)++];

		if ((p->route->formats & (int)f->format & ~FEEDS) == 0)
			continue;
		/* no calendar has an event of some year */
		if (f->format == ICALENDAR &&
		    strcmp(model_cell(&p->model, "_dated").text, "0") == 0)
			continue;
		/* who is not available has no card */
		if (f->format == VCARD &&
		    model_cell(&p->model, "vcards").len == 0)
			continue;
		*form = (struct other_form){ f->extension, f->type,
			(int)strcspn(f->type, ";") };
		return true;
	}
	return false;
}
