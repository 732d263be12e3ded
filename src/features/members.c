/*
 * Members, as administrators see them: who they are, what they may do, what
 * they look after and whom they speak for.  Editors see one of them without the
 * address, to say whom they speak for.  Every change is written down beside it
 * (member_event).
 *
 * Nobody changes their own role or closes their own account here, so that
 * there is always an administrator left: whoever makes the change.
 */
#include <stdlib.h>
#include <string.h>

#include "features/members.h"
#include "features/members_own.h"
#include "web/fault.h"

enum { PER_PAGE = 50 };

#define LABEL(list, code)                                         \
	"(SELECT k.label FROM code_label k WHERE k.list = '" list \
	"' AND k.code = " code " AND k.lang = :lang)"

static const char *
chosen(struct page *p, const char *name, const char *const values[])
{
	const char *value = page_param(p, name);

	while (*values != NULL && strcmp(*values, value) != 0)
		values++;
	model_change(&p->model, name, *values != NULL ? *values : "");
	return model_cell(&p->model, name).text;
}

#define FOUND                                                                   \
	" FROM member WHERE (:role = '' OR role = :role)"                       \
	" AND status = CASE :status WHEN '' THEN status ELSE :status END"       \
	" AND (:status <> '' OR status <> 'deleted')"                           \
	" AND (:_like = '' OR fold(name) LIKE '%' || :_like || '%' ESCAPE '\\'" \
	"  OR email_key LIKE '%' || :_like || '%' ESCAPE '\\')"

/* What was looked for, to be found anywhere in a name or an address. */
static void
name_like(struct page *p)
{
	page_param(p, "q");
	page_row(p,
	    "SELECT replace(replace(replace(fold(:q), '\\', '\\\\'),"
	    "  '%', '\\%'), '_', '\\_') AS _like");
}

/* What there is to choose from: the rows roles and states; and where in the
 * administration we are. */
static void
name_choices(struct page *p)
{
	page_text(p, "_at_members", "1");
	page_text(p, "_at_mail", "");
	page_text(p, "_at_jobs", "");
	page_rows(p, "roles",
	    "SELECT l.code, l.label, l.code = :role AS chosen"
	    " FROM code c JOIN code_label l USING (list, code)"
	    " WHERE c.list = 'member_role' AND l.lang = :lang"
	    " ORDER BY c.place");
	page_rows(p, "states",
	    "SELECT l.code, l.label, l.code = :status AS chosen"
	    " FROM code c JOIN code_label l USING (list, code)"
	    " WHERE c.list = 'member_status' AND l.lang = :lang"
	    " ORDER BY c.place");
}

int
members_index(struct page *p)
{
	static const char *const roles[] = { "member", "partner", "editor",
		"administrator", NULL };
	static const char *const states[] = { "active", "disabled", "deleted",
		NULL };

	chosen(p, "role", roles);
	chosen(p, "status", states);
	name_like(p);
	page_row(p, "SELECT count(*) AS _found" FOUND);
	page_paging(p, strtoll(model_cell(&p->model, "_found").text, NULL, 10),
	    PER_PAGE);
	name_choices(p);
	page_rows(p, "results",
	    "SELECT id, name, email, role, status, organisation,"
	    "  " LABEL("member_role",
		"role") " AS role_label,"
			"  " LABEL("member_status",
			    "status") " AS status_label,"
				      "  date_text(substr(created, 1, 10), :lang) AS joined" FOUND
				      " ORDER BY sort_key(coalesce(name, ''), :lang), id"
				      " LIMIT :limit OFFSET :offset");
	model_change(&p->model, "title", page_string(p, "members"));
	return page_show(p, 200, "members/index");
}

/* The member that the address names; false if there is none. */
static bool
find(struct page *p)
{
	return page_row(p,
	    "SELECT id AS member, name, email, role, status, organisation,"
	    "  coalesce(name, '#' || id) AS called,"
	    "  status = 'active' AS _is_open,"
	    "  " LABEL("member_role",
		"role") " AS role_label,"
			"  " LABEL("member_status",
			    "status") " AS status_label,"
				      "  " LABEL("country",
					  "country") " AS country_label,"
						     "  date_text(substr(created, 1, 10), :lang) AS joined"
						     " FROM member WHERE id = :id");
}

int64_t
members_id(const struct page *p)
{
	return strtoll(model_cell(&p->model, "member").text, NULL, 10);
}

/* What they look after, whom they speak for, and what was changed. */
static void
name_history(struct page *p)
{
	page_rows(p, "spokespersons",
	    "SELECT w.organisation AS ended, coalesce(s.title, r.slug) AS"
	    "  what_label, s.url, s.other_lang, s.record IS NULL AS _withdrawn,"
	    "  date_text(substr(w.since, 1, 10), :lang) AS since"
	    " FROM spokesperson w JOIN record r ON r.id = w.organisation"
	    " LEFT JOIN shown s ON s.record = r.id AND s.ui = :lang"
	    " WHERE w.member = :member ORDER BY w.since, what_label");
	page_rows(p, "stewardships",
	    "SELECT s.rowid AS steward, coalesce(r.title, t.title,"
	    "  " LABEL("country",
		"s.country") ", s.theme) AS what_label,"
			     "  coalesce(r.url, t.url) AS url,"
			     "  date_text(substr(s.since, 1, 10), :lang) AS since"
			     " FROM steward s"
			     " LEFT JOIN shown r ON r.record = s.record AND r.ui = :lang"
			     " LEFT JOIN record x ON x.kind = 'theme' AND x.slug = s.theme"
			     " LEFT JOIN shown t ON t.record = x.id AND t.ui = :lang"
			     " WHERE s.member = :member ORDER BY s.since");
	page_rows(p, "events",
	    "SELECT " LABEL("member_event",
		"e.what") " AS what_label,"
			  "  date_text(substr(e.time, 1, 10), :lang) AS day,"
			  "  substr(e.time, 12, 5) AS time,"
			  "  coalesce(" LABEL("member_role",
			      "e.old") ","
				       "   " LABEL("member_status",
					   "e.old") ", e.old) AS old,"
						    "  coalesce(" LABEL(
							"member_role",
							"e.new") ","
								 "   " LABEL(
								     "member_status",
								     "e.new") ", e.new) AS new,"
									      "  coalesce(b.name, '#' || b.id) AS who"
									      " FROM member_event e JOIN member b ON b.id = e.by"
									      " WHERE e.member = :member ORDER BY e.rowid DESC");
}

int
members_show(struct page *p, int status)
{
	static const char *const typed[] = { "record", "country", "theme",
		"spoken_for", "organisation_title" };

	for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++)
		if (model_find(&p->model, typed[i]) == NULL)
			page_text(p, typed[i], "");
	page_form(p);
	name_history(p);
	name_choices(p);
	page_number(p, "_yourself", members_id(p) == p->member.id);
	page_rows(p, "countries",
	    "SELECT code, label, code = :country AS chosen FROM code_label"
	    " WHERE list = 'country' AND lang = :lang"
	    " ORDER BY sort_key(label, :lang)");
	page_rows(p, "themes",
	    "SELECT r.slug AS code, s.title AS label, r.slug = :theme AS chosen"
	    " FROM shown s JOIN record r ON r.id = s.record"
	    " WHERE s.ui = :lang AND s.kind = 'theme' ORDER BY s.sort");
	model_change(&p->model, "title", model_cell(&p->model, "called").text);
	return page_show(p, status, "members/item");
}

bool
members_find(struct page *p)
{
	static const char *const fields[] = { "record", "country", "theme",
		"spoken_for", NULL };

	if (!find(p))
		return false;
	fault_fields(p, fields);
	return true;
}

int
members_item(struct page *p)
{
	if (!members_find(p))
		return 404;
	members_propose(p);
	return members_show(p, 200);
}
