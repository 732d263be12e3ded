#include <string.h>

#include "data/canonical.h"
#include "data/check.h"

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

static void put_tree(struct buf *, const struct node *);

/* A map or a list as it stands, all values as texts. */
static void
put_entries(struct buf *out, const struct node *n)
{
	buf_putc(out, n->type == NODE_MAP ? '{' : '[');
	for (const struct node *e = n->first; e != NULL; e = e->next) {
		if (n->type == NODE_MAP) {
			canonical_string(out, e->key, strlen(e->key));
			buf_putc(out, ':');
		}
		put_tree(out, e);
		if (e->next != NULL)
			buf_putc(out, ',');
	}
	buf_putc(out, n->type == NODE_MAP ? '}' : ']');
}

static void
put_tree(struct buf *out, const struct node *n)
{
	if (n->type == NODE_TEXT)
		canonical_string(out, n->text, n->len);
	else
		put_entries(out, n);
}

/* Words alone are words in the record's language. */
static void
put_words(struct buf *out, const struct node *n, const char *lang)
{
	if (n->type == NODE_TEXT) {
		buf_putc(out, '{');
		canonical_string(out, lang, strlen(lang));
		buf_putc(out, ':');
	}
	put_tree(out, n);
	if (n->type == NODE_TEXT)
		buf_putc(out, '}');
}

static void
put_value(struct buf *out, const struct field *f, const struct node *n,
    const char *lang)
{
	if (f->type == FIELD_TEXTS || f->type == FIELD_MARKDOWN)
		put_words(out, n, lang);
	else if (f->type == FIELD_INT || f->type == FIELD_REAL)
		buf_put(out, n->text, n->len);
	else if (f->type == FIELD_BOOL || f->type == FIELD_FLAG)
		buf_puts(out, check_truth(n->text) == 1 ? "true" : "false");
	else
		put_tree(out, n);
}

static void put_fields(struct buf *, const struct table *, const struct node *,
    const char *lang);

static void
put_rows(struct buf *out, const struct table *t, const struct node *list,
    const char *lang)
{
	buf_putc(out, '[');
	for (const struct node *n = list->first; n != NULL; n = n->next) {
		if (t->shape == SHAPE_VALUES) {
			put_value(out, &t->fields[0], n, lang);
		} else {
			buf_putc(out, '{');
			put_fields(out, t, n, lang);
			buf_putc(out, '}');
		}
		if (n->next != NULL)
			buf_putc(out, ',');
	}
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
		put_value(out, f, n, lang);
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
