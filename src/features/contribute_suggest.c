/*
 * A suggestion: what is wrong in a record, in the words of anybody.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "data/message.h"
#include "features/contribute.h"
#include "features/contribute_own.h"
#include "web/fault.h"
#include "web/limit.h"

enum {
	SECONDS_MIN = 3, /* nobody types faster than that */
	WORDS_MAX = 5000
};

static const char *const fields[] = { "words", "evidence", "email", NULL };

static int64_t
record_of(struct page *p)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT id FROM record WHERE id = :record"
	    " AND status = 'published'"));

	db_set_int(q, "record",
	    strtoll(model_cell(&p->model, "record").text, NULL, 10));
	return db_number(q, 0);
}

static int
show(struct page *p, int status)
{
	page_form(p);
	page_row(p,
	    "SELECT s.title AS _record_title, s.url AS _record_url"
	    " FROM shown s WHERE s.record = :record AND s.ui = :lang");
	model_change(&p->model, "title",
	    arena_printf(&p->arena, "%s%s %s", page_string(p, "suggest"),
		page_string(p, "colon"),
		model_cell(&p->model, "_record_title").text));
	return page_show(p, status, "contribute/suggest");
}

int
contribute_suggest(struct page *p)
{
	if (record_of(p) == 0)
		return 404;
	page_text(p, "words", "");
	page_text(p, "evidence", "");
	page_text(p, "email", "");
	fault_fields(p, fields);
	return show(p, 200);
}

static void
check(struct page *p, const char *words, const char *email)
{
	const char *evidence = model_cell(&p->model, "evidence").text;

	fault_fields(p, fields);
	if (*words == '\0')
		fault_say(p, "words", "suggest_words_missing");
	if (utf8_count(words, strlen(words)) > WORDS_MAX)
		fault_say(p, "words", "suggest_words_long");
	if (utf8_count(evidence, strlen(evidence)) > WORDS_MAX)
		fault_say(p, "evidence", "suggest_words_long");
	if (*email != '\0' && !message_is_address(email))
		fault_say(p, "email", "suggest_email_wrong");
	if (p->form_age < SECONDS_MIN)
		fault_say(p, "words", "suggest_fast");
}

static int
keep(struct page *p, struct contributing *c)
{
	if (!page_begin(p))
		return 500;
	page_number(p, "_author", c->author);
	page_text(p, "_country", "");
	page_text(p, "_tree", "");
	page_text(p, "_list_title", contribute_title(p, c));
	page_number(p, "_record", c->record);
	page_take(p, "_contribution",
	    "INSERT INTO state.contribution (id, kind, record, member,"
	    "  visitor, lang, state, title, country, words, evidence, created,"
	    "  updated, submitted) VALUES (" NEW_CONTRIBUTION
	    ", :kind, :_record, nullif(:_author, 0),"
	    "  nullif(:email, ''), :lang, 'submitted', :_list_title,"
	    "  (SELECT country FROM scheme WHERE record = :_record UNION ALL"
	    "   SELECT country FROM country WHERE record = :_record UNION ALL"
	    "   SELECT country FROM record_country WHERE record = :_record"
	    "   LIMIT 1),"
	    "  :words, nullif(:evidence, ''),"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) RETURNING id");
	c->id = strtoll(model_cell(&p->model, "_contribution").text, NULL, 10);
	page_run(p,
	    "INSERT INTO state.contribution_note (contribution, time, member,"
	    "  state) VALUES (:_contribution,"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), nullif(:_author, 0),"
	    "  'submitted')");
	if (!contribute_tell(p, c)) {
		page_rollback(p);
		return 500;
	}
	return page_commit(p) ? 303 : 500;
}

int
contribute_suggest_post(struct page *p)
{
	struct contributing c = {
		.kind = kind_find(model_cell(&p->model, "kind").text),
		.record = record_of(p),
		.author = p->member.id,
		.state = "submitted",
		.words = page_field(p, "words"),
	};
	const char *email = page_field(p, "email"), *url;
	int status = 303;

	page_field(p, "evidence");
	if (c.record == 0)
		return 404;
	url = arena_printf(&p->arena, "%s?done=suggested",
	    contribute_url(p, c.record));
	if (*form_get(&p->form, "address") != '\0') /* people leave it empty */
		return page_redirect(p, 303, url);
	check(p, c.words, email);
	if (fault_any(p))
		return show(p, 422);
	if (!limit_take(p, LIMIT_SUGGEST, NULL))
		return 429;
	status = keep(p, &c);
	return status == 303 ? page_redirect(p, 303, url) : status;
}
