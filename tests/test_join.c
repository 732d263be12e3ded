/*
 * Joining: what a visitor sees, what the mail says, and what nobody learns.
 */
#include "mailbox.h"

#define TYPED                                                  \
	"name=Awa+Exemple&email=awa%40example.org&language=fr" \
	"&country=SN&organisation=Mutuelle&password=three+blue+goats"

/* The answer to a form that was filled in at leisure. */
static const char *
join(struct visitor *v, const char *fields)
{
	visit(v, "/en/join");
	wait_with_form(v, 20);
	return submit(v, "/en/join", fields);
}

static void
test_form(struct visitor *v)
{
	const char *page = visit(v, "/en/join");

	ok(status(page) == 200 && has(page, "At least 10 characters"),
	    "the form says what a password has to be");
	ok(has(page, "<option value=\"SN\">Senegal</option>"),
	    "countries can be chosen");
	ok(header(page, "cache-control: no-store"), "the page is not kept");
	page = submit(v, "/en/join", TYPED);
	ok(status(page) == 422 && has(page, "looked like a program") &&
		has(page, "value=\"Awa Exemple\""),
	    "who is too quick is asked kindly, and keeps what was typed");
	page = join(v, TYPED "&homepage=http://buy.example");
	ok(status(page) == 422 && has(page, "looked like a program"),
	    "so is who fills in what people do not see");
	ok(mails() == 0, "and no mail is sent");
}

static void
test_faults(struct visitor *v)
{
	const char *page =
	    join(v, "name=&email=awa&language=xx&country=ZZ&password=short");

	ok(status(page) == 422 && has(page, "role=\"alert\""),
	    "a form with faults is shown again");
	ok(has(page, "<a href=\"#name\">Say what you are called.</a>") &&
		has(page, "id=\"email-fault\">This is no e-mail address"),
	    "with each fault above and beside its field");
	ok(has(page, "value=\"awa\"") && !has(page, "value=\"short\""),
	    "with all that was typed but the password");
	ok(has(join(v,
		   "name=A&email=a%40b.org&language=en&password=PassWord123"),
	       "easily guessed"),
	    "a password that everybody has is refused");
	ok(has(join(v,
		   "name=A&email=a.long%40example.org&language=en"
		   "&password=A.Long%40example.org"),
	       "easily guessed"),
	    "and one that is the address");
	ok(has(join(v,
		   "name=A&email=a%40b.org%0D%0ABcc:x%40y.org&language=en"
		   "&password=three+blue+goats"),
	       "This is no e-mail address"),
	    "an address with a line end is none");
	ok(mails() == 0, "and no mail is sent");
}

static void
test_mail(struct visitor *v)
{
	const char *page = join(v, TYPED "&role=administrator&id=1");
	char link[200];

	ok(status(page) == 200 && has(page, "a mail to awa@example.org."),
	    "who joins is told where a mail went");
	is(last_mail_name(), "join awa@example.org", "it went there");
	snprintf(link, sizeof(link), "%s", link_in_mail("/fr/join/"));
	ok(strlen(link) > 40, "with a link in the language that was chosen");
	ok(number_in("SELECT count(*) FROM member") == 0,
	    "before it is opened there is no account");
	ok(!has(text_in("SELECT data FROM state.ticket"), "three blue goats"),
	    "and the password stands nowhere");
	page = visit(v, link);
	ok(status(page) == 200 && has(page, "awa@example.org") &&
		number_in("SELECT count(*) FROM member") == 0,
	    "to open the link does nothing yet: programs do that too");
	page = submit(v, link, "role=administrator");
	ok(status(page) == 303 &&
		header(page, "location: /fr/dashboard?done=joined"),
	    "the button opens the account");
	ok(has(visit(v, "/en/"), "Awa Exemple"), "and signs in");
	is(text_in(
	       "SELECT role || ' ' || status || ' ' || country FROM member"),
	    "member active SN", "as a member, whatever else was sent");
	page = visit(v, link);
	ok(status(page) == 410 && has(page, "/fr/sign-in"),
	    "the link works once, then the page shows the ways on");
	ok(status(submit(v, link, "")) == 410, "the button too");
	submit(v, "/en/sign-out", "");
}

/* What is done for an address that has an account, and for one that has not. */
static void
test_silence(struct visitor *v)
{
	struct buf known = { 0 };
	char answer[20000];

	buf_puts(&known, body(join(v, TYPED)));
	is(last_mail_name(), "known awa@example.org",
	    "the owner of an account is told by mail");
	ok(!has(last_mail(), "/join/"), "with no link to open another");
	snprintf(answer, sizeof(answer), "%s",
	    body(join(v,
		"name=Awa+Exemple&email=new%40example.org&language=fr"
		"&password=three+blue+goats")));
	is(last_mail_name(), "join new@example.org", "a new one joins");
	ok(strlen(answer) == known.len &&
		has(known.data, "<h1>Look into your mail</h1>") &&
		has(answer, "<h1>Look into your mail</h1>"),
	    "what is answered to both is the same, but for the address");
	buf_free(&known);
}

/* Ask for the work of a form, without doing it. */
static struct work *
work_of(struct visitor *v, const char *fields)
{
	struct response r = { 0 };
	struct buf body = { 0 };
	struct work *work;

	visit(v, "/en/join");
	wait_with_form(v, 20);
	buf_printf(&body, "_csrf=%s&%s", v->token.data, fields);
	site_serve(v->site,
	    &(struct request){ .method = "POST",
		.path = "/en/join",
		.host = "example.org",
		.scheme = "https",
		.address = v->address,
		.cookie = v->cookies.data,
		.content_type = "application/x-www-form-urlencoded",
		.body = body.data,
		.body_len = body.len },
	    &r);
	work = r.work;
	r.work = NULL;
	response_free(&r);
	buf_free(&body);
	return work;
}

static void
test_time(struct visitor *v)
{
	struct work *known = work_of(v, TYPED);
	struct work *new = work_of(v,
	    "name=A&email=third%40example.org&language=en"
	    "&password=three+blue+goats");

	ok(known != NULL && new != NULL &&
		known->hash == NULL &&new->hash ==
		    NULL &&strcmp(known->password, new->password) == 0,
	    "the password is hashed for both, so that both take as long");
	work_free(known);
	work_free(new);
}

/* How much work the writing of a form is, in steps of the database. */
static int64_t
steps_of(struct visitor *v, const char *fields)
{
	int64_t before = db_steps(site_writer(v->site));

	join(v, fields);
	return db_steps(site_writer(v->site)) - before;
}

static void
test_steps(struct visitor *v)
{
	int64_t known, new;

	v->address = "192.0.2.10";
	known = steps_of(v,
	    "name=A&email=awa%40example.org&language=en"
	    "&password=three+blue+goats");
	new = steps_of(v,
	    "name=A&email=fourth%40example.org&language=en"
	    "&password=three+blue+goats");
	ok(known > 0 && known * 10 > new * 9 && new * 10 > known * 9,
	    "and what is written is as much work");
	printf("# %lld steps, %lld steps\n", (long long)known, (long long)new);
}

static void
test_meanwhile(struct visitor *v)
{
	char link[200];
	const char *page;

	v->address = "192.0.2.8";
	join(v,
	    "name=Ben&email=ben%40example.org&language=en"
	    "&password=three+blue+goats");
	snprintf(link, sizeof(link), "%s", link_in_mail("/en/join/"));
	member_add("Ben", "ben@example.org", "two red goats", "member");
	visit(v, link);
	page = submit(v, link, "");
	ok(header(page, "location: /en/sign-in?done=known"),
	    "where there is an account meanwhile, it is said to sign in");
	ok(has(visit(v, "/en/sign-in?done=known"), "has an account already"),
	    "on the page for that");
	ok(number_in("SELECT count(*) FROM member"
		     " WHERE email_key = 'ben@example.org'") == 1,
	    "and there is one account, not two");
	join(v,
	    "name=%0D%0ABcc%3A+Cem%E2%80%AE&email=cem%40example.org"
	    "&language=en&organisation=a%0Ab&password=three+blue+goats");
	is(text_in("SELECT json_extract(data, '$.name') || '|' ||"
		   " json_extract(data, '$.organisation') FROM state.ticket"
		   " WHERE data LIKE '%Cem%'"),
	    "Bcc: Cem|a b", "names stand on one line");
	change_in("UPDATE state.ticket SET expires = unixepoch() - 1");
	ok(status(visit(v, link_in_mail("/en/join/"))) == 410,
	    "after two days the link is too old");
}

/* Eve fills in the form with the address of Flo, who opens the mail. */
static void
test_other_browser(struct visitor *v)
{
	struct visitor flo = visitor_beside(v);
	char link[200];
	const char *page;

	join(v,
	    "name=Flo&email=flo%40example.org&language=en"
	    "&password=three+blue+goats");
	snprintf(link, sizeof(link), "%s", link_in_mail("/en/join/"));
	ok(!has(visit(v, link), "type=\"password\""),
	    "in the browser that joined one button is all");
	page = visit(&flo, link);
	ok(has(page, "name=\"password\"") &&
		has(page, "filled in with another browser"),
	    "in another the password is asked for");
	page = submit(&flo, link, "");
	ok(status(page) == 422 && has(page, "not the password"),
	    "nobody opens an account that somebody else has the password of");
	page = submit(&flo, link, "password=three+red+goats");
	ok(status(page) == 422 && has(page, "href=\"#password\"") &&
		number_in("SELECT count(*) FROM member"
			  " WHERE name = 'Flo'") == 0,
	    "nor with a wrong one");
	page = submit(&flo, link, "password=three+blue+goats");
	ok(status(page) == 303 && has(visit(&flo, "/en/"), "Flo"),
	    "who knows it can, on a telephone, say");
	visitor_leave(&flo);
}

static void
test_limits(struct visitor *v)
{
	const char *page = "";

	v->address = "192.0.2.9";
	for (int i = 0; i < 6; i++)
		page = join(v,
		    "name=D&email=d%40example.org&language=en"
		    "&password=three+blue+goats");
	ok(status(page) == 429 && has(page, "\nretry-after: ") &&
		has(page, "Try again in 8 hours."),
	    "nobody gets many mails that they did not ask for");
	page = join(v,
	    "name=D&email=D%40Example.org&language=en"
	    "&password=three+blue+goats");
	ok(status(page) == 429, "in whatever letters the address is written");
	ok(number_in("SELECT count(*) FROM state.outbox"
		     " WHERE recipient = 'd@example.org'") == 5,
	    "five are sent");
}

int
main(void)
{
	struct visitor v = visitor_open();

	test_form(&v);
	test_faults(&v);
	test_mail(&v);
	test_silence(&v);
	test_time(&v);
	test_steps(&v);
	test_meanwhile(&v);
	test_other_browser(&v);
	test_limits(&v);
	visitor_close(&v);
	return done();
}
