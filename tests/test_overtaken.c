/*
 * What happens to a contribution between the moment it is looked at and the
 * moment it is written: a trigger plays the other window.
 */
#include "contributions.h"
#include "files.h"

static struct visitor awa;

static void
put_field(struct buf *b, const char *name, const char *value)
{
	buf_printf(b,
	    "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n",
	    name, value);
}

/* Send the draft with a file, which is written before it is. */
static const char *
send(const char *action, const char *words)
{
	struct buf b = { 0 }, pdf = make_pdf(words);
	const char *answer;

	visit(&awa, "/en/contributions/1");
	put_field(&b, "_csrf", buf_text(&awa.token));
	put_field(&b, "title.en", "Zandocument");
	put_field(&b, "doctype", "report");
	put_field(&b, "year", "2011");
	put_field(&b, "_do", action);
	if (*action == '\0')
		put_field(&b, "_autosave", "1");
	buf_puts(&b,
	    "--b\r\nContent-Disposition: form-data; name=\"files.0.file\";"
	    " filename=\"a.pdf\"\r\n\r\n");
	buf_put(&b, pdf.data, pdf.len);
	buf_puts(&b, "\r\n--b--\r\n");
	answer = visitor_ask(&awa,
	    &(struct request){ .method = "POST",
		.path = "/en/contributions/1/files",
		.content_type = "multipart/form-data; boundary=b",
		.body = b.data,
		.body_len = b.len });
	buf_free(&b);
	return answer;
}

/* What the other window does as soon as work for a file is queued. */
static void
meanwhile(const char *state)
{
	struct buf sql = { 0 };

	buf_puts(&sql, "DROP TRIGGER IF EXISTS state.meanwhile;");
	if (*state != '\0')
		buf_printf(&sql,
		    "CREATE TRIGGER state.meanwhile AFTER INSERT ON job BEGIN"
		    " UPDATE contribution SET state = '%s'; END;",
		    state);
	buf_puts(&sql, "UPDATE state.contribution SET state = 'draft';");
	write_sql(sql.data);
	buf_free(&sql);
}

static bool
is_state(const char *state)
{
	struct db *db = db_open(visitor_database.data, DB_READ);
	struct query *q = db_restart(db_query(db,
	    "SELECT state = :state AND tree NOT LIKE '%Zandocument%'"
	    " FROM state.contribution"));
	bool is;

	db_set_text(q, "state", state);
	is = db_number(q, 0) == 1;
	db_close(db);
	return is;
}

/* One member can't fill the disk, nor reviewers' mailboxes. */
static void
test_too_much(void)
{
	const char *answer = "";
	int n = 0;

	write_sql("DELETE FROM state.contribution");
	visit(&awa, "/en/terms");
	do {
		char fields[100];

		snprintf(fields, sizeof(fields),
		    "title.en=Zanterm+%d&names.en.synonyms=zan&_do=submit", n);
		answer = submit(&awa, "/en/glossary/new", fields);
	} while (status(answer) == 303 && ++n < 100);
	ok(n >= 57 && n <= 58 && status(answer) == 429 &&
		has(answer, "\nretry-after: "),
	    "sixty contributions an hour are sent to reviewers");
	ok(has(answer, "value=\"Zanterm 58\"") &&
		has(answer, "action=\"/en/contributions/") &&
		has(answer, "kept as a draft"),
	    "the next is there to be sent later, in its form");
	ok(number_in("SELECT count(*) FROM state.contribution"
		     " WHERE state = 'draft'") == 1,
	    "and the next is a draft still");
	write_sql("UPDATE state.contribution SET tree ="
		  " hex(zeroblob(200000))");
	answer = submit(&awa, "/en/glossary/new", "title.en=Zanmore");
	ok(status(answer) == 422 && has(answer, "there is no room for more") &&
		has(answer, "value=\"Zanmore\""),
	    "who has twenty megabytes lying about is told, and loses nothing");
}

/* Nor does it write to everybody in our name. */
static void
test_strangers(void)
{
	const char *answer = "";
	int n = 0;

	do {
		char fields[100];

		snprintf(fields, sizeof(fields),
		    "email=nobody%d%%40example.org&current=secret+word", n);
		visit(&awa, "/en/account/email");
		answer = submit(&awa, "/en/account/email", fields);
	} while (status(answer) == 303 && ++n < 20);
	ok(n == 10 && status(answer) == 429,
	    "ten addresses an hour can be tried as one's own");
}

int
main(void)
{
	const char *answer;

	awa = visitor_open();
	contribute(1,
	    member_add("Awa", "awa@example.org", "secret word", "member"), NULL,
	    NULL, "{'lang':'en','title':{'en':'Before'}}");
	member_add("Ada", "ada@example.org", "secret word", "editor");
	write_sql("UPDATE state.contribution SET kind = 'document'");
	sign_in(&awa, "awa@example.org", "secret+word");
	meanwhile("withdrawn");
	answer = send("submit", "one");
	ok(header(answer, "location: /en/contributions/1?done=meanwhile") &&
		is_state("withdrawn"),
	    "what was taken back meanwhile is not sent");
	ok(number_in("SELECT count(*) FROM state.outbox") == 0 &&
		number_in("SELECT count(*) FROM state.contribution_note") == 0,
	    "and nobody is told that it was");
	ok(has(visit(&awa, "/en/contributions/1?done=meanwhile"),
	       "This is how it is now."),
	    "its author sees how it is now");
	meanwhile("published");
	answer = send("save", "two");
	ok(header(answer, "location: /en/contributions/1?done=meanwhile") &&
		is_state("published"),
	    "what was published meanwhile is no draft again");
	meanwhile("submitted");
	ok(status(send("", "three")) == 409 && is_state("submitted"),
	    "a form that saves itself changes nothing behind reviewers' backs");
	meanwhile("");
	answer = send("submit", "four");
	ok(status(answer) == 303 && !is_state("draft") &&
		number_in("SELECT count(*) FROM state.contribution_note"
			  " WHERE state = 'submitted'") == 1,
	    "what nobody touched is sent");
	test_too_much();
	test_strangers();
	visitor_close(&awa);
	return done();
}
