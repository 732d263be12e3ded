/*
 * What the pages of accounts have in common: see accounts_own.h.
 */
#include <string.h>

#include "features/accounts_own.h"
#include "web/by_mail.h"
#include "web/fault.h"
#include "web/limit.h"

/* Of nothing that anybody could type, and as slow as any other. */
const char account_nobody[] =
    "$argon2id$v=19$m=65536,t=2,p=1$bm9ib2R5bm9ib2R5bm8$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

const char *
account_home(struct page *p)
{
	return arena_printf(&p->arena, "/%s/dashboard", page_lang(p));
}

int
account_gone(struct page *p)
{
	model_change(&p->model, "title", page_string(p, "account_gone"));
	return page_show(p, 410, "accounts/gone");
}

int
account_prove(struct page *p, const char *next)
{
	const char *key = by_mail_key(p, p->member.email);
	const char *hash = account_nobody;
	const struct work *work;
	struct query *q;

	if (p->request->done == NULL &&
	    !limit_take(p, LIMIT_SIGN_IN_ACCOUNT, key))
		return 429;
	q = db_restart(db_query(page_db(p),
	    "SELECT password FROM member WHERE id = :member"
	    " AND password IS NOT NULL"));
	db_set_int(q, "member", p->member.id);
	if (db_next(q))
		hash = page_keep(p, db_text(q, 0), db_cell(q, 0).len);
	db_restart(q);
	work = page_work_change(p, form_get(&p->form, "current"), hash, next);
	if (work == NULL)
		return 0;
	if (!work->fits) {
		fault_say(p, "current", "account_current_wrong");
		return 422;
	}
	limit_give_back(p, LIMIT_SIGN_IN_ACCOUNT, key);
	return 200;
}

void
account_frame(struct page *p, const char *which)
{
	static const struct {
		const char *which, *name, *title;
	} parts[] = {
		{ "profile", "_at_profile", "account" },
		{ "email", "_at_email", "account_at_email" },
		{ "password", "_at_password", "account_at_password" },
		{ "sessions", "_at_sessions", "account_at_sessions" },
		{ "delete", "_at_delete", "account_at_delete" },
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		bool here = strcmp(parts[i].which, which) == 0;

		page_number(p, parts[i].name, here);
		if (here)
			model_change(&p->model, "title",
			    page_string(p, parts[i].title));
	}
	page_form(p);
}
