/* What administrators see and change: members, mail and work that waits. */
#include "mailbox.h"

static int64_t awa, root, second;

/* The path of a member's page, or of what is posted there. */
static const char *
at(int64_t member, const char *what)
{
	static char path[100];

	snprintf(path, sizeof(path), "/en/admin/members/%lld%s",
	    (long long)member, what);
	return path;
}

static void
test_entry(struct visitor *v)
{
	struct visitor other = visitor_beside(v);

	ok(status(visit(&other, "/en/admin/members")) == 303,
	    "a visitor is asked to sign in");
	sign_in(&other, "awa@example.org", "secret word one");
	ok(status(visit(&other, "/en/admin/members")) == 403 &&
		status(visit(&other, "/en/admin/mail")) == 403 &&
		status(submit(&other, at(awa, "/role"),
		    "role_chosen=administrator")) == 403,
	    "a member may not enter");
	ok(number_in("SELECT count(*) FROM member"
		     " WHERE role = 'administrator'") == 2,
	    "and changes nothing");
	visitor_leave(&other);
}

static void
test_list(struct visitor *v)
{
	const char *page = visit(v, "/en/admin/members");

	ok(status(page) == 200 && has(page, "awa@example.org") &&
		has(page, "Root") && header(page, "cache-control: no-store"),
	    "an administrator sees all members");
	page = visit(v, "/en/admin/members?q=exemp");
	ok(has(page, "awa@example.org") && !has(page, "root@example.org"),
	    "finds them by a part of the name");
	page = visit(v, "/en/admin/members?q=root%40");
	ok(!has(page, "awa@example.org") && has(page, "root@example.org"),
	    "or of the address");
	page = visit(v, "/en/admin/members?q=%25");
	ok(!has(page, "awa@example.org"), "and a sign is a sign");
	page = visit(v, "/en/admin/members?role=administrator&status=active");
	ok(!has(page, "awa@example.org") && has(page, "root@example.org"),
	    "or by role and account");
	ok(status(visit(v, "/en/admin/members?role=none&page=9")) == 200,
	    "what is no role is none");
	ok(status(visit(v, at(99, ""))) == 404,
	    "who is not there is not found");
}

static void
test_role(struct visitor *v)
{
	const char *page;

	visit(v, at(awa, ""));
	page = submit(v, at(awa, "/role"), "role_chosen=editor");
	ok(status(page) == 303 &&
		number_in("SELECT count(*) FROM member"
			  " WHERE role = 'editor'") == 1,
	    "an administrator gives a role");
	page = visit(v, at(awa, "?done=saved"));
	ok(has(page, "Member → Editor") && has(page, "Root, "),
	    "and the page tells who did so");
	ok(status(submit(v, at(awa, "/role"), "role_chosen=king")) == 400,
	    "what is no role can't be given");
	ok(status(submit(v, at(root, "/role"), "role_chosen=member")) == 403 &&
		status(submit(v, at(root, "/status"), "close=1")) == 403,
	    "nobody takes their own role or account away");
	page = visit(v, at(root, ""));
	ok(has(page, "This is you.") && !has(page, "name=\"role_chosen\""),
	    "and the page says why");
}

static void
test_closing(struct visitor *v)
{
	struct visitor other = visitor_beside(v);
	const char *page;

	sign_in(&other, "awa@example.org", "secret word one");
	visit(v, at(awa, ""));
	submit(v, at(awa, "/status"), "close=1");
	ok(!has(visit(&other, "/en/"), "Awa Exemple") &&
		number_in("SELECT count(*) FROM state.session s JOIN member m"
			  " ON m.id = s.member WHERE m.name ="
			  " 'Awa Exemple'") == 0,
	    "closing an account ends its sessions");
	visit(&other, "/en/sign-in");
	page = submit(&other, "/en/sign-in",
	    "email=awa%40example.org&password=secret+word+one");
	ok(status(page) == 403 && has(page, "has been closed"),
	    "and lets nobody in");
	page = visit(v, at(awa, ""));
	ok(has(page, "Open the account again") && has(page, "Open → Closed"),
	    "the page tells of it");
	submit(v, at(awa, "/status"), "close=0");
	visit(&other, "/en/sign-in");
	page = submit(&other, "/en/sign-in",
	    "email=awa%40example.org&password=secret+word+one");
	ok(status(page) == 303, "until it is opened again");
	visitor_leave(&other);
}

static void
test_stewards(struct visitor *v)
{
	const char *page;

	visit(v, at(awa, ""));
	page = submit(v, at(awa, "/steward"), "record=&country=SN&theme=");
	ok(status(page) == 303 &&
		number_in("SELECT count(*) FROM steward"
			  " WHERE country = 'SN'") == 1,
	    "a member can look after a country");
	submit(v, at(awa, "/steward"),
	    "record=https://example.org/fr/conventions/c102?x=1");
	submit(v, at(awa, "/steward"), "theme=microinsurance");
	submit(v, at(awa, "/steward"), "theme=microinsurance");
	ok(number_in("SELECT count(*) FROM steward") == 3,
	    "a record or a theme, each once");
	page = visit(v, at(awa, ""));
	ok(has(page, "href=\"/en/conventions/c102\"") &&
		has(page, ">Senegal</h3>"),
	    "which the page lists");
	page = submit(v, at(awa, "/steward"), "record=schemes/none-such");
	ok(status(page) == 422 && has(page, "There is no such record."),
	    "what is not there can't be looked after");
	page =
	    submit(v, at(awa, "/steward"), "country=SN&theme=microinsurance");
	ok(status(page) == 422 && has(page, "Choose one:"),
	    "nor two things at once");
	submit(v, at(second, "/steward-end"), "steward=1");
	ok(number_in("SELECT count(*) FROM steward") == 3,
	    "what others look after is not theirs");
	submit(v, at(awa, "/steward-end"), "steward=1");
	ok(number_in("SELECT count(*) FROM steward") == 2 &&
		has(visit(v, at(awa, "")), "Stewardship ended: SN →"),
	    "it can be taken back, and the page tells of it");
}

/* Editors say whom a member speaks for, and see nothing else of the account. */
static void
test_spokespersons(struct visitor *v)
{
	struct visitor editor = visitor_beside(v);
	const char *page;

	member_add("Eva", "eva@example.org", "secret word", "editor");
	sign_in(&editor, "eva@example.org", "secret word");
	change_in("UPDATE member SET organisation = 'AISS', role = 'partner'"
		  " WHERE name = 'Awa Exemple'");
	page = visit(&editor, at(awa, ""));
	ok(status(page) == 200 && has(page, "name=\"spoken_for\"") &&
		!has(page, "awa@example.org") && !has(page, "role_chosen") &&
		!has(page, "/steward\""),
	    "an editor sees whom a member speaks for, no address and no role");
	ok(has(page, "name=\"spoken_for\" value=\"issa\""),
	    "the organisation that the member named on joining is proposed");
	ok(status(submit(&editor, at(awa, "/role"), "role_chosen=editor")) ==
		403,
	    "roles are not an editor's to give");
	page = submit(&editor, at(awa, "/spokesperson"), "spoken_for=issa");
	ok(status(page) == 303 &&
		number_in("SELECT count(*) FROM spokesperson") == 1,
	    "an editor notes whom a member speaks for");
	submit(&editor, at(awa, "/spokesperson"),
	    "spoken_for=Strategies+and+tools+against+social+exclusion+and"
	    "+poverty+programme");
	submit(&editor, at(awa, "/spokesperson"), "spoken_for=ilo-step");
	ok(number_in("SELECT count(*) FROM spokesperson") == 2,
	    "by title as well, and each once");
	page = visit(v, at(awa, "?done=saved"));
	ok(has(page, "href=\"/en/organisations/issa\"") &&
		has(page, "Speaks for: organisations/issa") &&
		has(page, "Eva, "),
	    "administrators see it, and who did so");
	page = submit(&editor, at(awa, "/spokesperson"), "spoken_for=<cat>");
	ok(status(page) == 422 && has(page, "value=\"&lt;cat&gt;\"") &&
		has(page, "The directory has no organisation"),
	    "what the directory does not have is named, and not lost");
	change_in("UPDATE record SET status = 'archived'"
		  " WHERE slug = 'ilo-step'");
	ok(number_in("SELECT count(*) FROM spoken_for") == 1 &&
		has(visit(&editor, at(awa, "")), "does not count"),
	    "an organisation that is withdrawn does not count, which is said");
	change_in("UPDATE record SET status = 'published'"
		  " WHERE slug = 'ilo-step'");
	submit(v, at(second, "/spokesperson-end"),
	    text_in("SELECT 'ended=' || id FROM record WHERE slug = 'issa'"));
	ok(number_in("SELECT count(*) FROM spokesperson") == 2,
	    "whom another speaks for is not theirs");
	submit(&editor, at(awa, "/spokesperson-end"),
	    text_in("SELECT 'ended=' || id FROM record WHERE slug = 'issa'"));
	ok(number_in("SELECT count(*) FROM spokesperson") == 1 &&
		has(visit(v, at(awa, "")),
		    "Speaks no longer for: organisations/issa →"),
	    "it can be ended, and the page tells of it");
	visitor_leave(&editor);
}

static void
test_waiting(struct visitor *v)
{
	const char *page;

	change_in("INSERT INTO state.outbox (recipient, lang, name, subject,"
		  " text, html, created, due, tries, error) VALUES"
		  " ('cem@example.org', 'en', 'join', 's', 'secret text', 'h',"
		  " 1, 4000000000, 3, '451 come back')");
	change_in("INSERT INTO state.outbox (recipient, lang, name, subject,"
		  " created, due, tries, given_up, error) VALUES"
		  " ('dan@example.org', 'en', 'join', 's', 1, 1, 9, 2,"
		  " '550 no such user')");
	change_in("INSERT INTO state.job (job, subject, created, due, tries,"
		  " given_up, error) VALUES ('text', 'abc', 1, 1, 9, 2,"
		  " 'it is no PDF')");
	page = visit(v, "/en/admin/mail");
	ok(has(page, "cem@example.org") && has(page, "451 come back") &&
		has(page, "550 no such user"),
	    "mail that waits or failed is seen, with the reason");
	ok(!has(page, "secret text"), "but not what it says");
	ok(count(page, "name=\"mail\"") == 1,
	    "what is forgotten can't be tried again");
	submit(v, "/en/admin/mail", "mail=1");
	ok(number_in("SELECT tries FROM state.outbox WHERE id = 1") == 0 &&
		number_in("SELECT due <= unixepoch() FROM state.outbox"
			  " WHERE id = 1") == 1,
	    "what waits can");
	page = visit(v, "/en/admin/jobs");
	ok(has(page, "it is no PDF"), "work that failed is seen");
	submit(v, "/en/admin/jobs", "job_id=1");
	ok(number_in("SELECT count(*) FROM state.job"
		     " WHERE given_up IS NULL") == 1,
	    "and can be tried again");
	ok(status(visit(v, "/fr/admin/jobs")) == 200 &&
		status(visit(v, "/es/admin/mail")) == 200,
	    "in every language");
}

int
main(void)
{
	struct visitor v = visitor_open();

	awa = member_add("Awa Exemple", "awa@example.org", "secret word one",
	    "member");
	root = member_add("Root", "root@example.org", "secret word two",
	    "administrator");
	second = member_add("Second", "second@example.org", "secret word six",
	    "administrator");
	test_entry(&v);
	sign_in(&v, "root@example.org", "secret word two");
	test_list(&v);
	test_role(&v);
	test_closing(&v);
	test_stewards(&v);
	test_spokespersons(&v);
	test_waiting(&v);
	visitor_close(&v);
	return done();
}
