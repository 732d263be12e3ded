/*
 * The lists in the form of a record: rows, values, names by language.
 */
#include <string.h>

#include "data/diff.h"
#include "data/wording.h"
#include "view/json.h"
#include "web/record_item.h"

static const char *
json_of(struct showing *s, const struct node *list, char between)
{
	struct buf b = { 0 };
	const char *kept;

	for (const struct node *n = list != NULL ? list->first : NULL;
	     n != NULL; n = n->next) {
		if (between == '\n') {
			buf_puts(&b, n->text);
			buf_putc(&b, '\n');
			continue;
		}
		buf_putc(&b, b.len == 0 ? '[' : ',');
		json_quote(&b, n->text, n->len);
	}
	if (between == ',')
		buf_puts(&b, b.len == 0 ? "[]" : "]");
	kept = page_keep(s->page, buf_text(&b), b.len);
	buf_free(&b);
	return kept;
}

static bool
wants_more(const struct showing *s, const char *path)
{
	return strcmp(s->form->more, path) == 0;
}

static void
put_add(struct showing *s, const struct item *list)
{
	item_put(s,
	    &(struct item){
		.what = "add", .path = list->path, .label = list->label });
}

/* One of repeated inputs. */
static void
put_choice(struct showing *s, const struct item *list, const struct field *f,
    const char *value, int number)
{
	struct page *p = s->page;
	struct item i = { .path = list->path, .name = list->path };

	item_set_type(s, &i, f);
	i.suffix = arena_printf(&p->arena, "-%d", number);
	i.label = arena_printf(&p->arena, "%s %d", list->label, number);
	i.value = value;
	i.required = false;
	item_put(s, &i);
}

/* Values chosen from long lists: an input for each, and an empty one. */
static void
show_choices(struct showing *s, const struct place *at, const struct table *t)
{
	const struct node *list = node_get(at->row, t->name);
	struct item i = { .what = "list" };
	int number = 1;

	item_name(s, &i, at, t->name);
	item_take_faults(s, &i, true);
	item_put(s, &i);
	for (const struct node *n = list != NULL ? list->first : NULL;
	     n != NULL; n = n->next)
		put_choice(s, &i, &t->fields[0], n->text, number++);
	for (int more = wants_more(s, i.path); more >= 0; more--) {
		s->focus = more == 0 && wants_more(s, i.path);
		put_choice(s, &i, &t->fields[0], "", number++);
	}
	put_add(s, &i);
	item_end(s, "list_end");
}

/* Values: words, one a line; boxes of a short list. */
static void
show_values(struct showing *s, const struct place *at, const struct table *t)
{
	const struct node *list = node_get(at->row, t->name);
	struct item i = { 0 };

	item_set_type(s, &i, &t->fields[0]);
	if (strcmp(i.what, "pick") == 0 || t->fields[0].type == FIELD_COUNTRY ||
	    t->fields[0].type == FIELD_LANGUAGE) {
		show_choices(s, at, t);
		return;
	}
	item_name(s, &i, at, t->name);
	i.required = false;
	item_take_faults(s, &i, true);
	if (strcmp(i.what, "line") == 0) {
		i.what = "lines";
		i.value = json_of(s, list, '\n');
	} else {
		i.what = "checks";
		i.value = json_of(s, list, ',');
	}
	item_put(s, &i);
}

static void
show_names(struct showing *s, const struct place *at, const struct table *t)
{
	const struct node *names = node_get(at->row, t->name);
	const char *langs[WORDING_LANGS];
	size_t count = s->nlangs;
	struct item list = { .what = "list" };

	item_name(s, &list, at, t->name);
	item_take_faults(s, &list, false);
	item_put(s, &list);
	memcpy(langs, s->langs, sizeof(langs));
	for (const struct node *n = names != NULL ? names->first : NULL;
	     n != NULL; n = n->next)
		record_form_add_lang(langs, &count, n->key);
	for (size_t l = 0; l < count; l++)
		for (const struct field *f = t->fields; f->name != NULL; f++) {
			struct item i = { 0 };

			item_name(s, &i, at,
			    arena_printf(&s->page->arena, "%s.%s", t->name,
				f->name));
			i.what = "lines";
			i.lang = langs[l];
			i.path = arena_printf(&s->page->arena, "%s%s.%s.%s",
			    at->path, t->name, langs[l], f->name);
			i.value = json_of(s,
			    node_get(node_get(names, langs[l]), f->name), '\n');
			item_take_faults(s, &i, true);
			item_put(s, &i);
		}
	item_end(s, "list_end");
}

/* What is said of a row while it is folded: "Members, 2024". */
static const char *
row_name(struct showing *s, const struct place *at)
{
	const struct telling telling = {
		.db = page_db(s->page),
		.lang = page_lang(s->page),
		.yes = page_string(s->page, "form_yes"),
		.no = page_string(s->page, "form_no"),
	};
	struct buf b = { 0 };
	const char *kept;

	diff_row_name(&b, &telling, at->table, at->row);
	kept = page_keep(s->page, buf_text(&b), b.len);
	buf_free(&b);
	return kept;
}

/* A row that is there, folded unless something is wrong in it or it is being
 * worked on. */
static void
show_row(struct showing *s, const struct item *list, const struct place *at,
    int number)
{
	struct page *p = s->page;
	struct item i = { .what = "row" }, drop = { .what = "drop" };
	size_t told;
	struct buf before = item_begin_part(s, &told);

	i.path = arena_printf(&p->arena, "%s.%d", list->path, number);
	i.label = arena_printf(&p->arena, "%s %d", list->label, number + 1);
	i.value = row_name(s, at);
	i.open = wants_more(s, list->path) || list->fault != NULL ||
	    strncmp(s->form->more, i.path, strlen(i.path)) == 0;
	item_take_faults(s, &i, false);
	item_show_table(s,
	    &(struct place){ at->table, at->row,
		arena_printf(&p->arena, "%s.", i.path), at->code },
	    NULL);
	drop.path = i.path;
	drop.label = i.label;
	item_put(s, &drop);
	item_end_part(s, before, &i, told);
}

/* A row to be filled in, out of the way until it is wanted. */
static void
show_new_row(struct showing *s, const struct item *list, const struct place *at,
    int number)
{
	struct page *p = s->page;
	struct item i = { .what = "new", .label = list->label };
	size_t told;
	struct buf before = item_begin_part(s, &told);

	i.path = arena_printf(&p->arena, "%s.%d", list->path, number);
	i.open = wants_more(s, list->path) || list->fault != NULL ||
	    strncmp(s->form->more, i.path, strlen(i.path)) == 0;
	item_show_table(s,
	    &(struct place){ at->table, NULL,
		arena_printf(&p->arena, "%s.", i.path), at->code },
	    NULL);
	item_end_part(s, before, &i, told);
}

/* Rows: those there are and an empty one; within rows only if it is asked for,
 * or forms would grow without end. */
static void
show_rows(struct showing *s, const struct place *at, const struct table *t)
{
	const struct node *list = node_get(at->row, t->name);
	struct item i = { .what = "list" };
	struct place in = { .table = t };
	int number = 0, empty;

	item_name(s, &i, at, t->name);
	in.code = arena_printf(&s->page->arena, "%s%s.", at->code, t->name);
	item_take_faults(s, &i, false);
	item_put(s, &i);
	for (const struct node *n = list != NULL ? list->first : NULL;
	     n != NULL; n = n->next) {
		in.row = n;
		show_row(s, &i, &in, number++);
	}
	empty = (*at->path == '\0') + wants_more(s, i.path);
	for (int more = empty; more > 0; more--) {
		s->focus = more == 1 && wants_more(s, i.path);
		show_new_row(s, &i, &in, number++);
	}
	put_add(s, &i);
	item_end(s, "list_end");
}

void
item_show_list(struct showing *s, const struct place *at, const struct table *t)
{
	if (t->shape == SHAPE_NAMES)
		show_names(s, at, t);
	else if (t->shape == SHAPE_VALUES)
		show_values(s, at, t);
	else
		show_rows(s, at, t);
}
