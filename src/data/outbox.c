#include <string.h>
#include <time.h>

#include "data/outbox.h"

enum { MINUTE = 60, PAUSE_MAX = 6 * 3600, PATIENCE = 5 * 24 * 3600 };

bool
outbox_put(struct db *db, const struct mail *m)
{
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO outbox (recipient, lang, name, subject, text, html,"
	    "  unsubscribe, once, created, due)"
	    " VALUES (:recipient, :lang, :name, :subject, :text, :html,"
	    "  :unsubscribe, :once, :now, :now)"
	    " ON CONFLICT (once) DO NOTHING"));

	db_set_text(q, "recipient", m->recipient);
	db_set_text(q, "lang", m->lang);
	db_set_text(q, "name", m->name);
	db_set_text(q, "subject", m->subject);
	db_set_text(q, "text", m->text);
	db_set_text(q, "html", m->html);
	if (m->unsubscribe != NULL)
		db_set_text(q, "unsubscribe", m->unsubscribe);
	if (m->once != NULL)
		db_set_text(q, "once", m->once);
	db_set_int(q, "now", time(NULL));
	return db_run(q);
}

static const char *
keep(struct arena *a, const struct query *q, const char *column)
{
	struct cell c = db_cell(q, db_column(q, column));

	return arena_keep(a, c.text, c.len);
}

static int64_t
number(const struct query *q, const char *column)
{
	return db_int(q, db_column(q, column));
}

bool
outbox_next(struct db *db, struct arena *a, struct mail *m)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT id, created, tries, recipient, lang, name, subject, text,"
	    "  html, unsubscribe FROM outbox"
	    " WHERE sent IS NULL AND given_up IS NULL AND due <= :now"
	    " ORDER BY due, id LIMIT 1"));

	db_set_int(q, "now", time(NULL));
	if (!db_next(q))
		return false;
	*m = (struct mail){
		.id = number(q, "id"),
		.created = number(q, "created"),
		.tries = number(q, "tries"),
		.recipient = keep(a, q, "recipient"),
		.lang = keep(a, q, "lang"),
		.name = keep(a, q, "name"),
		.subject = keep(a, q, "subject"),
		.text = keep(a, q, "text"),
		.html = keep(a, q, "html"),
		.unsubscribe = keep(a, q, "unsubscribe"),
	};
	db_restart(q);
	return true;
}

int64_t
outbox_due(struct db *db)
{
	return db_number(db_restart(db_query(db,
			     "SELECT due FROM outbox"
			     " WHERE sent IS NULL AND given_up IS NULL"
			     " ORDER BY due LIMIT 1")),
	    INT64_MAX);
}

/* Within a transaction of its own. */
static bool
commit(struct db *db, struct query *q)
{
	if (db_run(q) && db_commit(db))
		return true;
	db_rollback(db);
	return false;
}

bool
outbox_sent(struct db *db, const struct mail *m)
{
	struct query *q;

	if (!db_begin(db))
		return false;
	q = db_restart(db_query(db,
	    "UPDATE outbox SET sent = :now, tries = tries + 1, error = NULL,"
	    "  text = NULL, html = NULL, unsubscribe = NULL WHERE id = :id"));
	db_set_int(q, "now", time(NULL));
	db_set_int(q, "id", m->id);
	return commit(db, q);
}

int64_t
outbox_pause(int64_t tries)
{
	int64_t pause = MINUTE;

	while (tries-- > 1 && pause < PAUSE_MAX)
		pause *= 2;
	return pause < PAUSE_MAX ? pause : PAUSE_MAX;
}

bool
outbox_failed(struct db *db, const struct mail *m, bool for_ever,
    const char *why, bool *given_up)
{
	int64_t now = time(NULL);
	struct query *q;

	*given_up = for_ever || now - m->created >= PATIENCE;
	if (!db_begin(db))
		return false;
	q = db_restart(db_query(db,
	    "UPDATE outbox SET tries = tries + 1, due = :due, error = :why,"
	    "  given_up = iif(:end, :now, NULL), text = iif(:end, NULL, text),"
	    "  html = iif(:end, NULL, html),"
	    "  unsubscribe = iif(:end, NULL, unsubscribe) WHERE id = :id"));
	db_set_int(q, "due", now + outbox_pause(m->tries + 1));
	db_set_text(q, "why", why);
	db_set_int(q, "end", *given_up);
	db_set_int(q, "now", now);
	db_set_int(q, "id", m->id);
	return commit(db, q);
}
