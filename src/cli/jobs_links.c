/*
 * Do the addresses of other sites still answer?
 *
 * Each is asked about once a week, one of a host at a time with a pause after
 * it, and few at once.  One that fails is asked again every day; it is dead when
 * it has failed on three days in a row, which readers are told until it answers.
 * A server that does not let programs in is not dead.  When no server at all can
 * be reached the fault is ours, and counts for none.
 */
#include <stdio.h>
#include <time.h>

#include "cli/command.h"
#include "cli/jobs.h"

enum {
	LINKS_AT_ONCE = 6,
	PAUSE = 30,              /* seconds between two requests to a host */
	LINK_BYTES = 100 * 1000, /* of an answer to GET; then we know enough */
};

/* Within a transaction: what pages show, if it is another than they do. */
static void
tell_readers(struct jobs *j)
{
	db_run(db_restart(db_query(j->db,
	    "DELETE FROM dead_link WHERE url NOT IN"
	    " (SELECT url FROM state.link_check WHERE state = 'dead')")));
	db_run(db_restart(db_query(j->db,
	    "INSERT INTO dead_link (url, failed)"
	    " SELECT url, failed_day FROM state.link_check"
	    " WHERE state = 'dead' AND url NOT IN"
	    "  (SELECT url FROM dead_link)")));
}

/* New ones have a day to be asked in, so that what was just listed, maybe for a
 * moment, is not asked at once. */
void
jobs_links_list(struct jobs *j)
{
	struct db *db = j->db;

	if (!db_begin(db))
		return;
	db_run(db_restart(db_query(db,
	    "INSERT INTO state.link_check (url, host, due)"
	    " SELECT url, substr(rest, 1, instr(rest, '/') - 1),"
	    "  unixepoch() + 3600 + abs(random() % 86400)"
	    " FROM (SELECT DISTINCT url,"
	    "  replace(url_key(url), '?', '/') || '/' AS rest FROM outward)"
	    " WHERE url NOT IN (SELECT url FROM state.link_check)")));
	db_run(db_restart(db_query(db,
	    "DELETE FROM state.link_check WHERE url NOT IN"
	    " (SELECT url FROM outward)")));
	tell_readers(j);
	if (!db_commit(db))
		db_rollback(db);
}

/* What an answer says of a link. */
struct verdict {
	const char *error; /* or NULL: it is well */
	bool failed;       /* and may be dead */
	bool ours;         /* or it is us who have no connection */
};

static struct verdict
judge_status(int status)
{
	switch (status) {
	case 404:
		return (struct verdict){ "not-found", true, false };
	case 410:
		return (struct verdict){ "gone", true, false };
	case 401:
	case 403:
	case 405:
	case 406:
	case 429:
	case 451:
	case 999: /* of a network of professionals, to all programs */
		return (struct verdict){ "refused", false, false };
	default:
		return status >= 200 && status < 400
		    ? (struct verdict){ NULL, false, false }
		    : (struct verdict){ "status", true, false };
	}
}

static struct verdict
judge(const struct fetched *a)
{
	switch (a->outcome) {
	case FETCH_ANSWERED:
	case FETCH_TOO_LONG: /* it has begun to answer */
		return judge_status(a->status);
	case FETCH_NO_HOST:
	case FETCH_NO_CONNECTION:
	case FETCH_TIMEOUT:
		return (struct verdict){ fetch_outcome_code(a->outcome), true,
			true };
	default:
		return (struct verdict){ fetch_outcome_code(a->outcome), true,
			false };
	}
}

static void
set_failed(struct jobs *j, int64_t id, const struct verdict *v, int status)
{
	struct query *q = db_restart(db_query(j->db,
	    "UPDATE state.link_check SET due = unixepoch() + 86400,"
	    "  error = :error, status = nullif(:status, 0),"
	    "  failed = iif(failures = 0, unixepoch(), failed),"
	    "  failures = failures + (failed_day IS NOT date('now')"
	    "   OR failures = 0), failed_day = date('now')"
	    " WHERE id = :id AND (NOT :ours OR EXISTS (SELECT 1"
	    "  FROM state.link_check WHERE good > unixepoch() - 86400))"));

	db_set_int(q, "id", id);
	db_set_text(q, "error", v->error);
	db_set_int(q, "status", status);
	db_set_int(q, "ours", v->ours);
	db_run(q);
}

static void
set_alive(struct jobs *j, int64_t id, const struct verdict *v,
    const struct fetched *a)
{
	struct query *q = db_restart(db_query(j->db,
	    "UPDATE state.link_check SET failures = 0, failed = NULL,"
	    "  failed_day = NULL, good = unixepoch(), error = :error,"
	    "  status = :status, moved = nullif(:moved, ''),"
	    "  due = unixepoch() + 6 * 86400 + abs(random() % (2 * 86400))"
	    " WHERE id = :id"));

	db_set_int(q, "id", id);
	if (v->error != NULL)
		db_set_text(q, "error", v->error);
	db_set_int(q, "status", a->status);
	db_set_text(q, "moved", v->error == NULL ? a->moved : "");
	db_run(q);
}

static void
answered(struct jobs *j, int64_t id, const struct fetched *a)
{
	struct verdict v = judge(a);

	if (!db_begin(j->db))
		return;
	if (v.failed)
		set_failed(j, id, &v, a->status);
	else
		set_alive(j, id, &v, a);
	tell_readers(j);
	if (!db_commit(j->db))
		db_rollback(j->db);
}

/* When it was asked is written down first: a host has its pause, and a link
 * its day, whatever becomes of us. */
static bool
claim(struct jobs *j, int64_t id)
{
	struct query *q = db_restart(db_query(j->db,
	    "UPDATE state.link_check SET asked = unixepoch(),"
	    "  due = unixepoch() + 86400 WHERE id = :id"));

	if (!db_begin(j->db))
		return false;
	db_set_int(q, "id", id);
	db_run(q);
	if (db_commit(j->db))
		return true;
	db_rollback(j->db);
	return false;
}

/* The one due longest, of a host that has had its pause. */
static int64_t
find_due(struct jobs *j, const char **url)
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT id, url FROM state.link_check c"
	    " WHERE due <= unixepoch() AND host NOT IN (SELECT host"
	    "  FROM state.link_check WHERE asked > unixepoch() - :pause)"
	    " ORDER BY due LIMIT 1"));
	int64_t id = 0;

	db_set_int(q, "pause", PAUSE);
	if (db_next(q)) {
		id = db_int(q, 0);
		*url = arena_keep(&j->arena, db_text(q, 1), db_cell(q, 1).len);
	}
	db_restart(q);
	return id;
}

void
jobs_links(struct jobs *j)
{
	const char *url = NULL;
	int64_t id;

	while (time(NULL) >= j->ask_after &&
	    jobs_asked(j, answered, NULL) < LINKS_AT_ONCE &&
	    (id = find_due(j, &url)) != 0 && claim(j, id))
		if (!jobs_ask(j,
			&(struct fetch){
			    .url = url, .head = true, .bytes = LINK_BYTES },
			answered, id))
			break;
	arena_reset(&j->arena);
}

/* Those whose host has its pause are looked for again after some seconds. */
int64_t
jobs_links_due(struct jobs *j)
{
	int64_t next = db_number(db_restart(db_query(j->db,
				     "SELECT max(min(due), unixepoch() + 5)"
				     " FROM state.link_check")),
	    0);

	if (next == 0 || jobs_asked(j, answered, NULL) == LINKS_AT_ONCE)
		return INT64_MAX;
	return next < j->ask_after ? j->ask_after : next;
}
