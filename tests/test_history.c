/* What became of a record, and the way back. */
#include "revise.h"

#define RECORD "/en/schemes/mss-benin"

static int64_t awa;

static void
test_list(struct visitor *v)
{
	const char *page;

	is(status(visit(v, "/en/schemes/nothing/history")) == 404 ? "404" : "",
	    "404", "what is not there has no history");
	page = visit(v, RECORD);
	ok(has(page, "href=\"" RECORD "/history\""),
	    "a record leads to its history");
	page = visit(v, RECORD "/history");
	ok(status(page) == 200 && has(page, ">Version 1</a>"),
	    "what came in is the first version");
	ok(!has(page, "name=\"from\""), "with nothing to compare it with");
	ok(revise("scheme", "mss-benin", "acronym", "MSSX",
	       &(struct authorship){
		   .author = awa, .comment = "As on site" }) == PUBLISHED &&
		revise("scheme", "mss-benin", "locality", "Ouidah",
		    &(struct authorship){ .author = awa, .reviewer = awa }) ==
		    PUBLISHED,
	    "a member changes it twice");
	page = visit(v, RECORD "/history");
	ok(before(page, ">Version 3</a>", ">Version 2</a>"),
	    "the newest stands first");
	ok(has(page, ">Awa Exemple</a>") && has(page, "As on site"),
	    "with who changed it and why");
	ok(has(page, "reviewed by <a href=\"/en/members/"),
	    "and who reviewed it");
	ok(has(page, "name=\"from\" value=\"2\" checked") &&
		has(page, "name=\"to\" value=\"3\" checked"),
	    "any two can be compared");
	page = visit(v, RECORD "/history.json");
	ok(has(page, "\"number\":3") && has(page, "\"author_name\":\"Awa"),
	    "as data too");
	page = visit(v, RECORD "/history.atom");
	ok(status(page) == 200 &&
		has(page, ",2026:scheme/mss-benin/history/3</id>"),
	    "and as a feed in which each version is an entry");
}

static void
test_revision(struct visitor *v)
{
	const char *page = visit(v, RECORD "/history/2");

	ok(status(page) == 200 && has(page, "This is an older version"),
	    "a version has an address of its own");
	ok(has(page, "<dt>Acronym</dt>") && has(page, "MSSX</ins>"),
	    "that says what it changed");
	ok(has(page, "<span class=\"hide\" lang=\"en\">added: </span>"),
	    "in words as well as in colours");
	ok(!has(page, "Ouidah"), "and what stood in the record then");
	ok(has(visit(v, RECORD "/history/3"), "This is the newest version"),
	    "the newest is called so");
	ok(status(visit(v, RECORD "/history/9")) == 404 &&
		status(visit(v, RECORD "/history/x")) == 404,
	    "there are no others");
	page = visit(v, RECORD "/history?from=1&to=3");
	ok(has(page, "MSSX</ins>") && has(page, "Ouidah</ins>"),
	    "versions that are apart are compared at once");
	page = visit(v, RECORD "/history.json?from=3&to=1");
	ok(has(page, "\"field\":\"scheme.locality\""),
	    "either way, as data too");
	page = visit(v, "/fr/schemes/mss-benin/history/2");
	ok(has(page, "<dt>Sigle</dt>") && has(page, "ajouté\u00a0: "),
	    "in the reader's language");
	ok(!has(visit(v, RECORD "/history/2"), "/restore\""),
	    "a visitor is not asked to restore");
}

static void
test_restore(struct visitor *v)
{
	const char *page;

	ok(status(submit(v, RECORD "/history/2/restore", "base=3")) >= 400,
	    "nor may one");
	sign_in(v, "ada@example.org", "secret+word");
	page = visit(v, RECORD "/history/1");
	ok(has(page, "name=\"base\" value=\"3\""),
	    "an editor can restore a version");
	page = submit(v, RECORD "/history/1/restore", "base=2");
	ok(status(page) == 409 && has(page, "Somebody has changed"),
	    "but not over what somebody else did meanwhile");
	page =
	    submit(v, RECORD "/history/1/restore", "base=3&comment=Mistaken");
	ok(status(page) == 303 &&
		header(page, "location: " RECORD "/history?done=restored"),
	    "it is published again");
	page = visit(v, RECORD "/history?done=restored");
	ok(has(page, ">Version 4</a>") && has(page, "Mistaken") &&
		has(page, "is the newest one again"),
	    "as a new version with a reason");
	ok(!has(visit(v, RECORD), "MSSX"), "and is what readers see");
	ok(has(visit(v, RECORD "/history?from=1&to=4"), "Nothing was changed"),
	    "it says what the old one said");
}

/* A version that the rules of today would not let in. */
static void
test_restore_faults(struct visitor *v)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);
	const char *page;

	db_begin(db);
	db_script(db,
	    "INSERT INTO revision (record, number, time, snapshot) SELECT record,"
	    " 5, time, json_set(snapshot, '$.type', 'no-such-type')"
	    " FROM revision WHERE number = 4");
	db_script(db,
	    "INSERT INTO revision (record, number, time, snapshot) SELECT record,"
	    " 6, time, snapshot FROM revision WHERE number = 4");
	db_commit(db);
	db_close(db);
	page = submit(v, RECORD "/history/5/restore", "base=6");
	ok(status(page) == 422 && has(page, "no-such-type"),
	    "what no longer fits the rules is told");
	ok(number_in("SELECT max(number) FROM revision") == 6,
	    "and not published");
}

/* Who agreed to be shown, and then does not any more. */
static void
test_thought_better(struct visitor *v)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);

	db_begin(db);
	db_script(db,
	    "INSERT INTO revision (record, number, time, snapshot) SELECT record,"
	    " 8, time, json_set(snapshot, '$.contacts', json('[{\"name\":"
	    "\"Known Name\",\"telephone\":\"555-0101\","
	    "\"consent\":\"2020\"}]')) FROM revision WHERE number = 6");
	db_commit(db);
	ok(has(visit(v, RECORD "/history/8"), "555-0101"),
	    "whoever agrees to it is shown");
	db_begin(db);
	db_script(db,
	    "INSERT INTO revision (record, number, time, snapshot) SELECT record,"
	    " 9, time, json_set(snapshot, '$.contacts', json('[{\"name\":"
	    "\"Known Name\",\"function\":\"Chair\","
	    "\"telephone\":\"555-0101\"}]'))"
	    " FROM revision WHERE number = 6");
	db_commit(db);
	db_close(db);
	ok(!has(visit(v, RECORD "/history/8"), "555-0101") &&
		!has(visit(v, RECORD "/history/8.json"), "555-0101") &&
		!has(visit(v, RECORD "/history/9"), "555-0101") &&
		!has(visit(v, RECORD "/history.json?from=8&to=9"), "555-0101"),
	    "and in no version any more once they take that back");
	ok(number_in("SELECT instr(withheld('scheme', v.snapshot, v.snapshot),"
		     " '555-0101') > 0 AND instr(withheld('scheme',"
		     " v.snapshot, n.snapshot), '555-0101') = 0 FROM revision v"
		     " JOIN revision n ON n.record = v.record AND n.number = 9"
		     " WHERE v.number = 8") == 1,
	    "nor in the history that is exported");
	ok(status(submit(v, RECORD "/history/8/restore", "base=9")) == 303,
	    "a version from before can be restored");
	ok(!has(visit(v, RECORD), "555-0101") &&
		!has(visit(v, RECORD ".json"), "555-0101") &&
		!has(visit(v, RECORD "/history/10"), "555-0101") &&
		number_in("SELECT count(*) FROM scheme_contact"
			  " WHERE telephone = '555-0101'") == 1,
	    "which keeps what they said, and does not show it");
}

/* What was told in confidence is in no version of a page. */
static void
test_private(struct visitor *v)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);
	const char *page;

	db_begin(db);
	db_script(db,
	    "INSERT INTO revision (record, number, time, snapshot) SELECT record,"
	    " 7, time, json_set(snapshot, '$.contacts', json('[{\"name\":"
	    "\"Known Name\",\"telephone\":\"555-0100\"}]'))"
	    " FROM revision WHERE number = 6");
	db_commit(db);
	db_close(db);
	page = visit(v, RECORD "/history/7");
	ok(has(page, "Known Name") && !has(page, "555-0100"),
	    "a contact's telephone is in no version without consent");
	ok(!has(visit(v, RECORD "/history/7.json"), "555-0100") &&
		!has(visit(v, RECORD "/history.json?from=1&to=7"), "555-0100"),
	    "nor in its data, nor in a comparison");
	test_thought_better(v);
}

static void
test_member(struct visitor *v)
{
	struct buf url = { 0 };
	const char *page;

	buf_printf(&url, "/en/members/%lld", (long long)awa);
	page = visit(v, url.data);
	ok(status(page) == 200 && has(page, "<h1>Awa Exemple</h1>"),
	    "a contributor has a page");
	ok(has(page, "<dt>Records changed</dt><dd>1</dd>") &&
		has(page, "href=\"" RECORD "\""),
	    "with what was changed");
	ok(!has(page, "awa@example.org"), "and no address of mail");
	ok(status(visit(v, "/en/members/999")) == 404, "others have none");
	buf_free(&url);
}

static void
test_former(struct visitor *v)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);

	db_begin(db);
	db_script(db,
	    "UPDATE member SET status = 'deleted', name = NULL, email = NULL,"
	    " email_key = NULL WHERE email = 'awa@example.org'");
	db_commit(db);
	db_close(db);
	ok(has(visit(v, RECORD "/history"), "former member"),
	    "who has left is a former member");
}

int
main(void)
{
	struct visitor v = visitor_open();

	awa = member_add("Awa Exemple", "awa@example.org", "secret word",
	    "member");
	member_add("Ada Exemple", "ada@example.org", "secret word", "editor");
	test_list(&v);
	test_revision(&v);
	test_restore(&v);
	test_restore_faults(&v);
	test_private(&v);
	test_member(&v);
	test_former(&v);
	visitor_close(&v);
	return done();
}
