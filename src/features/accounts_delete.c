/*
 * Leaving.  The member's row stays, so that revisions keep an author, but
 * nothing personal stays in it.
 */
#include "features/accounts.h"
#include "features/accounts_own.h"
#include "web/fault.h"
#include "web/session.h"

static int
show_delete(struct page *p, int status)
{
	account_frame(p, "delete");
	return page_show(p, status, "accounts/delete");
}

static void
begin(struct page *p)
{
	static const char *const fields[] = { "current", NULL };

	fault_fields(p, fields);
	page_number(p, "_self", p->member.id);
}

int
accounts_delete(struct page *p)
{
	begin(p);
	return show_delete(p, 200);
}

/* The row itself; false if there would be no administrator left. */
static bool
clear_member(struct page *p)
{
	return page_take(p, "_gone",
	    "UPDATE main.member SET status = 'deleted', role = 'member',"
	    "  name = NULL, email = NULL, email_key = NULL, password = NULL,"
	    "  country = NULL, organisation = NULL, about = NULL"
	    " WHERE id = :_self AND (role <> 'administrator'"
	    "  OR EXISTS (SELECT 1 FROM main.member o"
	    "   WHERE o.role = 'administrator' AND o.status = 'active'"
	    "   AND o.id <> :_self)) RETURNING id");
}

/* What was sent in and not decided is taken back; what was not sent, and all
 * that only served the member, goes. */
static void
clear_work(struct page *p)
{
	page_run(p, "DELETE FROM main.steward WHERE member = :_self");
	page_run(p, "DELETE FROM main.spokesperson WHERE member = :_self");
	page_run(p, "DELETE FROM state.session WHERE member = :_self");
	page_run(p, "DELETE FROM state.ticket WHERE member = :_self");
	page_run(p, "DELETE FROM state.watch WHERE member = :_self");
	page_run(p, "DELETE FROM state.watch_feed WHERE member = :_self");
	page_run(p, "DELETE FROM state.feed_try WHERE member = :_self");
	page_run(p,
	    "DELETE FROM main.feed WHERE member = :_self"
	    " AND state IN ('waiting', 'declined')");
	page_run(p,
	    "DELETE FROM state.subscriber WHERE email_key = lower(:_email)");
	page_run(p,
	    "DELETE FROM state.outbox WHERE lower(recipient) = lower(:_email)");
	page_run(p,
	    "DELETE FROM state.contribution"
	    " WHERE member = :_self AND state = 'draft'");
	page_run(p,
	    "INSERT INTO state.contribution_note"
	    "  (contribution, time, member, state)"
	    " SELECT id, strftime('%Y-%m-%dT%H:%M:%SZ'), member, 'withdrawn'"
	    " FROM state.contribution"
	    " WHERE member = :_self"
	    " AND state IN ('submitted', 'changes', 'scheduled')");
	page_run(p,
	    "UPDATE state.contribution SET state = 'withdrawn',"
	    "  updated = strftime('%Y-%m-%dT%H:%M:%SZ')"
	    " WHERE member = :_self"
	    " AND state IN ('submitted', 'changes', 'scheduled')");
}

int
accounts_delete_post(struct page *p)
{
	int status;

	begin(p);
	status = account_prove(p, NULL);
	if (status == 422)
		return show_delete(p, 422);
	if (status != 200)
		return status;
	page_text(p, "_email", p->member.email);
	if (!page_begin(p))
		return 500;
	if (!clear_member(p)) {
		page_rollback(p);
		fault_say(p, "current", "account_last_administrator");
		return show_delete(p, 422);
	}
	clear_work(p);
	session_end(p);
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/?done=deleted", page_lang(p)));
}
