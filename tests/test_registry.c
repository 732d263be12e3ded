/* The registry as tables that refer to each other, out and in again. */
#include "cli.h"
#include "data/yaml.h"

static void
test_out(void)
{
	shell("cp -r tests/fixtures/content $D/content &&"
	      " cp tests/fixtures/scheme/schemes.yaml content/codes.yaml"
	      " $D/content &&"
	      " sed -i 's/tree: themes/tree: gimi-themes/'"
	      " $D/content/themes.yaml");
	mutua(&command_init, "", "", "");
	mutua(&command_load, in_dir("content"), "", "");
	ok(mutua(&command_export, "--registry", "--to", in_dir("out")) == DONE,
	    "the registry is exported");
	shell("cd $D/out && ls | tr '\\n' ' ' > $D/files");
	struct buf files = test_file(in_dir("files"));
	is(buf_text(&files),
	    "benefits.csv codes.csv contacts.csv contributions.csv"
	    " datapackage.json figure_sources.csv linkages.csv"
	    " organisations.csv products.csv providers.csv relations.csv"
	    " scheme_organisations.csv schemes.csv services.csv shares.csv"
	    " sources.csv subsidies.csv year_figures.csv ",
	    "a file for each table, and what says what they are");
	buf_free(&files);
}

static void
test_tables(void)
{
	struct buf text = test_file(in_dir("out/benefits.csv"));

	is(buf_text(&text),
	    "scheme,product,row,service,covered,rate,tariff_basis,ceiling,"
	    "waiting_months,max_per_year,note__en,note__fr,note__es\r\n"
	    "full,1,1,nurse-consult,true,75,agreed-tariff,3000,3,12,"
	    "At the health post,Au poste de santé,\r\n"
	    "full,1,2,optical,false,,,,,,,,\r\n",
	    "a row says in which row of which table it stands");
	buf_free(&text);
	shell("grep -rlF -e secret@ -e '11 111' $D/out > $D/found;"
	      " cut -d, -f2,3 $D/out/codes.csv | grep -c '^health-post,'"
	      " >> $D/found");
	text = test_file(in_dir("found"));
	is(buf_text(&text), "1\n",
	    "nothing that was told in confidence leaves; codes have labels");
	buf_free(&text);
}

/* Each resource's file has the columns that the package says. */
static void
test_package(void)
{
	struct arena a = { 0 };
	struct buf why = { 0 };
	const struct node *top =
	    yaml_file(&a, in_dir("out/datapackage.json"), &why);
	const struct node *list =
	    top != NULL ? node_get(top, "resources") : NULL;
	size_t wrong = 0;

	ok(list != NULL && list->n == 17, "the package lists every file");
	for (const struct node *r = list != NULL ? list->first : NULL;
	     r != NULL; r = r->next) {
		struct buf heads = { 0 }, file, name = { 0 };
		const struct node *f =
		    node_get(node_get(r, "schema"), "fields")->first;

		for (; f != NULL; f = f->next)
			buf_printf(&heads, "%s%s", node_text(f, "name"),
			    f->next != NULL ? "," : "\r\n");
		buf_printf(&name, "out/%s", node_text(r, "path"));
		file = test_file(in_dir(name.data));
		wrong += strncmp(buf_text(&file), heads.data, heads.len) != 0;
		buf_free(&heads);
		buf_free(&name);
		buf_free(&file);
	}
	ok(wrong == 0, "with just the columns it has");
	buf_free(&why);
	arena_free(&a);
}

static void
test_round(void)
{
	ok(mutua(&command_import, "schemes", in_dir("out"), "") == DONE &&
		has(said(), "0 added, 0 changed, 3 the same"),
	    "what was exported comes back as the same");
	is(words_of("SELECT group_concat(email, ' ') FROM scheme_contact"),
	    "manager@example.org secret@example.org",
	    "and nothing that was withheld is lost");
	shell("mv $D/data $D/first");
	mutua(&command_init, "", "", "");
	shell("cp -r $D/content $D/others && rm $D/others/schemes.yaml"
	      " $D/others/organisations.yaml && cd $D/others &&"
	      " rm -r pages terms.yaml documents.yaml countries.yaml &&"
	      " cp -r $D/content/themes.yaml .");
	shell("cp $D/content/documents.yaml $D/content/organisations.yaml"
	      " $D/others");
	mutua(&command_load, in_dir("others"), "", "");
	ok(mutua(&command_import, "schemes", in_dir("out"), "--dry-run") ==
		    DONE &&
		has(said(), "add     scheme/full\n") &&
		number_of("SELECT count(*) FROM scheme") == 0,
	    "elsewhere a rehearsal tells what would be added");
	ok(mutua(&command_import, "schemes", in_dir("out"), "") == DONE &&
		has(said(), "3 added"),
	    "and it is");
	shell("rm -r $D/data; cp -r $D/first $D/data");
}

static void
test_change(void)
{
	shell("cp -r $D/out $D/few && cd $D/few && rm products.csv benefits.csv"
	      " contributions.csv shares.csv &&"
	      " sed -i 's/CC BY 4.0/CC0/' sources.csv");
	ok(mutua(&command_import, "schemes", in_dir("few"), "") == DONE &&
		has(said(), "1 changed, 2 the same"),
	    "what differs is changed");
	ok(number_of("SELECT count(*) FROM product_benefit") == 2,
	    "of a file that is missing a scheme keeps what it has");
	is(words_of("SELECT entry || v.comment FROM record r JOIN revision v"
		    " ON v.record = r.id WHERE slug = 'full'"
		    " ORDER BY number DESC"),
	    "contentimport of schemes", "the history says how it came");
}

static void
test_spreadsheet(void)
{
	shell("mkdir $D/sheet && printf '\\357\\273\\277scheme;row;service;"
	      "product\\r\\nfull;1;dental;2\\r\\n' > $D/sheet/benefits.csv &&"
	      " printf 'scheme;row;name\\r\\nfull;1;One\\r\\nfull;2;Two\\r\\n'"
	      " > $D/sheet/products.csv &&"
	      " printf 'scheme;name;title__fr;country;type;contingencies\\r\\n"
	      "full;A;A;SN;unspecified;maternity|health-care\\r\\n'"
	      " > $D/sheet/schemes.csv");
	ok(mutua(&command_import, "schemes", in_dir("sheet"), "") == DONE,
	    "what a spreadsheet saved is read");
	is(words_of("SELECT p.name || b.service FROM product_benefit b"
		    " JOIN scheme_product p ON p.id = b.product"),
	    "Twodental", "in the row it says, whatever the order of columns");
	ok(number_of("SELECT count(*) FROM scheme_contingency c JOIN record r"
		     " ON r.id = c.record WHERE slug = 'full'") == 2,
	    "a cell may hold several codes");
}

static void
fault(const char *claim, const char *command, const char *wanted)
{
	shell("rm -rf $D/bad && cp -r $D/out $D/bad");
	shell(command);
	if (!ok(mutua(&command_import, "schemes", in_dir("bad"), "") ==
			FAILED &&
		    has(said(), wanted) && has(said(), "nothing was loaded"),
		claim))
		printf("# said %s", said());
}

static void
test_faults(void)
{
	fault("a label where a code must stand is told with its place",
	    "sed -i 's/nurse-consult/Nurse/' $D/bad/benefits.csv",
	    "/bad/benefits.csv:2: products.benefits.service: “Nurse” is not in "
	    "the code list service");
	fault("so is a column that no table has",
	    "sed -i '1s/ceiling/cieling/' $D/bad/benefits.csv",
	    "/bad/benefits.csv:2: cieling: is no column of benefits.csv");
	fault("a row of a product that is not there",
	    "sed -i 's/^full,1,2,optical/full,7,2,optical/'"
	    " $D/bad/benefits.csv",
	    "/bad/benefits.csv:3: product: “full” has no row “7” in "
	    "products.csv");
	fault("a row of a scheme that is not there",
	    "sed -i 's/^full,3/fool,3/' $D/bad/providers.csv",
	    "/bad/providers.csv:4: scheme: “fool” is not in schemes.csv");
	fault("a scheme without a name",
	    "sed -i 's/^least,/,/' $D/bad/schemes.csv",
	    "/bad/schemes.csv:3: scheme: is missing");
	fault("a scheme that stands twice",
	    "sed -i 's/^stopped,/least,/' $D/bad/schemes.csv",
	    "/bad/schemes.csv:4: slug: scheme/least stands already in");
	fault("a quote that does not end", "printf '\"' >> $D/bad/shares.csv",
	    "/bad/shares.csv:4: a quote is not closed");
	fault("what breaks a rule of schemes",
	    "sed -i 's/state,20/state,30/' $D/bad/shares.csv",
	    "/bad/shares.csv:2: shares: make 110 % together");
	fault("a directory without schemes", "rm $D/bad/schemes.csv",
	    "there is no schemes.csv in it");
}

static void
test_questionnaire(void)
{
	struct buf text;

	ok(mutua(&command_export, "--questionnaire", "--to", in_dir("ask")) ==
		DONE,
	    "a questionnaire is the same without a scheme");
	shell("cd $D/ask && cat schemes.csv products.csv year_figures.csv"
	      " readme.txt | wc -l > $D/lines");
	text = test_file(in_dir("lines"));
	ok(atoi(buf_text(&text)) > 20, "it says in three languages what to do");
	buf_free(&text);
	ok(mutua(&command_import, "schemes", in_dir("ask"), "") == DONE &&
		has(said(), "0 records"),
	    "unfilled, it brings nothing");
}

int
main(void)
{
	test_out();
	test_tables();
	test_package();
	test_round();
	test_change();
	test_faults();
	test_spreadsheet();
	test_questionnaire();
	return cli_done();
}
