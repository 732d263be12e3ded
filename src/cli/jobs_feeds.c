/*
 * Feeds of others: those that are due are fetched, several at once, and what
 * is new in them becomes news, or waits for review.
 *
 * How a look went is written down in the last of the transactions in which its
 * entries come in: a process that is killed before looks again.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/hash.h"
#include "cli/command.h"
#include "cli/jobs.h"
#include "data/feed_pace.h"
#include "data/feed_take.h"
#include "data/file.h"

enum { FEEDS_AT_ONCE = 24 }; /* others have their turn, too */

static const char accepted[] =
    "application/atom+xml, application/rss+xml, application/feed+json,"
    " application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8,"
    " application/json;q=0.7, */*;q=0.1";

/* A look at a feed, and what comes of it. */
struct looking {
	struct jobs *jobs;
	struct feed feed;
	const struct fetched *answer;
	struct feed_look look;
	char body[FILE_SHA];
	const char *end; /* the state it comes to, or NULL: it goes on */
	bool moved;
	struct feed_read read;
	struct feed_faults faults;
	struct arena arena; /* of what was read */
};

static void
fail(struct looking *l, const char *error, const char *detail)
{
	l->look.error = error;
	l->look.detail = detail;
	l->look.pace =
	    l->feed.pace > 0 ? l->feed.pace : (int64_t)FEED_PACE_USUAL;
	l->look.wait = feed_pace_back_off(l->look.pace, l->feed.failures + 1,
	    l->answer->retry_after);
	if (l->feed.failures + 1 >= FEED_TRIES &&
	    time(NULL) - l->feed.good >= FEED_PATIENCE)
		l->end = "off";
}

/* No answer, or none that is a feed.  Where a redirect led is told. */
static void
refuse(struct looking *l)
{
	const struct fetched *a = l->answer;
	bool elsewhere = strcmp(a->url, l->feed.url) != 0;

	if (a->outcome != FETCH_ANSWERED)
		fail(l, fetch_outcome_code(a->outcome),
		    elsewhere && *a->url != '\0' ? a->url : NULL);
	else
		fail(l, a->status == 410 ? "gone" : "status",
		    arena_printf(&l->arena, "%d", a->status));
	if (a->outcome == FETCH_ANSWERED && a->status == 410)
		l->end = "gone";
}

static void
read_well(struct looking *l, int64_t pace)
{
	l->look.pace = pace;
	l->look.wait = pace;
	l->look.etag = l->answer->etag;
	l->look.modified = l->answer->modified;
	l->look.body = l->body;
}

/* Nothing new; that may be good for longer. */
static void
find_unchanged(struct looking *l)
{
	int64_t wish = feed_pace(l->feed.pace, l->answer->max_age);

	l->look.unchanged = true;
	read_well(l, feed_pace(l->feed.pace, -1));
	l->look.wait = wish;
	if (l->answer->status == 304) { /* which need not say it again */
		l->look.etag = l->feed.etag;
		l->look.modified = l->feed.modified;
	}
}

static void
read_feed(struct looking *l)
{
	const struct fetched *a = l->answer;

	file_sha256(l->body, buf_text(&a->body), a->body.len);
	if (strcmp(l->body, l->feed.body) == 0)
		find_unchanged(l);
	else if (!feed_read(&l->arena, buf_text(&a->body), a->body.len, a->url,
		     a->type, &l->read, &l->faults))
		fail(l, l->read.cut != NULL ? "cut" : "not-a-feed",
		    l->read.cut);
	else
		read_well(l, feed_pace(l->read.pace, a->max_age));
}

static void
judge(struct looking *l)
{
	const struct fetched *a = l->answer;
	bool good = a->outcome == FETCH_ANSWERED;

	if (good && a->status == 304)
		find_unchanged(l);
	else if (good && a->status >= 200 && a->status < 300)
		read_feed(l);
	else
		refuse(l);
}

/* What is odd about it, and what of it can't be news. */
static const char *
list_faults(struct looking *l, const struct buf *of_entries)
{
	struct buf json = { 0 };
	const char *kept;

	buf_putc(&json, '[');
	feed_store_faults(&json, &l->faults);
	if (l->faults.n > 0 && of_entries->len > 0)
		buf_putc(&json, ',');
	buf_puts(&json, buf_text(of_entries));
	buf_putc(&json, ']');
	kept = arena_keep(&l->arena, json.data, json.len);
	buf_free(&json);
	return kept;
}

/* Tell who has named it that it is not read any more. */
static void
tell_partner(struct looking *l)
{
	struct jobs *j = l->jobs;
	struct model m = { 0 };
	struct query *q = db_restart(db_query(j->db,
	    "SELECT email, lang FROM member WHERE id = :member"
	    " AND status = 'active'"));

	db_set_int(q, "member", l->feed.member);
	if (!db_next(q))
		return;
	model_text(&m, "title", l->feed.title);
	model_text(&m, "url", l->feed.url);
	model_number(&m, "gone", strcmp(l->end, "gone") == 0 ? "1" : "0");
	model_number(&m, "doubled",
	    l->look.error != NULL && strcmp(l->look.error, "doubled") == 0
		? "1"
		: "0");
	model_text(&m, "link",
	    arena_printf(&j->arena, "/%s/feeds/%lld", db_text(q, 1),
		(long long)l->feed.id));
	mailer_put(j->mailer, j->db,
	    &(struct letter){ .recipient = db_text(q, 0),
		.lang = db_text(q, 1),
		.name = "feed-off",
		.model = &m });
	db_restart(q);
}

/* It has moved for good: its new address is asked from now on, unless that is
 * another feed's. */
static void
move(struct looking *l)
{
	const char *to = l->answer->moved;

	if (l->look.error != NULL || *to == '\0' ||
	    strcmp(to, l->feed.url) == 0)
		return;
	l->moved = feed_store_move(l->jobs->db, &l->feed, to);
	if (!l->moved) {
		fail(l, "doubled", to);
		l->end = "off";
	}
}

/* Within the transaction of the last entries. */
static void
conclude(struct looking *l, const struct feed_take *t)
{
	uint64_t chance[] = { (uint64_t)l->feed.id, (uint64_t)time(NULL) };

	if (t != NULL) {
		l->look.news = t->added > 0;
		l->look.faults = list_faults(l, &t->faults);
		l->look.format = l->read.format;
		l->look.entries = (int64_t)l->read.nentries;
		if (t->waiting > 0 || t->restless > 0 ||
		    l->read.cut != NULL) /* once more */
			l->look.etag = l->look.modified = l->look.body = "";
	}
	move(l);
	l->look.wait =
	    feed_pace_spread(l->look.wait, hash_bytes(chance, sizeof(chance)));
	feed_store_look(l->jobs->db, &l->feed, &l->look);
	if (l->end != NULL) {
		feed_store_end(l->jobs->db, &l->feed, l->end);
		tell_partner(l);
	}
}

/* For the log: what is worth a line. */
static void
say(const struct looking *l, const struct feed_take *t)
{
	long long id = (long long)l->feed.id;

	if (l->look.error != NULL)
		complain("feed %lld, %s: %s%s%s%s", id, l->feed.url,
		    l->look.error, *l->answer->why != '\0' ? ": " : "",
		    l->answer->why,
		    l->end != NULL ? "; it is not read any more" : "");
	if (l->moved)
		complain("feed %lld, %s: moved to %s", id, l->feed.url,
		    l->answer->moved);
	if (t != NULL && (t->added > 0 || t->changed > 0))
		complain("feed %lld, %s: %lld new, %lld changed", id,
		    l->feed.url, (long long)t->added, (long long)t->changed);
}

/* A transaction with some of the entries; the last has the rest.  False if
 * storage fails, and nothing more is done. */
static bool
take_some(struct looking *l, struct feed_take *t, bool *more)
{
	struct db *db = l->jobs->db;

	if (!db_begin(db))
		return false;
	*more = t != NULL && feed_take_some(t);
	if (!*more)
		conclude(l, t);
	if (db_commit(db))
		return true;
	db_rollback(db);
	return false;
}

static void
take(struct looking *l)
{
	bool has_entries = l->look.error == NULL && !l->look.unchanged;
	bool more = true;
	struct feed_take t = {
		.db = l->jobs->db,
		.feed = &l->feed,
		.read = &l->read,
		.lang = l->jobs->settings.language,
	};

	if (has_entries)
		feed_take_begin(&t);
	while (more && !jobs_stopping()) {
		int64_t before = t.added + t.changed;

		if (!take_some(l, has_entries ? &t : NULL, &more))
			break;
		if (t.added + t.changed > before)
			jobs_breathe(l->jobs);
	}
	if (!more)
		say(l, has_entries ? &t : NULL);
	feed_take_end(&t);
}

static void
answered(struct jobs *j, int64_t id, const struct fetched *answer)
{
	struct looking l = { .jobs = j, .answer = answer };

	/* Meanwhile it may have been switched off. */
	if (feed_store_find(j->db, &j->arena, id, &l.feed)) {
		judge(&l);
		take(&l);
	}
	arena_free(&l.arena);
}

static void
ask(struct jobs *j, int64_t id)
{
	struct feed f;

	if (feed_store_find(j->db, &j->arena, id, &f))
		jobs_ask(j,
		    &(struct fetch){ .url = f.url,
			.accept = accepted,
			.etag = f.etag,
			.modified = f.modified },
		    answered, id);
}

void
jobs_feeds(struct jobs *j)
{
	int64_t under_way[JOBS_ASKING], due[FEEDS_AT_ONCE];
	size_t n = jobs_asked(j, answered, under_way), ndue;

	if (time(NULL) < j->ask_after || n >= FEEDS_AT_ONCE)
		return;
	ndue = feed_store_due(j->db, under_way, n, due, FEEDS_AT_ONCE - n);
	for (size_t i = 0; i < ndue; i++)
		ask(j, due[i]);
	arena_reset(&j->arena);
}

int64_t
jobs_feeds_due(struct jobs *j)
{
	int64_t under_way[JOBS_ASKING];
	size_t n = jobs_asked(j, answered, under_way);
	int64_t next;

	/* who waits for answers must listen, and not ask in vain */
	if (n >= FEEDS_AT_ONCE || jobs_asked(j, NULL, NULL) == JOBS_ASKING)
		return INT64_MAX;
	next = feed_store_next(j->db, under_way, n);
	return next < j->ask_after ? j->ask_after : next;
}
