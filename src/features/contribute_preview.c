/*
 * What somebody has written, before it is published: the page that it will
 * be.  It is made of the record, which is stored as it would be if this were
 * published, in a transaction that is always taken back.
 */
#include <string.h>

#include "data/publish.h"
#include "features/contribute.h"
#include "features/contribute_own.h"
#include "view/json.h"
#include "web/preview.h"
#include "web/rights.h"

/* The languages it has a title in, as JSON. */
static const char *
langs_of(struct page *p, const struct contributing *c)
{
	const struct node *title = node_get(c->tree, "title");
	const char *own = node_text(c->tree, "lang");
	struct buf json = { 0 };

	buf_putc(&json, '[');
	json_quote(&json, own, strlen(own));
	for (const struct node *n = title != NULL ? title->first : NULL;
	     n != NULL; n = n->next) {
		buf_putc(&json, ',');
		json_quote(&json, n->key, strlen(n->key));
	}
	buf_putc(&json, ']');
	own = page_keep(p, json.data, json.len);
	buf_free(&json);
	return own;
}

/* Store it: the search is not needed for a page, and takes the longest. */
static enum published
store(struct page *p, struct contributing *c, struct record_faults *faults)
{
	struct buf why = { 0 };
	struct check check = { .db = page_writer(p), .why = &why };
	struct publishing it = {
		.kind = c->kind,
		.record = c->record,
		.base = publish_newest(page_writer(p), c->record),
		.tree = c->tree,
		.arena = &p->arena,
		.many = true,
		.by = { .comment = c->words,
		    .author = c->author,
		    .contribution = c->id },
	};
	enum published outcome;

	record_faults_hear(faults, &check);
	outcome = publish(&check, &it);
	buf_free(&why);
	c->record = it.record;
	return outcome;
}

static int
show_page(struct page *p, struct contributing *c, struct record_faults *faults)
{
	bool writes = contribute_is_open(c) && !c->reviewing;
	const struct preview v = {
		.contribution = c->id,
		.member = &p->member,
		.langs = langs_of(p, c),
		.seen = model_cell(&p->model, "_updated").text,
		.writes = writes,
		.publishes = writes && c->may_publish,
		.reviews = rights_review(p, c->id) &&
		    strcmp(c->state, "submitted") == 0,
	};
	enum published outcome;
	int status = 500;

	/* what was told in confidence stays so, whatever the draft says */
	contribute_hide(p, c, c->tree);
	if (!page_begin(p))
		return 500;
	outcome = store(p, c, faults);
	if (outcome == PUBLISHED)
		status = preview_page(p, &v, contribute_url(p, c->record));
	page_rollback(p);
	return outcome == PUBLISH_FAULTS ? 422 : status;
}

/* It is no page yet: what it lacks. */
static int
show_faults(struct page *p, const struct contributing *c,
    struct record_faults *faults)
{
	model_change(&p->model, "title", page_string(p, "contribute_preview"));
	page_text(p, "_record_title",
	    model_cell(&p->model, "_kept_list_title").text);
	page_number(p, "_contribution", c->id);
	record_faults_name(p, faults);
	return page_show(p, 422, "contribute/preview");
}

int
contribute_preview(struct page *p)
{
	struct contributing c;
	struct record_faults faults = { .page = p };
	int status = contribute_open(p, &c);

	if (status != 0)
		return status;
	if (c.tree == NULL)
		return 404;
	if (strcmp(c.state, "published") == 0)
		return page_redirect(p, 303, contribute_url(p, c.record));
	faults.kind = c.kind;
	status = show_page(p, &c, &faults);
	return status == 422 ? show_faults(p, &c, &faults) : status;
}

/* Send, or publish, what was looked at; if it has been written on since, it is
 * looked at again. */
int
contribute_preview_post(struct page *p)
{
	struct contributing c;
	int status = contribute_open(p, &c);
	const char *action = form_get(&p->form, "_do");

	if (status != 0)
		return status;
	if (strcmp(action, "publish") != 0 && strcmp(action, "submit") != 0)
		return 400;
	if (!contribute_is_open(&c) || c.reviewing)
		return contribute_go(p, &c, "meanwhile");
	if (strcmp(form_get(&p->form, "seen"),
		model_cell(&p->model, "_updated").text) != 0)
		return page_redirect(p, 303, p->request->path);
	return contribute_go_on(p, &c, action);
}
