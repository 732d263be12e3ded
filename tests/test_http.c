/* What browsers send, and what is sent to them. */
#include "test.h"

static const char *const offered[] = { "en", "fr", "es", NULL };

static const char *
language(const char *header)
{
	return http_language(header, offered);
}

static void
languages(void)
{
	is(language(NULL), "en", "without Accept-Language it is English");
	is(language(""), "en", "an empty one says nothing");
	is(language("fr"), "fr", "a language that is offered is taken");
	is(language("fr-SN, fr;q=0.9, en;q=0.8"), "fr", "a country's is too");
	is(language("de, es;q=0.4, fr;q=0.5"), "fr", "the heaviest wins");
	is(language("de,it"), "en", "none that fits is English");
	is(language("es-419 ; q=0.7 , pt"), "es", "blanks don't matter");
	is(language("FR"), "fr", "nor do capitals");
	is(language("fr;q=0, es;q=0.1"), "es", "a weight of 0 is a no");
	is(language("fr;q=abc, es;q=0.1"), "es", "as is one that is none");
	is(language("es, fr;q=1.5"), "es",
	    "a weight over 1 is no more than what comes first");
	is(language("frank, es"), "es", "a longer word is another");
	is(language(",,;q=1,;;"), "en", "nonsense is harmless");
	is(language("*"), "en", "any is English");
}

static void
encodings(void)
{
	ok(http_accepts_gzip("gzip, deflate, br"), "gzip is accepted");
	ok(http_accepts_gzip("GZIP;q=0.5"), "with a weight, in capitals");
	ok(http_accepts_gzip("x-gzip"), "by its old name");
	ok(http_accepts_gzip("*"), "or by any");
	ok(!http_accepts_gzip("*, gzip;q=0"), "unless it is excluded");
	ok(!http_accepts_gzip("gzip;q=0.000"), "a weight of 0.000 is a no");
	ok(!http_accepts_gzip("br, deflate"), "others are not gzip");
	ok(!http_accepts_gzip("gzipped"), "nor is a longer word");
	ok(!http_accepts_gzip(NULL), "nor is nothing");
}

static const char *
cookie(const char *header, const char *name)
{
	static struct buf value;

	buf_clear(&value);
	buf_puts(&value, "");
	return http_cookie(&value, header, name) ? buf_text(&value) : "none";
}

static void
cookies(void)
{
	is(cookie("lang=fr", "lang"), "fr", "a cookie is found");
	is(cookie("a=b; lang=fr;c=d", "lang"), "fr", "among others");
	is(cookie("a=b; lang=fr; lang=es", "lang"), "fr", "the first one");
	is(cookie("token=YWJj==", "token"), "YWJj==", "with its '='");
	is(cookie("lang=\"fr\"", "lang"), "fr", "without its quotes");
	is(cookie("lang=", "lang"), "", "or empty");
	is(cookie("xlang=fr", "lang"), "none", "a longer name is another");
	is(cookie("lang", "lang"), "none", "a name alone is none");
	is(cookie("LANG=fr", "lang"), "none", "capitals matter");
	is(cookie(NULL, "lang"), "none", "no header, no cookie");
	is(cookie(";;= ;", "lang"), "none", "nonsense is harmless");
}

static void
etags(void)
{
	ok(http_etag_matches("\"a\"", "\"a\""), "the same ETag matches");
	ok(http_etag_matches("W/\"a\"", "\"a\""), "weak or strong");
	ok(http_etag_matches("\"b\", W/\"a\"", "W/\"a\""), "in a list");
	ok(http_etag_matches("*", "\"a\""), "* matches all");
	ok(!http_etag_matches("\"ab\"", "\"a\""), "a longer one doesn't");
	ok(!http_etag_matches("", "\"a\""), "nor does an empty header");
	ok(!http_etag_matches(NULL, "\"a\""), "nor none");
}

static void
hosts(void)
{
	ok(http_host_valid("example.org"), "a name is a host");
	ok(http_host_valid("localhost:8080"), "a port may follow");
	ok(http_host_valid("[::1]:8080"), "an IPv6 address is one");
	ok(!http_host_valid("example.org/x"), "a path is not part of it");
	ok(!http_host_valid("a@b"), "nor is a user");
	ok(!http_host_valid("a\"b"), "nor are quotes");
	ok(!http_host_valid(""), "nor is nothing");
	ok(!http_host_valid("[]"), "nor is an empty address");
	ok(!http_host_valid("a:b"), "a port is a number");
}

static void
headers(void)
{
	struct response r = { 0 };

	response_header(&r, "content-type", "text/css");
	response_header(&r, "vary", "cookie");
	is(response_get(&r, "vary"), "cookie", "a header is found again");
	ok(response_get(&r, "cookie") == NULL, "its value is no name");
	ok(response_get(&r, "content") == NULL, "half a name is none");
	response_header(&r, "location", "/x\r\nset-cookie: a=b");
	ok(response_get(&r, "location") == NULL && !has(r.head.data, "a=b"),
	    "a value with a line break is left out");
	is(r.head.data, "content-type: text/css\r\nvary: cookie\r\n",
	    "the head is what will be sent");
	response_clear(&r);
	ok(r.head.len == 0 && response_get(&r, "vary") == NULL,
	    "and can be emptied");
	response_free(&r);
}

/* "FROM+LEN" of 100 bytes, "all" or "none". */
static const char *
range(const char *header)
{
	static char text[60];
	uint64_t from, len;

	switch (http_range(header, 100, &from, &len)) {
	case RANGE_ALL:
		return from == 0 && len == 100 ? "all" : "odd";
	case RANGE_NONE:
		return "none";
	default:
		snprintf(text, sizeof(text), "%llu+%llu",
		    (unsigned long long)from, (unsigned long long)len);
		return text;
	}
}

static void
ranges(void)
{
	is(range("bytes=0-9"), "0+10", "a part is asked for by its ends");
	is(range("bytes=90-"), "90+10", "or from a place on");
	is(range("bytes=-10"), "90+10", "or from the end");
	is(range("bytes=99-99"), "99+1", "it may be one byte");
	is(range("bytes=50-500"), "50+50", "or more than there is");
	is(range("bytes=-500"), "0+100", "from the end, too");
	is(range("BYTES=0-0"), "0+1", "in capitals");
	is(range("bytes=100-"), "none",
	    "what begins behind the end is nothing");
	is(range("bytes=-0"), "none", "nor is nothing");
	is(range(NULL), "all", "else it is all");
	is(range("bytes=9-0"), "all", "as is what ends before it begins");
	is(range("bytes=0-1,5-6"), "all", "or more than one part");
	is(range("bytes="), "all", "or no part");
	is(range("bytes=-"), "all", "without a number");
	is(range("bytes=a-b"), "all", "in digits");
	is(range("bytes= 0-1"), "all", "alone");
	is(range("lines=0-1"), "all", "of bytes");
	is(range("bytes=99999999999999999999-"), "all",
	    "and not beyond all numbers");
}

int
main(void)
{
	languages();
	encodings();
	cookies();
	etags();
	hosts();
	headers();
	ranges();
	return done();
}
