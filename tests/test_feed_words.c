/* What is wrong with feeds of others has words in every language. */
#include <glob.h>

#include "data/fetcher.h"
#include "test.h"
#include "view/strings.h"

static bool
has_error(const char *code)
{
	struct strings *s = strings_open("assets/strings/fr.yaml", "", NULL);
	struct buf key = { 0 };
	bool has_it;

	buf_printf(&key, "feed_error_%s", code);
	for (char *c = key.data; *c != '\0'; c++)
		*c = *c == '-' ? '_' : *c;
	has_it = strings_get(s, key.data) != NULL;
	if (!has_it)
		printf("# %s\n", key.data);
	buf_free(&key);
	strings_free(s);
	return has_it;
}

/* Whoever tells a new fault sees here that readers need words for it. */
static bool
has_words(const char *file)
{
	struct strings *s = strings_open("assets/strings/es.yaml", "", NULL);
	struct buf text = test_file(file), key = { 0 };
	bool all = true;

	for (const char *at = buf_text(&text);
	     (at = strstr(at, "feed_tell(")) != NULL; at++) {
		size_t open = strcspn(at, "\";"), len;

		if (at[open] != '"')
			continue;
		len = strcspn(at + open + 1, "\"");
		buf_clear(&key);
		buf_puts(&key, "feed_fault_");
		for (size_t i = 0; i < len; i++)
			buf_putc(&key,
			    at[open + 1 + i] == '-' ? '_' : at[open + 1 + i]);
		if (strings_get(s, key.data) != NULL)
			continue;
		printf("# %s: %s\n", file, key.data);
		all = false;
	}
	buf_free(&text);
	buf_free(&key);
	strings_free(s);
	return all;
}

static void
test_words(void)
{
	glob_t found = { 0 };
	bool all;

	glob("src/data/feed_*.c", 0, NULL, &found);
	all = found.gl_pathc > 5;
	for (size_t i = 0; i < found.gl_pathc; i++)
		all = has_words(found.gl_pathv[i]) && all;
	globfree(&found);
	ok(all, "every fault that a feed can have is told in plain words");
	for (int i = 0; i < FETCH_STOPPED; i++)
		all = all &&
		    (i == FETCH_ANSWERED ||
			has_error(fetch_outcome_code((enum fetch_outcome)i)));
	ok(all, "and every reason why it could not be fetched");
}

int
main(void)
{
	test_words();
	return done();
}
