#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/canonical.h"
#include "data/feed_take_own.h"
#include "data/file.h"
#include "data/index.h"
#include "data/publish.h"

enum { A_TIME = 30 }; /* entries that change something, in one transaction */

/* An entry's date in the past: one that lies ahead is now. */
static const char *
date_of(const struct feed_take *t, const struct feed_entry *e)
{
	const char *date = e->published != NULL ? e->published : e->updated;

	return date != NULL && strcmp(date, t->now) < 0 ? date : t->now;
}

/* The oldest first, and of one time the last of the feed, which mostly begin
 * with the newest. */
static int
by_date(const void *a, const void *b)
{
	const struct incoming *x = a, *y = b;
	int order = strcmp(x->date, y->date);

	if (order != 0)
		return order;
	return x->entry < y->entry ? 1 : -1;
}

/* Does a link lead to this entry, and to nothing else? */
static bool
is_own_link(const struct feed_take *t, const char *link)
{
	int times = 0;

	if (link == NULL ||
	    (t->read->link != NULL && strcmp(link, t->read->link) == 0))
		return false;
	for (size_t i = 0; i < t->read->nentries; i++)
		times += t->read->entries[i].link != NULL &&
		    strcmp(t->read->entries[i].link, link) == 0;
	return times == 1;
}

static void
list(struct feed_take *t)
{
	char sha[FILE_SHA];

	t->n = t->read->nentries;
	t->all = arena_alloc(&t->lasting, (t->n + 1) * sizeof(*t->all));
	for (size_t i = 0; i < t->n; i++) {
		struct incoming *in = &t->all[i];

		in->entry = &t->read->entries[i];
		in->date = date_of(t, in->entry);
		file_sha256(sha, in->entry->key, strlen(in->entry->key));
		memcpy(in->key, sha, FEED_KEY);
		if (is_own_link(t, in->entry->link))
			in->link = in->entry->link;
	}
	if (t->n > 0)
		qsort(t->all, t->n, sizeof(*t->all), by_date);
	for (size_t i = 0; t->feed->first && i + FEED_FIRST < t->n; i++)
		t->all[i].old = true;
}

void
feed_take_begin(struct feed_take *t)
{
	time_t now = time(NULL);
	struct tm tm;

	gmtime_r(&now, &tm);
	strftime(t->now, sizeof(t->now), "%Y-%m-%dT%H:%M:%SZ", &tm);
	list(t);
	t->room = FEED_DAY - feed_take_today(t);
	t->revised = feed_take_revised(t);
}

void
feed_take_end(struct feed_take *t)
{
	buf_free(&t->faults);
	arena_free(&t->arena);
	arena_free(&t->lasting);
}

static void
tell(struct feed_take *t, const char *code, const struct buf *message)
{
	buf_puts(&t->faults, t->faults.len > 0 ? "," : "");
	buf_printf(&t->faults,
	    "{\"code\":\"%s\",\"line\":0,\"message\":", code);
	canonical_string(&t->faults, message->data,
	    strcspn(message->data, "\n"));
	buf_putc(&t->faults, '}');
}

/* What can't be a record is told, and tried again when the feed changes. */
static void
tell_entry(struct feed_take *t, const struct incoming *in, const char *why)
{
	const char *reason = strstr(why, ": "); /* after file and line */
	struct buf words = { 0 };

	buf_printf(&words, "%s%s", in->entry->title,
	    reason != NULL ? reason : "");
	tell(t, "entry", &words);
	buf_free(&words);
}

/* What waits for another day. */
static void
tell_waiting(struct feed_take *t, const char *code, int64_t n, const char *why)
{
	struct buf words = { 0 };

	buf_printf(&words, "%lld entries %s", (long long)n, why);
	if (n > 0)
		tell(t, code, &words);
	buf_free(&words);
}

/* Who has written it: nobody of ours.  The comment names the feed. */
const char *
feed_take_comment(struct feed_take *t)
{
	return arena_printf(&t->arena, "%s · %s", t->feed->title, t->feed->url);
}

/* Publish what it says now; false if it can't be. */
static bool
put_record(struct feed_take *t, struct incoming *in, struct node *tree)
{
	struct buf why = { 0 };
	struct check c = { .db = t->db, .why = &why };
	struct publishing p = {
		.kind = kind_find("news"),
		.record = in->record,
		.base = in->revision,
		.tree = tree,
		.arena = &t->arena,
		.entry = "import",
		.many = true,
		.by = { .comment = feed_take_comment(t) },
	};
	bool good;

	db_script(t->db, "SAVEPOINT entry");
	good = publish(&c, &p) == PUBLISHED;
	if (!good) {
		db_script(t->db, "ROLLBACK TO entry");
		tell_entry(t, in, buf_text(&why));
	}
	db_script(t->db, "RELEASE entry");
	buf_free(&why);
	in->anew = good;
	in->record = good ? p.record : in->record;
	in->revision = good ? publish_newest(t->db, p.record) : in->revision;
	return good;
}

/* A time it was given before stays, unless it says another itself. */
static const char *
published(const struct feed_take *t, const struct incoming *in,
    const char *before)
{
	const char *said = in->entry->published;

	if (*before == '\0' || (said != NULL && strcmp(said, t->now) < 0))
		return in->date;
	return before;
}

/* The feed is trusted now, or not; one that somebody has refused, or has before
 * them, is still theirs. */
static bool
is_reviewed(const struct feed_take *t, const struct incoming *in)
{
	return t->feed->review || in->refused || in->open;
}

static bool
put(struct feed_take *t, struct incoming *in)
{
	const char *before = feed_take_date(t, in);
	struct node *tree =
	    feed_tree(&t->arena, t, in->entry, published(t, in, before));

	return is_reviewed(t, in) ? feed_take_submit(t, in, tree)
				  : put_record(t, in, tree);
}

/* One that was never seen. */
static void
take_new(struct feed_take *t, struct incoming *in)
{
	const char *fate = NULL;

	if (in->old)
		fate = "old";
	else if (feed_take_has_twin(t, in))
		fate = "twin";
	else if (t->added >= t->room) {
		t->waiting++;
		return;
	} else if (!put(t, in))
		return;
	else
		t->added++;
	feed_take_remember(t, in, fate);
}

/* One that says something else than when it was read last: true if that is
 * settled. */
static bool
take_changed(struct feed_take *t, struct incoming *in)
{
	int64_t before = in->revision;

	if (!feed_take_is_ours(t, in)) {
		feed_take_remember(t, in, "edited");
	} else if (!is_reviewed(t, in) && feed_take_is_restless(t, in)) {
		t->restless++;
		return false;
	} else if (put(t, in)) {
		feed_take_remember(t, in, NULL);
		t->changed++;
		t->revised += in->revision > before;
	}
	return true;
}

/* Did it change anything? */
static bool
take(struct feed_take *t, struct incoming *in)
{
	if (!feed_take_find(t, in)) {
		int64_t waiting = t->waiting;

		take_new(t, in);
		return t->waiting == waiting;
	}
	if (in->shelved ||
	    (!in->lost && strcmp(in->digest, in->entry->digest) == 0))
		return in->renamed;
	return take_changed(t, in) || in->renamed;
}

/* Let search find what has become news since. */
static void
index_from(struct feed_take *t, size_t first)
{
	bool any = false;

	for (size_t i = first; i < t->at; i++)
		if (t->all[i].anew) {
			index_record(t->db, t->all[i].record);
			any = true;
		}
	if (any)
		index_finish(t->db);
}

bool
feed_take_some(struct feed_take *t)
{
	size_t first = t->at;
	int n = 0;

	while (t->at < t->n && n < A_TIME && !db_failed(t->db)) {
		n += take(t, &t->all[t->at++]);
		arena_reset(&t->arena);
	}
	index_from(t, first);
	if (t->at == t->n) {
		tell_waiting(t, "too-many-a-day", t->waiting,
		    "are too many for today");
		tell_waiting(t, "restless", t->restless,
		    "have changed too often for today");
	}
	return t->at < t->n && !db_failed(t->db);
}
