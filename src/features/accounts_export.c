/*
 * All that is kept about a member, as a file of theirs.
 *
 * What others told in confidence is not theirs, even where a draft of theirs is
 * made from a record that has it.
 * What is left out: hashes of passwords, sessions and links, which would let
 * others in, and the texts of mails, which are forgotten when they are sent.
 */
#include <string.h>

#include "data/json.h"
#include "data/publish.h"
#include "features/accounts.h"
#include "features/accounts_own.h"
#include "web/record_form.h"

/* A part of the file: what the query's only column says, as JSON. */
#define put_part(p, out, name, sql) \
	put_json((p), (out), (name), db_query(page_db(p), sql))

static void
put_json(struct page *p, struct buf *out, const char *name, struct query *q)
{
	const struct scope scope = { .model = &p->model };

	buf_printf(out, "%s\"%s\": ", out->len > 2 ? ",\n" : "", name);
	db_start(q, scope_lookup, &scope);
	buf_puts(out, db_next(q) ? db_text(q, 0) : "null");
	db_restart(q);
}

static void
put_account(struct page *p, struct buf *out)
{
	put_part(p, out, "member",
	    "SELECT json_object('id', id, 'name', name, 'email', email,"
	    "  'lang', lang, 'country', country, 'organisation', organisation,"
	    "  'about', about, 'role', role, 'status', status,"
	    "  'created', created) FROM member WHERE id = :_self");
	put_part(p, out, "stewardships",
	    "SELECT json_group_array(json_object('record', r.slug,"
	    "  'kind', r.kind, 'country', s.country, 'theme', s.theme,"
	    "  'since', s.since))"
	    " FROM steward s LEFT JOIN record r ON r.id = s.record"
	    " WHERE s.member = :_self");
	put_part(p, out, "speaks_for",
	    "SELECT json_group_array(json_object('organisation', r.slug,"
	    "  'since', s.since))"
	    " FROM spokesperson s JOIN main.record r ON r.id = s.organisation"
	    " WHERE s.member = :_self");
	put_part(p, out, "events",
	    "SELECT json_group_array(json_object('time', time, 'what', what,"
	    "  'old', old, 'new', new)) FROM member_event"
	    " WHERE member = :_self");
	put_part(p, out, "sessions",
	    "SELECT json_group_array(json_object("
	    "  'created', strftime('%Y-%m-%dT%H:%M:%SZ', created, 'unixepoch'),"
	    "  'seen', strftime('%Y-%m-%dT%H:%M:%SZ', seen, 'unixepoch'),"
	    "  'network', network, 'agent', agent))"
	    " FROM state.session WHERE member = :_self");
	put_part(p, out, "links_in_mails",
	    "SELECT json_group_array(json_object('purpose', purpose,"
	    "  'created', strftime('%Y-%m-%dT%H:%M:%SZ', created, 'unixepoch'),"
	    "  'expires', strftime('%Y-%m-%dT%H:%M:%SZ', expires, 'unixepoch')))"
	    " FROM state.ticket WHERE member = :_self");
	put_part(p, out, "mails",
	    "SELECT json_group_array(json_object('name', name,"
	    "  'subject', subject, 'lang', lang,"
	    "  'created', strftime('%Y-%m-%dT%H:%M:%SZ', created, 'unixepoch'),"
	    "  'sent', strftime('%Y-%m-%dT%H:%M:%SZ', sent, 'unixepoch'),"
	    "  'error', error)) FROM state.outbox"
	    " WHERE lower(recipient) = (SELECT email_key FROM member"
	    "  WHERE id = :_self)");
}

/* Put a draft, without what the record it is made from withholds. */
static void
put_draft(struct page *p, struct buf *out, const struct query *q)
{
	static const struct node at = { .file = "" };
	const struct kind *k = kind_find(db_text(q, 1));
	struct buf why = { 0 };
	struct node *tree = json_read(&p->arena, &at,
	    page_keep(p, db_text(q, 4), db_cell(q, 4).len), db_cell(q, 4).len,
	    &why);
	struct node *base =
	    publish_tree(page_db(p), &p->arena, db_int(q, 2), db_int(q, 3));

	buf_free(&why);
	if (k == NULL || tree == NULL || tree->type != NODE_MAP || base == NULL)
		return;
	record_form_hide(k, tree, base);
	buf_printf(out, "%s\"%s\":", out->len > 1 ? "," : "", db_text(q, 0));
	publish_put_tree(out, tree);
}

/* Of drafts of changes, by their id: _drafts. */
static void
name_drafts(struct page *p)
{
	struct buf out = { 0 };
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT id, kind, record, base, tree FROM state.contribution"
	    " WHERE member = :member AND base IS NOT NULL"
	    " AND record IS NOT NULL AND json_valid(tree)"));

	db_set_int(q, "member", p->member.id);
	buf_putc(&out, '{');
	while (db_next(q))
		put_draft(p, &out, q);
	buf_putc(&out, '}');
	page_text(p, "_drafts", out.data);
	buf_free(&out);
}

static void
put_work(struct page *p, struct buf *out)
{
	name_drafts(p);
	put_part(p, out, "contributions",
	    "SELECT json_group_array(json_object('kind', c.kind,"
	    "  'record', r.slug, 'lang', c.lang, 'state', c.state,"
	    "  'title', c.title, 'country', c.country, 'words', c.words,"
	    "  'evidence', c.evidence, 'created', c.created,"
	    "  'updated', c.updated, 'submitted', c.submitted,"
	    "  'content', CASE WHEN c.base IS NOT NULL THEN"
	    "    :_drafts -> ('$.\"' || c.id || '\"')"
	    "   WHEN json_valid(c.tree) THEN json(c.tree) END,"
	    "  'notes', (SELECT json_group_array(json_object('time', n.time,"
	    "    'by_you', json(iif(n.member = :_self, 'true', 'false')),"
	    "    'state', n.state, 'words', n.words))"
	    "   FROM state.contribution_note n WHERE n.contribution = c.id)))"
	    " FROM state.contribution c LEFT JOIN main.record r"
	    "  ON r.id = c.record WHERE c.member = :_self");
	put_part(p, out, "notes_on_others",
	    "SELECT json_group_array(json_object('title', c.title,"
	    "  'time', n.time, 'state', n.state, 'words', n.words))"
	    " FROM state.contribution_note n JOIN state.contribution c"
	    "  ON c.id = n.contribution"
	    " WHERE n.member = :_self AND c.member IS NOT n.member");
	put_part(p, out, "revisions",
	    "SELECT json_group_array(json_object('kind', r.kind,"
	    "  'record', r.slug, 'number', v.number, 'time', v.time,"
	    "  'comment', v.comment, 'as',"
	    "  iif(v.author = :_self, 'author', 'reviewer')))"
	    " FROM revision v JOIN record r ON r.id = v.record"
	    " WHERE v.author = :_self OR v.reviewer = :_self");
	put_part(p, out, "watches",
	    "SELECT json_group_array(json_object('title', w.title,"
	    "  'record', r.slug, 'kind', r.kind, 'path', w.path,"
	    "  'query', w.query, 'mail', w.mail, 'created', w.created))"
	    " FROM state.watch w LEFT JOIN main.record r ON r.id = w.record"
	    " WHERE w.member = :_self");
	put_part(p, out, "watch_feed",
	    "SELECT json_object('created', created) FROM state.watch_feed"
	    " WHERE member = :_self");
	put_part(p, out, "withdrawals",
	    "SELECT json_group_array(json_object('kind', r.kind,"
	    "  'record', r.slug, 'time', w.time, 'reason', w.reason))"
	    " FROM withdrawal w JOIN record r ON r.id = w.record"
	    " WHERE w.member = :_self");
	put_part(p, out, "files",
	    "SELECT json_group_array(json_object('name', name, 'type', type,"
	    "  'bytes', bytes, 'sha256', sha256, 'added', added))"
	    " FROM file WHERE member = :_self");
}

/* The feeds they have brought, and looked for. */
static void
put_feeds(struct page *p, struct buf *out)
{
	put_part(p, out, "feeds",
	    "SELECT json_group_array(json_object('url', f.url,"
	    "  'title', f.title, 'organisation', r.slug, 'state', f.state,"
	    "  'created', f.created, 'reason', f.reason))"
	    " FROM feed f JOIN record r ON r.id = f.organisation"
	    " WHERE f.member = :_self");
	put_part(p, out, "feeds_looked_for",
	    "SELECT json_group_array(json_object('address', t.address,"
	    "  'organisation', r.slug, 'created',"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', t.created, 'unixepoch')))"
	    " FROM state.feed_try t LEFT JOIN main.record r"
	    "  ON r.id = t.organisation WHERE t.member = :_self");
}

/* What they get by mail, and what they had sent to others. */
static void
put_mails(struct page *p, struct buf *out)
{
	put_part(p, out, "digests",
	    "SELECT json_group_array(json_object('title', s.title,"
	    "  'path', s.path, 'query', s.query, 'period', s.period,"
	    "  'lang', s.lang, 'created', s.created))"
	    " FROM state.subscription s JOIN state.subscriber u"
	    "  ON u.id = s.subscriber WHERE u.email_key = (SELECT email_key"
	    "   FROM member WHERE id = :_self)");
	put_part(p, out, "newsletters_sent",
	    "SELECT json_group_array(json_object('record', r.slug,"
	    "  'started', m.started)) FROM state.mailing m"
	    " JOIN main.record r ON r.id = m.record WHERE m.member = :_self");
}

int
accounts_export(struct page *p)
{
	struct buf out = { 0 };
	int status;

	page_number(p, "_self", p->member.id);
	buf_puts(&out, "{\n");
	put_account(p, &out);
	put_work(p, &out);
	put_feeds(p, &out);
	put_mails(p, &out);
	buf_puts(&out, "\n}\n");
	response_header(p->response, "content-disposition",
	    "attachment; filename=\"account.json\"");
	status = page_send(p, 200, "application/json", out.data, out.len);
	buf_free(&out);
	return status;
}
