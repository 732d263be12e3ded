/* Every field of every kind has a name in every language, and help where one
 * must know more; the groups and units of fields are there, too. */
#include "data/kind.h"
#include "test.h"

struct naming {
	struct db *db;
	struct buf nameless, helpless, odd;
};

static bool
has_code(struct naming *n, const char *list, const char *code)
{
	struct query *q = db_restart(db_query(n->db,
	    "SELECT count(*) FROM code_label WHERE list = :list"
	    " AND code = :code"));

	db_set_text(q, "list", list);
	db_set_text(q, "code", code);
	return db_number(q, 0) == 3;
}

static void
look(struct naming *n, const char *path, const char *core)
{
	if (!has_code(n, "field", path))
		buf_printf(&n->nameless, "%s ", path);
	if (core != NULL && !has_code(n, "field_help", path))
		buf_printf(&n->helpless, "%s ", path);
}

/* What stands in a group must be shown in one of its kind's groups. */
static void
look_at_field(struct naming *n, const char *path, const struct field *f)
{
	static const char units[] = " persons percent months days money years ";

	look(n, path, f->core);
	if (f->unit != NULL && !has(units, f->unit))
		buf_printf(&n->odd, "%s ", path);
	if (f->group != NULL && !has_code(n, "field_group", f->group))
		buf_printf(&n->odd, "%s ", path);
	if (f->long_text && f->type != FIELD_TEXT && f->type != FIELD_TEXTS &&
	    f->type != FIELD_MARKDOWN)
		buf_printf(&n->odd, "%s ", path);
}

static void
look_into(struct naming *n, const char *path, const struct table *t)
{
	char below[200];

	for (const struct field *f = table_fields(t);
	     f->name != NULL && t->shape != SHAPE_VALUES; f++) {
		snprintf(below, sizeof(below), "%s.%s", path, f->name);
		look_at_field(n, below, f);
	}
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++) {
		const struct table *list = t->lists[i];

		snprintf(below, sizeof(below), "%s.%s", path, list->name);
		look(n, below, list->core);
		if (list->group != NULL &&
		    !has_code(n, "field_group", list->group))
			buf_printf(&n->odd, "%s ", below);
		look_into(n, below, list);
	}
}

/* A form that shows groups must show everything. */
static void
look_for_groups(struct naming *n, const struct kind *k)
{
	for (const struct field *f = table_fields(&k->own); f->name != NULL;
	     f++)
		if (f->group == NULL)
			buf_printf(&n->odd, "%s ", f->name);
	for (size_t i = 0; k->own.lists != NULL && k->own.lists[i] != NULL; i++)
		if (k->own.lists[i]->group == NULL)
			buf_printf(&n->odd, "%s ", k->own.lists[i]->name);
}

int
main(void)
{
	struct naming n = { .db = db_open(test_database("test-data", "content"),
				DB_READ) };

	if (n.db == NULL)
		bail_out("no database");
	look_into(&n, "record", &record_table);
	for (const struct kind *k = kinds; k->kind != NULL; k++) {
		look_into(&n, k->kind, &k->own);
		if (k->groups != NULL)
			look_for_groups(&n, k);
	}
	is(buf_text(&n.nameless), "", "every field and list has a name");
	is(buf_text(&n.helpless), "", "every core field has a word of help");
	is(buf_text(&n.odd), "",
	    "units, groups and long texts are as they say");
	ok(!db_failed(n.db), "nothing failed");
	buf_free(&n.nameless);
	buf_free(&n.helpless);
	buf_free(&n.odd);
	db_close(n.db);
	return done();
}
