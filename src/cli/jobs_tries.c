/*
 * Feeds that partners want to bring: looked for where they said, at the address
 * of a feed or of a site that names some.  What was found is written down for
 * them to see (features/feeds_new.c); nothing of it is published.
 *
 * The row of state.feed_try is all there is to ask for it.  Who ends the
 * process by what it sends is not asked for ever.
 */
#include <string.h>
#include <time.h>

#include "cli/command.h"
#include "cli/jobs.h"
#include "data/feed_read.h"
#include "data/feed_store.h"
#include "view/json.h"

enum { SHOWN = 5, TRIES_AT_ONCE = 8, ASKED_MOST = 3 };

/* What is written down of one. */
struct found {
	const char *state;
	const char *error, *detail;
	const char *url, *title, *site_url, *format;
	int64_t entries;
	const char *newest, *faults, *others;
};

static bool
write_down(struct jobs *j, int64_t id, const struct found *f)
{
	struct query *q = db_restart(db_query(j->db,
	    "UPDATE state.feed_try SET state = :state, error = :error,"
	    "  detail = :detail, url = coalesce(:url, url), title = :title,"
	    "  site_url = :site_url, format = :format, entries = :entries,"
	    "  newest = :newest, faults = :faults,"
	    "  others = coalesce(:others, others)"
	    " WHERE id = :id AND state = 'looking'"));
	const struct {
		const char *name, *text;
	} texts[] = {
		{ "state", f->state },
		{ "error", f->error },
		{ "detail", f->detail },
		{ "url", f->url },
		{ "title", f->title },
		{ "site_url", f->site_url },
		{ "format", f->format },
		{ "newest", f->newest },
		{ "faults", f->faults },
		{ "others", f->others },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (texts[i].text != NULL)
			db_set_text(q, texts[i].name, texts[i].text);
	db_set_int(q, "entries", f->entries);
	db_set_int(q, "id", id);
	return db_run(q);
}

static void
keep(struct jobs *j, int64_t id, const struct found *f)
{
	if (!db_begin(j->db))
		return;
	write_down(j, id, f);
	if (!db_commit(j->db))
		db_rollback(j->db);
}

static const char *
finish(struct jobs *j, struct buf *json)
{
	const char *kept = arena_keep(&j->arena, buf_text(json), json->len);

	buf_free(json);
	return kept;
}

/*
 * What a feed is like.
 */

static void
put_member(struct buf *json, const char *name, const char *text)
{
	if (text == NULL)
		return;
	buf_printf(json,
	    "%s\"%s\":", json->data[json->len - 1] == '{' ? "" : ",", name);
	json_quote(json, text, strlen(text));
}

static const char *
date_of(const struct feed_entry *e)
{
	return e->published != NULL ? e->published
	    : e->updated != NULL    ? e->updated
				    : "";
}

/* The newest, by what they say; those without a date as they stand. */
static size_t
choose(const struct feed_read *feed, const struct feed_entry *best[SHOWN])
{
	size_t n = 0;

	for (size_t i = 0; i < feed->nentries; i++) {
		const struct feed_entry *e = &feed->entries[i];
		size_t at = n;

		while (at > 0 && strcmp(date_of(best[at - 1]), date_of(e)) < 0)
			at--;
		if (at == SHOWN)
			continue;
		n += n < SHOWN;
		memmove(&best[at + 1], &best[at],
		    (n - at - 1) * sizeof(best[0]));
		best[at] = e;
	}
	return n;
}

/* Of what lies ahead it becomes the day when it comes in. */
static const char *
date_shown(struct jobs *j, const struct feed_entry *e)
{
	char now[21];
	time_t seconds = time(NULL);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(now, sizeof(now), "%Y-%m-%dT%H:%M:%SZ", &tm);
	return strcmp(date_of(e), now) < 0 ? date_of(e)
					   : arena_keep(&j->arena, now, 20);
}

static const char *
list_newest(struct jobs *j, const struct feed_read *feed)
{
	const struct feed_entry *best[SHOWN];
	size_t n = choose(feed, best);
	struct buf json = { 0 };

	buf_putc(&json, '[');
	for (size_t i = 0; i < n; i++) {
		const struct feed_entry *e = best[i];

		buf_puts(&json, i > 0 ? ",{" : "{");
		put_member(&json, "title", e->title != NULL ? e->title : "…");
		put_member(&json, "link", feed_page(e));
		put_member(&json, "summary", e->summary);
		if (e->lang != NULL)
			put_member(&json, "lang",
			    arena_keep(&j->arena, e->lang,
				strcspn(e->lang, "-")));
		if (*date_of(e) != '\0')
			put_member(&json, "published", date_shown(j, e));
		buf_putc(&json, '}');
	}
	buf_putc(&json, ']');
	return finish(j, &json);
}

static void
describe(struct jobs *j, const struct feed_read *feed,
    const struct feed_faults *faults, struct found *f)
{
	struct buf json = { 0 };

	buf_putc(&json, '[');
	feed_store_faults(&json, faults);
	buf_putc(&json, ']');
	f->state = "found";
	f->title = feed->title;
	f->site_url = feed->link;
	f->format = feed->format;
	f->entries = (int64_t)feed->nentries;
	f->newest = list_newest(j, feed);
	f->faults = finish(j, &json);
}

/*
 * What was answered.
 */

/* False if there was no answer that could be read; f then says why. */
static bool
is_good(struct jobs *j, const struct fetched *a, struct found *f)
{
	f->state = "failed";
	if (a->outcome != FETCH_ANSWERED) {
		f->error = fetch_outcome_code(a->outcome);
		return false;
	}
	if (a->status >= 200 && a->status < 300)
		return true;
	f->error = a->status == 410 ? "gone" : "status";
	f->detail = arena_printf(&j->arena, "%d", a->status);
	return false;
}

/* Is it a feed?  Its address is where those redirects lead that are for good. */
static bool
read_it(struct jobs *j, const struct fetched *a, struct found *f)
{
	struct feed_read feed;
	struct feed_faults faults = { .n = 0 };

	if (!feed_read(&j->arena, buf_text(&a->body), a->body.len, a->url,
		a->type, &feed, &faults)) {
		f->error = feed.cut != NULL ? "cut" : "not-a-feed";
		f->detail = feed.cut;
		return false;
	}
	describe(j, &feed, &faults, f);
	if (*a->moved != '\0')
		f->url = a->moved;
	return true;
}

/* A feed that the site named. */
static void
answered_feed(struct jobs *j, int64_t id, const struct fetched *a)
{
	struct found f = { 0 };

	if (is_good(j, a, &f))
		read_it(j, a, &f);
	keep(j, id, &f);
}

static const char *
list_found(struct jobs *j, const struct feed_found *all, size_t n)
{
	struct buf json = { 0 };

	buf_putc(&json, '[');
	for (size_t i = 0; i < n; i++) {
		buf_puts(&json, i > 0 ? ",{" : "{");
		put_member(&json, "url", all[i].url);
		if (all[i].title != NULL && *all[i].title != '\0')
			put_member(&json, "title", all[i].title);
		buf_putc(&json, '}');
	}
	buf_putc(&json, ']');
	return finish(j, &json);
}

/* Does it name feeds?  The first of them is looked at in its place. */
static void
discover(struct jobs *j, int64_t id, const struct fetched *a, struct found *f)
{
	struct feed_found all[FEEDS_FOUND];
	size_t n = feed_discover(&j->arena, buf_text(&a->body), a->body.len,
	    a->url, a->type, all);

	if (n == 0) {
		if (strstr(a->type, "html") != NULL && f->detail == NULL)
			f->error = "no-feed";
		keep(j, id, f);
		return;
	}
	keep(j, id,
	    &(struct found){ .state = "looking",
		.url = all[0].url,
		.others = list_found(j, all, n) });
	jobs_ask(j, &(struct fetch){ .url = all[0].url }, answered_feed, id);
}

static void
answered(struct jobs *j, int64_t id, const struct fetched *a)
{
	struct found f = { 0 };

	if (!is_good(j, a, &f) || read_it(j, a, &f))
		keep(j, id, &f);
	else
		discover(j, id, a, &f);
}

/*
 * What is to be looked for.
 */

struct
try {
	int64_t id;
	const char *address;
};

static bool
is_asked(const struct jobs *j, int64_t id)
{
	jobs_answered *const who[] = { answered, answered_feed };
	int64_t about[JOBS_ASKING];

	for (int w = 0; w < 2; w++)
		for (size_t n = jobs_asked(j, who[w], about); n > 0; n--)
			if (about[n - 1] == id)
				return true;
	return false;
}

/* As many as may be under way: somebody who brings many leaves room for feeds,
 * and waits. */
static size_t
find_tries(struct jobs *j, struct try tries[TRIES_AT_ONCE])
{
	size_t asked =
	    jobs_asked(j, answered, NULL) + jobs_asked(j, answered_feed, NULL);
	struct query *q = db_restart(db_query(j->db,
	    "SELECT id, address FROM state.feed_try WHERE state = 'looking'"
	    " ORDER BY id"));
	size_t n = 0;

	while (asked + n < TRIES_AT_ONCE && db_next(q))
		if (!is_asked(j, db_int(q, 0)))
			tries[n++] = (struct try){ db_int(q, 0),
				arena_keep(&j->arena, db_text(q, 1),
				    db_cell(q, 1).len) };
	db_restart(q);
	return n;
}

/* Count it before it is asked; false if that was often enough. */
static bool
count(struct jobs *j, const struct try *t)
{
	struct query *q = db_restart(db_query(j->db,
	    "UPDATE state.feed_try SET asked = asked + 1, url = address,"
	    "  state = iif(asked < :most, 'looking', 'failed'),"
	    "  error = iif(asked < :most, NULL, 'broken') WHERE id = :id"
	    " RETURNING state = 'looking'"));
	bool again;

	db_set_int(q, "most", ASKED_MOST);
	db_set_int(q, "id", t->id);
	if (!db_begin(j->db))
		return false;
	again = db_number(q, 0) == 1;
	if (db_commit(j->db))
		return again;
	db_rollback(j->db);
	return false;
}

void
jobs_tries(struct jobs *j)
{
	struct try tries[TRIES_AT_ONCE];
	size_t n = find_tries(j, tries);

	for (size_t i = 0; i < n; i++)
		if (jobs_asked(j, NULL, NULL) < JOBS_ASKING &&
		    count(j, &tries[i]))
			jobs_ask(j, &(struct fetch){ .url = tries[i].address },
			    answered, tries[i].id);
	arena_reset(&j->arena);
}
