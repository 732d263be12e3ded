/*
 * The sheet is put together as JSON, which the queries of the page take apart
 * again: so it becomes rows for templates like everything else.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/canonical.h"
#include "data/retrieve.h"
#include "data/withhold.h"
#include "view/json.h"
#include "web/sheet.h"
#include "web/sheet_text.h"

struct sheet {
	struct page *page;
	const struct kind *kind;
	const char *const *shown;
	const char *group; /* the one that is being put, or NULL for any */
	struct buf json;
	struct sheet_words words;
};

static void
put_string(struct buf *out, const char *name, const char *text)
{
	if (out->len > 0 && out->data[out->len - 1] != '{')
		buf_putc(out, ',');
	json_quote(out, name, strlen(name));
	buf_putc(out, ':');
	json_quote(out, text, strlen(text));
}

static const char *
path_to(struct sheet *s, const char *path, const char *name)
{
	return arena_printf(&s->page->arena, "%s.%s", path, name);
}

static struct sheet_row
row_of(const struct sheet *s, const struct node *row, const char *currency)
{
	const char *own = node_text(row, "currency");

	if (*own == '\0')
		own = node_text(row, "contribution_currency");
	return (struct sheet_row){ page_db(s->page), page_lang(s->page), row,
		*own != '\0' ? own : currency,
		page_string(s->page, "sheet_yes"),
		page_string(s->page, "sheet_no") };
}

/* Flags of roughness, currencies and names of what is not in the directory are
 * shown with what they belong to. */
static bool
is_beside(const struct table *t, const struct field *f)
{
	for (const struct field *e = table_fields(t); e->name != NULL; e++)
		if (sheet_name_of(t, e) == f)
			return true;
	return f->type == FIELD_FLAG || strcmp(f->name, "currency") == 0;
}

static bool
is_shown(const struct sheet *s, const char *path, const char *group)
{
	const char *dot = strchr(path, '.');

	if (s->group != NULL && (group == NULL || strcmp(group, s->group) != 0))
		return true;
	for (size_t i = 0; s->shown[i] != NULL; i++)
		if (dot != NULL && strcmp(s->shown[i], dot + 1) == 0)
			return true;
	return false;
}

static void
put_words(struct sheet *s, const char *label, const char *field)
{
	struct sheet_words *w = &s->words;
	struct buf *out = &s->json;

	buf_puts(out, out->data[out->len - 1] == '[' ? "{" : ",{");
	if (label != NULL) {
		put_string(out, "label", label);
		put_string(out, "field", field);
	}
	put_string(out, "text", buf_text(&w->text));
	if (w->url.len > 0)
		put_string(out, "url", w->url.data);
	if (w->other_lang != NULL)
		put_string(out, "lang", w->other_lang);
}

static void
put_label(struct sheet *s, const struct sheet_row *r, const char *path)
{
	struct buf label = { 0 };

	sheet_label(&label, r, "field", path);
	put_words(s, label.len > 0 ? label.data : path, path);
	buf_putc(&s->json, '}');
	buf_free(&label);
}

/* A list that fits in a line stands among the fields: single values, or rows
 * of no more than two. */
static bool
is_short(const struct table *t)
{
	size_t n = 0;

	while (t->fields[n].name != NULL)
		n++;
	return t->shape == SHAPE_VALUES || (t->lists == NULL && n <= 2);
}

static void
put_facts(struct sheet *s, const char *path, const struct table *t,
    const struct sheet_row *r)
{
	const char *below;

	buf_puts(&s->json, ",\"facts\":[");
	for (const struct field *f = table_fields(t); f->name != NULL; f++) {
		below = path_to(s, path, f->name);
		if (!is_beside(t, f) && !is_shown(s, below, f->group) &&
		    sheet_field(&s->words, r, t, f))
			put_label(s, r, below);
	}
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++) {
		below = path_to(s, path, t->lists[i]->name);
		if (is_short(t->lists[i]) &&
		    !is_shown(s, below, t->lists[i]->group) &&
		    sheet_list(&s->words, r, t->lists[i]))
			put_label(s, r, below);
	}
	buf_putc(&s->json, ']');
}

/* The columns of a table: what any of its rows says. */
struct column {
	const struct table *table;
	const struct field *field; /* or a list */
	const struct table *list;
};

enum { COLUMNS_MAX = 32 };

static bool
says(const struct node *list, const char *name)
{
	for (const struct node *n = list->first; n != NULL; n = n->next)
		if (node_get(n, name) != NULL)
			return true;
	return false;
}

static size_t
find_columns(const struct table *t, const struct node *list,
    struct column columns[COLUMNS_MAX])
{
	size_t n = 0;

	for (const struct field *f = table_fields(t); f->name != NULL; f++)
		if (!is_beside(t, f) && n < COLUMNS_MAX &&
		    (says(list, f->name) ||
			(sheet_name_of(t, f) != NULL &&
			    says(list, sheet_name_of(t, f)->name))))
			columns[n++] = (struct column){ t, .field = f };
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++)
		if (is_short(t->lists[i]) && n < COLUMNS_MAX &&
		    says(list, t->lists[i]->name))
			columns[n++] =
			    (struct column){ t, .list = t->lists[i] };
	return n;
}

static bool
is_number(const struct column *c)
{
	return c->field != NULL &&
	    (c->field->type == FIELD_INT || c->field->type == FIELD_REAL);
}

static void
put_cell(struct sheet *s, const struct sheet_row *r, const struct column *c,
    bool first)
{
	if (c->field != NULL)
		sheet_field(&s->words, r, c->table, c->field);
	else
		sheet_list(&s->words, r, c->list);
	put_words(s, NULL, NULL);
	if (is_number(c))
		buf_puts(&s->json, ",\"numeric\":1");
	buf_puts(&s->json,
	    first && s->words.text.len > 0 ? ",\"first\":1}" : "}");
}

static void
put_heads(struct sheet *s, const struct sheet_row *r, const char *path,
    const struct column *columns, size_t n)
{
	struct buf label = { 0 };
	const char *below;

	buf_puts(&s->json, ",\"heads\":[");
	for (size_t i = 0; i < n; i++) {
		const struct column *c = &columns[i];

		below = path_to(s, path,
		    c->field != NULL ? c->field->name : c->list->name);
		buf_clear(&label);
		sheet_label(&label, r, "field", below);
		buf_puts(&s->json, i > 0 ? ",{" : "{");
		put_string(&s->json, "label",
		    label.len > 0 ? label.data : below);
		buf_puts(&s->json, is_number(c) ? ",\"numeric\":1}" : "}");
	}
	buf_putc(&s->json, ']');
	buf_free(&label);
}

static void
begin_block(struct sheet *s, const char *title)
{
	buf_puts(&s->json, s->json.data[s->json.len - 1] == '[' ? "{" : ",{");
	put_string(&s->json, "group", s->group != NULL ? s->group : "");
	put_string(&s->json, "title", title);
}

static void
put_table(struct sheet *s, const char *path, const struct table *t,
    const struct sheet_row *r)
{
	const struct node *list = node_get(r->row, t->name);
	struct column columns[COLUMNS_MAX];
	size_t n = find_columns(t, list, columns);
	struct buf title = { 0 };

	sheet_label(&title, r, "field", path);
	begin_block(s, title.len > 0 ? title.data : path);
	buf_free(&title);
	put_heads(s, r, path, columns, n);
	buf_puts(&s->json, ",\"lines\":[");
	for (const struct node *e = list->first; e != NULL; e = e->next) {
		struct sheet_row row = row_of(s, e, r->currency);

		buf_puts(&s->json, e != list->first ? ",[" : "[");
		for (size_t i = 0; i < n; i++)
			put_cell(s, &row, &columns[i], i == 0);
		buf_putc(&s->json, ']');
	}
	buf_puts(&s->json, "]}");
}

static void put_lists(struct sheet *, const char *path, const struct table *,
    const struct sheet_row *);

/* A list whose rows have lists: each a block of its own, under its name. */
static void
put_each(struct sheet *s, const char *path, const struct table *t,
    const struct sheet_row *r)
{
	const struct node *list = node_get(r->row, t->name);
	const char *const none[] = { "products.name", NULL };
	const char *const *shown = s->shown;
	const char *group = s->group;

	for (const struct node *e = list->first; e != NULL; e = e->next) {
		struct sheet_row row = row_of(s, e, r->currency);

		begin_block(s, node_text(e, "name"));
		s->group = NULL;
		s->shown = none;
		put_facts(s, path, t, &row);
		buf_putc(&s->json, '}');
		s->group = group;
		put_lists(s, path, t, &row);
		s->shown = shown;
	}
}

static void
put_lists(struct sheet *s, const char *path, const struct table *t,
    const struct sheet_row *r)
{
	bool top = t->shape == SHAPE_ONE;
	const char *below;

	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++) {
		const struct table *list = t->lists[i];
		const struct node *n = node_get(r->row, list->name);

		below = path_to(s, path, list->name);
		if (n == NULL || n->n == 0 || list->shape != SHAPE_ROWS ||
		    is_short(list) || (top && is_shown(s, below, list->group)))
			continue;
		if (list->lists != NULL && top)
			put_each(s, below, list, r);
		else
			put_table(s, below, list, r);
	}
}

static void
put_group(struct sheet *s, const struct sheet_row *r)
{
	begin_block(s, "");
	buf_puts(&s->json, ",\"begins\":1");
	put_facts(s, s->kind->kind, &s->kind->own, r);
	buf_putc(&s->json, '}');
	put_lists(s, s->kind->kind, &s->kind->own, r);
}

static void
name_rows(struct page *p)
{
	page_rows(p, "blocks",
	    "SELECT b.value ->> 'group' AS field_group,"
	    "  CASE WHEN b.value ->> 'begins' THEN"
	    "   coalesce(l.label, b.value ->> 'group') END AS group_label,"
	    "  nullif(nullif(b.value ->> 'title', ''), l.label) AS title,"
	    "  b.value -> 'facts' AS _facts, b.value -> 'heads' AS _heads,"
	    "  b.value -> 'lines' AS _lines,"
	    "  json_array_length(b.value -> 'facts') > 0 OR (SELECT count(*)"
	    "   FROM json_each(:_sheet) o WHERE o.value ->> 'group' ="
	    "   b.value ->> 'group') > 1 AS _filled"
	    " FROM json_each(:_sheet) b LEFT JOIN code_label l"
	    "  ON l.list = 'field_group' AND l.code = b.value ->> 'group'"
	    "  AND l.lang = :lang ORDER BY b.key");
	page_rows_in(p, "blocks", "facts",
	    "SELECT value ->> 'field' AS field, value ->> 'label' AS label,"
	    "  value ->> 'text' AS text, value ->> 'url' AS url,"
	    "  value ->> 'lang' AS text_other"
	    " FROM json_each(:_facts) ORDER BY key");
	page_rows_in(p, "blocks", "heads",
	    "SELECT value ->> 'label' AS label,"
	    "  value ->> 'numeric' AS numeric"
	    " FROM json_each(:_heads) ORDER BY key");
	page_rows_in(p, "blocks", "lines",
	    "SELECT value AS _cells FROM json_each(:_lines) ORDER BY key");
	page_rows_in(p, "lines", "cells",
	    "SELECT value ->> 'text' AS text, value ->> 'url' AS url,"
	    "  value ->> 'lang' AS text_other,"
	    "  value ->> 'numeric' AS numeric, value ->> 'first' AS first"
	    " FROM json_each(:_cells) ORDER BY key");
}

void
page_sheet(struct page *p, const char *kind, const char *const *shown)
{
	struct sheet s = { .page = p, .kind = kind_find(kind), .shown = shown };
	int64_t id = strtoll(model_cell(&p->model, "id").text, NULL, 10);
	struct node *record =
	    retrieve_record(page_db(p), &p->arena, s.kind, id);
	struct buf fields = { 0 };
	struct sheet_row r;

	buf_putc(&s.json, '[');
	if (record != NULL) {
		withhold(s.kind, record);
		canonical_put(&fields, s.kind, record);
		page_text(p, "fields_json", buf_text(&fields));
		r = row_of(&s, record, "");
		for (int i = 0; s.kind->groups[i] != NULL; i++) {
			s.group = s.kind->groups[i];
			put_group(&s, &r);
		}
	}
	buf_putc(&s.json, ']');
	page_text(p, "_sheet", buf_text(&s.json));
	name_rows(p);
	buf_free(&fields);
	buf_free(&s.json);
	buf_free(&s.words.text);
	buf_free(&s.words.url);
}
