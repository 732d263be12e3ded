/*
 * A record's tree against the description of its kind.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "data/check.h"

enum { REASON = 1024 };

/* The format in the words of whoever hears it. */
static const char *
in_words(const struct check *c, const char *format)
{
	return c->hearer != NULL ? c->hearer->words(c->to, format) : format;
}

/* Words take what their format takes. */
static const char *__attribute__((format_arg(2)))
taking(const char *words, const char *format)
{
	(void)format;
	return words;
}

static void
say_fault(struct check *c, const struct node *n, const char *field,
    const char *reason)
{
	buf_printf(c->why, "%s:%d: ", n->file, n->line);
	for (size_t i = 0; i < c->depth; i++)
		buf_printf(c->why, "%s%s", c->path[i],
		    *field != '\0' || i + 1 < c->depth ? "." : "");
	buf_printf(c->why, "%s%s%s\n", field,
	    *field != '\0' || c->depth > 0 ? ": " : "", reason);
}

void
check_fault(struct check *c, const struct node *n, const char *field,
    const char *format, ...)
{
	char reason[REASON];
	const char *words = in_words(c, format);
	va_list list;

	va_start(list, format);
	vsnprintf(reason, REASON, taking(words, format), list);
	va_end(list);
	if (c->hearer != NULL)
		c->hearer->tell(c->to, n, field, false, reason);
	say_fault(c, n, field, reason);
	c->faults++;
}

void
check_warn(struct check *c, const struct node *n, const char *field,
    const char *format, ...)
{
	char reason[REASON];
	const char *words = in_words(c, format);
	va_list list;

	va_start(list, format);
	vsnprintf(reason, REASON, taking(words, format), list);
	va_end(list);
	if (c->hearer != NULL)
		c->hearer->tell(c->to, n, field, true, reason);
	buf_printf(c->why, "%s:%d: %s: warning: %s\n", n->file, n->line, field,
	    reason);
	c->warnings++;
}

const char *
check_called(struct check *c, const char *list, const char *code)
{
	struct buf path = { 0 };
	const char *called;

	if (c->hearer == NULL)
		return code;
	if (strcmp(list, "field") != 0)
		return c->hearer->called(c->to, list, code);
	for (size_t i = 0; i < c->depth; i++)
		buf_printf(&path, "%s.", c->path[i]);
	buf_puts(&path, code);
	called = c->hearer->called(c->to, list, path.data);
	buf_free(&path);
	return called;
}

bool
check_slug(struct check *c, const struct node *n)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

	if (n->type == NODE_TEXT && n->len > 0 && n->len <= 120 &&
	    strspn(n->text, allowed) == n->len)
		return true;
	check_fault(c, n, "slug", "“%.40s” is not made of a to z, 0 to 9 and -",
	    n->text);
	return false;
}

static void
enter(struct check *c, const char *name)
{
	if (c->depth < sizeof(c->path) / sizeof(c->path[0]))
		c->path[c->depth++] = name;
}

static void
leave(struct check *c)
{
	c->depth--;
}

/* Words by language, or words alone in the record's language. */
static void
check_texts(struct check *c, const struct field *f, const struct node *n)
{
	if (n->type == NODE_TEXT && *c->lang == '\0')
		check_fault(c, n, f->name,
		    "no language: give lang, or texts by language");
	else if (n->type == NODE_TEXT)
		check_value(c, f, f->name, n);
	else if (n->type == NODE_LIST || n->n == 0)
		check_fault(c, n, f->name,
		    "a text, or texts by language, must stand here");
	if (n->type != NODE_MAP)
		return;

	enter(c, f->name);
	for (const struct node *t = n->first; t != NULL; t = t->next) {
		if (!check_is_language(t->key))
			check_fault(c, t, t->key, "is not a language code");
		check_value(c, f, t->key, t);
	}
	leave(c);
}

static void
check_field(struct check *c, const struct field *f, const struct node *n)
{
	if (f->type == FIELD_TEXTS || f->type == FIELD_MARKDOWN)
		check_texts(c, f, n);
	else
		check_value(c, f, f->name, n);
}

static void
check_required(struct check *c, const struct table *t, const struct node *row)
{
	for (const struct field *f = table_fields(t); f->name != NULL; f++)
		if (f->required && node_get(row, f->name) == NULL)
			check_fault(c, row, f->name, "is missing");
}

static void
check_one_of(struct check *c, const struct table *t, const struct node *row)
{
	char name[32], names[400] = "";
	const char *s = t->one_of;
	int found = 0, used;
	size_t len = 0;

	if (s == NULL)
		return;
	for (; sscanf(s, "%31s%n", name, &used) == 1; s += used) {
		found += node_get(row, name) != NULL;
		if (len < sizeof(names))
			len += (size_t)snprintf(names + len,
			    sizeof(names) - len, "%s%s",
			    len == 0                ? ""
				: c->hearer != NULL ? ", "
						    : " ",
			    check_called(c, "field", name));
	}
	if (found == 0)
		check_fault(c, row, "", "one of these must be given: %s",
		    names);
	else if (found > 1 && t->only_one)
		check_fault(c, row, "", "only one of these can be given: %s",
		    names);
}

static void check_list(struct check *, const struct table *,
    const struct node *);

/* One entry of a list of maps. */
static void
check_row(struct check *c, const struct table *t, const struct node *row)
{
	if (row->type != NODE_MAP) {
		check_fault(c, row, "", "fields and values must stand here");
		return;
	}
	for (const struct node *n = row->first; n != NULL; n = n->next) {
		const struct field *f = table_field(t, n->key);
		const struct table *list = table_list(t, n->key);

		if (f != NULL)
			check_field(c, f, n);
		else if (list != NULL)
			check_list(c, list, n);
		else
			check_fault(c, n, n->key, "is no field of these");
	}
	check_required(c, t, row);
	check_one_of(c, t, row);
}

static void
check_single(struct check *c, const struct table *t, const struct node *n)
{
	for (const struct node *m = n->next; m != NULL; m = m->next)
		if (strcmp(m->text, n->text) == 0 && m->type == NODE_TEXT)
			check_fault(c, m, "", "“%.80s” stands here twice",
			    m->text);
	check_value(c, &t->fields[0], "", n);
}

/* What a concept is also called in one language: lists by use. */
static void
check_uses(struct check *c, const struct table *t, const struct node *uses)
{
	for (const struct node *n = uses->first; n != NULL; n = n->next) {
		const struct field *f = table_field(t, n->key);

		if (f == NULL || n->type != NODE_LIST)
			check_fault(c, n, n->key,
			    "synonyms or acronyms must stand here, as lists");
		else
			for (const struct node *e = n->first; e != NULL;
			     e = e->next)
				check_value(c, f, f->name, e);
	}
}

static void
check_names(struct check *c, const struct table *t, const struct node *names)
{
	for (const struct node *n = names->first; n != NULL; n = n->next) {
		if (!check_is_language(n->key) || n->type != NODE_MAP)
			check_fault(c, n, n->key,
			    "names by language must stand here");
		else
			check_uses(c, t, n);
	}
}

static void
check_list(struct check *c, const struct table *t, const struct node *n)
{
	enum node_type wanted = t->shape == SHAPE_NAMES ? NODE_MAP : NODE_LIST;

	if (n->type != wanted) {
		check_fault(c, n, t->name, "a list must stand here");
		return;
	}
	enter(c, t->name);
	if (t->shape == SHAPE_NAMES)
		check_names(c, t, n);
	else
		for (const struct node *e = n->first; e != NULL; e = e->next)
			if (t->shape == SHAPE_VALUES)
				check_single(c, t, e);
			else
				check_row(c, t, e);
	leave(c);
}

/* A field may be all records', or its kind's; so may a list. */
static void
check_entry(struct check *c, const struct kind *k, const struct node *n)
{
	const struct table *const places[] = { &record_table, &k->own };

	for (size_t i = 0; i < 2; i++) {
		const struct field *f = table_field(places[i], n->key);
		const struct table *list = table_list(places[i], n->key);

		if (f != NULL)
			check_field(c, f, n);
		else if (list != NULL)
			check_list(c, list, n);
		else
			continue;
		return;
	}
	check_fault(c, n, n->key, "a %s has no such field",
	    check_called(c, "kind", k->kind));
}

void
check_record(struct check *c, const struct kind *k, const struct node *record)
{
	c->lang = node_text(record, "lang");
	for (const struct node *n = record->first; n != NULL; n = n->next)
		if (strcmp(n->key, "slug") != 0)
			check_entry(c, k, n);
	check_required(c, &record_table, record);
	check_required(c, &k->own, record);
	check_rules(c, k, record);
}
