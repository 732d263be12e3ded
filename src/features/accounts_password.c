/*
 * Another password: for who has forgotten it by mail, for who knows it in the
 * account.  Either way every other session ends, and a mail tells of it.
 */
#include <string.h>

#include "features/accounts.h"
#include "features/accounts_own.h"
#include "web/by_mail.h"
#include "web/fault.h"
#include "web/limit.h"
#include "web/session.h"

static int
show_lost(struct page *p, int status)
{
	page_form(p);
	model_change(&p->model, "title", page_string(p, "lost"));
	return page_show(p, status, "accounts/lost");
}

static void
begin_lost(struct page *p)
{
	static const char *const fields[] = { "email", NULL };

	fault_fields(p, fields);
}

int
accounts_lost(struct page *p)
{
	begin_lost(p);
	page_text(p, "email", p->member.email);
	return show_lost(p, 200);
}

/* A mail goes to the address in any case: where it has no account, it says
 * so, to its owner alone. */
static bool
put_lost(struct page *p, const char *email)
{
	const char *lang;
	bool known;

	page_text(p, "_path",
	    arena_printf(&p->arena, "/%s/join", page_lang(p)));
	if (!page_begin(p))
		return false;
	known = page_take(p, "_known",
	    "SELECT id FROM main.member WHERE email_key = lower(:email)");
	page_take(p, "_known_lang",
	    "SELECT lang FROM main.member WHERE email_key = lower(:email)");
	lang = known ? model_cell(&p->model, "_known_lang").text : page_lang(p);
	by_mail_link(p, lang, "password");
	page_run(p,
	    "INSERT INTO state.ticket (hash, purpose, member, created, expires)"
	    " VALUES (:_ticket, 'password', nullif(:_known, ''), unixepoch(),"
	    "  unixepoch() + iif(:_known = '', 0, 2 * 3600))");
	if (!known)
		page_text(p, "link", model_cell(&p->model, "_path").text);
	return page_mail(p, known ? "password" : "unknown", email, lang,
		   NULL) &&
	    page_commit(p);
}

int
accounts_lost_post(struct page *p)
{
	const char *email;

	begin_lost(p);
	by_mail_address(p);
	if (fault_any(p))
		return show_lost(p, 422);
	email = model_cell(&p->model, "email").text;
	if (!by_mail_may(p, email))
		return 429;
	if (!put_lost(p, email))
		return 500;
	/* no redirect: the address that was typed is for this page alone */
	model_change(&p->model, "title", page_string(p, "lost_sent"));
	return page_show(p, 200, "accounts/lost-sent");
}

/* Whose ticket it is: the names _owner, _owner_lang and email. */
static bool
find_ticket(struct page *p)
{
	by_mail_ticket(p);
	return page_row(p,
	    "SELECT m.id AS _owner, m.lang AS _owner_lang, m.email, m.name"
	    " FROM state.ticket t JOIN main.member m ON m.id = t.member"
	    " WHERE t.hash = :_ticket AND t.purpose = 'password'"
	    " AND t.expires > unixepoch() AND m.status <> 'deleted'");
}

static int
show_renew(struct page *p, int status)
{
	page_form(p);
	model_change(&p->model, "title", page_string(p, "renew"));
	return page_show(p, status, "accounts/renew");
}

static void
begin_renew(struct page *p)
{
	static const char *const fields[] = { "password", NULL };

	fault_fields(p, fields);
}

int
accounts_renew(struct page *p)
{
	begin_renew(p);
	return find_ticket(p) ? show_renew(p, 200) : account_gone(p);
}

/* Everybody is signed out, and what was under way by mail is over: whoever
 * got in with the old password keeps no way in. */
static bool
set_password(struct page *p, const char *hash)
{
	const char *lang = model_cell(&p->model, "_owner_lang").text;

	page_text(p, "_hash", hash);
	page_run(p,
	    "UPDATE main.member SET password = :_hash WHERE id = :_owner");
	page_run(p, "DELETE FROM state.session WHERE member = :_owner");
	page_run(p,
	    "DELETE FROM state.ticket WHERE member = :_owner"
	    " AND purpose IN ('password', 'email')");
	page_text(p, "link", arena_printf(&p->arena, "/%s/password", lang));
	return page_mail(p, "password-changed",
	    model_cell(&p->model, "email").text, lang, NULL);
}

int
accounts_renew_post(struct page *p)
{
	const char *password;
	const struct work *work;

	begin_renew(p);
	if (!find_ticket(p))
		return account_gone(p);
	password = account_read_password(p, "password");
	if (fault_any(p))
		return show_renew(p, 422);
	work = page_work(p, password, NULL);
	if (work == NULL)
		return 0;
	if (!page_begin(p))
		return 500;
	if (!page_take(p, "_spent",
		"DELETE FROM state.ticket WHERE hash = :_ticket"
		" AND expires > unixepoch() RETURNING member")) {
		page_rollback(p);
		return account_gone(p);
	}
	if (!set_password(p, work->hash) || !page_commit(p))
		return 500;
	limit_give_back(p, LIMIT_SIGN_IN_ACCOUNT,
	    by_mail_key(p, model_cell(&p->model, "email").text));
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/sign-in?done=password_chosen",
		page_lang(p)));
}

static int
show_password(struct page *p, int status)
{
	account_frame(p, "password");
	return page_show(p, status, "accounts/password");
}

static void
begin_password(struct page *p)
{
	static const char *const fields[] = { "current", "password", NULL };

	fault_fields(p, fields);
	page_text(p, "name", p->member.name);
	page_text(p, "email", p->member.email);
}

int
accounts_password(struct page *p)
{
	begin_password(p);
	return show_password(p, 200);
}

int
accounts_password_post(struct page *p)
{
	const char *password;
	int status;

	begin_password(p);
	password = account_read_password(p, "password");
	if (fault_any(p))
		return show_password(p, 422);
	status = account_prove(p, password);
	if (status == 422)
		return show_password(p, 422);
	if (status != 200)
		return status;
	page_number(p, "_owner", p->member.id);
	page_text(p, "_owner_lang", p->member.lang);
	if (!page_begin(p) || !set_password(p, p->request->done->next_hash))
		return 500;
	session_start(p, p->member.id);
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/account/password?done=password",
		page_lang(p)));
}
