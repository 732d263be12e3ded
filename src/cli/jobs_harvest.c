/*
 * The repositories that were harvested once (cli/harvest.h), again every day.
 *
 * One of them at a time, one request at a time, with a pause between.  How far
 * a run has come is written with each page: whatever ends it, the next goes on
 * there.
 */
#include <stdlib.h>
#include <time.h>

#include "cli/command.h"
#include "cli/harvest.h"
#include "cli/jobs.h"

enum { PAUSE = 2, AFTER_KILL = 600, AFTER_FAULT = 6 * 3600 };

/* The run that is under way. */
struct harvesting {
	struct harvest it;
	int tries;     /* of what is asked now */
	int64_t after; /* when it may be asked */
};

/* When a source is to be harvested again; one that failed sooner, one whose list
 * was broken off between two pages soonest. */
#define DUE                                                          \
	"(unixepoch(coalesce(looked, created)) + min(:pace, CASE"    \
	" WHEN error IS NOT NULL THEN :fault WHEN token IS NOT NULL" \
	" THEN :kill ELSE :pace END))"

static int64_t
pace(const struct jobs *j)
{
	return strtoll(j->settings.harvest_hours, NULL, 10) * 3600;
}

static void
set_paces(struct jobs *j, struct query *q)
{
	db_set_int(q, "pace", pace(j));
	db_set_int(q, "fault", AFTER_FAULT);
	db_set_int(q, "kill", AFTER_KILL);
}

/* The source that is due longest, into h; false if none is. */
static bool
find_due(struct jobs *j, struct harvest *h)
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT url, spec, prefix FROM harvest_source"
	    " WHERE " DUE " <= unixepoch() ORDER BY " DUE " LIMIT 1"));
	bool found;

	set_paces(j, q);
	found = db_next(q);
	if (found) {
		h->url =
		    arena_keep(&h->lasting, db_text(q, 0), db_cell(q, 0).len);
		h->set =
		    arena_keep(&h->lasting, db_text(q, 1), db_cell(q, 1).len);
		h->prefix =
		    arena_keep(&h->lasting, db_text(q, 2), db_cell(q, 2).len);
		h->organisation = "";
	}
	db_restart(q);
	return found;
}

static void
drop(struct jobs *j)
{
	names_free(j->harvesting->it.names);
	free(j->harvesting);
	j->harvesting = NULL;
}

/* That it is tried is written down first: what ends the process by what it
 * answers is not asked at once again. */
static void
begin(struct jobs *j)
{
	struct harvesting *g = calloc(1, sizeof(*g));

	if (g == NULL)
		abort();
	g->it.db = j->db;
	if (!find_due(j, &g->it)) {
		arena_free(&g->it.lasting);
		free(g);
		return;
	}
	g->it.names = names_open(j->db);
	j->harvesting = g;
	harvest_begin(&g->it);
	harvest_ended(&g->it, "it was broken off before an answer came");
}

static void
end(struct jobs *j, const char *why)
{
	struct harvest *h = &j->harvesting->it;
	struct buf counts = { 0 };

	if (*why != '\0')
		complain("%s: %s", h->url, why);
	if (h->counts[HARVEST_ADDED] + h->counts[HARVEST_CHANGED] +
		h->counts[HARVEST_DELETED] + h->counts[HARVEST_BAD] >
	    0) {
		harvest_put_counts(h, &counts);
		complain("%s", buf_text(&counts));
	}
	buf_free(&counts);
	harvest_end(h, why);
	drop(j);
}

/* What is answered becomes records; true if the run goes on. */
static bool
take(struct jobs *j, const struct fetched *f, struct buf *why)
{
	struct harvesting *g = j->harvesting;
	struct oai_page page;
	int64_t wait;

	g->after = time(NULL) + PAUSE;
	if (!harvest_read(&g->it, f, &page, why)) {
		wait = harvest_pause(f, ++g->tries);
		if (wait > PAUSE)
			g->after = time(NULL) + wait;
		return wait >= 0;
	}
	g->tries = 0;
	return harvest_answer(&g->it, &page, why) == STEP_MORE;
}

static void
answered(struct jobs *j, int64_t source, const struct fetched *f)
{
	struct buf why = { 0 };
	bool more = take(j, f, &why);

	(void)source;
	if (!jobs_recover(j, "harvesting")) {
		buf_puts(&why, "the database failed");
		more = false;
	}
	if (!more)
		end(j, buf_text(&why));
	buf_free(&why);
}

void
jobs_harvest(struct jobs *j)
{
	struct harvesting *g;
	struct fetch fetch;

	if (time(NULL) < j->ask_after || pace(j) == 0)
		return;
	if (j->harvesting == NULL)
		begin(j);
	g = j->harvesting;
	if (g == NULL || time(NULL) < g->after ||
	    jobs_asked(j, answered, NULL) > 0)
		return;
	arena_reset(&g->it.arena);
	fetch = harvest_fetch(&g->it, harvest_query(&g->it));
	jobs_ask(j, &fetch, answered, g->it.source);
}

int64_t
jobs_harvest_due(struct jobs *j)
{
	int64_t next;
	struct query *q;

	if (pace(j) == 0 || jobs_asked(j, answered, NULL) > 0 ||
	    jobs_asked(j, NULL, NULL) == JOBS_ASKING)
		return INT64_MAX;
	if (j->harvesting != NULL) {
		next = j->harvesting->after;
	} else {
		q = db_restart(db_query(j->db,
		    "SELECT coalesce(min(" DUE "), 9e18) FROM harvest_source"));
		set_paces(j, q);
		next = db_number(q, INT64_MAX);
	}
	return next < j->ask_after ? j->ask_after : next;
}

/* Without a word: the next process goes on with it. */
void
jobs_harvest_leave(struct jobs *j)
{
	if (j->harvesting == NULL)
		return;
	harvest_leave(&j->harvesting->it);
	drop(j);
}
