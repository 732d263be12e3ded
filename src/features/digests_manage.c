/*
 * The ways out of digests and the newsletter, by links in each of their mails:
 * one ends what the mail was about, with one click (RFC 8058); the other leads to
 * all that is sent to the address.
 */
#include <stdlib.h>
#include <time.h>

#include "data/subscription.h"
#include "data/unsubscribe.h"
#include "features/digests.h"
#include "features/digests_own.h"

const char *
digests_own_url(struct page *p, int64_t subscriber)
{
	return arena_printf(&p->arena, "/%s/digests/manage/%s", page_lang(p),
	    unsubscribe_token(page_db(p), &p->arena, "subscriber", subscriber));
}

/* Names _id of what the address's token is for. */
static bool
find(struct page *p, const char *what, const char *title)
{
	int64_t id = unsubscribe_whose(page_db(p), what,
	    model_cell(&p->model, "token").text);

	page_number(p, "_id", id);
	p->response->personal = true;
	model_change(&p->model, "title", page_string(p, title));
	return id != 0;
}

/*
 * All that is sent to an address.
 */

static int
show_all(struct page *p)
{
	page_form(p);
	if (!page_row(p,
		"SELECT email AS _email FROM state.subscriber WHERE id = :_id"))
		page_text(p, "_email", "");
	page_rows(p, "subscriptions",
	    "SELECT s.id AS subscription, s.title, s.lang AS mail_lang,"
	    "  s.period = 'daily' AS daily, s.period = 'weekly' AS weekly,"
	    "  s.created, date_text(substr(s.created, 1, 10), :lang)"
	    "   AS created_text,"
	    "  '/' || :lang || s.path || iif(s.query = '', '', '?' || s.query)"
	    "   AS url FROM state.subscription s WHERE s.subscriber = :_id"
	    " ORDER BY s.id DESC");
	return page_show(p, 200, "digests/manage");
}

int
digests_manage(struct page *p)
{
	return find(p, "subscriber", "digests_manage") ? show_all(p) : 404;
}

/* One button, one change: "daily", "weekly", "end", "end_all". */
static void
change(struct page *p)
{
	page_field(p, "do");
	page_field(p, "subscription");
	/* the next one comes at its time, not now */
	page_number(p, "_day", subscription_day(time(NULL)));
	page_run(p,
	    "UPDATE state.subscription SET period = :do, day = max(day, :_day)"
	    " WHERE subscriber = :_id AND id = :subscription"
	    " AND period <> 'issue' AND :do IN ('daily', 'weekly')");
	page_run(p,
	    "DELETE FROM state.subscription WHERE subscriber = :_id"
	    " AND ((:do = 'end' AND id = :subscription) OR :do = 'end_all')");
}

/* An address that gets nothing is not kept, nor is a mail that was on its way
 * for what has ended. */
static void
forget(struct page *p)
{
	page_run(p,
	    "DELETE FROM state.subscriber WHERE id NOT IN"
	    " (SELECT subscriber FROM state.subscription)");
	page_run(p,
	    "DELETE FROM state.outbox WHERE sent IS NULL AND given_up IS NULL"
	    " AND ((once LIKE 'digest %' AND NOT EXISTS (SELECT 1"
	    "   FROM state.subscription s"
	    "   WHERE s.id = CAST (substr(once, 8) AS INTEGER)))"
	    "  OR (once LIKE 'newsletter %' AND NOT EXISTS (SELECT 1"
	    "   FROM state.subscriber u JOIN state.subscription s"
	    "    ON s.subscriber = u.id AND s.period = 'issue'"
	    "   WHERE u.email_key = lower(recipient))))");
}

int
digests_manage_post(struct page *p)
{
	if (!find(p, "subscriber", "digests_manage"))
		return 404;
	if (!page_begin(p))
		return 500;
	change(p);
	forget(p);
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "%s?done=saved",
		digests_own_url(p,
		    strtoll(model_cell(&p->model, "_id").text, NULL, 10))));
}

/*
 * What one mail was about.
 */

static bool
find_one(struct page *p)
{
	if (!find(p, "digest", "digests_end"))
		return false;
	page_text(p, "_done", "");
	page_text(p, "_manage", "");
	if (!page_row(p,
		"SELECT title AS _digest, subscriber AS _subscriber,"
		"  lang AS mail_lang FROM state.subscription"
		" WHERE id = :_id")) {
		page_text(p, "_digest", "");
		return true;
	}
	model_change(&p->model, "_manage",
	    digests_own_url(p,
		strtoll(model_cell(&p->model, "_subscriber").text, NULL, 10)));
	return true;
}

int
digests_end(struct page *p)
{
	if (!find_one(p))
		return 404;
	page_form(p);
	return page_show(p, 200, "digests/end");
}

/* Programs of mail send this too: they want an answer, and no redirect. */
int
digests_end_post(struct page *p)
{
	if (!find_one(p))
		return 404;
	if (!page_begin(p))
		return 500;
	page_run(p, "DELETE FROM state.subscription WHERE id = :_id");
	forget(p);
	if (!page_commit(p))
		return 500;
	model_change(&p->model, "_done", "1");
	return page_show(p, 200, "digests/end");
}
