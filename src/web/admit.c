#include <string.h>

#include "base/url.h"
#include "web/admit.h"
#include "web/limit.h"
#include "web/resend.h"
#include "web/rights.h"
#include "web/session.h"
#include "web/site.h"

static bool
is_post(const struct page *p)
{
	return strcmp(p->request->method, "POST") == 0;
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
	return resend_show(p, 401, "resend_signed_out",
	    "resend_signed_out_text");
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
	    ? resend_show(p, 401, "resend_signed_out", "resend_signed_out_text")
	    : resend_show(p, 403, "resend_old", "resend_old_text");
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
