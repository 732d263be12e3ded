/*
 * What the clock does to news: what was scheduled is published, what has
 * expired leaves for the archive, announcements begin and end.
 *
 * All of it is written down when its time comes, so that pages that are kept
 * (web/cache.h) know that they are no longer true.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/jobs.h"
#include "data/json.h"
#include "data/publish.h"

enum { AT_A_TIME = 50 };

/* A contribution whose time has come. */
struct due {
	struct publishing it;
	const char *title, *lang, *email; /* email is NULL: tell nobody */
};

static const char *
keep(struct jobs *j, const struct query *q, const char *name)
{
	struct cell c = db_cell(q, db_column(q, name));

	return c.type != CELL_NULL ? arena_keep(&j->arena, c.text, c.len)
				   : NULL;
}

/* Read it again, within the write: it may have been taken back. */
static bool
read_due(struct jobs *j, int64_t id, struct due *d)
{
	static const struct node at = { .file = "contribution", .line = 1 };
	struct buf why = { 0 };
	const char *tree;
	struct query *q = db_restart(db_query(j->db,
	    "SELECT c.kind, c.record, c.base, c.member, c.reviewer, c.words,"
	    "  c.tree, c.title, m.lang, m.email"
	    " FROM state.contribution c JOIN member m ON m.id = c.member"
	    " WHERE c.id = :id AND c.state = 'scheduled'"
	    "  AND c.due <= unixepoch()"));

	db_set_int(q, "id", id);
	if (!db_next(q)) {
		db_restart(q);
		return false;
	}
	tree = keep(j, q, "tree");
	*d = (struct due){
		.it = { .kind = kind_find(db_text(q, 0)),
		    .record = db_int(q, db_column(q, "record")),
		    .base = db_int(q, db_column(q, "base")),
		    .arena = &j->arena,
		    .by = { .comment = keep(j, q, "words"),
			.author = db_int(q, db_column(q, "member")),
			.reviewer = db_int(q, db_column(q, "reviewer")),
			.contribution = id } },
		.title = keep(j, q, "title"),
		.lang = keep(j, q, "lang"),
		.email = keep(j, q, "email"),
	};
	db_restart(q);
	if (tree != NULL)
		d->it.tree =
		    json_read(&j->arena, &at, tree, strlen(tree), &why);
	buf_free(&why);
	return true;
}

/* What it is from now on, and since when.  False if it has been taken back. */
static bool
settle(struct jobs *j, const struct due *d, const char *state)
{
	struct query *q = db_restart(db_query(j->db,
	    "UPDATE state.contribution SET state = :state,"
	    "  record = nullif(:record, 0),"
	    "  updated = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
	    " WHERE id = :id AND state = 'scheduled' RETURNING id"));

	db_set_int(q, "id", d->it.by.contribution);
	db_set_int(q, "record", d->it.record);
	db_set_text(q, "state", state);
	if (db_number(q, 0) == 0)
		return false;
	q = db_restart(db_query(j->db,
	    "INSERT INTO state.contribution_note (contribution, time, member,"
	    "  state) VALUES (:id, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),"
	    "  :member, :state)"));
	db_set_int(q, "id", d->it.by.contribution);
	db_set_int(q, "member", d->it.by.author);
	db_set_text(q, "state", state);
	return db_run(q);
}

static const char *
link_to(struct jobs *j, const struct due *d, bool published)
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT k.path || '/' || r.slug FROM record r"
	    " JOIN kind k ON k.kind = r.kind WHERE r.id = :record"));
	const char *link;

	if (!published)
		return arena_printf(&j->arena, "/%s/contributions/%lld",
		    d->lang, (long long)d->it.by.contribution);
	db_set_int(q, "record", d->it.record);
	link = arena_printf(&j->arena, "/%s/%s", d->lang,
	    db_next(q) ? db_text(q, 0) : "");
	db_restart(q);
	return link;
}

/* Who chose the time knows it; who was approved, or has to do something, is
 * told. */
static void
tell(struct jobs *j, const struct due *d, bool published)
{
	struct model m = { 0 };

	if (d->email == NULL || (published && d->it.by.reviewer == 0))
		return;
	model_text(&m, "title", d->title);
	model_text(&m, "said", "");
	model_text(&m, "link", link_to(j, d, published));
	if (!mailer_put(j->mailer, j->db,
		&(struct letter){ .recipient = d->email,
		    .lang = d->lang,
		    .name = published ? "published" : "missed",
		    .model = &m }) &&
	    !db_failed(j->db))
		complain("member %lld can't be told of contribution %lld",
		    (long long)d->it.by.author,
		    (long long)d->it.by.contribution);
}

static enum published
publish_due(struct jobs *j, struct due *d)
{
	struct buf why = { 0 };
	struct check c = { .db = j->db, .why = &why };
	enum published outcome = PUBLISH_FAULTS;

	if (d->it.tree != NULL && d->it.kind != NULL)
		outcome = publish(&c, &d->it);
	if (why.len > 0)
		complain_lines(why.data);
	buf_free(&why);
	return outcome;
}

/*
 * One transaction: it is published, and said to be; or nothing is.  What can't
 * be published goes back to its author in a second one.
 */
static void
take(struct jobs *j, int64_t id)
{
	struct due d;
	int64_t record;

	if (!db_begin(j->db))
		return;
	if (read_due(j, id, &d)) {
		record = d.it.record;
		if (publish_due(j, &d) == PUBLISHED) {
			if (settle(j, &d, "published"))
				tell(j, &d, true);
		} else if (!db_failed(j->db)) {
			db_rollback(j->db);
			if (!db_begin(j->db))
				return;
			d.it.record = record;
			if (settle(j, &d, "changes"))
				tell(j, &d, false);
		}
	}
	if (!db_commit(j->db))
		db_rollback(j->db);
}

/* May contribution c of member m go out without anybody looking at it?  Who is
 * no partner any more, or does not speak for the organisation any more,
 * publishes nothing. */
#define MAY_GO                                                     \
	"(c.reviewer IS NOT NULL OR m.role IN ('editor',"          \
	"  'administrator') OR EXISTS (SELECT 1 FROM spoken_for s" \
	"  WHERE s.member = m.id"                                  \
	"  AND s.slug = c.tree ->> '$.organisation')"              \
	" OR EXISTS (SELECT 1 FROM steward s WHERE s.member = m.id))"
#define IS_DUE                                    \
	" FROM state.contribution c"              \
	" CROSS JOIN member m ON m.id = c.member" \
	"  AND m.status = 'active'"               \
	" WHERE c.state = 'scheduled' AND c.due <= unixepoch() AND "

/* What may not go out is reviewed. */
static void
hand_over(struct jobs *j)
{
	if (db_number(db_restart(db_query(j->db,
			  "SELECT EXISTS (SELECT 1" IS_DUE "NOT " MAY_GO ")")),
		0) == 0 ||
	    !db_begin(j->db))
		return;
	db_run(db_restart(db_query(j->db,
	    "INSERT INTO state.contribution_note (contribution, time, member,"
	    "  state) SELECT c.id, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), m.id,"
	    "  'submitted'" IS_DUE "NOT " MAY_GO)));
	db_run(db_restart(db_query(j->db,
	    "UPDATE state.contribution SET state = 'submitted', due = NULL,"
	    "  submitted = strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),"
	    "  updated = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
	    " WHERE id IN (SELECT c.id" IS_DUE "NOT " MAY_GO ")")));
	if (!db_commit(j->db))
		db_rollback(j->db);
}

static void
publish_all(struct jobs *j)
{
	int64_t found[AT_A_TIME];
	size_t n = 0;
	struct query *q = db_restart(db_query(j->db,
	    "SELECT c.id" IS_DUE MAY_GO " ORDER BY c.due LIMIT 50"));

	while (n < AT_A_TIME && db_next(q))
		found[n++] = db_int(q, 0);
	db_restart(q);
	for (size_t i = 0; i < n && !jobs_stopping(); i++)
		take(j, found[i]);
}

/* Has the phase of any news changed since it was written down? */
static bool
is_another_phase(struct jobs *j)
{
	return db_number(db_restart(db_query(j->db,
			     "SELECT EXISTS (SELECT 1 FROM news_due d"
			     " LEFT JOIN news_phase p ON p.record = d.record"
			     " WHERE p.phase IS NOT d.phase)")),
		   0) == 1;
}

/* The record counts as changed, for what is kept in memory of it; it is where
 * it was, so its revisions do not. */
static void
write_phases(struct jobs *j)
{
	if (!is_another_phase(j) || !db_begin(j->db))
		return;
	db_run(db_restart(db_query(j->db,
	    "UPDATE record SET updated = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
	    " WHERE id IN (SELECT d.record FROM news_due d"
	    "  LEFT JOIN news_phase p ON p.record = d.record"
	    "  WHERE (p.phase IS 'expired') <> (d.phase IS 'expired'))")));
	db_run(db_restart(db_query(j->db,
	    "INSERT INTO news_phase (record, phase)"
	    " SELECT record, phase FROM news_due WHERE phase IS NOT NULL"
	    " ON CONFLICT (record) DO UPDATE SET phase = excluded.phase"
	    "  WHERE phase <> excluded.phase")));
	db_run(db_restart(db_query(j->db,
	    "DELETE FROM news_phase WHERE record IN"
	    " (SELECT record FROM news_due WHERE phase IS NULL)")));
	if (!db_commit(j->db))
		db_rollback(j->db);
}

void
jobs_news(struct jobs *j)
{
	hand_over(j);
	publish_all(j);
	write_phases(j);
}
