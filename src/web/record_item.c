#include <string.h>

#include "view/json.h"
#include "web/record_item.h"

const char *
item_text(struct page *p, const char *list, const char *code)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT label FROM code_label WHERE list = :list"
	    " AND code = :code AND lang = :lang"));
	const char *text = NULL;

	db_set_text(q, "list", list);
	db_set_text(q, "code", code);
	db_set_text(q, "lang", page_lang(p));
	if (db_next(q))
		text = page_keep(p, db_text(q, 0), db_cell(q, 0).len);
	db_restart(q);
	return text;
}

const char *
record_form_label(struct page *p, const struct kind *k, const char *path)
{
	const char *text = item_text(p, "field",
	    arena_printf(&p->arena, "%s.%s", k->kind, path));

	return text != NULL
	    ? text
	    : item_text(p, "field", arena_printf(&p->arena, "record.%s", path));
}

/* A path as an id: "f-figures-0-value". */
const char *
item_id(struct showing *s, const struct item *i)
{
	char *id = arena_printf(&s->page->arena, "f-%s%s", i->path,
	    i->suffix != NULL ? i->suffix : "");

	for (char *c = id; *c != '\0'; c++)
		if (*c == '.' || *c == '_')
			*c = '-';
	return id;
}

static void
put_text(struct showing *s, const char *key, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	buf_printf(&s->json, ",\"%s\":", key);
	json_quote(&s->json, text, strlen(text));
}

static bool
is_input(const struct item *i)
{
	static const char inputs[] =
	    " line text lines code choice pick file time"
	    " picture own ";
	const char *at = strstr(inputs, i->what);

	return at != NULL && at[-1] == ' ' && at[strlen(i->what)] == ' ';
}

void
item_put(struct showing *s, const struct item *i)
{
	buf_puts(&s->json, s->json.len == 0 ? "{\"what\":" : ",{\"what\":");
	json_quote(&s->json, i->what, strlen(i->what));
	put_text(s, "path", i->path);
	put_text(s, "name", i->name != NULL ? i->name : i->path);
	put_text(s, "id", i->path != NULL ? item_id(s, i) : "");
	put_text(s, "label", i->label);
	put_text(s, "help", i->help);
	put_text(s, "hint", i->hint);
	put_text(s, "value", i->value);
	put_text(s, "of", i->of);
	put_text(s, "lang", i->lang);
	put_text(s, "unit", i->unit);
	put_text(s, "mode", i->mode);
	put_text(s, "fault", i->fault);
	put_text(s, "required", i->required ? "1" : "");
	put_text(s, "open", i->open ? "1" : "");
	put_text(s, "focus", s->focus && is_input(i) ? "1" : "");
	s->focus = s->focus && !is_input(i);
	put_text(s, "private", i->private ? "1" : "");
	buf_putc(&s->json, '}');
}

void
item_end(struct showing *s, const char *what)
{
	item_put(s, &(struct item){ .what = what });
}

void
item_take_faults(struct showing *s, struct item *i, bool below)
{
	i->fault = record_faults_take(s->form->faults, i->path, below,
	    item_id(s, i), i->label != NULL ? i->label : "");
	s->told += i->fault != NULL;
}

void
item_name(struct showing *s, struct item *i, const struct place *at,
    const char *name)
{
	struct page *p = s->page;
	const char *code = arena_printf(&p->arena, "%s%s", at->code, name);

	i->path = arena_printf(&p->arena, "%s%s", at->path, name);
	i->label = item_text(p, "field", code);
	if (strcmp(at->code, "record.") == 0) /* a kind may know better */
		i->help = item_text(p, "field_help",
		    arena_printf(&p->arena, "%s.%s", s->form->kind->kind,
			name));
	if (i->help == NULL)
		i->help = item_text(p, "field_help", code);
	if (i->label == NULL)
		i->label = name;
}

struct buf
item_begin_part(struct showing *s, size_t *told)
{
	struct buf before = s->json;

	*told = s->told;
	s->json = (struct buf){ 0 };
	return before;
}

void
item_end_part(struct showing *s, struct buf before, struct item *i, size_t told)
{
	struct buf inside = s->json;

	s->json = before;
	i->open = i->open || s->told > told;
	item_put(s, i);
	if (inside.len > 0)
		buf_putc(&s->json, ',');
	buf_put(&s->json, buf_text(&inside), inside.len);
	buf_free(&inside);
	item_end(s, arena_printf(&s->page->arena, "%s_end", i->what));
}
