/*
 * Once a year: is what stands in a scheme still right?  Who looks after it is
 * asked: its own stewards, or where it has none the country's.
 */
#include "cli/command.h"
#include "cli/jobs.h"
#include "data/password.h"

enum { TICKET_LIFE = 60 * 24 * 3600 };

/*
 * Who is to be asked of what.  A year begins when somebody last said that it
 * is right, or changed it; once tells the years apart.
 */
static struct query *
due(struct db *db)
{
	return db_query(db,
	    "WITH old AS (SELECT id, substr(coalesce(confirmed, updated), 1, 10)"
	    "  AS day FROM record WHERE kind = 'scheme'"
	    "  AND status = 'published'"
	    "  AND coalesce(confirmed, updated) < date('now', '-365 days')),"
	    " asked AS (SELECT o.id, o.day, w.member FROM old o"
	    "  JOIN steward w ON w.record = o.id"
	    "  JOIN member m ON m.id = w.member AND m.status = 'active'),"
	    " everyone AS (SELECT * FROM asked UNION"
	    "  SELECT o.id, o.day, w.member FROM old o"
	    "  JOIN record_country c ON c.record = o.id"
	    "  JOIN steward w ON w.country = c.country"
	    "  WHERE o.id NOT IN (SELECT id FROM asked))"
	    " SELECT e.id, m.id AS member, m.email, m.lang, s.title, s.url,"
	    "  'confirm ' || e.id || ' ' || m.id || ' ' || e.day || ' '"
	    "  || CAST((julianday('now') - julianday(e.day)) / 365 AS INTEGER)"
	    "  AS once FROM everyone e"
	    " JOIN member m ON m.id = e.member AND m.status = 'active'"
	    " JOIN shown s ON s.record = e.id AND s.ui = m.lang");
}

static bool
was_asked(struct db *db, const char *once)
{
	struct query *q =
	    db_restart(db_query(db, "SELECT 1 FROM outbox WHERE once = :once"));

	db_set_text(q, "once", once);
	return db_number(q, 0) == 1;
}

/* A link that only its reader has: path and a token, of which its digest stays
 * as a ticket. */
static const char *
make_link(struct jobs *j, const char *path, int64_t member, int64_t record)
{
	char token[PASSWORD_TOKEN], digest[PASSWORD_DIGEST];
	struct query *q = db_restart(db_query(j->db,
	    "INSERT INTO ticket (hash, purpose, member, record, created,"
	    "  expires) VALUES (:hash, 'confirm', :member, :record,"
	    "  unixepoch(), unixepoch() + :life)"));

	password_token(token);
	password_digest(digest, token);
	db_set_text(q, "hash", digest);
	db_set_int(q, "member", member);
	db_set_int(q, "record", record);
	db_set_int(q, "life", TICKET_LIFE);
	db_run(q);
	return arena_printf(&j->arena, "%s/%s", path, token);
}

static void
ask(struct jobs *j, const struct query *q)
{
	const char *once = db_text(q, db_column(q, "once"));
	const char *lang = db_text(q, db_column(q, "lang"));
	int64_t member = db_int(q, db_column(q, "member"));
	struct model m = { 0 };

	if (was_asked(j->db, once))
		return;
	model_text(&m, "title", db_text(q, db_column(q, "title")));
	model_text(&m, "url", db_text(q, db_column(q, "url")));
	model_text(&m, "link",
	    make_link(j, arena_printf(&j->arena, "/%s/confirm", lang), member,
		db_int(q, 0)));
	if (!mailer_put(j->mailer, j->db,
		&(struct letter){
		    .recipient = db_text(q, db_column(q, "email")),
		    .lang = lang,
		    .name = "confirm",
		    .model = &m,
		    .once = once,
		}) &&
	    !db_failed(j->db))
		complain("member %lld can't be asked about record %lld",
		    (long long)member, (long long)db_int(q, 0));
}

void
jobs_remind(struct jobs *j)
{
	struct query *q;

	if (!db_begin(j->db))
		return;
	q = db_restart(due(j->db));
	while (db_next(q))
		ask(j, q);
	if (!db_commit(j->db))
		db_rollback(j->db);
}
