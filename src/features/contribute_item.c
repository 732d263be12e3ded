/*
 * What somebody has written, for themselves and for those who review it.
 */
#include <stdlib.h>
#include <string.h>

#include "data/publish.h"
#include "features/contribute.h"
#include "features/contribute_own.h"
#include "web/changes.h"
#include "web/rights.h"

static int64_t
number(const struct page *p, const char *name)
{
	return strtoll(model_cell(&p->model, name).text, NULL, 10);
}

static const char *
keep_text(struct page *p, const char *name)
{
	struct cell c = model_cell(&p->model, name);

	return page_keep(p, c.text, c.len);
}

int
contribute_open(struct page *p, struct contributing *c)
{
	if (!page_row(p,
		"SELECT c.id AS _kept_id, c.kind AS _kept_kind, c.record AS _kept_record,"
		"  c.base AS _kept_base, c.member AS _kept_author, c.state AS _kept_state,"
		"  c.tree AS _kept_tree, c.words AS _kept_words, c.evidence AS _kept_evidence,"
		"  c.title AS _kept_list_title, c.updated AS _updated,"
		"  date_text(substr(c.updated, 1, 10), :lang) AS _updated_text,"
		"  time_text(strftime('%Y-%m-%dT%H:%MZ', c.due, 'unixepoch'),"
		"   :lang) AS _due_text, c.due IS NOT NULL AND c.state = 'changes'"
		"   AS _missed, l.label AS _state_label FROM state.contribution c"
		" LEFT JOIN code_label l ON l.list = 'contribution_state'"
		"  AND l.code = c.state AND l.lang = :lang WHERE c.id = :id"))
		return 404;
	*c = (struct contributing){
		.kind = kind_find(model_cell(&p->model, "_kept_kind").text),
		.id = number(p, "_kept_id"),
		.record = number(p, "_kept_record"),
		.base = number(p, "_kept_base"),
		.author = number(p, "_kept_author"),
		.state = keep_text(p, "_kept_state"),
		.json = keep_text(p, "_kept_tree"),
		.words = keep_text(p, "_kept_words"),
	};
	c->reviewing = c->author != p->member.id;
	if (c->kind == NULL || (c->reviewing && !rights_review(p, c->id)))
		return 404;
	c->tree = *c->json != '\0' ? contribute_tree(p, c->json) : NULL;
	c->may_publish = rights_publish(p, c->kind->kind, c->record, c->tree);
	return 0;
}

/* Authors write as long as it is theirs, reviewers while it waits. */
bool
contribute_is_open(const struct contributing *c)
{
	if (c->tree == NULL)
		return false;
	if (c->reviewing)
		return strcmp(c->state, "submitted") == 0;
	return strcmp(c->state, "draft") == 0 ||
	    strcmp(c->state, "changes") == 0;
}

/* What is odd in it, if anything: its author may want to look again. */
static void
name_warnings(struct page *p, const struct contributing *c)
{
	struct record_faults faults = { .page = p, .kind = c->kind };
	struct buf why = { 0 };
	struct check check = { .db = page_db(p), .why = &why };

	record_faults_hear(&faults, &check);
	if (c->tree != NULL && strcmp(c->state, "submitted") == 0)
		check_record(&check, c->kind, c->tree);
	buf_free(&why);
	record_faults_name(p, &faults);
}

/* What has been sent, as far as it is no longer written. */
static int
show_sent(struct page *p, struct contributing *c)
{
	struct node *before = contribute_base(p, c);

	page_form(p);
	model_change(&p->model, "title",
	    model_cell(&p->model, "_kept_list_title").text);
	page_number(p, "_waits", strcmp(c->state, "submitted") == 0);
	page_number(p, "_scheduled", strcmp(c->state, "scheduled") == 0);
	page_number(p, "_resumes",
	    c->tree != NULL &&
		(strcmp(c->state, "withdrawn") == 0 ||
		    strcmp(c->state, "declined") == 0));
	page_number(p, "_is_tree", c->tree != NULL);
	page_number(p, "_is_published", strcmp(c->state, "published") == 0);
	page_text(p, "_record_url",
	    c->record != 0 ? contribute_url(p, c->record) : "");
	page_sent_files(p, c->json);
	contribute_name_spokesperson(p, c);
	contribute_notes(p, c);
	name_warnings(p, c);
	contribute_hide(p, c, c->tree);
	page_changes(p, c->kind, c->tree != NULL ? before : NULL,
	    c->tree != NULL ? c->tree : contribute_tree(p, "{}"));
	return page_show(p, 200, "contribute/item");
}

int
contribute_item(struct page *p)
{
	struct contributing c;
	int status = contribute_open(p, &c);

	if (status != 0)
		return status;
	return contribute_is_open(&c) ? contribute_form(p, &c, 200, NULL, "")
				      : show_sent(p, &c);
}

int
contribute_changes(struct page *p)
{
	struct contributing c;
	struct node *after;
	int status = contribute_open(p, &c);

	if (status != 0)
		return status;
	if (!contribute_is_open(&c))
		return show_sent(p, &c);
	after = contribute_tree(p, c.json);
	contribute_hide(p, &c, after);
	page_text(p, "_compared", "1");
	page_changes(p, c.kind, contribute_base(p, &c), after);
	return contribute_form(p, &c, 200, NULL, "");
}

/* What was never sent goes for good; what was is kept, and said to be
 * withdrawn. */
static int
take_back(struct page *p, struct contributing *c)
{
	bool draft = strcmp(c->state, "draft") == 0;

	page_number(p, "_contribution", c->id);
	if (!page_begin(p))
		return 500;
	if (draft)
		c->overtaken = !page_take(p, "_gone",
		    "DELETE FROM state.contribution WHERE id = :_contribution"
		    " AND state = 'draft' RETURNING id");
	else
		c->overtaken = !page_take(p, "_gone",
		    "UPDATE state.contribution SET state = 'withdrawn',"
		    "  updated = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
		    " WHERE id = :_contribution"
		    " AND state IN ('submitted', 'changes', 'scheduled')"
		    " RETURNING id");
	if (c->overtaken)
		return contribute_failed(p, c);
	if (!draft)
		page_run(p,
		    "INSERT INTO state.contribution_note (contribution, time,"
		    "  member, state) VALUES (:_contribution,"
		    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), :_member,"
		    "  'withdrawn')");
	if (!page_commit(p))
		return 500;
	return draft ? page_redirect(p, 303,
			   arena_printf(&p->arena,
			       "/%s/dashboard?done=discarded", page_lang(p)))
		     : contribute_go(p, c, "taken_back");
}

/* Go on with what was withdrawn or declined; or with what is scheduled, which
 * is not published then until it is sent again. */
static int
resume(struct page *p, struct contributing *c)
{
	page_number(p, "_contribution", c->id);
	if (!page_begin(p))
		return 500;
	page_run(p,
	    "UPDATE state.contribution SET due = NULL, reviewer = NULL,"
	    "  state = iif(state = 'scheduled' AND submitted IS NULL, 'draft',"
	    "   'changes')"
	    " WHERE id = :_contribution AND tree IS NOT NULL"
	    " AND state IN ('withdrawn', 'declined', 'scheduled')");
	return page_commit(p) ? contribute_go(p, c, "resumed") : 500;
}

int
contribute_item_post(struct page *p)
{
	struct contributing c;
	int status = contribute_open(p, &c);
	const char *action = form_get(&p->form, "_do");

	if (status != 0)
		return status;
	if (!c.reviewing && strcmp(action, "resume") == 0)
		return resume(p, &c);
	if (!c.reviewing && strcmp(action, "discard") == 0 &&
	    strcmp(c.state, "published") != 0)
		return take_back(p, &c);
	/* sent from another window meanwhile: it is shown as it is now */
	return contribute_is_open(&c) ? contribute_take(p, &c)
				      : show_sent(p, &c);
}
