/*
 * Asking other servers while everything else goes on.
 */
#include <time.h>

#include "cli/command.h"
#include "cli/jobs.h"

enum { BREATH_MS = 300 };

static void
open_fetcher(struct jobs *j)
{
	j->fetcher_options = (struct fetcher_options){
		.agent = arena_printf(&j->lasting, "Mutua (+%s/)", j->home),
		.allow = j->settings.fetch_allow,
		.stop = jobs_stopping,
	};
	j->fetcher = fetcher_open(&j->fetcher_options);
}

static struct asking *
find_free(struct jobs *j)
{
	for (int i = 0; i < JOBS_ASKING; i++)
		if (j->asking[i].answered == NULL)
			return &j->asking[i];
	return NULL;
}

bool
jobs_ask(struct jobs *j, const struct fetch *what, jobs_answered *told,
    int64_t about)
{
	struct asking *slot = find_free(j);
	struct fetch it = *what;

	if (slot == NULL)
		return false;
	if (j->fetcher == NULL)
		open_fetcher(j);
	*slot = (struct asking){ told, about };
	it.owner = slot;
	fetcher_start(j->fetcher, &it);
	return true;
}

size_t
/* cppcheck-suppress constParameter */
jobs_asked(const struct jobs *j, jobs_answered *told,
    int64_t about[JOBS_ASKING])
{
	size_t n = 0;

	for (int i = 0; i < JOBS_ASKING; i++) {
		const struct asking *a = &j->asking[i];

		if (a->answered == NULL ||
		    (told != NULL && a->answered != told))
			continue;
		if (about != NULL)
			about[n] = a->about;
		n++;
	}
	return n;
}

static void
tell(struct jobs *j, struct fetched *answer)
{
	struct asking *slot = answer->owner, a = *slot;

	*slot = (struct asking){ 0 };
	if (answer->outcome != FETCH_STOPPED)
		a.answered(j, a.about, answer);
	fetched_free(answer);
	arena_reset(&j->arena);
	if (!jobs_recover(j, "what a server has answered"))
		j->ask_after = time(NULL) + JOBS_PAUSE;
	db_release(j->db);
}

static void
rest(int milliseconds)
{
	nanosleep(&(struct timespec){ milliseconds / 1000,
		      milliseconds % 1000 * 1000000L },
	    NULL);
}

/* In milliseconds. */
static int64_t
since(const struct timespec *began)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)(now.tv_sec - began->tv_sec) * 1000 +
	    (now.tv_nsec - began->tv_nsec) / 1000000;
}

void
jobs_breathe(struct jobs *j)
{
	struct timespec began;
	int64_t left;

	clock_gettime(CLOCK_MONOTONIC, &began);
	if (j->fetcher != NULL)
		fetcher_work(j->fetcher, BREATH_MS);
	left = BREATH_MS - since(&began);
	if (left > 0 && !jobs_stopping())
		rest((int)left);
}

bool
jobs_listen(struct jobs *j, int milliseconds)
{
	struct timespec began;
	struct fetched answer;
	bool any = false;

	if (j->fetcher == NULL || fetcher_busy(j->fetcher) == 0) {
		rest(milliseconds);
		return false;
	}
	clock_gettime(CLOCK_MONOTONIC, &began);
	while (fetcher_next(j->fetcher, any ? 0 : milliseconds, &answer)) {
		tell(j, &answer);
		any = true;
		if (since(&began) >= milliseconds)
			break;
	}
	return any;
}
