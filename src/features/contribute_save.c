/*
 * A contribution in state.db, and the mails that tell of it.
 */
#include <string.h>

#include "data/json.h"
#include "data/publish.h"
#include "features/contribute_own.h"
#include "web/recipients.h"
#include "web/rights.h"

enum { UNPUBLISHED_MAX = 20 * 1000 * 1000 }; /* characters, of one member */

struct node *
contribute_tree(struct page *p, const char *json)
{
	static const struct node at = { .file = "" };
	struct buf why = { 0 };
	struct node *tree = json_read(&p->arena, &at, json, strlen(json), &why);

	buf_free(&why);
	if (tree == NULL || tree->type != NODE_MAP)
		return NULL;
	record_form_number(&p->arena, tree);
	return tree;
}

struct node *
contribute_base(struct page *p, const struct contributing *c)
{
	return c->record == 0 || c->base == 0
	    ? NULL
	    : publish_tree(page_db(p), &p->arena, c->record, c->base);
}

void
contribute_hide(struct page *p, const struct contributing *c, struct node *tree)
{
	if (!c->may_publish && tree != NULL)
		record_form_hide(c->kind, tree, contribute_base(p, c));
}

const char *
contribute_url(struct page *p, int64_t record)
{
	struct query *q = db_restart(db_query(page_writer(p),
	    "SELECT '/' || :lang || '/' || k.path || '/' || r.slug"
	    " FROM record r JOIN kind k ON k.kind = r.kind"
	    " WHERE r.id = :record"));
	const char *url = "/";

	db_set_text(q, "lang", page_lang(p));
	db_set_int(q, "record", record);
	if (db_next(q))
		url = page_keep(p, db_text(q, 0), db_cell(q, 0).len);
	db_restart(q);
	return url;
}

/* For filters: its country, or the first of many. */
static const char *
country_of(const struct contributing *c)
{
	const char *country = node_text(c->tree, "country");
	const struct node *list = node_get(c->tree, "countries");

	if (*country == '\0' && list != NULL && list->first != NULL)
		country = list->first->text;
	return country;
}

static void
name_all(struct page *p, const struct contributing *c, const char *state)
{
	page_number(p, "_contribution", c->id);
	page_text(p, "_kind", c->kind->kind);
	page_number(p, "_record", c->record);
	page_number(p, "_base", c->base);
	page_number(p, "_author", c->author);
	page_text(p, "_state", state);
	page_number(p, "_due", strcmp(state, "scheduled") == 0 ? c->due : 0);
	page_number(p, "_reviewer", c->reviewing ? p->member.id : 0);
	page_text(p, "_list_title", contribute_title(p, c));
	page_text(p, "_country", country_of(c));
	page_text(p, "_tree", c->json != NULL ? c->json : "");
	page_text(p, "_words", c->words);
}

static void
insert(struct page *p, struct contributing *c)
{
	page_take(p, "_contribution",
	    "INSERT INTO state.contribution (id, kind, record, base, member,"
	    "  lang, state, due, title, country, tree, words, created, updated)"
	    " VALUES (" NEW_CONTRIBUTION
	    ", :_kind, nullif(:_record, 0), nullif(:_base, 0), :_author,"
	    "  :lang, :_state, nullif(:_due, 0), :_list_title,"
	    "  nullif(:_country, ''), :_tree, nullif(:_words, ''), strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) RETURNING id");
	c->id = db_last_id(page_writer(p));
}

/* Two who decide at once come one after the other here, and the second finds
 * another state.  No two texts have the same time, by which reviewers say which
 * of them they have read. */
static bool
update(struct page *p)
{
	return page_take(p, "_kept",
	    "UPDATE state.contribution SET record = nullif(:_record, 0),"
	    "  base = nullif(:_base, 0), state = :_state,"
	    "  due = nullif(:_due, 0), reviewer = iif(:_due = 0, NULL,"
	    "   nullif(:_reviewer, 0)), title = :_list_title,"
	    "  country = nullif(:_country, ''), tree = :_tree,"
	    "  words = nullif(:_words, ''),"
	    "  updated = max(strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),"
	    "   strftime('%Y-%m-%dT%H:%M:%SZ', updated, '+1 second'))"
	    " WHERE id = :_contribution AND state = :_state_was"
	    " RETURNING id");
}

bool
contribute_is_full(struct page *p, const struct contributing *c)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT coalesce(sum(length(tree)), 0) FROM state.contribution"
	    " WHERE member = :member AND state <> 'published' AND id <> :id"
	    " AND id NOT IN (SELECT contribution FROM feed_entry"
	    "  WHERE contribution IS NOT NULL)"));

	db_set_int(q, "member", p->member.id);
	db_set_int(q, "id", c->id);
	return db_number(q, 0) + (int64_t)strlen(c->json) > UNPUBLISHED_MAX;
}

bool
contribute_save(struct page *p, struct contributing *c, const char *state,
    bool note)
{
	name_all(p, c, state);
	page_text(p, "_state_was", c->state);
	if (c->id == 0)
		insert(p, c);
	else
		c->overtaken = !update(p);
	if (c->overtaken)
		return false;
	c->state = state;
	if (!note)
		return !db_failed(page_writer(p));
	page_run(p,
	    "UPDATE state.contribution SET submitted = coalesce(submitted,"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"
	    " WHERE id = :_contribution AND :_state = 'submitted'");
	page_run(p,
	    "INSERT INTO state.contribution_note (contribution, time, member,"
	    "  state) VALUES (:_contribution,"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), nullif(:_member, 0),"
	    "  :_state)");
	return !db_failed(page_writer(p));
}

int
contribute_failed(struct page *p, const struct contributing *c)
{
	page_rollback(p);
	if (!c->overtaken || db_failed(page_writer(p)))
		return 500;
	if (*form_get(&p->form, "_autosave") != '\0')
		return 409;
	return page_redirect(p, 303,
	    c->reviewing ? arena_printf(&p->arena, "/%s/review?done=meanwhile",
			       page_lang(p))
			 : arena_printf(&p->arena,
			       "/%s/contributions/%lld?done=meanwhile",
			       page_lang(p), (long long)c->id));
}

/* Those who look after what it is about; if nobody does, editors. */
static size_t
find_reviewers(struct page *p, int64_t author, struct recipient to[RECIPIENTS])
{
	size_t n = recipients_read(p,
	    db_query(page_writer(p),
		"SELECT m.email, m.lang FROM member m"
		" WHERE m.status = 'active' AND m.id <> :_author AND EXISTS"
		" (SELECT 1 FROM steward s WHERE s.member = m.id"
		"  AND (" LOOKS_AFTER(
		    ":_record") " OR (:_record = 0"
				"   AND s.country = :_country) OR (:_record = 0 AND :_tree <> ''"
				"   AND s.theme IN (SELECT value FROM json_each(:_tree,"
				"    '$.themes'))))) ORDER BY m.id LIMIT 20"),
	    to);

	return n > 0 ? n : recipients_editors(p, author, to);
}

static bool
tell_author(struct page *p, const struct contributing *c)
{
	bool published = strcmp(c->state, "published") == 0;
	struct recipient to[RECIPIENTS];

	if ((published && !c->reviewing) ||
	    recipients_read(p,
		db_query(page_writer(p),
		    "SELECT email, lang FROM member WHERE id = :_author"
		    " AND status = 'active' LIMIT 1"),
		to) == 0)
		return true;
	return recipients_send(p, published ? "published" : "submitted", to, 1,
	    published
		? contribute_url(p, c->record) + 3 /* without the language */
		: arena_printf(&p->arena, "/contributions/%lld",
		      (long long)c->id));
}

bool
contribute_tell(struct page *p, const struct contributing *c)
{
	struct recipient to[RECIPIENTS];
	size_t n = 0;
	bool sent;

	model_change(&p->model, "title", contribute_title(p, c));
	page_text(p, "link", "");
	page_text(p, "who", p->member.name);
	page_text(p, "said", "");
	sent = tell_author(p, c);
	if (strcmp(c->state, "submitted") == 0)
		n = find_reviewers(p, c->author, to);
	return sent &&
	    recipients_send(p, "review", to, n,
		arena_printf(&p->arena, "/review/%lld", (long long)c->id));
}
