/* Finished pages are kept, and given out in the form that is wanted. */
#include "test.h"
#include "web/cache.h"
#include "web/respond.h"

static struct compress *compress;

static const struct buf *
key(const char *text)
{
	static struct buf b;

	buf_clear(&b);
	buf_puts(&b, text);
	return &b;
}

/* A finished page of n times its name. */
static void
put(struct cache *c, const char *name, size_t n)
{
	struct response r = { .status = 200, .lang = "fr" };

	response_header(&r, "content-type", "text/html; charset=utf-8");
	while (n-- > 0)
		buf_puts(&r.body, name);
	respond_finish(&r, KEEP_ASKING);
	cache_put(c, key(name), &r);
	response_free(&r);
}

static const struct request plain = { .method = "GET", .path = "/" };
static const struct request gzip = {
	.method = "GET", .path = "/", .accept_encoding = "gzip"
};

static bool
kept(struct cache *c, const char *name)
{
	struct response r = { 0 };
	bool found = cache_get(c, key(name), &plain, &r);

	response_free(&r);
	return found;
}

/* The body as someone gets it who asked like that. */
static bool
gives(struct cache *c, const char *name, size_t n, const struct request *q)
{
	struct response r = { 0 };
	struct buf text = { 0 };
	bool good = cache_get(c, key(name), q, &r) && r.status == 200;

	if (good && q->accept_encoding != NULL) {
		good = response_get(&r, "content-encoding") != NULL &&
		    r.body.len < n * strlen(name);
		compress_gunzip(compress, &text, r.body.data, r.body.len);
	} else if (good) {
		buf_puts(&text, r.body.data);
	}
	good = good && text.len == n * strlen(name) &&
	    strncmp(text.data, name, strlen(name)) == 0 &&
	    strcmp(text.data + text.len - strlen(name), name) == 0;
	response_free(&r);
	buf_free(&text);
	return good;
}

static void
forms(struct cache *c)
{
	struct response r = { 0 };
	char etag[RESPONSE_ETAG];
	struct request again = plain;

	put(c, "adhérent", 1000);
	ok(gives(c, "adhérent", 1000, &plain), "a page is kept as it was");
	ok(gives(c, "adhérent", 1000, &gzip), "and given out as gzip");
	ok(gives(c, "adhérent", 1000, &gzip), "again and again");
	ok(gives(c, "adhérent", 1000, &plain),
	    "those who can't read gzip still get it");
	ok(cache_get(c, key("adhérent"), &gzip, &r) && r.kept &&
		strcmp(r.lang, "fr") == 0,
	    "it is said to be kept, and in which language");
	snprintf(etag, sizeof(etag), "%s", response_get(&r, "etag"));
	again.if_none_match = etag;
	response_clear(&r);
	ok(cache_get(c, key("adhérent"), &again, &r) && r.status == 304 &&
		r.body.len == 0,
	    "who has it already gets 304 and no body");
	is(response_get(&r, "etag"), etag, "with the ETag");
	response_free(&r);
	put(c, "short", 10);
	ok(cache_get(c, key("short"), &gzip, &r) &&
		response_get(&r, "content-encoding") == NULL &&
		r.body.len == 50,
	    "a short page is not compressed");
	response_free(&r);
	put(c, "empty", 0);
	ok(cache_get(c, key("empty"), &gzip, &r) && r.body.len == 0,
	    "an empty one is kept too");
	response_free(&r);
	put(c, "adhérent", 500);
	ok(gives(c, "adhérent", 500, &gzip), "a page made anew is the new one");
}

static void
forgetting(struct cache *c)
{
	char name[24];
	int there = 0;

	cache_stamp(c, 1);
	ok(!kept(c, "adhérent"), "a change makes it forget everything");
	put(c, "a", 1000);
	cache_stamp(c, 1);
	ok(kept(c, "a"), "no change, none forgotten");
	cache_stamp(c, 2);
	ok(!kept(c, "a") && cache_bytes(c) == 0,
	    "another, and nothing is left");

	put(c, "first", 100);
	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "page-%d", i);
		put(c, name, 100);
		kept(c, "first");
	}
	ok(cache_bytes(c) <= 100000, "it holds no more than it may");
	ok(kept(c, "first"), "what is asked for stays");
	ok(kept(c, "page-999"), "as does what is new");
	ok(!kept(c, "page-0"), "what nobody asks for goes");
	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "page-%d", i);
		there += kept(c, name);
	}
	ok(there > 50 && there < 150, "it holds about what it may");
	put(c, "huge", 10000);
	ok(!kept(c, "huge") && kept(c, "first"),
	    "a page too big for it does not empty it");
}

int
main(void)
{
	struct cache *c;

	compress = compress_open();
	c = cache_open(100000, compress);
	forms(c);
	forgetting(c);
	cache_close(c);
	compress_close(compress);
	return done();
}
