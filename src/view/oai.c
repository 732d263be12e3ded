#include <stdio.h>
#include <string.h>
#include <time.h>

#include "view/oai.h"
#include "view/xml.h"

static void
put_text(struct buf *out, const char *text)
{
	xml_text(out, text, strlen(text));
}

static void
put_now(struct buf *out)
{
	time_t now = time(NULL);
	char text[32];
	struct tm tm;

	gmtime_r(&now, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	buf_puts(out, text);
}

void
oai_begin(struct buf *out, const char *url, const struct oai_argument *a)
{
	buf_puts(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\""
	    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
	    " xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/"
	    " http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd\">\n"
	    "<responseDate>");
	put_now(out);
	buf_puts(out, "</responseDate>\n<request");
	for (; a->name != NULL; a++) {
		if (a->text == NULL)
			continue;
		buf_printf(out, " %s=\"", a->name);
		put_text(out, a->text);
		buf_putc(out, '"');
	}
	buf_putc(out, '>');
	xml_url(out, url);
	buf_puts(out, "</request>\n");
}

void
oai_error(struct buf *out, const char *code, const char *why)
{
	buf_printf(out, "<error code=\"%s\">", code);
	put_text(out, why);
	buf_puts(out, "</error>\n");
}

void
oai_end(struct buf *out)
{
	buf_puts(out, "</OAI-PMH>\n");
}

void
oai_element(struct buf *out, const char *name, const char *lang,
    const char *text)
{
	if (*text == '\0')
		return;
	buf_printf(out, "<%s", name);
	if (*lang != '\0') {
		buf_puts(out, " xml:lang=\"");
		put_text(out, lang);
		buf_putc(out, '"');
	}
	buf_putc(out, '>');
	put_text(out, text);
	buf_printf(out, "</%.*s>\n", (int)strcspn(name, " "), name);
}

void
oai_domain(struct buf *out, const char *base)
{
	const char *host = strstr(base, "://");

	host = host != NULL ? host + 3 : base;
	xml_text(out, host, strcspn(host, ":/"));
}

void
oai_header(struct buf *out, const struct oai_header *h)
{
	buf_printf(out, "<header%s>\n<identifier>oai:",
	    h->deleted ? " status=\"deleted\"" : "");
	oai_domain(out, h->base);
	buf_putc(out, ':');
	put_text(out, h->local);
	buf_puts(out, "</identifier>\n");
	oai_element(out, "datestamp", "", h->datestamp);
	while (db_next(h->sets))
		oai_element(out, "setSpec", "", db_text(h->sets, 0));
	buf_puts(out, "</header>\n");
}

bool
oai_is_address(const char *element, const char *value)
{
	return *value == '/' &&
	    (strcmp(element, "identifier") == 0 ||
		strcmp(element, "relation") == 0 ||
		strcmp(element, "source") == 0);
}

/* Only words are in a language: for a date, or a name, none is said. */
static void
put_core(struct buf *out, const char *base, struct query *core)
{
	const char *element = db_text(core, 0), *value = db_text(core, 1);
	char name[32];

	snprintf(name, sizeof(name), "dc:%s", element);
	if (!oai_is_address(element, value)) {
		oai_element(out, name, db_text(core, 2), value);
		return;
	}
	buf_printf(out, "<%s>", name);
	xml_url(out, base);
	xml_url(out, value);
	buf_printf(out, "</%s>\n", name);
}

void
oai_dublin_core(struct buf *out, const char *base, struct query *core,
    const char *rights)
{
	buf_puts(out,
	    "<oai_dc:dc"
	    " xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\""
	    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
	    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
	    " xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/oai_dc/"
	    " http://www.openarchives.org/OAI/2.0/oai_dc.xsd\">\n");
	while (db_next(core))
		put_core(out, base, core);
	oai_element(out, "dc:rights", "", rights);
	buf_puts(out, "</oai_dc:dc>\n");
}

/* We give it in our own words, so it is altered. */
void
oai_provenance(struct buf *out, struct query *origins)
{
	while (db_next(origins)) {
		buf_puts(out,
		    "<about>\n<provenance xmlns="
		    "\"http://www.openarchives.org/OAI/2.0/provenance\""
		    " xsi:schemaLocation="
		    "\"http://www.openarchives.org/OAI/2.0/provenance"
		    " http://www.openarchives.org/OAI/2.0/provenance.xsd\">\n"
		    "<originDescription altered=\"true\" harvestDate=\"");
		put_text(out, db_text(origins, 3));
		buf_puts(out, "\">\n<baseURL>");
		xml_url(out, db_text(origins, 0));
		buf_puts(out, "</baseURL>\n");
		oai_element(out, "identifier", "", db_text(origins, 1));
		oai_element(out, "datestamp", "", db_text(origins, 2));
		buf_puts(out,
		    "<metadataNamespace>"
		    "http://www.openarchives.org/OAI/2.0/oai_dc/"
		    "</metadataNamespace>\n</originDescription>\n"
		    "</provenance>\n</about>\n");
	}
}
