/*
 * Two have changed a record at once: who comes second sees what each of them
 * wrote and what was there before, and chooses field by field.
 *
 * Only fields (words by language, lists as a whole) that both changed, each to
 * something else, are asked about; what one of them changed is taken as it is.  Nothing is written but the draft.
 */
#include <stdlib.h>
#include <string.h>

#include "data/diff.h"
#include "data/publish.h"
#include "data/withhold.h"
#include "data/wording.h"
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

/* A field or list, or the words of a field in one language. */
struct part {
	const char *key;
	const char *lang; /* or NULL */
};

static const struct node *
find(const struct node *tree, const struct part *part)
{
	const struct node *n = node_get(tree, part->key);

	return part->lang != NULL && n != NULL ? node_get(n, part->lang) : n;
}

/* Put a part of one tree into another. */
static void
put_part(struct arena *a, struct node *to, const struct node *from,
    const struct part *part)
{
	const struct node *n = find(from, part);
	struct node *map = to, *copy, *next;

	if (n == NULL)
		return;
	if (part->lang != NULL) {
		map = node_get(to, part->key);
		if (map == NULL)
			map = node_add(a, to, part->key, NODE_MAP);
	}
	copy = node_add(a, map, n->key, n->type);
	next = copy->next;
	*copy = *n;
	copy->next = next;
}

/* A tree with nothing but a part of another. */
static struct node *
only(struct arena *a, const struct node *tree, const struct part *part)
{
	struct node top = { .file = "" };
	struct node *map = node_add(a, &top, NULL, NODE_MAP);

	put_part(a, map, tree, part);
	return map;
}

/* Do two trees say the same there? */
static bool
same(struct page *p, const struct kind *k, const struct node *a,
    const struct node *b, const struct part *part)
{
	struct change *changes;

	return diff_trees(&p->arena, k, only(&p->arena, a, part),
		   only(&p->arena, b, part), &changes) == 0;
}

/* Whose a part is to be: 'm', 't', or '?' if both have changed it. */
static char
whose(struct page *p, const struct kind *k, const struct three *t,
    const struct part *part)
{
	if (same(p, k, t->mine, t->theirs, part) ||
	    same(p, k, t->mine, t->before, part))
		return 't';
	return same(p, k, t->theirs, t->before, part) ? 'm' : '?';
}

typedef void each_part(void *, const struct part *);

/* The words of a field in all languages that any of the trees has. */
static void
for_each_lang(const struct three *t, const char *key, each_part *f, void *to)
{
	const struct node *const trees[] = { t->mine, t->theirs, t->before };
	const char *langs[WORDING_LANGS];
	size_t n = 0;

	for (size_t i = 0; i < 3; i++) {
		const struct node *words = node_get(trees[i], key);

		for (words = words != NULL ? words->first : NULL; words != NULL;
		     words = words->next)
			record_form_add_lang(langs, &n, words->key);
	}
	for (size_t i = 0; i < n; i++)
		f(to, &(struct part){ key, langs[i] });
}

static void
for_each(const struct kind *k, const struct three *t, each_part *f, void *to)
{
	const struct table *const tables[] = { &record_table, &k->own };

	for (size_t i = 0; i < 2; i++) {
		const struct table *in = tables[i];

		for (const struct field *e = table_fields(in); e->name != NULL;
		     e++)
			if (wording_is(e))
				for_each_lang(t, e->name, f, to);
			else
				f(to, &(struct part){ e->name, NULL });
		for (size_t l = 0; in->lists != NULL && in->lists[l] != NULL;
		     l++)
			f(to, &(struct part){ in->lists[l]->name, NULL });
	}
}

struct asking {
	struct page *page;
	const struct contributing *c;
	struct three trees;
	struct node *merged;
	struct buf json;
};

/* What a tree says there, as what diff_json() tells of its being added. */
static void
put_side(struct asking *a, const char *name, const struct node *tree,
    const struct part *part)
{
	const struct telling telling = { page_db(a->page), page_lang(a->page),
		page_string(a->page, "form_yes"),
		page_string(a->page, "form_no") };
	struct change *changes;
	size_t n = diff_trees(&a->page->arena, a->c->kind, NULL,
	    only(&a->page->arena, tree, part), &changes);

	buf_printf(&a->json, ",\"%s\":", name);
	diff_json(&a->json, &telling, changes, n);
}

/* "take.summary.en" */
static const char *
name_of(struct page *p, const struct part *part)
{
	return arena_printf(&p->arena, "%s%s%s", part->key,
	    part->lang != NULL ? "." : "",
	    part->lang != NULL ? part->lang : "");
}

static void
ask(void *to, const struct part *part)
{
	struct asking *a = to;
	const char *name = name_of(a->page, part), *label;

	if (whose(a->page, a->c->kind, &a->trees, part) != '?')
		return;
	label = record_form_label(a->page, a->c->kind, part->key);
	if (label == NULL)
		label = part->key;
	buf_puts(&a->json, a->json.len > 1 ? ",{\"key\":" : "{\"key\":");
	json_quote(&a->json, name, strlen(name));
	buf_puts(&a->json, ",\"label\":");
	json_quote(&a->json, label, strlen(label));
	if (part->lang != NULL) {
		buf_puts(&a->json, ",\"lang\":");
		json_quote(&a->json, part->lang, strlen(part->lang));
	}
	put_side(a, "mine", a->trees.mine, part);
	put_side(a, "theirs", a->trees.theirs, part);
	put_side(a, "before", a->trees.before, part);
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
	for_each(c->kind, &a.trees, ask, &a);
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
	    "  value ->> 'lang' AS text_lang, (SELECT c.label FROM code_label c"
	    "   WHERE c.list = 'language' AND c.code = value ->> 'lang'"
	    "   AND c.lang = :lang) AS language, replace(value ->> 'key', '.',"
	    "   '-') AS id, value AS sides FROM json_each(:_conflict_json)");
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
		return contribute_failed(p, c);
	return show(p, c);
}

/* What was chosen, or what goes without asking. */
static void
merge(void *to, const struct part *part)
{
	struct asking *a = to;
	struct page *p = a->page;
	char which = whose(p, a->c->kind, &a->trees, part);
	const char *taken = form_get(&p->form,
	    arena_printf(&p->arena, "take.%s", name_of(p, part)));

	if (which == '?')
		which = strcmp(taken, "theirs") == 0 ? 't' : 'm';
	put_part(&p->arena, a->merged,
	    which == 't' ? a->trees.theirs : a->trees.mine, part);
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
	for_each(c.kind, &a.trees, merge, &a);
	c.tree = a.merged;
	c.base = a.trees.newest;
	contribute_keep_json(p, &c);
	if (!page_begin(p) || !contribute_save(p, &c, c.state, false) ||
	    !page_commit(p))
		return contribute_failed(p, &c);
	return contribute_go(p, &c, "merged");
}
