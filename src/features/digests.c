/*
 * Asking for mails of what is new: in a list, a search, or each issue of the
 * newsletter.
 *
 * A member's address is known to be theirs: they get what they ask for at once.
 * For a visitor a mail is sent, which leads to a page with a button; before that
 * is pressed nothing is kept but a ticket.  Whether an address gets mails
 * already is known to who reads them, and to nobody else.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/subscription.h"
#include "features/digests.h"
#include "features/digests_own.h"
#include "web/by_mail.h"
#include "web/fault.h"
#include "web/list.h"
#include "web/site.h"

enum { QUERY_MOST = 1000 }; /* bytes */

static const char newsletter[] = "/newsletter";

static const char *
text(struct page *p, const char *name)
{
	return model_cell(&p->model, name).text;
}

/* Names _of, "/schemes?country=SN", from of_path and of_query. */
static void
name_of(struct page *p)
{
	const char *query = text(p, "of_query");

	page_text(p, "_of",
	    arena_printf(&p->arena, "%s%s%s", text(p, "of_path"),
		*query != '\0' ? "?" : "", query));
}

/* What can be chosen: the list that somebody comes from, and all others. */
static void
name_choices(struct page *p)
{
	page_text(p, "_everything", page_string(p, "list_everything"));
	page_rows(p, "_whats",
	    "SELECT value, label, value = :what AS chosen FROM ("
	    "  SELECT :_of AS value, :_of_title AS label, 0 AS place"
	    "   WHERE :_of <> ''"
	    "  UNION ALL SELECT '/search', :_everything, 1"
	    "   WHERE :_of <> '/search'"
	    "  UNION ALL SELECT '/' || k.path, c.label, 2 + o.place FROM kind k"
	    "   JOIN code o ON o.list = 'kinds' AND o.code = k.kind"
	    "   JOIN code_label c ON c.list = o.list AND c.code = o.code"
	    "    AND c.lang = :lang"
	    "   WHERE k.kind NOT IN ('page', 'region', 'newsletter')"
	    "    AND :_of <> '/' || k.path) ORDER BY place");
	page_rows(p, "_themes",
	    "SELECT r.slug AS code, s.title AS label, r.slug = :theme AS chosen"
	    " FROM shown s JOIN record r ON r.id = s.record"
	    " WHERE s.kind = 'theme' AND s.ui = :lang ORDER BY s.sort");
	page_rows(p, "_languages",
	    "SELECT lang AS code, name AS label, lang = :language AS chosen"
	    " FROM language ORDER BY place");
}

static int
show_form(struct page *p, int status)
{
	bool issue = strcmp(text(p, "_of"), newsletter) == 0;

	page_form(p);
	name_choices(p);
	page_number(p, "_issue", issue);
	page_number(p, "_daily", strcmp(text(p, "period"), "daily") == 0);
	page_text(p, "_own_email", p->member.id != 0 ? p->member.email : "");
	model_change(&p->model, "title",
	    page_string(p, issue ? "digests_newsletter" : "digests"));
	return page_show(p, status, "digests/form");
}

static void
begin(struct page *p)
{
	static const char *const fields[] = { "what", "theme", "period",
		"email", "language", NULL };

	fault_fields(p, fields);
}

int
digests_form(struct page *p)
{
	const char *path = page_param(p, "path");
	const char *query = page_param(p, "query");
	bool there = list_name(p, path, query, page_lang(p));

	begin(p);
	if (there)
		name_of(p);
	else
		page_text(p, "_of", "");
	page_text(p, "_of_title", text(p, "of_title"));
	page_text(p, "what", there ? text(p, "_of") : "/news");
	page_text(p, "theme", "");
	page_text(p, "period", "weekly");
	page_text(p, "email", "");
	page_text(p, "language",
	    p->member.id != 0 ? p->member.lang : page_lang(p));
	return show_form(p, 200);
}

/*
 * Reading the form.
 */

static bool
is_theme(struct page *p, const char *theme)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT 1 FROM record WHERE kind = 'theme' AND slug = :theme"
	    " AND status = 'published'"));

	db_set_text(q, "theme", theme);
	return db_number(q, 0) == 1;
}

/* "/news?country=SN" and a theme, as the list they are. */
static void
read_what(struct page *p, const char *lang)
{
	const char *what = page_field(p, "what");
	const char *theme = page_field(p, "theme");
	size_t len = strcspn(what, "?");
	const char *path = page_keep(p, what, len);
	const char *query = what[len] == '?' ? what + len + 1 : "";

	if (strcmp(path, newsletter) == 0)
		query = "";
	else if (*theme != '\0' && !is_theme(p, theme))
		fault_say(p, "theme", "account_choose");
	else if (*theme != '\0')
		query = arena_printf(&p->arena, "%s%stheme=%s", query,
		    *query != '\0' ? "&" : "", theme);
	if (strlen(query) > QUERY_MOST || !list_name(p, path, query, lang))
		fault_say(p, "what", "account_choose");
}

static void
read_period(struct page *p)
{
	const char *period = page_field(p, "period");

	if (strcmp(text(p, "of_path"), newsletter) == 0)
		model_change(&p->model, "period", "issue");
	else if (strcmp(period, "daily") != 0 && strcmp(period, "weekly") != 0)
		fault_say(p, "period", "account_choose");
}

static const char *
read_language(struct page *p)
{
	const char *language = page_field(p, "language");
	size_t l = 0;

	while (site_languages[l] != NULL &&
	    strcmp(site_languages[l], language) != 0)
		l++;
	if (site_languages[l] == NULL)
		fault_say(p, "language", "account_choose");
	return site_languages[l] != NULL ? site_languages[l] : page_lang(p);
}

/* Where the visitor came from is offered again with what was typed. */
static void
read_origin(struct page *p)
{
	const char *of = page_field(p, "of");
	size_t len = strcspn(of, "?");

	if (list_name(p, page_keep(p, of, len),
		of[len] == '?' ? of + len + 1 : "", page_lang(p)))
		name_of(p);
	else
		page_text(p, "_of", "");
	page_text(p, "_of_title", text(p, "of_title"));
}

/*
 * Subscribing.
 */

/* Within the page's transaction, from email, language, of_path, of_query,
 * of_title and period; false if the address gets as much as it can. */
static bool
subscribe(struct page *p)
{
	page_number(p, "_day", subscription_day(time(NULL)));
	page_number(p, "_seen", subscription_arrivals(page_writer(p)));
	page_number(p, "_most", SUBSCRIPTIONS_MAX);
	page_run(p,
	    "INSERT INTO state.subscriber (email, email_key)"
	    " VALUES (:email, lower(:email)) ON CONFLICT DO NOTHING");
	page_take(p, "_subscriber",
	    "SELECT id FROM state.subscriber WHERE email_key = lower(:email)");
	return page_take(p, "_subscription",
	    "INSERT INTO state.subscription (subscriber, lang, path, query,"
	    "  title, period, created, seen, day)"
	    " SELECT :_subscriber, :language, :of_path, :of_query, :of_title,"
	    "  :period, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), :_seen, :_day"
	    " WHERE (SELECT count(*) FROM state.subscription"
	    "  WHERE subscriber = :_subscriber) < :_most"
	    " ON CONFLICT (subscriber, path, query) DO UPDATE SET"
	    "  lang = excluded.lang, title = excluded.title,"
	    "  period = excluded.period RETURNING id");
}

static int
subscribe_member(struct page *p)
{
	page_text(p, "email", p->member.email);
	if (!page_begin(p))
		return 500;
	if (!subscribe(p)) {
		page_rollback(p);
		fault_say(p, "what", "digests_full");
		return show_form(p, 422);
	}
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/watches?done=subscribed",
		page_lang(p)));
}

/* Ask who reads the mail whether it is wanted.  It has nothing in it that was
 * typed: a form that sends mail to anybody is no way to write to them. */
static int
ask(struct page *p)
{
	const char *email = text(p, "email");

	if (!by_mail_may(p, email))
		return 429;
	by_mail_link(p, text(p, "language"), "digests/confirm");
	page_number(p, "daily", strcmp(text(p, "period"), "daily") == 0);
	page_number(p, "weekly", strcmp(text(p, "period"), "weekly") == 0);
	if (!page_begin(p))
		return 500;
	page_run(p,
	    "INSERT INTO state.ticket (hash, purpose, data, created, expires)"
	    " VALUES (:_ticket, 'subscribe', json_object('email', :email,"
	    "  'language', :language, 'path', :of_path, 'query', :of_query,"
	    "  'title', :of_title, 'period', :period), unixepoch(),"
	    "  unixepoch() + 3 * 86400)");
	if (!page_mail(p, "subscribe", email, text(p, "language"), NULL) ||
	    !page_commit(p))
		return 500;
	return 200;
}

/* No redirect: the address that was typed is for this page alone. */
static int
show_sent(struct page *p)
{
	model_change(&p->model, "title", page_string(p, "digests_sent"));
	return page_show(p, 200, "digests/sent");
}

int
digests_form_post(struct page *p)
{
	int status;

	begin(p);
	read_origin(p);
	read_what(p, read_language(p));
	read_period(p);
	if (p->member.id == 0)
		by_mail_address(p);
	if (fault_any(p))
		return show_form(p, 422);
	if (p->member.id != 0)
		return subscribe_member(p);
	/* people leave it empty */
	status = *form_get(&p->form, "homepage") == '\0' ? ask(p) : 200;
	return status == 200 ? show_sent(p) : status;
}

/*
 * Where the mail leads.
 */

static bool
find_request(struct page *p)
{
	by_mail_ticket(p);
	model_change(&p->model, "title", page_string(p, "digests_confirm"));
	return page_row(p,
	    "SELECT data ->> 'email' AS email,"
	    "  data ->> 'language' AS language, data ->> 'path' AS of_path,"
	    "  data ->> 'query' AS of_query, data ->> 'title' AS of_title,"
	    "  data ->> 'period' AS period,"
	    "  data ->> 'period' = 'daily' AS daily,"
	    "  data ->> 'period' = 'weekly' AS weekly FROM state.ticket"
	    " WHERE hash = :_ticket AND purpose = 'subscribe'"
	    " AND expires > unixepoch()");
}

static int
show_gone(struct page *p)
{
	return page_show(p, 410, "digests/gone");
}

int
digests_confirm(struct page *p)
{
	if (!find_request(p))
		return show_gone(p);
	page_form(p);
	page_text(p, "_full", "");
	return page_show(p, 200, "digests/confirm");
}

int
digests_confirm_post(struct page *p)
{
	if (!find_request(p))
		return show_gone(p);
	if (!page_begin(p))
		return 500;
	page_run(p, "DELETE FROM state.ticket WHERE hash = :_ticket");
	if (!subscribe(p)) {
		page_rollback(p);
		page_form(p);
		page_text(p, "_full", "1");
		return page_show(p, 422, "digests/confirm");
	}
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "%s?done=subscribed",
		digests_own_url(p, strtoll(text(p, "_subscriber"), NULL, 10))));
}
