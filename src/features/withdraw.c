/*
 * Taking a record away, with a reason that whoever asks for it is told
 * (web/tombstone.h), and bringing it back.
 */
#include <stdlib.h>

#include "data/publish.h"
#include "features/withdraw.h"
#include "web/record.h"
#include "web/rights.h"

static int64_t
number(struct page *p, const char *name)
{
	return strtoll(model_cell(&p->model, name).text, NULL, 10);
}

static int
back(struct page *p, const char *done)
{
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "%s?done=%s",
		model_cell(&p->model, "record_url").text, done));
}

static int
show_form(struct page *p, int status, const char *fault)
{
	page_form(p);
	page_text(p, "_fault", fault != NULL ? page_string(p, fault) : "");
	/* who would lose what it leads to */
	page_row(p,
	    "SELECT count(DISTINCT s.record) AS uses FROM beside b"
	    " JOIN shown s ON s.record = b.other AND s.ui = :lang"
	    " WHERE b.record = :record");
	return page_show(p, status, "withdraw/form");
}

int
withdraw_form(struct page *p)
{
	if (!record_subject(p, "withdraw_title") ||
	    number(p, "_withdrawn") != 0)
		return 404;
	page_text(p, "reason", "");
	return show_form(p, 200, NULL);
}

int
withdraw_post(struct page *p)
{
	struct authorship by = { .author = p->member.id };

	if (!record_subject(p, "withdraw_title"))
		return 404;
	by.comment = page_field(p, "reason");
	if (number(p, "_withdrawn") != 0)
		return back(p, "withdrawn");
	if (*by.comment == '\0')
		return show_form(p, 422, "withdraw_no_reason");
	if (!page_begin(p))
		return 500;
	publish_withdraw(page_writer(p), number(p, "record"), &by);
	return page_commit(p) ? back(p, "withdrawn") : 500;
}

int
withdraw_undo(struct page *p)
{
	struct authorship by = { .author = p->member.id };

	if (!record_subject(p, "withdraw_title"))
		return 404;
	if (!rights_bring_back(p, number(p, "record")))
		return 403;
	by.comment = page_string(p, "withdraw_undone");
	if (number(p, "_withdrawn") == 0)
		return back(p, "brought_back");
	if (!page_begin(p))
		return 500;
	publish_restore(page_writer(p), number(p, "record"), &by);
	return page_commit(p) ? back(p, "brought_back") : 500;
}
