#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "data/yaml.h"
#include "view/strings.h"

struct strings {
	const struct node **sorted; /* by key */
	size_t n;
	struct arena arena;
};

static int
compare(const void *a, const void *b)
{
	const struct node *const *x = a, *const *y = b;

	return strcmp((*x)->key, (*y)->key);
}

static bool
take(struct strings *s, const struct node *n, struct buf *why)
{
	if (n->type != NODE_TEXT || n->len == 0) {
		buf_printf(why, "%s:%d: “%s” is no text\n", n->file, n->line,
		    n->key);
		return false;
	}
	s->sorted[s->n++] = n;
	return true;
}

static bool
take_all(struct strings *s, const struct node *file, struct buf *why)
{
	bool good = true;

	if (file == NULL)
		return false;
	if (file->type != NODE_MAP) {
		buf_printf(why, "%s:%d: not “key: text”\n", file->file,
		    file->line);
		return false;
	}
	s->sorted = calloc(file->n + 1, sizeof(const struct node *));
	if (s->sorted == NULL)
		abort();
	for (const struct node *n = file->first; n != NULL; n = n->next)
		good = take(s, n, why) && good;
	qsort(s->sorted, s->n, sizeof(const struct node *), compare);
	return good;
}

static void
set_text(struct strings *s, struct node *n, const char *text, size_t len)
{
	n->text = arena_keep(&s->arena, text, len);
	n->len = len;
}

/* Put the site's name wherever a text has the tag for it: code that takes a
 * text without a template has it too. */
static void
name_site(struct strings *s, struct node *file, const char *name)
{
	static const char tag[] = "{{t.site}}";
	struct node *site = file != NULL ? node_get(file, "site") : NULL;
	struct buf text = { 0 };

	if (site == NULL)
		return;
	if (*name != '\0')
		set_text(s, site, name, strlen(name));
	for (struct node *n = file->first; n != NULL; n = n->next) {
		const char *from = n->text, *at = strstr(from, tag);

		if (at == NULL)
			continue;
		buf_clear(&text);
		for (; at != NULL; at = strstr(from, tag)) {
			buf_put(&text, from, (size_t)(at - from));
			buf_puts(&text, site->text);
			from = at + sizeof(tag) - 1;
		}
		buf_puts(&text, from);
		set_text(s, n, text.data, text.len);
	}
	buf_free(&text);
}

struct strings *
strings_open(const char *path, const char *name, struct buf *why)
{
	struct strings *s = calloc(1, sizeof(*s));
	struct node *file;

	if (s == NULL)
		abort();
	file = yaml_file(&s->arena, path, why);
	name_site(s, file, name);
	if (take_all(s, file, why))
		return s;
	strings_free(s);
	return NULL;
}

void
strings_free(struct strings *s)
{
	free(s->sorted);
	arena_free(&s->arena);
	free(s);
}

const char *
strings_get(const struct strings *s, const char *key)
{
	const struct node wanted = { .key = key }, *at = &wanted;
	const struct node *const *found =
	    bsearch(&at, s->sorted, s->n, sizeof(const struct node *), compare);

	return found != NULL ? (*found)->text : NULL;
}

const char *
strings_key(const struct strings *s, size_t i)
{
	return i < s->n ? s->sorted[i]->key : NULL;
}
