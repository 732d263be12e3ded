/*
 * Sending an issue: the mail as it will be in each language, one to try it, and
 * then to all who get it, once.  What is asked for here is done by "mutua jobs"
 * (cli/jobs_newsletter.c).
 */
#include <stdlib.h>
#include <string.h>

#include "features/newsletter.h"
#include "view/issue.h"
#include "view/mail.h"
#include "web/fault.h"
#include "web/record.h"
#include "web/site.h"

/* The language of the mail that is looked at. */
static const char *
mail_lang(struct page *p, const char *asked)
{
	for (size_t l = 0; site_languages[l] != NULL; l++)
		if (strcmp(site_languages[l], asked) == 0)
			return site_languages[l];
	return page_lang(p);
}

static int64_t
issue_of(struct page *p)
{
	return strtoll(model_cell(&p->model, "record").text, NULL, 10);
}

/* The issue, and this page's title; false if it is not published. */
static bool
find_issue(struct page *p)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT r.id FROM record r JOIN newsletter n ON n.record = r.id"
	    " WHERE r.kind = 'newsletter' AND r.slug = :slug"
	    " AND r.status = 'published'"));

	db_set_text(q, "slug", model_cell(&p->model, "slug").text);
	page_number(p, "record", db_number(q, 0));
	page_text(p, "part", "newsletter");
	return issue_of(p) != 0 && record_subject(p, "newsletter_send_title");
}

static struct letter
letter_of(struct page *p, struct model *m, const char *lang)
{
	const char *out = arena_printf(&p->arena, "/%s/digests", lang);

	issue_name(m, page_db(p), &p->arena, issue_of(p));
	model_text(m, "end", out);
	model_text(m, "manage", out);
	return (struct letter){ .recipient = p->member.email,
		.lang = lang,
		.name = "newsletter",
		.model = m };
}

/* The mail, but for the links that are each reader's own. */
static void
name_preview(struct page *p, const char *lang)
{
	struct model m = { 0 };
	struct letter l = letter_of(p, &m, lang);
	struct mail_shown shown = { 0 };

	if (mailer_show(site_mailer(p->site), &l, &shown)) {
		page_text(p, "_subject", buf_text(&shown.subject));
		page_text(p, "_mail_html", buf_text(&shown.html));
		page_text(p, "_mail_text", buf_text(&shown.text));
	}
	page_text(p, "_mail_lang", lang);
	buf_free(&shown.subject);
	buf_free(&shown.html);
	buf_free(&shown.text);
}

/* How far it has come, if it is being sent or has been. */
static void
name_progress(struct page *p)
{
	page_row(p,
	    "SELECT count(*) AS subscribers FROM state.subscription"
	    " WHERE period = 'issue'");
	page_rows(p, "mailing",
	    "SELECT m.started, date_text(substr(m.started, 1, 10), :lang)"
	    "   AS started_text, m.ended, m.total, count(o.id) AS queued,"
	    "  count(o.sent) AS sent, count(o.given_up) AS failed"
	    " FROM state.mailing m LEFT JOIN state.outbox o"
	    "  ON o.once >= 'newsletter ' || m.record || ' '"
	    "  AND o.once < 'newsletter ' || m.record || '!'"
	    " WHERE m.record = :record GROUP BY m.record");
	page_rows(p, "mail_languages",
	    "SELECT l.lang AS code, l.name AS label, l.lang = :_mail_lang"
	    "  AS current, (SELECT count(*) FROM state.subscription s"
	    "   WHERE s.period = 'issue' AND s.lang = l.lang) AS subscribed"
	    " FROM language l ORDER BY l.place");
}

static int
show(struct page *p, int status, const char *lang)
{
	page_form(p);
	name_preview(p, lang);
	name_progress(p);
	return page_show(p, status, "newsletter/send");
}

static void
begin(struct page *p)
{
	static const char *const fields[] = { "sure", NULL };

	fault_fields(p, fields);
}

int
newsletter_send(struct page *p)
{
	if (!find_issue(p))
		return 404;
	begin(p);
	return show(p, 200, mail_lang(p, page_param(p, "mail")));
}

static int
go(struct page *p, const char *lang, const char *done)
{
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "%s/send?mail=%s&done=%s",
		model_cell(&p->model, "record_url").text, lang, done));
}

/* To whoever asks, in one language. */
static int
try_out(struct page *p, const char *lang)
{
	struct model m = { 0 };
	struct letter l = letter_of(p, &m, lang);

	if (!page_begin(p))
		return 500;
	if (!mailer_put(site_mailer(p->site), page_writer(p), &l) ||
	    !page_commit(p))
		return 500;
	return go(p, lang, "mail_tried");
}

/* To all who get it now.  It is begun once, whoever presses the button. */
static int
start(struct page *p, const char *lang)
{
	if (!page_begin(p))
		return 500;
	page_run(p,
	    "INSERT INTO state.mailing (record, member, started, total, last)"
	    " SELECT :record, :_member,"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), count(*), max(id)"
	    " FROM state.subscription WHERE period = 'issue'"
	    " HAVING count(*) > 0 ON CONFLICT DO NOTHING");
	return page_commit(p) ? go(p, lang, "mailing") : 500;
}

int
newsletter_send_post(struct page *p)
{
	const char *lang = mail_lang(p, page_field(p, "mail"));

	if (!find_issue(p))
		return 404;
	begin(p);
	if (strcmp(page_field(p, "do"), "try") == 0)
		return try_out(p, lang);
	if (*page_field(p, "sure") == '\0') {
		fault_say(p, "sure", "newsletter_send_unsure");
		return show(p, 422, lang);
	}
	return start(p, lang);
}
