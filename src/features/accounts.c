/*
 * Accounts: signing in and out.
 *
 * Whether an address has an account is never told: the answer and the time it
 * takes are the same.
 */
#include <string.h>

#include "features/accounts.h"
#include "web/limit.h"
#include "web/session.h"
#include "web/site.h"

/* What a password is compared with where there is no account: of nothing that
 * anybody could type, and as slow as any other. */
static const char nobody[] =
    "$argon2id$v=19$m=65536,t=2,p=1$bm9ib2R5bm9ib2R5bm8$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/* A path of this site, to go on to; else the dashboard. */
static const char *
next_path(struct page *p, const char *given)
{
	if (given[0] == '/' && given[1] != '/' && given[1] != '\\' &&
	    strpbrk(given, "\r\n\t \"<>\\") == NULL)
		return given;
	return arena_printf(&p->arena, "/%s/", page_lang(p));
}

static int
show_sign_in(struct page *p, int status, const char *fault)
{
	page_form(p);
	model_change(&p->model, "title", page_string(p, "sign_in"));
	page_text(p, "_fault", fault != NULL ? page_string(p, fault) : "");
	return page_show(p, status, "accounts/sign-in");
}

int
accounts_sign_in(struct page *p)
{
	page_param(p, "next");
	page_text(p, "email", "");
	return show_sign_in(p, 200, NULL);
}

int
accounts_sign_in_post(struct page *p)
{
	const char *email = page_field(p, "email"), *hash = nobody;
	const char *next = page_field(p, "next");
	const struct work *work;
	int64_t member = 0;
	struct query *q;

	if (p->request->done == NULL &&
	    (!limit_take(p, LIMIT_SIGN_IN_ADDRESS, NULL) ||
		!limit_take(p, LIMIT_SIGN_IN_ACCOUNT, email)))
		return 429;
	q = db_restart(db_query(page_db(p),
	    "SELECT id, password FROM member WHERE email_key = lower(:email)"
	    " AND status = 'active'"));
	db_set_text(q, "email", email);
	if (db_next(q)) {
		member = db_int(q, 0);
		hash = page_keep(p, db_text(q, 1), db_cell(q, 1).len);
	}
	db_restart(q);
	work = page_work(p, form_get(&p->form, "password"), hash);
	if (work == NULL)
		return 0;
	if (member == 0 || !work->fits)
		return show_sign_in(p, 403, "sign_in_wrong");
	limit_give_back(p, LIMIT_SIGN_IN_ACCOUNT, email);
	if (!page_begin(p))
		return 500;
	session_start(p, member);
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303, next_path(p, next));
}

int
accounts_sign_out(struct page *p)
{
	if (!page_begin(p))
		return 500;
	session_end(p);
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/", page_lang(p)));
}
