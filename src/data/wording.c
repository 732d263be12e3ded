#include <stdlib.h>
#include <string.h>

#include "data/wording.h"

bool
wording_is(const struct field *f)
{
	return f->type == FIELD_TEXTS || f->type == FIELD_MARKDOWN;
}

static size_t
add(const char **langs, size_t n, const char *lang)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(langs[i], lang) == 0)
			return n;
	if (n < WORDING_LANGS)
		langs[n++] = lang;
	return n;
}

static int
compare(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

size_t
wording_langs(const struct table *t, const struct node *row,
    const char *original, const char *langs[WORDING_LANGS])
{
	size_t n = 0;

	for (const struct field *f = table_fields(t); f->name != NULL; f++) {
		const struct node *words =
		    wording_is(f) ? node_get(row, f->name) : NULL;

		if (words == NULL)
			continue;
		if (words->type == NODE_TEXT)
			n = add(langs, n, original);
		for (words = words->first; words != NULL; words = words->next)
			n = add(langs, n, words->key);
	}
	qsort(langs, n, sizeof(*langs), compare);
	return n;
}

static const struct node *
find(const struct node *words, const char *original, const char *lang)
{
	if (words->type != NODE_TEXT)
		return node_get(words, lang);
	return strcmp(lang, original) == 0 ? words : NULL;
}

const struct node *
wording_find(const struct field *f, const struct node *row,
    const char *original, const char *lang)
{
	const struct node *words = node_get(row, f->name), *n;

	if (words == NULL)
		return NULL;
	n = find(words, original, lang);
	if (n == NULL && f->required)
		n = find(words, original, original);
	if (n == NULL && f->required)
		n = words->first;
	return n;
}
