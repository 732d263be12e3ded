#include <stdio.h>
#include <string.h>

#include "view/concepts.h"
#include "view/rdf.h"
#include "view/xml.h"

struct telling {
	struct rdf rdf;
	const char *base;   /* scheme and host, before addresses of the site */
	struct buf concept; /* of which the row before told */
	struct buf url;
	char lang[16]; /* TBX: of the words before */
};

static const char *
column(const struct query *row, const char *name)
{
	return db_text(row, db_column(row, name));
}

static const char *
whole(struct telling *t, const char *path)
{
	buf_clear(&t->url);
	buf_printf(&t->url, "%s%s", t->base, path);
	return t->url.data;
}

/* Is the row about another concept than the one before? */
static bool
is_next(struct telling *t, const struct query *row)
{
	const char *concept = column(row, "concept");

	if (strcmp(buf_text(&t->concept), concept) == 0)
		return false;
	buf_clear(&t->concept);
	buf_puts(&t->concept, concept);
	return true;
}

static void
forget(struct telling *t)
{
	buf_free(&t->concept);
	buf_free(&t->url);
}

/*
 * SKOS.
 */

static void
tell_scheme(void *ctx, const struct query *row, size_t n)
{
	struct telling *t = ctx;

	if (n == 0)
		rdf_node(&t->rdf, "skos:ConceptScheme",
		    whole(t, column(row, "scheme")));
	rdf_text(&t->rdf, "dct:title", column(row, "value"),
	    column(row, "value_lang"));
}

static void
tell(void *ctx, const struct query *row, size_t n)
{
	struct telling *t = ctx;
	const char *predicate = column(row, "predicate");
	const char *link = column(row, "link");

	(void)n;
	if (is_next(t, row))
		rdf_node(&t->rdf, "skos:Concept", whole(t, t->concept.data));
	if (*link != '\0')
		rdf_link(&t->rdf, predicate, whole(t, link));
	else
		rdf_text(&t->rdf, predicate, column(row, "value"),
		    column(row, "value_lang"));
}

static bool
skos(const struct model *m, struct telling t)
{
	bool told;

	t.base = model_cell(m, "base").text;
	rdf_begin(&t.rdf);
	told = model_each(m, "_scheme", tell_scheme, &t) &&
	    model_each(m, "_told", tell, &t);
	rdf_end(&t.rdf);
	forget(&t);
	return told;
}

bool
concepts_turtle(const struct model *m, struct buf *out)
{
	return skos(m,
	    (struct telling){ .rdf = { .out = out, .syntax = RDF_TURTLE } });
}

bool
concepts_rdfxml(const struct model *m, struct buf *out)
{
	return skos(m,
	    (struct telling){ .rdf = { .out = out, .syntax = RDF_XML } });
}

/*
 * TBX-Basic: an entry a concept, in it a set a language, in that its terms.
 */

static void
end_set(struct telling *t)
{
	if (t->lang[0] != '\0')
		buf_puts(t->rdf.out, "</langSet>\n");
	t->lang[0] = '\0';
}

static void
end_entry(struct telling *t)
{
	end_set(t);
	if (t->concept.len > 0)
		buf_puts(t->rdf.out, "</termEntry>\n");
}

static void
begin_entry(struct telling *t, const struct query *row)
{
	struct buf *out = t->rdf.out;

	buf_puts(out, "<termEntry id=\"term-");
	xml_url(out, column(row, "concept"));
	buf_puts(out, "\">\n");
}

static void
begin_set(struct telling *t, const char *lang)
{
	end_set(t);
	snprintf(t->lang, sizeof(t->lang), "%s", lang);
	buf_puts(t->rdf.out, "<langSet xml:lang=\"");
	xml_url(t->rdf.out, lang);
	buf_puts(t->rdf.out, "\">\n");
}

static void
put_words(struct buf *out, const char *before, const char *words,
    const char *after)
{
	buf_puts(out, before);
	xml_text(out, words, strlen(words));
	buf_puts(out, after);
}

static void
put_term(struct telling *t, const struct query *row)
{
	struct buf *out = t->rdf.out;
	int64_t place = db_int(row, db_column(row, "place"));

	put_words(out, "<tig><term>", column(row, "value"), "</term>");
	if (place == 3)
		buf_puts(out, "<termNote type=\"termType\">acronym</termNote>");
	buf_printf(out, "<termNote type=\"administrativeStatus\">%s</termNote>",
	    place == 1 ? "preferredTerm-admn-sts" : "admittedTerm-admn-sts");
	buf_puts(out, "</tig>\n");
}

static void
tell_terms(void *ctx, const struct query *row, size_t n)
{
	struct telling *t = ctx;
	const char *lang = column(row, "value_lang");

	(void)n;
	if (strcmp(buf_text(&t->concept), column(row, "concept")) != 0) {
		end_entry(t);
		is_next(t, row);
		begin_entry(t, row);
	}
	if (strncmp(t->lang, lang, sizeof(t->lang)) != 0)
		begin_set(t, lang);
	if (strcmp(column(row, "predicate"), "skos:definition") == 0)
		put_words(t->rdf.out,
		    "<descripGrp><descrip type=\"definition\">",
		    column(row, "value"), "</descrip></descripGrp>\n");
	else
		put_term(t, row);
}

bool
concepts_tbx(const struct model *m, const char *site, struct buf *out)
{
	struct telling t = { .rdf = { .out = out } };
	bool told;

	buf_printf(out,
	    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<!DOCTYPE martif SYSTEM \"TBXBasiccoreStructV02.dtd\">\n"
	    "<martif type=\"TBX-Basic\" xml:lang=\"%s\">\n<martifHeader>"
	    "<fileDesc>",
	    model_cell(m, "lang").text);
	put_words(out, "<titleStmt><title>",
	    model_cell(m, "section_title").text, "</title></titleStmt>");
	put_words(out, "<sourceDesc><p>", site, " ");
	put_words(out, "", model_cell(m, "canonical").text,
	    "</p></sourceDesc>");
	buf_puts(out, "</fileDesc></martifHeader>\n<text><body>\n");
	told = model_each(m, "_told", tell_terms, &t);
	end_entry(&t);
	buf_puts(out, "</body></text>\n</martif>\n");
	forget(&t);
	return told;
}
