/* The whole registry, taken away from the site. */
#include <sys/stat.h>

#include "cli/registry.h"
#include "visitor.h"

static struct visitor me;

/* As test_page, but with what the file holds. */
static const char *
take(struct request q)
{
	struct response r = { 0 };
	static char part[100];

	q.method = q.method != NULL ? q.method : "GET";
	q.path = "/registry.zip";
	q.host = "example.org";
	q.scheme = "https";
	site_serve(me.site, &q, &r);
	buf_clear(&test_page);
	buf_printf(&test_page, "%d\n", r.status);
	for (const char *p = buf_text(&r.head); *p != '\0'; p++)
		if (*p != '\r')
			buf_putc(&test_page, *p);
	buf_putc(&test_page, '\n');
	buf_put(&test_page, buf_text(&r.body), r.body.len);
	if (r.has_file &&
	    pread(r.file, part, r.file_len, (off_t)r.file_from) ==
		(ssize_t)r.file_len)
		buf_put(&test_page, part, r.file_len);
	response_free(&r);
	return test_page.data;
}

static void
put_file(const char *bytes)
{
	FILE *f;

	mkdir(visitor_data("files"), 0750);
	f = fopen(visitor_data("files/registry.zip"), "we");
	if (f == NULL || fputs(bytes, f) == EOF || fclose(f) == EOF)
		bail_out("files/registry.zip");
}

static bool
has_tables(const char *page, const char *kind, bool lists)
{
	struct arena arena = { 0 };
	struct buf name = { 0 };
	bool all = true;

	for (struct sheet_table *t = registry_tables(&arena, kind_find(kind));
	     t != NULL; t = lists ? t->next : NULL) {
		buf_clear(&name);
		buf_printf(&name, "{\"file\":\"%s\",", t->file);
		if (!has(page, name.data)) {
			printf("# not there: %s\n", t->file);
			all = false;
		}
	}
	buf_free(&name);
	arena_free(&arena);
	return all;
}

static void
test_page_of_it(void)
{
	const char *page = visit(&me, "/en/schemes/data");

	ok(status(page) == 200 && has(page, "<h1>The registry as data</h1>") &&
		has(page, "href=\"/registry.zip\"") &&
		has(page, "href=\"/questionnaire.zip\"") &&
		has(page, "href=\"/en/schemes.csv\""),
	    "a page leads to all forms of the registry");
	ok(has(page, "https://example.org/en/schemes/data</p>"),
	    "and says how to cite it");
	ok(!has(page, "Terms of use"), "of a licence only if there is one");
	ok(has(visit(&me, "/fr/schemes"), "href=\"/fr/schemes/data\"") &&
		!has(visit(&me, "/fr/library"), "/schemes/data\""),
	    "the list of schemes leads there, other lists do not");
	ok(has(visit(&me, "/es/sitemap"), "href=\"/es/schemes/data\"") &&
		has(visit(&me, "/sitemap.xml"),
		    "https://example.org/es/schemes/data<"),
	    "so do the site maps");
	page = visit(&me, "/es/schemes/data.json");
	ok(has(page, "{\"file\":\"schemes\",\"rows\":54,"),
	    "it counts the rows");
	ok(has_tables(page, "scheme", true) &&
		has_tables(page, "organisation", false) &&
		has(page, "{\"file\":\"codes\","),
	    "of each table that is exported");
	ok(!has(page, "\"label\":null"), "which has a name");
}

static void
test_not_yet(void)
{
	const char *page = take((struct request){ 0 });

	ok(status(page) == 404 && has(page, "not made yet") &&
		has(page, "href=\"/en/schemes/data\"") &&
		has(page, "href=\"/es/schemes/data\""),
	    "before it is made a page says so, and leads on");
	ok(header(page, "cache-control: no-store") &&
		header(page, "retry-after: 600"),
	    "for now");
	page = take((struct request){ .accept_language = "fr" });
	ok(has(page, "pas encore prêt"), "in the visitor's language");
	mkdir(visitor_data("files"), 0750);
	mkdir(visitor_data("files/registry.zip"), 0750);
	ok(status(take((struct request){ 0 })) == 404,
	    "what is no file is not sent");
	rmdir(visitor_data("files/registry.zip"));
}

static const char *
etag_of(const char *page)
{
	static char etag[64];
	const char *at = strstr(page, "\netag: ");

	snprintf(etag, sizeof(etag), "%.*s",
	    at != NULL ? (int)strcspn(at + 7, "\n") : 0,
	    at != NULL ? at + 7 : "");
	return etag;
}

static void
test_served(void)
{
	const char *page, *etag;

	put_file("PK0123456789");
	page = take((struct request){ 0 });
	ok(status(page) == 200 && header(page, "content-type: application/zip"),
	    "then it is sent");
	is(body(page), "PK0123456789", "as it is");
	ok(header(page,
	       "content-disposition: attachment;"
	       " filename*=UTF-8''registry.zip") &&
		header(page, "x-content-type-options: nosniff") &&
		header(page, "accept-ranges: bytes") &&
		has(page, "\nlast-modified: ") && has(page, " GMT\n"),
	    "to be saved");
	ok(header(page, "cache-control: no-cache"), "and asked for again");
	etag = etag_of(page);
	ok(*etag == '"', "its ETag is strong");
	ok(status(take((struct request){ .if_none_match = etag })) == 304,
	    "who has it does not get it again");
	page = take((struct request){ .range = "bytes=2-4", .if_range = etag });
	ok(status(page) == 206 && header(page, "content-range: bytes 2-4/12"),
	    "a download that broke off goes on");
	is(body(page), "012", "with what is missing");
	page = take((struct request){ .range = "bytes=12-" });
	ok(status(page) == 416 && header(page, "content-range: bytes */12"),
	    "but not behind the end");
	put_file("PK0123456789+");
	page = take((struct request){ .range = "bytes=2-4", .if_range = etag });
	ok(status(page) == 200 && has(body(page), "9+"),
	    "nor with parts of another one");
}

int
main(void)
{
	me = visitor_open();
	test_page_of_it();
	test_not_yet();
	test_served();
	visitor_close(&me);
	return done();
}
