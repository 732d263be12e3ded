/*
 * Reading a content directory: YAML files of records, and in pages/ the
 * Markdown of their texts.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "cli/load.h"

static int
is_yaml(const struct dirent *e)
{
	size_t n = strlen(e->d_name);

	return e->d_name[0] != '.' && n > 5 &&
	    strcmp(e->d_name + n - 5, ".yaml") == 0;
}

static int
is_page(const struct dirent *e)
{
	size_t n = strlen(e->d_name);

	return e->d_name[0] != '.' && n > 3 &&
	    strcmp(e->d_name + n - 3, ".md") == 0;
}

/* Where an item of this name is, or would be. */
static size_t *
slot_of(const struct load *l, const struct kind *k, const char *slug)
{
	size_t mask = 2 * l->size - 1;
	size_t i = hash_bytes(slug, strlen(slug)) + (size_t)(k - kinds);

	for (;; i++) {
		size_t place = l->slots[i & mask];
		const struct item *item = &l->items[place - 1];

		if (place == 0 ||
		    (item->kind == k && strcmp(item->slug, slug) == 0))
			return &l->slots[i & mask];
	}
}

struct item *
load_find(const struct load *l, const char *kind, const char *slug)
{
	const struct kind *k = kind_find(kind);
	size_t place = k != NULL && l->n > 0 ? *slot_of(l, k, slug) : 0;

	return place > 0 ? &l->items[place - 1] : NULL;
}

static void
grow(struct load *l)
{
	size_t before = l->size;

	l->size = before > 0 ? 2 * before : 1024;
	l->items = realloc(l->items, l->size * sizeof(*l->items));
	free(l->slots);
	l->slots = calloc(2 * l->size, sizeof(*l->slots));
	if (l->items == NULL || l->slots == NULL)
		abort();
	memset(l->items + before, 0, (l->size - before) * sizeof(*l->items));
	for (size_t i = 0; i < l->n; i++)
		if (!l->items[i].nameless)
			*slot_of(l, l->items[i].kind, l->items[i].slug) = i + 1;
}

static struct item *
add_item(struct load *l, const struct kind *k, struct node *node, bool named)
{
	struct item *item;

	if (l->n == l->size)
		grow(l);
	item = &l->items[l->n++];
	*item = (struct item){
		.kind = k,
		.slug = node_text(node, "slug"),
		.node = node,
		.nameless = !named,
	};
	if (named)
		*slot_of(l, k, item->slug) = l->n;
	return item;
}

/* Has it a name that no other of its kind has? */
static bool
check_name(struct load *l, const struct kind *k, const struct node *record)
{
	const struct node *slug = node_get(record, "slug");
	const struct item *same;

	if (slug == NULL) {
		check_fault(&l->check, record, "slug", "is missing");
		return false;
	}
	if (!check_slug(&l->check, slug))
		return false;
	same = load_find(l, k->kind, slug->text);
	if (same != NULL)
		check_fault(&l->check, slug, "slug",
		    "%s/%s stands already in %s:%d", k->kind, slug->text,
		    same->node->file, same->node->line);
	return same == NULL;
}

/* A record without a name is read all the same, for its other faults. */
void
load_add(struct load *l, const struct kind *k, struct node *record, bool cut)
{
	if (record->type != NODE_MAP) {
		check_fault(&l->check, record, "records",
		    "fields and values must stand here");
		return;
	}
	if (cut && node_get(record, "slug") == NULL)
		return;
	add_item(l, k, record, check_name(l, k, record))->cut = cut;
}

/* A file may hold more records of a kind, or of any, than were read. */
static void
note_unread(struct load *l, const struct kind *k, const char *path)
{
	check_unread(&l->check, k);
	buf_printf(&l->unread,
	    "%s: not read as a whole; what others name of it was not looked "
	    "for\n",
	    path);
}

/* All records of a file, or of its part before a fault. */
static void
add_records(struct load *l, const struct node *top, bool cut)
{
	const struct node *list = node_get(top, "records");
	const struct kind *k = kind_find(node_text(top, "kind"));

	if (k == NULL && !cut)
		check_fault(&l->check, top, "kind",
		    *node_text(top, "kind") != '\0' ? "“%s” is no kind"
						    : "is missing%s",
		    node_text(top, "kind"));
	if (k == NULL || cut)
		note_unread(l, k, top->file);
	if (k == NULL)
		return;
	if (list != NULL && list->type == NODE_LIST)
		for (struct node *n = list->first; n != NULL; n = n->next)
			load_add(l, k, n,
			    cut && list == top->last && n == list->last);
	else if (!cut)
		check_fault(&l->check, top, "records",
		    "a list must stand here");
}

static void
add_file(struct load *l, const struct node *top, bool cut)
{
	if (top->type != NODE_MAP) {
		check_fault(&l->check, top, "",
		    "kind and records must stand here");
		note_unread(l, NULL, top->file);
		return;
	}
	add_records(l, top, cut);
	for (const struct node *n = top->first; n != NULL; n = n->next)
		if (strcmp(n->key, "trees") == 0)
			l->trees = cut ? NULL : n;
		else if (strcmp(n->key, "kind") != 0 &&
		    strcmp(n->key, "records") != 0)
			check_fault(&l->check, n, n->key,
			    "is none of kind, records and trees");
}

/* What could not be read has left a line a fault. */
static void
count_faults(struct load *l, size_t before)
{
	for (size_t i = before; i < l->why.len; i++)
		l->check.faults += l->why.data[i] == '\n';
}

/* The tree of a file, as far as it can be read. */
static const struct node *
read_tree(struct load *l, const char *path, bool *cut)
{
	struct buf text = { 0 }, ignored = { 0 };
	size_t before = l->why.len;
	bool whole = file_read(&text, path, &l->why);
	const struct yaml_source from = { path, buf_text(&text), text.len };
	enum yaml_end end;
	const struct node *top =
	    yaml_read_on(&l->arena, &from, whole ? &l->why : &ignored, &end);

	*cut = !whole || end == YAML_CUT;
	count_faults(l, before);
	buf_free(&text);
	buf_free(&ignored);
	return top;
}

/* Is it one of the files that hold no records? */
static bool
take_list(struct load *l, const struct node *top, const char *path,
    const char *name, bool cut)
{
	const struct node **place;

	if (strcmp(name, "codes.yaml") == 0)
		place = &l->codes;
	else if (strcmp(name, "country-codes.yaml") == 0)
		place = &l->countries;
	else if (strcmp(name, "map.yaml") == 0)
		place = &l->map;
	else
		return false;
	*place = cut ? NULL : top;
	if (cut && place != &l->map) {
		note_unread(l, NULL, path);
		l->check.unread_codes = true;
	}
	return true;
}

static void
read_yaml(struct load *l, const char *path, const char *name)
{
	bool cut;
	const struct node *top = read_tree(l, path, &cut);

	if (take_list(l, top, path, name, cut))
		return;
	if (top != NULL)
		add_file(l, top, cut);
	else
		note_unread(l, NULL, path);
}

static bool
same_tree(const struct node *a, const struct node *b)
{
	const struct node *x = a->first, *y = b->first;

	if (a->type != b->type || a->n != b->n || strcmp(a->text, b->text) != 0)
		return false;
	for (; x != NULL; x = x->next, y = y->next)
		if ((x->key != NULL && strcmp(x->key, y->key) != 0) ||
		    !same_tree(x, y))
			return false;
	return true;
}

static void
append(struct node *list, struct node *n)
{
	n->next = NULL;
	if (list->last != NULL)
		list->last->next = n;
	else
		list->first = n;
	list->last = n;
	list->n++;
}

static bool
holds(const struct node *list, const struct node *n)
{
	for (const struct node *e = list->first; e != NULL; e = e->next)
		if (same_tree(e, n))
			return true;
	return false;
}

/* What a page says besides its words: a value, or more entries of a list. */
static void
merge(struct load *l, struct node *record, struct node *n)
{
	struct node *mine = node_get(record, n->key), *e, *next;

	if (mine == NULL) {
		append(record, n);
		return;
	}
	if (mine->type != NODE_LIST || n->type != NODE_LIST) {
		if (!same_tree(mine, n))
			check_fault(&l->check, n, n->key,
			    "is not what %s:%d says", mine->file, mine->line);
		return;
	}
	for (e = n->first; e != NULL; e = next) {
		next = e->next;
		if (!holds(mine, e))
			append(mine, e);
	}
}

/* Put words of one language under a key, unless there are some. */
static void
add_words(struct load *l, struct node *record, const char *key,
    const struct node *page, const char *words)
{
	struct node *map = node_get(record, key), *n;
	const char *lang = node_text(page, "lang");

	if (map == NULL) {
		map = node_add(&l->arena, record, key, NODE_MAP);
		map->line = page->line;
		map->file = page->file;
	}
	if (node_get(map, lang) != NULL)
		return;
	n = node_add(&l->arena, map, lang, NODE_TEXT);
	n->text = words;
	n->len = strlen(words);
	n->quoted = true;
	n->line = page->line;
	n->file = page->file;
}

static bool
is_own(const char *key)
{
	static const char *const own[] = { "kind", "slug", "lang", "title",
		"summary" };

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (strcmp(own[i], key) == 0)
			return true;
	return false;
}

/*
 * A page gives a record its body in one language.  A record that has a title
 * of its own keeps it; the page's then heads the body.
 */
static void
add_page(struct load *l, struct node *record, const struct node *page,
    const char *body, bool titled)
{
	const char *title = node_text(page, "title");
	const char *summary = node_text(page, "summary");
	struct node *n, *next;

	if (node_get(node_get(record, "body"), node_text(page, "lang")) != NULL)
		check_fault(&l->check, page, "body",
		    "%s has one in this language already",
		    node_text(record, "slug"));
	if (titled)
		body = arena_printf(&l->arena, "# %s\n\n%s", title, body);
	else
		add_words(l, record, "title", page, title);
	if (*summary != '\0')
		add_words(l, record, "summary", page, summary);
	add_words(l, record, "body", page, body);
	for (n = page->first; n != NULL; n = next) {
		next = n->next;
		if (!is_own(n->key))
			merge(l, record, n);
	}
}

static struct item *
new_page(struct load *l, const struct kind *k, const struct node *page)
{
	struct node top = { .file = page->file, .line = page->line }, *record;
	struct node *slug;

	record = node_add(&l->arena, &top, NULL, NODE_MAP);
	slug = node_add(&l->arena, record, "slug", NODE_TEXT);
	slug->text = node_text(page, "slug");
	slug->len = strlen(slug->text);
	return add_item(l, k, record, true);
}

/* Is what a page needs to find its record there? */
static bool
is_whole(struct load *l, const struct node *page)
{
	static const char *const needed[] = { "kind", "slug", "lang", "title" };
	bool whole = true;

	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		if (*node_text(page, needed[i]) == '\0') {
			check_fault(&l->check, page, needed[i], "is missing");
			whole = false;
		}
	return whole && check_slug(&l->check, node_get(page, "slug"));
}

static void
place_page(struct load *l, const struct node *page, const char *body)
{
	const char *kind = node_text(page, "kind");
	const struct kind *k = kind_find(kind);
	struct item *item;

	if (!is_whole(l, page))
		return;
	if (k == NULL) {
		check_fault(&l->check, page, "kind", "“%s” is no kind", kind);
		return;
	}
	item = load_find(l, kind, node_text(page, "slug"));
	if (item == NULL && strcmp(kind, "page") == 0)
		item = new_page(l, k, page);
	if (item == NULL && (l->check.unread_kinds >> (k - kinds) & 1) == 0)
		check_fault(&l->check, page, "slug", "there is no %s “%s”",
		    kind, node_text(page, "slug"));
	else if (item != NULL)
		add_page(l, item->node, page, body, strcmp(kind, "page") != 0);
}

/* Lines as they are written on other systems: CR before LF. */
static void
take_out_returns(struct buf *b)
{
	size_t to = 0;

	for (size_t i = 0; i < b->len; i++)
		if (b->data[i] != '\r' || b->data[i + 1] != '\n')
			b->data[to++] = b->data[i];
	if (to < b->len)
		b->data[b->len = to] = '\0';
}

/* Front matter between two lines of ---, then Markdown. */
static void
read_page(struct load *l, const char *path, const char *name)
{
	struct buf text = { 0 };
	const char *end;
	struct node *page = NULL;
	size_t before = l->why.len;

	(void)name;
	if (file_read(&text, path, &l->why)) {
		take_out_returns(&text);
		end = strstr(buf_text(&text), "\n---\n");
		if (strncmp(buf_text(&text), "---\n", 4) != 0 || end == NULL)
			buf_printf(&l->why,
			    "%s:1: no front matter between lines of ---\n",
			    path);
		else
			page = yaml_read(&l->arena, path, text.data,
			    (size_t)(end - text.data) + 1, &l->why);
	}
	count_faults(l, before);
	if (page == NULL)
		note_unread(l, kind_find("page"), path);
	else
		place_page(l, page,
		    arena_keep(&l->arena, end + 5, strlen(end + 5)));
	buf_free(&text);
}

static void
read_all(struct load *l, const char *dir, int (*wanted)(const struct dirent *),
    void (*read_one)(struct load *, const char *, const char *))
{
	struct dirent **found;
	int n = scandir(dir, &found, wanted, alphasort);

	for (int i = 0; i < n; i++) {
		read_one(l,
		    arena_printf(&l->arena, "%s/%s", dir, found[i]->d_name),
		    found[i]->d_name);
		free(found[i]);
	}
	if (n >= 0) {
		free(found);
	} else if (wanted == is_yaml || errno != ENOENT) {
		buf_printf(&l->why, "%s: %s\n", dir, strerror(errno));
		l->check.faults++;
	}
}

void
load_read(struct load *l, const char *dir)
{
	read_all(l, dir, is_yaml, read_yaml);
	if (l->n == 0 && l->codes == NULL && l->check.faults == 0) {
		buf_printf(&l->why, "%s: no content there\n", dir);
		l->check.faults++;
	}
	read_all(l, arena_printf(&l->arena, "%s/pages", dir), is_page,
	    read_page);
}
