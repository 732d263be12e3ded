/*
 * Whatever a query is, its values are text; what is encoded is decoded to the
 * same; and what is set in a query is found there.
 */
#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static bool
is_text(const struct buf *b)
{
	return utf8_valid(buf_text(b), b->len) == b->len &&
	    strlen(buf_text(b)) == b->len;
}

static void
there_and_back(const char *s, size_t len)
{
	struct buf there = { 0 }, back = { 0 };
	bool text = utf8_valid(s, len) == len &&
	    (len == 0 || memchr(s, '\0', len) == NULL);

	url_encode(&there, s, len);
	must(url_decode(&back, buf_text(&there), there.len) == text);
	must(is_text(&back));
	must(!text ||
	    (back.len == len && memcmp(buf_text(&back), s, len) == 0));
	buf_free(&there);
	buf_free(&back);
}

static void
set_and_get(const char *query)
{
	struct buf value = { 0 }, with = { 0 }, without = { 0 };

	must(!url_param(&value, query, "page") || is_text(&value));
	url_set(&with, query, "q", "a&b=c é%");
	must(with.data[0] == '?');
	buf_clear(&value);
	must(url_param(&value, with.data + 1, "q"));
	must(strcmp(value.data, "a&b=c é%") == 0);
	must(!url_param(&value, with.data + 1, "page"));
	url_set(&without, with.data + 1, "q", NULL);
	must(!url_param(&value, without.data + 1, "q"));
	buf_free(&value);
	buf_free(&with);
	buf_free(&without);
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	char *s = malloc(size + 1); /* ASan sees over-reads */

	memcpy(s, data, size);
	s[size] = '\0';
	there_and_back(s, size);
	set_and_get(s);
	free(s);
	return 0;
}
