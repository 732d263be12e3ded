/*
 * Files that members send: what is taken, and what hostile ones try.
 */
#include <sys/stat.h>

#include "contributions.h"
#include "files.h"

#define TYPE "multipart/form-data; boundary=b"

static struct visitor me, other, editor, stranger;

static const char *
post_bytes(struct visitor *v, const char *type, const struct buf *body)
{
	return visitor_ask(v,
	    &(struct request){ .method = "POST",
		.path = "/en/files",
		.content_type = type,
		.body = buf_text(body),
		.body_len = body->len });
}

/* A file in a form as browsers send it, with the token; kept for good. */
static struct buf
form_of(const struct visitor *v, const char *filename, struct buf bytes)
{
	struct buf b = { 0 };

	buf_printf(&b,
	    "--b\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n"
	    "%s\r\n--b\r\nContent-Disposition: form-data; name=\"file\";"
	    " filename=\"%s\"\r\nContent-Type: application/pdf\r\n\r\n",
	    buf_text(&v->token), filename);
	buf_put(&b, bytes.data, bytes.len);
	buf_puts(&b, "\r\n--b--\r\n");
	return for_good(b);
}

static const char *
send_file(struct visitor *v, const char *filename, struct buf bytes)
{
	struct buf body;

	visit(v, "/en/files");
	body = form_of(v, filename, bytes);
	return post_bytes(v, TYPE, &body);
}

/* Is it refused, with the page and words that say why? */
static bool
refused(const char *filename, struct buf bytes, const char *why)
{
	int64_t before = number_in("SELECT count(*) FROM file");
	const char *answer = send_file(&me, filename, bytes);

	return status(answer) == 422 && has(answer, why) &&
	    number_in("SELECT count(*) FROM file") == before;
}

static bool
taken(struct visitor *v, const char *filename, struct buf bytes)
{
	const char *answer = send_file(v, filename, bytes);

	return status(answer) == 303 &&
	    header(answer, "location: /en/files?done=file");
}

static struct buf
text(const char *words)
{
	struct buf b = { 0 };

	buf_puts(&b, words);
	return for_good(b);
}

static void
entering(void)
{
	const char *answer = visit(&stranger, "/en/files");

	ok(status(answer) == 303 && has(answer, "/en/sign-in"),
	    "a visitor has to sign in");
	answer = send_file(&stranger, "a.pdf", make_pdf("x"));
	ok(status(answer) >= 400 && number_in("SELECT count(*) FROM file") == 0,
	    "nor can one just send a file");
	answer = visit(&me, "/en/files");
	ok(status(answer) == 200 &&
		has(answer, "enctype=\"multipart/form-data\""),
	    "a member has a form for it");
	ok(has(answer, "up to 10 MB") && has(answer, "accept=\".pdf,.png"),
	    "that says what is taken");
}

static void
sending(void)
{
	const char *answer;

	ok(taken(&me, "Étude.pdf", make_pdf("hello")), "a PDF is taken");
	ok(number_in("SELECT count(*) FROM file WHERE name = 'Étude.pdf'"
		     " AND type = 'application/pdf' AND member IS NOT NULL") ==
		1,
	    "by its name and type");
	ok(number_in("SELECT count(*) FROM state.job WHERE job = 'text'") == 1,
	    "its text is to be read");
	answer = visit(&me, "/en/files?done=file");
	ok(has(answer, "The file has arrived.") && has(answer, "Étude.pdf</a>"),
	    "and told to have arrived");
	ok(!has(visit(&other, "/en/files"), "tude.pdf"), "to nobody else");
	ok(has(visit(&me, "/en/files.json"), "\"name\": \"Étude.pdf\"") ||
		has(visit(&me, "/en/files.json"), "\"name\":\"Étude.pdf\""),
	    "as data, too");
	ok(taken(&other, "b.pdf", make_pdf("hello")) &&
		number_in("SELECT count(*) FROM file") == 1,
	    "the same bytes are kept once");
	ok(taken(&me, "page.html", text("just words\n")) &&
		number_in("SELECT count(*) FROM file"
			  " WHERE name = 'page.html.txt'"
			  " AND type = 'text/plain'") == 1,
	    "a text is a text whatever it is called");
	ok(taken(&me, "../../../../etc/cron.d/evil\\\\x.txt",
	       text("words two\n")) &&
		number_in("SELECT count(*) FROM file WHERE name = 'x.txt'") ==
		    1,
	    "a name is no path");
	ok(taken(&me, "a\xe2\x80\xaetxt.exe", text("words three\n")) &&
		number_in(
		    "SELECT count(*) FROM file WHERE name = 'atxt.exe.txt'") ==
		    1,
	    "nor turned around");
}

static void
hostile(void)
{
	ok(refused("a.pdf", text("<html><script>alert(1)</script>"),
	       "program, macros"),
	    "HTML is not taken for a PDF");
	ok(refused("a.svg", text("<svg onload=\"alert(1)\"/>"),
	       "program, macros"),
	    "nor SVG");
	ok(refused("a.txt", text("x <script src=//evil.example></script>"),
	       "program, macros"),
	    "nor a script in a text");
	ok(refused("a.pdf", text("MZ\x90"), "of this kind"), "nor a program");
	ok(refused("a.pdf", text(""), "is empty"), "nor nothing");
	ok(refused("", text(""), "Choose a file"), "one has to be chosen");
	ok(refused("a.png", make_png(60000, 60000), "damaged"),
	    "a picture is not larger than memory");
	ok(refused("a.docx",
	       make_zip((const struct entry[]){
		   { "[Content_Types].xml", "<Types/>", 0 },
		   { "word/vbaProject.bin", "x", 0 },
		   { "word/document.xml", "<x/>", 0 }, { 0 } }),
	       "program, macros"),
	    "macros are not taken");
	ok(refused("a.zip",
	       make_zip((const struct entry[]){ { "x", "y", 0 }, { 0 } }),
	       "of this kind"),
	    "nor archives");
}

static void
bombs(void)
{
	size_t len = 40 * 1024 * 1024;
	char *zeros = calloc(1, len);

	ok(refused("a.odt",
	       make_zip((const struct entry[]){
		   { "mimetype", ODF_TYPE "text", 0 },
		   { "content.xml", zeros, len }, { 0 } }),
	       "far more than"),
	    "an archive does not unpack to the whole memory");
	free(zeros);
}

static void
sizes(void)
{
	struct buf big = { 0 };

	while (big.len < 10500000)
		buf_puts(&big,
		    "All for one and one for all, and so on for ever.\n");
	for_good(big);
	ok(refused("a.txt", big, "too large: 10 MB"),
	    "a member sends ten megabytes at most");
	ok(taken(&editor, "a.txt", big), "an editor more");
	ok(number_in("SELECT count(*) FROM file WHERE bytes > 10000000") == 1,
	    "which are there");
}

static void
framing(void)
{
	struct buf body, cut;
	int64_t before = number_in("SELECT count(*) FROM file");
	bool all = true;

	visit(&me, "/en/files");
	body = form_of(&me, "cut.pdf", make_pdf("cut"));
	for (size_t n = 0; n < body.len - 4; n += 13) {
		cut = (struct buf){ .data = strndup(body.data, n), .len = n };
		all = all && status(post_bytes(&me, TYPE, &cut)) == 400;
		free(cut.data);
	}
	ok(all, "what arrives in part is refused");
	ok(status(post_bytes(&me, "multipart/form-data", &body)) == 400 &&
		status(post_bytes(&me, "text/plain", &body)) == 400 &&
		status(post_bytes(&me, NULL, &body)) == 400,
	    "so is what does not say how it is framed");
	ok(number_in("SELECT count(*) FROM file") == before,
	    "and nothing is kept of it");
	body.data[60] ^= 1; /* in the token */
	ok(status(post_bytes(&me, TYPE, &body)) >= 400 &&
		number_in("SELECT count(*) FROM file") == before,
	    "another site can't send one");
}

/* Who sees it before a record has it? */
static void
seeing(void)
{
	char url[200];
	struct db *db = db_open(visitor_database.data, DB_READ);
	struct query *q = db_restart(db_query(db,
	    "SELECT '/files/' || sha256 || '/x' FROM file"
	    " WHERE name = 'x.txt'"));
	const char *answer;

	snprintf(url, sizeof(url), "%s", db_next(q) ? db_text(q, 0) : "");
	db_close(db);
	answer = visit(&me, url);
	ok(status(answer) == 200 && header(answer, "cache-control: no-store") &&
		header(answer,
		    "content-disposition: attachment;"
		    " filename*=UTF-8''x.txt"),
	    "who sent a file can have it");
	ok(status(visit(&editor, url)) == 200, "who reviews, too");
	ok(status(visit(&other, url)) == 404, "another member can't");
	ok(status(visit(&stranger, url)) == 404, "nor a visitor");
	write_sql(
	    "INSERT INTO steward (member, country, since) SELECT id, 'KE',"
	    " '2026-01-01' FROM member WHERE name = 'Ben Other'");
	ok(status(visit(&other, url)) == 404,
	    "nor who looks after something else");
	write_sql(
	    "INSERT INTO state.contribution (kind, lang, state, title,"
	    " country, tree, created, updated) SELECT 'document', 'en',"
	    " 'submitted', 'X', 'KE', json_object('file', sha256), '2026',"
	    " '2026' FROM file WHERE name = 'x.txt'");
	ok(status(visit(&other, url)) == 200,
	    "but who reviews a contribution that has it");
	write_sql("DELETE FROM state.contribution; DELETE FROM steward");
}

/* A document brings its files along. */
static void
documents(void)
{
	struct buf body = { 0 };
	const char *answer = visit(&editor, "/en/library/new");
	struct db *db;
	char url[64];

	ok(has(answer,
	       "action=\"/en/library/new/files\""
	       " enctype=\"multipart/form-data\""),
	    "a document is sent to where files may be");
	buf_printf(&body,
	    "--b\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n"
	    "%s\r\n--b\r\nContent-Disposition: form-data; name=\"files.0.file\";"
	    " filename=\"annex.txt\"\r\n\r\nThe annex.\n\r\n--b\r\n"
	    "Content-Disposition: form-data; name=\"_do\"\r\n\r\nsubmit\r\n"
	    "--b--\r\n",
	    buf_text(&editor.token));
	answer = visitor_ask(&editor,
	    &(struct request){ .method = "POST",
		.path = "/en/library/new/files",
		.content_type = TYPE,
		.body = body.data,
		.body_len = body.len });
	ok(status(answer) == 422 &&
		has(answer, "/files\" enctype=\"multipart/form-data\""),
	    "with faults it is shown again");
	ok(number_in("SELECT count(*) FROM file WHERE name = 'annex.txt'") == 1,
	    "and its file is there already");
	ok(status(visit(&editor, "/fr/library/new/files")) == 200,
	    "in other languages, too");
	db = db_open(visitor_database.data, DB_WRITE);
	db_begin(db);
	db_run(db_restart(db_query(db,
	    "UPDATE state.contribution SET state = 'submitted'")));
	db_commit(db);
	db_close(db);
	snprintf(url, sizeof(url), "/en/contributions/%lld",
	    (long long)number_in("SELECT id FROM state.contribution"));
	answer = visit(&editor, url);
	ok(has(answer, "/annex.txt\" type=\"text/plain\">annex.txt</a>"),
	    "what was sent can be looked at by who sent it");
	snprintf(url, sizeof(url), "/en/review/%lld",
	    (long long)number_in("SELECT id FROM state.contribution"));
	answer = visit(&editor, url);
	ok(has(answer, "/annex.txt\" type=\"text/plain\">annex.txt</a>"),
	    "… and by who reviews it");
	buf_free(&body);
}

static void
quota(void)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);

	db_begin(db);
	db_run(db_restart(db_query(db,
	    "UPDATE file SET bytes = 99999999 WHERE name = 'x.txt'")));
	db_commit(db);
	db_close(db);
	ok(refused("b.txt", text("one more file\n"), "possible in a day"),
	    "there is an end to what is sent in a day");
}

int
main(void)
{
	struct buf folder = { 0 };

	me = visitor_open();
	buf_puts(&folder, visitor_data("files"));
	if (mkdir(folder.data, 0700) == -1)
		bail_out(folder.data);
	other = visitor_beside(&me);
	editor = visitor_beside(&me);
	stranger = visitor_beside(&me);
	member_add("Awa Exemple", "awa@example.org", "secret word", "member");
	member_add("Ben Other", "ben@example.org", "secret word", "member");
	member_add("Eva Editor", "eva@example.org", "secret word", "editor");
	sign_in(&me, "awa@example.org", "secret word");
	sign_in(&other, "ben@example.org", "secret word");
	sign_in(&editor, "eva@example.org", "secret word");
	entering();
	sending();
	hostile();
	bombs();
	sizes();
	framing();
	seeing();
	documents();
	quota();
	visitor_leave(&other);
	visitor_leave(&editor);
	visitor_leave(&stranger);
	visitor_close(&me);
	buf_free(&folder);
	return done();
}
