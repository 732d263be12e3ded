#include <stdlib.h>
#include <string.h>

#include "data/finder.h"

/*
 * The counts as rows: the facets wanted, in their order; of each the values
 * some result has, and those that are chosen whether or not.
 */

static bool
is_chosen(const struct finder *f, const char *facet, const char *value)
{
	for (size_t i = 0; i < f->nmade; i++)
		if (strcmp(f->made[i].facet, facet) == 0 &&
		    strcmp(f->made[i].value, value) == 0)
			return true;
	return false;
}

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

static struct count_row *
add_row(struct finder *f, size_t facet, const char *value, uint32_t count)
{
	struct count_row *r = &f->rows[f->nrows++];

	*r = (struct count_row){ .facet = (uint8_t)facet,
		.value = value,
		.count = count,
		.selected = is_chosen(f, f->wanted[facet], value) };
	return r;
}

/* Values that were chosen though nothing has them. */
static void
add_unknown(struct finder *f, size_t facet, int number)
{
	for (size_t i = 0; i < f->nmade; i++) {
		const char *value = f->made[i].value;
		uint16_t known = catalogue_value(&f->catalogue, number, value,
		    strlen(value));

		if (strcmp(f->made[i].facet, f->wanted[facet]) == 0 &&
		    (known == 0 || f->counts[known] == 0))
			add_row(f, facet, value, 0);
	}
}

static int
by_count(const void *a, const void *b)
{
	const struct count_row *r = a, *s = b;

	if (r->count != s->count)
		return r->count < s->count ? 1 : -1;
	return strcmp(r->value, s->value);
}

static int
newest_first(const void *a, const void *b)
{
	const struct count_row *r = a, *s = b;

	return strcmp(s->value, r->value);
}

/* Rows from first on are one facet's: put them in order. */
static void
order(struct finder *f, size_t first, bool years)
{
	qsort(f->rows + first, f->nrows - first, sizeof(f->rows[0]),
	    years ? newest_first : by_count);
	for (size_t i = first; i < f->nrows; i++) {
		struct count_row *r = &f->rows[i];

		r->place = (int)(i - first) + 1;
		r->toggled = toggle(f, f->wanted[r->facet], r->value);
	}
}

static void
add_facet(struct finder *f, size_t facet)
{
	const struct catalogue *c = &f->catalogue;
	int number = catalogue_facet(c, f->wanted[facet]);
	size_t first = f->nrows;

	for (size_t v = 1; v < f->ncounts; v++)
		if (c->all[v].facet == number && f->counts[v] > 0)
			add_row(f, facet, c->all[v].text, f->counts[v]);
	add_unknown(f, facet, number);
	order(f, first, strcmp(f->wanted[facet], "year") == 0);
}

void
facets_make(struct finder *f)
{
	f->rows = arena_alloc(&f->arena,
	    (f->ncounts + f->nmade + 1) * sizeof(f->rows[0]));
	f->nrows = 0;
	for (size_t i = 0; i < f->nwanted; i++)
		add_facet(f, i);
}
