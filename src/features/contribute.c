/*
 * Contributing: what can be written, and the forms for it.
 */
#include <stdlib.h>
#include <string.h>

#include "data/publish.h"
#include "features/contribute.h"
#include "features/contribute_own.h"
#include "view/json.h"
#include "web/rights.h"

/* What members are asked for; rights.c says who may. */
static const struct {
	const char *kind;
	const char *text; /* what it is for */
} asked[] = {
	{ "scheme", "contribute_scheme" },
	{ "document", "contribute_document" },
	{ "organisation", "contribute_organisation" },
	{ "expert", "contribute_expert" },
	{ "term", "contribute_term" },
	{ "country", "contribute_country" },
	{ "event", "contribute_event" },
	{ "news", "contribute_news" },
	{ "link", "contribute_link" },
	{ "question", "contribute_question" },
};

int
contribute_index(struct page *p)
{
	struct buf json = { 0 };

	buf_putc(&json, '[');
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		const char *text = page_string(p, asked[i].text);

		buf_printf(&json, "%s[\"%s\",%d,", i > 0 ? "," : "",
		    asked[i].kind,
		    rights_of_kind(asked[i].kind, false) == MEMBER ||
			(p->member.id != 0 &&
			    rights_write(p, asked[i].kind, false)));
		json_quote(&json, text, strlen(text));
		buf_putc(&json, ']');
	}
	buf_putc(&json, ']');
	page_text(p, "_kinds_json", json.data);
	buf_free(&json);
	model_change(&p->model, "title", page_string(p, "contribute"));
	page_rows(p, "kinds",
	    "SELECT k.kind, l.label, '/' || :lang || '/' || k.path AS url,"
	    "  j.value ->> '$[2]' AS text, j.value ->> '$[1]' AS _fresh"
	    " FROM json_each(:_kinds_json) j JOIN kind k"
	    "  ON k.kind = j.value ->> '$[0]'"
	    " JOIN code_label l ON l.list = 'kind' AND l.code = k.kind"
	    "  AND l.lang = :lang ORDER BY j.key");
	return page_show(p, 200, "contribute/index");
}

/* Records of a kind, or of any, whose title has the words somewhere: what is
 * chosen while typing. */
int
contribute_pick(struct page *p)
{
	page_param(p, "kind");
	page_param(p, "q");
	page_rows(p, "records",
	    "SELECT CASE WHEN :kind = '' THEN s.kind || '/' ELSE '' END"
	    "  || r.slug AS slug, s.title, c.label FROM shown s"
	    " JOIN record r ON r.id = s.record"
	    " JOIN code_label c ON c.list = 'kind' AND c.code = s.kind"
	    "  AND c.lang = :lang WHERE s.ui = :lang"
	    " AND (s.kind = :kind OR :kind = '')"
	    " AND instr(fold(s.title), fold(:q)) > 0 AND :q <> ''"
	    " ORDER BY s.sort LIMIT 12");
	return page_show(p, 200, "contribute/pick");
}

/* A new record of the kind that the address names. */
static int
begin_new(struct page *p, struct contributing *c)
{
	*c = (struct contributing){
		.kind = kind_find(model_cell(&p->model, "kind").text),
		.author = p->member.id,
		.state = "",
		.words = "",
	};
	if (c->kind == NULL)
		return 404;
	return rights_write(p, c->kind->kind, false) ? 0 : 403;
}

static void
add_text(struct page *p, struct contributing *c, const char *field,
    const char *text)
{
	struct node *n = node_add(&p->arena, c->tree, field, NODE_TEXT);

	n->text = text;
	n->len = strlen(text);
}

/* An issue of the newsletter is to be the one after the last. */
static void
propose_number(struct page *p, struct contributing *c)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT 1 + coalesce(max(number), 0) FROM newsletter"));

	add_text(p, c, "number",
	    arena_printf(&p->arena, "%lld", (long long)db_number(q, 1)));
}

/* News is of the organisation they speak for, if that is one. */
static void
propose_organisation(struct page *p, struct contributing *c)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT max(slug) FROM spoken_for WHERE member = :member"
	    " HAVING count(*) = 1"));

	db_set_int(q, "member", p->member.id);
	if (db_next(q))
		add_text(p, c, "organisation",
		    page_keep(p, db_text(q, 0), db_cell(q, 0).len));
	db_restart(q);
}

void
contribute_begin_tree(struct page *p, struct contributing *c)
{
	struct node top = { .file = "" };

	c->tree = node_add(&p->arena, &top, NULL, NODE_MAP);
	add_text(p, c, "lang", page_lang(p));
	if (strcmp(c->kind->kind, "newsletter") == 0)
		propose_number(p, c);
	if (strcmp(c->kind->kind, "news") == 0)
		propose_organisation(p, c);
}

int
contribute_new(struct page *p)
{
	struct contributing c;
	int status = begin_new(p, &c);

	if (status != 0)
		return status;
	contribute_begin_tree(p, &c);
	c.may_publish = rights_publish(p, c.kind->kind, 0, c.tree);
	return contribute_form(p, &c, 200, NULL, "");
}

int
contribute_new_post(struct page *p)
{
	struct contributing c;
	int status = begin_new(p, &c);

	return status != 0 ? status : contribute_take(p, &c);
}

/* A record that is there, as its newest revision has it. */
static int
begin_edit(struct page *p, struct contributing *c)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT id FROM record WHERE id = :record"
	    " AND status = 'published'"));
	begin_new(p, c);
	db_set_int(q, "record",
	    strtoll(model_cell(&p->model, "record").text, NULL, 10));
	c->record = db_number(q, 0);
	if (c->kind == NULL || c->record == 0)
		return 404;
	c->base = publish_newest(page_db(p), c->record);
	c->may_publish = rights_publish(p, c->kind->kind, c->record, NULL);
	return c->may_publish || rights_write(p, c->kind->kind, true) ? 0 : 403;
}

int
contribute_edit(struct page *p)
{
	struct contributing c;
	int status = begin_edit(p, &c);

	if (status != 0)
		return status;
	c.tree = publish_tree(page_db(p), &p->arena, c.record, 0);
	return c.tree != NULL ? contribute_form(p, &c, 200, NULL, "") : 404;
}

int
contribute_edit_post(struct page *p)
{
	struct contributing c;
	int status = begin_edit(p, &c);
	int64_t base = strtoll(form_get(&p->form, "_base"), NULL, 10);

	if (status != 0)
		return status;
	if (base > 0 && base < c.base)
		c.base = base; /* what they saw when they began */
	return contribute_take(p, &c);
}
