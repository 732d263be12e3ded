/*
 * Several errands at once, by curl's multi interface.  Each is in one of three
 * lists: it waits for its turn, is under way, or is done.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "data/fetcher_own.h"

enum {
	AT_ONCE = 16,
	AT_ONE_HOST = 2,
	SLICE_MS = 200, /* between looks at whether to stop */
};

struct list {
	struct errand *first, **end; /* end: where the next is put */
	size_t n;
};

struct fetcher {
	const struct fetcher_options *options;
	CURLM *multi;
	struct list waiting, running, done;
};

static void
put(struct list *l, struct errand *e)
{
	if (l->first == NULL)
		l->end = &l->first;
	e->next = NULL;
	*l->end = e;
	l->end = &e->next;
	l->n++;
}

/* Take out what *at points to, and return it. */
static struct errand *
take(struct list *l, struct errand **at)
{
	struct errand *e = *at;

	*at = e->next;
	if (l->end == &e->next)
		l->end = at;
	l->n--;
	return e;
}

struct fetcher *
fetcher_open(const struct fetcher_options *options)
{
	struct fetcher *f = calloc(1, sizeof(*f));

	if (f == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	    (f->multi = curl_multi_init()) == NULL)
		abort();
	f->options = options;
	curl_multi_setopt(f->multi, CURLMOPT_MAXCONNECTS, (long)AT_ONCE);
	return f;
}

static void
discard(struct list *l)
{
	while (l->first != NULL) {
		struct errand *e = take(l, &l->first);

		fetched_free(&e->answer);
		free(e);
	}
}

/* Let go of the request, if there is one. */
static void
detach(struct fetcher *f, struct errand *e)
{
	if (e->curl != NULL)
		curl_multi_remove_handle(f->multi, e->curl);
	errand_clean(e);
}

void
fetcher_close(struct fetcher *f)
{
	for (struct errand *e = f->running.first; e != NULL; e = e->next)
		detach(f, e);
	discard(&f->waiting);
	discard(&f->running);
	discard(&f->done);
	curl_multi_cleanup(f->multi);
	curl_global_cleanup();
	free(f);
}

static const char *
keep(struct arena *a, const char *s)
{
	return s != NULL && *s != '\0' ? arena_keep(a, s, strlen(s)) : NULL;
}

/* What came from a header once, or from a database, is sent if it is one. */
static const char *
keep_header(struct arena *a, const char *s)
{
	return s != NULL && s[strcspn(s, "\r\n")] == '\0' ? keep(a, s) : NULL;
}

static struct fetch
copy(struct arena *a, const struct fetch *from)
{
	struct fetch to = *from;

	to.url = keep(a, from->url);
	to.accept = keep_header(a, from->accept);
	to.etag = keep_header(a, from->etag);
	to.modified = keep_header(a, from->modified);
	to.post = from->post != NULL
	    ? arena_keep(a, from->post, strlen(from->post))
	    : NULL;
	if (to.bytes == 0)
		to.bytes = FETCH_BYTES;
	if (to.seconds == 0)
		to.seconds = FETCH_SECONDS;
	return to;
}

void
fetcher_start(struct fetcher *f, const struct fetch *what)
{
	struct errand *e = calloc(1, sizeof(*e));

	if (e == NULL)
		abort();
	e->options = f->options;
	e->want = copy(&e->answer.arena, what);
	e->head = what->head;
	e->permanent = true;
	e->answer.owner = what->owner;
	e->answer.url = e->answer.moved = e->answer.type = "";
	e->answer.etag = e->answer.modified = e->answer.why = "";
	e->answer.max_age = e->answer.retry_after = -1;
	if (errand_aim(e, e->want.url)) {
		put(&f->waiting, e);
		return;
	}
	errand_fail(e, FETCH_BAD_URL, "not an address to ask");
	put(&f->done, e);
}

size_t
fetcher_busy(const struct fetcher *f)
{
	return f->waiting.n + f->running.n + f->done.n;
}

static int
with_host(const struct fetcher *f, const char *host)
{
	int n = 0;

	for (const struct errand *e = f->running.first; e != NULL; e = e->next)
		n += strcasecmp(e->host, host) == 0;
	return n;
}

static void
start(struct fetcher *f, struct errand *e)
{
	if (e->deadline == 0)
		e->deadline = fetcher_now() + (int64_t)e->want.seconds * 1000;
	errand_prepare(e);
	put(&f->running, e);
	if (curl_multi_add_handle(f->multi, e->curl) != CURLM_OK)
		abort();
}

/* Those whose turn it is begin; those whose time is over have ended. */
static void
start_some(struct fetcher *f)
{
	int64_t now = fetcher_now();
	struct errand **at = &f->waiting.first;

	while (*at != NULL) {
		struct errand *e = *at;

		if (e->deadline != 0 && e->deadline <= now) {
			take(&f->waiting, at);
			errand_fail(e, FETCH_TIMEOUT, "waited for its turn");
			put(&f->done, e);
		} else if (f->running.n < AT_ONCE &&
		    with_host(f, e->host) < AT_ONE_HOST) {
			start(f, take(&f->waiting, at));
		} else {
			at = &e->next;
		}
	}
}

static void
finish(struct fetcher *f, const CURL *curl, CURLcode result)
{
	struct errand **at = &f->running.first, *e;
	bool more;

	while ((*at)->curl != curl)
		at = &(*at)->next;
	e = take(&f->running, at);
	errand_read(e, result);
	more = errand_goes_on(e);
	detach(f, e);
	put(more ? &f->waiting : &f->done, e);
}

static void
collect(struct fetcher *f)
{
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(f->multi, &left)) != NULL)
		if (m->msg == CURLMSG_DONE)
			finish(f, m->easy_handle, m->data.result);
}

static void
stop_all(struct fetcher *f)
{
	struct list *lists[] = { &f->running, &f->waiting };

	for (int i = 0; i < 2; i++)
		while (lists[i]->first != NULL) {
			struct errand *e = take(lists[i], &lists[i]->first);

			detach(f, e);
			errand_fail(e, FETCH_STOPPED, "told to stop");
			put(&f->done, e);
		}
}

/* Do what can be done without waiting. */
static void
advance(struct fetcher *f)
{
	int n;

	if (f->options->stop != NULL && f->options->stop()) {
		stop_all(f);
		return;
	}
	start_some(f);
	if (curl_multi_perform(f->multi, &n) != CURLM_OK)
		abort();
	collect(f);
}

static bool
give(struct fetcher *f, struct fetched *to)
{
	struct errand *e;

	if (f->done.first == NULL)
		return false;
	e = take(&f->done, &f->done.first);
	*to = e->answer;
	free(e);
	return true;
}

/* What goes on by a redirect needs no waiting. */
static void
wait_some(struct fetcher *f, int64_t left)
{
	if (f->running.n > 0)
		curl_multi_poll(f->multi, NULL, 0,
		    (int)(left < SLICE_MS ? left : SLICE_MS), NULL);
}

void
fetcher_work(struct fetcher *f, int milliseconds)
{
	int64_t until = fetcher_now() + milliseconds, left = milliseconds;

	while (left > 0 && f->waiting.n + f->running.n > 0) {
		advance(f);
		left = until - fetcher_now();
		if (left > 0)
			wait_some(f, left);
	}
}

bool
fetcher_next(struct fetcher *f, int milliseconds, struct fetched *to)
{
	int64_t until = fetcher_now() + milliseconds;

	for (;;) {
		int64_t left;

		advance(f);
		left = until - fetcher_now();
		if (give(f, to))
			return true;
		if (left <= 0 || fetcher_busy(f) == 0)
			return false;
		wait_some(f, left);
	}
}

void
fetch_one(struct fetcher *f, const struct fetch *what, struct fetched *to)
{
	bool ended = false;

	fetcher_start(f, what);
	while (!ended)
		ended = fetcher_next(f, INT_MAX, to);
}

void
fetched_free(struct fetched *a)
{
	buf_free(&a->body);
	arena_free(&a->arena);
	*a = (struct fetched){ 0 };
}
