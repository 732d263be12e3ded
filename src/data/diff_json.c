#include <stdlib.h>
#include <string.h>

#include "data/canonical.h"
#include "data/check.h"
#include "data/diff.h"
#include "data/locale.h"
#include "data/wording.h"

enum {
	WORDS_MIN = 60, /* bytes of words that are worth comparing */
	SAME_MAX = 240, /* what stayed is cut in its middle if it is longer … */
	SAME_KEPT = 100,  /* … to so much at each end */
	FILE_SHOWN = 12,  /* of a file's hash */
	LIKE_PERCENT = 20 /* texts that share less are two texts */
};

static void
put_string(struct buf *out, const char *s)
{
	canonical_string(out, s, strlen(s));
}

static void
put_member(struct buf *out, const char *name, const char *value)
{
	if (out->len > 0 && out->data[out->len - 1] != '{')
		buf_putc(out, ',');
	put_string(out, name);
	buf_putc(out, ':');
	if (value != NULL)
		put_string(out, value);
	else
		buf_puts(out, "null");
}

/* The label of a code; the code itself, if it has none. */
static void
put_label(struct buf *out, const struct telling *t, const char *list,
    const char *code)
{
	struct query *q = db_restart(db_query(t->db,
	    "SELECT label FROM code_label"
	    " WHERE list = :list AND code = :code AND lang = :lang"));

	db_set_text(q, "list", list);
	db_set_text(q, "code", code);
	db_set_text(q, "lang", t->lang);
	buf_puts(out, db_next(q) ? db_text(q, 0) : code);
	db_restart(q);
}

/* What readers see a record called; its slug, if they do not see it. */
static void
put_title(struct buf *out, const struct telling *t, const char *kind,
    size_t kind_len, const char *slug)
{
	struct query *q = db_restart(db_query(t->db,
	    "SELECT s.title FROM record r"
	    " JOIN shown s ON s.record = r.id AND s.ui = :lang"
	    " WHERE r.kind = substr(:kind, 1, :len) AND r.slug = :slug"));

	db_set_text(q, "kind", kind);
	db_set_int(q, "len", (int64_t)kind_len);
	db_set_text(q, "slug", slug);
	db_set_text(q, "lang", t->lang);
	buf_puts(out, db_next(q) ? db_text(q, 0) : slug);
	db_restart(q);
}

/* What a file was called; the start of its hash, if it is not here. */
static void
put_file(struct buf *out, const struct telling *t, const char *hash)
{
	struct query *q = db_restart(db_query(t->db,
	    "SELECT name FROM file WHERE sha256 = :hash"));

	db_set_text(q, "hash", hash);
	if (db_next(q) && *db_text(q, 0) != '\0')
		buf_puts(out, db_text(q, 0));
	else
		buf_printf(out, "%.*s", FILE_SHOWN, hash);
	db_restart(q);
}

/* 2006 is no 2,006. */
static bool
is_year(const struct field *f)
{
	return f->type == FIELD_INT && f->low >= 1000 && f->high <= 2200;
}

static void
put_number(struct buf *out, const struct telling *t, const struct field *f,
    const char *text)
{
	char *end;
	double value = strtod(text, &end);

	if (*end != '\0' || is_year(f)) {
		buf_puts(out, text);
		return;
	}
	locale_number(out, value, t->lang);
	if (f->unit != NULL && strcmp(f->unit, "percent") == 0)
		buf_puts(out, strcmp(t->lang, "en") == 0 ? "%" : "\u00a0%");
}

static void
put_any(struct buf *out, const struct telling *t, const struct field *f,
    const char *text)
{
	size_t kind = strcspn(text, "/");

	switch (f->type) {
	case FIELD_INT:
	case FIELD_REAL:
		put_number(out, t, f, text);
		return;
	case FIELD_BOOL:
	case FIELD_FLAG:
		buf_puts(out, check_truth(text) == 1 ? t->yes : t->no);
		return;
	case FIELD_DATE:
	case FIELD_TIME:
		locale_time(out, text, t->lang);
		return;
	case FIELD_CODE:
		put_label(out, t, f->of, text);
		return;
	case FIELD_COUNTRY:
		locale_country(out, text, t->lang);
		return;
	case FIELD_LANGUAGE:
		locale_language(out, text, t->lang);
		return;
	case FIELD_SLUG:
	case FIELD_RECORD:
		put_title(out, t, f->of, strlen(f->of), text);
		return;
	case FIELD_ANY_RECORD:
		put_title(out, t, text, kind,
		    text[kind] == '/' ? text + kind + 1 : text);
		return;
	case FIELD_FILE:
		put_file(out, t, text);
		return;
	default:
		buf_puts(out, text);
	}
}

void
diff_value(struct buf *out, const struct telling *t, const struct field *f,
    const struct node *n)
{
	const struct node *own;

	if (n->type == NODE_TEXT) {
		put_any(out, t, f, n->text);
		return;
	}
	own = node_get(n, t->lang);
	if (n->type == NODE_MAP && n->first != NULL) {
		buf_puts(out, own != NULL ? own->text : n->first->text);
		return;
	}
	for (n = n->first; n != NULL; n = n->next) {
		put_any(out, t, f, n->text);
		if (n->next != NULL)
			buf_puts(out, "; ");
	}
}

void
diff_row_name(struct buf *out, const struct telling *t,
    const struct table *table, const struct node *row)
{
	const struct field *name = table_field(table, "name");
	const struct field *year = table_field(table, "year");
	const struct node *n = name != NULL ? node_get(row, "name") : NULL;

	for (const struct field *f = table_fields(table);
	     n == NULL && f->name != NULL; f++) {
		name = f;
		if (strcmp(f->name, "field") != 0)
			n = node_get(row, f->name);
	}
	if (n == NULL)
		return;
	diff_value(out, t, name, n);
	n = node_get(row, "year");
	if (year != NULL && year != name && n != NULL)
		buf_printf(out, ", %s", n->text);
}

/* "Products: Basic › Benefits: Outpatient care" */
static void
put_place(struct buf *out, const struct telling *t, const struct change_row *r)
{
	if (r == NULL)
		return;
	put_place(out, t, r->outer);
	if (r->outer != NULL)
		buf_puts(out, " › ");
	put_label(out, t, "field", r->label);
	buf_puts(out, strcmp(t->lang, "fr") == 0 ? "\u00a0: " : ": ");
	diff_row_name(out, t, r->list, r->row);
}

/*
 * The fields of a row that came or went.
 */

struct parts {
	struct buf *out;
	const struct telling *telling;
	bool any;
};

static void
put_part(struct parts *p, const char *code, const char *lang, const char *value,
    int depth)
{
	struct buf label = { 0 };

	put_label(&label, p->telling, "field", code);
	if (*lang != '\0') {
		buf_puts(&label, " (");
		locale_language(&label, lang, p->telling->lang);
		buf_putc(&label, ')');
	}
	buf_puts(p->out, p->any ? ",{" : "{");
	put_member(p->out, "label", buf_text(&label));
	put_member(p->out, "value", value);
	buf_printf(p->out, ",\"depth\":%d}", depth);
	buf_free(&label);
	p->any = true;
}

static void
put_field_part(struct parts *p, const struct field *f, const char *code,
    const struct node *n, int depth)
{
	struct buf value = { 0 };

	if (n->type == NODE_MAP) {
		for (n = n->first; n != NULL; n = n->next)
			put_part(p, code, n->key, n->text, depth);
		return;
	}
	diff_value(&value, p->telling, f, n);
	if (value.len > 0)
		put_part(p, code, "", value.data, depth);
	buf_free(&value);
}

static void put_row_parts(struct parts *, const struct table *,
    const char *label, const struct node *row, int depth);

static void
put_list_parts(struct parts *p, const struct table *t, const char *code,
    const struct node *list, int depth)
{
	struct buf name = { 0 };

	if (t->shape == SHAPE_VALUES) {
		put_field_part(p, &t->fields[0], code, list, depth);
		return;
	}
	for (const struct node *r = list->first; r != NULL; r = r->next) {
		buf_clear(&name);
		diff_row_name(&name, p->telling, t, r);
		put_part(p, code, "", buf_text(&name), depth);
		put_row_parts(p, t, code, r, depth + 1);
	}
	buf_free(&name);
}

static void
put_row_parts(struct parts *p, const struct table *t, const char *label,
    const struct node *row, int depth)
{
	struct buf code = { 0 };

	for (const struct field *f = table_fields(t); f->name != NULL; f++) {
		const struct node *n = node_get(row, f->name);

		buf_clear(&code);
		buf_printf(&code, "%s.%s", label, f->name);
		if (n != NULL)
			put_field_part(p, f, code.data, n, depth);
	}
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++) {
		const struct node *n = node_get(row, t->lists[i]->name);

		buf_clear(&code);
		buf_printf(&code, "%s.%s", label, t->lists[i]->name);
		if (n != NULL)
			put_list_parts(p, t->lists[i], code.data, n, depth);
	}
	buf_free(&code);
}

/*
 * Pieces: of words, or of a set.
 */

static void
put_piece(struct buf *out, enum piece_type type, const char *text, size_t len)
{
	static const char *const names[] = { "same", "removed", "added" };

	buf_puts(out, out->data[out->len - 1] == '[' ? "{" : ",{");
	put_member(out, "piece", names[type]);
	buf_puts(out, ",\"text\":");
	canonical_string(out, text, len);
	buf_putc(out, '}');
}

/* Long text that stayed is there to say where the rest stands: no more. */
static void
put_same(struct buf *out, const char *text, size_t len, bool first, bool last)
{
	size_t head = first ? 0 : SAME_KEPT,
	       tail = last ? len : len - SAME_KEPT;
	struct buf cut = { 0 };

	if (len <= SAME_MAX) {
		put_piece(out, PIECE_SAME, text, len);
		return;
	}
	while (head > 0 && (text[head] & 0xc0) == 0x80)
		head--;
	while (tail < len && (text[tail] & 0xc0) == 0x80)
		tail++;
	buf_put(&cut, text, head);
	buf_puts(&cut, head > 0 ? " … " : "… ");
	buf_put(&cut, text + tail, len - tail);
	put_piece(out, PIECE_SAME, cut.data, cut.len);
	buf_free(&cut);
}

/* Two texts that share next to nothing are better read one after the other. */
static bool
are_alike(const struct piece *pieces, size_t n, size_t len)
{
	size_t same = 0;

	for (size_t i = 0; i < n; i++)
		if (pieces[i].type == PIECE_SAME)
			same += pieces[i].len;
	return same * 100 >= len * LIKE_PERCENT;
}

static void
put_words(struct buf *out, const char *before, const char *after)
{
	size_t a = strlen(before), b = strlen(after), n;
	struct arena arena = { 0 };
	struct piece *all;

	n = diff_words(&arena, before, after, &all);
	for (size_t i = 0; are_alike(all, n, a > b ? a : b) && i < n; i++)
		if (all[i].type == PIECE_SAME)
			put_same(out, all[i].text, all[i].len, i == 0,
			    i + 1 == n);
		else
			put_piece(out, all[i].type, all[i].text, all[i].len);
	arena_free(&arena);
}

static bool
has_value(const struct node *list, const char *text)
{
	for (const struct node *e = list != NULL ? list->first : NULL;
	     e != NULL; e = e->next)
		if (strcmp(e->text, text) == 0)
			return true;
	return false;
}

static void
put_set(struct buf *out, const struct telling *t, const struct change *c)
{
	struct buf value = { 0 };
	const struct node *e = c->before != NULL ? c->before->first : NULL;

	for (; e != NULL; e = e->next) {
		buf_clear(&value);
		diff_value(&value, t, c->field, e);
		put_piece(out,
		    has_value(c->after, e->text) ? PIECE_SAME : PIECE_REMOVED,
		    buf_text(&value), value.len);
	}
	e = c->after != NULL ? c->after->first : NULL;
	for (; e != NULL; e = e->next) {
		if (has_value(c->before, e->text))
			continue;
		buf_clear(&value);
		diff_value(&value, t, c->field, e);
		put_piece(out, PIECE_ADDED, buf_text(&value), value.len);
	}
	buf_free(&value);
}

/* Worth comparing word by word? */
static bool
has_words(const struct change *c)
{
	return c->type == CHANGE_VALUE && c->before != NULL &&
	    c->after != NULL && c->before->type == NODE_TEXT &&
	    c->after->type == NODE_TEXT &&
	    (wording_is(c->field) || c->field->type == FIELD_TEXT) &&
	    c->before->len > WORDS_MIN;
}

/*
 * Changes.
 */

static void
put_side(struct buf *out, const struct telling *t, const char *name,
    const struct change *c, const struct node *n)
{
	struct buf words = { 0 };

	if (n == NULL) {
		put_member(out, name, NULL);
		return;
	}
	if (c->field != NULL)
		diff_value(&words, t, c->field, n);
	else if (c->type != CHANGE_ORDER)
		diff_row_name(&words, t, c->table, n);
	for (n = n->first; c->type == CHANGE_ORDER && n != NULL; n = n->next) {
		diff_row_name(&words, t, c->table, n);
		buf_puts(&words, n->next != NULL ? "; " : "");
	}
	put_member(out, name, buf_text(&words));
	buf_free(&words);
}

static void
put_head(struct buf *out, const struct telling *t, const struct change *c)
{
	static const char *const types[] = { "value", "added", "removed", "set",
		"order" };
	struct buf words = { 0 };

	put_member(out, "type", types[c->type]);
	put_member(out, "path", c->path);
	put_member(out, "field", c->label);
	put_label(&words, t, "field", c->label);
	put_member(out, "label", buf_text(&words));
	buf_clear(&words);
	put_place(&words, t, c->within);
	put_member(out, "place", buf_text(&words));
	buf_clear(&words);
	if (*c->lang != '\0')
		locale_language(&words, c->lang, t->lang);
	put_member(out, "lang", c->lang);
	put_member(out, "language", buf_text(&words));
	buf_free(&words);
}

static void
put_change(struct buf *out, const struct telling *t, const struct change *c)
{
	struct parts parts = { out, t, false };

	buf_putc(out, '{');
	put_head(out, t, c);
	put_side(out, t, "before", c, c->before);
	put_side(out, t, "after", c, c->after);
	buf_puts(out, ",\"pieces\":[");
	if (c->type == CHANGE_SET)
		put_set(out, t, c);
	else if (has_words(c))
		put_words(out, c->before->text, c->after->text);
	buf_puts(out, "],\"parts\":[");
	if (c->type == CHANGE_ADDED || c->type == CHANGE_REMOVED)
		put_row_parts(&parts, c->table, c->label,
		    c->after != NULL ? c->after : c->before, 0);
	buf_puts(out, "]}");
}

void
diff_json(struct buf *out, const struct telling *t, const struct change *all,
    size_t n)
{
	buf_putc(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_putc(out, ',');
		put_change(out, t, &all[i]);
	}
	buf_putc(out, ']');
}
