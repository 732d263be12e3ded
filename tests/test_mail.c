/*
 * Mails: from a template to what goes over the wire, read strictly.
 */
#include <ctype.h>

#include "data/message.h"
#include "data/outbox.h"
#include "test.h"
#include "view/mail.h"

static const struct message plain = {
	.name = "Mutua",
	.from = "mutua@example.org",
	.reply = "",
	.to = "ana@example.net",
	.subject = "Hello",
	.lang = "en",
	.text = "Hello.\n",
	.html = "<p>Hello.</p>\n",
	.unsubscribe = "",
	.id = 7,
	.date = 1767225600, /* 2026-01-01 */
};

static struct buf wire;

static const char *
made(struct message m)
{
	buf_clear(&wire);
	return message_put(&wire, &m) ? buf_text(&wire) : "";
}

/* Every line is ended by CR LF, has at most 998 bytes, and is ASCII. */
static bool
is_strict(const char *mail)
{
	size_t column = 0;

	for (const char *p = mail; *p != '\0'; p++) {
		if (*p == '\r' && p[1] == '\n') {
			column = 0;
			p++;
			continue;
		}
		if (*p < ' ' || *p > '~' || ++column > 998)
			return false;
	}
	return *mail != '\0' && column == 0;
}

static bool
has_line(const char *mail, const char *line)
{
	struct buf whole = { 0 };
	bool found;

	buf_printf(&whole, "\r\n%s\r\n", line);
	found = has(mail, whole.data) ||
	    strncmp(mail, whole.data + 2, whole.len - 2) == 0;
	buf_free(&whole);
	return found;
}

/* How many headers there are: lines before the empty one, folded ones as one. */
static int
headers(const char *mail)
{
	int n = 0;

	for (; *mail != '\0' && strncmp(mail, "\r\n", 2) != 0; n++) {
		do
			mail = strstr(mail, "\r\n") + 2;
		while (*mail == ' ');
	}
	return n;
}

static size_t
longest_line(const char *s)
{
	size_t most = 0, n;

	for (; *s != '\0'; s += n + (s[n] != '\0')) {
		n = strcspn(s, "\n");
		most = n > most ? n : most;
	}
	return most;
}

static void
headers_of_a_mail(void)
{
	struct message m = plain;
	const char *mail = made(m);
	int n = headers(mail);

	ok(is_strict(mail), "a mail is ASCII in lines of at most 998 bytes");
	ok(has_line(mail, "Date: Thu, 01 Jan 2026 00:00:00 +0000"),
	    "it has the time it was queued");
	ok(has_line(mail, "From: Mutua <mutua@example.org>"), "a sender");
	ok(has_line(mail, "To: <ana@example.net>"), "a recipient");
	ok(has_line(mail, "Subject: Hello"), "a subject");
	ok(has_line(mail, "Message-ID: <mutua.1767225600.7@example.org>"),
	    "and an id");
	ok(has_line(mail, "Auto-Submitted: auto-generated"),
	    "machines that answer mails are asked not to");
	ok(!has(mail, "Reply-To") && !has(mail, "List-Unsubscribe"),
	    "what is not set is not there");
	m.reply = "help@example.org";
	m.unsubscribe = "https://example.org/en/unsubscribe/x";
	mail = made(m);
	ok(headers(mail) == n + 3 &&
		has_line(mail, "Reply-To: <help@example.org>"),
	    "answers go where the site wants them");
	ok(has_line(mail,
	       "List-Unsubscribe: <https://example.org/en/unsubscribe/x>") &&
		has_line(mail,
		    "List-Unsubscribe-Post: List-Unsubscribe=One-Click"),
	    "a click on unsubscribe is enough");
}

static void
words_in_headers(void)
{
	struct message m = plain;
	const char *mail;

	m.subject = "Publié : mutuelle de santé";
	mail = made(m);
	ok(has_line(mail,
	       "Subject: =?utf-8?B?UHVibGnDqSA6IG11dHVlbGxlIGRlIHNhbnTDqQ==?="),
	    "a subject with accents is an encoded word");
	m.subject = "éééééééééééééééééééééééééééééééééééééééé";
	mail = made(m);
	ok(is_strict(mail) && count(mail, "=?utf-8?B?") == 2 &&
		has(mail, "?=\r\n =?"),
	    "a long one is several, cut between characters");
	m.subject = "=?utf-8?B?AAAA?=";
	ok(has_line(made(m), "Subject: =?utf-8?B?PT91dGYtOD9CP0FBQUE/PQ==?="),
	    "what looks like one is encoded again");
	m.name = "\"A\" <b@c>";
	ok(!has(made(m), "b@c"), "a name is no address");
}

static void
injection(void)
{
	int n = headers(made(plain));
	struct message m = plain;
	const char *mail;

	m.subject = "Hello\r\nBcc: eve@example.net\r\n\r\n<p>mine</p>";
	m.name = "Mutua\nBcc: eve@example.net";
	mail = made(m);
	ok(headers(mail) == n && is_strict(mail) && !has(mail, "\nBcc:"),
	    "a line end in a subject or a name makes no header");
	m = plain;
	m.to = "ana@example.net\r\nBcc: eve@example.net";
	is(made(m), "", "an address with one is refused");
	m = plain;
	m.to = "ana@example.net, eve@example.net";
	is(made(m), "", "so are two addresses");
	m = plain;
	m.unsubscribe = "https://example.org/>\r\nBcc: eve@example.net";
	is(made(m), "", "and a link that would end early");
	ok(!message_is_address("<ana@example.net>") &&
		!message_is_address("ana") && !message_is_address("@x") &&
		!message_is_address("a@b@c") && !message_is_address("a@") &&
		!message_is_address("a..b@c.d") &&
		!message_is_address("ana@ex ample.net") &&
		!message_is_address("aná@example.net"),
	    "what is no address is refused");
	ok(message_is_address("ana.lopez+mutua@mail.example.net") &&
		message_is_address("o'neill@example.org"),
	    "what is one is not");
}

static void
bodies(void)
{
	struct message m = plain;
	struct buf text = { 0 };
	const char *mail;

	for (int i = 0; i < 2000; i++)
		buf_puts(&text, "é=");
	buf_puts(&text, "\nends in a blank \n.\nFrom here\n");
	m.text = text.data;
	mail = made(m);
	ok(is_strict(mail) && longest_line(mail) <= 77,
	    "long lines are broken softly");
	ok(count(mail, "=C3=A9=3D") > 1500, "accents and = are encoded");
	ok(has(mail, "ends in a blank=20\r\n"), "a blank at the end stays");
	ok(count(mail, "--=_1767225600.7\r\n") == 2 &&
		has(mail, "\r\n--=_1767225600.7--\r\n"),
	    "there are two parts");
	ok(before(mail, "text/plain", "text/html"), "the better one last");
	buf_free(&text);
}

static const char *
text_of(const char *html)
{
	buf_clear(&wire);
	mail_text(&wire, html);
	return buf_text(&wire);
}

static void
text_part(void)
{
	is(text_of("<p>One &amp; two</p>\n<p>three</p>\n"),
	    "One & two\n\nthree\n", "paragraphs are set apart");
	is(text_of("<p>See <a href=\"https://e.org/?a=1&amp;b=2\">it</a>.</p>"),
	    "See it <https://e.org/?a=1&b=2>.\n",
	    "a link in a sentence has its address behind it");
	is(text_of("<p><a href=\"https://e.org/x\">Go on</a></p>"),
	    "Go on\nhttps://e.org/x\n",
	    "one that stands alone has it on a line of its own");
	is(text_of("<p><a href=\"https://e.org\">https://e.org</a></p>"),
	    "https://e.org\n", "an address is not written twice");
	is(text_of("<p>Why:</p><blockquote>one\ntwo\n\nthree</blockquote>"
		   "<p>so</p>"),
	    "Why:\n\n    one\n    two\n\n    three\n\nso\n",
	    "a quotation keeps its lines and is indented");
	is(text_of("<ul><li>one<br>more</li><li>two</li></ul><p>end</p>"),
	    "- one\n  more\n- two\n\nend\n", "lists are lists");
	is(text_of("<p>ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé "
		   "ééééééééé ééééééééé ééééééééé</p>"),
	    "ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé "
	    "ééééééééé\nééééééééé\n",
	    "lines have at most 72 characters");
}

static struct db *
new_state(void)
{
	struct buf path = { 0 }, schema = { 0 };
	struct db *db;

	buf_printf(&path, "%s/outbox.db", test_dir());
	db = db_open(path.data, DB_CREATE);
	schema = test_file("schema/state/001-state.sql");
	db_script(db, buf_text(&schema));
	buf_free(&path);
	buf_free(&schema);
	return db;
}

static struct mailer *
new_mailer(void)
{
	struct buf why = { 0 };
	struct mailer *m =
	    mailer_open("assets", "Entraide & Cie", "https://e.org", &why);

	if (m == NULL)
		bail_out(buf_text(&why));
	return m;
}

/* The names that the templates without rows ask for. */
static struct model
all_names(void)
{
	static const char *const names[] = { "link", "sign_in", "reset",
		"title", "words", "said", "url", "who", "more",
		"organisation_title", "list", "end", "manage", "daily",
		"weekly", "gone", "doubled", "waiting", "only", NULL };
	struct model m = { 0 };

	for (size_t i = 0; names[i] != NULL; i++)
		model_text(&m, names[i], "/it");
	model_change(&m, "title", "Line\r\nBcc: eve@e.org <b>&");
	model_change(&m, "words", "First.\n\n<script>");
	return m;
}

static struct query *
changes(struct db *db)
{
	return db_query(db,
	    "SELECT column1 AS title, column2 AS url, column3 AS time,"
	    " column4 AS who, column5 AS comment FROM (VALUES"
	    " ('A', '/en/a', '2026-01-01', 'Ana', 'why'),"
	    " ('B', '/en/b', '2026-01-02', NULL, NULL))");
}

static struct query *
items(struct db *db)
{
	return db_query(db,
	    "SELECT 'A' AS title, '/en/a' AS url, 'fr' AS other_lang,"
	    " 'Document' AS kind_label, '2026' AS published_text,"
	    " 'What it is.' AS summary, 'Part' AS heading, NULL AS note");
}

static struct query *
head(struct db *db)
{
	return db_query(db,
	    "SELECT 'A' AS title, '/en/a' AS url, 3 AS number,"
	    " 'What it is.' AS summary, '<p>Dear <em>reader</em>,</p>'"
	    " AS body_html, 'today' AS published_text,"
	    " NULL AS text_language, 1 AS bare");
}

static const char *
row(struct db *db, struct query *q)
{
	static char text[4096];

	snprintf(text, sizeof(text), "%s", db_next(q) ? db_text(q, 0) : "");
	db_restart(q);
	ok(!db_failed(db), "the outbox can be read");
	return text;
}

/* Every template, in every language. */
static void
templates(struct mailer *m, struct db *db)
{
	static const char *const names[] = { "join", "known", "unknown",
		"password", "email", "email-changed", "password-changed",
		"submitted", "published", "changes", "declined", "watch",
		"confirm", "review", "feed-waiting", "feed-approved",
		"feed-declined", "subscribe", "digest", "newsletter",
		"feed-off", "feed-entries", NULL };
	static const char *const langs[] = { "en", "fr", "es", NULL };
	struct model model = all_names();
	bool good = true;

	model_rows(&model, "changes", "", changes(db));
	model_rows(&model, "items", "", items(db));
	model_rows(&model, "head", "", head(db));
	for (size_t i = 0; names[i] != NULL; i++)
		for (size_t l = 0; langs[l] != NULL; l++)
			good = mailer_put(m, db,
				   &(struct letter){ .recipient = "a@e.org",
				       .lang = langs[l],
				       .name = names[i],
				       .model = &model }) &&
			    good;
	ok(good, "every mail there is can be written in every language");
	ok(db_number(db_restart(db_query(db,
			 "SELECT count(*) FROM outbox WHERE subject = ''"
			 " OR text NOT LIKE '%Entraide & Cie%https://e.org%'"
			 " OR html NOT LIKE '%Entraide &amp; Cie%'"
			 " OR html NOT LIKE '%<html lang=\"' || lang || '\">%'"
			 " OR text LIKE '%</%' OR text LIKE '%&amp;%'"
			 " OR subject GLOB '*' || char(10) || '*'")),
	       -1) == 0,
	    "each has a subject and says who wrote it, in both parts");
	is(row(db,
	       db_restart(db_query(db,
		   "SELECT subject FROM outbox WHERE name = 'published'"
		   " AND lang = 'en'"))),
	    "Published: Line Bcc: eve@e.org <b>&",
	    "a subject is text on one line");
	ok(has(row(db,
		   db_restart(db_query(db,
		       "SELECT text FROM outbox WHERE name = 'changes'"
		       " AND lang = 'fr'"))),
	       "\n\n    First.\n\n    <script>\n\n"),
	    "what a reviewer wrote is quoted as it is");
	ok(has(row(db,
		   db_restart(db_query(db,
		       "SELECT html FROM outbox WHERE name = 'changes'"
		       " AND lang = 'fr'"))),
	       "First.\n\n&lt;script&gt;<"),
	    "… and is no markup");
	is(row(db,
	       db_restart(db_query(db,
		   "SELECT text FROM outbox WHERE name = 'watch'"
		   " AND lang = 'en'"))),
	    "Hello,\n\n"
	    "You watch these pages at Entraide & Cie, or a search that finds them.\n"
	    "They have changed:\n\n"
	    "- A <https://e.org/en/a>\n  2026-01-01, Ana\n      why\n"
	    "- B <https://e.org/en/b>\n  2026-01-02\n\n"
	    "More changes, not listed here: /it\n\n"
	    "Change what you watch\nhttps://e.org/it\n\n"
	    "Entraide & Cie\nhttps://e.org/en/\n",
	    "what has changed is a list");
}

static void
queueing(struct mailer *m, struct db *db)
{
	struct model model = all_names();
	struct letter l = { .recipient = "b@e.org",
		.lang = "xx",
		.name = "join",
		.model = &model,
		.unsubscribe = "/en/unsubscribe/x",
		.once = "join 1" };

	ok(mailer_put(m, db, &l) && mailer_put(m, db, &l),
	    "the same mail may be queued twice");
	ok(db_number(db_restart(db_query(db,
			 "SELECT count(*) FROM outbox WHERE once = 'join 1'"
			 " AND lang = 'en' AND unsubscribe ="
			 " 'https://e.org/en/unsubscribe/x'")),
	       0) == 1,
	    "… and is once, in English where there is no better");
	printf("# what follows is said on purpose\n");
	l.once = NULL;
	l.recipient = "b@e.org\r\nBcc: c@e.org";
	ok(!mailer_put(m, db, &l), "a recipient that is none is refused");
	l.recipient = "b@e.org";
	l.name = "none";
	ok(!mailer_put(m, db, &l), "a mail that does not exist is refused");
	l.name = "watch";
	ok(!mailer_put(m, db, &l), "so is one that lacks a name");
}

static void
outbox(struct db *db)
{
	struct arena a = { 0 };
	struct mail m;
	bool given_up;

	ok(outbox_next(db, &a, &m) && m.id == 1,
	    "the mail that waited longest is the first");
	outbox_failed(db, &m, false, "no answer", &given_up);
	ok(!given_up && outbox_next(db, &a, &m) && m.id == 2,
	    "one that can't be sent lets others pass");
	outbox_failed(db, &m, true, "550 no", &given_up);
	ok(given_up, "one that nobody takes is given up");
	ok(outbox_next(db, &a, &m) && m.id == 3 && outbox_sent(db, &m),
	    "one that is sent is marked as sent");
	ok(db_number(db_restart(db_query(db,
			 "SELECT count(*) FROM outbox WHERE text IS NULL"
			 " AND html IS NULL AND id IN (2, 3)")),
	       0) == 2,
	    "what stood in those is forgotten");
	ok(outbox_pause(1) == 60 && outbox_pause(2) == 120 &&
		outbox_pause(3) == 240 && outbox_pause(40) == 6 * 3600,
	    "trying again takes 1, 2, 4 minutes, at most 6 hours");
	arena_free(&a);
}

int
main(void)
{
	struct mailer *m = new_mailer();
	struct db *db = new_state();

	headers_of_a_mail();
	words_in_headers();
	injection();
	bodies();
	text_part();
	templates(m, db);
	queueing(m, db);
	outbox(db);
	mailer_close(m);
	db_close(db);
	buf_free(&wire);
	return done();
}
