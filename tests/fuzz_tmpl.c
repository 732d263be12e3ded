/* Any text is a template or a fault that is told, and any template a page. */
#include <stdint.h>

#include "test.h"
#include "view/tmpl.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char *
string(const void *ctx, const char *name)
{
	(void)ctx;
	if (strcmp(name, "t.text") == 0)
		return "A <string> with {{text}} & {{#rows}}{{n}}{{/rows}}";
	if (strcmp(name, "t.loop") == 0)
		return "{{t.loop}}";
	return strcmp(name, "a.file") == 0 ? "/a/file" : NULL;
}

static void
fill(struct model *m, struct db *db)
{
	model_text(m, "text", "<script>\"'&\2\3");
	model_text(m, "text_html", "<b>");
	model_text(m, "empty", "");
	model_number(m, "zero", "0");
	model_rows(m, "rows", "",
	    db_query(db, "SELECT 1 AS n, 'a' AS text UNION ALL SELECT 2, ''"));
	model_rows(m, "inner", "rows",
	    db_query(db, "SELECT :n AS k WHERE :n > 1"));
	model_rows(m, "none", "", db_query(db, "SELECT 1 AS n WHERE 0"));
	model_row(m, db_query(db, "SELECT 'r' AS column_name, NULL AS nil"));
}

static void
write_template(const char *path, const uint8_t *data, size_t size)
{
	FILE *f = fopen(path, "w");

	if (f == NULL || fwrite(data, 1, size, f) != size || fclose(f) != 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct db *db;
	static char path[256];
	struct buf why = { 0 }, out = { 0 };
	struct model m = { 0 };
	struct tmpl *t;

	if (db == NULL) {
		db = db_open(":memory:", DB_CREATE);
		snprintf(path, sizeof(path), "%s/page.x", test_dir());
	}
	write_template(path, data, size);
	t = tmpl_open(test_dir(), "page.x", string, NULL, &why);
	if ((t == NULL) != (why.len > 0))
		abort();
	if (t != NULL) {
		fill(&m, db);
		tmpl_render(t, &m, &out);
		if (has(buf_text(&out), "<script>") &&
		    memmem(data, size, "script>", 7) == NULL)
			abort();
		tmpl_free(t);
	}
	db_release(db);
	buf_free(&why);
	buf_free(&out);
	return 0;
}
