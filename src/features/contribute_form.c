/*
 * The form of a contribution, and what is done with what was typed.
 */
#include <string.h>

#include "data/publish.h"
#include "data/twins.h"
#include "features/contribute_own.h"
#include "web/limit.h"
#include "web/rights.h"
#include "web/schedule.h"
#include "web/upload.h"

/* A form that may bring files is sent to an address that ends so: elsewhere
 * no more than a megabyte is taken (web/guard_check.h). */
static const char with_files[] = "/files";

static const char *
own_path(struct page *p, const struct contributing *c)
{
	const char *path = p->request->path;
	size_t len = strlen(path), n = strlen(with_files);

	if (c->id != 0)
		return arena_printf(&p->arena, "/%s/contributions/%lld",
		    page_lang(p), (long long)c->id);
	if (len > n && strcmp(path + len - n, with_files) == 0)
		len -= n;
	return page_keep(p, path, len);
}

int
contribute_go(struct page *p, const struct contributing *c, const char *done)
{
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "%s?done=%s", own_path(p, c), done));
}

void
contribute_keep_json(struct page *p, struct contributing *c)
{
	struct buf b = { 0 };

	publish_put_tree(&b, c->tree);
	c->json = page_keep(p, b.data, b.len);
	buf_free(&b);
}

const char *
contribute_title(struct page *p, const struct contributing *c)
{
	const struct node *title = node_get(c->tree, "title"), *own;
	struct query *q;

	if (title != NULL && title->type == NODE_MAP) {
		own = node_get(title, node_text(c->tree, "lang"));
		title = own != NULL ? own : title->first;
	}
	if (title != NULL)
		return title->text;
	q = db_restart(db_query(page_db(p),
	    "SELECT title FROM shown WHERE record = :record AND ui = :lang"));
	db_set_int(q, "record", c->record);
	db_set_text(q, "lang", page_lang(p));
	return db_next(q) ? page_keep(p, db_text(q, 0), db_cell(q, 0).len)
			  : page_string(p, "contribute_untitled");
}

/* What readers see it called; what it is to be called, if they do not. */
static const char *
shown_title(struct page *p, const struct contributing *c)
{
	const struct contributing as_it_is = { .tree = &(struct node){ 0 },
		.record = c->record };
	const char *title = contribute_title(p, &as_it_is);

	return title != page_string(p, "contribute_untitled")
	    ? title
	    : contribute_title(p, c);
}

/* Schemes that may be the same as a new one. */
static size_t
find_twins(struct page *p, const struct contributing *c,
    struct twin found[TWINS_MAX])
{
	const char *country = node_text(c->tree, "country");

	if (strcmp(c->kind->kind, "scheme") != 0 || *country == '\0' ||
	    c->record != 0)
		return 0;
	return twins_find(twins_read(&p->arena, page_db(p), country), c->tree,
	    0, found);
}

/* Who writes of it should look. */
static void
name_twins(struct page *p, const struct contributing *c)
{
	struct twin found[TWINS_MAX];
	struct buf json = { 0 };
	size_t n = find_twins(p, c, found);

	buf_putc(&json, '[');
	for (size_t i = 0; i < n; i++)
		buf_printf(&json, "%s%lld", i > 0 ? "," : "",
		    (long long)found[i].record);
	buf_putc(&json, ']');
	page_text(p, "_twins_json", json.data);
	buf_free(&json);
	page_rows(p, "_twins",
	    "SELECT l.title, l.url, l.other_lang FROM json_each(:_twins_json) t"
	    " JOIN listed l ON l.id = t.value AND l.ui = :lang ORDER BY t.key");
}

/* "Edit: …", "New: Scheme". */
static void
name_heading(struct page *p, const struct contributing *c)
{
	page_text(p, "_kind", c->kind->kind);
	page_take_query(p, "_kind_label",
	    db_query(page_db(p),
		"SELECT label FROM code_label WHERE list = 'kind'"
		" AND code = :_kind AND lang = :lang"));
	page_number(p, "_is_new", c->record == 0);
	page_text(p, "_record_title", contribute_title(p, c));
	model_change(&p->model, "title",
	    arena_printf(&p->arena, "%s%s %s",
		page_string(p,
		    c->record != 0 ? "contribute_edit" : "contribute_new"),
		page_string(p, "colon"),
		c->record != 0 ? shown_title(p, c)
			       : model_cell(&p->model, "_kind_label").text));
}

void
contribute_notes(struct page *p, const struct contributing *c)
{
	page_number(p, "_contribution", c->id);
	page_rows(p, "notes",
	    "SELECT t.time, date_text(substr(t.time, 1, 10), :lang)"
	    "  AS time_text, l.label AS note_label, t.words AS note_words,"
	    "  m.name AS who FROM state.contribution_note t"
	    " LEFT JOIN member m ON m.id = t.member"
	    " LEFT JOIN code_label l ON l.list = 'contribution_state'"
	    "  AND l.code = t.state AND l.lang = :lang"
	    " WHERE t.contribution = :_contribution ORDER BY t.rowid");
}

/* What only some of the ways to the form say. */
static const char *const unsaid[] = { "_asks", "_compared", "_missed",
	"_too_often" };

int
contribute_form(struct page *p, struct contributing *c, int status,
    struct record_faults *faults, const char *more)
{
	struct record_form form = { .kind = c->kind,
		.tree = c->tree,
		.faults = faults,
		.more = more,
		.exists = c->record != 0,
		.reserved = rights_announce(p) };
	bool brings_files = record_form_brings_files(c->kind);

	contribute_hide(p, c, c->tree);
	page_form(p);
	name_heading(p, c);
	contribute_notes(p, c);
	form.own = contribute_name_spokesperson(p, c);
	name_twins(p, c);
	page_text(p, "_action",
	    arena_printf(&p->arena, "%s%s", own_path(p, c),
		brings_files ? with_files : ""));
	page_number(p, "_base", c->base);
	page_number(p, "_may_publish", c->may_publish || form.own);
	page_number(p, "_own", form.own);
	page_number(p, "_kept", c->id != 0);
	page_number(p, "_multipart", brings_files);
	page_number(p, "_reviewing", c->reviewing);
	page_text(p, "_words", c->words);
	page_number(p, "_schedules", c->kind->scheduled);
	for (size_t i = 0; i < sizeof(unsaid) / sizeof(unsaid[0]); i++)
		if (model_find(&p->model, unsaid[i]) == NULL)
			page_text(p, unsaid[i], "");
	record_form_show(p, &form);
	return page_show(p, status, "contribute/form");
}

/* Does a new one say anything that its form did not say by itself? */
static bool
says_something(struct page *p, const struct contributing *c)
{
	struct contributing fresh = { .kind = c->kind };

	contribute_begin_tree(p, &fresh);
	for (const struct node *n = c->tree->first; n != NULL; n = n->next)
		if (strcmp(n->key, "lang") != 0 &&
		    (n->type != NODE_TEXT ||
			strcmp(node_text(fresh.tree, n->key), n->text) != 0))
			return true;
	return *c->words != '\0';
}

/* A form that was opened and left is no draft: then it is true, and c has no
 * id. */
static bool
keep(struct page *p, struct contributing *c, const char *state, bool note)
{
	if (c->id == 0 && c->record == 0 && !says_something(p, c))
		return true;
	return page_begin(p) && contribute_save(p, c, state, note) &&
	    page_commit(p);
}

/* Where it stays if it goes no further. */
static const char *
same_state(const struct contributing *c)
{
	return *c->state != '\0' ? c->state : "draft";
}

static int
say_empty(struct page *p, struct contributing *c)
{
	struct record_faults faults = { .page = p, .kind = c->kind };

	record_faults_add(&faults, "", page_string(p, "contribute_empty"));
	return contribute_form(p, c, 422, &faults, "");
}

static int
save(struct page *p, struct contributing *c)
{
	bool fresh = c->id == 0;

	if (!keep(p, c, same_state(c), false))
		return contribute_failed(p, c);
	fresh = fresh && c->id != 0;
	p->response->personal = true;
	if (*form_get(&p->form, "_autosave") != '\0') {
		if (fresh)
			response_header(p->response, "location",
			    own_path(p, c));
		return fresh ? 201 : 204;
	}
	return c->id != 0 ? contribute_go(p, c, "saved") : say_empty(p, c);
}

/* Keep what cannot go on as it is, and show why. */
static int
refuse(struct page *p, struct contributing *c, struct record_faults *faults)
{
	if (!keep(p, c, same_state(c), false))
		return contribute_failed(p, c);
	return contribute_form(p, c, 422, faults, "");
}

/* Is it there already, as far as names tell, and was that not asked yet? */
static bool
asks(struct page *p, const struct contributing *c)
{
	struct twin found[TWINS_MAX];

	if (c->reviewing || *form_get(&p->form, "_asked") != '\0' ||
	    find_twins(p, c, found) == 0 || !found[0].sure)
		return false;
	page_text(p, "_asks", "1");
	return true;
}

/* Reviewers get a mail of each: what is too much stays a draft for now. */
static int
submit(struct page *p, struct contributing *c, struct record_faults *faults)
{
	if (!limit_take(p, LIMIT_SUBMIT,
		arena_printf(&p->arena, "%lld", (long long)p->member.id))) {
		if (!keep(p, c, same_state(c), false))
			return contribute_failed(p, c);
		page_text(p, "_too_often", "1");
		return contribute_form(p, c, 429, faults, "");
	}
	if (!page_begin(p))
		return 500;
	if (!contribute_save(p, c, "submitted", true) || !contribute_tell(p, c))
		return contribute_failed(p, c);
	return page_commit(p) ? contribute_go(p, c, "submitted") : 500;
}

static enum published
publish_it(struct page *p, struct contributing *c, struct check *check)
{
	struct publishing it = {
		.kind = c->kind,
		.record = c->record,
		.base = c->base,
		.tree = c->tree,
		.arena = &p->arena,
		.by = { .comment = c->words,
		    .author = c->author,
		    .reviewer = c->reviewing ? p->member.id : 0,
		    .contribution = c->id },
	};
	enum published outcome = publish(check, &it);

	c->record = it.record;
	return outcome;
}

/* It is good, and waits: "mutua jobs" publishes it when it is due. */
static int
schedule(struct page *p, struct contributing *c, int64_t due)
{
	c->due = due;
	return keep(p, c, "scheduled", true) ? contribute_go(p, c, "scheduled")
					     : contribute_failed(p, c);
}

/* The contribution and the revision it becomes are one transaction. */
static int
publish_now(struct page *p, struct contributing *c,
    struct record_faults *faults)
{
	struct buf why = { 0 };
	struct check check = { .db = page_writer(p), .why = &why };
	const int64_t record = c->record, id = c->id;
	enum published outcome = PUBLISH_FAILED;

	record_faults_hear(faults, &check);
	if (page_begin(p) && contribute_save(p, c, same_state(c), false))
		outcome = publish_it(p, c, &check);
	buf_free(&why);
	if (outcome == PUBLISHED && contribute_save(p, c, "published", true) &&
	    contribute_tell(p, c) && page_commit(p))
		return page_redirect(p, 303,
		    arena_printf(&p->arena, "%s?done=published",
			contribute_url(p, c->record)));
	if (c->overtaken)
		return contribute_failed(p, c);
	page_rollback(p);
	c->record = record;
	c->id = id;
	if (outcome == PUBLISH_FAULTS)
		return refuse(p, c, faults);
	return outcome == PUBLISH_CONFLICT ? contribute_conflict(p, c) : 500;
}

int
contribute_go_on(struct page *p, struct contributing *c, const char *action)
{
	struct record_faults faults = { .page = p, .kind = c->kind };
	struct buf why = { 0 };
	/* a file that came along is there for who wrote it, and not yet for the
	 * connection whose reading began before */
	struct check check = { .db = page_writer(p), .why = &why };
	bool live = c->may_publish && strcmp(action, "publish") == 0, good;
	int64_t due = schedule_due(p, c->kind, c->tree);

	record_faults_hear(&faults, &check);
	check_record(&check, c->kind, c->tree);
	buf_free(&why);
	good = !live ||
	    schedule_announces(p, c->tree, contribute_base(p, c), &faults);
	if (check.faults > 0 || !good || asks(p, c))
		return refuse(p, c, &faults);
	if (c->record != 0 && publish_newest(page_db(p), c->record) != c->base)
		return contribute_conflict(p, c);
	faults.n = 0;
	if (live && due != 0)
		return schedule(p, c, due);
	return live ? publish_now(p, c, &faults) : submit(p, c, &faults);
}

/* Keep it, and go to the page that it will be. */
static int
preview(struct page *p, struct contributing *c)
{
	if (!keep(p, c, same_state(c), false))
		return contribute_failed(p, c);
	return c->id == 0
	    ? say_empty(p, c)
	    : page_redirect(p, 303,
		  arena_printf(&p->arena, "/%s/contributions/%lld/preview",
		      page_lang(p), (long long)c->id));
}

/* Files that came along become what a record calls them by.  False after
 * telling what is wrong with one. */
static bool
take_files(struct page *p, const struct kind *k, struct record_faults *faults)
{
	struct buf why = { 0 };
	bool good = true;

	for (size_t i = 0; i < p->form.n; i++) {
		struct form_field *f = &p->form.fields[i];
		const char *sha;

		if (f->filename == NULL ||
		    (*f->filename == '\0' && f->len == 0) ||
		    !record_form_is_file(k, f->name))
			continue;
		buf_clear(&why);
		sha = upload_take(p, f, &why);
		if (sha == NULL) {
			record_faults_add(faults, f->name,
			    page_string(p, buf_text(&why)));
			good = false;
			continue;
		}
		f->filename = NULL;
		f->value = sha;
		f->len = strlen(sha);
	}
	buf_free(&why);
	return good;
}

/* A form that is sent twice, by a second click or by going back, is one
 * contribution: is it there, as it is now? */
static void
find_sent(struct page *p, struct contributing *c)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT id, state FROM state.contribution WHERE member = :member"
	    " AND kind = :kind AND coalesce(record, 0) = :record"
	    " AND tree = :tree AND state IN ('draft', 'submitted', 'scheduled')"
	    " AND created > strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 hour')"
	    " ORDER BY updated DESC, created DESC LIMIT 1"));

	db_set_int(q, "member", p->member.id);
	db_set_text(q, "kind", c->kind->kind);
	db_set_int(q, "record", c->record);
	db_set_text(q, "tree", c->json);
	if (db_next(q)) {
		c->id = db_int(q, 0);
		c->state = page_keep(p, db_text(q, 1), db_cell(q, 1).len);
	}
	db_restart(q);
}

int
contribute_take(struct page *p, struct contributing *c)
{
	const char *action = form_get(&p->form, "_do");
	const char *more = form_get(&p->form, "_more");
	static const char going_on[] = " submit publish ";
	const struct node *was = c->tree;
	struct record_faults faults = { .page = p, .kind = c->kind };
	const struct node *base = contribute_base(p, c);
	bool files = take_files(p, c->kind, &faults);

	c->tree = record_form_read(&p->arena, &p->form, c->kind);
	if (was == NULL)
		was = base;
	record_form_keep(&p->arena, c->kind, c->tree, was, rights_announce(p));
	if (!c->may_publish)
		record_form_unhide(&p->arena, c->kind, c->tree, was, base);
	record_form_resolve(page_db(p), &p->arena, c->kind, c->tree);
	record_form_number(&p->arena, c->tree);
	c->words = page_field(p, "words");
	c->may_publish = rights_publish(p, c->kind->kind, c->record, c->tree);
	contribute_keep_json(p, c);
	if (c->id == 0)
		find_sent(p, c);
	if (!contribute_is_open(c) && !c->reviewing && *c->state != '\0')
		return contribute_go(p, c,
		    strcmp(c->state, "scheduled") == 0 ? "scheduled"
						       : "submitted");
	if (!c->reviewing && contribute_is_full(p, c)) {
		record_faults_add(&faults, "", page_string(p, "form_full"));
		return contribute_form(p, c, 422, &faults, "");
	}
	if (!files)
		return refuse(p, c, &faults);
	/* whoever goes away now finds it again, too */
	if (*more != '\0' && !c->reviewing && !keep(p, c, same_state(c), false))
		return contribute_failed(p, c);
	if (*more != '\0')
		return contribute_form(p, c, 200, NULL, more);
	if (strcmp(action, "preview") == 0)
		return preview(p, c);
	if (*action != '\0' &&
	    strstr(going_on, arena_printf(&p->arena, " %s ", action)) != NULL)
		return contribute_go_on(p, c, action);
	return save(p, c);
}
