/*
 * Who reads what was written, and what becomes of it: once, told to its author,
 * and by nobody who may not.
 */
#include "contributions.h"

static struct {
	int64_t awa, bineta, carla,
	    eva; /* member, stewards of SN and BJ, editor */
} ids;

/* A new scheme that can be published, called so. */
static const char *
scheme(const char *name, const char *country)
{
	static struct buf tree;

	buf_clear(&tree);
	buf_printf(&tree,
	    "{'lang':'en','title':{'en':'%s'},'name':'%s',"
	    "'country':'%s','type':'community-mutual','status':'operating',"
	    "'status_date':'2026-01','sources':[{'reference':'A report'}]}",
	    name, name, country);
	return tree.data;
}

/* What is sent with a decision. */
static const char *
decision(const char *action, const char *words)
{
	static struct buf fields;

	buf_clear(&fields);
	buf_printf(&fields, "action=%s&words=%s&seen=2026-11-02T10:00:00Z",
	    action, words);
	return fields.data;
}

static void
test_who(struct visitor *awa, struct visitor *bineta, struct visitor *carla,
    struct visitor *eva)
{
	const char *page;
	struct visitor nobody = visitor_beside(awa);

	ok(status(visit(&nobody, "/en/review")) == 303,
	    "a visitor is led to sign in");
	ok(status(visit(awa, "/en/review")) == 403 &&
		status(visit(awa, "/en/review/1")) == 403,
	    "a member who looks after nothing may not review");
	page = visit(bineta, "/en/review");
	ok(has(page, "Contribution 1") && !has(page, "Contribution 2"),
	    "a steward sees what their country is sent");
	page = visit(carla, "/en/review");
	ok(has(page, "Contribution 2") && !has(page, "Contribution 1"),
	    "and not another's");
	ok(has(page, "Contribution 90") && has(page, "Contribution 91"),
	    "a new record of their theme, or that names their country, too");
	ok(status(visit(carla, "/en/review/1")) == 403, "nor can open it");
	visit(carla, "/en/review/2");
	ok(status(submit(carla, "/en/review/1", decision("publish", ""))) ==
		    403 &&
		number_in("SELECT count(*) FROM state.contribution"
			  " WHERE state = 'published'") == 0,
	    "or decide on it");
	page = visit(eva, "/en/review");
	ok(before(page, "Contribution 1", "Contribution 2"),
	    "an editor sees all");
	page = visit(eva, "/en/review?country=BJ");
	ok(has(page, "Contribution 2") && !has(page, "Contribution 1"),
	    "or a country's");
	ok(status(visit(eva, "/en/review/77")) == 404, "what is not, is not");
	visitor_leave(&nobody);
}

static void
test_publish(struct visitor *bineta, struct visitor *eva)
{
	const char *answer = visit(bineta, "/en/review/1");

	ok(status(answer) == 200 && has(answer, "Mutuelle de la Teranga") &&
		has(answer, "Because &lt;it&gt; is so") &&
		has(answer, "Awa Exemple"),
	    "all of it is shown, with who wrote it and why");
	answer = submit(bineta, "/en/review/1",
	    decision("publish", "Merci+beaucoup"));
	ok(header(answer, "location: /en/review?done=reviewed"),
	    "it is published");
	ok(status(visit(bineta, "/en/schemes/mutuelle-de-la-teranga")) == 200,
	    "and everybody can read it");
	ok(has(visit(bineta, "/en/schemes?country=SN&q=teranga"),
	       "Mutuelle de la Teranga"),
	    "and find it under its country");
	ok(number_in("SELECT count(*) FROM revision v JOIN member a"
		     "  ON a.id = v.author JOIN member r ON r.id = v.reviewer"
		     " WHERE v.contribution = 1 AND a.name = 'Awa Exemple'"
		     "  AND r.name = 'Bineta Exemple'"
		     "  AND v.comment = 'Because <it> is so'") == 1,
	    "the revision tells who wrote, who reviewed and why");
	ok(number_in("SELECT count(*) FROM state.contribution_note"
		     " WHERE contribution = 1 AND state = 'published'"
		     "  AND words = 'Merci beaucoup'") == 1,
	    "the note keeps the words");
	ok(number_in("SELECT count(*) FROM state.outbox"
		     " WHERE recipient = 'awa@example.org' AND lang = 'fr'"
		     "  AND name = 'published'"
		     "  AND text LIKE '%/fr/schemes/mutuelle-de-la-teranga%'"
		     "  AND text LIKE '%Merci beaucoup%'") == 1,
	    "the author is told, in their language");
	answer = submit(eva, "/en/review/1", decision("publish", ""));
	ok(status(answer) == 409 && has(answer, "somebody else"),
	    "who comes second is told so");
	ok(number_in("SELECT count(*) FROM revision WHERE contribution = 1") ==
		    1 &&
		number_in("SELECT count(*) FROM state.outbox") == 1,
	    "and nothing is done twice");
	ok(has(visit(bineta, "/en/review?done=reviewed"), "role=\"status\""),
	    "what was done is said");
}

static void
test_words(struct visitor *eva)
{
	const char *answer;

	visit(eva, "/en/review/2");
	answer = submit(eva, "/en/review/2", decision("changes", "+"));
	ok(status(answer) == 422 && has(answer, "id=\"words-fault\""),
	    "whoever asks for changes says which");
	answer =
	    submit(eva, "/en/review/2", decision("changes", "Which+year%3F"));
	ok(header(answer, "location: /en/review?done=asked"),
	    "changes are asked for");
	ok(number_in("SELECT count(*) FROM state.outbox WHERE name = 'changes'"
		     " AND text LIKE '%Which year?%'"
		     " AND text LIKE '%/fr/contributions/2%'") == 1,
	    "the author reads what is asked");
	ok(number_in("SELECT count(*) FROM state.contribution"
		     " WHERE id = 2 AND state = 'changes'") == 1,
	    "and has it back");
	visit(eva, "/en/review/3");
	answer =
	    submit(eva, "/en/review/3", decision("decline", "Not+a+scheme"));
	ok(header(answer, "location: /en/review?done=declined") &&
		number_in("SELECT count(*) FROM state.outbox"
			  " WHERE name = 'declined'"
			  " AND text LIKE '%Not a scheme%'") == 1,
	    "what is declined is, with the reason");
	answer = visit(eva, "/en/review?state=declined");
	ok(has(answer, "Contribution 3") && !has(answer, "Contribution 4"),
	    "and can be looked up");
}

static void
test_conflict(struct visitor *eva)
{
	const char *answer = visit(eva, "/en/review/4");

	ok(has(answer, "class=\"changes\"") && has(answer, "Another town"),
	    "a change is shown field by field");
	write_sql("INSERT INTO revision (record, number, time, snapshot)"
		  " SELECT record, base + 1, '2026-11-20T00:00:00Z', tree"
		  " FROM state.contribution WHERE id = 4");
	ok(has(visit(eva, "/en/review/4"), "has been changed since"),
	    "that the record has been changed since is said");
	answer = submit(eva, "/en/review/4", decision("publish", "I+typed"));
	ok(status(answer) == 409 && has(answer, "would undo") &&
		has(answer, "\nI typed</textarea>"),
	    "nothing is undone by publishing, and words are kept");
	ok(number_in("SELECT count(*) FROM state.contribution"
		     " WHERE id = 4 AND state = 'submitted'") == 1,
	    "it still waits");
}

static void
test_faults(struct visitor *eva)
{
	const char *answer;

	visit(eva, "/en/review/5");
	answer = submit(eva, "/en/review/5", decision("publish", "Words"));
	ok(status(answer) == 422 && has(answer, "\nWords</textarea>") &&
		has(answer, "Country – “XX” is not a country."),
	    "what has faults is not published; they are told");
	ok(number_in("SELECT count(*) FROM record"
		     " WHERE slug LIKE 'faulty%'") == 0,
	    "no part of it");
}

static void
test_own(struct visitor *bineta, struct visitor *eva)
{
	ok(status(visit(bineta, "/en/review/6")) == 403,
	    "nobody reviews their own on a record they don't look after");
	visit(eva, "/en/review/7");
	ok(header(submit(eva, "/en/review/7", decision("publish", "")),
	       "location: /en/review?done=reviewed") &&
		number_in("SELECT count(*) FROM revision"
			  " WHERE contribution = 7 AND reviewer IS NULL") == 1,
	    "an editor's own needs no reviewer");
}

static void
test_suggestion(struct visitor *eva)
{
	const char *answer = visit(eva, "/en/review/8");

	ok(has(answer, "value=\"done\"") && !has(answer, "value=\"publish\""),
	    "a suggestion is carried out, not published");
	ok(status(submit(eva, "/en/review/8", decision("publish", ""))) == 400,
	    "whatever is sent");
	answer = submit(eva, "/en/review/8", decision("done", "Thank+you"));
	ok(header(answer, "location: /en/review?done=carried_out") &&
		number_in("SELECT count(*) FROM state.outbox"
			  " WHERE recipient = 'guest@example.org'"
			  "  AND lang = 'es' AND text LIKE '%/es/schemes/%'") ==
		    1,
	    "the visitor who gave an address is answered");
}

static void
test_data(struct visitor *bineta, struct visitor *eva)
{
	const char *answer = visit(eva, "/en/review.json");

	ok(header(answer, "content-type: application/json") &&
		has(answer, "\"is_new\":0"),
	    "the list is data, too");
	answer = visit(bineta, "/en/review/1.json");
	ok(has(answer, "\"notes\":[") && !has(answer, "awa@example.org"),
	    "so is each, without addresses");
}

static void
fill(void)
{
	static const char pamecas[] = "scheme/mutuelle-sante-um-pamecas";

	contribute(1, ids.awa, NULL, "SN",
	    scheme("Mutuelle de la Teranga", "SN"));
	contribute(2, ids.awa, NULL, "BJ", scheme("Second", "BJ"));
	contribute(3, ids.awa, NULL, "BJ", scheme("Third", "BJ"));
	contribute(4, ids.awa, pamecas, "SN",
	    "{'lang':'fr','title':{'fr':'Another town'},'name':'A',"
	    "'country':'SN','type':'community-mutual'}");
	contribute(5, ids.awa, NULL, "BJ",
	    "{'lang':'en','title':{'en':'Faulty'},'country':'XX'}");
	contribute(6, ids.bineta, NULL, "BJ", scheme("Sixth", "BJ"));
	contribute(7, ids.eva, NULL, "ML", scheme("Seventh", "ML"));
	contribute(8, 0, pamecas, "SN", NULL);
	contribute(90, ids.awa, NULL, NULL, "{'themes':['microinsurance']}");
	contribute(91, ids.awa, NULL, NULL, "{'countries':['ML','BJ']}");
	write_sql("UPDATE state.contribution SET member = NULL, lang = 'es',"
		  " visitor = 'guest@example.org' WHERE id = 8");
}

int
main(void)
{
	struct visitor awa = visitor_open(), bineta = visitor_beside(&awa),
		       carla = visitor_beside(&awa), eva = visitor_beside(&awa);

	ids.awa = member_add("Awa Exemple", "awa@example.org", "secret words",
	    "member");
	ids.bineta = member_add("Bineta Exemple", "bineta@example.org",
	    "secret words", "member");
	ids.carla = member_add("Carla Exemple", "carla@example.org",
	    "secret words", "partner");
	ids.eva = member_add("Eva Exemple", "eva@example.org", "secret words",
	    "editor");
	write_sql(
	    "UPDATE member SET lang = 'fr' WHERE name LIKE 'Awa%';"
	    "INSERT INTO steward (member, country, since)"
	    " SELECT id, CASE WHEN name LIKE 'B%' THEN 'SN' ELSE 'BJ' END,"
	    "  '2026' FROM member WHERE name LIKE 'B%' OR name LIKE 'C%';"
	    "INSERT INTO steward (member, theme, since)"
	    " SELECT id, 'microinsurance', '2026' FROM member"
	    "  WHERE name LIKE 'C%'");
	fill();
	sign_in(&awa, "awa@example.org", "secret words");
	sign_in(&bineta, "bineta@example.org", "secret words");
	sign_in(&carla, "carla@example.org", "secret words");
	sign_in(&eva, "eva@example.org", "secret words");
	test_who(&awa, &bineta, &carla, &eva);
	test_publish(&bineta, &eva);
	test_words(&eva);
	test_conflict(&eva);
	test_faults(&eva);
	test_own(&bineta, &eva);
	test_suggestion(&eva);
	test_data(&bineta, &eva);
	visitor_leave(&bineta);
	visitor_leave(&carla);
	visitor_leave(&eva);
	visitor_close(&awa);
	return done();
}
