/* A password that is forgotten, and one that is changed; signing in. */
#include "mailbox.h"

static bool
signs_in(struct visitor *v, const char *password)
{
	char fields[200];

	snprintf(fields, sizeof(fields), "email=awa%%40example.org&password=%s",
	    password);
	visit(v, "/en/sign-in");
	return status(submit(v, "/en/sign-in", fields)) == 303;
}

static const char *
ask_for(struct visitor *v, const char *email)
{
	char fields[200];

	snprintf(fields, sizeof(fields), "email=%s", email);
	visit(v, "/en/password");
	return submit(v, "/en/password", fields);
}

static void
test_asking(struct visitor *v)
{
	struct buf known = { 0 };
	const char *page;

	ok(has(visit(v, "/en/sign-in"), "href=\"/en/password\""),
	    "who signs in finds the way to a new password");
	buf_puts(&known, body(ask_for(v, "awa%40example.org")));
	is(last_mail_name(), "password awa@example.org",
	    "a link goes to the address of an account");
	page = ask_for(v, "new%40example.org");
	ok(status(page) == 200 && strlen(body(page)) == known.len,
	    "who asks for an address without one gets the same answer");
	is(last_mail_name(), "unknown new@example.org",
	    "its owner is told, and nobody else");
	ok(!has(last_mail(), "/password/"), "with no link to choose one");
	ok(number_in("SELECT count(*) FROM state.ticket"
		     " WHERE expires > unixepoch()") == 1,
	    "there is one link");
	ok(status(ask_for(v, "a%40b")) == 422, "an odd address is refused");
	for (int i = 0; i < 5; i++)
		page = ask_for(v, "awa%40example.org");
	ok(status(page) == 429 && has(page, "\nretry-after: "),
	    "nobody's mailbox is filled");
	buf_free(&known);
}

static void
test_renewing(struct visitor *v)
{
	struct visitor other = visitor_beside(v);
	char link[200];
	const char *page;

	sign_in(&other, "awa@example.org", "secret word one");
	snprintf(link, sizeof(link), "%s", link_in_mail("/en/password/"));
	page = visit(v, link);
	ok(status(page) == 200 && has(page, "autocomplete=\"new-password\""),
	    "the link leads to where one is chosen");
	page = submit(v, link, "password=1234567890");
	ok(status(page) == 422 && has(page, "easily guessed"),
	    "a common one is refused, and the link still works");
	page = submit(v, link, "password=four+green+goats&member=99");
	ok(status(page) == 303 &&
		header(page, "location: /en/sign-in?done=password_chosen"),
	    "another is taken");
	is(last_mail_name(), "password-changed awa@example.org",
	    "the owner is told");
	ok(!has(visit(&other, "/en/"), "Awa Exemple"),
	    "wherever the member was signed in, that has ended");
	ok(!signs_in(v, "secret+word+one"),
	    "the old password is worth nothing");
	ok(signs_in(v, "four+green+goats"), "the new one is");
	ok(status(visit(v, link)) == 410, "the link works once");
	ok(number_in("SELECT count(*) FROM state.ticket"
		     " WHERE expires > unixepoch()") == 0,
	    "and so do others that were on their way");
	visitor_leave(&other);
}

static void
test_changing(struct visitor *v)
{
	struct visitor other = visitor_beside(v);
	const char *page;
	char before[PASSWORD_TOKEN];

	sign_in(&other, "awa@example.org", "four green goats");
	visit(v, "/en/account/password");
	page = submit(v, "/en/account/password",
	    "current=wrong&password=five+white+goats");
	ok(status(page) == 422 && has(page, "This is not your password."),
	    "who does not know the old password can't change it");
	snprintf(before, sizeof(before), "%s", cookie_of(v, "__Host-session"));
	page = submit(v, "/en/account/password",
	    "current=four+green+goats&password=five+white+goats");
	ok(header(page, "location: /en/account/password?done=password"),
	    "who knows it can");
	ok(strcmp(before, cookie_of(v, "__Host-session")) != 0,
	    "and goes on in a new session");
	ok(has(visit(v, "/en/"), "Awa Exemple"), "signed in as before");
	ok(!has(visit(&other, "/en/"), "Awa Exemple"), "all others end");
	is(last_mail_name(), "password-changed awa@example.org",
	    "and a mail tells of it");
	visitor_leave(&other);
}

static void
test_signing_in(struct visitor *v)
{
	static const char *const elsewhere[] = { "//evil.example",
		"https://evil.example/", "/%5Cevil.example",
		"/%09/evil.example", "javascript:alert(1)", "/%0D%0Alocation:x",
		NULL };
	struct visitor other = visitor_beside(v);
	char fields[200], before[PASSWORD_TOKEN];
	const char *page;
	int led = 0;

	page = visit(v, "/en/sign-in?next=/en/schemes");
	ok(header(page, "location: /en/schemes"),
	    "who is signed in already is led on");
	for (int i = 0; elsewhere[i] != NULL; i++) {
		visit(&other, "/en/sign-in");
		snprintf(fields, sizeof(fields),
		    "email=awa%%40example.org&password=five+white+goats"
		    "&next=%s",
		    elsewhere[i]);
		page = submit(&other, "/en/sign-in", fields);
		led += header(page, "location: /en/dashboard");
		submit(&other, "/en/sign-out", "");
		visit(&other, "/en/");
		submit(&other, "/en/sign-out", "");
	}
	ok(led == 6, "nobody is led to another site");
	snprintf(before, sizeof(before), "%s", cookie_of(v, "__Host-session"));
	visit(v, "/en/");
	submit(v, "/en/sign-in",
	    "email=awa%40example.org&password=five+white+goats");
	ok(strcmp(before, cookie_of(v, "__Host-session")) != 0,
	    "signing in is a new session, whatever the browser had");
	change_in("UPDATE member SET status = 'disabled'");
	ok(!has(visit(v, "/en/"), "Awa Exemple"),
	    "a closed account is signed out");
	visit(v, "/en/sign-in");
	page = submit(v, "/en/sign-in",
	    "email=awa%40example.org&password=five+white+goats");
	ok(status(page) == 403 && has(page, "has been closed"),
	    "and its owner is told, with the right password");
	visit(v, "/en/sign-in");
	page =
	    submit(v, "/en/sign-in", "email=awa%40example.org&password=other");
	ok(status(page) == 403 && !has(page, "has been closed") &&
		has(page, "do not fit together"),
	    "others are not");
	visitor_leave(&other);
}

static void
test_guessing(struct visitor *v)
{
	static const char *const written[] = { "awa", "AWA", "Awa", "aWa" };
	const char *page = "";
	char fields[200];

	change_in("UPDATE member SET status = 'active'");
	for (int i = 0; i < 10; i++) {
		snprintf(fields, sizeof(fields),
		    "email=%s%%40example.org&password=guess+%d", written[i % 4],
		    i);
		visit(v, "/en/sign-in");
		page = submit(v, "/en/sign-in", fields);
	}
	ok(status(page) == 429 && has(page, "\nretry-after: ") &&
		has(page, " min.") && has(page, "href=\"/en/sign-in\"") &&
		has(page, "type=\"password\" name=\"password\" required") &&
		!has(page, "guess"),
	    "nobody can try many passwords, however the address is written");
	ok(!signs_in(v, "five+white+goats"),
	    "not even the right one, for a while");
}

int
main(void)
{
	struct visitor v = visitor_open();

	member_add("Awa Exemple", "awa@example.org", "secret word one",
	    "member");
	test_asking(&v);
	change_in("DELETE FROM state.outbox WHERE name <> 'password'");
	test_renewing(&v);
	test_changing(&v);
	test_signing_in(&v);
	test_guessing(&v);
	visitor_close(&v);
	return done();
}
