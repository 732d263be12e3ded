/*
 * Feeds that are made to do harm: of 100 MB, of countless elements, of bombs.
 * Reading them ends, soon, and with what can be said of them.
 *
 * Under sanitizers and valgrind all takes many times as long; how long is only
 * told.
 */
#include <time.h>

#include "data/feed_read.h"
#include "test.h"

enum { MEGABYTE = 1000 * 1000 };

static struct arena arena;
static struct feed_read feed;
static struct feed_faults faults;

static bool
read_feed(const struct buf *b, const char *type)
{
	struct timespec from, to;
	bool good;

	arena_reset(&arena);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	good = feed_read(&arena, b->data, b->len, "https://example.org/feed",
	    type, &feed, &faults);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	printf("# %zu bytes in %ld ms\n", b->len,
	    (to.tv_sec - from.tv_sec) * 1000 +
		(to.tv_nsec - from.tv_nsec) / 1000000);
	return good;
}

static bool
is_told(const char *code)
{
	for (size_t i = 0; i < faults.n; i++)
		if (strcmp(faults.at[i].code, code) == 0)
			return true;
	return false;
}

static const char head[] =
    "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>"
    "<title>Mutuelle</title><link>https://example.org/</link>";

static void
repeat(struct buf *b, const char *text, size_t bytes)
{
	for (size_t n = strlen(text); b->len < bytes; b->len += n) {
		buf_reserve(b, n);
		memcpy(b->data + b->len, text, n);
	}
}

static void
huge(void)
{
	struct buf b = { 0 }, some = { 0 };

	for (int i = 0; i < 1000; i++)
		buf_printf(&some,
		    "<item><title>Entry %d</title><guid>urn:%d</guid>"
		    "<description>&lt;p&gt;Some words.&lt;/p&gt;</description>"
		    "</item>",
		    i, i);
	buf_puts(&b, head);
	repeat(&b, some.data, 100 * MEGABYTE);
	ok(read_feed(&b, ""), "a feed of 100 MB can be read");
	ok(feed.nentries == FEED_ENTRIES, "… for its first entries");
	ok(is_told("too-big") && is_told("too-many-entries"),
	    "… and it is told that it is too large");
	buf_free(&b);
	buf_free(&some);
}

static void
one_entry(void)
{
	struct buf b = { 0 };

	buf_puts(&b, head);
	buf_puts(&b, "<item><guid>1</guid><title>One</title><description>");
	repeat(&b, "&lt;p&gt;Some words of many.&lt;/p&gt; ", 4900 * 1000);
	buf_puts(&b, "</description></item></channel></rss>");
	ok(read_feed(&b, ""), "an entry of 5 MB can be read");
	ok(feed.nentries == 1 && strlen(feed.entries[0].content) < 201 * 1000 &&
		is_told("too-long"),
	    "… its first 200 KB");
	buf_free(&b);
}

/* Each of these would take very long for who compares all with all. */
static void
quadratic(void)
{
	static const struct {
		const char *part, *claim;
	} all[] = {
		{ "<a>", "200,000 elements in each other" },
		{ "<a/>", "200,000 elements" },
		{ "<a b=\"", "quotes that do not end" },
		{ "<!--", "comments that do not end" },
		{ "<![CDATA[", "CDATA that does not end" },
		{ "<?x ", "instructions that do not end" },
		{ "<!DOCTYPE [\"", "document types that do not end" },
		{ "<", "nothing but <" },
		{ "&", "nothing but &" },
		{ "&#", "nothing but references" },
		{ "</a>", "nothing but ends" },
		{ "<item>", "entries in each other" },
		{ "]]>", "ends of CDATA" },
		{ "\xc3", "bytes that are no UTF-8" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct buf b = { 0 };

		buf_puts(&b, head);
		repeat(&b, all[i].part, MEGABYTE);
		ok(read_feed(&b, "") || is_told("cut"), all[i].claim);
		buf_free(&b);
	}
}

/* The same in the HTML of an entry. */
static void
quadratic_html(void)
{
	static const char *const parts[] = { "<b>", "<p>", "<a b='", "<!--",
		"<a href=x>", "<table><tr><td>", "<ul><li>", "<<", "&lt",
		"<br>", "</p>", "<script>", "<pre>", "<td>", "<h1>",
		"<img src=x>", "*_[`", "<b>x</b><i>y</i>" };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct buf b = { 0 };

		buf_puts(&b, head);
		buf_puts(&b, "<item><title>One</title><description><![CDATA[");
		repeat(&b, parts[i], MEGABYTE);
		buf_puts(&b, "]]></description></item></channel></rss>");
		ok(read_feed(&b, "") && feed.nentries == 1, parts[i]);
		buf_free(&b);
	}
}

static void
attributes(void)
{
	struct buf b = { 0 };

	buf_puts(&b, head);
	buf_puts(&b, "<item ");
	for (int i = 0; b.len < MEGABYTE; i++)
		buf_printf(&b, "a%d='' ", i);
	buf_puts(&b, "><title>One</title></item></channel></rss>");
	ok(read_feed(&b, "") && feed.nentries == 1,
	    "a tag of a hundred thousand attributes");
	buf_free(&b);
}

static void
bombs(void)
{
	struct buf b = { 0 };

	buf_puts(&b, "<!DOCTYPE rss [<!ENTITY a \"");
	repeat(&b, "x", 1000 * 1000);
	buf_puts(&b, "\">]>");
	buf_puts(&b, head + 21);
	buf_puts(&b, "<item><title>One</title><description>");
	repeat(&b, "&a;", 3000 * 1000);
	buf_puts(&b, "</description></item></channel></rss>");
	ok(read_feed(&b, "") && feed.nentries == 1,
	    "an entity of a megabyte, named half a million times");
	ok(strstr(feed.entries[0].content, "xxxx") == NULL, "… is not put in");
	buf_free(&b);
}

static void
json(void)
{
	struct buf b = { 0 };

	repeat(&b, "[", MEGABYTE);
	ok(!read_feed(&b, "") && is_told("bad-json"), "JSON a million deep");
	buf_clear(&b);
	buf_puts(&b,
	    "{\"version\":\"https://jsonfeed.org/version/1.1\","
	    "\"items\":[");
	for (int i = 0; b.len < 4900 * 1000; i++)
		buf_printf(&b, "{\"id\":\"%d\",\"title\":\"T\"},", i);
	buf_puts(&b, "]}");
	ok(read_feed(&b, "") && feed.nentries == FEED_ENTRIES, "JSON of 5 MB");
	buf_free(&b);
}

/* Every id and link the same: keys are compared with each other. */
static void
twins(void)
{
	struct buf b = { 0 };

	buf_puts(&b, head);
	for (int i = 0; i < 2000; i++)
		buf_printf(&b,
		    "<item><title>T%d</title><guid isPermaLink='false'>1</guid>"
		    "<link>https://example.org/%d</link></item>",
		    i, i % 2);
	buf_puts(&b, "</channel></rss>");
	ok(read_feed(&b, "") && feed.nentries == FEED_ENTRIES,
	    "500 entries of one id and two addresses are 500 entries");
	buf_free(&b);
}

static void
ordinary(void)
{
	struct buf b = { 0 };

	buf_puts(&b, head);
	for (int i = 0; i < 30; i++) {
		buf_printf(&b,
		    "<item><title>Entry %d</title><guid>urn:%d</guid>"
		    "<description><![CDATA[",
		    i, i);
		repeat(&b,
		    "<p>Some <b>words</b> and a <a href=\"/x\">link</a>.</p>",
		    b.len + 5000);
		buf_puts(&b, "]]></description></item>");
	}
	buf_puts(&b, "</channel></rss>");
	ok(read_feed(&b, "") && feed.nentries == 30 && faults.n == 0,
	    "30 entries of 5 KB");
	buf_free(&b);
}

int
main(void)
{
	ordinary();
	huge();
	one_entry();
	quadratic();
	quadratic_html();
	attributes();
	bombs();
	json();
	twins();
	arena_free(&arena);
	return done();
}
