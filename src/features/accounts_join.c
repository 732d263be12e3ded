/*
 * Joining: a form, a mail, and a button on the page that the mail leads to.
 *
 * Whether an address has an account already is known to who reads its mail,
 * and to nobody else: what is answered, and what is done for it, is the same.
 * A page that a mail leads to does nothing by itself, since programs that
 * look through mails open it too.
 *
 * Whoever fills in the form need not be who reads the mail.  In another browser
 * than the one it was filled in with, the password has to be typed again: so
 * nobody opens an account for somebody else that they could get into.
 */
#include <stdlib.h>
#include <string.h>

#include "data/password.h"
#include "features/accounts.h"
#include "features/accounts_own.h"
#include "web/by_mail.h"
#include "web/fault.h"
#include "web/limit.h"
#include "web/session.h"

enum { FASTEST = 2 }; /* seconds that a person needs for the form */

static int
show_join(struct page *p, int status)
{
	page_form(p);
	account_choices(p);
	model_change(&p->model, "title", page_string(p, "join"));
	return page_show(p, status, "accounts/join");
}

static void
begin(struct page *p)
{
	static const char *const fields[] = { "name", "email", "password",
		"language", "country", "organisation", NULL };

	fault_fields(p, fields);
	page_text(p, "_once_more", "");
}

int
accounts_join(struct page *p)
{
	if (p->member.id != 0)
		return page_redirect(p, 303, account_home(p));
	begin(p);
	page_text(p, "name", "");
	page_text(p, "email", "");
	page_text(p, "country", "");
	page_text(p, "organisation", "");
	page_text(p, "language", page_lang(p));
	return show_join(p, 200);
}

/* Has a program filled it in?  A person may have done so all the same, and
 * need only send it again. */
static bool
looks_made(struct page *p)
{
	return *form_get(&p->form, "homepage") != '\0' ||
	    (p->request->done == NULL && p->form_age < FASTEST);
}

/* What will make the member waits in a ticket.  Where there is an account, the
 * same is written, but it is over at once, and the mail says so. */
static bool
put_join(struct page *p, const char *hash)
{
	const char *email = model_cell(&p->model, "email").text;
	const char *language = model_cell(&p->model, "language").text;
	char browser[PASSWORD_DIGEST];
	bool known;

	session_browser(p, browser);
	page_text(p, "_browser", browser);
	by_mail_link(p, language, "join");
	page_text(p, "sign_in",
	    arena_printf(&p->arena, "/%s/sign-in", language));
	page_text(p, "reset",
	    arena_printf(&p->arena, "/%s/password", language));
	page_text(p, "_hash", hash);
	if (!page_begin(p))
		return false;
	known = page_take(p, "_known",
	    "SELECT id FROM main.member WHERE email_key = lower(:email)");
	page_run(p,
	    "INSERT INTO state.ticket (hash, purpose, data, created, expires)"
	    " VALUES (:_ticket, 'join', json_object('name', :name,"
	    "  'email', :email, 'password', :_hash, 'lang', :language,"
	    "  'browser', :_browser,"
	    "  'country', nullif(:country, ''),"
	    "  'organisation', nullif(:organisation, '')), unixepoch(),"
	    "  unixepoch() + iif(:_known = '', 2 * 86400, 0))");
	return page_mail(p, known ? "known" : "join", email, language, NULL) &&
	    page_commit(p);
}

int
accounts_join_post(struct page *p)
{
	const char *password;
	const struct work *work;

	begin(p);
	account_read_profile(p);
	by_mail_address(p);
	password = account_read_password(p, "password");
	if (looks_made(p))
		page_text(p, "_once_more", page_string(p, "join_once_more"));
	if (fault_any(p) || *model_cell(&p->model, "_once_more").text != '\0')
		return show_join(p, 422);
	if (p->request->done == NULL &&
	    !by_mail_may(p, model_cell(&p->model, "email").text))
		return 429;
	work = page_work(p, password, NULL);
	if (work == NULL)
		return 0;
	if (!put_join(p, work->hash))
		return 500;
	/* no redirect: the address that was typed is for this page alone */
	model_change(&p->model, "title", page_string(p, "join_sent"));
	return page_show(p, 200, "accounts/join-sent");
}

/* What the ticket is for: name, email, _hash of the password, _other if this is
 * not the browser it was asked for with. */
static bool
find_join(struct page *p)
{
	static const char *const fields[] = { "password", NULL };
	char browser[PASSWORD_DIGEST];

	by_mail_ticket(p);
	session_browser(p, browser);
	page_text(p, "_browser", browser);
	fault_fields(p, fields);
	return page_row(p,
	    "SELECT json_extract(data, '$.name') AS name,"
	    "  json_extract(data, '$.email') AS email,"
	    "  json_extract(data, '$.password') AS _hash,"
	    "  json_extract(data, '$.browser') IS NOT :_browser AS _other"
	    " FROM state.ticket"
	    " WHERE hash = :_ticket AND purpose = 'join'"
	    " AND expires > unixepoch()");
}

static int
show_confirm(struct page *p, int status)
{
	page_form(p);
	model_change(&p->model, "title", page_string(p, "join_confirm"));
	return page_show(p, status, "accounts/join-confirm");
}

int
accounts_join_confirm(struct page *p)
{
	return find_join(p) ? show_confirm(p, 200) : account_gone(p);
}

/* Is it who filled in the form?  200, 422, 429, or 0 while that is found out. */
static int
prove(struct page *p)
{
	const char *key = by_mail_key(p, model_cell(&p->model, "email").text);
	const struct work *work;

	if (strcmp(model_cell(&p->model, "_other").text, "1") != 0)
		return 200;
	if (p->request->done == NULL &&
	    !limit_take(p, LIMIT_SIGN_IN_ACCOUNT, key))
		return 429;
	work = page_work(p, form_get(&p->form, "password"),
	    model_cell(&p->model, "_hash").text);
	if (work == NULL)
		return 0;
	if (work->fits)
		return 200;
	fault_say(p, "password", "join_confirm_wrong");
	return 422;
}

/* Make the member; false if the address has become one meanwhile. */
static bool
add_member(struct page *p)
{
	return page_take(p, "_joined",
	    "INSERT INTO main.member (name, email, email_key, password, lang,"
	    "  country, organisation, created)"
	    " VALUES (json_extract(:_data, '$.name'),"
	    "  json_extract(:_data, '$.email'),"
	    "  lower(json_extract(:_data, '$.email')),"
	    "  json_extract(:_data, '$.password'),"
	    "  json_extract(:_data, '$.lang'),"
	    "  json_extract(:_data, '$.country'),"
	    "  json_extract(:_data, '$.organisation'),"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ'))"
	    " ON CONFLICT (email_key) DO NOTHING RETURNING id");
}

int
accounts_join_confirm_post(struct page *p)
{
	bool joined;
	int status;

	if (!find_join(p))
		return account_gone(p);
	status = prove(p);
	if (status == 422)
		return show_confirm(p, 422);
	if (status != 200)
		return status;
	if (!page_begin(p))
		return 500;
	if (!page_take(p, "_data",
		"DELETE FROM state.ticket WHERE hash = :_ticket"
		" AND purpose = 'join' AND expires > unixepoch()"
		" RETURNING data")) {
		page_rollback(p);
		return account_gone(p);
	}
	joined = add_member(p);
	if (joined)
		session_start(p,
		    strtoll(model_cell(&p->model, "_joined").text, NULL, 10));
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    joined ? arena_printf(&p->arena, "%s?done=joined", account_home(p))
		   : arena_printf(&p->arena, "/%s/sign-in?done=known",
			 page_lang(p)));
}
