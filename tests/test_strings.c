/*
 * The words of the interface: every language has the same, and the site uses
 * every one of them.
 */
#include <glob.h>

#include "test.h"
#include "view/strings.h"

static struct strings *languages[8];

static struct strings *
open_language(const char *lang)
{
	struct buf path = { 0 }, why = { 0 };
	struct strings *s;

	buf_printf(&path, "assets/strings/%s.yaml", lang);
	s = strings_open(path.data, "", &why);
	if (s == NULL)
		bail_out(buf_text(&why));
	buf_free(&path);
	buf_free(&why);
	return s;
}

static void
claim(bool holds, const char *lang, const char *what)
{
	struct buf text = { 0 };

	buf_printf(&text, "%s: %s", lang, what);
	ok(holds, text.data);
	buf_free(&text);
}

/* Everything that may name a string, one file after the other. */
static struct buf
read_all(void)
{
	static const char *const patterns[] = { "assets/templates/*",
		"assets/templates/*/*", "src/*.c", "src/*/*.c" };
	struct buf all = { 0 };
	glob_t found = { 0 };

	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
		glob(patterns[i], i > 0 ? GLOB_APPEND : 0, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct buf file = test_file(found.gl_pathv[i]);

		buf_put(&all, buf_text(&file), file.len);
		buf_free(&file);
	}
	globfree(&found);
	return all;
}

static void
add_strings(struct buf *all, const struct strings *s)
{
	for (size_t i = 0; strings_key(s, i) != NULL; i++)
		buf_puts(all, strings_get(s, strings_key(s, i)));
}

/* Is it {{t.key}} in a template or "key" in the program? */
static bool
is_used(const char *all, const char *key)
{
	struct buf use = { 0 };
	bool used;

	buf_printf(&use, "{{t.%s}}", key);
	used = has(all, use.data);
	buf_clear(&use);
	buf_printf(&use, "\"%s\"", key);
	used = used || has(all, use.data);
	buf_free(&use);
	return used;
}

static void
all_used(void)
{
	struct buf all = read_all();
	bool used = true;

	add_strings(&all, languages[0]);
	for (size_t i = 0; strings_key(languages[0], i) != NULL; i++) {
		const char *key = strings_key(languages[0], i);

		if (is_used(buf_text(&all), key))
			continue;
		printf("# nobody uses %s\n", key);
		used = false;
	}
	ok(used, "every string is used by a template or the program");
	buf_free(&all);
}

static void
same_keys(const char *lang, const struct strings *a, const struct strings *b,
    const char *which)
{
	bool same = true;

	for (size_t i = 0; strings_key(a, i) != NULL; i++) {
		if (strings_get(b, strings_key(a, i)) != NULL)
			continue;
		printf("# %s %s %s\n", lang, which, strings_key(a, i));
		same = false;
	}
	claim(same, lang, which);
}

/* How often the text has the tag that begins at tag. */
static int
tags_like(const char *text, const char *tag)
{
	struct buf whole = { 0 };
	int n;

	buf_put(&whole, tag, strcspn(tag, "}"));
	buf_puts(&whole, "}}");
	n = count(text, whole.data);
	buf_free(&whole);
	return n;
}

static bool
tags_agree(const char *a, const char *b)
{
	for (const char *at = a; (at = strstr(at, "{{")) != NULL; at += 2)
		if (tags_like(a, at) != tags_like(b, at))
			return false;
	return count(a, "{{") == count(b, "{{");
}

static void
same_tags(const char *lang, const struct strings *a, const struct strings *b)
{
	bool agree = true;

	for (size_t i = 0; strings_key(a, i) != NULL; i++) {
		const char *key = strings_key(a, i);
		const char *other = strings_get(b, key);

		if (other == NULL || tags_agree(strings_get(a, key), other))
			continue;
		printf("# %s %s: %s\n", lang, key, other);
		agree = false;
	}
	claim(agree, lang, "strings have the same tags as in English");
}

static void
tidy_texts(const char *lang, const struct strings *s)
{
	bool tidy = true;

	for (size_t i = 0; strings_key(s, i) != NULL; i++) {
		const char *text = strings_get(s, strings_key(s, i));

		if (!has(text, "  ") && text[strspn(text, " \n\t")] == *text &&
		    strchr(" \n\t", text[strlen(text) - 1]) == NULL)
			continue;
		printf("# %s %s: “%s”\n", lang, strings_key(s, i), text);
		tidy = false;
	}
	claim(tidy, lang, "no string has stray blanks");
}

int
main(void)
{
	size_t n = 0;

	for (; site_languages[n] != NULL; n++)
		languages[n] = open_language(site_languages[n]);
	for (size_t i = 0; i < n; i++) {
		const char *lang = site_languages[i];

		tidy_texts(lang, languages[i]);
		if (i == 0)
			continue;
		same_keys(lang, languages[0], languages[i],
		    "has every string English has");
		same_keys(lang, languages[i], languages[0],
		    "has none that English has not");
		same_tags(lang, languages[0], languages[i]);
	}
	all_used();
	for (size_t i = 0; i < n; i++)
		strings_free(languages[i]);
	return done();
}
