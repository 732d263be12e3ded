#include <stdlib.h>
#include <string.h>

#include "cli/registry.h"
#include "data/wording.h"

/* Lists whose file is called otherwise. */
static const char *
file_of(const struct table *t)
{
	static const struct {
		const char *table, *file;
	} files[] = {
		{ "observation", "year_figures" },
		{ "scheme_supporter", "scheme_organisations" },
		{ "record_relation", "relations" },
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (strcmp(t->table, files[i].table) == 0)
			return files[i].file;
	return t->of_record ? "figure_sources" : t->name;
}

static void
add_tables(struct arena *a, struct sheet_table *first, const struct table *in,
    const struct sheet_table *within, const char *path)
{
	for (size_t i = 0; in->lists != NULL && in->lists[i] != NULL; i++) {
		const struct table *t = in->lists[i];
		struct sheet_table *last = first, *new;

		if (t->shape != SHAPE_ROWS)
			continue;
		while (last->next != NULL)
			last = last->next;
		new = arena_alloc(a, sizeof(*new));
		*new = (struct sheet_table){ first->kind, t, within, file_of(t),
			arena_printf(a, "%s.%s", path, t->name), NULL };
		last->next = new;
		add_tables(a, first, t, new, new->path);
	}
}

struct sheet_table *
registry_tables(struct arena *a, const struct kind *k)
{
	struct sheet_table *first = arena_alloc(a, sizeof(*first));

	*first = (struct sheet_table){ .kind = k,
		.file = arena_printf(a, "%ss", k->kind),
		.path = k->kind };
	add_tables(a, first, &k->own, NULL, k->kind);
	add_tables(a, first, &record_table, NULL, "record");
	return first;
}

const char *
registry_key(const struct table *t)
{
	static const struct {
		const char *table, *key;
	} keys[] = {
		{ "scheme_product", "product" },
		{ "product_contribution", "contribution" },
		{ "observation", "figure" },
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(t->table, keys[i].table) == 0)
			return keys[i].key;
	return t->name;
}

struct adding {
	struct arena *arena;
	struct column *columns;
	size_t n;
	const char *const *langs;
};

static void
add(struct adding *to, struct column c)
{
	if (to->n == REGISTRY_COLUMNS)
		abort();
	to->columns[to->n++] = c;
}

static void
add_keys(struct adding *to, const struct sheet_table *t)
{
	const struct sheet_table *outer[8];
	size_t n = 0;

	add(to, (struct column){ .name = t->kind->kind });
	if (t->table == NULL)
		return;
	for (const struct sheet_table *w = t->within; w != NULL; w = w->within)
		outer[n++] = w;
	while (n > 0)
		add(to,
		    (struct column){ .name = registry_key(outer[--n]->table) });
	add(to, (struct column){ .name = "row" });
}

static void
add_fields(struct adding *to, const struct table *t, const char *path,
    bool record)
{
	struct arena *a = to->arena;

	for (const struct field *f = table_fields(t); f->name != NULL; f++) {
		struct column c = { .name = f->name,
			.path = arena_printf(a, "%s.%s", path, f->name),
			.field = f,
			.record = record };

		for (size_t i = 0; wording_is(f) && to->langs[i] != NULL; i++) {
			c.lang = to->langs[i];
			c.name = arena_printf(a, "%s__%s", f->name, c.lang);
			add(to, c);
		}
		if (!wording_is(f))
			add(to, c);
	}
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++)
		if (t->lists[i]->shape == SHAPE_VALUES)
			add(to,
			    (struct column){ .name = t->lists[i]->name,
				.path = arena_printf(a, "%s.%s", path,
				    t->lists[i]->name),
				.list = t->lists[i],
				.record = record });
}

size_t
registry_columns(struct arena *a, const struct sheet_table *t,
    const char *const *langs, struct column columns[REGISTRY_COLUMNS])
{
	struct adding to = { a, columns, 0, langs };

	add_keys(&to, t);
	if (t->table != NULL) {
		add_fields(&to, t->table, t->path, false);
		return to.n;
	}
	add_fields(&to, &record_table, "record", true);
	add_fields(&to, &t->kind->own, t->path, false);
	return to.n;
}
