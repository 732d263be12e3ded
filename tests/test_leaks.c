/*
 * What must not get out or be changed by others: drafts, sessions, watches,
 * what was told in confidence; and what people type, on its way into tables,
 * heads of mails and rows of the database.
 */
#include "data/message.h"
#include "forms.h"
#include "mailbox.h"
#include "revise.h"
#include "web/page.h"

#define RECORD "/en/schemes/mss-benin"

static struct visitor eve, awa, editor, stranger;
static int64_t eve_id, awa_id;

/* Fields that say who one is, what one may do and what a record is. */
#define MORE                                                            \
	"&role=administrator&status=deleted&owner=1&member=1&author=1"  \
	"&email_key=ada%40example.org&id=1&slug=mine&record=1"          \
	"&record_status=archived&state=published&reviewer=1&password=x" \
	"&kind=news&base=99&contribution=1&created=1999&_member=1"      \
	"&_may_edit=1&_may_publish=1&_author=1&_state=published"        \
	"&_record=1&_self=1&_by=1&_owner=1&_decided=published"          \
	"&_contribution=1&_kept_id=1&recipient=eve%40example.org"

/* A number of a query about :eve. */
#define of_eve(sql)                                                       \
	({                                                                \
		struct db *of_ = db_open(visitor_database.data, DB_READ); \
		struct query *eve_ = db_restart(db_query(of_, sql));      \
		int64_t n_;                                               \
		db_set_int(eve_, "eve", eve_id);                          \
		n_ = db_number(eve_, -1);                                 \
		db_close(of_);                                            \
		n_;                                                       \
	})

static void
test_more_fields(void)
{
	const char *answer;

	visit(&eve, "/en/account");
	answer = submit(&eve, "/en/account", "name=Eve&language=en" MORE);
	ok(status(answer) == 303 &&
		of_eve("SELECT role = 'member' AND status = 'active'"
		       " AND email_key = 'eve@example.org' AND created LIKE"
		       " '2026%' FROM member WHERE id = :eve") == 1 &&
		number_in("SELECT count(*) FROM member") == 3,
	    "nobody gives themselves another role, address or account");
	answer = submit(&eve, "/en/links/new",
	    "title.en=Zanlink&link_category=network&url=https%3A%2F%2Fz.example"
	    "&_do=publish" MORE);
	ok(status(answer) == 303 &&
		of_eve("SELECT count(*) FROM state.contribution WHERE"
		       " member = :eve AND state = 'submitted' AND"
		       " kind = 'link' AND record IS NULL AND base IS NULL") ==
		    1,
	    "nor publishes, or writes in another's name or record");
	answer = submit(&eve, RECORD "/edit", "title.en=Zanmss&_base=-5" MORE);
	ok(status(answer) == 303 &&
		of_eve("SELECT count(*) FROM state.contribution c"
		       " JOIN record r ON r.id = c.record"
		       " WHERE c.member = :eve AND c.state = 'draft'"
		       " AND r.slug = 'mss-benin' AND c.base = 1") == 1,
	    "nor moves a change to another record");
	ok(!has(text_in("SELECT group_concat(tree) FROM state.contribution"),
	       "archived"),
	    "and nothing of it is kept");
	visit(&stranger, RECORD "/suggest");
	wait_with_form(&stranger, 60);
	submit(&stranger, RECORD "/suggest",
	    "words=Zanwords&email=x%40example.org" MORE);
	ok(number_in("SELECT count(*) FROM state.contribution WHERE"
		     " words = 'Zanwords' AND state = 'submitted'"
		     " AND member IS NULL AND kind = 'scheme'") == 1,
	    "a stranger suggests in nobody's name");
	ok(number_in(
	       "SELECT count(*) FROM revision WHERE author IS NOT NULL") == 0,
	    "nothing has been published");
}

/* Two texts as one, good until the second next time. */
static const char *
join(const char *begin, const char *end)
{
	static struct buf kept[2];
	static int i;

	i = !i;
	buf_clear(&kept[i]);
	buf_printf(&kept[i], "%s%s", begin, end);
	return kept[i].data;
}

/* A draft, a session and a watch of Awa's. */
static char draft[100];

static void
make_things(void)
{
	const char *answer = submit(&awa, "/en/links/new",
	    "title.en=Awas+secret&link_category=network"
	    "&url=https%3A%2F%2Fsecret.example");

	snprintf(draft, sizeof(draft), "%s", led_to(answer));
	submit(&awa, RECORD "/watch", "");
	submit(&awa, "/en/watches", "do=feed");
}

static void
test_others(void)
{
	static const char *const acts[] = { "_do=discard", "_do=resume",
		"_do=submit&title.en=Mine", "title.en=Mine", "newest=1" };
	struct visitor *const both[] = { &eve, &editor };
	char path[120];
	int kept = 0;

	make_things();
	for (size_t i = 0; i < 2; i++)
		kept += status(visit(both[i], draft)) == 404 &&
		    !has(visit(both[i], "/en/dashboard"), "Awas secret") &&
		    !has(visit(both[i], "/en/review"), "Awas secret") &&
		    !has(visit(both[i], "/en/account/export"), "Awas secret");
	ok(kept == 2, "another's draft is seen by nobody, not by editors");
	kept = 0;
	for (size_t i = 0; i < 5; i++) {
		snprintf(path, sizeof(path), "%s%s", draft,
		    i == 4 ? "/merge" : "");
		kept += status(submit(&eve, path, acts[i])) == 404;
		snprintf(path, sizeof(path), "%s/files", draft);
		kept += status(submit(&eve, path, acts[i])) == 404;
	}
	ok(kept == 10 &&
		number_in("SELECT count(*) FROM state.contribution WHERE"
			  " title = 'Awas secret' AND state = 'draft'") == 1,
	    "nor changed, sent or thrown away");
	submit(&eve, "/en/account/sessions",
	    join("session=",
		text_in("SELECT hash FROM state.session WHERE member ="
			" (SELECT id FROM member WHERE name = 'Awa')")));
	ok(has(visit(&awa, "/en/account"), "awa@example.org") ||
		status(visit(&awa, "/en/account")) == 200,
	    "nobody ends another's session");
	submit(&eve, "/en/watches",
	    join("do=remove&watch=", text_in("SELECT id FROM state.watch")));
	submit(&eve, "/en/watches",
	    join("do=no_mail&watch=", text_in("SELECT id FROM state.watch")));
	submit(&eve, "/en/watches", "do=no_feed");
	submit(&eve, RECORD "/unwatch", "");
	ok(number_in("SELECT count(*) FROM state.watch WHERE mail = 1") == 1 &&
		number_in("SELECT count(*) FROM state.watch_feed") == 1,
	    "nor changes what another watches");
	ok(!has(visit(&eve, "/en/account/sessions"),
	       text_in("SELECT hash FROM state.session WHERE member ="
		       " (SELECT id FROM member WHERE name = 'Awa')")),
	    "nor sees where another is signed in");
}

/* What a scheme keeps and does not show. */
static void
test_confidence(void)
{
	static const char *const places[] = { RECORD, RECORD ".json",
		RECORD "/edit", RECORD "/history", RECORD "/history/2",
		RECORD "/history/2.json", RECORD "/history?from=1&to=2",
		RECORD "/history.json?from=1&to=2", RECORD "/history.atom",
		"/en/schemes.csv", "/en/schemes.json", "/en/search?q=zansecret",
		"/en/search.json?q=zansecret", "/en/search.csv?q=zansecret",
		"/en/suggest.json?q=zansec", "/en/opensearch.json?q=zansec",
		"/en/pick.json?q=zansec", "/en/changes", "/en/changes.atom",
		"/en/watches", "/en/dashboard.json", "/en/account/export" };
	struct buf body = { 0 };
	char own[200], preview[200];
	int seen = 0;

	form_read_page(&body, visit(&editor, RECORD "/edit"));
	form_set(&body, "contacts.0.name", "Ada");
	form_set(&body, "contacts.0.email", "zansecret@example.org");
	form_set(&body, "contacts.0.telephone", "zansecret 77");
	form_set(&body, "contacts.0.address", "zansecret street");
	form_set(&body, "_do", "publish");
	ok(status(submit(&editor, RECORD "/edit", body.data)) == 303 &&
		number_in("SELECT count(*) FROM scheme_contact") == 1,
	    "a contact is kept in confidence");
	form_read_page(&body, visit(&awa, RECORD "/edit"));
	form_set(&body, "contacts.0.consent", "2020");
	form_set(&body, "words", "Let me see");
	snprintf(own, sizeof(own), "%s",
	    led_to(submit(&awa, RECORD "/edit", body.data)));
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const char *page = visit(&awa, places[i]);

		if (strstr(page, "zansecret street") != NULL ||
		    strstr(page, "zansecret 77") != NULL ||
		    strstr(page, "zansecret@") != NULL) {
			printf("# %s\n", places[i]);
			seen++;
		}
		seen += has(visit(&stranger, places[i]), "zansecret@");
	}
	seen += has(visit(&awa, own), "zansecret@");
	form_set(&body, "_do", "preview");
	snprintf(preview, sizeof(preview), "%s",
	    led_to(submit(&awa, own, body.data)));
	ok(status(visit(&awa, preview)) == 200, "a draft of it has a preview");
	seen += has(visit(&awa, preview), "zansecret");
	form_set(&body, "_do", "submit");
	submit(&awa, own, body.data);
	seen += has(visit(&awa, own), "zansecret@");
	ok(seen == 0, "and comes out nowhere, whatever a member does with it");
	ok(number_in("SELECT count(*) FROM state.contribution"
		     " WHERE state = 'submitted' AND tree LIKE"
		     " '%zansecret%'") == 1,
	    "though it is in a draft of theirs, where it has to be");
	ok(has(visit(&awa, "/en/account/export"), "Awas secret"),
	    "they get what they wrote themselves");
	buf_free(&body);
}

/* A cell that a spreadsheet would take for a formula. */
static bool
is_formula(const char *s, size_t len)
{
	char text[40];
	char *end;

	if (len == 0 || strchr("=+-@\t\r", *s) == NULL)
		return false;
	snprintf(text, sizeof(text), "%.*s", (int)len, s);
	strtod(text, &end);
	return end == text || *end != '\0';
}

static int
formulas(const char *csv)
{
	int n = 0;

	while (*csv != '\0') {
		const char *begin = csv;

		if (*csv == '"') {
			begin = ++csv;
			while (*csv != '\0' && (*csv != '"' || csv[1] == '"'))
				csv += *csv == '"' ? 2 : 1;
			n += is_formula(begin, (size_t)(csv - begin));
			csv += *csv == '"';
		} else {
			csv += strcspn(csv, ",\r\n");
			n += is_formula(begin, (size_t)(csv - begin));
		}
		csv += strspn(csv, "\r\n") + (*csv == ',');
	}
	return n;
}

/* Give a record of each kind a title; returns of how many. */
static int
call_them(const char *title)
{
	struct db *db = db_open(visitor_database.data, DB_READ);
	struct query *q = db_restart(db_query(db,
	    "SELECT kind, slug FROM record WHERE kind IN ('scheme',"
	    " 'document', 'organisation', 'term', 'event', 'link')"
	    " AND status = 'published' GROUP BY kind"));
	struct authorship by = { .author = awa_id };
	int n = 0;

	while (db_next(q)) {
		char kind[40], slug[200];

		snprintf(kind, sizeof(kind), "%s", db_text(q, 0));
		snprintf(slug, sizeof(slug), "%s", db_text(q, 1));
		n += revise(kind, slug, "title", title, &by) == PUBLISHED;
	}
	db_close(db);
	return n;
}

static int
formulas_in_lists(int *lists)
{
	char path[120];
	int bad = 0;

	for (const struct route *r = routes; r->method != NULL; r++) {
		if ((r->formats & CSV) == 0 || strchr(r->path + 7, '{') != NULL)
			continue;
		snprintf(path, sizeof(path), "/en%s.csv", r->path + 7);
		bad += formulas(body(visit(&eve, path)));
		++*lists;
	}
	return bad;
}

static void
test_tables(void)
{
	static const char *const titles[] = { "=cmd|'/C calc'!A0", "+SUM(1,2)",
		"-1+1|x", "@SUM(A1)" };
	struct buf all;
	char command[600];
	int bad = 0, lists = 0, there = 0;

	for (size_t i = 0; i < 4; i++) {
		there += call_them(titles[i]);
		bad += formulas_in_lists(&lists);
	}
	ok(there == 24 && lists >= 40 && bad == 0,
	    "no cell of any list is a formula");
	ok(formulas("a,=b\n\"@c,\",-1\n") == 2, "which would be found");
	snprintf(command, sizeof(command),
	    "%s/mutua export --data %s/data --to %s/out >%s/said && cat"
	    " %s/out/csv/*.csv | tr -d '\\r' >%s/all",
	    test_build(), test_dir(), test_dir(), test_dir(), test_dir(),
	    test_dir());
	ok(system(command) == 0, "all is exported");
	snprintf(command, sizeof(command), "%s/all", test_dir());
	all = test_file(command);
	ok(all.len > 100000 && formulas(all.data) == 0,
	    "and no cell of a table of it is a formula");
	buf_free(&all);
}

/* Every mail that waits, as it would go over the wire: lines of heads that we
 * did not write. */
static int
odd_heads(int *n)
{
	static const char *const ours[] = { "Date: ", "From: ", "Reply-To: ",
		"To: ", "Subject: ", "Message-ID: ", "Auto-Submitted: ",
		"List-Unsubscribe", "MIME-Version: ", "Content-", " =?utf-8?" };
	struct db *db = db_open(visitor_database.data, DB_READ);
	struct query *q = db_restart(db_query(db,
	    "SELECT recipient, subject, text, html, lang, id"
	    " FROM state.outbox"));
	int odd = 0;

	for (*n = 0; db_next(q); ++*n) {
		struct message m = { .name = "Mutua",
			.from = "mutua@example.org",
			.reply = "",
			.to = db_text(q, 0),
			.subject = db_text(q, 1),
			.text = db_text(q, 2),
			.html = db_text(q, 3),
			.lang = db_text(q, 4),
			.unsubscribe = "",
			.id = db_int(q, 5) };
		struct buf out = { 0 };

		odd += !message_put(&out, &m);
		for (char *s = out.data; s != NULL && *s != '\r';
		     s = strstr(s, "\r\n") + 2) {
			size_t i = 0;

			while (i < 11 &&
			    strncmp(s, ours[i], strlen(ours[i])) != 0)
				i++;
			odd += i == 11;
		}
		buf_free(&out);
	}
	db_close(db);
	return odd;
}

#define EVIL "%0d%0aBcc:+eve%40evil.example%0d%0a%0d%0a<b>x"

static bool
has_in_head(const char *answer, const char *what)
{
	const char *at = strcasestr(answer, what);

	return at != NULL && at < body(answer);
}

static void
test_heads(void)
{
	struct visitor v = visitor_beside(&stranger);
	const char *answer;
	int n, head = 0;

	visit(&v, "/en/join");
	wait_with_form(&v, 60);
	answer = submit(&v, "/en/join",
	    "name=Eve" EVIL "&email=eva%40example.org&organisation=O" EVIL
	    "&language=en&password=four+blue+goats");
	ok(status(answer) == 200, "a name may have had lines");
	answer = submit(&v, "/en/join",
	    "name=Eve&email=eva%40example.org" EVIL
	    "&language=en&password=four+blue+goats");
	ok(status(answer) == 422, "an address may not");
	answer = submit(&v, "/en/password", "email=a%40example.org" EVIL);
	ok(status(answer) == 422, "nowhere");
	head += has_in_head(answer, "bcc:");
	visit(&eve, "/en/account");
	submit(&eve, "/en/account", "name=Eve" EVIL "&language=en");
	answer = submit(&eve, "/en/links/new",
	    "title.en=T" EVIL
	    "&link_category=network&url=https%3A%2F%2Fy.example"
	    "&_do=submit&words=W" EVIL);
	head += has_in_head(answer, "bcc:");
	visit(&stranger, RECORD "/suggest");
	wait_with_form(&stranger, 60);
	submit(&stranger, RECORD "/suggest",
	    "words=W" EVIL "&email=x%40example.org&evidence=E" EVIL);
	for (int i = 0; i < 9; i++)
		submit(&editor,
		    join("/en/review/",
			text_in("SELECT max(id) FROM state.contribution"
				" WHERE state = 'submitted'")),
		    join("action=decline&words=No" EVIL "&seen=",
			text_in("SELECT updated FROM state.contribution WHERE"
				" state = 'submitted' ORDER BY id DESC")));
	ok(odd_heads(&n) == 0 && n >= 8,
	    "what people type is in no line of a mail's head");
	ok(head == 0 &&
		number_in("SELECT count(*) FROM state.outbox WHERE subject"
			  " LIKE '%' || char(10) || '%'") == 0,
	    "nor in one of an answer");
	visitor_leave(&v);
}

/* A false name of the site is in no mail and no redirect. */
static void
test_host(void)
{
	struct request q = { .method = "POST",
		.path = "/en/password",
		.host = "evil.example",
		.scheme = "https",
		.address = "203.0.113.9",
		.content_type = "application/x-www-form-urlencoded" };
	struct buf body = { 0 };
	const char *answer;

	visit(&stranger, "/en/password");
	buf_printf(&body, "_csrf=%s&email=awa%%40example.org",
	    buf_text(&stranger.token));
	q.cookie = stranger.cookies.data;
	q.body = body.data;
	q.body_len = body.len;
	answer = ask(stranger.site, &q);
	ok(status(answer) == 200 && !has(answer, "evil.example") &&
		has(last_mail(), "https://example.org/en/password/") &&
		!has(last_mail(), "evil.example"),
	    "mails lead to the site, whatever it was called by who asked");
	buf_free(&body);
}

int
main(void)
{
	eve = visitor_open();
	awa = visitor_beside(&eve);
	editor = visitor_beside(&eve);
	stranger = visitor_beside(&eve);
	member_add("Ada", "ada@example.org", "secret word", "editor");
	eve_id = member_add("Eve", "eve@example.org", "secret word", "member");
	awa_id = member_add("Awa", "awa@example.org", "secret word", "member");
	sign_in(&editor, "ada@example.org", "secret+word");
	sign_in(&eve, "eve@example.org", "secret+word");
	sign_in(&awa, "awa@example.org", "secret+word");
	test_more_fields();
	test_others();
	test_confidence();
	test_heads();
	test_host();
	test_tables();
	visitor_leave(&stranger);
	visitor_leave(&editor);
	visitor_leave(&awa);
	visitor_close(&eve);
	return done();
}
