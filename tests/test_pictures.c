/*
 * Whoever reads the news on a slow line gets pictures that fit it; "mutua jobs"
 * makes them.
 */
#include "forms.h"
#include "mailbox.h"
#include "pictures.h"

static struct visitor partner, editor, member, reader;

/* Write news with a picture, to be published or saved. */
static void
write_news(struct visitor *v, const char *title, const char *act,
    const char *filename, struct buf picture)
{
	struct buf fields = { 0 };

	visit(v, "/en/news/new");
	buf_printf(&fields,
	    "lang=en\ntitle.en=%s\nsummary.en=What happened.\n"
	    "organisation=ilo\nimage_alt.en=Women at a table\n_do=%s\n",
	    title, act);
	if (status(send_form(v, "/en/news/new/files", fields.data, filename,
		&picture)) != 303)
		bail_out(title);
	buf_free(&fields);
}

/* The address of the first picture on a page, "" if there is none. */
static const char *
picture_on(const char *page)
{
	static char url[300];
	const char *at = strstr(page, "src=\"/files/");

	url[0] = '\0';
	if (at != NULL)
		snprintf(url, sizeof(url), "%.*s", (int)strcspn(at + 5, "\""),
		    at + 5);
	return url;
}

/* The bytes that an address leads the visitor to; none if it leads nowhere. */
static struct buf
bytes_at(struct visitor *v, const char *url)
{
	struct buf path = { 0 }, bytes;

	if (strlen(url) < 72 || status(visit(v, url)) != 200)
		return BYTES("");
	buf_printf(&path, "%s/data/files/%.2s/%.64s", test_dir(), url + 7,
	    url + 7);
	bytes = for_good(test_file(path.data));
	buf_free(&path);
	return bytes;
}

static struct buf photo;

static void
waiting(void)
{
	write_news(&partner, "Fund Alpha opens", "publish", "p.jpg", photo);
	ok(has(visit(&reader, "/en/news/fund-alpha-opens"),
	       "width=\"1200\" height=\"900\" loading=\"lazy\""
	       " decoding=\"async\"") &&
		!has(visit(&reader, "/en/news"), "class=\"thumb\""),
	    "at first a page shows the picture as it was sent, a list none");
	ok(bytes_at(&reader,
	       picture_on(visit(&reader, "/en/news/fund-alpha-opens")))
		    .len == photo.len,
	    "all of it");
}

static void
shown(void)
{
	char small[300], medium[300];
	const char *answer;

	run_jobs();
	answer = visit(&reader, "/en/news");
	snprintf(small, sizeof(small), "%s", picture_on(answer));
	ok(has(answer, "width=\"320\" height=\"240\" loading=\"lazy\""),
	    "then a list shows a small one, and keeps a place for it");
	answer = visit(&reader, "/en/news/fund-alpha-opens");
	snprintf(medium, sizeof(medium), "%s", picture_on(answer));
	ok(has(answer, "width=\"800\" height=\"600\" loading=\"lazy\""),
	    "the page one that is as wide as its text");
	ok(before(answer, "srcset=\"", small) &&
		has(answer, " 320w, /files/") && has(answer, " 800w\" sizes"),
	    "or the small one, where the screen is");
	ok(has(answer, "type=\"image/jpeg\">The whole picture</a>") &&
		has(visit(&reader, "/fr/news/fund-alpha-opens"),
		    "L’image entière</a>"),
	    "and leads to the whole, saying how large that is");
	is(seen(bytes_at(&reader, small)), "320x240, red top left",
	    "it is the picture");
	ok(bytes_at(&reader, small).len * 20 < photo.len &&
		bytes_at(&reader, medium).len * 3 < photo.len,
	    "they have a part of its bytes");
	ok(header(visit(&reader, small), "content-type: image/jpeg") &&
		header(visit(&reader, small),
		    "cache-control: public, max-age=31536000, immutable"),
	    "and are kept by browsers for good");
}

/* Who writes news is on a slow line, too. */
static void
written(void)
{
	struct buf fields = { 0 };
	char small[300], medium[300];

	snprintf(medium, sizeof(medium), "%s",
	    picture_on(visit(&reader, "/en/news/fund-alpha-opens")));
	snprintf(small, sizeof(small), "%s",
	    picture_on(visit(&reader, "/en/news")));
	is(picture_on(visit(&partner, "/en/news/fund-alpha-opens/edit")), small,
	    "a form has the small one");
	buf_printf(&fields,
	    "lang=en&title.en=Fund+Alpha+opens&summary.en=It+has."
	    "&organisation=ilo&image_alt.en=x&image=%s&_do=preview",
	    text_in("SELECT image FROM news WHERE image NOT NULL"));
	is(picture_on(visit(&partner,
	       led_to(submit(&partner, "/en/news/fund-alpha-opens/edit",
		   fields.data)))),
	    medium, "what is to be seen before it is published, the other");
	buf_free(&fields);
}

static void
elsewhere(void)
{
	const char *sha =
	    text_in("SELECT image FROM news WHERE image NOT NULL");
	char url[100];

	snprintf(url, sizeof(url), "/files/%.64s/", sha);
	ok(has(visit(&reader, "/en/news.json"), url) &&
		has(visit(&reader, "/en/news/fund-alpha-opens.json"), url) &&
		has(visit(&reader, "/en/news.atom"), url) &&
		has(visit(&reader, "/en/news.rss"), url) &&
		has(visit(&reader, "/en/news.jsonfeed"), url),
	    "feeds and data have the picture as it was sent");
	ok(!has(visit(&reader, "/en/news.json"), "thumb") &&
		!has(visit(&reader, "/en/news/fund-alpha-opens.json"),
		    "medium"),
	    "and do not speak of others");
}

/* The small version of a picture, by the name it was sent with. */
static const char *
version_of(const char *name)
{
	static char url[100];
	struct db *db = db_open(visitor_database.data, DB_READ);
	struct query *q = db_restart(db_query(db,
	    "SELECT '/files/' || v.sha256 || '/x' FROM picture_version v"
	    " JOIN file f ON f.sha256 = v.file WHERE f.name = :name"
	    " AND v.size = 'small'"));

	db_set_text(q, "name", name);
	snprintf(url, sizeof(url), "%s", db_next(q) ? db_text(q, 0) : "");
	db_close(db);
	return url;
}

/* Nobody sees a version who may not see the picture. */
static void
secret(void)
{
	struct buf same = add_exif(photo, 1), made;
	const char *url;

	write_news(&partner, "Fund Beta opens", "save", "secret.jpg",
	    draw_jpeg((struct drawing){ 1000, 500, 255, true }));
	run_jobs();
	url = version_of("secret.jpg");
	ok(status(visit(&partner, url)) == 200 &&
		status(visit(&editor, url)) == 200 &&
		header(visit(&partner, url), "cache-control: no-store"),
	    "a version of a draft's picture is for its author and editors");
	ok(status(visit(&member, url)) == 404 &&
		status(visit(&reader, url)) == 404,
	    "others do not see it");
	write_news(&partner, "Fund Gamma opens", "save", "same.jpg", same);
	run_jobs();
	url = version_of("same.jpg");
	ok(strcmp(url, "") != 0 && status(visit(&reader, url)) == 200,
	    "unless it is that of a picture that everybody sees, too");
	made = bytes_at(&reader, url);
	ok(memmem(same.data, same.len, "COTONOU", 7) != NULL && made.len > 0 &&
		memmem(made.data, made.len, "COTONOU", 7) == NULL,
	    "none says where it was taken");
}

static void
faults(void)
{
	struct buf cut = buf_copy(photo.data, photo.len / 2);
	const char *answer;

	write_news(&partner, "Fund Delta opens", "publish", "cut.jpg", cut);
	run_jobs();
	answer = visit(&partner, "/en/files");
	ok(has(answer, "cut.jpg") && count(answer, "it is damaged") == 1 &&
		has(visit(&partner, "/fr/files"), "endommagée"),
	    "who sent a damaged picture sees that there will be no other");
	ok(has(visit(&partner, "/en/files.json"),
	       "\"picture_fault\":\"damaged\""),
	    "programs, too");
	ok(has(visit(&reader, "/en/news/fund-delta-opens"),
	       "width=\"1200\" height=\"900\""),
	    "its page shows it as it is");
	ok(number_in("SELECT count(*) FROM state.job"
		     " WHERE job = 'picture'") == 0,
	    "and nobody tries again");
	buf_free(&cut);
}

int
main(void)
{
	partner = visitor_open();
	editor = visitor_beside(&partner);
	member = visitor_beside(&partner);
	reader = visitor_beside(&partner);
	member_add("Pia Partner", "partner@example.org", "secret word",
	    "partner");
	speaks_for("partner@example.org", "ilo");
	member_add("Eli Editor", "editor@example.org", "secret word", "editor");
	member_add("Mo Member", "member@example.org", "secret word", "member");
	sign_in(&partner, "partner@example.org", "secret word");
	sign_in(&editor, "editor@example.org", "secret word");
	sign_in(&member, "member@example.org", "secret word");
	photo = draw_jpeg((struct drawing){ 1200, 900, 255, true });
	printf("# %zu bytes\n", photo.len);
	waiting();
	shown();
	written();
	elsewhere();
	secret();
	faults();
	visitor_leave(&editor);
	visitor_leave(&member);
	visitor_leave(&reader);
	visitor_close(&partner);
	return done();
}
