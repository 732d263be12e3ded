/*
 * Schemes that may be one: nobody but an editor can tell, so they are told.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/load.h"
#include "data/twins.h"

/* Countries one after the other; most loads are of few. */
struct country {
	const char *code;
	struct twins *twins;
	struct country *next;
};

static struct twins *
twins_of(struct load *l, struct country **all, const char *code)
{
	struct country *c = *all;

	while (c != NULL && strcmp(c->code, code) != 0)
		c = c->next;
	if (c == NULL) {
		c = arena_alloc(&l->arena, sizeof(*c));
		*c = (struct country){ code, twins_read(&l->arena, l->db, code),
			*all };
		*all = c;
	}
	return c->twins;
}

/* Of two that were both stored, only the first tells of the other. */
static bool
is_told(const struct load *l, const struct item *item, const struct twin *twin)
{
	const struct item *other = load_find(l, "scheme", twin->slug);

	return other != NULL && other->done != STORED_SAME &&
	    strcmp(twin->slug, item->slug) < 0;
}

static void
report(const struct item *item, const struct twin *twin)
{
	const char *first = item->slug, *second = twin->slug;

	if (strcmp(first, second) > 0) {
		first = twin->slug;
		second = item->slug;
	}
	if (twin->sure)
		complain("scheme/%s and scheme/%s have the same name, country "
			 "and place; are they one?",
		    first, second);
	else
		complain("scheme/%s and scheme/%s have names that are %d %% "
			 "alike; are they one?",
		    first, second, twin->score);
}

void
load_report_twins(struct load *l)
{
	struct country *countries = NULL;

	for (size_t i = 0; i < l->n; i++) {
		const struct item *item = &l->items[i];
		struct twin found[TWINS_MAX];
		size_t n;

		if (strcmp(item->kind->kind, "scheme") != 0 ||
		    item->done == STORED_SAME)
			continue;
		n = twins_find(twins_of(l, &countries,
				   node_text(item->node, "country")),
		    item->node, item->id, found);
		for (size_t j = 0; j < n; j++)
			if (!is_told(l, item, &found[j]))
				report(item, &found[j]);
	}
}
