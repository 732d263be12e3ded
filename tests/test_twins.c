/* Schemes that may be one are found by their names. */
#include "data/twins.h"
#include "records.h"
#include "test.h"

static struct arena arena;

static int64_t
scheme(struct db *db, const char *country, const char *name,
    const char *locality)
{
	int64_t id = records_add(db, "scheme", "fr", name, "");
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO scheme (record, country, name, locality, type)"
	    " VALUES (:id, :country, :name, nullif(:locality, ''), 'other')"));

	db_set_int(q, "id", id);
	db_set_text(q, "country", country);
	db_set_text(q, "name", name);
	db_set_text(q, "locality", locality);
	db_run(q);
	return id;
}

/* What a scheme of this name is likely to be: "slug 100!, slug 80". */
static const char *
twins(struct db *db, const char *name, const char *locality)
{
	static struct buf out;
	struct twin found[TWINS_MAX];
	struct node top = { .type = NODE_LIST };
	struct node *tree = node_add(&arena, &top, NULL, NODE_MAP), *n;
	size_t hits;

	n = node_add(&arena, tree, "name", NODE_TEXT);
	n->text = name;
	n = node_add(&arena, tree, "locality", NODE_TEXT);
	n->text = locality;
	hits = twins_find(twins_read(&arena, db, "SN"), tree, 0, found);
	buf_clear(&out);
	for (size_t i = 0; i < hits; i++)
		buf_printf(&out, "%s%s%s", i > 0 ? ", " : "", found[i].name,
		    found[i].sure ? "!" : "");
	return buf_text(&out);
}

static void
fill(struct db *db)
{
	static const char *const places[] = { "Thiès", "Fatick", "Diourbel",
		"Kolda", "Louga", "Matam", "Podor", "Bignona" };
	char name[80];

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		snprintf(name, sizeof(name), "Mutuelle de santé de %s",
		    places[i]);
		scheme(db, "SN", name, places[i]);
	}
	scheme(db, "SN", "Wer Werlé", "");
	scheme(db, "SN", "Bokk Faj", "Keur Lahine");
	scheme(db, "BJ", "Mutuelle de santé de Ségou", "");
}

static void
test_sure(struct db *db)
{
	is(twins(db, "Bokk Faj", "Keur Lahine"), "Bokk Faj!",
	    "the same name in the same place is one");
	is(twins(db, "BOKK FÀJ", ""), "Bokk Faj!",
	    "whatever case and accents, if the place is not known");
	is(twins(db, "Bokk Faj", "Kaolack"), "Bokk Faj",
	    "in another place it may be");
}

static void
test_likely(struct db *db)
{
	is(twins(db, "Mutuelle Wer Werle", ""), "Wer Werlé",
	    "a word that many names have makes no other name");
	is(twins(db, "Mutuelle de la santé de Diourbell", "Diourbel"),
	    "Mutuelle de santé de Diourbel", "nor does a slip of spelling");
	is(twins(db, "Santé mutuelle Fatick", "Fatick"),
	    "Mutuelle de santé de Fatick", "nor another order of the words");
}

static void
test_unlike(struct db *db)
{
	is(twins(db, "Mutuelle de santé de Kaolack", "Kaolack"), "",
	    "“mutuelle de santé” alone is nobody's name");
	is(twins(db, "Mutuelle de santé de Ségou", ""), "",
	    "the same name in another country is another");
	is(twins(db, "", ""), "", "no name is like no other");
}

int
main(void)
{
	struct db *db = records_open();

	fill(db);
	test_sure(db);
	test_likely(db);
	test_unlike(db);
	ok(!db_failed(db), "nothing failed");
	db_close(db);
	arena_free(&arena);
	return done();
}
