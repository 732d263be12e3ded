/*
 * One contribution before its reviewer, and what becomes of it: published, sent
 * back with a question, declined, or, if it is a suggestion, done.
 *
 * The decision, the note of it and the mail to the author are one transaction.
 * Who decides sends along when what they have read was written: if it has been
 * changed or decided since, nothing happens but that they are told.
 */
#include <stdlib.h>
#include <string.h>

#include "data/json.h"
#include "data/publish.h"
#include "data/twins.h"
#include "features/review.h"
#include "view/json.h"
#include "web/changes.h"
#include "web/record_faults.h"
#include "web/record_form.h"
#include "web/rights.h"
#include "web/schedule.h"

/* What is decided of a contribution that waits. */
struct decision {
	const char *action;
	bool of_suggestion, of_tree;
	bool needs_words;  /* to the author */
	const char *state; /* afterwards */
	const char *mail;
	const char *done; /* what is said of it */
};

static const struct decision decisions[] = {
	{ "publish", false, true, false, "published", "published", "reviewed" },
	{ "publish", false, true, false, "scheduled", "scheduled",
	    "scheduled" },
	{ "changes", false, true, true, "changes", "changes", "asked" },
	{ "decline", true, true, true, "declined", "declined", "declined" },
	{ "done", true, false, false, "published", "published", "carried_out" },
};

static int64_t
number(const struct page *p, const char *name)
{
	return strtoll(model_cell(&p->model, name).text, NULL, 10);
}

static const char *
text(const struct page *p, const char *name)
{
	return model_cell(&p->model, name).text;
}

/* Find it, and see that it is theirs to review: 0, 404 or 403.  Its columns
 * are names of the model. */
static int
open_contribution(struct page *p)
{
	if (!page_row(p,
		"SELECT c.id, c.state, c.kind, c.record, c.base, c.title,"
		"  c.country, c.words AS why, c.evidence, c.updated,"
		"  c.submitted, c.lang AS _written_in, c.tree AS _tree,"
		"  c.visitor AS _visitor, c.member AS author,"
		"  m.name AS author_name, m.email AS _author_email,"
		"  m.lang AS _author_lang, m.status AS _author_status,"
		"  c.tree IS NULL AS is_suggestion, coalesce(c.base, 0) = 0 AS is_new,"
		"  c.state = 'submitted' AS _open, EXISTS (SELECT 1"
		"   FROM feed_entry e WHERE e.contribution = c.id) AS _of_feed,"
		"  c.kind = 'news' AND m.role = 'partner' AND NOT EXISTS"
		"   (SELECT 1 FROM spoken_for s WHERE s.member = m.id"
		"    AND s.slug = c.tree ->> '$.organisation') AS _not_theirs,"
		"  iif(c.evidence GLOB 'http*', 1, 0) AS _evidence_url,"
		"  date_text(substr(c.submitted, 1, 10), :lang)"
		"   AS submitted_text, k.label AS kind_label, s.label AS state_label, n.label AS"
		"  country_label"
		" FROM state.contribution c LEFT JOIN member m"
		"  ON m.id = c.member"
		" LEFT JOIN code_label k ON k.list = 'kind'"
		"  AND k.code = c.kind AND k.lang = :lang"
		" LEFT JOIN code_label s ON s.list = 'contribution_state'"
		"  AND s.code = c.state AND s.lang = :lang"
		" LEFT JOIN code_label n ON n.list = 'country'"
		"  AND n.code = c.country AND n.lang = :lang"
		" WHERE c.id = :id AND c.state NOT IN ('draft', 'withdrawn')"))
		return 404;
	return rights_review(p, number(p, "id")) ? 0 : 403;
}

static const struct kind *
kind_of(const struct page *p)
{
	return kind_find(text(p, "kind"));
}

static const struct node origin = { .file = "contribution", .line = 1 };

/* What its author has written; NULL of a suggestion.  Of a text that is no
 * longer read what is wrong stands in why. */
static struct node *
tree_of(struct page *p, struct buf *why)
{
	struct cell tree = model_cell(&p->model, "_tree");

	if (tree.type != CELL_TEXT)
		return NULL;
	return json_read(&p->arena, &origin, page_keep(p, tree.text, tree.len),
	    tree.len, why);
}

/* What a field is called by its path, "figures.0.value": rows have no names,
 * and what stands below a field goes by the field's. */
static const char *
label_of(struct page *p, const struct kind *k, const char *path)
{
	char *at = page_keep(p, "", 0), *dot;
	const char *label;

	for (size_t n; *path != '\0'; path += n + (path[n] == '.')) {
		n = strcspn(path, ".");
		if (strspn(path, "0123456789") < n)
			at = arena_printf(&p->arena, "%s%s%.*s", at,
			    *at != '\0' ? "." : "", (int)n, path);
	}
	while ((label = record_form_label(p, k, at)) == NULL &&
	    (dot = strrchr(at, '.')) != NULL)
		*dot = '\0';
	return label != NULL ? label : at;
}

/* What a check has found, as rows: label of a field, fault, is_warning. */
static void
name_found(struct page *p, const struct record_faults *found)
{
	struct buf json = { 0 };

	buf_putc(&json, '[');
	for (size_t i = 0; i < found->n; i++) {
		const struct record_fault *e = &found->all[i];
		const char *label = label_of(p, found->kind, e->path);

		buf_puts(&json, i > 0 ? ",[" : "[");
		json_quote(&json, label, strlen(label));
		buf_putc(&json, ',');
		json_quote(&json, e->text, strlen(e->text));
		buf_printf(&json, ",%d]", e->warning);
	}
	buf_putc(&json, ']');
	page_text(p, "_found", json.data);
	buf_free(&json);
	page_rows(p, "faults",
	    "SELECT value ->> 0 AS label, value ->> 1 AS fault,"
	    "  value ->> 2 AS is_warning FROM json_each(:_found)"
	    " ORDER BY is_warning");
}

/* Is it fit to be published?  found is what has been found already, or NULL. */
static void
name_check(struct page *p, struct node *tree, const struct record_faults *found)
{
	struct record_faults faults = { .page = p, .kind = kind_of(p) };
	struct buf why = { 0 };
	struct check c = { .db = page_db(p), .why = &why };

	if (tree != NULL && found == NULL) {
		record_form_number(&p->arena, tree);
		record_faults_hear(&faults, &c);
		check_record(&c, kind_of(p), tree);
	}
	name_found(p, found != NULL ? found : &faults);
	buf_free(&why);
}

/* Schemes that may be the same one. */
static void
name_twins(struct page *p, const struct node *scheme)
{
	const char *country = node_text(scheme, "country");
	struct twin found[TWINS_MAX];
	struct buf json = { 0 };
	size_t n;

	n = twins_find(twins_read(&p->arena, page_db(p), country), scheme,
	    number(p, "record"), found);
	buf_putc(&json, '[');
	for (size_t i = 0; i < n; i++)
		buf_printf(&json, "%s%lld", i > 0 ? "," : "",
		    (long long)found[i].record);
	buf_putc(&json, ']');
	page_text(p, "_twins", json.data);
	buf_free(&json);
}

/* What it would change, or all of it where it is new; what is wrong with it;
 * what may be the same. */
static void
name_tree(struct page *p, const struct record_faults *found)
{
	struct buf why = { 0 };
	struct node *tree = tree_of(p, &why), *before = NULL;

	name_check(p, tree, found);
	page_text(p, "_twins", "[]");
	if (tree != NULL && strcmp(kind_of(p)->kind, "scheme") == 0)
		name_twins(p, tree);
	page_rows(p, "twins",
	    "SELECT l.title, l.url, l.other_lang FROM json_each(:_twins) t"
	    " JOIN listed l ON l.id = t.value AND l.ui = :lang ORDER BY t.id");
	if (tree == NULL)
		tree = json_read(&p->arena, &origin, "{}", 2, &why);
	buf_free(&why);
	page_sent_files(p, text(p, "_tree"));
	page_fields(p, kind_of(p), tree);
	if (number(p, "is_new") == 0)
		before = publish_tree(page_db(p), &p->arena,
		    number(p, "record"), number(p, "base"));
	page_changes(p, kind_of(p), before, tree);
}

/* The record it is about, if there is one: has it been changed, or withdrawn,
 * since it was written? */
static void
name_record(struct page *p)
{
	if (!page_row(p,
		"SELECT r.status <> 'published' AS is_withdrawn,"
		"  '/' || :lang || '/' || k.path || '/' || r.slug"
		"   AS record_url, (SELECT max(number) FROM revision v"
		"   WHERE v.record = r.id) AS newest, :_open AND EXISTS (SELECT 1 FROM revision v"
		"   WHERE v.record = r.id AND v.number > :base) AS is_outdated"
		" FROM record r JOIN kind k ON k.kind = r.kind"
		" WHERE r.id = :record")) {
		page_number(p, "is_withdrawn", 0);
		page_number(p, "is_outdated", 0);
		page_text(p, "record_url", "");
	}
	page_rows(p, "since",
	    "SELECT v.number, v.time, date_text(substr(v.time, 1, 10), :lang)"
	    "  AS time_text," COMMENT ", m.name AS who"
	    " FROM revision v LEFT JOIN member m ON m.id = v.author"
	    " WHERE v.record = :record AND v.number > :base AND :is_outdated"
	    " ORDER BY v.number");
}

/* What was said and done so far, and what else the author has sent. */
static void
name_past(struct page *p)
{
	page_rows(p, "notes",
	    "SELECT t.time, date_text(substr(t.time, 1, 10), :lang)"
	    "  AS time_text, t.state AS note_state, l.label AS note_label,"
	    "  t.words AS note_words, m.name AS who"
	    " FROM state.contribution_note t"
	    " LEFT JOIN member m ON m.id = t.member"
	    " LEFT JOIN code_label l ON l.list = 'contribution_state'"
	    "  AND l.code = t.state AND l.lang = :lang"
	    " WHERE t.contribution = :id ORDER BY t.rowid");
	page_row(p,
	    "SELECT count(*) FILTER (WHERE c.state = 'published')"
	    "  AS author_published,"
	    "  count(*) FILTER (WHERE c.state = 'declined') AS author_declined"
	    " FROM state.contribution c"
	    " WHERE c.member = :author AND c.id <> :id");
}

static bool
is(const char *fault, const char *key)
{
	return fault != NULL && strcmp(fault, key) == 0;
}

/* fault is a string of what went wrong, or NULL; found what is wrong with the
 * text, NULL if nobody has looked. */
static int
show(struct page *p, int status, const char *fault,
    const struct record_faults *found)
{
	page_text(p, "_fault", fault != NULL ? page_string(p, fault) : "");
	page_number(p, "_lacks_words", is(fault, "review_words_missing"));
	page_number(p, "_conflict", is(fault, "review_conflict"));
	name_record(p);
	name_tree(p, found);
	name_past(p);
	return page_show(p, status, "review/item");
}

int
review_item(struct page *p)
{
	int status = open_contribution(p);

	page_text(p, "words", "");
	return status != 0 ? status : show(p, 200, NULL, NULL);
}

/* Is it still what the reviewer has read?  Within the write. */
static bool
is_still_open(struct page *p)
{
	return page_take(p, "_state",
	    "SELECT state FROM state.contribution WHERE id = :id"
	    " AND state = 'submitted' AND updated = :seen");
}

/* Make it a revision: 0, or the status of the page that tells why not. */
static int
publish_tree_of(struct page *p, struct record_faults *found)
{
	struct buf why = { 0 };
	struct check c = { .db = page_writer(p), .why = &why };
	int64_t author = number(p, "author");
	struct publishing it = {
		.kind = kind_of(p),
		.record = number(p, "record"),
		.base = number(p, "base"),
		.tree = tree_of(p, &why),
		.arena = &p->arena,
		.by = { .comment = text(p, "why"),
		    .author = author,
		    .reviewer = author != p->member.id ? p->member.id : 0,
		    .contribution = number(p, "id") },
	};

	enum published outcome = PUBLISH_FAULTS;

	if (it.tree != NULL) {
		record_form_number(&p->arena, it.tree);
		record_faults_hear(found, &c);
		outcome = publish(&c, &it);
	}
	buf_free(&why);
	page_number(p, "_record", it.record);
	return outcome == PUBLISHED       ? 0
	    : outcome == PUBLISH_CONFLICT ? 409
	    : outcome == PUBLISH_FAULTS   ? 422
					  : 500;
}

/* Is it good, for the time when it is due? */
static int
check_tree_of(struct page *p, struct record_faults *found)
{
	struct buf why = { 0 };
	struct check c = { .db = page_writer(p), .why = &why };
	struct node *tree = tree_of(p, &why);

	record_faults_hear(found, &c);
	if (tree != NULL) {
		record_form_number(&p->arena, tree);
		check_record(&c, kind_of(p), tree);
	}
	buf_free(&why);
	return tree == NULL || c.faults > 0 ? 422 : 0;
}

/* Publish it, now or when it is due; editors alone have it announced, too. */
static int
approve(struct page *p, const struct decision *d, struct record_faults *found)
{
	struct buf why = { 0 };
	const struct node *tree = tree_of(p, &why);
	bool good = tree == NULL ||
	    schedule_announces(p, tree,
		publish_tree(page_db(p), &p->arena, number(p, "record"), 0),
		found);

	buf_free(&why);
	if (!good)
		return 422;
	return strcmp(d->state, "scheduled") == 0 ? check_tree_of(p, found)
						  : publish_tree_of(p, found);
}

static void
settle(struct page *p, const struct decision *d)
{
	page_text(p, "_decided", d->state);
	page_run(p,
	    "UPDATE state.contribution SET state = :_decided,"
	    "  due = iif(:_decided = 'scheduled', :_due, NULL),"
	    "  reviewer = iif(:_decided = 'scheduled', :_member, NULL),"
	    "  record = coalesce(record, nullif(:_record, 0)),"
	    "  updated = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
	    " WHERE id = :id");
	page_run(p,
	    "INSERT INTO state.contribution_note (contribution, time, member,"
	    "  state, words) VALUES (:id,"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), :_member, :_decided,"
	    "  nullif(:words, ''))");
}

/* Tell who has written it, in their language; nobody, if it was the reviewer,
 * or a feed, or they are gone. */
static bool
tell_author(struct page *p, const struct decision *d)
{
	bool member = number(p, "author") != 0;
	const char *to = text(p, member ? "_author_email" : "_visitor");

	page_text(p, "_to_lang",
	    text(p, member ? "_author_lang" : "_written_in"));
	if (number(p, "author") == p->member.id || *to == '\0' ||
	    number(p, "_of_feed") != 0 ||
	    (member && strcmp(text(p, "_author_status"), "active") != 0))
		return true;
	if (strcmp(d->state, "published") != 0 || number(p, "_record") == 0)
		page_take(p, "link",
		    "SELECT '/' || :_to_lang || '/contributions/' || :id");
	else
		page_take(p, "link",
		    "SELECT '/' || :_to_lang || '/' || k.path || '/' || r.slug"
		    " FROM record r JOIN kind k ON k.kind = r.kind"
		    " WHERE r.id = :_record");
	page_text(p, "said", text(p, "words"));
	page_take(p, "time",
	    "SELECT time_text(strftime('%Y-%m-%dT%H:%MZ', :_due,"
	    " 'unixepoch'), :_to_lang)");
	return page_mail(p, d->mail, to, text(p, "_to_lang"), NULL);
}

/* What keeps it from being done is shown, and nothing has happened. */
static int
take_back(struct page *p, int status, const struct record_faults *found)
{
	page_rollback(p);
	if (status == 409)
		return show(p, 409, "review_conflict", NULL);
	return status == 422 ? show(p, 422, "review_faults", found) : 500;
}

static int
carry_out(struct page *p, const struct decision *d)
{
	struct record_faults found = { .page = p, .kind = kind_of(p) };
	int status = 0;

	if (!page_begin(p))
		return 500;
	if (!is_still_open(p)) {
		page_rollback(p);
		return show(p, 409, "review_meanwhile", NULL);
	}
	page_number(p, "_record", number(p, "record"));
	if (strcmp(d->action, "publish") == 0)
		status = approve(p, d, &found);
	if (status != 0)
		return take_back(p, status, &found);
	settle(p, d);
	if (!tell_author(p, d) || !page_commit(p))
		return 500;
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/review?done=%s", page_lang(p),
		d->done));
}

/* When it is to be published, if not at once. */
static int64_t
due(struct page *p)
{
	struct buf why = { 0 };
	const struct node *tree = tree_of(p, &why);

	buf_free(&why);
	return tree != NULL ? schedule_due(p, kind_of(p), tree) : 0;
}

static const struct decision *
find_decision(const struct page *p, const char *action)
{
	bool suggestion = number(p, "is_suggestion") != 0;
	bool later = number(p, "_due") != 0;

	for (size_t i = 0; i < sizeof(decisions) / sizeof(decisions[0]); i++)
		if (strcmp(decisions[i].action, action) == 0 &&
		    (!later || strcmp(decisions[i].state, "published") != 0) &&
		    (suggestion ? decisions[i].of_suggestion
				: decisions[i].of_tree))
			return &decisions[i];
	return NULL;
}

int
review_item_post(struct page *p)
{
	const char *words = page_field(p, "words");
	const char *seen = page_field(p, "seen");
	const struct decision *d;
	int status = open_contribution(p);

	if (status != 0)
		return status;
	page_number(p, "_due", due(p));
	d = find_decision(p, page_field(p, "action"));
	if (d == NULL)
		return 400;
	if (number(p, "_open") == 0 || strcmp(text(p, "updated"), seen) != 0)
		return show(p, 409, "review_meanwhile", NULL);
	if (d->needs_words && *words == '\0')
		return show(p, 422, "review_words_missing", NULL);
	return carry_out(p, d);
}
