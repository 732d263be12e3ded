/* Taking a record away, and what stands there then. */
#include "revise.h"

#define RECORD "/en/schemes/mss-benin"

static void
test_form(struct visitor *v)
{
	const char *page;

	ok(status(visit(v, RECORD "/withdraw")) == 303,
	    "a visitor is asked to sign in");
	sign_in(v, "awa@example.org", "secret+word");
	ok(status(visit(v, RECORD "/withdraw")) == 403 &&
		!has(visit(v, RECORD), "/withdraw\""),
	    "a member may not withdraw a record");
	submit(v, "/en/sign-out", "");
	sign_in(v, "ada@example.org", "secret+word");
	ok(has(visit(v, RECORD), "href=\"" RECORD "/withdraw\""),
	    "an editor may");
	page = visit(v, RECORD "/withdraw");
	ok(status(page) == 200 && has(page, "Everybody who opens"),
	    "and is told what becomes of it");
	page = submit(v, RECORD "/withdraw", "reason=+");
	ok(status(page) == 422 && has(page, "aria-invalid=\"true\""),
	    "but has to say why");
	page = submit(v, RECORD "/withdraw", "reason=It+never+was");
	ok(status(page) == 303 &&
		header(page, "location: " RECORD "?done=withdrawn"),
	    "then it is withdrawn");
}

static void
test_gone(struct visitor *editor)
{
	struct visitor v = visitor_beside(editor);
	const char *page = visit(&v, RECORD);

	ok(status(page) == 410, "its address says that it is gone");
	ok(has(page, "Withdrawn: Social security mutual") &&
		has(page, "It never was"),
	    "with its title and the reason");
	ok(!has(page, "/restore\""), "a visitor cannot bring it back");
	page = visit(&v, RECORD ".json");
	ok(status(page) == 410 && has(page, "\"reason\":\"It never was\""),
	    "as data too");
	ok(status(visit(&v, "/fr/schemes/mss-benin")) == 410,
	    "in every language");
	ok(!has(visit(&v, "/en/schemes?q=social+security+mutual"),
	       "href=\"" RECORD "\""),
	    "searches do not find it");
	ok(!has(visit(&v, "/en/schemes.atom"), "mss-benin<") &&
		!has(visit(&v, "/en/changes.atom"), "mss-benin"),
	    "feeds do not have it");
	ok(!has(visit(&v, "/sitemap-1.xml"), "schemes/mss-benin<"),
	    "nor has the site map");
	page = visit(&v, RECORD "/history");
	ok(status(page) == 200 && has(page, "withdrawn") &&
		has(page, "It never was"),
	    "its history can be read still");
	ok(!has(page, "+0 characters"),
	    "… and counts nothing where nothing was written");
	ok(status(visit(&v, RECORD "/history/1")) == 200, "with every version");
	ok(status(visit(&v, "/en/schemes/never")) == 404,
	    "what never was is not found");
	visitor_leave(&v);
}

static void
test_back(struct visitor *v)
{
	const char *page;

	page = visit(v, RECORD "?done=withdrawn");
	ok(status(page) == 410 && has(page, "action=\"" RECORD "/restore\""),
	    "an editor can bring it back");
	page = submit(v, RECORD "/history/1/restore", "base=2");
	ok(status(page) == 409, "before an old version is restored");
	page = submit(v, RECORD "/restore", "");
	ok(status(page) == 303 && status(visit(v, RECORD)) == 200,
	    "then everybody sees it again");
	ok(has(visit(v, "/en/schemes.json?q=social+security+mutual"),
	       "mss-benin"),
	    "and searches find it");
	ok(has(visit(v, RECORD "/history"), "Brought back"),
	    "the history tells of it");
	ok(status(submit(v, RECORD "/restore", "")) == 303,
	    "brought back twice is no fault");
}

/* An organisation that others name. */
static void
test_facet(struct visitor *v)
{
	const char *chosen = "/en/library?organisation=ilo";

	ok(has(visit(v, "/en/library?more=organisation"), "organisation=ilo\""),
	    "an organisation narrows a list");
	visit(v, "/en/organisations/ilo/withdraw");
	submit(v, "/en/organisations/ilo/withdraw", "reason=Closed");
	ok(status(visit(v, "/en/organisations/ilo")) == 410,
	    "once it is withdrawn");
	ok(!has(visit(v, "/en/library?more=organisation"),
	       "organisation=ilo\""),
	    "it is offered no more, not even by its slug");
	ok(has(visit(v, chosen), "aria-current=\"true\""),
	    "… and where it was chosen, it can be let go");
}

int
main(void)
{
	struct visitor v = visitor_open();

	member_add("Awa Exemple", "awa@example.org", "secret word", "member");
	member_add("Ada Exemple", "ada@example.org", "secret word", "editor");
	test_form(&v);
	test_gone(&v);
	test_back(&v);
	test_facet(&v);
	visitor_close(&v);
	return done();
}
