#include <stdlib.h>
#include <string.h>

#include "data/finder.h"

/*
 * The counts as rows: the facets wanted, in their order; of each what is
 * chosen, then the values most results have, or all if they are asked for.
 */

static void
put_value(struct buf *out, const char *value)
{
	if (out->len > 0)
		buf_putc(out, ',');
	buf_puts(out, value);
}

/* The facet's parameter with a value added or, if it was chosen, without. */
static const char *
toggle(struct finder *f, const char *facet, const char *value)
{
	struct buf out = { 0 };
	const char *kept = NULL;
	bool chosen = false;

	for (size_t i = 0; i < f->nmade; i++) {
		if (strcmp(f->made[i].facet, facet) != 0)
			continue;
		if (strcmp(f->made[i].value, value) == 0)
			chosen = true;
		else
			put_value(&out, f->made[i].value);
	}
	if (!chosen)
		put_value(&out, value);
	if (out.len > 0)
		kept = arena_keep(&f->arena, out.data, out.len);
	buf_free(&out);
	return kept;
}

/* Is a before b: years the newest first, others the most frequent? */
static bool
is_before(const struct count_row *a, const struct count_row *b, bool years)
{
	if (years)
		return strcmp(a->value, b->value) > 0;
	return a->count > b->count ||
	    (a->count == b->count && strcmp(a->value, b->value) < 0);
}

/* Put a row where it belongs among those from first on, if it is one of the
 * first so many. */
static void
keep_row(struct finder *f, size_t first, size_t most, struct count_row row)
{
	bool years = strcmp(f->wanted[row.facet], "year") == 0;
	size_t i = f->nrows;

	if (f->nrows - first == most) {
		if (!is_before(&row, &f->rows[i - 1], years))
			return;
		i--;
	} else {
		f->nrows++;
	}
	for (; i > first && is_before(&row, &f->rows[i - 1], years); i--)
		f->rows[i] = f->rows[i - 1];
	f->rows[i] = row;
}

/* What is chosen, even if nothing has it. */
static void
add_chosen(struct finder *f, size_t facet, int number)
{
	size_t first = f->nrows;

	for (size_t i = 0; i < f->nmade; i++) {
		const char *value = f->made[i].value;
		uint16_t known = catalogue_value(&f->catalogue, number, value,
		    strlen(value));

		if (strcmp(f->made[i].facet, f->wanted[facet]) == 0)
			keep_row(f, first, SIZE_MAX,
			    (struct count_row){ .facet = (uint8_t)facet,
				.value = value,
				.count = known > 0 ? f->counts[known] : 0,
				.selected = true });
	}
}

static int
by_count(const void *a, const void *b)
{
	return is_before(a, b, false) ? -1 : 1;
}

static int
by_year(const void *a, const void *b)
{
	return is_before(a, b, true) ? -1 : 1;
}

/* Values that are not chosen, at most so many; returns how many there are. */
static size_t
add_others(struct finder *f, size_t facet, int number, size_t most)
{
	const struct catalogue *c = &f->catalogue;
	size_t first = f->nrows, n = 0;

	for (size_t v = 1; v < f->ncounts; v++) {
		struct count_row row = { .facet = (uint8_t)facet,
			.value = c->all[v].text,
			.count = f->counts[v] };

		if (c->all[v].facet != number || row.count == 0 ||
		    f->filter.chosen[v])
			continue;
		n++;
		if (most == SIZE_MAX)
			f->rows[f->nrows++] = row;
		else
			keep_row(f, first, most, row);
	}
	if (most == SIZE_MAX)
		qsort(f->rows + first, f->nrows - first, sizeof(f->rows[0]),
		    strcmp(f->wanted[facet], "year") == 0 ? by_year : by_count);
	return n;
}

static bool
is_full(const struct finder *f, size_t facet)
{
	const struct search *s = f->search;

	return s->all_full ||
	    (s->full != NULL && strcmp(s->full, f->wanted[facet]) == 0);
}

static void
add_facet(struct finder *f, size_t facet)
{
	int number = catalogue_facet(&f->catalogue, f->wanted[facet]);
	size_t first = f->nrows, chosen, n;

	add_chosen(f, facet, number);
	chosen = f->nrows - first;
	n = add_others(f, facet, number,
	    is_full(f, facet) ? SIZE_MAX : FACET_VALUES);
	/* A facet with one value says nothing. */
	if (chosen == 0 && n < 2) {
		f->nrows = first;
		return;
	}
	f->shown[f->nshown++] = (struct facet_row){ .facet = (uint8_t)facet,
		.chosen = chosen > 0,
		.values = (uint32_t)(chosen + n),
		.shown = (uint32_t)(f->nrows - first) };
	for (size_t i = first; i < f->nrows; i++) {
		struct count_row *r = &f->rows[i];

		r->place = (int)(i - first) + 1;
		r->toggled = toggle(f, f->wanted[facet], r->value);
	}
}

void
facets_make(struct finder *f)
{
	const struct search *s = f->search;
	size_t most = f->nmade + f->nwanted * (FACET_VALUES + 1);

	if (s->all_full || s->full != NULL)
		most += f->catalogue.nall;
	f->rows = arena_alloc(&f->arena, most * sizeof(f->rows[0]));
	f->nrows = f->nshown = 0;
	for (size_t i = 0; i < f->nwanted; i++)
		add_facet(f, i);
}
