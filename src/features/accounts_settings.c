/*
 * The member's own pages: what is known of them, the address of their mails,
 * and where they are signed in.
 */
#include <string.h>

#include "base/utf8.h"
#include "features/accounts.h"
#include "features/accounts_own.h"
#include "web/by_mail.h"
#include "web/fault.h"
#include "web/session.h"

enum { ABOUT_MOST = 4000 }; /* characters */

static int
show_profile(struct page *p, int status)
{
	account_choices(p);
	account_frame(p, "profile");
	return page_show(p, status, "accounts/profile");
}

static void
begin_profile(struct page *p)
{
	static const char *const fields[] = { "name", "language", "country",
		"organisation", "about", NULL };

	fault_fields(p, fields);
	page_number(p, "_self", p->member.id);
}

int
accounts_profile(struct page *p)
{
	begin_profile(p);
	if (!page_row(p,
		"SELECT name, lang AS language, country, organisation, about"
		" FROM member WHERE id = :_self"))
		return 404;
	return show_profile(p, 200);
}

int
accounts_profile_post(struct page *p)
{
	const char *about = page_field(p, "about");

	begin_profile(p);
	account_read_profile(p);
	if (utf8_count(about, strlen(about)) > ABOUT_MOST)
		fault_say(p, "about", "account_about_long");
	if (fault_any(p))
		return show_profile(p, 422);
	if (!page_begin(p))
		return 500;
	page_run(p,
	    "UPDATE main.member SET name = :name, lang = :language,"
	    "  country = nullif(:country, ''),"
	    "  organisation = nullif(:organisation, ''),"
	    "  about = nullif(:about, '') WHERE id = :_self");
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/account?done=saved", page_lang(p)));
}

static int
show_email(struct page *p, int status)
{
	account_frame(p, "email");
	page_text(p, "old_email", p->member.email);
	return page_show(p, status, "accounts/email");
}

static void
begin_email(struct page *p)
{
	static const char *const fields[] = { "email", "current", NULL };

	fault_fields(p, fields);
}

int
accounts_email(struct page *p)
{
	begin_email(p);
	page_text(p, "email", "");
	return show_email(p, 200);
}

/* Where the new address has an account, its owner is told, and nobody else. */
static bool
put_email(struct page *p, const char *email)
{
	const char *lang = p->member.lang;
	bool known;

	page_number(p, "_self", p->member.id);
	by_mail_link(p, lang, "account/email");
	page_text(p, "sign_in", arena_printf(&p->arena, "/%s/sign-in", lang));
	page_text(p, "reset", arena_printf(&p->arena, "/%s/password", lang));
	if (!page_begin(p))
		return false;
	known = page_take(p, "_known",
	    "SELECT id FROM main.member WHERE email_key = lower(:email)");
	page_run(p,
	    "DELETE FROM state.ticket WHERE member = :_self"
	    " AND purpose = 'email'");
	page_run(p,
	    "INSERT INTO state.ticket (hash, purpose, member, data, created,"
	    "  expires) VALUES (:_ticket, 'email', :_self,"
	    "  json_object('email', :email), unixepoch(),"
	    "  unixepoch() + iif(:_known = '', 2 * 86400, 0))");
	return page_mail(p, known ? "known" : "email", email, lang, NULL) &&
	    page_commit(p);
}

int
accounts_email_post(struct page *p)
{
	int status;

	begin_email(p);
	by_mail_address(p);
	if (fault_any(p))
		return show_email(p, 422);
	status = account_prove(p, NULL);
	if (status == 422)
		return show_email(p, 422);
	if (status != 200)
		return status;
	if (!by_mail_may(p, model_cell(&p->model, "email").text))
		return 429;
	if (!put_email(p, model_cell(&p->model, "email").text))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/account/email?done=email_sent",
		page_lang(p)));
}

int
accounts_email_confirm(struct page *p)
{
	by_mail_ticket(p);
	if (!page_row(p,
		"SELECT json_extract(data, '$.email') AS email"
		" FROM state.ticket WHERE hash = :_ticket"
		" AND purpose = 'email' AND expires > unixepoch()"))
		return account_gone(p);
	page_form(p);
	model_change(&p->model, "title", page_string(p, "email_confirm"));
	return page_show(p, 200, "accounts/email-confirm");
}

/* The old address is told; a way in that was mailed there is closed.  Digests
 * follow. */
static bool
move(struct page *p)
{
	const char *lang;

	page_take(p, "_old",
	    "SELECT email FROM main.member WHERE id = :_owner");
	page_take(p, "_owner_lang",
	    "SELECT lang FROM main.member WHERE id = :_owner");
	if (!page_take(p, "_moved",
		"UPDATE OR IGNORE main.member"
		" SET email = :_new, email_key = lower(:_new)"
		" WHERE id = :_owner AND status <> 'deleted' RETURNING id"))
		return false;
	page_run(p,
	    "DELETE FROM state.ticket WHERE member = :_owner"
	    " AND purpose = 'password'");
	page_run(p,
	    "UPDATE OR IGNORE state.subscriber"
	    " SET email = :_new, email_key = lower(:_new)"
	    " WHERE email_key = lower(:_old)");
	lang = model_cell(&p->model, "_owner_lang").text;
	page_text(p, "link", arena_printf(&p->arena, "/%s/help", lang));
	return page_mail(p, "email-changed", model_cell(&p->model, "_old").text,
	    lang, NULL);
}

int
accounts_email_confirm_post(struct page *p)
{
	by_mail_ticket(p);
	if (!page_begin(p))
		return 500;
	if (!page_take(p, "_new",
		"SELECT json_extract(data, '$.email') FROM state.ticket"
		" WHERE hash = :_ticket AND purpose = 'email'"
		" AND expires > unixepoch()") ||
	    !page_take(p, "_owner",
		"DELETE FROM state.ticket WHERE hash = :_ticket"
		" RETURNING member") ||
	    !move(p)) {
		page_rollback(p);
		return account_gone(p);
	}
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/%s?done=email", page_lang(p),
		p->member.id != 0 ? "account/email" : "sign-in"));
}

/* A browser and its system, out of what the browser says of itself: names
 * that are the same in every language. */
#define BROWSER                                                         \
	"CASE WHEN s.agent LIKE '%Edg%' THEN 'Edge'"                    \
	" WHEN s.agent LIKE '%OPR/%' THEN 'Opera'"                      \
	" WHEN s.agent LIKE '%SamsungBrowser%' THEN 'Samsung Internet'" \
	" WHEN s.agent LIKE '%Firefox%' OR s.agent LIKE '%FxiOS%'"      \
	"  THEN 'Firefox'"                                              \
	" WHEN s.agent LIKE '%Chrom%' OR s.agent LIKE '%CriOS%'"        \
	"  THEN 'Chrome' WHEN s.agent LIKE '%Safari%' THEN 'Safari'"    \
	" ELSE '' END AS browser"
#define SYSTEM                                              \
	"CASE WHEN s.agent LIKE '%Android%' THEN 'Android'" \
	" WHEN s.agent LIKE '%iPhone%' THEN 'iPhone'"       \
	" WHEN s.agent LIKE '%iPad%' THEN 'iPad'"           \
	" WHEN s.agent LIKE '%Windows%' THEN 'Windows'"     \
	" WHEN s.agent LIKE '%Mac OS%' THEN 'macOS'"        \
	" WHEN s.agent LIKE '%CrOS%' THEN 'ChromeOS'"       \
	" WHEN s.agent LIKE '%Linux%' THEN 'Linux' ELSE '' END AS system"

int
accounts_sessions(struct page *p)
{
	account_frame(p, "sessions");
	page_number(p, "_self", p->member.id);
	page_text(p, "_here", p->member.session);
	page_number(p, "_idle", SESSION_IDLE);
	page_number(p, "_life", SESSION_LIFE);
	page_rows(p, "_sessions",
	    "SELECT s.hash AS session, s.network, s.hash = :_here AS here,"
	    "  " BROWSER ", " SYSTEM ","
	    "  date_text(date(s.created, 'unixepoch'), :lang) AS since,"
	    "  date_text(date(s.seen, 'unixepoch'), :lang) AS seen,"
	    "  strftime('%H:%M', s.seen, 'unixepoch') AS seen_time"
	    " FROM state.session s WHERE s.member = :_self"
	    " AND s.seen > unixepoch() - :_idle"
	    " AND s.created > unixepoch() - :_life"
	    " ORDER BY here DESC, s.seen DESC");
	page_row(p,
	    "SELECT count(*) > 1 AS _others FROM state.session"
	    " WHERE member = :_self");
	return page_show(p, 200, "accounts/sessions");
}

/* End one, or all but this. */
int
accounts_sessions_post(struct page *p)
{
	page_number(p, "_self", p->member.id);
	page_text(p, "_here", p->member.session);
	page_field(p, "session");
	if (!page_begin(p))
		return 500;
	page_run(p,
	    "DELETE FROM state.session WHERE member = :_self"
	    " AND hash <> :_here AND (hash = :session OR :session = 'others')");
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/account/sessions?done=session",
		page_lang(p)));
}
