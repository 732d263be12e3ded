/*
 * Has a repository the set that we are asked to harvest?  Many answer a set that
 * is none of theirs with nothing, or with all they have: who mistyped it would
 * never know.
 */
#include <string.h>

#include "cli/harvest.h"

enum { TOLD = 20 };

/* The set itself, or one below it. */
static bool
is_it(const struct harvest *h, const char *spec)
{
	size_t len = strlen(h->set);

	return strncmp(spec, h->set, len) == 0 &&
	    (spec[len] == '\0' || spec[len] == ':');
}

static void
note(struct harvest *h, const char *spec)
{
	if (h->nsets++ < TOLD)
		buf_printf(&h->sets, "%s%.100s", h->nsets > 1 ? ", " : "",
		    spec);
}

static void
say_none(const struct harvest *h, struct buf *why)
{
	buf_printf(why, "the repository has no set “%s”", h->set);
	if (h->nsets > 0)
		buf_printf(why, "; it has %s", buf_text(&h->sets));
	if (h->nsets > TOLD)
		buf_printf(why, " and %zu more", h->nsets - TOLD);
}

static enum harvest_step
say_error(const struct oai_page *page, struct buf *why)
{
	if (strcmp(page->error, "noSetHierarchy") == 0)
		buf_puts(why,
		    "the repository has no sets; without --set all it has is "
		    "harvested");
	else
		buf_printf(why, "its sets can't be listed: %s: %s", page->error,
		    page->message);
	return STEP_FAILED;
}

enum harvest_step
harvest_sets(struct harvest *h, const struct oai_page *page, struct buf *why)
{
	if (*page->error != '\0')
		return say_error(page, why);
	for (size_t i = 0; i < page->nsets; i++) {
		if (is_it(h, page->sets[i])) {
			h->asks = HARVEST_RECORDS;
			return STEP_MORE;
		}
		note(h, page->sets[i]);
	}
	if (*page->token == '\0' || page->nsets == 0 ||
	    harvest_goes_round(h, page->token)) {
		say_none(h, why);
		return STEP_FAILED;
	}
	h->sets_token =
	    arena_keep(&h->lasting, page->token, strlen(page->token));
	return STEP_MORE;
}
