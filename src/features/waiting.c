/*
 * What waits to be done by "mutua jobs", as administrators see it: mails and
 * work.  What has failed can be tried again at once.  What a mail says is
 * nobody's business, and is not shown.
 */
#include "features/waiting.h"

enum { SHOWN = 200 };

#define WHEN(column) "strftime('%Y-%m-%d %H:%M', " column ", 'unixepoch')"

int
waiting_mail(struct page *p)
{
	page_form(p);
	page_number(p, "_shown", SHOWN);
	page_row(p,
	    "SELECT count(*) FILTER (WHERE sent > unixepoch() - 86400) AS sent,"
	    " count(*) FILTER (WHERE sent IS NULL AND given_up IS NULL)"
	    "  AS waiting,"
	    " count(*) FILTER (WHERE given_up IS NOT NULL) AS failed"
	    " FROM state.outbox");
	page_rows(p, "mails",
	    "SELECT id AS mail, recipient, name, lang AS mail_lang, tries,"
	    "  error, " WHEN("created") " AS created, " WHEN(
		"due") " AS due,"
		       "  given_up IS NOT NULL AS lost, text IS NOT NULL AS again"
		       " FROM state.outbox WHERE sent IS NULL"
		       " ORDER BY given_up IS NOT NULL, due LIMIT :_shown");
	page_text(p, "_at_members", "");
	page_text(p, "_at_mail", "1");
	page_text(p, "_at_jobs", "");
	model_change(&p->model, "title", page_string(p, "waiting_mail"));
	return page_show(p, 200, "waiting/mail");
}

int
waiting_mail_again(struct page *p)
{
	page_field(p, "mail");
	if (!page_begin(p))
		return 500;
	page_run(p,
	    "UPDATE state.outbox SET due = unixepoch(), given_up = NULL,"
	    "  tries = 0 WHERE id = :mail AND sent IS NULL"
	    " AND text IS NOT NULL");
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/admin/mail?done=again", page_lang(p)));
}

int
waiting_jobs(struct page *p)
{
	page_form(p);
	page_number(p, "_shown", SHOWN);
	page_row(p,
	    "SELECT count(*) FILTER (WHERE given_up IS NULL) AS waiting,"
	    " count(*) FILTER (WHERE given_up IS NOT NULL) AS failed"
	    " FROM state.job");
	page_rows(p, "jobs",
	    "SELECT id AS job_id, job, subject, tries, error,"
	    "  " WHEN("created") " AS created, " WHEN(
		"due") " AS due,"
		       "  given_up IS NOT NULL AS lost"
		       " FROM state.job ORDER BY given_up IS NOT NULL, due LIMIT :_shown");
	page_text(p, "_at_members", "");
	page_text(p, "_at_mail", "");
	page_text(p, "_at_jobs", "1");
	model_change(&p->model, "title", page_string(p, "waiting_jobs"));
	return page_show(p, 200, "waiting/jobs");
}

int
waiting_jobs_again(struct page *p)
{
	page_field(p, "job_id");
	if (!page_begin(p))
		return 500;
	page_run(p,
	    "UPDATE state.job SET due = unixepoch(), given_up = NULL,"
	    "  tries = 0 WHERE id = :job_id");
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/admin/jobs?done=again", page_lang(p)));
}
