#include <stdlib.h>
#include <string.h>

#include "data/check.h"
#include "data/diff.h"
#include "data/diff_match.h"
#include "data/wording.h"

/* Where the comparison is: at a table, within some rows. */
struct place {
	const struct table *table;
	const char *path;  /* "products.1." */
	const char *label; /* "scheme.products." */
	const struct change_row *within;
};

struct differ {
	struct arena *arena;
	struct change *all;
	size_t n, size;
	const char *lang_before, *lang_after; /* of the record */
};

static void
add(struct differ *d, struct change c)
{
	if (d->n == d->size) {
		struct change *more;

		d->size = 2 * d->size + 16;
		more = arena_alloc(d->arena, d->size * sizeof(*more));
		if (d->n > 0)
			memcpy(more, d->all, d->n * sizeof(*more));
		d->all = more;
	}
	d->all[d->n++] = c;
}

static bool
same_value(const struct field *f, const struct node *a, const struct node *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	if (a->type == NODE_TEXT && b->type == NODE_TEXT) {
		if (f->type == FIELD_INT || f->type == FIELD_REAL) {
			char *end_a, *end_b;
			double x = strtod(a->text, &end_a);
			double y = strtod(b->text, &end_b);

			if (*end_a == '\0' && *end_b == '\0')
				return x == y;
		}
		if (f->type == FIELD_BOOL || f->type == FIELD_FLAG)
			return check_truth(a->text) == check_truth(b->text);
	}
	return match_same(a, b);
}

static struct change
change_at(struct differ *d, const struct place *at, const char *name)
{
	return (struct change){
		.path = arena_printf(d->arena, "%s%s", at->path, name),
		.label = arena_printf(d->arena, "%s%s", at->label, name),
		.lang = "",
		.table = at->table,
		.within = at->within,
	};
}

/* A name stands in for a language that has none: that is no change. */
static bool
stands_in(const struct field *f, const struct node *words,
    const struct node *row, const char *original, const char *lang)
{
	const struct node *all = node_get(row, f->name);
	const struct node *own = all;

	if (!f->required || words == NULL || strcmp(lang, original) == 0)
		return false;
	if (all->type == NODE_MAP)
		own = node_get(all, original);
	return own != NULL && match_same(words, own);
}

static void
diff_wording(struct differ *d, const struct place *at, const struct field *f,
    const struct node *before, const struct node *after, const char *lang)
{
	const struct node *a =
	    match_said(wording_find(f, before, d->lang_before, lang));
	const struct node *b =
	    match_said(wording_find(f, after, d->lang_after, lang));
	struct change c;

	if (match_same(a, b))
		return;
	if ((a == NULL || stands_in(f, a, before, d->lang_before, lang)) &&
	    (b == NULL || stands_in(f, b, after, d->lang_after, lang)))
		return;
	c = change_at(d, at, f->name);
	c.path = arena_printf(d->arena, "%s.%s", c.path, lang);
	c.lang = lang;
	c.field = f;
	c.before = a;
	c.after = b;
	add(d, c);
}

/* Language by language, those of both once. */
static void
diff_wordings(struct differ *d, const struct place *at, const struct field *f,
    const struct node *before, const struct node *after)
{
	const char *langs[2 * WORDING_LANGS];
	size_t n = wording_langs(at->table, before, d->lang_before, langs);
	size_t m = wording_langs(at->table, after, d->lang_after, langs + n);

	for (size_t i = 0; i < n + m; i++) {
		bool again = false;

		for (size_t j = 0; j < i; j++)
			again |= strcmp(langs[i], langs[j]) == 0;
		if (!again)
			diff_wording(d, at, f, before, after, langs[i]);
	}
}

static void
diff_field(struct differ *d, const struct place *at, const struct field *f,
    const struct node *before, const struct node *after)
{
	const struct node *a = match_said(node_get(before, f->name));
	const struct node *b = match_said(node_get(after, f->name));
	struct change c;

	if (wording_is(f)) {
		diff_wordings(d, at, f, before, after);
		return;
	}
	if (same_value(f, a, b))
		return;
	c = change_at(d, at, f->name);
	c.field = f;
	c.before = a;
	c.after = b;
	add(d, c);
}

static bool
holds(const struct node *list, const struct field *f, const struct node *value)
{
	for (const struct node *e = list != NULL ? list->first : NULL;
	     e != NULL; e = e->next)
		if (same_value(f, e, value))
			return true;
	return false;
}

/* Single values: their order says nothing. */
static void
diff_set(struct differ *d, const struct change *at, const struct node *a,
    const struct node *b)
{
	struct change c = *at;
	bool changed = false;

	for (const struct node *e = a != NULL ? a->first : NULL; e != NULL;
	     e = e->next)
		changed |= !holds(b, c.field, e);
	for (const struct node *e = b != NULL ? b->first : NULL; e != NULL;
	     e = e->next)
		changed |= !holds(a, c.field, e);
	if (!changed)
		return;
	c.type = CHANGE_SET;
	c.before = a;
	c.after = b;
	add(d, c);
}

/* A concept's names in one language: a set for each use. */
static void
diff_uses(struct differ *d, const struct place *at, const char *lang,
    const struct node *a, const struct node *b)
{
	for (const struct field *f = table_fields(at->table); f->name != NULL;
	     f++) {
		struct change c = change_at(d, at, f->name);

		c.path =
		    arena_printf(d->arena, "%s%s.%s", at->path, lang, f->name);
		c.lang = lang;
		c.field = f;
		diff_set(d, &c,
		    a != NULL ? match_said(node_get(a, f->name)) : NULL,
		    b != NULL ? match_said(node_get(b, f->name)) : NULL);
	}
}

static void
diff_names(struct differ *d, const struct place *at, const struct node *a,
    const struct node *b)
{
	for (const struct node *e = a != NULL ? a->first : NULL; e != NULL;
	     e = e->next)
		diff_uses(d, at, e->key, e,
		    b != NULL ? node_get(b, e->key) : NULL);
	for (const struct node *e = b != NULL ? b->first : NULL; e != NULL;
	     e = e->next)
		if (a == NULL || node_get(a, e->key) == NULL)
			diff_uses(d, at, e->key, NULL, e);
}

static void diff_row(struct differ *, const struct place *,
    const struct node *before, const struct node *after);

/*
 * Rows of a list.
 */

static struct place
place_of_row(struct differ *d, const struct place *list, size_t i,
    const struct node *row)
{
	struct change_row *r = arena_alloc(d->arena, sizeof(*r));
	size_t len = strlen(list->label);

	*r = (struct change_row){
		.list = list->table,
		.row = row,
		.label = arena_keep(d->arena, list->label, len - 1),
		.outer = list->within,
	};
	return (struct place){
		.table = list->table,
		.path = arena_printf(d->arena, "%s%zu.", list->path, i),
		.label = list->label,
		.within = r,
	};
}

/* A row that came or went. */
static void
add_row(struct differ *d, const struct place *list, size_t i,
    const struct node *before, const struct node *after)
{
	struct change c = { .lang = "", .table = list->table };

	c.type = before != NULL ? CHANGE_REMOVED : CHANGE_ADDED;
	c.path = arena_printf(d->arena, "%s%zu", list->path, i);
	c.label = arena_keep(d->arena, list->label, strlen(list->label) - 1);
	c.within = list->within;
	c.before = before;
	c.after = after;
	add(d, c);
}

/* Do the rows that stayed stand in another order? */
static bool
moved(const struct rows *b)
{
	size_t last = 0;

	for (size_t j = 0; j < b->n; j++) {
		if (b->match[j] == 0)
			continue;
		if (b->match[j] < last)
			return true;
		last = b->match[j];
	}
	return false;
}

static void
diff_rows(struct differ *d, const struct place *at, const struct node *before,
    const struct node *after)
{
	struct rows a = match_open(d->arena, before),
		    b = match_open(d->arena, after);

	match_rows(at->table, &a, &b);
	if (at->table->placed && moved(&b)) {
		struct change c = { .lang = "", .type = CHANGE_ORDER };

		c.path = arena_keep(d->arena, at->path, strlen(at->path) - 1);
		c.label =
		    arena_keep(d->arena, at->label, strlen(at->label) - 1);
		c.table = at->table;
		c.within = at->within;
		c.before = before;
		c.after = after;
		add(d, c);
	}
	for (size_t j = 0; j < b.n; j++) {
		const struct place row = place_of_row(d, at, j, b.all[j]);

		if (b.match[j] == 0)
			add_row(d, at, j, NULL, b.all[j]);
		else
			diff_row(d, &row, a.all[b.match[j] - 1], b.all[j]);
	}
	for (size_t i = 0; i < a.n; i++)
		if (a.match[i] == 0)
			add_row(d, at, i, a.all[i], NULL);
}

static void
diff_list(struct differ *d, const struct place *at, const struct table *t,
    const struct node *before, const struct node *after)
{
	const struct node *a = match_said(node_get(before, t->name));
	const struct node *b = match_said(node_get(after, t->name));
	struct change c = change_at(d, at, t->name);
	const struct place within = {
		.table = t,
		.path = arena_printf(d->arena, "%s.", c.path),
		.label = arena_printf(d->arena, "%s.", c.label),
		.within = at->within,
	};

	if (a == NULL && b == NULL)
		return;
	c.table = t;
	c.field = t->shape == SHAPE_VALUES ? &t->fields[0] : NULL;
	if (t->shape == SHAPE_VALUES)
		diff_set(d, &c, a, b);
	else if (t->shape == SHAPE_NAMES)
		diff_names(d, &within, a, b);
	else
		diff_rows(d, &within, a, b);
}

static void
diff_row(struct differ *d, const struct place *at, const struct node *before,
    const struct node *after)
{
	const struct table *t = at->table;

	for (const struct field *f = table_fields(t); f->name != NULL; f++)
		diff_field(d, at, f, before, after);
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++)
		diff_list(d, at, t->lists[i], before, after);
}

size_t
diff_trees(struct arena *a, const struct kind *k, const struct node *before,
    const struct node *after, struct change **out)
{
	static const struct node nothing = { .type = NODE_MAP, .text = "" };
	struct differ d = { .arena = a };

	before = before != NULL ? before : &nothing;
	after = after != NULL ? after : &nothing;
	d.lang_before = node_text(before, "lang");
	d.lang_after = node_text(after, "lang");
	diff_row(&d,
	    &(struct place){
		.table = &record_table, .path = "", .label = "record." },
	    before, after);
	diff_row(&d,
	    &(struct place){ .table = &k->own,
		.path = "",
		.label = arena_printf(a, "%s.", k->kind) },
	    before, after);
	*out = d.all;
	return d.n;
}
