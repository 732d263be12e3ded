#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cli/import.h"
#include "data/locale.h"

/* "list name" and its code, sorted. */
struct name {
	const char *key;
	const char *code;
};

struct names {
	struct arena arena;
	struct name *all;
	size_t n, size;
};

static int
compare(const void *a, const void *b)
{
	const struct name *x = a, *y = b;

	return strcmp(x->key, y->key);
}

static void
add(struct names *names, const char *list, const char *name, const char *code)
{
	if (names->n == names->size) {
		names->size = names->size > 0 ? 2 * names->size : 2048;
		names->all =
		    realloc(names->all, names->size * sizeof(*names->all));
		if (names->all == NULL)
			abort();
	}
	names->all[names->n++] = (struct name){
		.key = arena_printf(&names->arena, "%s %s", list, name),
		.code = arena_keep(&names->arena, code, strlen(code)),
	};
}

static void
add_alpha3(struct names *names, const char *code)
{
	struct buf upper = { 0 }, folded = { 0 };

	locale_country_alpha3(&upper, code);
	locale_fold(&folded, buf_text(&upper));
	if (folded.len > 0)
		add(names, "country", folded.data, code);
	buf_free(&upper);
	buf_free(&folded);
}

struct names *
names_open(struct db *db)
{
	struct names *names = calloc(1, sizeof(*names));
	struct query *q = db_restart(db_query(db,
	    "SELECT list, fold(label), code FROM code_label"
	    " WHERE list IN ('country', 'theme', 'doctype')"
	    " UNION SELECT list, fold(code), code FROM code"
	    " WHERE list IN ('country', 'theme', 'doctype', 'language')"));

	if (names == NULL)
		abort();
	while (db_next(q))
		add(names, db_text(q, 0), db_text(q, 1), db_text(q, 2));
	q = db_restart(db_query(db, "SELECT country FROM country_code"));
	while (db_next(q))
		add_alpha3(names, db_text(q, 0));
	if (names->n > 0)
		qsort(names->all, names->n, sizeof(*names->all), compare);
	return names;
}

void
names_free(struct names *names)
{
	arena_free(&names->arena);
	free(names->all);
	free(names);
}

const char *
names_find(const struct names *names, const char *list, const char *name)
{
	struct buf key = { 0 };
	struct name wanted = { 0 };
	const struct name *found = NULL;

	buf_printf(&key, "%s ", list);
	locale_fold(&key, name);
	wanted.key = buf_text(&key);
	if (names->n > 0)
		found = bsearch(&wanted, names->all, names->n,
		    sizeof(*names->all), compare);
	buf_free(&key);
	return found != NULL ? found->code : NULL;
}
