/*
 * What is done to a feed of others: by the partner who named it, who looks,
 * switches, changes and deletes, and by editors, who decide as well.
 *
 * The decision, and the mail that tells of it, are one transaction.  When a
 * feed is deleted its news stay: they are records like any other.
 */
#include <string.h>

#include "features/feeds.h"
#include "features/feeds_own.h"
#include "web/fault.h"
#include "web/limit.h"
#include "web/rights.h"

static const char *
text(const struct page *p, const char *name)
{
	return model_cell(&p->model, name).text;
}

static int
go_to_feed(struct page *p, const char *done)
{
	return feeds_go(p, arena_printf(&p->arena, "/%s", text(p, "feed")),
	    done);
}

/* Read it in the next moment. */
static void
have_it_read(struct page *p)
{
	page_run(p,
	    "INSERT INTO state.feed_poll (feed, due, pace)"
	    " VALUES (:feed, unixepoch(), 3600) ON CONFLICT (feed)"
	    " DO UPDATE SET due = unixepoch()");
}

static int
look(struct page *p)
{
	if (!limit_take(p, LIMIT_FEED_LOOK, text(p, "feed"))) {
		page_text(p, "_too_often", "1");
		return feeds_show(p, 429);
	}
	if (!page_begin(p))
		return 500;
	have_it_read(p);
	return page_commit(p) ? go_to_feed(p, "feed_look") : 500;
}

/* Only what was approved can be switched.  On and off again is no way to have
 * another server asked as often as one likes. */
static int
switch_it(struct page *p, const char *state)
{
	page_text(p, "_new_state", state);
	if (!page_begin(p))
		return 500;
	page_run(p,
	    "UPDATE feed SET state = :_new_state WHERE id = :feed"
	    " AND state IN ('active', 'off', 'gone')");
	if (strcmp(state, "active") == 0)
		page_run(p,
		    "UPDATE state.feed_poll SET due = max(unixepoch(),"
		    "  coalesce(looked, 0) + 900) WHERE feed = :feed");
	return page_commit(p) ? go_to_feed(p, "saved") : 500;
}

/* Trust is an editor's to give. */
static int
change(struct page *p)
{
	feeds_settings(p);
	page_field(p, "trust_chosen");
	if (fault_any(p))
		return feeds_show(p, 422);
	if (!page_begin(p))
		return 500;
	page_run(p,
	    "UPDATE feed SET lang = nullif(:feed_lang, ''),"
	    "  theme = nullif(:theme, ''), country = nullif(:country, ''),"
	    "  trust = iif(:_may_edit AND :trust_chosen IN ('review', 'publish'),"
	    "   :trust_chosen, trust) WHERE id = :feed");
	return page_commit(p) ? go_to_feed(p, "saved") : 500;
}

#define WAITING_ENTRIES                                          \
	" FROM state.contribution c WHERE c.state = 'submitted'" \
	" AND c.id IN (SELECT contribution FROM feed_entry"      \
	"  WHERE feed = :feed AND contribution IS NOT NULL)"

/* Within the page's transaction: nobody need read what waits for review. */
static void
withdraw_waiting(struct page *p)
{
	page_run(p,
	    "INSERT INTO state.contribution_note (contribution, time, member,"
	    "  state) SELECT c.id, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),"
	    "  :_member, 'withdrawn'" WAITING_ENTRIES);
	page_run(p,
	    "UPDATE state.contribution SET state = 'withdrawn',"
	    "  updated = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
	    " WHERE id IN (SELECT c.id" WAITING_ENTRIES ")");
}

static int
withdraw(struct page *p)
{
	if (!page_begin(p))
		return 500;
	withdraw_waiting(p);
	return page_commit(p) ? go_to_feed(p, "feed_withdrawn") : 500;
}

/* Asked first; then it is gone, with what waits and what is known of reading
 * it. */
static int
remove_it(struct page *p)
{
	if (*form_get(&p->form, "sure") == '\0') {
		page_form(p);
		feeds_count_waiting(p);
		return page_show(p, 200, "feeds/delete");
	}
	if (!page_begin(p))
		return 500;
	withdraw_waiting(p);
	page_run(p, "DELETE FROM feed WHERE id = :feed");
	page_run(p, "DELETE FROM state.feed_poll WHERE feed = :feed");
	page_run(p, "DELETE FROM state.feed_try WHERE feed = :feed");
	return page_commit(p) ? feeds_go(p, "", "feed_deleted") : 500;
}

/* What was declined goes to the editors again. */
static int
send_again(struct page *p)
{
	if (!page_begin(p))
		return 500;
	if (!page_take(p, "_sent",
		"UPDATE feed SET state = 'waiting', reason = NULL"
		" WHERE id = :feed AND state = 'declined' RETURNING id")) {
		page_rollback(p);
		return go_to_feed(p, "meanwhile");
	}
	if (!feeds_tell_editors(p)) {
		page_rollback(p);
		return 500;
	}
	return page_commit(p) ? go_to_feed(p, "feed_sent") : 500;
}

/* Tell the partner, in their language; nobody, if that is who decides, or they
 * are gone. */
static bool
tell_partner(struct page *p, const char *mail)
{
	if (!page_row(p,
		"SELECT email AS _to, lang AS _to_lang FROM member"
		" WHERE id = :_named_by AND id <> :_member"
		" AND status = 'active'"))
		return true;
	page_text(p, "link",
	    arena_printf(&p->arena, "/%s/feeds/%s", text(p, "_to_lang"),
		text(p, "feed")));
	return page_mail(p, mail, text(p, "_to"), text(p, "_to_lang"), NULL);
}

/* Two editors who decide at once come one after the other, and the second is
 * told. */
static int
decide(struct page *p, bool approve)
{
	bool taken;

	if (!page_begin(p))
		return 500;
	taken = approve
	    ? page_take(p, "_decided",
		  "UPDATE feed SET state = 'active', reason = NULL,"
		  "  trust = iif(:trust_chosen = 'publish', 'publish', 'review'),"
		  "  approved = strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),"
		  "  approver = :_member"
		  " WHERE id = :feed AND state = 'waiting' RETURNING id")
	    : page_take(p, "_decided",
		  "UPDATE feed SET state = 'declined', reason = :words"
		  " WHERE id = :feed AND state = 'waiting' RETURNING id");
	if (!taken) {
		page_rollback(p);
		return go_to_feed(p, "meanwhile");
	}
	if (approve)
		have_it_read(p);
	if (!tell_partner(p, approve ? "feed-approved" : "feed-declined")) {
		page_rollback(p);
		return 500;
	}
	return page_commit(p)
	    ? go_to_feed(p, approve ? "feed_approved" : "feed_declined")
	    : 500;
}

static int
decline(struct page *p)
{
	if (*page_field(p, "words") != '\0')
		return decide(p, false);
	fault_say(p, "words", "feeds_no_reason");
	return feeds_show(p, 422);
}

/* What editors alone do. */
static int
judge(struct page *p, const char *action)
{
	page_field(p, "trust_chosen");
	if (feeds_number(p, "_may_edit") == 0)
		return 403;
	return strcmp(action, "approve") == 0 ? decide(p, true) : decline(p);
}

int
feeds_item_post(struct page *p)
{
	const char *action = form_get(&p->form, "_do");

	if (!feeds_find(p))
		return 404;
	if (feeds_number(p, "_tends") == 0)
		return 403;
	if (strcmp(action, "approve") == 0 || strcmp(action, "decline") == 0)
		return judge(p, action);
	if (strcmp(action, "look") == 0)
		return look(p);
	if (strcmp(action, "on") == 0 || strcmp(action, "off") == 0)
		return switch_it(p,
		    strcmp(action, "on") == 0 ? "active" : "off");
	if (strcmp(action, "change") == 0)
		return change(p);
	if (strcmp(action, "withdraw") == 0)
		return withdraw(p);
	if (strcmp(action, "delete") == 0)
		return remove_it(p);
	return strcmp(action, "send") == 0 ? send_again(p) : 400;
}
