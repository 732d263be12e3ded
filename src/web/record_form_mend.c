/*
 * What a form's tree gets besides what was typed.
 */
#include <stdio.h>
#include <string.h>

#include "web/record_form.h"

bool
record_form_is_fixed(const struct kind *k, const struct field *f)
{
	return strcmp(k->kind, "country") == 0 &&
	    strcmp(f->name, "country") == 0;
}

bool
record_form_is_file(const struct kind *k, const char *name)
{
	const struct table *t;
	const struct field *f;
	char list[32], field[32];
	int row, used = 0;

	f = table_field(&k->own, name);
	if (f != NULL)
		return f->type == FIELD_FILE;
	if (sscanf(name, "%31[a-z_].%3d.%31[a-z_]%n", list, &row, field,
		&used) != 3 ||
	    name[used] != '\0')
		return false;
	t = table_list(&k->own, list);
	f = t != NULL && t->shape == SHAPE_ROWS ? table_field(t, field) : NULL;
	return f != NULL && f->type == FIELD_FILE;
}

static bool
has_file(const struct table *t)
{
	for (const struct field *f = table_fields(t); f->name != NULL; f++)
		if (f->type == FIELD_FILE)
			return true;
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++)
		if (has_file(t->lists[i]))
			return true;
	return false;
}

bool
record_form_brings_files(const struct kind *k)
{
	return has_file(&k->own);
}

void
record_form_keep(struct arena *a, const struct kind *k, struct node *tree,
    const struct node *base, bool reserved)
{
	for (const struct field *f = table_fields(&k->own); f->name != NULL;
	     f++) {
		const struct node *was = node_get(base, f->name);
		struct node *n = node_get(tree, f->name);

		if (was == NULL ||
		    (!record_form_is_fixed(k, f) &&
			(!f->reserved || reserved || n != NULL)))
			continue;
		if (n == NULL)
			n = node_add(a, tree, f->name, NODE_TEXT);
		n->text = was->text;
		n->len = was->len;
	}
}

/* The one record of a kind (of any, if it is NULL) that is called so. */
static const char *
find_titled(struct db *db, struct arena *a, const char *kind, const char *title)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT DISTINCT CASE WHEN :kind IS NULL THEN r.kind || '/' ELSE ''"
	    "  END || r.slug FROM record_text t JOIN record r ON r.id = t.record"
	    " WHERE t.title = :title COLLATE NOCASE AND r.status = 'published'"
	    " AND (r.kind = :kind OR :kind IS NULL) LIMIT 2"));
	const char *slug = NULL;

	if (kind != NULL)
		db_set_text(q, "kind", kind);
	db_set_text(q, "title", title);
	if (db_next(q))
		slug = arena_keep(a, db_text(q, 0), db_cell(q, 0).len);
	if (db_next(q))
		slug = NULL;
	db_restart(q);
	return slug;
}

static bool
is_slug(struct db *db, const char *kind, const char *slug)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT count(*) FROM record WHERE slug = CASE WHEN :kind IS NULL"
	    " THEN substr(:slug, instr(:slug, '/') + 1) ELSE :slug END"
	    " AND kind = coalesce(:kind, substr(:slug, 1, instr(:slug, '/') - 1))"));

	if (kind != NULL)
		db_set_text(q, "kind", kind);
	db_set_text(q, "slug", slug);
	return db_number(q, 0) > 0;
}

static void
resolve(struct db *db, struct arena *a, const struct field *f, struct node *n)
{
	const char *kind = f->type == FIELD_ANY_RECORD ? NULL : f->of, *slug;

	if ((f->type != FIELD_RECORD && f->type != FIELD_ANY_RECORD &&
		f->type != FIELD_SLUG) ||
	    n->type != NODE_TEXT || is_slug(db, kind, n->text))
		return;
	slug = find_titled(db, a, kind, n->text);
	if (slug == NULL)
		return;
	n->text = slug;
	n->len = strlen(slug);
}

static void
resolve_row(struct db *db, struct arena *a, const struct table *t,
    struct node *row)
{
	for (struct node *n = row->first; n != NULL; n = n->next) {
		const struct field *f = table_field(t, n->key);
		const struct table *list = table_list(t, n->key);

		if (f != NULL)
			resolve(db, a, f, n);
		if (list == NULL || list->shape == SHAPE_NAMES)
			continue;
		for (struct node *e = n->first; e != NULL; e = e->next)
			if (list->shape == SHAPE_VALUES)
				resolve(db, a, &list->fields[0], e);
			else
				resolve_row(db, a, list, e);
	}
}

void
record_form_resolve(struct db *db, struct arena *a, const struct kind *k,
    struct node *tree)
{
	resolve_row(db, a, &record_table, tree);
	resolve_row(db, a, &k->own, tree);
}
