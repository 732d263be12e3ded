#include <string.h>

#include <libxml/xmlreader.h>

#include "data/office.h"
#include "data/unzip.h"

enum { ENTRY_MAX = 64 * 1024 * 1024, TEXT_MAX = 4 * 1024 * 1024 };

/* How each kind of document has its words. */
struct dialect {
	const char *type;
	const char *entries[4]; /* the first has to be there */
	const char *words;      /* only in this element; NULL: in any */
	const char *skip[3];    /* these, and all in them, are no text */
	const char *lines[5];   /* a line ends with these */
	const char *blanks[4];  /* these are a blank */
};

#define ODF "application/vnd.oasis.opendocument."
#define OOXML "application/vnd.openxmlformats-officedocument."

static const struct dialect dialects[] = {
	{ ODF "text", { "content.xml" }, NULL, { "tracked-changes", "scripts" },
	    { "p", "h", "line-break" }, { "tab", "s" } },
	{ ODF "spreadsheet", { "content.xml" }, NULL,
	    { "tracked-changes", "scripts" }, { "p", "table-row" },
	    { "tab", "s" } },
	{ OOXML "wordprocessingml.document",
	    { "word/document.xml", "word/footnotes.xml", "word/endnotes.xml" },
	    "t", { NULL }, { "p", "br", "cr" }, { "tab" } },
	{ OOXML "spreadsheetml.sheet",
	    { "xl/workbook.xml", "xl/sharedStrings.xml" }, "t", { "rPh" },
	    { "si" }, { NULL } },
};

static bool
is_one_of(const char *name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n && list[i] != NULL; i++)
		if (strcmp(name, list[i]) == 0)
			return true;
	return false;
}

#define IS_ONE_OF(name, list) \
	is_one_of(name, list, sizeof(list) / sizeof((list)[0]))

/* A blank, or a line end, but never two. */
static void
put_gap(struct buf *out, char gap)
{
	if (out->len == 0 || out->data[out->len - 1] == '\n')
		return;
	if (out->data[out->len - 1] != ' ')
		buf_putc(out, gap);
	else
		out->data[out->len - 1] = gap;
}

/* Where we are in a document. */
struct place {
	const struct dialect *dialect;
	int words;   /* how many elements with words we are in */
	int skipped; /* the depth of the one that is left out, or -1 */
};

static void
begin_element(struct place *p, xmlTextReaderPtr r, struct buf *out)
{
	const char *name = (const char *)xmlTextReaderConstLocalName(r);
	const struct dialect *d = p->dialect;
	bool empty = xmlTextReaderIsEmptyElement(r) == 1;

	if (p->skipped != -1)
		return;
	if (IS_ONE_OF(name, d->skip) && !empty)
		p->skipped = xmlTextReaderDepth(r);
	if (d->words != NULL && strcmp(name, d->words) == 0 && !empty)
		p->words++;
	if (IS_ONE_OF(name, d->blanks))
		put_gap(out, ' ');
	if (empty && IS_ONE_OF(name, d->lines))
		put_gap(out, '\n');
}

static void
end_element(struct place *p, xmlTextReaderPtr r, struct buf *out)
{
	const char *name = (const char *)xmlTextReaderConstLocalName(r);
	const struct dialect *d = p->dialect;

	if (p->skipped != -1) {
		if (xmlTextReaderDepth(r) == p->skipped)
			p->skipped = -1;
		return;
	}
	if (d->words != NULL && strcmp(name, d->words) == 0 && p->words > 0)
		p->words--;
	if (IS_ONE_OF(name, d->lines))
		put_gap(out, '\n');
}

static void
put_words(const struct place *p, xmlTextReaderPtr r, struct buf *out)
{
	const char *s = (const char *)xmlTextReaderConstValue(r);

	if (s == NULL || p->skipped != -1 ||
	    (p->dialect->words != NULL && p->words == 0))
		return;
	for (; *s != '\0'; s++) {
		if ((unsigned char)*s <= ' ')
			put_gap(out, ' ');
		else
			buf_putc(out, *s);
	}
}

/* False if there is to be no more: it is a DTD, which no such document has. */
static bool
take(struct place *p, xmlTextReaderPtr r, struct buf *out)
{
	switch (xmlTextReaderNodeType(r)) {
	case XML_READER_TYPE_ELEMENT:
		begin_element(p, r, out);
		return true;
	case XML_READER_TYPE_END_ELEMENT:
		end_element(p, r, out);
		return true;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		put_words(p, r, out);
		return true;
	case XML_READER_TYPE_DOCUMENT_TYPE:
	case XML_READER_TYPE_ENTITY_REFERENCE:
		return false;
	default:
		return true;
	}
}

static void
say_nothing(void *ctx, const char *format, ...)
{
	(void)ctx;
	(void)format;
}

static bool
read_xml(const struct dialect *d, const struct buf *xml, struct buf *out)
{
	struct place p = { .dialect = d, .skipped = -1 };
	xmlTextReaderPtr r =
	    xmlReaderForMemory(buf_text(xml), (int)xml->len, NULL, NULL,
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
		    XML_PARSE_COMPACT);
	bool good = r != NULL;
	int more = 0;

	while (good && out->len < TEXT_MAX &&
	    (more = xmlTextReaderRead(r)) == 1)
		good = take(&p, r, out);
	if (r != NULL)
		xmlFreeTextReader(r);
	return good && more != -1;
}

static const struct dialect *
dialect_of(const char *type)
{
	for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++)
		if (strcmp(dialects[i].type, type) == 0)
			return &dialects[i];
	return NULL;
}

static bool
read_entries(const struct dialect *d, struct unzip *u, struct buf *out)
{
	struct buf xml = { 0 };
	bool good = true;

	for (size_t i = 0; good && i < 4 && d->entries[i] != NULL; i++) {
		if (!unzip_has(u, d->entries[i])) {
			good = i > 0;
			continue;
		}
		buf_clear(&xml);
		good = unzip_read(u, d->entries[i], ENTRY_MAX, &xml) &&
		    read_xml(d, &xml, out);
		if (out->len > 0)
			put_gap(out, '\n');
	}
	buf_free(&xml);
	return good;
}

bool
office_text(struct buf *out, const char *type, const char *bytes, size_t len)
{
	const struct dialect *d = dialect_of(type);
	enum unzip_fault fault;
	struct unzip *u;
	bool good;

	if (d == NULL || (u = unzip_open(bytes, len, &fault)) == NULL)
		return false;
	xmlSetGenericErrorFunc(NULL, say_nothing);
	good = read_entries(d, u, out);
	unzip_close(u);
	return good;
}
