#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "data/db.h"
#include "web/http.h"
#include "web/site.h"
#include "web/work.h"

/*
 * What every test needs.  A test is a program that prints TAP: ok() per
 * claim, done() at the end.  It runs in the top directory.
 *
 *	struct site *s = test_site();
 *	const char *page = get(s, "/fr/glossary", "letter=A");
 *	ok(status(page) == 200, "the glossary has a page for each letter");
 *	ok(before(page, "Adhérent", "Assurance"), "in order");
 *	site_close(s);
 *	return done();
 */
static int test_count, test_failed;

static inline bool
ok(bool passed, const char *claim)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++test_count, claim);
	test_failed += !passed;
	return passed;
}

/* The same for two texts; shows both if they differ. */
static inline bool
is(const char *got, const char *wanted, const char *claim)
{
	bool same = strcmp(got, wanted) == 0;

	ok(same, claim);
	if (!same)
		printf("# got:    %s\n# wanted: %s\n", got, wanted);
	return same;
}

/* Leave a test that cannot go on. */
static inline void
bail_out(const char *why)
{
	printf("Bail out!  %s\n", why);
	exit(EXIT_FAILURE);
}

static struct buf test_page, test_folder;

/* A directory for this test's files; done() removes it. */
static inline const char *
test_dir(void)
{
	const char *tmp = getenv("TMPDIR");

	if (test_folder.len > 0)
		return test_folder.data;
	buf_printf(&test_folder, "%s/mutua-test-XXXXXX",
	    tmp != NULL && *tmp != '\0' ? tmp : "/tmp");
	if (mkdtemp(test_folder.data) == NULL)
		bail_out(test_folder.data);
	return test_folder.data;
}

static inline void
test_clean_up(void)
{
	struct buf command = { 0 };

	if (test_folder.len > 0) {
		buf_printf(&command, "rm -rf '%s'", test_folder.data);
		if (system(command.data) != 0)
			printf("# left behind: %s\n", test_folder.data);
	}
	buf_free(&command);
	buf_free(&test_folder);
	buf_free(&test_page);
}

static inline int
done(void)
{
	test_clean_up();
	printf("1..%d\n", test_count);
	return test_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static inline bool
has(const char *text, const char *what)
{
	return strstr(text, what) != NULL;
}

static inline bool
before(const char *text, const char *first, const char *second)
{
	const char *at = strstr(text, first);

	return at != NULL && has(at, second);
}

/* How often it is there. */
static inline int
count(const char *text, const char *what)
{
	int n = 0;

	while ((text = strstr(text, what)) != NULL) {
		text += strlen(what);
		n++;
	}
	return n;
}

/* A whole file, for the caller to free; empty if it can't be read. */
static inline struct buf
test_file(const char *path)
{
	struct buf b = { 0 };
	char block[4096];
	size_t n;
	FILE *f = fopen(path, "r");

	if (f == NULL)
		return b;
	while ((n = fread(block, 1, sizeof(block), f)) > 0)
		buf_put(&b, block, n);
	fclose(f);
	return b;
}

/* The build directory: $B, else the one this program is in. */
static inline const char *
test_build(void)
{
	static char path[512];
	const char *b = getenv("B");
	ssize_t n;

	if (b != NULL && *b != '\0')
		return b;
	n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	path[n > 0 ? n : 0] = '\0';
	if (strrchr(path, '/') != NULL)
		*strrchr(path, '/') = '\0';
	return path;
}

/*
 * The path of a database with the content of a directory, made by the built
 * program and kept in the build directory under a name.
 */
static inline const char *
test_database(const char *name, const char *content)
{
	static struct buf text;
	const char *b = test_build();

	buf_clear(&text);
	buf_printf(&text, "tests/database.sh %s %s %s", b, name, content);
	if (system(text.data) != 0)
		bail_out(text.data);
	buf_clear(&text);
	buf_printf(&text, "%s/%s/mutua.db", b, name);
	return text.data;
}

/* A site on that database. */
static inline struct site *
test_site_with(const char *name, const char *content)
{
	struct buf why = { 0 };
	struct site *s =
	    site_open(&(struct site_options){ .database =
						  test_database(name, content),
			  .assets = "assets",
			  .base = "https://example.org" },
		&why);

	if (s == NULL)
		bail_out(buf_text(&why));
	buf_free(&why);
	return s;
}

/* The site on its real content. */
static inline struct site *
test_site(void)
{
	return test_site_with("test-data", "content");
}

/*
 * The answer to a request as one string, good until the next one: the status,
 * the headers and, after an empty line, the body.  Lines end with \n alone.
 */
static inline const char *
ask(struct site *s, const struct request *request)
{
	struct response r = { 0 };

	site_serve(s, request, &r);
	if (r.work != NULL) { /* as main.c does it, but here and now */
		struct request again = *request;
		struct work *work = r.work;

		r.work = NULL;
		work_do(work);
		again.done = work;
		response_clear(&r);
		site_serve(s, &again, &r);
		work_free(work);
	}
	buf_clear(&test_page);
	buf_printf(&test_page, "%d\n", r.status);
	for (const char *p = buf_text(&r.head); *p != '\0'; p++)
		if (*p != '\r')
			buf_putc(&test_page, *p);
	buf_putc(&test_page, '\n');
	buf_put(&test_page, buf_text(&r.body), r.body.len);
	response_free(&r);
	return buf_text(&test_page);
}

static inline const char *
get(struct site *s, const char *path, const char *query)
{
	return ask(s,
	    &(struct request){ .method = "GET",
		.path = path,
		.query = query,
		.host = "example.org",
		.scheme = "https" });
}

static inline int
status(const char *answer)
{
	return atoi(answer);
}

static inline const char *
body(const char *answer)
{
	const char *at = strstr(answer, "\n\n");

	return at != NULL ? at + 2 : "";
}

/* Is there a header line with just this, "content-type: text/csv"? */
static inline bool
header(const char *answer, const char *line)
{
	const char *end = body(answer);
	size_t len = strlen(line);

	for (const char *p = answer; (p = strchr(p, '\n')) != NULL && p < end;)
		if (strncmp(++p, line, len) == 0 && p[len] == '\n')
			return true;
	return false;
}

#endif
