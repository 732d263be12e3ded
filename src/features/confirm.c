/*
 * "Is it still right?"  Who looks after a record says so with one button: by
 * the link of a mail (cli/jobs_remind.c), without signing in, or on its page.
 * That is no revision, for nothing has changed.
 */
#include <stdlib.h>

#include "data/password.h"
#include "data/publish.h"
#include "features/confirm.h"
#include "web/changes.h"
#include "web/record.h"
#include "web/rights.h"

/* The record that the ticket is for, if its reader still looks after it. */
static bool
open_ticket(struct page *p)
{
	char digest[PASSWORD_DIGEST];

	password_digest(digest, model_cell(&p->model, "token").text);
	page_text(p, "_digest", digest);
	p->response->personal = true;
	return page_row(p,
		   "SELECT t.record, k.path AS part, k.kind,"
		   "  r.confirmed, date_text(r.confirmed, :lang)"
		   "   AS confirmed_text,"
		   "  date_text(r.updated, :lang) AS updated_text"
		   " FROM state.ticket t JOIN record r ON r.id = t.record"
		   "  AND r.status = 'published'"
		   " JOIN member m ON m.id = t.member AND m.status = 'active'"
		   "  AND EXISTS (SELECT 1 FROM steward s"
		   "   WHERE s.member = m.id AND " LOOKS_AFTER(
		       "r.id") ")"
			       " JOIN kind k ON k.kind = r.kind"
			       " WHERE t.hash = :_digest AND t.purpose = 'confirm'"
			       "  AND t.expires > unixepoch()") &&
	    record_subject(p, "confirm_title");
}

int
confirm_form(struct page *p)
{
	const struct kind *k;
	struct node *tree;

	if (!open_ticket(p))
		return 404;
	k = kind_find(model_cell(&p->model, "kind").text);
	tree = publish_tree(page_db(p), &p->arena,
	    strtoll(model_cell(&p->model, "record").text, NULL, 10), 0);
	if (tree == NULL)
		return 404;
	page_form(p);
	page_fields(p, k, tree);
	return page_show(p, 200, "confirm/form");
}

/* All of it is right, as of today. */
static int
confirm(struct page *p)
{
	if (!page_begin(p))
		return 500;
	page_run(p,
	    "UPDATE record SET confirmed = date('now') WHERE id = :record");
	if (!page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "%s?done=confirmed",
		model_cell(&p->model, "record_url").text));
}

int
confirm_post(struct page *p)
{
	return open_ticket(p) ? confirm(p) : 404;
}

int
confirm_record(struct page *p)
{
	return record_subject(p, "confirm_title") &&
		atoi(model_cell(&p->model, "_withdrawn").text) == 0
	    ? confirm(p)
	    : 404;
}
