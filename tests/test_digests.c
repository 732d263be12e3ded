/* Digests: asked for by anybody, confirmed by who reads the mail, told once. */
#include "data/subscription.h"
#include "posting.h"

#define NEW_DOCUMENT(title)                                               \
	"{'lang':'en','title':'" title "','summary':'What it is about.'," \
	"'doctype':'working-paper','countries':['BJ']}"
#define LIST "of=&what=%2Flibrary%3Fcountry%3DBJ&theme=&period=daily"
#define ASK LIST "&language=en&homepage=&email="

static const char *
count_of(const char *table)
{
	static char n[24];

	snprintf(n, sizeof(n), "%lld",
	    (long long)(strcmp(table, "subscription") == 0
		    ? number_in("SELECT count(*) FROM state.subscription")
		    : number_in("SELECT count(*) FROM state.subscriber")));
	return n;
}

static int64_t
digests(void)
{
	return number_in(
	    "SELECT count(*) FROM state.outbox WHERE name = 'digest'");
}

static void
test_days(void)
{
	const int64_t monday = 4 * 86400, six = 6 * 3600;

	ok(subscription_day(monday + six) == 4 &&
		subscription_day(monday + six - 1) == 3,
	    "a day begins at six");
	ok(subscription_monday(4) == 4 && subscription_monday(10) == 4 &&
		subscription_monday(11) == 11 && subscription_monday(3) == -3,
	    "a week on Monday");
	ok(subscription_next(monday) == monday + six &&
		subscription_next(monday + six) == monday + six + 86400,
	    "the next digests are a day later");
}

static void
test_form(struct visitor *v)
{
	const char *page = visit(v, "/en/library?country=BJ&page=2");

	ok(has(page,
	       "href=\"/en/digests?path=%2Flibrary"
	       "&amp;query=country%3DBJ%26page%3D2\">by e-mail</a>"),
	    "beside the feeds of a list stands the way to have it by e-mail");
	page =
	    visit(v, "/en/digests?path=/library&query=country%3DBJ%26page%3D2");
	ok(has(page,
	       "<option value=\"/library?country=BJ\" selected>"
	       "Library, Benin</option>"),
	    "the form knows where one comes from, but not on which page");
	ok(has(visit(v, "/fr/digests"), ">Documents</option>") &&
		has(visit(v, "/en/digests?path=/nothing"),
		    "value=\"/news\" selected"),
	    "without that one chooses a list");
	ok(has(visit(v, "/en/themes/microinsurance"),
	       "/en/digests?path=/search&amp;query=theme%3Dmicroinsurance"),
	    "a theme leads there, too");
	page = submit(v, "/en/digests",
	    "of=%2Flibrary%3Fcountry%3DBJ&what=%2Fnothing&theme=none"
	    "&period=hourly&email=nobody&language=de");
	ok(status(page) == 422 && has(page, "href=\"#what\"") &&
		has(page, "href=\"#theme\"") && has(page, "href=\"#period\"") &&
		has(page, "href=\"#email\"") && has(page, "href=\"#language\""),
	    "every fault is told at its place");
	ok(has(page, "value=\"nobody\"") && has(page, "Library, Benin"),
	    "and nothing that was typed is lost");
}

/* The confirming link of the last mail. */
static char *
asked(struct visitor *v, const char *fields)
{
	visit(v, "/en/digests");
	if (status(submit(v, "/en/digests", fields)) != 200)
		bail_out("cannot ask for a digest");
	return strdup(link_in_mail("/en/digests/confirm/"));
}

static void
test_confirm(struct visitor *v)
{
	char *link = asked(v, ASK "Ana%40example.org");
	const char *page;

	is(last_mail_name(), "subscribe Ana@example.org",
	    "a visitor gets a mail to confirm");
	is(count_of("subscriber"), "0", "nothing else is kept");
	publish_new("document", NEW_DOCUMENT("Before it is confirmed"));
	days_pass();
	run_mailings();
	ok(digests() == 0, "a visitor hears nothing until they have confirmed");
	page = visit(v, link);
	ok(has(page, "Library, Benin") && has(page, "every day") &&
		has(page, "Ana@example.org"),
	    "the mail leads to a page that says what it is");
	is(count_of("subscription"), "0",
	    "a program that opens the link confirms nothing");
	page = submit(v, link, "");
	ok(status(page) == 303 && has(page, "location: /en/digests/manage/"),
	    "a button does");
	is(count_of("subscription"), "1", "then they subscribe");
	ok(status(visit(v, link)) == 410 && status(submit(v, link, "")) == 410,
	    "the link works once");
	free(link);
}

static void
test_silence(struct visitor *v)
{
	const char *page;
	char *first, *link;

	visit(v, "/en/digests");
	first = strdup(submit(v, "/en/digests", ASK "new%40example.org"));
	visit(v, "/en/digests");
	page = submit(v, "/en/digests", ASK "ana%40example.org");
	ok(status(page) == 200 && has(first, "new@example.org") &&
		strlen(page) == strlen(first),
	    "whether an address subscribes already is not told");
	is(last_mail_name(), "subscribe ana@example.org",
	    "not even by another mail");
	link = strdup(link_in_mail("/en/digests/confirm/"));
	visit(v, link);
	submit(v, link, "");
	is(count_of("subscription"), "1", "asking twice is asking once");
	visit(v, "/en/digests");
	submit(v, "/en/digests",
	    "of=&what=%2Fsearch%3Fq%3DBuy%2Bpills&theme=&period=weekly"
	    "&language=en&email=victim%40example.org");
	ok(!has(last_mail(), "pills") && has(last_mail(), "Mondays"),
	    "nobody can have us mail their words to others");
	visit(v, "/en/digests");
	page = submit(v, "/en/digests",
	    "what=%2Fnews&period=daily&language=en&homepage=x"
	    "&email=bot%40example.org");
	ok(status(page) == 200 && !has(last_mail_name(), "bot@"),
	    "a program that fills in everything is told nothing, nor served");
	change_in("UPDATE state.ticket SET expires = unixepoch() - 1");
	ok(status(visit(v, link_in_mail("/en/digests/confirm/"))) == 410,
	    "what is not confirmed in time is over");
	free(first);
	free(link);
}

static void
test_told(void)
{
	run_mailings();
	ok(digests() == 0, "before the next day nothing is sent");
	days_pass();
	run_mailings();
	ok(digests() == 0,
	    "nothing is sent when nothing is new since they confirmed");
	publish_new("document", NEW_DOCUMENT("One & only"));
	publish_new("news", "{'lang':'en','title':'Elsewhere'}");
	days_pass();
	run_mailings();
	ok(digests() == 1, "what is new is told on the next day");
	is(mail_to("digest", "subject", "Ana@example.org"),
	    "Mutua: new in “Library, Benin”", "in a mail that says of what");
	ok(has(mail_to("digest", "text", "Ana@example.org"), "One & only") &&
		has(mail_to("digest", "html", "Ana@example.org"),
		    "<a href=\"https://example.org/en/library/one-only\">"
		    "One &amp; only</a>"),
	    "as text and as HTML");
	ok(!has(mail_to("digest", "text", "Ana@example.org"), "Elsewhere") &&
		!has(mail_to("digest", "text", "Ana@example.org"), "Before it"),
	    "and of nothing else");
	days_pass();
	run_mailings();
	ok(digests() == 1, "a mail names each new document once");
	change_in("UPDATE record SET updated = '2099-01-01T00:00:00Z'"
		  " WHERE slug = 'one-only'");
	days_pass();
	run_mailings();
	ok(digests() == 1, "a document that is changed is not new");
}

/* Killed between two runs, or with two processes: all is as it was. */
static void
test_twice(void)
{
	int64_t before;

	publish_new("document", NEW_DOCUMENT("Told once"));
	days_pass();
	run_mailings();
	before = digests();
	change_in("UPDATE state.subscription SET day = day - 1,"
		  " seen = seen - 1");
	run_mailings();
	ok(digests() == before, "on one day nobody gets two");
}

static void
test_many(void)
{
	char json[300];

	for (int i = 0; i < 23; i++) {
		snprintf(json, sizeof(json), NEW_DOCUMENT("Paper %02d"), i);
		publish_new("document", json);
	}
	days_pass();
	run_mailings();
	ok(count(mail_to("digest", "text", "Ana@example.org"), "Paper ") ==
		    20 &&
		has(mail_to("digest", "text", "Ana@example.org"),
		    "… and 3 more\n"),
	    "a mail has twenty entries, and says how many more there are");
	ok(has(mail_to("digest", "text", "Ana@example.org"),
	       "https://example.org/en/library?country=BJ\n"),
	    "with the address of all");
}

static void
test_manage(struct visitor *v)
{
	struct visitor other = visitor_beside(v);
	char *manage, *elsewhere;
	const char *page;

	change_in("UPDATE state.outbox SET text = replace(text,"
		  " 'https://example.org/', '/')");
	manage = strdup(link_in_mail("/en/digests/manage/"));
	page = visit(&other, manage);
	ok(status(page) == 200 && has(page, "Ana@example.org") &&
		has(page, "Library, Benin") &&
		header(page, "cache-control: no-store"),
	    "a mail leads to all that its address gets");
	submit(&other, manage, "subscription=1&do=weekly");
	is(text_in("SELECT period FROM state.subscription WHERE id = 1"),
	    "weekly", "how often can be changed there");
	change_in("UPDATE state.subscription SET day = 0");
	change_in("UPDATE state.outbox SET once = NULL");
	submit(&other, manage, "subscription=1&do=daily");
	publish_new("document", NEW_DOCUMENT("Not at noon"));
	run_mailings();
	ok(!has(mail_to("digest", "text", "Ana@example.org"), "Not at noon"),
	    "no mail comes of that but at its time");
	submit(&other, manage, "subscription=1&do=weekly");
	ok(has(visit(&other, manage), "every Monday") &&
		has(visit(&other, manage), "Every day instead"),
	    "which is said");
	elsewhere = strdup(manage);
	*strrchr(elsewhere, '-') = 'x';
	ok(status(visit(&other, elsewhere)) == 404,
	    "nobody else has the address");
	visit(&other, manage);
	page = submit(&other, manage, "do=end_all");
	ok(status(page) == 303 && strcmp(count_of("subscriber"), "0") == 0,
	    "all can be ended at once, and the address is forgotten");
	ok(has(visit(&other, manage), "Nothing is sent to this address"),
	    "the page then says so");
	visitor_leave(&other);
	free(manage);
	free(elsewhere);
}

/* Subscribe as a visitor who confirms. */
static void
subscribe(struct visitor *v, const char *fields)
{
	char *link = asked(v, fields);

	visit(v, link);
	submit(v, link, "");
	free(link);
}

static void
test_one_click(struct visitor *v)
{
	struct visitor program = visitor_beside(v);
	const char *page;
	char *path;

	change_in("DELETE FROM state.bucket");
	subscribe(v, ASK "ben%40example.org");
	subscribe(v,
	    "what=%2Fnews&period=weekly&language=en"
	    "&email=ben%40example.org");
	publish_new("document", NEW_DOCUMENT("For Ben"));
	days_pass();
	run_mailings();
	page = strstr(mail_to("digest", "unsubscribe", "ben@example.org"),
	    "/en/digests/end/");
	path = strdup(page != NULL ? page : "/");
	ok(has(path, "/en/digests/end/"), "every digest has a way out");
	ok(has(text_in("SELECT group_concat(name || recipient)"
		       " FROM state.outbox WHERE sent IS NULL"),
	       "digestben@"),
	    "and waits to be sent");
	ok(has(visit(&program, path), "<button>") &&
		strcmp(count_of("subscription"), "2") == 0,
	    "opening it ends nothing");
	page = post(&(struct visitor){ .site = v->site }, path,
	    "List-Unsubscribe=One-Click");
	ok(status(page) == 200 && has(page, "These mails have ended"),
	    "one click ends it, without a cookie or a token");
	is(text_in("SELECT group_concat(path) FROM state.subscription"),
	    "/news", "and nothing else");
	ok(!has(text_in("SELECT group_concat(name || recipient)"
			" FROM state.outbox WHERE sent IS NULL"),
	       "digestben@"),
	    "what was on its way does not come any more");
	page = post(&program, path, "List-Unsubscribe=One-Click");
	ok(status(page) == 200, "a second click is as good");
	path[strlen(path) - 1] ^= 1;
	ok(status(post(&program, path, "List-Unsubscribe=One-Click")) == 404,
	    "an address that was made up ends nothing");
	visitor_leave(&program);
	free(path);
}

static void
test_refused(void)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);

	subscription_answered(db, "ben@example.org", false);
	subscription_answered(db, "ben@example.org", false);
	subscription_answered(db, "Ben@example.org", true);
	subscription_answered(db, "ben@example.org", false);
	subscription_answered(db, "ben@example.org", false);
	is(count_of("subscriber"), "1",
	    "an address that answers now and then is kept");
	subscription_answered(db, "BEN@example.org", false);
	is(count_of("subscriber"), "0",
	    "one that takes no mail three times is forgotten");
	is(count_of("subscription"), "0", "with all that went there");
	db_close(db);
}

static void
test_languages(struct visitor *v)
{
	change_in("DELETE FROM state.bucket");
	visit(v, "/en/digests");
	submit(v, "/en/digests",
	    "what=%2Flibrary&theme=microinsurance&period=weekly&language=fr"
	    "&email=fr%40example.org");
	ok(has(mail_to("subscribe", "subject", "fr@example.org"),
	       "voulez-vous"),
	    "who asks for French is asked in French");
	visit(v, link_in_mail("/fr/digests/confirm/"));
	submit(v, link_in_mail("/fr/digests/confirm/"), "");
	is(text_in("SELECT path || ' ' || query || ' ' || lang"
		   " FROM state.subscription"),
	    "/library theme=microinsurance fr",
	    "a theme can be chosen beside the list");
	publish_new("document",
	    "{'lang':'en','title':{'en':'In English','fr':'En français'},"
	    "'doctype':'working-paper','themes':['microinsurance']}");
	publish_new("document",
	    "{'lang':'es','title':{'es':'En español'},"
	    "'doctype':'working-paper','themes':['microinsurance']}");
	days_pass();
	run_mailings();
	ok(has(mail_to("digest", "text", "fr@example.org"), "En français") &&
		!has(mail_to("digest", "text", "fr@example.org"), "In English"),
	    "a digest is in the language that was chosen");
	ok(has(mail_to("digest", "text", "fr@example.org"), "En español") &&
		has(mail_to("digest", "text", "fr@example.org"), "(es)"),
	    "what is not is marked");
}

static void
test_limits(struct visitor *v)
{
	const char *page = "";

	change_in("DELETE FROM state.bucket");
	for (int i = 0; i < 6; i++) {
		visit(v, "/en/digests");
		page = submit(v, "/en/digests", ASK "often%40example.org");
	}
	ok(status(page) == 429, "nobody is asked six times a day");
	visit(v, "/en/digests");
	page = submit(v, "/en/digests", ASK "Often%2Bx%40example.org");
	ok(status(page) == 429, "… at no address of the same mailbox");
	change_in("DELETE FROM state.bucket");
	for (int i = 0; i < 11; i++) {
		char fields[200];

		snprintf(fields, sizeof(fields), "%sn%d%%40example.org", ASK,
		    i);
		visit(v, "/en/digests");
		page = submit(v, "/en/digests", fields);
	}
	ok(status(page) == 429, "nor can one ask for everybody");
	change_in("DELETE FROM state.bucket");
}

static void
test_member(struct visitor *v)
{
	const char *page;
	int64_t before = mails();

	member_add("Awa Exemple", "awa@example.org", "secret word", "member");
	sign_in(v, "awa@example.org", "secret+word");
	page = visit(v, "/en/digests?path=/news");
	ok(!has(page, "name=\"email\"") && has(page, "awa@example.org"),
	    "a member's address is known");
	page = submit(v, "/en/digests",
	    "of=%2Fnews&what=%2Fnews&period=weekly&language=en"
	    "&email=other%40example.org");
	ok(status(page) == 303 && mails() == before,
	    "so a member gets what they ask for at once");
	is(text_in("SELECT group_concat(email) FROM state.subscriber"
		   " WHERE email = 'other@example.org'"),
	    "", "and never for somebody else");
	page = visit(v, "/en/watches");
	ok(has(page, "every Monday") && has(page, "/en/digests/manage/"),
	    "it stands beside what they watch, with the way to change it");
	ok(has(visit(v, "/en/account/export"),
	       "\"digests\": [{\"title\":\"News\",\"path\":\"/news\""),
	    "PRIV-1: the export of an account has its digests");
	visit(v, "/en/account/delete");
	page = submit(v, "/en/account/delete", "current=secret+word");
	ok(status(page) == 303 &&
		number_in("SELECT count(*) FROM state.subscriber"
			  " WHERE email = 'awa@example.org'") == 0,
	    "PRIV-1: they go with the account");
}

int
main(void)
{
	struct visitor v = visitor_open();

	test_days();
	test_form(&v);
	test_confirm(&v);
	test_silence(&v);
	test_told();
	test_twice();
	test_many();
	test_manage(&v);
	test_one_click(&v);
	test_refused();
	test_languages(&v);
	test_limits(&v);
	test_member(&v);
	visitor_close(&v);
	return done();
}
