/*
 * Feeds of others, well-formed and broken, in tests/feeds: cases.tsv names
 * each, with the Content-Type it came with and what it proves; what must be
 * understood of x.xml stands in x.json.  There nothing is said twice: what is
 * not in it must be null or empty.  Faults are known by their codes, and by
 * their lines where these are said; their words may change.
 */
#include <dirent.h>
#include <jansson.h>

#include "cli/feed_show.h"
#include "test.h"

static const char folder[] = "tests/feeds/";

/* What differs, one line each. */
static struct buf differences;

static bool
is_nothing(const json_t *v)
{
	return v == NULL || json_is_null(v) ||
	    (json_is_array(v) && json_array_size(v) == 0);
}

static void
differ(const char *path, const json_t *wanted, const json_t *got)
{
	const size_t flags = JSON_ENCODE_ANY | JSON_COMPACT;
	char *a = wanted != NULL ? json_dumps(wanted, flags) : NULL;
	char *b = got != NULL ? json_dumps(got, flags) : NULL;

	buf_printf(&differences, "# %s: wanted %s\n# %s: got    %s\n", path,
	    a != NULL ? a : "nothing", path, b != NULL ? b : "nothing");
	free(a);
	free(b);
}

static void compare(const char *path, json_t *wanted, json_t *got);

/* Members that are not compared. */
static bool
is_free(const char *path, const char *name, const json_t *wanted)
{
	if (strcmp(path, "") == 0)
		return strcmp(name, "url") == 0 || strcmp(name, "page") == 0;
	if (strncmp(path, "/faults", 7) != 0)
		return false;
	return strcmp(name, "message") == 0 ||
	    (strcmp(name, "line") == 0 && wanted == NULL);
}

static void
compare_member(const char *path, const char *name, json_t *wanted, json_t *got)
{
	struct buf below = { 0 };

	if (!is_free(path, name, json_object_get(wanted, name))) {
		buf_printf(&below, "%s/%s", path, name);
		compare(below.data, json_object_get(wanted, name),
		    json_object_get(got, name));
	}
	buf_free(&below);
}

static void
compare_objects(const char *path, json_t *wanted, json_t *got)
{
	const char *name;
	json_t *value;

	json_object_foreach(wanted, name, value)
	    compare_member(path, name, wanted, got);
	json_object_foreach(got, name,
	    value) if (json_object_get(wanted, name) == NULL)
	    compare_member(path, name, wanted, got);
}

static void
compare(const char *path, json_t *wanted, json_t *got)
{
	struct buf below = { 0 };

	if (is_nothing(wanted) && is_nothing(got))
		return;
	if (json_is_object(wanted) && json_is_object(got)) {
		compare_objects(path, wanted, got);
	} else if (json_is_array(wanted) &&
	    json_array_size(wanted) == json_array_size(got)) {
		for (size_t i = 0; i < json_array_size(wanted); i++) {
			buf_clear(&below);
			buf_printf(&below, "%s/%zu", path, i);
			compare(below.data, json_array_get(wanted, i),
			    json_array_get(got, i));
		}
	} else if (!json_equal(wanted, got)) {
		differ(path, wanted, got);
	}
	buf_free(&below);
}

/* The same as "mutua feed show". */
static json_t *
understood(const char *file, const char *type)
{
	static struct feed_shown shown;
	struct arena arena = { 0 };
	struct buf path = { 0 }, url = { 0 }, out = { 0 }, bytes;
	json_t *json;

	buf_printf(&path, "%s%s", folder, file);
	buf_printf(&url, "https://example.org/feeds/%s", file);
	bytes = test_file(path.data);
	shown = (struct feed_shown){ .url = url.data };
	feed_show_read(&shown, &arena, buf_text(&bytes), bytes.len, type);
	feed_show_put(&out, &shown);
	json = json_loadb(out.data, out.len, 0, NULL);
	buf_free(&path);
	buf_free(&url);
	buf_free(&out);
	buf_free(&bytes);
	arena_free(&arena);
	return json;
}

static json_t *
expected(const char *file)
{
	struct buf path = { 0 };
	json_t *json;

	buf_printf(&path, "%s%.*s.json", folder,
	    (int)(strrchr(file, '.') - file), file);
	json = json_load_file(path.data, 0, NULL);
	buf_free(&path);
	return json;
}

static void
try(const char *file, const char *type, const char *claim)
{
	json_t *wanted = expected(file), *got = understood(file, type);
	struct buf line = { 0 };

	buf_clear(&differences);
	compare("", wanted, got);
	buf_printf(&line, "%s: %s", file, claim);
	ok(wanted != NULL && got != NULL && differences.len == 0, line.data);
	fputs(buf_text(&differences), stdout);
	json_decref(wanted);
	json_decref(got);
	buf_free(&line);
}

/* Every line of cases.tsv; how many there are. */
static int
try_all(char *cases)
{
	char *line;
	int n = 0;

	while ((line = strsep(&cases, "\n")) != NULL) {
		char *file = strsep(&line, "\t"), *type = strsep(&line, "\t");

		if (*file == '#' || type == NULL || line == NULL)
			continue;
		try(file, type, line);
		n++;
	}
	return n;
}

static int
count_files(void)
{
	DIR *d = opendir(folder);
	int n = 0;

	for (struct dirent *e; (e = readdir(d)) != NULL;)
		n += *e->d_name != '.';
	closedir(d);
	return n;
}

int
main(void)
{
	struct buf cases = test_file("tests/feeds/cases.tsv");
	int n = try_all(cases.data);

	ok(n >= 160, "there are many of them");
	ok(count_files() == 2 * n + 1, "no file is forgotten");
	buf_free(&cases);
	buf_free(&differences);
	return done();
}
