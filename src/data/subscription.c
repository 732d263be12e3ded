#include "data/subscription.h"

static const int64_t HOUR = 3600, DAY = INT64_C(24) * 3600;

int64_t
subscription_day(int64_t now)
{
	return (now - SUBSCRIPTION_HOUR * HOUR) / DAY;
}

/* The first day of 1970 was a Thursday. */
int64_t
subscription_monday(int64_t day)
{
	return day - (day + 3) % 7;
}

int64_t
subscription_next(int64_t now)
{
	return (subscription_day(now) + 1) * DAY + SUBSCRIPTION_HOUR * HOUR;
}

int64_t
subscription_arrivals(struct db *db)
{
	db_run(db_restart(db_query(db,
	    "INSERT INTO state.arrival (record) SELECT id FROM main.record"
	    " WHERE status = 'published'"
	    " AND id NOT IN (SELECT record FROM state.arrival)"
	    " ORDER BY published, id")));
	return db_number(db_restart(db_query(db,
			     "SELECT max(seq) FROM state.arrival")),
	    0);
}

/* Does an answer change anything? */
static bool
matters(struct db *db, const char *address, bool taken)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT 1 FROM state.subscriber WHERE email_key = lower(:address)"
	    " AND (NOT :taken OR refused > 0)"));

	db_set_text(q, "address", address);
	db_set_int(q, "taken", taken);
	return db_number(q, 0) == 1;
}

static void
count(struct db *db, const char *address, bool taken)
{
	struct query *q = db_restart(db_query(db,
	    "UPDATE state.subscriber SET refused = iif(:taken, 0, refused + 1)"
	    " WHERE email_key = lower(:address)"));

	db_set_text(q, "address", address);
	db_set_int(q, "taken", taken);
	db_run(q);
	q = db_restart(db_query(db,
	    "DELETE FROM state.subscriber WHERE email_key = lower(:address)"
	    " AND refused >= :most"));
	db_set_text(q, "address", address);
	db_set_int(q, "most", SUBSCRIPTION_REFUSALS);
	db_run(q);
}

void
subscription_answered(struct db *db, const char *address, bool taken)
{
	if (!matters(db, address, taken) || !db_begin(db))
		return;
	count(db, address, taken);
	if (!db_commit(db))
		db_rollback(db);
}
