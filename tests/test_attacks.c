/*
 * Requests that mean harm: forged, guessed, or from who has no right to make
 * them.  What can be said of every route is tried at every route there is, so
 * that a new one is covered from its first day.
 */
#include "base/url.h"
#include "mailbox.h"
#include "web/page.h"

#define RECORD "/en/schemes/mss-benin"

static struct visitor admin, member, steward, stranger;

/* An address that a route takes: of a record, a member, a contribution that
 * there is. */
static const char *
address_of(const struct route *r)
{
	static const char *const keys[][2] = { { "{lang}", "en" },
		{ "{part}", "schemes" }, { "{slug}", "mss-benin" },
		{ "{id}", "1" }, { "{number}", "1" }, { "{file}", "x.pdf" },
		{ "{sha}",
		    "0000000000000000000000000000000000000000"
		    "000000000000000000000000" },
		{ "{token}", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" } };
	static struct buf path;

	buf_clear(&path);
	for (const char *s = r->path; *s != '\0';) {
		size_t i = 0, n = sizeof(keys) / sizeof(keys[0]);

		while (i < n && strncmp(s, keys[i][0], strlen(keys[i][0])) != 0)
			i++;
		if (i == n)
			buf_putc(&path, *s);
		else
			buf_puts(&path, keys[i][1]);
		s += i < n ? strlen(keys[i][0]) : 1;
	}
	if (strcmp(r->method, "GET") == 0 && (r->formats & HTML) == 0)
		buf_puts(&path, (r->formats & JSON) != 0 ? ".json" : ".atom");
	return path.data;
}

static bool
is_post(const struct route *r)
{
	return strcmp(r->method, "POST") == 0;
}

/* Of routes that did not do what is claimed. */
static int wrong;

static void
expect(bool good, const struct route *r, const char *answer)
{
	if (!good && ++wrong < 6)
		printf("# %s %s: %d\n", r->method, r->path, status(answer));
}

static void
claim(const char *what)
{
	ok(wrong == 0, what);
	wrong = 0;
}

/* Has anybody written anything since it was called last? */
static bool
is_written(void)
{
	static struct db *db;
	static int64_t last[2];
	int64_t now[2];
	bool same;

	if (db == NULL)
		db = db_open(visitor_database.data, DB_READ);
	now[0] = db_number(db_restart(db_query(db, "PRAGMA data_version")), 0);
	now[1] =
	    db_number(db_restart(db_query(db, "PRAGMA state.data_version")), 0);
	db_release(db);
	same = now[0] == last[0] && now[1] == last[1];
	last[0] = now[0];
	last[1] = now[1];
	return !same;
}

/* Post to every route with a token and from an origin; "" is none. */
static void
post_everywhere(const char *token, const char *origin, const char *what)
{
	struct buf body = { 0 };

	admin.origin = *origin != '\0' ? origin : NULL;
	buf_printf(&body, "_csrf=%s&email=eve%%40example.org&name=Eve", token);
	is_written();
	for (const struct route *r = routes; r->method != NULL; r++) {
		const char *answer;

		if (!is_post(r) || (r->formats & OPEN) != 0)
			continue;
		answer = post(&admin, address_of(r), body.data);
		expect(status(answer) == 403, r, answer);
	}
	admin.origin = NULL;
	claim(what);
	ok(!is_written(), "and nothing has been written");
	buf_free(&body);
}

/* What may be posted to without a token: secret addresses that mail programs
 * post to, OAI-PMH, and what is closed for whoever closes it. */
static bool
is_harmless(const char *path)
{
	static const char *const all[] = { "/{lang}/unsubscribe/{token}",
		"/{lang}/digests/end/{token}", "/oai",
		"/{lang}/news/{slug}/close" };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i], path) == 0)
			return true;
	return false;
}

static void
test_forged(void)
{
	char own[200], others[200], visitors[200];
	int open = 0;

	visit(&admin, "/en/");
	snprintf(own, sizeof(own), "%s", buf_text(&admin.token));
	snprintf(others, sizeof(others), "%s", buf_text(&member.token));
	visit(&stranger, "/en/sign-in");
	snprintf(visitors, sizeof(visitors), "%s", buf_text(&stranger.token));
	post_everywhere("", "", "no form is taken without a token");
	post_everywhere("18c0ffee.00", "", "nor with one that was made up");
	post_everywhere(others, "https://example.org",
	    "nor with one of another session");
	post_everywhere(visitors, "https://example.org",
	    "nor with one of a visitor");
	post_everywhere(own, "https://evil.example",
	    "nor with the right one from another site");
	post_everywhere(own, "null", "nor from a frame without an origin");
	for (const struct route *r = routes; r->method != NULL; r++)
		open += (r->formats & OPEN) != 0 && !is_harmless(r->path);
	is_written();
	submit(&admin, RECORD "/watch", "");
	ok(is_written(), "which would have been seen");
	ok(open == 0,
	    "what takes forms without is a secret address, or changes nothing");
}

/* Posts with the right token, and nothing else that is right. */
static const char *
knock(struct visitor *v, const struct route *r)
{
	return is_post(r) ? submit(v, address_of(r), "")
			  : visit(v, address_of(r));
}

static void
test_rights(void)
{
	for (const struct route *r = routes; r->method != NULL; r++) {
		const char *answer;

		if (r->who == ANYONE)
			continue;
		visit(&stranger, "/en/sign-in");
		answer = knock(&stranger, r);
		expect(is_post(r) ? status(answer) == 401
			: (r->formats & HTML) != 0
			? status(answer) == 303 && has(answer, "/sign-in?")
			: status(answer) == 403,
		    r, answer);
		if (r->who <= PARTNER)
			continue;
		answer = knock(&member, r);
		expect(status(answer) == 403, r, answer);
	}
	claim("who has no right to a page is kept out, whatever page it is");
	for (const struct route *r = routes; r->method != NULL; r++) {
		const char *answer;

		if (r->who < STEWARD ||
		    (r->who == STEWARD && !has(r->path, "{")))
			continue;
		if (strcmp(r->path, "/{lang}/review") == 0)
			continue;
		answer = knock(&steward, r);
		expect(status(answer) == 403, r, answer);
	}
	claim("who looks after one country has no right to another's pages");
}

/* Pages for members are never kept, and none is shown to anybody else. */
static void
test_kept(void)
{
	for (const struct route *r = routes; r->method != NULL; r++) {
		const char *answer;

		if (is_post(r) || r->who == ANYONE ||
		    strcmp(r->path, "/files/{sha}/{file}") == 0)
			continue;
		answer = visit(&admin, address_of(r));
		expect(header(answer, "cache-control: no-store"), r, answer);
	}
	claim("no page for members is kept by anybody");
	for (const struct route *r = routes; r->method != NULL; r++) {
		struct visitor other = visitor_beside(&admin);
		const char *answer;

		if (is_post(r))
			continue;
		visit(&admin, address_of(r));
		answer = visit(&other, address_of(r));
		expect((!has(answer, "Ada Exemple") ||
			   has(r->path, "/members/")) && /* for everybody */
			!has(answer, "ada@example.org"),
		    r, answer);
		visit(&other, address_of(r));
		answer = visit(&admin, address_of(r));
		expect(status(answer) != 200 || !has(answer, "<html") ||
			has(answer, "/sign-out"),
		    r, answer);
		visitor_leave(&other);
	}
	claim("what a member saw is not shown to a visitor, nor the reverse");
}

/* What an address holds comes back as text, whatever page it is. */
static void
test_reflected(void)
{
	static const char *const names[] = { "q", "next", "page", "sort",
		"country", "theme", "kind", "state", "mine", "from", "to", "of",
		"for", "done", "role", "status", "member", "more", "letter",
		"type", "year", "lang", "view", "x" };
	struct buf url = { 0 }, query = { 0 };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		buf_printf(&query,
		    "%s%s=%%22%%27%%3E%%3Csvg%%20onload%%3Dz%%28%%29%%3E",
		    i > 0 ? "&" : "?", names[i]);
	for (const struct route *r = routes; r->method != NULL; r++) {
		const char *answer;

		if (is_post(r))
			continue;
		buf_clear(&url);
		buf_printf(&url, "%s%s", address_of(r), query.data);
		answer = visit(&admin, url.data);
		expect(!has(answer, "\ncontent-type: text/") ||
			(!has(answer, "<svg onload") &&
			    (!has(answer, "\ncontent-type: text/html") ||
				!has(answer, "\"'>"))),
		    r, answer);
	}
	claim("what an address holds is text on every page");
	for (const struct route *r = routes; r->method != NULL; r++) {
		const char *answer;

		if (is_post(r))
			continue;
		buf_clear(&url);
		buf_printf(&url,
		    "%s?q=a%%0d%%0ax-evil:%%201&next=%%0d%%0ax-evil:"
		    "%%201&done=%%0ax-evil:1",
		    address_of(r));
		answer = visit(&admin, url.data);
		expect(!has(answer, "\nx-evil:") ||
			strstr(answer, "\nx-evil:") > strstr(answer, "\n\n"),
		    r, answer);
	}
	claim("and makes no header");
	buf_free(&url);
	buf_free(&query);
}

/* An id that the browser brings is not taken for its session. */
static void
test_fixation(void)
{
	static const char chosen[] =
	    "__Host-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	struct visitor v = visitor_beside(&admin);
	int64_t sessions = number_in("SELECT count(*) FROM state.session");
	char digest[PASSWORD_DIGEST];
	const char *answer;

	password_digest(digest, strchr(chosen, '=') + 1);
	buf_puts(&v.cookies, chosen);
	answer = visit(&v, "/en/sign-in");
	ok(has(answer, "set-cookie: __Host-session=; "),
	    "a session that is none is forgotten");
	visitor_keep(&v, chosen);
	answer = submit(&v, "/en/sign-in",
	    "email=awa%40example.org&password=secret+word");
	ok(status(answer) == 303 &&
		strcmp(cookie_of(&v, "__Host-session"),
		    strchr(chosen, '=') + 1) != 0,
	    "who signs in gets a new one, not the one they brought");
	ok(has(answer, "; HttpOnly; SameSite=Lax; Secure"),
	    "that no script reads and no other site sends");
	ok(number_in("SELECT count(*) FROM state.session") == sessions + 1 &&
		strcmp(text_in("SELECT group_concat(hash) FROM state.session"),
		    digest) != 0 &&
		!has(text_in("SELECT group_concat(hash) FROM state.session"),
		    digest),
	    "and the other one is nowhere");
	visitor_leave(&v);
}

/* The same page but for its token? */
static bool
is_like(struct buf *a, struct buf *b, const char *email, const char *other)
{
	struct buf *both[] = { a, b };

	for (int i = 0; i < 2; i++) {
		char *at = buf_text(both[i]) != NULL
		    ? strstr(both[i]->data, "name=\"_csrf\" value=\"")
		    : NULL;
		const char *own = i == 0 ? email : other;

		if (at != NULL)
			memset(at + 20, '.', strcspn(at + 20, "\""));
		while ((at = strstr(both[i]->data, own)) != NULL)
			memset(at, '.', strlen(own));
	}
	return strcmp(a->data, b->data) == 0;
}

static struct buf
answer_to(const char *path, const char *fields, const char *email)
{
	struct visitor v = visitor_beside(&stranger);
	struct buf body_ = { 0 }, all = { 0 };
	const char *answer;

	visit(&v, path);
	wait_with_form(&v, 60);
	buf_printf(&all, "%s&email=%s", fields, email);
	answer = submit(&v, path, all.data);
	buf_printf(&body_, "%d %s", status(answer), body(answer));
	buf_free(&all);
	visitor_leave(&v);
	return body_;
}

static void
test_known(void)
{
	static const char *const forms[][2] = {
		{ "/en/sign-in", "password=wrong+password" },
		{ "/en/join", "name=Eve&password=four+blue+goats&language=en" },
		{ "/en/password", "x=1" },
	};

	for (size_t i = 0; i < 3; i++) {
		struct buf a =
		    answer_to(forms[i][0], forms[i][1], "awa@example.org");
		struct buf b =
		    answer_to(forms[i][0], forms[i][1], "aba@example.org");
		char text[100];

		snprintf(text, sizeof(text),
		    "%s answers the same whether there is such a member",
		    forms[i][0]);
		ok(is_like(&a, &b, "awa@example.org", "aba@example.org"), text);
		buf_free(&a);
		buf_free(&b);
	}
}

/* Passwords are not tried for long. */
static void
test_force(void)
{
	struct visitor v = visitor_beside(&stranger);
	char address[40], fields[100];
	const char *answer = "";
	int n = 0;

	do {
		snprintf(address, sizeof(address), "198.51.100.%d", n);
		v.address = address;
		visit(&v, "/en/sign-in");
		answer = submit(&v, "/en/sign-in",
		    n % 2 ? "email=MEMBER%40example.org&password=x"
			  : "email=+member%40example.org&password=x");
	} while (status(answer) != 429 && ++n < 40);
	ok(n == 8 && has(answer, "\nretry-after: "),
	    "eight passwords can be tried for an account, from wherever");
	n = 0;
	do {
		snprintf(address, sizeof(address), "2001:db8::%x:0:0:1", n + 1);
		snprintf(fields, sizeof(fields),
		    "email=nobody%d%%40example.org", n);
		v.address = address;
		visit(&v, "/en/password");
		answer = submit(&v, "/en/password", fields);
	} while (status(answer) != 429 && ++n < 40);
	ok(n == 10 && has(answer, "\nretry-after: "),
	    "all addresses of one network are one, however they are written");
	visitor_leave(&v);
}

int
main(void)
{
	admin = visitor_open();
	member = visitor_beside(&admin);
	steward = visitor_beside(&admin);
	stranger = visitor_beside(&admin);
	member_add("Ada Exemple", "ada@example.org", "secret word",
	    "administrator");
	member_add("Awa Exemple", "awa@example.org", "secret word", "member");
	member_add("Bea Exemple", "member@example.org", "secret word",
	    "partner");
	change_in("INSERT INTO steward (member, country, since)"
		  " SELECT max(id), 'KE', '2026-01-01' FROM member");
	change_in("INSERT INTO state.contribution (id, kind, member, lang,"
		  " state, title, country, tree, created, updated, submitted)"
		  " SELECT 1, 'scheme', 2, 'en', 'submitted', 'X', 'SN', '{}',"
		  " '2026-01-01', '2026-01-01', '2026-01-01'");
	sign_in(&admin, "ada@example.org", "secret+word");
	sign_in(&member, "awa@example.org", "secret+word");
	sign_in(&steward, "member@example.org", "secret+word");
	test_forged();
	test_rights();
	test_kept();
	test_reflected();
	test_fixation();
	test_known();
	test_force();
	visitor_leave(&stranger);
	visitor_leave(&steward);
	visitor_leave(&member);
	visitor_close(&admin);
	return done();
}
