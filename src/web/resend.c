#include <string.h>

#include "view/json.h"
#include "web/resend.h"

static bool
is_secret(const struct form_field *f)
{
	return strcmp(f->name, "current") == 0 ||
	    strstr(f->name, "password") != NULL;
}

/* The fields that were posted, secret ones or the others, as rows. */
static const char *
list_fields(struct page *p, bool secret)
{
	struct buf json = { 0 };
	const char *kept;

	buf_putc(&json, '[');
	for (size_t i = 0; i < p->form.n; i++) {
		const struct form_field *f = &p->form.fields[i];

		if (f->filename != NULL || strcmp(f->name, "_csrf") == 0 ||
		    is_secret(f) != secret)
			continue;
		buf_puts(&json, json.len > 1 ? ",[" : "[");
		json_quote(&json, f->name, strlen(f->name));
		buf_putc(&json, ',');
		json_quote(&json, secret ? "" : f->value, secret ? 0 : f->len);
		buf_putc(&json, ']');
	}
	buf_putc(&json, ']');
	kept = page_keep(p, json.data, json.len);
	buf_free(&json);
	return kept;
}

/* What was posted, so that it can be sent once more. */
static void
name_fields(struct page *p)
{
	page_text(p, "_fields_json", list_fields(p, false));
	page_rows(p, "fields",
	    "SELECT json_extract(value, '$[0]') AS field,"
	    "  json_extract(value, '$[1]') AS value"
	    " FROM json_each(:_fields_json)");
	page_text(p, "_secrets_json", list_fields(p, true));
	page_rows(p, "secrets",
	    "SELECT json_extract(value, '$[0]') AS secret,"
	    "  json_extract(value, '$[0]') = 'current' AS _is_current"
	    " FROM json_each(:_secrets_json)");
}

static int
show(struct page *p, int status, const char *title)
{
	p->format = HTML;
	page_form(p);
	name_fields(p);
	model_change(&p->model, "title", page_string(p, title));
	page_text(p, "_resend_signed_out", status == 401 ? "1" : "");
	page_text(p, "_action", p->request->path);
	return page_show(p, status, "resend");
}

int
resend_show(struct page *p, int status, const char *title, const char *text)
{
	page_text(p, "_resend_text", page_string(p, text));
	page_text(p, "_from", "");
	return show(p, status, title);
}

int
resend_too_often(struct page *p, const char *from)
{
	page_text(p, "_resend_text", "");
	page_text(p, "_from", from);
	return show(p, 429, "error_429");
}
