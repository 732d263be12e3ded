/*
 * What follows from the theme records: the trees they stand in, and the code
 * list 'theme' with their titles.
 */
#include <inttypes.h>
#include <string.h>

#include "cli/load.h"

/* Trees on their way into the table, and their rows as lines of text. */
struct trees {
	struct load *load;
	const char *tree;
	struct buf lines;
	int place;
	bool write;
};

static int64_t
insert(struct trees *t, const struct node *n, int64_t parent, int depth)
{
	struct query *q = db_restart(db_query(t->load->db,
	    "INSERT INTO theme_tree (tree, theme, parent, depth, announced,"
	    " place) SELECT :tree, id, nullif(:parent, 0), :depth,"
	    " nullif(:announced, ''), :place FROM record"
	    " WHERE kind = 'theme' AND slug = :theme"));

	db_set_text(q, "tree", t->tree);
	db_set_text(q, "theme", node_text(n, "theme"));
	db_set_int(q, "parent", parent);
	db_set_int(q, "depth", depth);
	db_set_text(q, "announced", node_text(n, "announced"));
	db_set_int(q, "place", t->place);
	db_run(q);
	return db_last_id(t->load->db);
}

static void
walk(struct trees *t, const struct node *nodes, int64_t parent, int depth)
{
	const struct node *n = nodes != NULL ? nodes->first : NULL;
	int64_t id = 0;

	for (; n != NULL; n = n->next) {
		t->place++;
		buf_printf(&t->lines, "%s %s %d %s\n", t->tree,
		    node_text(n, "theme"), depth, node_text(n, "announced"));
		if (t->write)
			id = insert(t, n, parent, depth);
		walk(t, node_get(n, "nodes"), id, depth + 1);
	}
}

static void
walk_all(struct trees *t)
{
	const struct node *n = t->load->trees->first;

	for (; n != NULL; n = n->next) {
		t->tree = node_text(n, "tree");
		walk(t, node_get(n, "nodes"), 0, 0);
	}
}

static void
check_nodes(struct check *c, const struct node *nodes)
{
	static const struct field theme = {
		.name = "theme", .type = FIELD_SLUG, .of = "theme"
	};
	static const struct field announced = {
		.name = "announced", .type = FIELD_CODE, .of = "announced"
	};

	for (const struct node *n = nodes->first; n != NULL; n = n->next) {
		if (node_get(n, "theme") == NULL)
			check_fault(c, n, "theme", "is missing");
		for (const struct node *f = n->first; f != NULL; f = f->next)
			if (strcmp(f->key, "theme") == 0)
				check_value(c, &theme, "theme", f);
			else if (strcmp(f->key, "announced") == 0)
				check_value(c, &announced, "announced", f);
			else if (strcmp(f->key, "nodes") == 0)
				check_nodes(c, f);
			else
				check_fault(c, f, f->key,
				    "is no field of these");
	}
}

void
load_check_trees(struct load *l)
{
	static const struct field tree = {
		.name = "tree", .type = FIELD_CODE, .of = "tree"
	};
	const struct node *n = l->trees != NULL ? l->trees->first : NULL;
	struct check *c = &l->check;

	for (; n != NULL; n = n->next)
		if (node_get(n, "tree") == NULL ||
		    node_get(n, "nodes") == NULL) {
			check_fault(c, n, "trees",
			    "tree and nodes must stand here");
		} else {
			check_value(c, &tree, "tree", node_get(n, "tree"));
			check_nodes(c, node_get(n, "nodes"));
		}
}

/* Do the tables have these lines already? */
static bool
is_stored(struct trees *t)
{
	struct query *q = db_restart(db_query(t->load->db,
	    "SELECT n.tree, r.slug, n.depth, coalesce(n.announced, '')"
	    " FROM theme_tree n JOIN record r ON r.id = n.theme"
	    " ORDER BY n.place"));
	struct buf lines = { 0 };
	bool same;

	while (db_next(q))
		buf_printf(&lines, "%s %s %" PRId64 " %s\n", db_text(q, 0),
		    db_text(q, 1), db_int(q, 2), db_text(q, 3));
	same = strcmp(buf_text(&lines), buf_text(&t->lines)) == 0;
	buf_free(&lines);
	return same;
}

static void
load_trees(struct load *l)
{
	struct trees t = { .load = l };

	walk_all(&t);
	if (!is_stored(&t)) {
		db_run(db_restart(db_query(l->db, "DELETE FROM theme_tree")));
		t.write = true;
		t.place = 0;
		walk_all(&t);
	}
	buf_free(&t.lines);
}

/* Themes are called, as codes, what their records are called. */
static void
name_themes(struct load *l)
{
	db_run(db_restart(db_query(l->db,
	    "INSERT INTO code (list, code, place)"
	    " SELECT 'theme', slug, id FROM record WHERE kind = 'theme'"
	    " ON CONFLICT DO NOTHING")));
	db_run(db_restart(db_query(l->db,
	    "INSERT INTO code_label (list, code, lang, label)"
	    " SELECT 'theme', r.slug, s.ui, t.title FROM record r"
	    " JOIN shown s ON s.record = r.id"
	    " JOIN record_text t ON t.id = s.text WHERE r.kind = 'theme'"
	    " ON CONFLICT DO UPDATE SET label = excluded.label"
	    " WHERE label <> excluded.label")));
}

void
load_themes(struct load *l)
{
	if (l->trees != NULL)
		load_trees(l);
	name_themes(l);
}
