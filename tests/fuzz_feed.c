/*
 * Whatever is sent as a feed: it is read, or the last fault says why not; what
 * was read is text, addresses and times as promised, no key is there twice;
 * and reading it again gives the same.
 *
 * The first byte chooses a Content-Type.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "data/feed_date.h"
#include "data/feed_read.h"
#include "data/sanitize.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char *const types[] = { "", "application/rss+xml",
	"text/xml; charset=iso-8859-1", "application/atom+xml; charset=utf-8",
	"application/feed+json", "text/xml; charset=\"utf-16\"",
	"text/html; charset=windows-1251", "application/xml; charset=gb2312" };

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
check_text(const char *s)
{
	size_t len;

	if (s == NULL)
		return;
	len = strlen(s);
	must(len > 0 && utf8_valid(s, len) == len);
	for (; *s != '\0'; s++)
		must((unsigned char)*s >= ' ' || *s == '\n' || *s == '\t');
}

static void
check_line(const char *s, size_t most)
{
	check_text(s);
	must(s == NULL ||
	    (strpbrk(s, "\n\t") == NULL &&
		utf8_count(s, strlen(s)) <= most + 1 && s[0] != ' '));
}

static void
check_url(const char *s)
{
	check_text(s);
	must(s == NULL ||
	    ((strncmp(s, "http://", 7) == 0 ||
		 strncmp(s, "https://", 8) == 0) &&
		strpbrk(s, " \"<>\n") == NULL));
}

static void
check_time(const char *s)
{
	char again[FEED_DATE];

	must(s == NULL || (feed_date(again, s) && strcmp(again, s) == 0));
}

static void
check_entry(const struct feed_entry *e)
{
	struct buf clean = { 0 };

	must(e->key != NULL && strlen(e->key) < 600 && e->title != NULL &&
	    e->digest != NULL);
	check_line(e->title, e->title == e->link ? 4000 : FEED_TITLE);
	check_line(e->summary, FEED_SUMMARY);
	check_line(e->author, FEED_TITLE);
	check_text(e->content);
	check_text(e->content_markdown);
	check_url(e->link);
	check_time(e->published);
	check_time(e->updated);
	for (size_t i = 0; i < e->nenclosures; i++)
		check_url(e->enclosures[i].url);
	for (size_t i = 0; i < e->ncategories; i++)
		check_line(e->categories[i], 100);
	if (e->content == NULL)
		return;
	sanitize_html(&clean, e->content, strlen(e->content), NULL);
	must(strcmp(buf_text(&clean), e->content) == 0);
	buf_free(&clean);
}

static void
check_feed(const struct feed_read *f)
{
	must(f->format != NULL && f->nentries <= FEED_ENTRIES && f->pace >= 0);
	check_line(f->title, FEED_TITLE);
	check_line(f->description, FEED_SUMMARY);
	check_line(f->author, FEED_TITLE);
	check_url(f->link);
	check_url(f->self);
	check_url(f->hub);
	check_time(f->updated);
	for (size_t i = 0; i < f->nentries; i++) {
		check_entry(&f->entries[i]);
		for (size_t j = 0; j < i; j++)
			must(strcmp(f->entries[i].key, f->entries[j].key) != 0);
	}
}

static void
check_found(struct arena *a, const char *s, size_t len, const char *type)
{
	struct feed_found found[FEEDS_FOUND];
	size_t n =
	    feed_discover(a, s, len, "https://example.org/", type, found);

	must(n <= FEEDS_FOUND);
	for (size_t i = 0; i < n; i++) {
		must(found[i].url != NULL);
		check_url(found[i].url);
		check_line(found[i].title, FEED_TITLE);
	}
}

static bool
read_once(struct arena *a, const char *s, size_t len, const char *type,
    struct feed_read *feed)
{
	static struct feed_faults faults;
	bool good = feed_read(a, s, len, "https://example.org/feed", type, feed,
	    &faults);

	must(good || faults.n > 0);
	for (size_t i = 0; i < faults.n; i++) {
		must(faults.at[i].code != NULL && faults.at[i].line >= 0);
		check_text(faults.at[i].message);
	}
	return good;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct feed_read one, two;
	const char *type;
	char *s;

	if (size == 0)
		return 0;
	type = types[data[0] % 8];
	s = malloc(size);
	memcpy(s, data + 1, size - 1);
	if (read_once(&arena, s, size - 1, type, &one)) {
		check_feed(&one);
		must(read_once(&arena, s, size - 1, type, &two));
		must(one.nentries == two.nentries);
		for (size_t i = 0; i < one.nentries; i++)
			must(strcmp(one.entries[i].digest,
				 two.entries[i].digest) == 0);
	}
	check_found(&arena, s, size - 1, type);
	free(s);
	arena_free(&arena);
	return 0;
}
