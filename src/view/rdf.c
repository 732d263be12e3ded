#include <stdbool.h>
#include <string.h>

#include "view/rdf.h"
#include "view/xml.h"

static const struct {
	const char *prefix, *uri;
} prefixes[] = {
	{ "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#" },
	{ "skos", "http://www.w3.org/2004/02/skos/core#" },
	{ "dct", "http://purl.org/dc/terms/" },
};

enum { PREFIXES = sizeof(prefixes) / sizeof(prefixes[0]) };

void
rdf_begin(struct rdf *r)
{
	bool xml = r->syntax == RDF_XML;

	if (xml)
		buf_puts(r->out,
		    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rdf:RDF");
	for (size_t i = 0; i < PREFIXES; i++)
		buf_printf(r->out,
		    xml ? "\n    xmlns:%s=\"%s\"" : "@prefix %s: <%s> .\n",
		    prefixes[i].prefix, prefixes[i].uri);
	if (xml)
		buf_puts(r->out, ">\n");
}

/* An address within <>: what may not stand there is percent-encoded. */
static void
put_iri(struct buf *out, const char *uri)
{
	for (; *uri != '\0'; uri++)
		if (*uri > ' ' && *uri < 0x7f &&
		    strchr("<>\"{}|^`\\", *uri) == NULL)
			buf_putc(out, *uri);
		else
			buf_printf(out, "%%%02X", (unsigned)(*uri & 0xff));
}

static void
put_uri(struct rdf *r, const char *uri)
{
	struct buf iri = { 0 };

	put_iri(&iri, uri);
	if (r->syntax == RDF_XML)
		xml_text(r->out, buf_text(&iri), iri.len);
	else
		buf_puts(r->out, buf_text(&iri));
	buf_free(&iri);
}

/* A string of Turtle, without its quotes. */
static void
put_string(struct buf *out, const char *text)
{
	struct buf clean = { 0 };

	xml_clean(&clean, text, strlen(text));
	for (const char *s = buf_text(&clean); *s != '\0'; s++) {
		if (*s == '\n')
			buf_puts(out, "\\n");
		else if (*s == '\r')
			buf_puts(out, "\\r");
		else if (*s == '\t')
			buf_puts(out, "\\t");
		else {
			if (*s == '"' || *s == '\\')
				buf_putc(out, '\\');
			buf_putc(out, *s);
		}
	}
	buf_free(&clean);
}

static void
end_node(struct rdf *r)
{
	if (r->type == NULL)
		return;
	if (r->syntax == RDF_XML)
		buf_printf(r->out, "</%s>\n", r->type);
	else
		buf_puts(r->out, " .\n");
	r->type = NULL;
}

void
rdf_node(struct rdf *r, const char *type, const char *uri)
{
	end_node(r);
	r->type = type;
	if (r->syntax == RDF_XML) {
		buf_printf(r->out, "<%s rdf:about=\"", type);
		put_uri(r, uri);
		buf_puts(r->out, "\">\n");
		return;
	}
	buf_puts(r->out, "\n<");
	put_uri(r, uri);
	buf_printf(r->out, ">\n    a %s", type);
}

void
rdf_text(struct rdf *r, const char *predicate, const char *text,
    const char *lang)
{
	if (r->syntax == RDF_XML) {
		buf_printf(r->out, "  <%s", predicate);
		if (*lang != '\0')
			buf_printf(r->out, " xml:lang=\"%s\"", lang);
		buf_putc(r->out, '>');
		xml_text(r->out, text, strlen(text));
		buf_printf(r->out, "</%s>\n", predicate);
		return;
	}
	buf_printf(r->out, " ;\n    %s \"", predicate);
	put_string(r->out, text);
	buf_printf(r->out, *lang != '\0' ? "\"@%s" : "\"%s", lang);
}

void
rdf_link(struct rdf *r, const char *predicate, const char *uri)
{
	bool xml = r->syntax == RDF_XML;

	buf_printf(r->out, xml ? "  <%s rdf:resource=\"" : " ;\n    %s <",
	    predicate);
	put_uri(r, uri);
	buf_puts(r->out, xml ? "\"/>\n" : ">");
}

void
rdf_end(struct rdf *r)
{
	end_node(r);
	if (r->syntax == RDF_XML)
		buf_puts(r->out, "</rdf:RDF>\n");
}
