/*
 * Accounts: signing in and out.
 *
 * Whether an address has an account is never told: the answer and the time it
 * takes are the same.
 */
#include <string.h>

#include "features/accounts.h"
#include "features/accounts_own.h"
#include "web/by_mail.h"
#include "web/limit.h"
#include "web/session.h"

/* A path of this site, to go on to; else the member's front page. */
static const char *
next_path(struct page *p, const char *given)
{
	if (given[0] == '/' && given[1] != '/' && given[1] != '\\' &&
	    strpbrk(given, "\r\n\t \"<>\\") == NULL)
		return given;
	return account_home(p);
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
	const char *next = page_param(p, "next");

	if (p->member.id != 0)
		return page_redirect(p, 303, next_path(p, next));
	page_text(p, "email", "");
	return show_sign_in(p, 200, NULL);
}

/* Whose address it is, with the hash of the password and the status; of
 * nobody's there is a hash too. */
struct owner {
	int64_t id;
	const char *hash;
	bool active;
};

static struct owner
find_owner(struct page *p, const char *email)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT id, password, status = 'active' FROM member"
	    " WHERE email_key = lower(:email) AND password IS NOT NULL"));
	struct owner owner = { .hash = account_nobody };

	db_set_text(q, "email", email);
	if (db_next(q)) {
		owner.id = db_int(q, 0);
		owner.hash = page_keep(p, db_text(q, 1), db_cell(q, 1).len);
		owner.active = db_int(q, 2) == 1;
	}
	db_restart(q);
	return owner;
}

int
accounts_sign_in_post(struct page *p)
{
	const char *email = page_field(p, "email");
	const char *key = by_mail_key(p, email);
	const char *next = page_field(p, "next");
	struct owner owner;
	const struct work *work;

	if (p->request->done == NULL &&
	    (!limit_take(p, LIMIT_SIGN_IN_ADDRESS, NULL) ||
		!limit_take(p, LIMIT_SIGN_IN_ACCOUNT, key)))
		return 429;
	owner = find_owner(p, email);
	work = page_work(p, form_get(&p->form, "password"), owner.hash);
	if (work == NULL)
		return 0;
	if (owner.id == 0 || !work->fits)
		return show_sign_in(p, 403, "sign_in_wrong");
	limit_give_back(p, LIMIT_SIGN_IN_ACCOUNT, key);
	if (!owner.active)
		return show_sign_in(p, 403, "sign_in_disabled");
	if (!page_begin(p))
		return 500;
	session_start(p, owner.id);
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
