/* Who is asking, what they may, and that they meant it. */
#include "data/password.h"
#include "visitor.h"

static void
test_forms(struct visitor *v)
{
	const char *answer;

	answer = visit(v, "/en/sign-in");
	ok(status(answer) == 200 && has(answer, "name=\"_csrf\""),
	    "a form has a token");
	ok(has(answer, "\nset-cookie: __Host-visit=") &&
		has(answer, "; HttpOnly; SameSite=Lax; Secure\n"),
	    "of a cookie that scripts and other sites do not get");
	ok(header(answer, "cache-control: no-store"),
	    "and is nobody else's page");
	ok(status(post(v, "/en/sign-in", "email=x&password=y")) == 403,
	    "a form without its token is refused");
	answer =
	    submit(v, "/en/sign-in", "email=awa%40example.org&password=no");
	ok(status(answer) == 403 && has(answer, "do not fit together"),
	    "a wrong password is told");
	answer = submit(v, "/en/sign-in", "email=no%40example.org&password=no");
	ok(status(answer) == 403 && has(answer, "do not fit together"),
	    "an unknown address in the same words");
}

static void
test_sign_in(struct visitor *v)
{
	const char *answer;

	answer = submit(v, "/en/sign-in",
	    "email=AWA%40example.org&password=secret+word&next=/en/schemes");
	ok(status(answer) == 303 && header(answer, "location: /en/schemes"),
	    "who signs in goes on to where they wanted");
	ok(has(visit(v, "/en/schemes"), "Awa Exemple"), "and is known there");
	ok(header(visit(v, "/en/schemes"), "cache-control: no-store"),
	    "on pages nobody else is shown");
	answer = submit(v, "/en/sign-out", "");
	ok(status(answer) == 303 && !has(visit(v, "/en/"), "Awa Exemple"),
	    "who signs out is a visitor again");
	visit(v, "/en/sign-in");
	answer = submit(v, "/en/sign-in",
	    "email=awa%40example.org&password=secret+word&next=//evil.example");
	ok(!has(answer, "evil.example"), "no sign-in leads to another site");
}

static void
test_resend(struct visitor *v)
{
	const char *answer;

	v->origin = "https://example.org";
	answer = post(v, "/en/sign-out", "note=typed+long&_csrf=old");
	ok(status(answer) == 403 && has(answer, "value=\"typed long\""),
	    "a form of ours that is too old keeps what was typed");
	v->origin = "https://evil.example";
	answer = post(v, "/en/sign-out", "note=typed+long&_csrf=old");
	ok(status(answer) == 403 && !has(answer, "typed long"),
	    "one of another site is refused");
	answer = submit(v, "/en/sign-out", "");
	ok(status(answer) == 403, "even with the right token");
	v->origin = NULL;
	ok(has(visit(v, "/en/"), "Awa Exemple"), "and does nothing");
}

int
main(void)
{
	struct visitor v = visitor_open();

	member_add("Awa Exemple", "awa@example.org", "secret word", "member");
	test_forms(&v);
	test_sign_in(&v);
	test_resend(&v);
	visitor_close(&v);
	return done();
}
