/*
 * The site's manners, whatever its pages: languages, formats, wrong
 * addresses, what browsers may keep, and what they are told when it changes.
 */
#include "data/migrate.h"
#include "test.h"

static struct db *writer;

static const char *
path_of(const char *name)
{
	static struct buf path;

	buf_clear(&path);
	buf_printf(&path, "%s/%s", test_dir(), name);
	return path.data;
}

static void
make_database(void)
{
	struct buf why = { 0 };

	writer = db_open(path_of("mutua.db"), DB_CREATE);
	if (!migrate(writer, "schema", &why) ||
	    !db_script(writer,
		"INSERT INTO record (id, kind, slug, lang, created, updated)"
		" VALUES (1, 'page', 'about', 'en', '2020-01-01',"
		"  '2020-01-01');"
		"INSERT INTO record_text (record, lang, title, body_html)"
		" VALUES (1, 'en', 'A title', '<p>Words.</p>');"))
		bail_out(buf_text(&why));
}

static struct site *
open_site(size_t page_cache, const char *base)
{
	struct buf why = { 0 };
	struct site *s =
	    site_open(&(struct site_options){ .database = path_of("mutua.db"),
			  .assets = "assets",
			  .base = base,
			  .page_cache = page_cache },
		&why);

	if (s == NULL)
		bail_out(buf_text(&why));
	buf_free(&why);
	return s;
}

static struct request
visit(const char *path)
{
	return (struct request){ .method = "GET",
		.path = path,
		.host = "example.org",
		.scheme = "https" };
}

static const char *
ask_as(struct site *s, const char *method, const char *path)
{
	struct request q = visit(path);

	q.method = method;
	return ask(s, &q);
}

static const char *
ask_in(struct site *s, const char *path, const char *cookie, const char *accept)
{
	struct request q = visit(path);

	q.cookie = cookie;
	q.accept_language = accept;
	return ask(s, &q);
}

static void
languages(struct site *s)
{
	const char *a = ask_in(s, "/", NULL, "fr-SN, en;q=0.5");

	ok(status(a) == 302 && header(a, "location: /fr/"),
	    "the bare address leads to the visitor's language");
	ok(header(a, "vary: accept-language, cookie"),
	    "and says what that depends on");
	ok(header(ask_in(s, "/", "lang=es", "fr"), "location: /es/"),
	    "the one chosen before goes first");
	ok(header(ask_in(s, "/", "lang=xx", "de"), "location: /en/"),
	    "unknown ones are English");
	a = ask_in(s, "/fr/", NULL, "fr");
	ok(status(a) == 200 && has(a, "<html lang=\"fr\"") &&
		header(a, "content-language: fr"),
	    "a page is in the language of its address");
	ok(!has(a, "set-cookie"), "which nobody has to remember");
	a = ask_in(s, "/es/", NULL, "fr");
	a = ask_in(s, "/es/", NULL, "fr"); /* from the cache, if there is one */
	ok(header(a,
	       "set-cookie: lang=es; Path=/; Max-Age=31536000; SameSite=Lax;"
	       " Secure"),
	    "unless the visitor chose another");
	ok(!has(ask_in(s, "/es/", "lang=es", "fr"), "set-cookie"),
	    "and that is not known yet");
	ok(!has(ask_in(s, "/es/", NULL, NULL), "set-cookie"),
	    "machines choose nothing");
	ok(status(get(s, "/de/", NULL)) == 404, "there is no other language");
}

static void
wrong_addresses(struct site *s)
{
	const char *a = ask_in(s, "/fr/nothing", NULL, "es");

	ok(status(a) == 404 && has(body(a), "<html lang=\"fr\""),
	    "no such page: said in the language of the address");
	ok(header(a, "cache-control: no-store"), "to be kept by nobody");
	ok(!has(a, "rel=\"canonical\"") && !has(a, "rel=\"alternate\""),
	    "nor by search engines: it claims no address");
	a = ask_in(s, "/nothing", NULL, "es");
	ok(status(a) == 404 && has(body(a), "<html lang=\"es\""),
	    "or in the visitor's");
	a = get(s, "/en/pages/", "a=b");
	ok(status(a) == 301 && header(a, "location: /en/pages?a=b"),
	    "an address needs no slash at its end");
	a = get(s, "/en/Pages.JSON", "a=b");
	ok(status(a) == 301 && header(a, "location: /en/pages.json?a=b"),
	    "and is found in capitals");
	a = get(s, "/FR/", "a=b");
	ok(status(a) == 301 && header(a, "location: /fr/?a=b"),
	    "so is the front page, at once");
	ok(status(get(s, "//example.com/", NULL)) == 404,
	    "and leads to no other site");
	ok(status(get(s, "/en/pages/../pages", NULL)) == 404,
	    "no way leads up");
	ok(status(get(s, "/en/%70ages", NULL)) == 404,
	    "every page has one address");
	a = ask_as(s, "POST", "/en/pages");
	ok(status(a) == 405 && header(a, "allow: GET, HEAD"),
	    "a page that only shows can't be written to");
	ok(status(ask_as(s, "POST", "/en/nothing")) == 404,
	    "nor what isn't there");
	ok(status(ask_as(s, "OPTIONS", "/en/pages")) == 405,
	    "nor is there anything else to do with it");
	ok(status(get(s, "/en/pages.rss", NULL)) == 404,
	    "a page has the formats it has");
}

static void
odd_requests(struct site *s)
{
	struct request q = visit("/en/");

	q.host = "evil\"><script>";
	ok(status(ask(s, &q)) == 400, "a host is a name");
	q = visit("en/");
	ok(status(ask(s, &q)) == 400, "a path begins with a slash");
	q = visit("/en/pages");
	q.query = "page=%3C&page=-1&sort=%3Cscript%3E&&=&%";
	ok(status(ask(s, &q)) == 200 && !has(body(ask(s, &q)), "<script>"),
	    "any query is harmless");
	q.query = "q=%ff";
	q.accept_language = "fr";
	ok(status(ask(s, &q)) == 400 && has(ask(s, &q), "<html lang=\"en\"") &&
		has(ask(s, &q), "characters that are not text") &&
		!has(ask(s, &q), "%ff"),
	    "but it is text: what is not UTF-8 is refused, and why");
	q.query = "a=b&q=a%00b";
	ok(status(ask(s, &q)) == 400, "as is what hides its end");
	q.query = "page=-1";
	q.cookie = ";;;lang=%00;=";
	q.accept_language = ",;q=;*";
	q.if_none_match = "W/";
	q.accept_encoding = ";,";
	ok(status(ask(s, &q)) == 200, "so are other fields");
}

static void
rules(struct site *s)
{
	const char *a = get(s, "/en/", NULL);

	ok(has(a, "content-security-policy: default-src 'none';"),
	    "nothing runs that isn't ours");
	ok(header(a, "x-content-type-options: nosniff"), "nothing is guessed");
	ok(header(a, "cache-control: no-cache"),
	    "what is kept is asked for again");
	ok(header(a, "content-type: text/html; charset=utf-8"),
	    "a page is HTML");
	a = get(s, "/healthz", NULL);
	ok(status(a) == 200 && strcmp(body(a), "{\"status\":\"ok\"}\n") == 0 &&
		header(a, "cache-control: no-store"),
	    "the site says it is well");
}

/* The value of a header, kept until the next call. */
static const char *
value(const char *answer, const char *name)
{
	static char text[200];
	const char *at = strstr(answer, name);
	size_t len;

	if (at == NULL || at > body(answer))
		return "";
	at += strlen(name) + 2;
	len = strcspn(at, "\n");
	snprintf(text, sizeof(text), "%.*s", (int)len, at);
	return text;
}

static void
keeping(struct site *s, const char *which)
{
	struct request q = visit("/en/");
	char *plain = strdup(get(s, "/en/", NULL));
	const char *a;

	printf("# %s\n", which);
	q.accept_encoding = "gzip";
	a = ask(s, &q);
	ok(header(a, "content-encoding: gzip") &&
		header(a, "vary: accept-encoding"),
	    "a page is compressed for who can read it");
	ok(strncmp(body(a), "\x1f\x8b", 2) == 0, "as gzip");
	ok(strcmp(value(plain, "etag"), value(a, "etag")) != 0 ||
		*value(a, "etag") == 'W',
	    "it is the same page either way");
	q.if_none_match = value(plain, "etag");
	a = ask(s, &q);
	ok(status(a) == 304 && *body(a) == '\0',
	    "who has it need not get it again");
	ok(has(a, "etag: ") && has(a, "content-security-policy: "),
	    "but is told the rules");
	q = visit("/en/");
	q.method = "HEAD";
	a = ask(s, &q);
	ok(strcmp(a, plain) == 0, "HEAD is answered like GET");
	free(plain);
}

static void
assets(struct site *s)
{
	const char *a = get(s, "/en/", NULL), *at, *end;
	struct request q;
	char *url;

	at = strstr(a, "href=\"/assets/css/site.");
	end = at != NULL ? strstr(at + 6, ".css\"") : NULL;
	if (!ok(end != NULL, "the stylesheet's address changes with it"))
		return;
	url = strndup(at + 6, (size_t)(end + 4 - (at + 6)));
	a = get(s, url, NULL);
	ok(status(a) == 200 &&
		header(a, "cache-control: public, max-age=31536000, immutable"),
	    "so it is kept for ever");
	ok(header(a, "content-type: text/css; charset=utf-8") &&
		header(a, "x-content-type-options: nosniff"),
	    "as what it is");
	q = visit(url);
	q.accept_encoding = "br, gzip";
	ok(header(ask(s, &q), "content-encoding: gzip"), "compressed");
	a = get(s, "/assets/css/site.css", NULL);
	ok(status(a) == 200 && header(a, "cache-control: no-cache"),
	    "by its plain name it is asked for again");
	ok(status(get(s, "/assets/css/site.00000000.css", NULL)) == 404,
	    "by an old name it is gone");
	ok(status(get(s, "/assets/strings/en.yaml", NULL)) == 404 &&
		status(get(s, "/assets/templates/layout.html", NULL)) == 404 &&
		status(get(s, "/assets/../schema/views.sql", NULL)) == 404,
	    "nothing else in that folder can be had");
	free(url);
}

static void
changes(struct site *s)
{
	struct request q = visit("/en/pages/about");
	char *etag;

	ok(has(ask(s, &q), "A title"), "a page shows what is known");
	ok(has(ask(s, &q), "A title"), "twice");
	etag = strdup(value(ask(s, &q), "etag"));
	db_script(writer, "UPDATE record_text SET title = 'Another'");
	ok(has(ask(s, &q), "Another"), "once that changes, the new");
	q.if_none_match = etag;
	ok(status(ask(s, &q)) == 200, "even to who has the old one");
	db_script(writer, "UPDATE record SET status = 'archived'");
	ok(status(ask(s, &q)) == 404, "and if it goes, it is gone");
	db_script(writer,
	    "UPDATE record SET status = 'published';"
	    "UPDATE record_text SET title = 'A title'");
	free(etag);
}

static void
hosts(void)
{
	struct site *s = open_site(1 << 20, "");
	struct request q = visit("/en/");

	ok(has(ask(s, &q), "href=\"https://example.org/en/\""),
	    "without a base, addresses are the visitor's");
	q.host = "example.com";
	ok(has(ask(s, &q), "href=\"https://example.com/en/\""),
	    "and nobody else's, cache or not");
	site_close(s);
}

static void
trouble(struct site *s)
{
	db_script(writer, "ALTER TABLE language RENAME TO languages");
	ok(status(get(s, "/en/pages", NULL)) == 500,
	    "a database that is not as it should be is our fault");
	ok(has(get(s, "/en/pages", NULL), "\n\n<!doctype html>") ||
		has(get(s, "/en/pages", NULL), "\n\n500 Internal"),
	    "and said so");
	db_script(writer, "ALTER TABLE languages RENAME TO language");
	ok(status(get(s, "/en/pages", NULL)) == 200, "and soon forgotten");
}

static void
limits(struct db *db)
{
	db_limit(db, 50);
	ok(db_number(db_restart(db_query(db,
			 "WITH RECURSIVE n (i) AS"
			 " (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
			 " SELECT count(*) FROM n")),
	       -1) == -1 &&
		db_failed(db) && db_late(db),
	    "a query that would run for ever is stopped");
	db_release(db);
	ok(!db_failed(db) &&
		db_number(db_restart(db_query(db, "SELECT 1")), 0) == 1,
	    "and the next one runs");
	db_release(db);
}

int
main(void)
{
	struct site *fresh, *kept;

	make_database();
	fresh = open_site(0, "https://example.org");
	kept = open_site(1 << 20, "https://example.org");
	languages(kept);
	languages(fresh);
	wrong_addresses(kept);
	odd_requests(kept);
	rules(kept);
	keeping(fresh, "made anew each time");
	keeping(kept, "kept");
	assets(kept);
	changes(kept);
	hosts();
	trouble(kept);
	limits(site_db(kept));
	site_close(fresh);
	site_close(kept);
	db_close(writer);
	return done();
}
