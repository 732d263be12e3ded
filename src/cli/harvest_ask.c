/*
 * A request by OAI-PMH, and patience: who is busy is asked again when they say,
 * who does not answer, some moments later.
 */
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/harvest.h"

enum { TRIES = 4, PATIENCE = 600, BYTES = 25 * 1000 * 1000, SECONDS = 120 };

/* False if we are to end. */
static bool
wait_for(int64_t seconds)
{
	while (seconds-- > 0 && !harvest_stopping())
		sleep(1);
	return !harvest_stopping();
}

static bool
is_busy(const struct fetched *f)
{
	return f->outcome == FETCH_ANSWERED &&
	    (f->status == 429 || f->status >= 500);
}

static bool
is_passing(const struct fetched *f)
{
	return f->outcome == FETCH_NO_CONNECTION ||
	    f->outcome == FETCH_TIMEOUT || f->outcome == FETCH_BROKEN ||
	    is_busy(f);
}

static void
say_why(const struct fetched *f, struct buf *why)
{
	if (harvest_stopping())
		buf_puts(why, "it was stopped");
	else if (f->outcome == FETCH_ANSWERED && f->retry_after > PATIENCE)
		buf_printf(why, "the server asks to come back in %lld minutes",
		    (long long)(f->retry_after + 59) / 60);
	else if (f->outcome == FETCH_ANSWERED)
		buf_printf(why, "the server answers %d", f->status);
	else if (f->outcome == FETCH_FORBIDDEN)
		buf_puts(why,
		    "the address is not public, and the setting "
		    "fetch_allow does not name it");
	else
		buf_printf(why, "no answer: %s%s%s",
		    fetch_outcome_code(f->outcome), *f->why != '\0' ? ", " : "",
		    f->why);
}

int64_t
harvest_pause(const struct fetched *f, int tries)
{
	/* what came cut short may come whole, once */
	if (f->outcome == FETCH_ANSWERED && f->status == 200)
		return tries == 1 ? 1 : -1;
	if (tries >= TRIES || !is_passing(f))
		return -1;
	if (f->outcome == FETCH_ANSWERED && f->retry_after >= 0)
		return f->retry_after <= PATIENCE ? f->retry_after : -1;
	return (int64_t)1 << (tries - 1);
}

bool
harvest_read(struct harvest *h, const struct fetched *f, struct oai_page *page,
    struct buf *why)
{
	if (f->outcome == FETCH_ANSWERED && f->status == 200)
		return oai_read(page, &h->arena, &f->body, f->type, why);
	say_why(f, why);
	return false;
}

struct fetch
harvest_fetch(struct harvest *h, const char *query)
{
	return (struct fetch){ .url = arena_printf(&h->arena, "%s%s%s", h->url,
				   strchr(h->url, '?') != NULL ? "&" : "?",
				   query),
		.accept = "text/xml, application/xml",
		.bytes = BYTES,
		.seconds = SECONDS };
}

bool
harvest_ask(struct harvest *h, const char *query, struct oai_page *page,
    struct buf *why)
{
	struct fetch fetch = harvest_fetch(h, query);
	bool good = false;
	int64_t pause = 0;

	for (int tries = 1; pause >= 0 && !good; tries++) {
		struct fetched f = { 0 };

		buf_clear(why);
		fetch_one(h->fetcher, &fetch, &f);
		good = harvest_read(h, &f, page, why);
		pause = harvest_pause(&f, tries);
		fetched_free(&f);
		if (!good && pause > 0 && !wait_for(pause))
			pause = -1;
	}
	return good;
}
