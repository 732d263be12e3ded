#include <string.h>

#include "base/url.h"
#include "view/json.h"
#include "web/admit.h"
#include "web/limit.h"
#include "web/rights.h"
#include "web/session.h"
#include "web/site.h"

static bool
is_post(const struct page *p)
{
	return strcmp(p->request->method, "POST") == 0;
}

/* What was posted, so that it can be sent once more. */
static void
name_fields(struct page *p)
{
	struct buf json = { 0 };

	buf_putc(&json, '[');
	for (size_t i = 0; i < p->form.n; i++) {
		const struct form_field *f = &p->form.fields[i];

		/* a password is typed again, not sent back */
		if (f->filename != NULL || strcmp(f->name, "_csrf") == 0 ||
		    strcmp(f->name, "current") == 0 ||
		    strstr(f->name, "password") != NULL)
			continue;
		buf_puts(&json, json.len > 1 ? ",[" : "[");
		json_quote(&json, f->name, strlen(f->name));
		buf_putc(&json, ',');
		json_quote(&json, f->value, f->len);
		buf_putc(&json, ']');
	}
	buf_putc(&json, ']');
	page_text(p, "_fields_json", json.data);
	buf_free(&json);
	page_rows(p, "fields",
	    "SELECT json_extract(value, '$[0]') AS field,"
	    "  json_extract(value, '$[1]') AS value"
	    " FROM json_each(:_fields_json)");
}

/*
 * The form came from a page of ours, but is too old, or its sender has been
 * signed out meanwhile: show what was typed, to be sent again.
 */
static int
ask_again(struct page *p, int status, const char *title, const char *text)
{
	p->format = HTML;
	page_form(p);
	name_fields(p);
	model_change(&p->model, "title", page_string(p, title));
	page_text(p, "_resend_text", page_string(p, text));
	page_text(p, "_resend_signed_out", status == 401 ? "1" : "");
	page_text(p, "_action", p->request->path);
	return page_show(p, status, "resend");
}

/* The way in, and from there back to where they wanted to go. */
static int
send_to_sign_in(struct page *p)
{
	struct buf next = { 0 }, url = { 0 };

	buf_puts(&next, p->request->path);
	if (p->request->query != NULL)
		buf_printf(&next, "?%s", p->request->query);
	buf_printf(&url, "/%s/sign-in?next=", page_lang(p));
	url_encode(&url, buf_text(&next), next.len);
	p->response->personal = true;
	page_redirect(p, 303, page_keep(p, url.data, url.len));
	buf_free(&next);
	buf_free(&url);
	return 303;
}

static int
refuse_visitor(struct page *p, bool *answered)
{
	if (p->format != HTML)
		return 403;
	*answered = true;
	if (!is_post(p))
		return send_to_sign_in(p);
	return ask_again(p, 401, "resend_signed_out", "resend_signed_out_text");
}

/* Read what was posted, and see that a page of ours sent it. */
static int
read_post(struct page *p, bool *answered)
{
	const struct request *q = p->request;
	int64_t seconds;

	if (!form_read(&p->form, &p->arena, q->content_type, q->body,
		q->body_len))
		return 400;
	if (p->route->formats & OPEN)
		return 0;
	if (session_is_foreign(q))
		return 403;
	if (session_sent_it(p, form_get(&p->form, "_csrf"), &seconds)) {
		p->form_age = seconds;
		return 0;
	}
	if (!session_is_ours(q))
		return 403;
	*answered = true;
	return p->member.id == 0 && p->route->who > ANYONE
	    ? ask_again(p, 401, "resend_signed_out", "resend_signed_out_text")
	    : ask_again(p, 403, "resend_old", "resend_old_text");
}

int
admit_page(struct page *p, bool *answered)
{
	int status = is_post(p) ? read_post(p, answered) : 0;

	if (status != 0)
		return status;
	if (!rights_allow(p, p->route->who)) {
		p->response->personal = true;
		return p->member.id == 0 ? refuse_visitor(p, answered) : 403;
	}
	if (is_post(p) && p->member.id != 0 &&
	    !limit_take(p, LIMIT_WRITE,
		arena_printf(&p->arena, "%lld", (long long)p->member.id)))
		return site_failure(p->site) != 0 ? site_failure(p->site) : 429;
	return 0;
}
