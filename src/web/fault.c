#include <string.h>

#include "view/json.h"
#include "web/fault.h"

static const char *
name_of(struct page *p, const char *field)
{
	return arena_printf(&p->arena, "_fault_%s", field);
}

void
fault_fields(struct page *p, const char *const *fields)
{
	for (; *fields != NULL; fields++)
		page_text(p, name_of(p, *fields), "");
	page_text(p, "_faults_json", "[]");
	page_rows(p, "_faults",
	    "SELECT json_extract(value, '$[0]') AS field,"
	    "  json_extract(value, '$[1]') AS text"
	    " FROM json_each(:_faults_json)");
}

bool
fault_any(const struct page *p)
{
	return strcmp(model_cell(&p->model, "_faults_json").text, "[]") != 0;
}

void
fault_say(struct page *p, const char *field, const char *key)
{
	const char *text = page_string(p, key), *name = name_of(p, field);
	struct cell so_far = model_cell(&p->model, "_faults_json");
	struct buf json = { 0 };

	if (*model_cell(&p->model, name).text != '\0')
		return;
	model_change(&p->model, name, text);
	buf_put(&json, so_far.text, so_far.len - 1);
	buf_puts(&json, json.len > 1 ? ",[" : "[");
	json_quote(&json, field, strlen(field));
	buf_putc(&json, ',');
	json_quote(&json, text, strlen(text));
	buf_puts(&json, "]]");
	model_change(&p->model, "_faults_json",
	    page_keep(p, json.data, json.len));
	buf_free(&json);
}
