/*
 * From the fields of a line to the tree of a document.
 *
 * Imports come from many hands: spaces, control characters and empty values
 * are tidied up here, and what no list has becomes a keyword.
 */
#include <string.h>

#include "base/utf8.h"
#include "cli/import.h"
#include "data/locale.h"

enum { SLUG_MAX = 100, NOTE_MAX = 60 };

static void
note(struct line *l, enum outside what, const char *word)
{
	struct oddity *o = arena_alloc(l->arena, sizeof(*o));

	*o = (struct oddity){ .what = what, .word = word, .next = l->odd };
	l->odd = o;
}

/* What turns the direction of a text could make it look like another. */
static char *
take_out_turns(struct line *l, char *text)
{
	char *to = text;
	size_t cut;

	for (const char *s = text; *s != '\0';)
		if (utf8_turns(s))
			s += 3;
		else
			*to++ = *s++;
	if (*to != '\0') {
		*to = '\0';
		cut = strnlen(text, NOTE_MAX);
		note(l, OUTSIDE_TURN,
		    arena_keep(l->arena, text, utf8_valid(text, cut)));
	}
	return text;
}

/* The text without control characters and blanks around it; NULL if nothing
 * is left. */
static const char *
tidy(struct line *l, const char *text, size_t len)
{
	static const char blanks[] = " \t\n\r";
	char *kept;

	while (len > 0 && strchr(blanks, text[len - 1]) != NULL)
		len--;
	for (; len > 0 && strchr(blanks, *text) != NULL; text++)
		len--;
	if (len == 0)
		return NULL;

	kept = take_out_turns(l, arena_keep(l->arena, text, len));
	for (char *s = kept; *s != '\0'; s++)
		if (((unsigned char)*s < 32 && *s != '\n' && *s != '\t') ||
		    *s == 127)
			*s = ' ';
	return *kept != '\0' ? kept : NULL;
}

static void
put(struct line *l, struct node *to, const char *key, const char *text)
{
	struct node *n;

	if (text == NULL)
		return;
	n = node_add(l->arena, to, key, NODE_TEXT);
	n->text = text;
	n->len = strlen(text);
	n->quoted = true;
}

static struct node *
list_of(struct line *l, struct node *record, const char *key)
{
	struct node *list = node_get(record, key);

	return list != NULL ? list : node_add(l->arena, record, key, NODE_LIST);
}

/* Add a value to a list of values, once. */
static void
put_value(struct line *l, struct node *record, const char *key,
    const char *text)
{
	struct node *list = list_of(l, record, key);

	for (const struct node *n = list->first; n != NULL; n = n->next)
		if (strcmp(n->text, text) == 0)
			return;
	put(l, list, NULL, text);
}

typedef void taking(struct line *, struct node *record, const char *);

/* Take what stands between semicolons one by one. */
static void
split(struct line *l, struct node *record, const struct node *n, taking *take)
{
	const char *s = n != NULL ? n->text : "", *one;

	while (*s != '\0') {
		size_t len = strcspn(s, ";");

		one = tidy(l, s, len);
		if (one != NULL)
			take(l, record, one);
		s += len + (s[len] == ';');
	}
}

static void
take_author(struct line *l, struct node *record, const char *name)
{
	struct node *author =
	    node_add(l->arena, list_of(l, record, "authors"), NULL, NODE_MAP);

	put(l, author, "name", name);
}

/* A name's code into a list, or the name among the keywords. */
static void
take_named(struct line *l, struct node *record, const char *name,
    const char *list, const char *key)
{
	const char *code = names_find(l->names, list, name);

	if (code != NULL)
		put_value(l, record, key, code);
	else
		put_value(l, record, "keywords", name);
	if (code == NULL)
		note(l, *key == 't' ? OUTSIDE_THEME : OUTSIDE_COUNTRY, name);
}

static void
take_theme(struct line *l, struct node *record, const char *name)
{
	take_named(l, record, name, "theme", "themes");
}

static void
take_country(struct line *l, struct node *record, const char *name)
{
	take_named(l, record, name, "country", "countries");
}

static void
put_type(struct line *l, struct node *record, const struct node *n)
{
	const char *name = n != NULL ? tidy(l, n->text, n->len) : NULL;
	const char *code =
	    name != NULL ? names_find(l->names, "doctype", name) : NULL;

	put(l, record, "doctype", code != NULL ? code : "other");
	if (name == NULL || code != NULL)
		return;
	put_value(l, record, "keywords", name);
	note(l, OUTSIDE_TYPE, name);
}

/* "fr" of "fr-CA"; what is no code at all is a fault that the check finds. */
static void
note_language(struct line *l, const char *lang)
{
	const char *main = arena_keep(l->arena, lang, strcspn(lang, "-"));

	if (check_is_language(lang) &&
	    names_find(l->names, "language", main) == NULL)
		note(l, OUTSIDE_LANGUAGE, lang);
}

/* The address: small letters and digits of the id, "-" for all between. */
static const char *
slug_of(struct line *l, const char *id)
{
	struct buf folded = { 0 };
	char *slug = arena_alloc(l->arena, SLUG_MAX + 1);
	size_t n = 0;

	locale_fold(&folded, id);
	for (const char *s = buf_text(&folded); *s != '\0' && n < SLUG_MAX; s++)
		if ((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9'))
			slug[n++] = *s;
		else if (n > 0 && slug[n - 1] != '-')
			slug[n++] = '-';
	while (n > 0 && slug[n - 1] == '-')
		n--;
	slug[n] = '\0';
	buf_free(&folded);
	return slug;
}

/* Is every field one value of those that a document has? */
static bool
check_fields(struct line *l, const struct node *line)
{
	static const char *const known[] = { "id", "lang", "title", "authors",
		"year", "country", "theme", "doctype", "summary", "body" };
	bool good = true;

	for (const struct node *n = line->first; n != NULL; n = n->next) {
		size_t i = 0, count = sizeof(known) / sizeof(known[0]);

		while (i < count && strcmp(known[i], n->key) != 0)
			i++;
		if (i == count) {
			note(l, OUTSIDE_FIELD, n->key);
		} else if (n->type != NODE_TEXT) {
			check_fault(l->check, n, n->key,
			    "a single value must stand here");
			good = false;
		}
	}
	return good;
}

struct node *
line_record(struct line *l, const struct node *line)
{
	static const char *const same[] = { "lang", "title", "summary", "body",
		"year" };
	struct node top = { .file = line->file, .line = line->line }, *record;

	l->odd = NULL;
	if (line->type != NODE_MAP) {
		check_fault(l->check, line, "", "an object must stand here");
		return NULL;
	}
	if (!check_fields(l, line))
		return NULL;
	record = node_add(l->arena, &top, NULL, NODE_MAP);
	put(l, record, "slug", slug_of(l, node_text(line, "id")));
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		const struct node *n = node_get(line, same[i]);

		if (n != NULL)
			put(l, record, same[i], tidy(l, n->text, n->len));
	}
	put_type(l, record, node_get(line, "doctype"));
	note_language(l, node_text(record, "lang"));
	split(l, record, node_get(line, "authors"), take_author);
	split(l, record, node_get(line, "theme"), take_theme);
	split(l, record, node_get(line, "country"), take_country);
	if (*node_text(record, "slug") != '\0' &&
	    *node_text(record, "lang") != '\0')
		return record;
	check_fault(l->check, line,
	    *node_text(record, "lang") == '\0' ? "lang" : "id",
	    "is missing, or has no letter or digit");
	return NULL;
}
