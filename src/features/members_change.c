/*
 * What administrators change about a member, each change with a line that
 * tells of it in the same transaction.
 */
#include <stdlib.h>
#include <string.h>

#include "features/members.h"
#include "features/members_own.h"
#include "web/fault.h"

int
members_back(struct page *p)
{
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/admin/members/%lld?done=saved",
		page_lang(p), (long long)members_id(p)));
}

void
members_note(struct page *p, const char *what, const char *old, const char *new)
{
	page_number(p, "_by", p->member.id);
	page_text(p, "_what", what);
	page_text(p, "_old", old);
	page_text(p, "_new", new);
	page_run(p,
	    "INSERT INTO main.member_event (member, by, time, what, old, new)"
	    " VALUES (:member, :_by, strftime('%Y-%m-%dT%H:%M:%SZ'), :_what,"
	    "  nullif(:_old, ''), nullif(:_new, ''))");
}

/*
 * Begin to change the member, whose state now is named _old_role and
 * _old_status; false, with nothing begun, if it is not to be changed.  Two
 * administrators who demote each other in the same moment come one after the
 * other here, and the second is none any more.
 */
static bool
begin(struct page *p)
{
	page_number(p, "_by", p->member.id);
	if (members_id(p) == p->member.id || !page_begin(p))
		return false;
	if (!page_take(p, "_entitled",
		"SELECT id FROM main.member WHERE id = :_by"
		" AND role = 'administrator' AND status = 'active'")) {
		page_rollback(p);
		return false;
	}
	page_take(p, "_old_role",
	    "SELECT role FROM main.member WHERE id = :member");
	if (page_take(p, "_old_status",
		"SELECT status FROM main.member WHERE id = :member"
		" AND status <> 'deleted'"))
		return true;
	page_rollback(p);
	return false;
}

int
members_role(struct page *p)
{
	const char *old;

	if (!members_find(p))
		return 404;
	page_text(p, "_chosen", page_field(p, "role_chosen"));
	if (!begin(p))
		return 403;
	old = model_cell(&p->model, "_old_role").text;
	if (!page_run(p,
		"UPDATE main.member SET role = :_chosen WHERE id = :member")) {
		page_rollback(p);
		return 400;
	}
	if (strcmp(old, model_cell(&p->model, "_chosen").text) != 0)
		members_note(p, "role", old,
		    model_cell(&p->model, "_chosen").text);
	return page_commit(p) ? members_back(p) : 500;
}

/* Close the account, or open it again.  Closing ends all that is under way. */
int
members_status(struct page *p)
{
	const char *old, *new;

	if (!members_find(p))
		return 404;
	if (!begin(p))
		return 403;
	old = model_cell(&p->model, "_old_status").text;
	new = strcmp(page_field(p, "close"), "1") == 0 ? "disabled" : "active";
	page_text(p, "_chosen", new);
	page_run(p,
	    "UPDATE main.member SET status = :_chosen WHERE id = :member");
	page_run(p,
	    "DELETE FROM state.session WHERE member = :member"
	    " AND :_chosen = 'disabled'");
	page_run(p,
	    "DELETE FROM state.ticket WHERE member = :member"
	    " AND :_chosen = 'disabled'");
	if (strcmp(old, new) != 0)
		members_note(p, "status", old, new);
	return page_commit(p) ? members_back(p) : 500;
}

/* The kind and the slug of "schemes/some-scheme", or of a whole address that
 * ends so: names _part and _slug. */
static void
split_address(struct page *p, const char *address)
{
	char *kept = page_keep(p, address, strcspn(address, "?#"));
	char *slug = strrchr(kept, '/'), *part;

	page_text(p, "_slug", slug != NULL ? slug + 1 : "");
	if (slug != NULL)
		*slug = '\0';
	part = strrchr(kept, '/');
	page_text(p, "_part", part != NULL ? part + 1 : kept);
}

/* What the member is to look after: _record, or country or theme as chosen.
 * Says what is wrong. */
static void
read_steward(struct page *p)
{
	const char *record = page_field(p, "record");
	const char *country = page_field(p, "country");
	const char *theme = page_field(p, "theme");

	split_address(p, record);
	page_row(p,
	    "SELECT (SELECT r.id FROM record r JOIN kind k ON k.kind = r.kind"
	    "  WHERE k.path = :_part AND r.slug = :_slug) AS _record,"
	    " (SELECT country FROM country_code WHERE country = :country)"
	    "  AS _country,"
	    " (SELECT slug FROM record WHERE kind = 'theme' AND slug = :theme)"
	    "  AS _theme");
	if ((*record != '\0') + (*country != '\0') + (*theme != '\0') != 1)
		fault_say(p, "record", "steward_one");
	else if (*record != '\0' &&
	    *model_cell(&p->model, "_record").text == '\0')
		fault_say(p, "record", "steward_no_record");
	else if (*country != '\0' &&
	    *model_cell(&p->model, "_country").text == '\0')
		fault_say(p, "country", "account_choose");
	else if (*theme != '\0' &&
	    *model_cell(&p->model, "_theme").text == '\0')
		fault_say(p, "theme", "account_choose");
}

int
members_steward(struct page *p)
{
	if (!members_find(p))
		return 404;
	read_steward(p);
	if (fault_any(p))
		return members_show(p, 422);
	if (!page_begin(p))
		return 500;
	if (page_take(p, "_given",
		"INSERT OR IGNORE INTO main.steward"
		"  (member, record, country, theme, since)"
		" SELECT id, :_record, :_country, :_theme,"
		"  strftime('%Y-%m-%dT%H:%M:%SZ') FROM main.member"
		" WHERE id = :member AND status <> 'deleted' RETURNING"
		"  coalesce(record, country, theme)"))
		members_note(p, "steward", "",
		    *model_cell(&p->model, "record").text != '\0'
			? arena_printf(&p->arena, "%s/%s",
			      model_cell(&p->model, "_part").text,
			      model_cell(&p->model, "_slug").text)
			: model_cell(&p->model, "_given").text);
	return page_commit(p) ? members_back(p) : 500;
}

int
members_steward_end(struct page *p)
{
	if (!members_find(p))
		return 404;
	page_field(p, "steward");
	if (!page_begin(p))
		return 500;
	page_take(p, "_ended",
	    "SELECT coalesce((SELECT k.path || '/' || r.slug"
	    "  FROM main.record r JOIN main.kind k ON k.kind = r.kind"
	    "  WHERE r.id = s.record), s.country, s.theme)"
	    " FROM main.steward s"
	    " WHERE s.rowid = :steward AND s.member = :member");
	if (page_take(p, "_removed",
		"DELETE FROM main.steward WHERE rowid = :steward"
		" AND member = :member RETURNING member"))
		members_note(p, "steward-end",
		    model_cell(&p->model, "_ended").text, "");
	return page_commit(p) ? members_back(p) : 500;
}
