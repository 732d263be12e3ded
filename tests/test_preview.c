/*
 * A preview is the page as it will be, and nothing else than that happens.
 */
#include "data/kind.h"
#include "files.h"
#include "forms.h"
#include "mailbox.h"

static struct visitor partner, editor, member, reader;

#define BAR "Preview: nobody else sees this page yet."

/* All that is in both databases, as SQL. */
static struct buf
dump(void)
{
	static const char *const names[] = { "mutua.db", "state.db" };
	struct buf all = { 0 }, command = { 0 };
	char block[4096];

	for (size_t i = 0; i < 2; i++) {
		FILE *f;

		buf_clear(&command);
		buf_printf(&command, "sqlite3 %s .dump",
		    visitor_data(names[i]));
		f = popen(command.data, "r");
		for (size_t n; (n = fread(block, 1, sizeof(block), f)) > 0;)
			buf_put(&all, block, n);
		if (pclose(f) != 0)
			bail_out("sqlite3");
	}
	buf_free(&command);
	return all;
}

static bool
is_unchanged(struct buf *was)
{
	struct buf now = dump();
	bool same = now.len == was->len && now.len > 100000 &&
	    memcmp(now.data, was->data, now.len) == 0;

	buf_free(&now);
	buf_free(was);
	return same;
}

/* What readers see, as it was when it was first asked: no page, kept or made
 * anew, no list, feed or sum. */
static bool
readers_see_the_same(void)
{
	static const char *const places[] = { "/en/", "/en/news",
		"/en/news.atom", "/en/countries/sn", "/en/themes/gender",
		"/en/changes", "/en/search?q=zanpreview", "/sitemap-1.xml" };
	static struct buf was[8];
	bool same = true;

	for (size_t i = 0; i < 8; i++) {
		const char *page = visit(&reader, places[i]);
		size_t len = strlen(page);

		if (was[i].len == 0)
			buf_put(&was[i], page, len);
		if (len != was[i].len || strcmp(page, was[i].data) != 0)
			printf("# %s\n", places[i]);
		same =
		    same && len == was[i].len && strcmp(page, was[i].data) == 0;
	}
	return same;
}

static const char draft[] = "lang=en\ntitle.en=Zanpreview fund\n"
			    "title.fr=Caisse Zanpreview\n"
			    "summary.en=A <script>alert(1)</script> begins\n"
			    "body.en=It *begins* <script>alert(2)</script>\n"
			    "body.fr=Elle *commence*\ncountries=SN\n"
			    "image_alt.en=A cat\norganisation=ilo\n_do=preview";

static void
test_showing(void)
{
	struct buf png = make_png(300, 200), was;
	char own[200];
	const char *page;

	visit(&partner, "/en/news/new");
	page = send_form(&partner, "/en/news/new/files", draft, "p.png", &png);
	ok(status(page) == 303 && has(led_to(page), "/preview"),
	    "the form's button keeps the draft and leads to the preview");
	snprintf(own, sizeof(own), "%s", visitor_place.data);
	readers_see_the_same();
	was = dump();
	page = visit(&partner, own);
	ok(status(page) == 200 && has(page, BAR) &&
		has(page, "<h1>Zanpreview fund</h1>") &&
		has(page, "<em>begins</em>") &&
		has(page, "<figure><img src=\"/files/"),
	    "there is the page, title, text and picture");
	ok(!has(page, "<script>alert"), "a script in it is only text");
	ok(has(page, "\ncache-control: no-store\n") && !has(page, "\netag: "),
	    "nobody may keep it");
	ok(!has(page, "/zanpreview-fund/edit") && has(page, "/changes\"") &&
		has(page, "value=\"publish\""),
	    "the ways on are the draft's, not the record's");
	ok(has(page, "/fr/contributions/") &&
		!has(page, "<a href=\"/fr/news/zanpreview"),
	    "the same in French is a preview, too");
	memcpy(own, "/fr", 3);
	page = visit(&partner, own);
	ok(has(page, "<h1>Caisse Zanpreview</h1>") &&
		has(page, "<em>commence</em>"),
	    "with what is written in French");
	memcpy(own, "/en", 3);
	ok(is_unchanged(&was), "nothing in the databases has changed by it");
	ok(status(visit(&reader, "/en/news/zanpreview-fund")) == 404 &&
		readers_see_the_same(),
	    "and nothing of what readers see");
}

/* Whoever may not see what somebody writes may not see what it will be. */
static void
test_others(void)
{
	char own[200], shown[200];
	struct visitor *const all[] = { &partner, &editor, &member, &reader };
	int differ = 0;

	snprintf(shown, sizeof(shown), "%s", visitor_place.data);
	snprintf(own, sizeof(own), "%.*s",
	    (int)(strlen(shown) - strlen("/preview")), shown);
	for (size_t i = 0; i < 4; i++)
		differ +=
		    status(visit(all[i], own)) != status(visit(all[i], shown));
	ok(differ == 0 && status(visit(&member, shown)) == 404 &&
		status(visit(&reader, shown)) == 303,
	    "others get what they get for the draft itself");
}

/* The fields that send what the last preview showed. */
static const char *
with_seen(const char *page, const char *action)
{
	static char fields[120];
	const char *at = strstr(page, "name=\"seen\" value=\"");

	snprintf(fields, sizeof(fields), "_do=%s&seen=%.20s", action,
	    at != NULL ? at + 19 : "");
	return fields;
}

static void
test_publishing(void)
{
	char own[200];
	const char *page;

	snprintf(own, sizeof(own), "%s", visitor_place.data);
	page = visit(&partner, own);
	page = submit(&partner, own, "_do=publish&seen=2020-01-01T00:00:00Z");
	ok(status(page) == 303 && strcmp(led_to(page), own) == 0 &&
		status(visit(&reader, "/en/news/zanpreview-fund")) == 404,
	    "what was written on since is looked at again first");
	page = visit(&partner, own);
	page = submit(&partner, own, with_seen(page, "publish"));
	ok(status(page) == 303 && has(page, "zanpreview-fund?done=published"),
	    "what is seen can be published as it is");
	page = visit(&reader, "/en/news/zanpreview-fund");
	ok(has(page, "<h1>Zanpreview fund</h1>") && !has(page, BAR),
	    "and is the page then");
	ok(status(visit(&partner, own)) == 303,
	    "to which the preview leads from now on");
}

static void
test_broken(void)
{
	const char *page;

	visit(&partner, "/en/news/new");
	page = submit(&partner, "/en/news/new",
	    "lang=en&body.en=No+title&_do=preview");
	page = visit(&partner, led_to(page));
	ok(status(page) == 422 && has(page, "There is no page to show yet") &&
		has(page, "Title"),
	    "of what is no page yet it says what is missing");
}

/* Change the title of a record of a kind, and look at it. */
static bool
shows_change(const struct kind *k)
{
	struct db *db = db_open(visitor_database.data, DB_READ);
	struct query *q = db_restart(db_query(db,
	    "SELECT '/en/' || k.path || '/' || r.slug, t.title FROM kind k"
	    " JOIN record r ON r.kind = k.kind AND r.status = 'published'"
	    " JOIN record_text t ON t.record = r.id AND t.lang = 'en'"
	    " WHERE k.kind = :kind ORDER BY r.id LIMIT 1"));
	struct buf body = { 0 }, edit = { 0 };
	char url[200] = "";
	const char *page;
	bool good;

	db_set_text(q, "kind", k->kind);
	if (db_next(q))
		snprintf(url, sizeof(url), "%s", db_text(q, 0));
	db_close(db);
	buf_printf(&edit, "%s/edit", url);
	form_read_page(&body, visit(&editor, edit.data));
	form_set(&body, "title.en", "Zanother <b>anew</b>");
	form_set(&body, "_do", "preview");
	led_to(submit(&editor, edit.data, body.data));
	page = visit(&editor, visitor_place.data);
	good = status(page) == 200 && has(page, BAR) &&
	    has(page, "Zanother &lt;b&gt;anew") && !has(page, "<b>anew");
	page = visit(&reader, url);
	good = good && status(page) == 200 && !has(page, "Zanother");
	if (!good)
		printf("# %s: %s, %s\n", k->kind, url, visitor_place.data);
	buf_free(&body);
	buf_free(&edit);
	return good;
}

static void
test_kinds(void)
{
	int n = 0, bad = 0;

	visit(&editor, "/en/newsletter/new");
	submit(&editor, "/en/newsletter/new",
	    "lang=en&title.en=Issue&number=1&_do=publish");
	submit(&editor, "/en/experts/new",
	    "lang=en&title.en=Dr+Zan&_do=publish");
	for (const struct kind *k = kinds; k->kind != NULL; k++, n++)
		bad += !shows_change(k);
	ok(n > 10 && bad == 0, "a change of any kind of record has a preview");
}

static void
test_reviewing(void)
{
	const char *page;
	char review[200], own[200];

	visit(&member, "/en/links/new");
	page = submit(&member, "/en/links/new",
	    "lang=en&title.en=Zansite&link_category=platform"
	    "&url=https%3A%2F%2Fexample.org%2Fz&_do=preview");
	snprintf(own, sizeof(own), "%s", led_to(page));
	page = visit(&member, own);
	ok(has(page, "Zansite</h1>") && has(page, "value=\"submit\"") &&
		!has(page, "value=\"publish\""),
	    "who may not publish sends it for review from there");
	page = submit(&member, own, with_seen(page, "publish"));
	ok(has(page, "done=submitted"), "and can do no more than that");
	page = visit(&member, led_to(page));
	ok(has(page, own), "who has sent it still finds the preview");
	snprintf(review, sizeof(review), "/en/review/%lld",
	    (long long)number_in("SELECT id FROM state.contribution"
				 " WHERE state = 'submitted'"));
	ok(has(visit(&editor, review), own), "so does who reviews it");
	page = visit(&editor, own);
	ok(status(page) == 200 && has(page, "Zansite</h1>") &&
		has(page, review) && !has(page, "name=\"seen\""),
	    "and is led back to deciding on it");
}

/* Who opens a form and leaves it has no draft. */
static void
test_empty(void)
{
	static const char *const actions[] = { "save", "preview", "submit",
		"save&_autosave=1", "save&_more=sources" };
	int64_t drafts = number_in("SELECT count(*) FROM state.contribution");
	struct buf body = { 0 };
	int kept = 0;

	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
		form_read_page(&body, visit(&partner, "/fr/news/new"));
		buf_printf(&body, "&_do=%s", actions[i]);
		kept +=
		    status(submit(&partner, "/fr/news/new", body.data)) == 303;
	}
	ok(kept == 0 &&
		number_in("SELECT count(*) FROM state.contribution") == drafts,
	    "a form in which nothing is said becomes no draft");
	buf_free(&body);
}

static int64_t
documents(struct db *db)
{
	return db_number(db_restart(db_query(db, "SELECT held('document')")),
	    -1);
}

/* What is counted over all records is kept in memory, which must not learn of
 * what is not committed. */
static void
test_memory(void)
{
	struct db *readers = db_open(visitor_database.data, DB_READ);
	struct db *writer = db_open(visitor_database.data, DB_WRITE);
	int64_t n = documents(readers);

	db_begin(writer);
	db_script(writer,
	    "UPDATE record SET status = 'archived', updated ="
	    " strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE kind = 'document'");
	db_borrow(writer, readers);
	ok(n > 1 && documents(writer) == n,
	    "while it is looked at, sums are those that readers see");
	db_borrow(writer, NULL);
	db_rollback(writer);
	ok(documents(writer) == n && documents(readers) == n, "and after it");
	db_close(writer);
	db_close(readers);
}

int
main(void)
{
	partner = visitor_open();
	editor = visitor_beside(&partner);
	member = visitor_beside(&partner);
	reader = visitor_beside(&partner);
	member_add("Paz", "paz@example.org", "secret word", "partner");
	member_add("Eva", "eva@example.org", "secret word", "editor");
	member_add("Luis", "luis@example.org", "secret word", "member");
	speaks_for("paz@example.org", "ilo");
	sign_in(&partner, "paz@example.org", "secret word");
	sign_in(&editor, "eva@example.org", "secret word");
	sign_in(&member, "luis@example.org", "secret word");
	test_showing();
	test_others();
	test_publishing();
	test_broken();
	test_kinds();
	test_reviewing();
	test_empty();
	test_memory();
	visitor_leave(&editor);
	visitor_leave(&member);
	visitor_leave(&reader);
	visitor_close(&partner);
	return done();
}
