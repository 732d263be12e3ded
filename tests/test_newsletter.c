/* The newsletter: issues made of records, read on the web, sent once. */
#include "posting.h"

static void
subscriber(const char *email, const char *lang)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO subscriber (email, email_key) VALUES (:email,"
	    " :email)"));

	if (!db_begin(db))
		bail_out("begin");
	db_set_text(q, "email", email);
	db_run(q);
	q = db_restart(db_query(db,
	    "INSERT INTO subscription (subscriber, lang, path, query, title,"
	    "  period, created, seen, day) VALUES (:subscriber, :lang,"
	    "  '/newsletter', '', 'Newsletter', 'issue',"
	    "  '2026-01-01T00:00:00Z', 0, 0)"));
	db_set_int(q, "subscriber", db_last_id(db));
	db_set_text(q, "lang", lang);
	if (!db_run(q) || !db_commit(db))
		bail_out(db_error(db));
	db_close(db);
}

static void
test_none(struct visitor *v)
{
	const char *page = visit(v, "/en/newsletter");

	ok(status(page) == 200 && has(page, "There is no issue yet") &&
		has(page, "href=\"/en/digests?path=/newsletter\""),
	    "before the first issue one can ask for it");
	ok(status(visit(v, "/en/newsletter/new")) == 303,
	    "a visitor can't write one");
}

/* The third issue, in English and French. */
#define ISSUE                                                                  \
	"lang=en&title.en=Autumn+%3Cissue%3E&title.fr=Num%C3%A9ro+d%27automne" \
	"&summary.en=What+came+in."                                            \
	"&body.en=Dear+reader%2C+see+%5Bthe+library%5D%28%2Fen%2Flibrary%29."  \
	"&items.0.item=document%2Fstep-in-africa-2007"                         \
	"&items.0.heading.en=To+read&items.0.heading.fr=%C3%80+lire"           \
	"&items.0.note.en=A+short+one.&items.0.note.fr=Un+texte+court."        \
	"&items.1.item=theme%2Fmicroinsurance"

static void
test_write(struct visitor *editor)
{
	const char *page = visit(editor, "/en/newsletter/new");

	ok(status(page) == 200 && has(page, "name=\"number\" value=\"1\""),
	    "an editor writes an issue like any record, and its number is "
	    "proposed");
	page =
	    submit(editor, "/en/newsletter/new", "_do=publish&number=3&" ISSUE);
	ok(status(page) == 303 &&
		header(page,
		    "location: /en/newsletter/autumn-issue?done=published"),
	    "what it holds are records, with words about them");
	page = visit(editor, "/en/newsletter/new");
	ok(has(page, "name=\"number\" value=\"4\""),
	    "the next one has the next number");
	page = submit(editor, "/en/newsletter/new",
	    "_do=publish&number=3&lang=en&title.en=Again");
	ok(status(page) == 422 && has(page, "There is an issue “3” already."),
	    "no number is given twice");
	visit(editor, "/en/newsletter/autumn-issue/edit");
	page = submit(editor, "/en/newsletter/autumn-issue/edit",
	    "_do=publish&number=3&summary.fr=R%C3%A9sum%C3%A9&" ISSUE);
	ok(status(page) == 303 && has(page, "done=published"),
	    "but an issue keeps its own");
}

static void
test_read(struct visitor *v)
{
	const char *page = visit(v, "/en/newsletter");

	ok(has(page, "Autumn &lt;issue&gt;") && has(page, "No. 3"),
	    "the archive has every issue with its number");
	page = visit(v, "/fr/newsletter/autumn-issue");
	ok(has(page, ">Numéro d&#39;automne</h1>"),
	    "an issue is read in the reader's language");
	ok(before(page, "À lire", "Un texte court.") &&
		before(page, "Un texte court.", "/fr/themes/microinsurance"),
	    "its records in order, under their headings, with their words");
	page = visit(v, "/es/newsletter/autumn-issue");
	ok(has(page, "Este texto está en") && has(page, "lang=\"en\">To read"),
	    "in a language it has not, it is marked as another");
	page = visit(v, "/en/newsletter/3");
	ok(status(page) == 302 &&
		header(page, "location: /en/newsletter/autumn-issue"),
	    "its number leads there");
	ok(status(visit(v, "/en/newsletter/7")) == 404,
	    "one that is not given leads nowhere");
	page = visit(v, "/en/newsletter/autumn-issue.json");
	ok(has(page, "\"number\":3"), "it is there as data");
	ok(has(page, "\"note\"") && has(page, "A short one."),
	    "with all it holds");
	ok(has(visit(v, "/en/newsletter.atom"), "Autumn &lt;issue&gt;") &&
		has(visit(v, "/en/newsletter.rss"), "Autumn &lt;issue&gt;"),
	    "the newsletter has feeds");
	ok(has(visit(v, "/sitemap.xml"), "/en/newsletter/autumn-issue"),
	    "and search engines find it");
	ok(has(visit(v, "/en/search?q=autumn"), "Autumn"),
	    "as the search does");
}

#define SEND "/en/newsletter/autumn-issue/send"

static void
test_preview(struct visitor *v, struct visitor *editor)
{
	const char *page;

	ok(status(visit(v, SEND)) == 303, "a visitor can't send it");
	page = visit(editor, SEND);
	ok(has(page, "Nobody has subscribed") && !has(page, "value=\"send\""),
	    "without subscribers there is nobody to send it to");
	ok(has(page, "Autumn &lt;issue&gt; (Mutua, no. 3)"),
	    "an editor sees the mail's subject");
	ok(has(page, "<a href=\"https://example.org/en/library\">the library"),
	    "its HTML, with links that work in a mail");
	ok(has(page, "the library &lt;https://example.org/en/library&gt;."),
	    "and its text");
	page = visit(editor, SEND "?mail=fr");
	ok(has(page, "À lire") && has(page, "Lettre d’information n°"),
	    "in each language");
	submit(editor, SEND, "do=try&mail=es");
	is(last_mail_name(), "newsletter ed@example.org",
	    "a test goes to the editor alone");
	ok(has(last_mail(), "Este número no está en su idioma"),
	    "which says so of a language the issue has not");
}

static int64_t
sent(void)
{
	return number_in("SELECT count(*) FROM state.outbox"
			 " WHERE once LIKE 'newsletter %'");
}

static void
test_send(struct visitor *editor)
{
	const char *page;

	subscriber("ana@example.org", "en");
	subscriber("luc@example.org", "fr");
	subscriber("eva@example.org", "es");
	page = visit(editor, SEND);
	ok(has(page, "3 in all"), "an editor is told how many will get it");
	page = submit(editor, SEND, "do=send&mail=en");
	ok(status(page) == 422 && has(page, "href=\"#sure\""),
	    "it is not sent by a slip");
	page = submit(editor, SEND, "do=send&sure=1&mail=en");
	ok(status(page) == 303, "then it is");
	subscriber("late@example.org", "en");
	run_mailings();
	is(text_in("SELECT group_concat(recipient || ' ' || lang, ', ') FROM"
		   " (SELECT recipient, lang FROM state.outbox"
		   "  WHERE once LIKE 'newsletter %' ORDER BY id)"),
	    "ana@example.org en, luc@example.org fr, eva@example.org es",
	    "to all who had subscribed, each in their language");
	ok(before(mail_to("newsletter", "text", "luc@example.org"), "À lire",
	       "Un texte court."),
	    "with what the issue says");
	ok(has(mail_to("newsletter", "html", "ana@example.org"),
	       "href=\"https://example.org/en/library\""),
	    "with whole addresses");
	ok(has(mail_to("newsletter", "unsubscribe", "ana@example.org"),
	       "https://example.org/en/digests/end/"),
	    "and the way out");
	page = visit(editor, SEND);
	ok(has(page, "It was sent on") && !has(page, "value=\"send\""),
	    "the page says how far it is, and offers it no more");
	submit(editor, SEND, "do=send&sure=1&mail=en");
	change_in("UPDATE state.mailing SET served = 0, ended = NULL");
	run_mailings();
	ok(sent() == 3,
	    "it cannot be sent twice, whatever is pressed or "
	    "begins anew");
}

/* Ten thousand wait their turn: no more than some stand in the outbox. */
static void
test_many(void)
{
	struct buf why = { 0 };
	struct jobs j = { .mailer = mailer_open("assets", "",
			      "https://example.org", &why) };

	change_in("UPDATE state.outbox SET sent = 1");
	change_in("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
		  " FROM n WHERE i < 450) INSERT INTO state.subscriber"
		  " (email, email_key) SELECT 'n' || i || '@example.org',"
		  " 'n' || i || '@example.org' FROM n");
	change_in("INSERT INTO state.subscription (subscriber, lang, path,"
		  " query, title, period, created, seen, day) SELECT id, 'en',"
		  " '/newsletter', '', 'Newsletter', 'issue', '2026', 0, 0"
		  " FROM state.subscriber WHERE email LIKE 'n%'");
	change_in("DELETE FROM state.mailing");
	change_in("INSERT INTO state.mailing (record, started, total, last)"
		  " SELECT n.record, '2026', 450, (SELECT max(id) FROM"
		  " state.subscription) FROM newsletter n");
	j.db = db_open(visitor_database.data, DB_WRITE);
	for (int i = 0; i < 5; i++)
		jobs_newsletter(&j);
	ok(number_in("SELECT count(*) FROM state.outbox WHERE sent IS NULL") ==
		200,
	    "however many there are, some hundreds wait at a time");
	for (int i = 0; i < 5; i++) {
		change_in("UPDATE state.outbox SET sent = 1");
		jobs_newsletter(&j);
	}
	ok(sent() == 3 + 1 + 450, "until all have it, each once");
	ok(number_in("SELECT count(*) FROM state.mailing"
		     " WHERE ended IS NOT NULL") == 1,
	    "then it has been sent");
	mailer_close(j.mailer);
	db_close(j.db);
	arena_free(&j.arena);
}

static void
test_one_click(struct visitor *v)
{
	const char *url =
	    mail_to("newsletter", "unsubscribe", "n7@example.org");
	const char *at = strstr(url, "/en/digests/end/");
	char *path = strdup(at != NULL ? at : "/");

	ok(status(post(v, path, "List-Unsubscribe=One-Click")) == 200 &&
		number_in("SELECT count(*) FROM state.subscriber"
			  " WHERE email = 'n7@example.org'") == 0,
	    "one click ends the newsletter, and the address is forgotten");
	free(path);
}

int
main(void)
{
	struct visitor v = visitor_open(), editor = visitor_beside(&v);

	member_add("Ed Itor", "ed@example.org", "secret word", "editor");
	test_none(&v);
	sign_in(&editor, "ed@example.org", "secret+word");
	test_write(&editor);
	test_read(&v);
	test_preview(&v, &editor);
	test_send(&editor);
	test_many();
	test_one_click(&v);
	visitor_leave(&editor);
	visitor_close(&v);
	return done();
}
