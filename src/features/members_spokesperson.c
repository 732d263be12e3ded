/*
 * Whom a member speaks for, as editors note it: given or ended with a line that
 * tells of it in the same transaction.
 */
#include "features/members.h"
#include "features/members_own.h"
#include "web/fault.h"
#include "web/organisation.h"

/* What the form begins with: the organisation that the member named on joining,
 * if the directory has it and nobody has decided anything yet. */
void
members_propose(struct page *p)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT organisation FROM member m WHERE id = :member"
	    " AND NOT EXISTS (SELECT 1 FROM spokesperson WHERE member = m.id)"));
	const char *named = "";

	db_set_int(q, "member", members_id(p));
	if (db_next(q))
		named = page_keep(p, db_text(q, 0), db_cell(q, 0).len);
	db_restart(q);
	page_text(p, "spoken_for",
	    organisation_find(p, named)
		? model_cell(&p->model, "organisation_slug").text
		: "");
}

int
members_spokesperson(struct page *p)
{
	if (!members_find(p))
		return 404;
	if (!organisation_find(p, page_field(p, "spoken_for"))) {
		fault_say(p, "spoken_for", "organisation_unknown");
		return members_show(p, 422);
	}
	if (!page_begin(p))
		return 500;
	if (page_take(p, "_given",
		"INSERT OR IGNORE INTO main.spokesperson"
		"  (member, organisation, since)"
		" SELECT id, :organisation_id, strftime('%Y-%m-%dT%H:%M:%SZ')"
		" FROM main.member WHERE id = :member AND status <> 'deleted'"
		" RETURNING member"))
		members_note(p, "spokesperson", "",
		    arena_printf(&p->arena, "organisations/%s",
			model_cell(&p->model, "organisation_slug").text));
	return page_commit(p) ? members_back(p) : 500;
}

int
members_spokesperson_end(struct page *p)
{
	if (!members_find(p))
		return 404;
	page_field(p, "ended");
	if (!page_begin(p))
		return 500;
	page_take(p, "_ended",
	    "SELECT 'organisations/' || slug FROM main.record"
	    " WHERE id = :ended");
	if (page_take(p, "_removed",
		"DELETE FROM main.spokesperson WHERE organisation = :ended"
		" AND member = :member RETURNING member"))
		members_note(p, "spokesperson-end",
		    model_cell(&p->model, "_ended").text, "");
	return page_commit(p) ? members_back(p) : 500;
}
