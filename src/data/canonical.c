#include <stdlib.h>
#include <string.h>

#include "data/canonical.h"
#include "data/check.h"
#include "data/wording.h"

void
canonical_string(struct buf *out, const char *s, size_t len)
{
	const char *end = s + len, *run = s;

	buf_putc(out, '"');
	for (; s < end; s++) {
		unsigned char c = (unsigned char)*s;

		if (c >= 32 && c != '"' && c != '\\')
			continue;
		buf_put(out, run, (size_t)(s - run));
		run = s + 1;
		if (c == '\n')
			buf_puts(out, "\\n");
		else if (c < 32)
			buf_printf(out, "\\u%04x", c);
		else
			buf_printf(out, "\\%c", c);
	}
	buf_put(out, run, (size_t)(end - run));
	buf_putc(out, '"');
}

static int
compare(const void *a, const void *b)
{
	const struct node *const *x = a, *const *y = b;
	int keys = 0;

	if ((*x)->key != NULL && (*y)->key != NULL)
		keys = strcmp((*x)->key, (*y)->key);
	return keys != 0 ? keys : strcmp((*x)->text, (*y)->text);
}

/* The entries of a map, or of a list that is a set, in one order for all.
 * The caller frees. */
static const struct node **
sorted(const struct node *n)
{
	const struct node **all = calloc(n->n + 1, sizeof(const struct node *));
	size_t i = 0;

	if (all == NULL)
		abort();
	for (const struct node *e = n->first; e != NULL; e = e->next)
		all[i++] = e;
	qsort(all, i, sizeof(const struct node *), compare);
	return all;
}

static void put_tree(struct buf *, const struct node *);

/* Names by language and use: order says nothing. */
static void
put_entries(struct buf *out, const struct node *n)
{
	const struct node **all = sorted(n);

	buf_putc(out, n->type == NODE_MAP ? '{' : '[');
	for (size_t i = 0; all[i] != NULL; i++) {
		if (i > 0)
			buf_putc(out, ',');
		if (n->type == NODE_MAP) {
			canonical_string(out, all[i]->key, strlen(all[i]->key));
			buf_putc(out, ':');
		}
		put_tree(out, all[i]);
	}
	buf_putc(out, n->type == NODE_MAP ? '}' : ']');
	free(all);
}

static void
put_tree(struct buf *out, const struct node *n)
{
	if (n->type == NODE_TEXT)
		canonical_string(out, n->text, n->len);
	else
		put_entries(out, n);
}

static void
put_words(struct buf *out, const struct table *t, const struct field *f,
    const struct node *row, const char *original)
{
	const char *langs[WORDING_LANGS];
	size_t n = wording_langs(t, row, original, langs);
	char before = '{';

	for (size_t i = 0; i < n; i++) {
		const struct node *words =
		    wording_find(f, row, original, langs[i]);

		if (words == NULL)
			continue;
		buf_putc(out, before);
		canonical_string(out, langs[i], strlen(langs[i]));
		buf_putc(out, ':');
		put_tree(out, words);
		before = ',';
	}
	buf_puts(out, before == '{' ? "{}" : "}");
}

static void
put_value(struct buf *out, const struct field *f, const struct node *n)
{
	if (f->type == FIELD_INT || f->type == FIELD_REAL)
		buf_printf(out, "%.15g", strtod(n->text, NULL));
	else if (f->type == FIELD_BOOL || f->type == FIELD_FLAG)
		buf_puts(out, check_truth(n->text) == 1 ? "true" : "false");
	else
		put_tree(out, n);
}

static void put_fields(struct buf *, const struct table *, const struct node *,
    const char *lang);

/* Single values that no place orders are a set. */
static void
put_set(struct buf *out, const struct table *t, const struct node *list)
{
	const struct node **all = sorted(list);

	for (size_t i = 0; all[i] != NULL; i++) {
		if (i > 0)
			buf_putc(out, ',');
		put_value(out, &t->fields[0], all[i]);
	}
	free(all);
}

static void
put_list(struct buf *out, const struct table *t, const struct node *list,
    const char *lang)
{
	for (const struct node *n = list->first; n != NULL; n = n->next) {
		buf_putc(out, '{');
		put_fields(out, t, n, lang);
		buf_puts(out, n->next != NULL ? "}," : "}");
	}
}

static void
put_rows(struct buf *out, const struct table *t, const struct node *list,
    const char *lang)
{
	buf_putc(out, '[');
	if (t->shape == SHAPE_VALUES)
		put_set(out, t, list);
	else
		put_list(out, t, list, lang);
	buf_putc(out, ']');
}

static void
put_key(struct buf *out, const char *name)
{
	if (out->len > 0 && out->data[out->len - 1] != '{')
		buf_putc(out, ',');
	canonical_string(out, name, strlen(name));
	buf_putc(out, ':');
}

/* What a table has of a row: its fields, then its lists. */
static void
put_fields(struct buf *out, const struct table *t, const struct node *row,
    const char *lang)
{
	const struct node *n;

	for (const struct field *f = table_fields(t); f->name != NULL; f++) {
		n = node_get(row, f->name);
		if (n == NULL)
			continue;
		put_key(out, f->name);
		if (wording_is(f))
			put_words(out, t, f, row, lang);
		else
			put_value(out, f, n);
	}
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++) {
		n = node_get(row, t->lists[i]->name);
		if (n == NULL)
			continue;
		put_key(out, t->lists[i]->name);
		if (t->lists[i]->shape == SHAPE_NAMES)
			put_tree(out, n);
		else
			put_rows(out, t->lists[i], n, lang);
	}
}

void
canonical_put(struct buf *out, const struct kind *k, const struct node *record)
{
	const char *lang = node_text(record, "lang");

	buf_putc(out, '{');
	put_fields(out, &record_table, record, lang);
	put_fields(out, &k->own, record, lang);
	buf_putc(out, '}');
}
