/* Addresses and the text in them. */
#include "base/url.h"
#include "base/url_join.h"
#include "base/utf8.h"
#include "test.h"

static const char *
encoded(const char *text)
{
	static struct buf b;

	buf_clear(&b);
	url_encode(&b, text, strlen(text));
	return buf_text(&b);
}

static const char *
decoded(const char *text)
{
	static struct buf b;
	bool good;

	buf_clear(&b);
	good = url_decode(&b, text, strlen(text));
	if (!good)
		buf_puts(&b, " (cut)");
	return buf_text(&b);
}

static const char *
param(const char *query, const char *name)
{
	static struct buf b;

	buf_clear(&b);
	return url_param(&b, query, name) ? buf_text(&b) : "none";
}

static const char *
with(const char *query, const char *name, const char *value)
{
	static struct buf b;

	buf_clear(&b);
	url_set(&b, query, name, value);
	return buf_text(&b);
}

static const char *
without(const char *query, const char *name)
{
	static struct buf b;

	buf_clear(&b);
	url_drop(&b, query, name);
	return buf_text(&b);
}

static const char *
key(const char *url)
{
	static struct buf b;

	buf_clear(&b);
	url_key(&b, url);
	return buf_text(&b);
}

static void
keys(void)
{
	is(key("https://Example.ORG:443/Feed/?a=B#top"),
	    "example.org/Feed/?a=B",
	    "addresses of one thing: the scheme, its port and a fragment make"
	    " no difference, nor do capitals of the host");
	is(key("http://example.org//"), "example.org",
	    "nor do slashes at the end");
	is(key("http://me:word@example.org:80"), "example.org", "nor who asks");
	is(key("http://example.org:8080/x"), "example.org:8080/x",
	    "but another port does");
	is(key("https://example.org:80/x@y"), "example.org:80/x@y",
	    "also one that another scheme has");
	is(key(""), "", "nothing has no key");
}

static void
users(void)
{
	struct buf b = { 0 };

	ok(url_without_user(&b, "https://me:s@cret@example.org/@x?y#z"),
	    "an address with a user and a password is known by it");
	is(b.data, "https://example.org/@x?y#z", "and is what it is without");
	buf_clear(&b);
	ok(!url_without_user(&b, "https://example.org/@me"),
	    "a sign in its path is no user");
	is(b.data, "https://example.org/@me", "and stays");
	buf_clear(&b);
	ok(url_join(&b, "https://me:word@example.org/a/", "b"),
	    "what a page leads to can be asked for");
	is(b.data, "https://example.org/a/b",
	    "without the user that the page was asked as");
	buf_free(&b);
}

static void
encoding(void)
{
	is(encoded("santé & c/o=1"), "sant%C3%A9%20%26%20c%2Fo%3D1",
	    "what means something in an address is encoded");
	is(encoded("A-z_0.9~"), "A-z_0.9~", "the rest stands for itself");
	is(encoded(""), "", "nothing is nothing");
	is(decoded("sant%c3%A9+%26"), "santé &", "it is decoded again");
	is(decoded("100%"), "100%", "a lone % is itself");
	is(decoded("%4"), "%4", "so is one cut short");
	is(decoded("%zz%41"), "%zzA", "or that begins nothing");
	is(decoded("a%00b"), "a (cut)", "a NUL ends the text");
	is(decoded("a%ffb"), "a (cut)", "so does what is not UTF-8");
	is(decoded("a%c3"), "a (cut)", "or half a character");
}

static void
queries(void)
{
	is(param("a=1&b=2", "b"), "2", "a parameter is found");
	is(param("a=1&a=2", "a"), "1", "the first of its name");
	is(param("q=a=b", "q"), "a=b", "with a '=' in it");
	is(param("q=", "q"), "", "or empty");
	is(param("q=a%02b%0Ac%7f%1b", "q"), "a b c  ",
	    "what can't be read is a space");
	is(param("q", "q"), "", "or without '='");
	is(param("%71=x", "q"), "x", "its name may be encoded");
	is(param("aq=1&q1=2", "q"), "none", "other names are others");
	is(param("", "q"), "none", "nothing is in nothing");
	is(param("&&=&q=1", "q"), "1", "empty ones are passed over");
	is(param("q=caf%C3%A9%00rest", "q"), "café",
	    "of what is not text, the part before");
	is(with("", "q", "a b"), "?q=a%20b", "one is set");
	is(with("q=x&page=3&s=1", "q", "y"), "?s=1&q=y",
	    "replaced, and back on the first page");
	is(with("q=x&page=3", "page", "4"), "?q=x&page=4",
	    "unless the page itself is set");
	is(with("q=x&s=1", "q", NULL), "?s=1", "or taken out");
	is(with("q=x", "q", NULL), "?", "with nothing left");
}

static void
characters(void)
{
	size_t used;
	char text[4];

	ok(utf8_valid("santé", 6) == 6, "text is text");
	ok(utf8_valid("a\xc0\x80", 3) == 1, "overlong forms are not");
	ok(utf8_valid("\xed\xa0\x80", 3) == 0, "nor are surrogates");
	ok(utf8_valid("\xf4\x90\x80\x80", 4) == 0, "nor what is past the end");
	ok(utf8_valid("ab\xe2\x82", 4) == 2, "nor half a character");
	ok(utf8_count("a€é😀", 10) == 4, "characters are counted");
	ok(utf8_next("é!", 3, &used) == 0xe9 && used == 2,
	    "a character is read");
	ok(utf8_next("\xff", 1, &used) == 0xfffd && used == 1,
	    "or told to be none");
	ok(utf8_put(text, 0x20ac) == 3 && memcmp(text, "€", 3) == 0,
	    "and written");
	ok(utf8_put(text, 0x1f600) == 4 && utf8_next(text, 4, &used) == 0x1f600,
	    "and read again");
	is(without("q=a&more=x&page=2", "more"), "?q=a&page=2",
	    "or taken out alone, on whichever page");
	is(without("more=x", "more"), "", "even when nothing is left");
}

int
main(void)
{
	keys();
	users();
	encoding();
	queries();
	characters();
	return done();
}
