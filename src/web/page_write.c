/*
 * Pages that take something in: fields, writes, passwords.
 */
#include <string.h>

#include "base/utf8.h"
#include "view/mail.h"
#include "web/page.h"
#include "web/session.h"
#include "web/site.h"

/* A worker that waits for another process to finish writing keeps all its
 * visitors waiting. */
enum { PATIENCE_MS = 2000 };

const char *
page_field(struct page *p, const char *name)
{
	static const char blank[] = " \t\n\r";
	const char *value = form_get(&p->form, name), *kept;
	size_t len;

	value += strspn(value, blank);
	len = strlen(value);
	while (len > 0 && strchr(blank, value[len - 1]) != NULL)
		len--;
	kept = page_keep(p, value, len);
	model_text(&p->model, name, kept);
	return kept;
}

void
page_form(struct page *p)
{
	if (*model_cell(&p->model, "_csrf").text == '\0')
		model_change(&p->model, "_csrf", session_token(p));
}

struct db *
page_writer(struct page *p)
{
	return site_writer(p->site);
}

bool
page_begin(struct page *p)
{
	return db_begin_within(page_writer(p), PATIENCE_MS);
}

bool
page_commit(struct page *p)
{
	return db_commit(page_writer(p));
}

void
page_rollback(struct page *p)
{
	db_rollback(page_writer(p));
}

static void
start(struct page *p, struct query *q)
{
	const struct scope scope = { .model = &p->model };

	db_start(q, scope_lookup, &scope);
}

bool
page_run_query(struct page *p, struct query *q)
{
	start(p, q);
	return db_run(q);
}

bool
page_take_query(struct page *p, const char *name, struct query *q)
{
	bool found;

	start(p, q);
	found = db_next(q);
	page_text(p, name, found ? db_text(q, 0) : "");
	db_restart(q);
	return found;
}

const struct work *
page_work(struct page *p, const char *password, const char *hash)
{
	return page_work_change(p, password, hash, NULL);
}

const struct work *
page_work_change(struct page *p, const char *password, const char *hash,
    const char *next)
{
	if (p->request->done != NULL)
		return p->request->done;
	p->response->work = work_new(password, hash, next);
	return NULL;
}

bool
page_mail(struct page *p, const char *name, const char *recipient,
    const char *lang, const char *once)
{
	return mailer_put(site_mailer(p->site), page_writer(p),
	    &(struct letter){ .recipient = recipient,
		.lang = lang,
		.name = name,
		.model = &p->model,
		.once = once });
}
