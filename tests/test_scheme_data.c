/* A scheme in full: kept, counted, given back and withheld as it should be. */
#include "cli.h"
#include "data/kind.h"
#include "data/yaml.h"

/* The fixture of schemes in the place of those of the fixture's content, with
 * the codes of the real content. */
static const char make_content[] =
    "cp -r tests/fixtures/content $D/content &&"
    " cp tests/fixtures/scheme/schemes.yaml content/codes.yaml $D/content &&"
    " sed -i 's/tree: themes/tree: gimi-themes/' $D/content/themes.yaml";

static const struct node *
fixture(struct arena *a)
{
	struct buf why = { 0 };
	const struct node *top =
	    yaml_file(a, "tests/fixtures/scheme/schemes.yaml", &why);

	if (top == NULL)
		bail_out(buf_text(&why));
	return node_get(top, "records");
}

static void
test_load(void)
{
	shell(make_content);
	ok(mutua(&command_init, "", "", "") == DONE, "a database is made");
	if (!ok(mutua(&command_load, in_dir("content"), "", "") == DONE,
		"a scheme that says everything is loaded"))
		printf("# %s\n", said());
	ok(mutua(&command_load, in_dir("content"), "", "") == DONE &&
		has(said(), "0 added, 0 changed"),
	    "loaded again it is the same");
}

/* What the descriptions have and no row of the fixture says. */
static void
put_unsaid(struct buf *out, const struct table *t,
    const struct node *const *rows)
{
	for (const struct field *f = table_fields(t); f->name != NULL; f++) {
		bool there = t->shape == SHAPE_VALUES;

		for (size_t i = 0; rows[i] != NULL; i++)
			there |= node_get(rows[i], f->name) != NULL;
		if (!there)
			buf_printf(out, "%s.%s ", t->name, f->name);
	}
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++) {
		const struct node *within[64] = { 0 };
		size_t n = 0;

		for (size_t j = 0; rows[j] != NULL; j++) {
			const struct node *list =
			    node_get(rows[j], t->lists[i]->name);

			for (list = list != NULL ? list->first : NULL;
			     list != NULL && n < 63; list = list->next)
				within[n++] = list;
		}
		if (n == 0)
			buf_printf(out, "%s ", t->lists[i]->name);
		else
			put_unsaid(out, t->lists[i], within);
	}
}

static void
test_fixture(void)
{
	struct arena a = { 0 };
	const struct node *rows[8] = { 0 };
	struct buf unsaid = { 0 };
	size_t n = 0;

	for (const struct node *r = fixture(&a)->first; r != NULL; r = r->next)
		rows[n++] = r;
	put_unsaid(&unsaid, &kind_find("scheme")->own, rows);
	is(buf_text(&unsaid), "", "the fixture has every field of a scheme");
	buf_free(&unsaid);
	arena_free(&a);
}

static void
test_tables(void)
{
	is(words_of("SELECT group_concat(name, ', ') FROM (SELECT name"
		    " FROM scheme_product ORDER BY place)"),
	    "Small risks, Hospital", "products stand in order");
	is(words_of("SELECT service || rate || tariff_basis || t.note"
		    " FROM product_benefit b JOIN product_benefit_text t"
		    " ON t.product_benefit = b.id AND t.lang = 'fr'"),
	    "nurse-consult75.0agreed-tariffAu poste de santé",
	    "a product has benefits with their words");
	is(words_of("SELECT group_concat(payer || percent, ' ')"
		    " FROM contribution_share"),
	    "member80.0 state20.0", "a contribution has payers");
	is(words_of("SELECT group_concat(collection_mode, ' ')"
		    " FROM contribution_collection"),
	    "at-office mobile-money", "and ways to collect it");
	is(words_of("SELECT product || service || method || unit FROM"
		    " observation WHERE indicator = 'cases'"),
	    "Small risksnurse-consultinformation-systemcases",
	    "a figure may be of a product and a service");
	is(words_of("SELECT currency || fiscal_year_end FROM observation"
		    " WHERE indicator = 'contributions-due'"),
	    "XOF2008-12-31", "money has a currency and a fiscal year");
	is(words_of("SELECT type || confidence || date FROM source"
		    " WHERE reference = 'Visit to Kaolack'"),
	    "field-visitverified2008-11", "a source says what it is worth");
}

/* Everything but an e-mail address nobody was asked about comes back. */
static void
test_round(void)
{
	ok(mutua(&command_export, "--to", in_dir("export"), "") == DONE,
	    "a scheme is exported");
	shell("mv $D/data $D/first");
	ok(mutua(&command_init, "", "", "") == DONE &&
		mutua(&command_load, in_dir("export/content"), "", "") == DONE,
	    "what was exported loads elsewhere");
	shell("cp -r $D/content $D/open; cd $D/open;"
	      " sed -i '/secret@/d; /11 111/d' schemes.yaml");
	ok(mutua(&command_load, in_dir("open"), "", "") == DONE &&
		has(said(), "0 added, 0 changed"),
	    "and is the same, but for what was told in confidence");
	shell("rm -r $D/data; mv $D/first $D/data");
}

static void
test_withheld(void)
{
	struct buf found = { 0 };

	is(words_of("SELECT group_concat(email, ' ') FROM scheme_contact"),
	    "manager@example.org secret@example.org", "all addresses are kept");
	ok(number_of("SELECT count(*) FROM revision"
		     " WHERE snapshot LIKE '%secret@%'") == 1,
	    "in the history too");
	shell("grep -rlF -e secret@ -e '11 111' $D/export > $D/found;"
	      " echo . >> $D/found; cd $D/export &&"
	      " grep -rlF -e manager@ . | sort >> $D/found");
	found = test_file(in_dir("found"));
	is(buf_text(&found),
	    ".\n./content/scheme.yaml\n./csv/scheme.csv\n./revisions.jsonl\n",
	    "what leaves has only those of people who agreed");
	buf_free(&found);
	is(words_of("SELECT withheld('scheme', snapshot, '') = snapshot"
		    " FROM revision v JOIN record r ON r.id = v.record"
		    " WHERE slug = 'stopped'"),
	    "1", "a record without secrets leaves as it is");
}

static void
test_groups(void)
{
	is(words_of("SELECT group_concat(field_group || ' ' || filled || '/'"
		    " || asked, ', ') FROM (SELECT g.* FROM record_group g"
		    " JOIN record r ON r.id = g.record WHERE slug = 'full'"
		    " ORDER BY place)"),
	    "identification 4/4, place 3/3, life 3/3, institution 5/5,"
	    " population 4/4, products 8/8, contributions 5/5,"
	    " providers 1/1, support 2/2, figures 1/1, contacts 2/2",
	    "where everything is said, the core of every group is there");
	is(words_of("SELECT group_concat(filled, ' ') FROM (SELECT g.*"
		    " FROM record_group g JOIN record r ON r.id = g.record"
		    " WHERE slug = 'least' ORDER BY place)"),
	    "3 1 0 1 0 0 0 0 0 0 1", "and what is not said is counted too");
}

int
main(void)
{
	test_load();
	test_fixture();
	test_tables();
	test_round();
	test_withheld();
	test_groups();
	return cli_done();
}
