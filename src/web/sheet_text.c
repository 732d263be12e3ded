#include <stdlib.h>
#include <string.h>

#include "data/check.h"
#include "data/locale.h"
#include "data/wording.h"
#include "web/sheet_text.h"

void
sheet_label(struct buf *out, const struct sheet_row *s, const char *list,
    const char *code)
{
	struct query *q = db_restart(db_query(s->db,
	    "SELECT label FROM code_label"
	    " WHERE list = :list AND code = :code AND lang = :lang"));

	db_set_text(q, "list", list);
	db_set_text(q, "code", code);
	db_set_text(q, "lang", s->lang);
	if (db_next(q))
		buf_puts(out, db_text(q, 0));
	db_restart(q);
}

/* The title of a record as the reader sees it; it leads there. */
static void
put_record(struct sheet_words *w, const struct sheet_row *s, const char *kind,
    const char *slug)
{
	struct query *q = db_restart(db_query(s->db,
	    "SELECT o.title, o.url FROM record r"
	    " JOIN shown o ON o.record = r.id AND o.ui = :lang"
	    " WHERE r.kind = :kind AND r.slug = :slug"));

	db_set_text(q, "kind", kind);
	db_set_text(q, "slug", slug);
	db_set_text(q, "lang", s->lang);
	if (db_next(q)) {
		buf_puts(&w->text, db_text(q, 0));
		buf_puts(&w->url, db_text(q, 1));
	}
	db_restart(q);
}

/* 1998, or about 1998 if the row says so. */
static void
put_number(struct buf *out, const struct sheet_row *s, const struct field *f,
    const char *text)
{
	struct buf about = { 0 };
	bool year = f->low >= 1000;

	buf_printf(&about, "%s_about", f->name);
	if (s->row->type == NODE_MAP && node_get(s->row, about.data) != NULL) {
		sheet_label(out, s, "qualifier", "about");
		buf_putc(out, ' ');
	}
	buf_free(&about);
	if (year || f->high <= 180)
		buf_puts(out, text);
	else
		locale_number(out, strtod(text, NULL), s->lang);
}

/* Numbers of people speak for themselves. */
static void
put_unit(struct buf *out, const struct sheet_row *s, const char *unit)
{
	if (unit == NULL || strcmp(unit, "persons") == 0)
		return;
	if (strcmp(unit, "money") != 0) {
		buf_puts(out, "\xc2\xa0");
		sheet_label(out, s, "unit", unit);
	} else if (*s->currency != '\0')
		buf_printf(out, "\xc2\xa0%s", s->currency);
}

static void
put_value(struct sheet_words *w, const struct sheet_row *s,
    const struct field *f, const char *text)
{
	switch (f->type) {
	case FIELD_INT:
	case FIELD_REAL:
		put_number(&w->text, s, f, text);
		put_unit(&w->text, s, f->unit);
		break;
	case FIELD_BOOL:
	case FIELD_FLAG:
		buf_puts(&w->text, check_truth(text) == 1 ? s->yes : s->no);
		break;
	case FIELD_CODE:
		sheet_label(&w->text, s, f->of, text);
		break;
	case FIELD_DATE:
	case FIELD_TIME:
		locale_time(&w->text, text, s->lang);
		break;
	case FIELD_COUNTRY:
		locale_country(&w->text, text, s->lang);
		break;
	case FIELD_LANGUAGE:
		locale_language(&w->text, text, s->lang);
		break;
	case FIELD_RECORD:
	case FIELD_SLUG:
		put_record(w, s, f->of, text);
		break;
	case FIELD_URL:
		buf_puts(&w->url, text);
		buf_puts(&w->text, text);
		break;
	default:
		buf_puts(&w->text, text);
	}
}

/* Of words by language the reader's, else English, else any. */
static const struct node *
choose(const struct node *words, const char *lang, const char **other)
{
	const struct node *n = node_get(words, lang);

	if (n == NULL)
		n = node_get(words, "en");
	if (n == NULL)
		n = words->first;
	*other = n != NULL && strcmp(n->key, lang) != 0 ? n->key : NULL;
	return n;
}

static void
put_field(struct sheet_words *w, const struct sheet_row *s,
    const struct field *f)
{
	const struct node *n = node_get(s->row, f->name);

	if (n != NULL && wording_is(f) && n->type == NODE_MAP)
		n = choose(n, s->lang, &w->other_lang);
	if (n != NULL)
		put_value(w, s, f, n->text);
}

const struct field *
sheet_name_of(const struct table *t, const struct field *f)
{
	struct buf name = { 0 };
	const struct field *found;

	if (f->type != FIELD_RECORD)
		return NULL;
	buf_printf(&name, "%s_name", f->name);
	found = table_field(t,
	    strcmp(f->name, "organisation") == 0 ? "name" : name.data);
	buf_free(&name);
	return found;
}

bool
sheet_field(struct sheet_words *w, const struct sheet_row *s,
    const struct table *t, const struct field *f)
{
	const struct field *name = sheet_name_of(t, f);
	const struct node *n =
	    name != NULL ? node_get(s->row, name->name) : NULL;

	w->other_lang = NULL;
	buf_clear(&w->text);
	buf_clear(&w->url);
	put_field(w, s, f);
	if (n != NULL)
		buf_printf(&w->text, w->text.len > 0 ? " (%s)" : "%s", n->text);
	return w->text.len > 0;
}

/* A row in a few words: "Member 80 %". */
static void
put_row(struct buf *out, const struct sheet_row *s, const struct table *t,
    const struct node *row)
{
	const struct sheet_row within = { s->db, s->lang, row, s->currency,
		s->yes, s->no };
	struct sheet_words w = { 0 };
	bool begun = false;

	for (const struct field *f = table_fields(t); f->name != NULL; f++)
		if (sheet_field(&w, &within, t, f)) {
			buf_printf(out, "%s%s", begun ? " " : "", w.text.data);
			begun = true;
		}
	buf_free(&w.text);
	buf_free(&w.url);
}

bool
sheet_list(struct sheet_words *w, const struct sheet_row *s,
    const struct table *t)
{
	const struct node *list = node_get(s->row, t->name);

	w->other_lang = NULL;
	buf_clear(&w->text);
	buf_clear(&w->url);
	for (const struct node *n = list != NULL ? list->first : NULL;
	     n != NULL; n = n->next) {
		if (w->text.len > 0)
			buf_puts(&w->text, ", ");
		if (t->shape == SHAPE_VALUES)
			put_value(w, s, &t->fields[0], n->text);
		else
			put_row(&w->text, s, t, n);
	}
	buf_clear(&w->url);
	return w->text.len > 0;
}
