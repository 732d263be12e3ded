/* Any bytes can be written as HTML, JSON, XML and CSV, and read back. */
#include <jansson.h>
#include <stdint.h>

#include <libxml/parser.h>

#include "base/utf8.h"
#include "test.h"
#include "view/csv.h"
#include "view/json.h"
#include "view/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
as_html(const char *s, size_t len)
{
	struct buf out = { 0 }, again = { 0 };

	buf_html(&out, s, len);
	for (const char *p = buf_text(&out); (p = strchr(p, '<')) != NULL; p++)
		must(strncmp(p, "<mark>", 6) == 0 ||
		    strncmp(p, "</mark>", 7) == 0);
	must(memchr(buf_text(&out), '"', out.len) == NULL &&
	    memchr(buf_text(&out), '\'', out.len) == NULL);

	/* Byte by byte makes no difference. */
	for (size_t i = 0; i < len; i++)
		buf_html(&again, s + i, 1);
	must(again.len == out.len &&
	    memcmp(buf_text(&again), buf_text(&out), out.len) == 0);
	buf_free(&out);
	buf_free(&again);
}

static void
as_json(const char *s, size_t len)
{
	struct buf out = { 0 };
	json_t *json;

	json_quote(&out, s, len);
	must(utf8_valid(out.data, out.len) == out.len);
	json = json_loadb(out.data, out.len, JSON_DECODE_ANY | JSON_ALLOW_NUL,
	    NULL);
	must(json_is_string(json));
	json_decref(json);
	buf_free(&out);
}

static void
as_xml(const char *s, size_t len)
{
	struct buf out = { 0 };
	xmlDoc *doc;

	buf_puts(&out, "<a b=\"");
	xml_text(&out, s, len);
	buf_puts(&out, "\" c=\"");
	if (memchr(s, '\0', len) == NULL)
		xml_url(&out, s);
	buf_puts(&out, "\">");
	xml_text(&out, s, len);
	buf_puts(&out, "</a>");
	doc = xmlReadMemory(out.data, (int)out.len, "", "UTF-8",
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_HUGE);
	must(doc != NULL);
	xmlFreeDoc(doc);
	buf_free(&out);
}

/* One cell is one record, and no formula. */
static void
as_csv(struct db *db, const char *s)
{
	struct model m = { 0 };
	struct buf out = { 0 };
	const char *line;

	model_text(&m, "text", s);
	model_rows(&m, "results", "", db_query(db, "SELECT :text AS text"));
	csv_render(&m, &out);
	db_release(db);
	must(strncmp(out.data, "text\r\n", 6) == 0);
	line = out.data + 6;
	must(strcmp(out.data + out.len - 2, "\r\n") == 0);
	line += *line == '"';
	must(strchr("=@\t", *line) == NULL || *line == '\0');
	buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct db *db;
	char *s = malloc(size + 1);

	if (db == NULL)
		db = db_open(":memory:", DB_CREATE);
	must(s != NULL);
	memcpy(s, data, size);
	s[size] = '\0';
	as_html(s, size);
	as_json(s, size);
	as_xml(s, size);
	as_csv(db, s);
	free(s);
	return 0;
}
