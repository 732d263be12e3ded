#include <stdlib.h>
#include <string.h>

#include "data/finder.h"

/*
 * Filtering, counting and ordering in memory.
 *
 * A facet's own choice does not limit its own counts: they say what another
 * choice would find.  So a record that fails just one facet still counts for
 * the values of that one.
 */

enum { VALUES_OF_A_CHOICE = 32 };

static void *
resize(void *old, size_t n, size_t size)
{
	void *new = realloc(old, (n + 1) * size);

	if (new == NULL)
		abort();
	return new;
}

/*
 * Choices.
 */

static void
add_choice(struct finder *f, int facet, const char *name, const char *value,
    size_t len)
{
	uint16_t known = catalogue_value(&f->catalogue, facet, value, len);

	if (known != 0)
		f->filter.chosen[known] = 1;
	for (size_t i = 0; i < f->nmade; i++)
		if (f->made[i].facet == name &&
		    strncmp(f->made[i].value, value, len) == 0 &&
		    f->made[i].value[len] == '\0')
			return;
	f->made[f->nmade++] = (struct choice_made){ .facet = name,
		.value = arena_keep(&f->arena, value, len) };
}

static void
choose_facet(struct finder *f, const char *name, const char *values)
{
	int facet = catalogue_facet(&f->catalogue, name);
	const char *kept = arena_keep(&f->arena, name, strlen(name));

	if (facet == NOWHERE)
		f->filter.nothing = true;
	else
		f->filter.active |= UINT64_C(1) << facet;
	for (int i = 0; i < VALUES_OF_A_CHOICE; i++) {
		size_t n = strcspn(values, ",");

		if (n > 0)
			add_choice(f, facet, kept, values, n);
		values += n;
		if (*values == '\0')
			return;
		values++;
	}
}

static void
begin_filter(struct finder *f, const struct search *s)
{
	struct filter *filter = &f->filter;

	*filter = (struct filter){ .chosen = arena_alloc(&f->arena,
				       f->catalogue.nall + 1) };
	f->nmade = 0;
	f->made = arena_alloc(&f->arena,
	    (s->nchoices + 1) * VALUES_OF_A_CHOICE * sizeof(f->made[0]));
	for (size_t i = 0; i < s->nchoices; i++)
		choose_facet(f, s->choices[i].facet, s->choices[i].values);
	f->expired = finder_expired(&f->catalogue);
	filter->out = s->current ? f->expired : 0;
	if (s->kind == NULL)
		return;
	filter->kind =
	    catalogue_value(&f->catalogue, 0, s->kind, strlen(s->kind));
	filter->nothing |= filter->kind == 0;
}

void
choose_begin(struct finder *f)
{
	const struct search *s = f->search;

	begin_filter(f, s);
	f->nwanted = 0;
	for (size_t i = 0; i < WANTED_MAX && s->facets[i] != NULL; i++)
		f->wanted[f->nwanted++] =
		    arena_keep(&f->arena, s->facets[i], strlen(s->facets[i]));
	f->ncandidates = 0;
	f->number++;
	if (f->catalogue.nentries <= f->nseen)
		return;
	f->seen = resize(f->seen, f->catalogue.nentries, sizeof(uint32_t));
	f->run = resize(f->run, f->catalogue.nentries, sizeof(uint32_t));
	memset(f->run + f->nseen, 0,
	    (f->catalogue.nentries - f->nseen) * sizeof(uint32_t));
	f->nseen = f->catalogue.nentries;
}

int
choose_verdict(const struct finder *f, const struct entry *e)
{
	const struct filter *filter = &f->filter;
	const struct catalogue *c = &f->catalogue;
	uint64_t met = 0, failed;

	if (e->kind == 0 || filter->nothing ||
	    (filter->kind != 0 && e->kind != filter->kind))
		return REJECTED;
	if (filter->out != 0 && catalogue_has(c, e, filter->out))
		return REJECTED;
	if (filter->active == 0)
		return PASSES;
	for (size_t i = e->values; i < e->values + e->nvalues; i++)
		if (filter->chosen[c->values[i]])
			met |= UINT64_C(1) << c->all[c->values[i]].facet;
	failed = filter->active & ~met;
	if (failed == 0)
		return PASSES;
	/* More than one bit set: more than one facet failed. */
	return (failed & (failed - 1)) != 0 ? REJECTED
					    : __builtin_ctzll(failed);
}

struct candidate *
choose_add(struct finder *f, uint32_t entry)
{
	struct candidate *c;
	int verdict;

	if (f->run[entry] == f->number)
		return f->seen[entry] == 0 ? NULL
					   : &f->candidates[f->seen[entry] - 1];
	verdict = choose_verdict(f, &f->catalogue.entries[entry]);
	f->run[entry] = f->number;
	f->seen[entry] = 0;
	if (verdict == REJECTED)
		return NULL;
	if (f->ncandidates == f->candidates_size || f->candidates == NULL) {
		f->candidates_size = 2 * f->ncandidates + 256;
		f->candidates = resize(f->candidates, f->candidates_size,
		    sizeof(f->candidates[0]));
	}
	c = &f->candidates[f->ncandidates++];
	*c = (struct candidate){ .entry = entry, .fails = (int8_t)verdict };
	f->seen[entry] = (uint32_t)f->ncandidates;
	return c;
}

void
choose_all(struct finder *f)
{
	for (size_t i = 0; i < f->catalogue.nentries; i++) {
		struct candidate *c = choose_add(f, (uint32_t)i);

		if (c != NULL)
			c->exact = true;
	}
}

/*
 * Counting.
 */

static void
count_one(struct finder *f, const struct candidate *c)
{
	const struct catalogue *all = &f->catalogue;
	const struct entry *e = &all->entries[c->entry];
	const uint16_t *v = all->values + e->values, *end = v + e->nvalues;

	if (c->fails != PASSES) {
		for (; v < end; v++)
			f->counts[*v] +=
			    (int)all->all[*v].facet == (int)c->fails;
		return;
	}
	for (; v < end; v++)
		f->counts[*v]++;
	f->found.total++;
	f->found.exact += c->exact;
}

void
choose_count(struct finder *f)
{
	f->ncounts = f->catalogue.nall;
	f->counts =
	    arena_alloc(&f->arena, (f->ncounts + 1) * sizeof(f->counts[0]));
	for (size_t i = 0; i < f->ncandidates; i++)
		count_one(f, &f->candidates[i]);
}

/*
 * Ordering.
 */

/* Does it go by just the name that was typed? */
static bool
is_named(const struct finder *f, const struct candidate *c)
{
	for (size_t i = 0; i < f->nnamed; i++)
		if (f->named[i].record == f->catalogue.entries[c->entry].id)
			return c->exact;
	return false;
}

/* The later goes first; of one day, what was added later. */
static double
newest_key(uint32_t date, uint32_t entry)
{
	return date * 4294967296.0 / 1024 + entry;
}

/* How well it fits: first in the reader's language, then in others, then with
 * some of the words; what goes by the very name first of all.  What has
 * expired is behind all else that has the words. */
static double
fit(const struct finder *f, const struct candidate *c)
{
	const struct entry *e = &f->catalogue.entries[c->entry];

	if (f->expired != 0 && catalogue_has(&f->catalogue, e, f->expired))
		return (c->tier > 0 ? 0.5e6 : -1e6) + (double)c->score;
	return (c->tier + (is_named(f, c) ? 2 : 0)) * 1e6 + (double)c->score;
}

static double
key_of(const struct finder *f, const struct candidate *c, const uint32_t *ranks)
{
	const struct entry *e = &f->catalogue.entries[c->entry];

	switch (f->order) {
	case BY_TITLE:
		return -(double)ranks[c->entry];
	case BY_NEWEST:
		return newest_key(catalogue_date(e), c->entry);
	case BY_YEAR:
		return newest_key(e->date / 10000 == e->year ? e->date
							     : e->year * 10000u,
		    c->entry);
	default:
		return fit(f, c);
	}
}

/* Does a stand after b? */
static bool
is_after(const struct hit *a, const struct hit *b)
{
	return a->key < b->key ||
	    (a->key == b->key && a->candidate > b->candidate);
}

static int
compare(const void *a, const void *b)
{
	return is_after(a, b) ? 1 : -1;
}

/* Put h where it belongs, from the top of a heap with the last hit on top. */
static void
sink(struct hit *heap, size_t n, size_t i, struct hit h)
{
	for (;;) {
		size_t child = 2 * i + 1;

		if (child + 1 < n && is_after(&heap[child + 1], &heap[child]))
			child++;
		if (child >= n || !is_after(&heap[child], &h))
			break;
		heap[i] = heap[child];
		i = child;
	}
	heap[i] = h;
}

/* Keep the first most hits. */
static void
keep_first(struct finder *f, size_t most, struct hit h)
{
	if (f->nhits < most) {
		f->hits[f->nhits++] = h;
		for (size_t i = most / 2; f->nhits == most && i-- > 0;)
			sink(f->hits, most, i, f->hits[i]);
	} else if (most > 0 && is_after(&f->hits[0], &h)) {
		sink(f->hits, most, 0, h);
	}
}

void
choose_page(struct finder *f, int64_t offset, int64_t limit)
{
	const uint32_t *ranks = f->order == BY_TITLE
	    ? catalogue_ranks(&f->catalogue, f->db, f->ui)
	    : NULL;
	size_t total = (size_t)f->found.total;
	size_t from = offset < 0 ? 0 : (size_t)offset, most;

	if (from > total)
		from = total;
	most = limit < 0 || (size_t)limit > total - from ? total
							 : from + (size_t)limit;
	if (most > f->hits_size) {
		f->hits = resize(f->hits, most, sizeof(f->hits[0]));
		f->hits_size = most;
	}
	f->nhits = 0;
	for (size_t i = 0; i < f->ncandidates; i++)
		if (f->candidates[i].fails == PASSES)
			keep_first(f, most,
			    (struct hit){ .candidate = (uint32_t)i,
				.key = key_of(f, &f->candidates[i], ranks) });
	if (f->nhits > 0)
		qsort(f->hits, f->nhits, sizeof(f->hits[0]), compare);
	f->offset = (int64_t)from;
}
