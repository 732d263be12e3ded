/* A member's own pages: profile, address, sessions, data, and leaving. */
#include <jansson.h>

#include "mailbox.h"

static void
test_profile(struct visitor *v)
{
	const char *page;

	ok(status(visit(&(struct visitor){ .site = v->site }, "/en/account")) ==
		303,
	    "a visitor is asked to sign in");
	page = visit(v, "/en/account");
	ok(status(page) == 200 && has(page, "value=\"Awa Exemple\""),
	    "a member sees what is known");
	page = submit(v, "/en/account",
	    "name=Awa+Nouvelle&language=fr&country=SN&organisation=M%26N"
	    "&about=%3Cb%3Eme&role=administrator&status=disabled&id=7"
	    "&email=x%40y.org&email_key=x%40y.org&password=x");
	ok(header(page, "location: /en/account?done=saved"), "and changes it");
	is(text_in("SELECT name || '|' || lang || '|' || country || '|' ||"
		   " organisation || '|' || about FROM member"),
	    "Awa Nouvelle|fr|SN|M&N|<b>me", "which is kept");
	is(text_in("SELECT role || '|' || status || '|' || email || '|' ||"
		   " email_key FROM member"),
	    "member|active|awa@example.org|awa@example.org",
	    "whatever else was sent is not");
	page = visit(v, "/en/account?done=saved");
	ok(has(page, "role=\"status\">Saved.") && has(page, "&lt;b&gt;me"),
	    "it is said, and shown harmlessly");
	page = submit(v, "/en/account", "name=&language=fr&country=XX");
	ok(status(page) == 422 && has(page, "href=\"#country\""),
	    "faults are told");
	submit(v, "/en/account", "name=Awa+Exemple&language=en&country=SN");
}

static void
test_email(struct visitor *v)
{
	char link[200];
	const char *page;

	visit(v, "/en/account/email");
	page = submit(v, "/en/account/email",
	    "email=other%40example.org&current=no");
	ok(status(page) == 422 && mails() == 0,
	    "who does not know the password can't change the address");
	page = submit(v, "/en/account/email",
	    "email=ben%40example.org&current=secret+word+one");
	ok(status(page) == 303,
	    "an address that others have is not told apart");
	is(last_mail_name(), "known ben@example.org", "but by its owner");
	ok(number_in("SELECT count(*) FROM state.ticket"
		     " WHERE expires > unixepoch()") == 0,
	    "and can't be taken");
	visit(v, "/en/account/email");
	page = submit(v, "/en/account/email",
	    "email=other%40example.org&current=secret+word+one");
	ok(status(page) == 303, "a new address is asked for");
	is(last_mail_name(), "email other@example.org", "at that address");
	snprintf(link, sizeof(link), "%s", link_in_mail("/en/account/email/"));
	page = visit(v, link);
	ok(status(page) == 200 &&
		number_in("SELECT count(*) FROM member WHERE"
			  " email = 'other@example.org'") == 0,
	    "opening the link changes nothing yet");
	page = submit(v, link, "");
	ok(status(page) == 303 &&
		number_in("SELECT count(*) FROM member WHERE email_key ="
			  " 'other@example.org'") == 1,
	    "the button does");
	is(last_mail_name(), "email-changed awa@example.org",
	    "the old address is told");
	ok(status(submit(v, link, "")) == 410, "the link works once");
}

static void
test_sessions(struct visitor *v)
{
	struct visitor other = visitor_beside(v), ben = visitor_beside(v);
	const char *page;
	char fields[200];

	other.address = "198.51.100.20";
	sign_in(&other, "other@example.org", "secret word one");
	sign_in(&ben, "ben@example.org", "secret word two");
	page = visit(v, "/en/account/sessions");
	ok(count(page, "This is where you are now.") == 1 &&
		has(page, "198.51.100.0") && !has(page, "198.51.100.20"),
	    "a member sees the own sessions, with their network alone");
	snprintf(fields, sizeof(fields), "session=%.64s",
	    text_in("SELECT s.hash FROM state.session s JOIN member m"
		    " ON m.id = s.member WHERE m.name = 'Ben'"));
	submit(v, "/en/account/sessions", fields);
	ok(has(visit(&ben, "/en/"), "Ben"), "nobody ends another's");
	snprintf(fields, sizeof(fields), "session=%.64s",
	    text_in("SELECT hash FROM state.session"
		    " WHERE network = '198.51.100.0'"));
	page = submit(v, "/en/account/sessions", fields);
	ok(status(page) == 303 && !has(visit(&other, "/en/"), "Awa Exemple"),
	    "one of the own can be ended");
	sign_in(&other, "other@example.org", "secret word one");
	visit(v, "/en/account/sessions");
	submit(v, "/en/account/sessions", "session=others");
	ok(!has(visit(&other, "/en/"), "Awa Exemple") &&
		has(visit(v, "/en/"), "Awa Exemple") &&
		has(visit(&ben, "/en/"), "Ben"),
	    "or all others at once");
	visitor_leave(&other);
	visitor_leave(&ben);
}

static void
fill(void)
{
	change_in("INSERT INTO state.contribution (kind, member, lang, state,"
		  " title, tree, created, updated) SELECT 'scheme', id, 'en',"
		  " 'draft', 'Draft one', '{\"a\":\"b\"}', '2026', '2026'"
		  " FROM member WHERE name = 'Awa Exemple'");
	change_in("INSERT INTO state.contribution (kind, member, lang, state,"
		  " title, words, created, updated) SELECT 'scheme', id, 'en',"
		  " 'submitted', 'Sent one', 'why', '2026', '2026'"
		  " FROM member WHERE name = 'Awa Exemple'");
	change_in("INSERT INTO state.watch (member, path, query, title,"
		  " created) SELECT id, '/schemes', 'country=SN', 'Senegal',"
		  " '2026' FROM member WHERE name = 'Awa Exemple'");
	change_in("INSERT INTO state.watch_feed (member, hash, created)"
		  " SELECT id, 'x', '2026' FROM member"
		  " WHERE name = 'Awa Exemple'");
	change_in("INSERT INTO steward (member, country, since)"
		  " SELECT id, 'SN', '2026' FROM member"
		  " WHERE name = 'Awa Exemple'");
	change_in("INSERT INTO spokesperson (member, organisation, since)"
		  " SELECT m.id, r.id, '2026' FROM record r, member m"
		  " WHERE r.slug = 'ilo-step' AND m.name = 'Awa Exemple'");
	change_in("INSERT INTO feed (organisation, member, url, title, created)"
		  " SELECT r.id, m.id, 'https://e.org/f', 'Notes', '2026'"
		  " FROM record r, member m WHERE r.slug = 'ilo-step'"
		  " AND m.name = 'Awa Exemple'");
	change_in("INSERT INTO state.feed_try (member, address, organisation,"
		  " created) SELECT member, url, organisation, 0 FROM feed");
	change_in("UPDATE revision SET author = (SELECT id FROM member"
		  " WHERE name = 'Awa Exemple') WHERE record = (SELECT id"
		  " FROM record WHERE kind = 'term' LIMIT 1)");
}

/* Who keeps something new of members sees here where else to think of it: in
 * accounts_export.c and accounts_delete.c, and on the page about privacy. */
static void
test_tables(void)
{
	is(text_in(
	       "SELECT group_concat(name, ' ') FROM (SELECT DISTINCT t.name"
	       " FROM main.sqlite_schema t, pragma_table_info(t.name) c"
	       " WHERE t.type = 'table' AND c.name IN"
	       "  ('member', 'author', 'reviewer', 'owner', 'by')"
	       " AND t.name NOT IN ('source', 'news') AND t.name NOT LIKE 'fts%'"
	       " ORDER BY 1)"),
	    "feed file member_event record revision spokesperson steward withdrawal",
	    "these tables of the content tell of members");
	is(text_in("SELECT group_concat(name, ' ') FROM (SELECT DISTINCT t.name"
		   " FROM state.sqlite_schema t,"
		   "  pragma_table_info(t.name, 'state') c"
		   " WHERE t.type = 'table' AND c.name = 'member' ORDER BY 1)"),
	    "contribution contribution_note feed_try mailing session ticket watch watch_feed",
	    "and these of what passes");
}

static size_t
entries(json_t *file, const char *part)
{
	return json_array_size(json_object_get(file, part));
}

static void
test_export(struct visitor *v)
{
	const char *answer = visit(v, "/en/account/export");
	json_t *file = json_loads(body(answer), 0, NULL);

	ok(status(answer) == 200 && file != NULL,
	    "a member can take the data along, as JSON");
	ok(header(answer,
	       "content-disposition: attachment; filename=\"account.json\"") &&
		header(answer, "cache-control: no-store"),
	    "as a file that nothing keeps");
	ok(has(answer, "other@example.org") && entries(file, "sessions") == 1 &&
		entries(file, "contributions") == 2 &&
		entries(file, "watches") == 1 && entries(file, "feeds") == 1 &&
		entries(file, "feeds_looked_for") == 1 &&
		entries(file, "stewardships") == 1 &&
		entries(file, "speaks_for") == 1 &&
		entries(file, "revisions") == 1 && entries(file, "mails") == 1,
	    "with all that is kept");
	ok(!has(answer, "argon2") && !has(answer, "/account/email/") &&
		!has(answer, "Ben"),
	    "but no password, no link and nothing of others");
	json_decref(file);
}

static void
test_leaving(struct visitor *v)
{
	const char *page;

	visit(v, "/en/account/delete");
	page = submit(v, "/en/account/delete", "current=no");
	ok(status(page) == 422 && has(visit(v, "/en/"), "Awa Exemple"),
	    "who does not know the password can't delete the account");
	visit(v, "/en/account/delete");
	page = submit(v, "/en/account/delete", "current=secret+word+one");
	ok(header(page, "location: /en/?done=deleted"), "who knows it can");
	page = visit(v, "/en/?done=deleted");
	ok(has(page, "has been deleted") && !has(page, "Awa Exemple"),
	    "and is a visitor again");
	is(text_in("SELECT status || '|' || role || '|' || coalesce(name,"
		   " email, email_key, password, country, organisation,"
		   " about, '') FROM member WHERE status = 'deleted'"),
	    "deleted|member|", "nothing personal stays of the member");
	ok(number_in("SELECT count(*) FROM state.contribution"
		     " WHERE state = 'draft'") == 0,
	    "drafts go");
	ok(number_in("SELECT count(*) FROM state.contribution"
		     " WHERE state = 'withdrawn'") == 1,
	    "what was sent in is withdrawn");
	ok(number_in("SELECT (SELECT count(*) FROM state.watch)"
		     " + (SELECT count(*) FROM state.watch_feed)"
		     " + (SELECT count(*) FROM steward)"
		     " + (SELECT count(*) FROM spokesperson)"
		     " + (SELECT count(*) FROM state.ticket)"
		     " + (SELECT count(*) FROM state.outbox"
		     "  WHERE recipient = 'other@example.org')"
		     " + (SELECT count(*) FROM feed)"
		     " + (SELECT count(*) FROM state.feed_try)") == 0,
	    "so do watches, stewardships, whom they speak for, links, mails and"
	    " feeds that wait");
	ok(number_in("SELECT count(*) FROM revision r JOIN member m"
		     " ON m.id = r.author WHERE m.status = 'deleted'") == 1,
	    "what was published stays, without a name");
	visit(v, "/en/sign-in");
	page = submit(v, "/en/sign-in",
	    "email=other%40example.org&password=secret+word+one");
	ok(status(page) == 403, "nobody signs in with it any more");
	sign_in(v, "admin@example.org", "secret word six");
	visit(v, "/en/account/delete");
	page = submit(v, "/en/account/delete", "current=secret+word+six");
	ok(status(page) == 422 && has(page, "only administrator"),
	    "the last administrator can't leave");
}

int
main(void)
{
	struct visitor v = visitor_open();

	member_add("Awa Exemple", "awa@example.org", "secret word one",
	    "member");
	sign_in(&v, "awa@example.org", "secret word one");
	test_profile(&v);
	member_add("Ben", "ben@example.org", "secret word two", "member");
	member_add("Root", "admin@example.org", "secret word six",
	    "administrator");
	test_email(&v);
	test_sessions(&v);
	test_tables();
	fill();
	test_export(&v);
	test_leaving(&v);
	visitor_close(&v);
	return done();
}
