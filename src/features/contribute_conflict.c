/*
 * Two have changed a record at once: who comes second sees what each of them
 * wrote and what was there before, and chooses field by field.
 *
 * Only fields that both changed, each to something else, are asked about; what
 * one of them changed is taken as it is.  Nothing is written but the draft.
 */
#include <stdlib.h>
#include <string.h>

#include "data/diff.h"
#include "data/publish.h"
#include "data/withhold.h"
#include "features/contribute.h"
#include "features/contribute_own.h"
#include "view/json.h"

/* The three trees. */
struct three {
	struct node *mine, *theirs, *before;
	int64_t newest;
};

static struct three
read_three(struct page *p, const struct contributing *c)
{
	struct db *db = page_db(p);

	return (struct three){
		.mine = contribute_tree(p, c->json),
		.theirs = publish_tree(db, &p->arena, c->record, 0),
		.before = publish_tree(db, &p->arena, c->record, c->base),
		.newest = publish_newest(db, c->record),
	};
}

/* A tree with nothing but one of its fields. */
static struct node *
only(struct arena *a, const struct node *tree, const char *key)
{
	struct node top = { .file = "" };
	struct node *map = node_add(a, &top, NULL, NODE_MAP), *copy;
	const struct node *n = node_get(tree, key);
	const struct node *lang = node_get(tree, "lang");

	for (int i = 0; i < 2; i++, n = lang) {
		if (n == NULL || node_get(map, n->key) != NULL)
			continue;
		copy = node_add(a, map, n->key, n->type);
		*copy = *n;
		copy->next = NULL;
	}
	return map;
}

/* Do two trees say the same in a field? */
static bool
same(struct page *p, const struct kind *k, const struct node *a,
    const struct node *b, const char *key)
{
	struct change *changes;
	struct node *x = only(&p->arena, a, key), *y = only(&p->arena, b, key);

	if (strcmp(key, "lang") == 0)
		return strcmp(node_text(a, key), node_text(b, key)) == 0;
	for (size_t n = diff_trees(&p->arena, k, x, y, &changes); n > 0; n--)
		if (strcmp(changes[n - 1].path, "lang") != 0)
			return false;
	return true;
}

/* Whose a field is to be: 'm', 't', or '?' if both have changed it. */
static char
whose(struct page *p, const struct kind *k, const struct three *t,
    const char *key)
{
	if (same(p, k, t->mine, t->theirs, key) ||
	    same(p, k, t->mine, t->before, key))
		return 't';
	return same(p, k, t->theirs, t->before, key) ? 'm' : '?';
}

typedef void each_field(void *, const char *key);

/* All fields and lists of a kind. */
static void
for_each(const struct kind *k, each_field *f, void *to)
{
	const struct table *const tables[] = { &record_table, &k->own };

	for (size_t i = 0; i < 2; i++) {
		const struct table *t = tables[i];

		for (const struct field *e = table_fields(t); e->name != NULL;
		     e++)
			f(to, e->name);
		for (size_t l = 0; t->lists != NULL && t->lists[l] != NULL; l++)
			f(to, t->lists[l]->name);
	}
}

struct asking {
	struct page *page;
	const struct contributing *c;
	struct three trees;
	struct node *merged;
	struct buf json;
};

/* What a tree says in a field, as what diff_json() tells of its being added. */
static void
put_side(struct asking *a, const char *name, const struct node *tree,
    const char *key)
{
	const struct telling telling = { page_db(a->page), page_lang(a->page),
		page_string(a->page, "form_yes"),
		page_string(a->page, "form_no") };
	struct node *one = only(&a->page->arena, tree, key);
	struct change *changes;
	size_t n = diff_trees(&a->page->arena, a->c->kind, NULL, one, &changes),
	       from = 0;

	while (strcmp(key, "lang") != 0 && from < n &&
	    strcmp(changes[from].path, "lang") == 0)
		from++;
	buf_printf(&a->json, ",\"%s\":", name);
	diff_json(&a->json, &telling, changes + from, n - from);
}

static void
ask(void *to, const char *key)
{
	struct asking *a = to;
	const char *label;

	if (whose(a->page, a->c->kind, &a->trees, key) != '?')
		return;
	label = record_form_label(a->page, a->c->kind, key);
	buf_printf(&a->json,
	    "%s{\"key\":\"%s\",\"label\":", a->json.len > 1 ? "," : "", key);
	json_quote(&a->json, label != NULL ? label : key,
	    strlen(label != NULL ? label : key));
	put_side(a, "mine", a->trees.mine, key);
	put_side(a, "theirs", a->trees.theirs, key);
	put_side(a, "before", a->trees.before, key);
	buf_putc(&a->json, '}');
}

static int
show(struct page *p, struct contributing *c)
{
	struct asking a = { .page = p, .c = c, .trees = read_three(p, c) };

	if (!c->may_publish) {
		contribute_hide(p, c, a.trees.mine);
		withhold(c->kind, a.trees.theirs);
		withhold(c->kind, a.trees.before);
	}
	buf_putc(&a.json, '[');
	for_each(c->kind, ask, &a);
	buf_putc(&a.json, ']');
	page_text(p, "_conflict_json", a.json.data);
	buf_free(&a.json);
	page_form(p);
	model_change(&p->model, "title", page_string(p, "conflict"));
	page_text(p, "_record_title", contribute_title(p, c));
	page_number(p, "_newest", a.trees.newest);
	page_text(p, "_action",
	    arena_printf(&p->arena, "/%s/contributions/%lld/merge",
		page_lang(p), (long long)c->id));
	page_rows(p, "_fields",
	    "SELECT value ->> 'key' AS field, value ->> 'label' AS label,"
	    "  value AS sides FROM json_each(:_conflict_json)");
	page_rows_in(p, "_fields", "_sides",
	    "SELECT j.column1 AS side, j.column2 = 1 AS _mine,"
	    "  j.column2 = 2 AS _theirs, j.column2 = 3 AS _before,"
	    "  j.column2 < 3 AS _choice, json_extract(:sides, '$.' ||"
	    "   j.column1) AS said FROM (VALUES ('mine', 1), ('theirs', 2),"
	    "  ('before', 3)) j ORDER BY j.column2");
	page_rows_in(p, "_sides", "_said",
	    "SELECT value ->> 'place' AS place, value ->> 'after' AS after,"
	    "  value ->> 'lang' AS text_lang,"
	    "  (SELECT group_concat((q.value ->> 'label') || ': ' ||"
	    "   (q.value ->> 'value'), '; ') FROM json_each(s.value, '$.parts')"
	    "   q) AS parts,"
	    "  (SELECT group_concat(q.value ->> 'text', ', ') FROM"
	    "   json_each(s.value, '$.pieces') q) AS pieces"
	    " FROM json_each(:said) s");
	return page_show(p, 409, "contribute/conflict");
}

int
contribute_conflict(struct page *p, struct contributing *c)
{
	if (!page_begin(p) ||
	    !contribute_save(p, c, *c->state != '\0' ? c->state : "draft",
		false) ||
	    !page_commit(p))
		return 500;
	return show(p, c);
}

/* What was chosen, or what goes without asking. */
static void
merge(void *to, const char *key)
{
	struct asking *a = to;
	char which = whose(a->page, a->c->kind, &a->trees, key);
	const struct node *n;
	struct node *copy;

	if (which == '?')
		which =
		    strcmp(form_get(&a->page->form,
			       arena_printf(&a->page->arena, "take.%s", key)),
			"theirs") == 0
		    ? 't'
		    : 'm';
	n = node_get(which == 't' ? a->trees.theirs : a->trees.mine, key);
	if (n == NULL)
		return;
	copy = node_add(&a->page->arena, a->merged, n->key, n->type);
	*copy = *n;
	copy->next = NULL;
}

int
contribute_merge(struct page *p)
{
	struct contributing c;
	struct asking a = { .page = p, .c = &c };
	struct node top = { .file = "" };
	int status = contribute_open(p, &c);

	if (status != 0)
		return status;
	if (!contribute_is_open(&c) || c.record == 0)
		return 404;
	a.trees = read_three(p, &c);
	if (a.trees.mine == NULL || a.trees.theirs == NULL)
		return 404;
	if (a.trees.newest != strtoll(form_get(&p->form, "newest"), NULL, 10))
		return show(p, &c); /* once more: there is a newer one */
	a.merged = node_add(&p->arena, &top, NULL, NODE_MAP);
	for_each(c.kind, merge, &a);
	c.tree = a.merged;
	c.base = a.trees.newest;
	contribute_keep_json(p, &c);
	if (!page_begin(p) || !contribute_save(p, &c, c.state, false) ||
	    !page_commit(p))
		return 500;
	return contribute_go(p, &c, "merged");
}
