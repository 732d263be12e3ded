/*
 * mutua import schemes: the registry's tables back into records, through the
 * same checks and in the same transaction as content files.
 */
#include <string.h>
#include <unistd.h>

#include "cli/import.h"
#include "cli/load.h"
#include "cli/place.h"
#include "cli/registry.h"
#include "data/csv_read.h"
#include "data/retrieve.h"
#include "data/wording.h"

/* A directory on its way into records. */
struct tables {
	struct load *load;
	const char *dir;
	const struct kind *kind;
	struct sheet_table *first;
	struct node *records; /* a list of maps */
	struct node *last;    /* the record that was found last */
	const char *odd;      /* the column that was told last */
};

static struct node *
read_file(struct tables *t, const struct sheet_table *s, bool *there)
{
	struct load *l = t->load;
	const char *path =
	    arena_printf(&l->arena, "%s/%s.csv", t->dir, s->file);
	struct buf text = { 0 };
	struct node *rows = NULL;

	*there = access(path, F_OK) == 0;
	if (*there) {
		if (file_read(&text, path, &l->why))
			rows = csv_read(&l->arena, path, buf_text(&text),
			    text.len, &l->why);
		l->check.faults += rows == NULL;
	}
	buf_free(&text);
	return rows;
}

static struct node *
copy_cell(struct tables *t, struct node *to, const char *key,
    const struct node *cell)
{
	struct node *n = node_add(&t->load->arena, to, key, NODE_TEXT);
	struct node *next = n->next;

	*n = *cell;
	n->key = key;
	n->next = next;
	return n;
}

static void
add_words(struct tables *t, struct node *to, const struct field *f,
    const char *lang, const struct node *cell)
{
	struct node *map = node_get(to, f->name);

	if (map == NULL) {
		map = node_add(&t->load->arena, to, f->name, NODE_MAP);
		map->line = cell->line;
		map->file = cell->file;
	}
	copy_cell(t, map, lang, cell);
}

/* What one table has of the column of a cell; false if it has none. */
static bool
take_cell(struct tables *t, struct node *to, const struct table *table,
    const struct node *cell)
{
	const char *bars = strstr(cell->key, "__");
	const char *name = bars == NULL ? cell->key
					: arena_keep(&t->load->arena, cell->key,
					      (size_t)(bars - cell->key));
	const struct field *f = table_field(table, name);
	const struct table *list = table_list(table, cell->key);

	if (f != NULL && bars != NULL && wording_is(f))
		add_words(t, to, f, bars + 2, cell);
	else if (f != NULL && bars == NULL)
		copy_cell(t, to, f->name, cell);
	else if (list != NULL && list->shape == SHAPE_VALUES)
		csv_split(&t->load->arena, to, cell);
	else
		return false;
	return true;
}

static bool
is_key(const struct sheet_table *s, const char *column)
{
	for (const struct sheet_table *w = s->within; w != NULL; w = w->within)
		if (strcmp(column, registry_key(w->table)) == 0)
			return true;
	return strcmp(column, s->kind->kind) == 0 ||
	    (s->table != NULL && strcmp(column, "row") == 0);
}

/* A column that is unknown is told once. */
static void
tell_odd(struct tables *t, const struct sheet_table *s, const struct node *cell)
{
	if (t->odd != cell->key)
		check_fault(&t->load->check, cell, cell->key,
		    "is no column of %s.csv", s->file);
	t->odd = cell->key;
}

static void
take_row(struct tables *t, const struct sheet_table *s, struct node *to,
    const struct node *row)
{
	for (const struct node *c = row->first; c != NULL; c = c->next) {
		if (is_key(s, c->key)) {
			if (strcmp(c->key, "row") == 0)
				copy_cell(t, to, "row", c);
			continue;
		}
		if (s->table != NULL ? take_cell(t, to, s->table, c)
				     : take_cell(t, to, &record_table, c) ||
			    take_cell(t, to, &s->kind->own, c))
			continue;
		tell_odd(t, s, c);
	}
}

static struct node *
find_record(struct tables *t, const char *slug)
{
	struct node *n = t->last;

	if (n != NULL && strcmp(node_text(n, "slug"), slug) == 0)
		return n;
	for (n = t->records->first; n != NULL; n = n->next)
		if (strcmp(node_text(n, "slug"), slug) == 0)
			break;
	t->last = n;
	return n;
}

static struct node *
find_row(struct node *in, const struct table *t, const char *number)
{
	struct node *list = node_get(in, t->name), *n;

	for (n = list != NULL ? list->first : NULL; n != NULL; n = n->next)
		if (strcmp(node_text(n, "row"), number) == 0)
			break;
	return n;
}

/* What a row stands within: the record, or a row of another table. */
static struct node *
find_outer(struct tables *t, const struct sheet_table *s,
    const struct node *row)
{
	const char *slug = node_text(row, t->kind->kind), *number;
	struct node *in;

	if (s == NULL) {
		in = find_record(t, slug);
		if (in == NULL)
			check_fault(&t->load->check, row, t->kind->kind,
			    "“%.80s” is not in %s.csv", slug, t->first->file);
		return in;
	}
	in = find_outer(t, s->within, row);
	if (in == NULL)
		return NULL;
	number = node_text(row, registry_key(s->table));
	in = find_row(in, s->table, number);
	if (in == NULL)
		check_fault(&t->load->check, row, registry_key(s->table),
		    "“%.80s” has no row “%.20s” in %s.csv", slug, number,
		    s->file);
	return in;
}

static void
take_rows(struct tables *t, const struct sheet_table *s,
    const struct node *rows)
{
	for (const struct node *r = rows->first; r != NULL; r = r->next) {
		struct node *outer = find_outer(t, s->within, r), *list, *to;

		if (outer == NULL)
			continue;
		list = node_get(outer, s->table->name);
		if (list == NULL) {
			list = node_add(&t->load->arena, outer, s->table->name,
			    NODE_LIST);
			list->line = r->line;
			list->file = r->file;
		}
		to = node_add(&t->load->arena, list, NULL, NODE_MAP);
		to->line = r->line;
		to->file = r->file;
		take_row(t, s, to, r);
	}
}

static void
take_records(struct tables *t, const struct node *rows)
{
	for (const struct node *r = rows->first; r != NULL; r = r->next) {
		const struct node *slug = node_get(r, t->kind->kind);
		struct node *to =
		    node_add(&t->load->arena, t->records, NULL, NODE_MAP);

		to->line = r->line;
		to->file = r->file;
		if (slug == NULL) {
			check_fault(&t->load->check, r, t->kind->kind,
			    "is missing");
			continue;
		}
		copy_cell(t, to, "slug", slug);
		take_row(t, t->first, to, r);
	}
}

/* Numbers of rows have done their work. */
static void
drop_numbers(struct node *n)
{
	struct node **link = &n->first;

	n->last = NULL;
	while (*link != NULL) {
		if (n->type == NODE_MAP && strcmp((*link)->key, "row") == 0) {
			*link = (*link)->next;
			n->n--;
			continue;
		}
		drop_numbers(*link);
		n->last = *link;
		link = &(*link)->next;
	}
}

/* Two rows of one list that say the same, but for what is private. */
static bool
are_same(const struct table *t, const struct node *a, const struct node *b)
{
	for (const struct field *f = table_fields(t); f->name != NULL; f++)
		if (!f->private && strcmp(f->name, "consent") != 0 &&
		    strcmp(node_text(a, f->name), node_text(b, f->name)) != 0)
			return false;
	return true;
}

/* What an export withheld is not lost because it comes back. */
static void
keep_private(struct tables *t, const struct table *list, struct node *mine,
    const struct node *had)
{
	for (struct node *m = mine->first; m != NULL; m = m->next)
		for (const struct node *h = had->first; h != NULL; h = h->next)
			for (const struct field *f = table_fields(list);
			     f->name != NULL && are_same(list, m, h); f++)
				if (f->private &&
				    node_get(m, f->name) == NULL &&
				    node_get(h, f->name) != NULL)
					copy_cell(t, m, f->name,
					    node_get(h, f->name));
}

static bool
is_read(const struct tables *t, const struct table *list)
{
	for (const struct sheet_table *s = t->first; s != NULL; s = s->next)
		if (s->table == list)
			return access(arena_printf(&t->load->arena, "%s/%s.csv",
					  t->dir, s->file),
				   F_OK) == 0;
	return true;
}

/* Of a file that is not there, and of what is private, the record keeps what
 * it has. */
static void
keep_lists(struct tables *t, struct node *record, struct node *had,
    const struct table *of)
{
	for (size_t i = 0; of->lists != NULL && of->lists[i] != NULL; i++) {
		const struct table *list = of->lists[i];
		struct node *mine = node_get(record, list->name);
		struct node *theirs = node_get(had, list->name);

		if (theirs == NULL || list->shape != SHAPE_ROWS)
			continue;
		if (mine != NULL)
			keep_private(t, list, mine, theirs);
		else if (!is_read(t, list))
			copy_cell(t, record, list->name, theirs);
	}
}

static int64_t
find_id(struct tables *t, const char *slug)
{
	struct query *q = db_restart(db_query(t->load->db,
	    "SELECT id FROM record WHERE kind = :kind AND slug = :slug"));

	db_set_text(q, "kind", t->kind->kind);
	db_set_text(q, "slug", slug);
	return db_number(q, 0);
}

static void
hand_on(struct tables *t, struct node *record)
{
	struct load *l = t->load;
	int64_t id = find_id(t, node_text(record, "slug"));
	struct node *had =
	    id != 0 ? retrieve_record(l->db, &l->arena, t->kind, id) : NULL;

	drop_numbers(record);
	if (had != NULL) {
		keep_lists(t, record, had, &record_table);
		keep_lists(t, record, had, &t->kind->own);
	}
	load_add(l, t->kind, record, false);
}

/* Organisations are the site's own; only new ones are taken. */
static void
read_kind(struct tables *t, const char *kind)
{
	struct arena *a = &t->load->arena;
	struct node top = { .file = t->dir };
	bool there, organisations = strcmp(kind, "organisation") == 0;
	const struct node *rows;
	struct node *next;

	t->kind = kind_find(kind);
	t->first = registry_tables(a, t->kind);
	t->records = node_add(a, &top, NULL, NODE_LIST);
	t->last = NULL;
	rows = read_file(t, t->first, &there);
	if (!there && !organisations)
		check_fault(&t->load->check, &top, "",
		    "there is no %s.csv in it", t->first->file);
	if (rows == NULL)
		return;
	take_records(t, rows);
	for (const struct sheet_table *s = t->first->next;
	     s != NULL && !organisations; s = s->next) {
		rows = read_file(t, s, &there);
		if (rows != NULL)
			take_rows(t, s, rows);
	}
	for (struct node *n = t->records->first; n != NULL; n = next) {
		next = n->next;
		if (!organisations || find_id(t, node_text(n, "slug")) == 0)
			hand_on(t, n);
	}
}

static void
read_registry(struct load *l, const char *dir)
{
	struct tables t = { .load = l, .dir = dir };

	read_kind(&t, "organisation");
	read_kind(&t, "scheme");
}

enum outcome
import_schemes(const char *data, const char *share, const char *dir,
    bool dry_run)
{
	const struct load_options o = { .data = data,
		.share = share,
		.from = dir,
		.entry = "import",
		.comment = "import of schemes",
		.dry_run = dry_run,
		.partial = true };

	return share != NULL ? load_run(&o, read_registry) : FAILED;
}
