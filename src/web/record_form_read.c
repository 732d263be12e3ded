/*
 * A record's tree out of the fields that were posted.
 */
#include <stdlib.h>
#include <string.h>

#include "data/check.h"
#include "data/wording.h"
#include "web/record_form.h"

enum { SEGMENT = 64 };

/* What is posted under one name. */
struct posted {
	const char *rest; /* of the name */
	const char *value;
	size_t len;
};

static const char blank[] = " \t\n";
static const char digits[] = "0123456789";

static struct node *
within(struct arena *a, struct node *map, const char *key, enum node_type type)
{
	struct node *n = node_get(map, key);

	return n != NULL ? n : node_add(a, map, key, type);
}

static void
add_text(struct arena *a, struct node *to, const char *key, const char *s,
    size_t len)
{
	struct node *n = node_add(a, to, key, NODE_TEXT);

	n->text = arena_keep(a, s, len);
	n->len = len;
	n->quoted = true;
}

static void
drop(struct node *map, const char *key)
{
	struct node **link = &map->first;

	map->last = NULL;
	while (*link != NULL) {
		if (strcmp((*link)->key, key) == 0) {
			*link = (*link)->next;
			map->n--;
			continue;
		}
		map->last = *link;
		link = &(*link)->next;
	}
}

/* The next part of a name; false if there is none, or none so long. */
static bool
next_segment(struct posted *v, char part[SEGMENT])
{
	size_t len = strcspn(v->rest, ".");

	if (len == 0 || len >= SEGMENT)
		return false;
	memcpy(part, v->rest, len);
	part[len] = '\0';
	v->rest += len + (v->rest[len] == '.');
	return true;
}

static bool
is_prose(const struct field *f)
{
	return f->type == FIELD_TEXT || wording_is(f);
}

/* The length of a blank that parts the thousands: a space, of any width. */
static size_t
parts(const char *s)
{
	static const char *const blanks[] = { " ", "\u00a0", "\u202f",
		"\u2009" };

	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++)
		if (strncmp(s, blanks[i], strlen(blanks[i])) == 0)
			return strlen(blanks[i]);
	return 0;
}

/* A comma that parts decimals: three digits after it could be thousands. */
static bool
is_decimal(const char *s)
{
	const char *comma = strchr(s, ',');
	size_t n = comma != NULL ? strspn(comma + 1, digits) : 0;

	return n > 0 && n != 3 && comma[1 + n] == '\0' && comma > s &&
	    strchr(digits, comma[-1]) != NULL && strpbrk(s, ".eE") == NULL;
}

/* A number as people write it, 1 200,5, as programs do.  What is none, or
 * could be two, stays as it is for the check to find. */
static const char *
plain_number(struct arena *a, const char *s, size_t len)
{
	char *out = arena_alloc(a, len + 1), *to = out;
	bool decimal;

	s = arena_keep(a, s, len);
	decimal = is_decimal(s);
	for (; *s != '\0'; s++) {
		size_t gap = parts(s);

		if (gap > 0 && to > out && strchr(digits, to[-1]) != NULL &&
		    s[gap] != '\0' && strspn(s + gap, digits) == 3)
			s += gap;
		*to++ = (char)(*s == ',' && decimal ? '.' : *s);
	}
	*to = '\0';
	return out;
}

/* 2026-12-01T08:00, as a clock gives it, or with a blank in it: all times are
 * in UTC here.  What is no time stays as it is. */
static const char *
plain_time(struct arena *a, const char *s, size_t len)
{
	char *out = arena_keep(a, s, len);

	if (len < 16 || len > 19 || (s[10] != 'T' && s[10] != ' '))
		return out;
	out = arena_printf(a, "%sZ", out);
	out[10] = 'T';
	return check_is_time(out, len + 1) ? out : arena_keep(a, s, len);
}

/* Words are kept as they are, all else without the blanks around it. */
static void
put_value(struct arena *a, struct node *row, const struct field *f,
    const char *key, const struct posted *v)
{
	const char *s = v->value;
	size_t len = v->len;
	bool other = f->type == FIELD_RECORD && strcmp(v->rest, "_other") == 0;

	if (other || (f->type == FIELD_FILE && strcmp(v->rest, "_remove") == 0))
		drop(row, key);
	if ((*v->rest != '\0' && !other) || node_get(row, key) != NULL)
		return;
	if (!is_prose(f)) {
		s += strspn(s, blank);
		len = strlen(s);
		while (len > 0 && strchr(blank, s[len - 1]) != NULL)
			len--;
	}
	if (f->type == FIELD_INT || f->type == FIELD_REAL) {
		s = plain_number(a, s, len);
		len = strlen(s);
	}
	if (f->type == FIELD_TIME) {
		s = plain_time(a, arena_keep(a, s, len), len);
		len = strlen(s);
	}
	add_text(a, row, key, s, len);
}

static void
put_words(struct arena *a, struct node *row, const struct field *f,
    struct posted *v)
{
	char lang[SEGMENT];
	struct node *words;

	if (!next_segment(v, lang) || !check_is_language(lang) ||
	    *v->rest != '\0')
		return;
	words = within(a, row, f->name, NODE_MAP);
	if (words->n < WORDING_LANGS)
		put_value(a, words, f, arena_keep(a, lang, strlen(lang)), v);
}

static bool
stands_in(const struct node *list, const char *s, size_t len)
{
	for (const struct node *n = list->first; n != NULL; n = n->next)
		if (n->len == len && memcmp(n->text, s, len) == 0)
			return true;
	return false;
}

/* Values, one a line: a set. */
static void
put_lines(struct arena *a, struct node *list, const struct posted *v)
{
	for (const char *s = v->value; *s != '\0';) {
		size_t line = strcspn(s, "\n"), len = line;
		size_t skip = strspn(s, " \t");
		const char *from = s + (skip < len ? skip : len);

		len -= (size_t)(from - s);
		while (len > 0 && strchr(blank, from[len - 1]) != NULL)
			len--;
		if (len > 0 && list->n < RECORD_FORM_ROWS &&
		    !stands_in(list, from, len))
			add_text(a, list, NULL, from, len);
		s += line + (s[line] == '\n');
	}
}

static void
put_names(struct arena *a, struct node *row, const struct table *t,
    struct posted *v)
{
	char lang[SEGMENT], use[SEGMENT];
	struct node *names;

	if (!next_segment(v, lang) || !check_is_language(lang) ||
	    !next_segment(v, use) || *v->rest != '\0' ||
	    table_field(t, use) == NULL)
		return;
	names = within(a, row, t->name, NODE_MAP);
	if (names->n >= WORDING_LANGS && node_get(names, lang) == NULL)
		return;
	names = within(a, names, arena_keep(a, lang, strlen(lang)), NODE_MAP);
	put_lines(a, within(a, names, table_field(t, use)->name, NODE_LIST), v);
}

/* The row of a list that has a number in the form, made now if it is new.
 * While a form is read, rows have their numbers as lines. */
static struct node *
row_of(struct arena *a, struct node *list, int number)
{
	struct node **link = &list->first, *n;

	while (*link != NULL && (*link)->line < number)
		link = &(*link)->next;
	if (*link != NULL && (*link)->line == number)
		return *link;
	if (list->n >= RECORD_FORM_ROWS)
		return NULL;
	n = arena_alloc(a, sizeof(*n));
	*n = (struct node){ .type = NODE_MAP, .text = "", .line = number };
	n->next = *link;
	*link = n;
	list->n++;
	if (n->next == NULL)
		list->last = n;
	return n;
}

static void put(struct arena *, const struct table *const tables[2],
    struct node *, struct posted *);

static void
put_row(struct arena *a, struct node *row, const struct table *t,
    struct posted *v)
{
	const struct table *const tables[2] = { t, NULL };
	char part[SEGMENT];
	int place;

	if (!next_segment(v, part) || strlen(part) > 4 ||
	    part[strspn(part, digits)] != '\0')
		return;
	place = atoi(part);
	row = row_of(a, within(a, row, t->name, NODE_LIST), place);
	if (row != NULL && strcmp(v->rest, "_remove") == 0)
		row->quoted = true;
	else if (row != NULL)
		put(a, tables, row, v);
}

static void
put_list(struct arena *a, struct node *row, const struct table *t,
    struct posted *v)
{
	if (t->shape == SHAPE_ROWS)
		put_row(a, row, t, v);
	else if (t->shape == SHAPE_NAMES)
		put_names(a, row, t, v);
	else if (*v->rest == '\0')
		put_lines(a, within(a, row, t->name, NODE_LIST), v);
}

/* A value where its name says, if the description knows that place. */
static void
put(struct arena *a, const struct table *const tables[2], struct node *row,
    struct posted *v)
{
	char part[SEGMENT];

	if (!next_segment(v, part))
		return;
	for (size_t i = 0; i < 2 && tables[i] != NULL; i++) {
		const struct field *f = table_field(tables[i], part);
		const struct table *list = table_list(tables[i], part);

		if (f != NULL && wording_is(f))
			put_words(a, row, f, v);
		else if (f != NULL)
			put_value(a, row, f, f->name, v);
		else if (list != NULL)
			put_list(a, row, list, v);
		else
			continue;
		return;
	}
}

/* Take out rows that are to go, and what is empty for it. */
static void
prune(struct node *n)
{
	struct node **link = &n->first;

	n->last = NULL;
	while (*link != NULL) {
		struct node *e = *link;

		prune(e);
		if (e->type != NODE_TEXT && (e->quoted || e->n == 0)) {
			*link = e->next;
			n->n--;
			continue;
		}
		n->last = e;
		link = &e->next;
	}
}

static void
number(struct arena *a, struct node *n, const char *path)
{
	int i = 0;

	n->file = path;
	n->line = 0;
	for (struct node *e = n->first; e != NULL; e = e->next, i++) {
		const char *dot = *path != '\0' ? "." : "";

		number(a, e,
		    n->type == NODE_MAP
			? arena_printf(a, "%s%s%s", path, dot, e->key)
			: arena_printf(a, "%s%s%d", path, dot, i));
	}
}

void
record_form_number(struct arena *a, struct node *tree)
{
	number(a, tree, "");
}

struct node *
record_form_read(struct arena *a, const struct form *form, const struct kind *k)
{
	const struct table *const tables[2] = { &record_table, &k->own };
	struct node *tree = arena_alloc(a, sizeof(*tree));

	*tree = (struct node){ .type = NODE_MAP, .text = "", .file = "" };
	for (size_t i = 0; i < form->n; i++) {
		const struct form_field *f = &form->fields[i];
		struct posted v = { f->name, f->value, f->len };

		if (f->filename == NULL &&
		    v.value[strspn(v.value, blank)] != '\0')
			put(a, tables, tree, &v);
	}
	prune(tree);
	record_form_number(a, tree);
	return tree;
}
