/*
 * mutua feed: feeds of others, seen by this program.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/feed_show.h"

struct feed_command {
	const char *url, *type;
};

/* As much of a file as counts, and one byte to see that there is more. */
static bool
read_file(struct buf *to, const char *path)
{
	bool in = strcmp(path, "-") == 0, good;
	FILE *f = in ? stdin : fopen(path, "r");
	size_t n = 1;

	if (f == NULL) {
		complain("%s: %s", path, strerror(errno));
		return false;
	}
	while (n > 0 && to->len <= FEED_BYTES) {
		buf_reserve(to, 64 * 1024);
		n = fread(to->data + to->len, 1, 64 * 1024, f);
		to->len += n;
	}
	good = ferror(f) == 0;
	if (!good)
		complain("%s: %s", path, strerror(errno));
	if (!in)
		fclose(f);
	return good;
}

static void
look(struct feed_shown *s, struct arena *a, const struct buf *body,
    const char *type)
{
	s->usable = feed_read(a, buf_text(body), body->len, s->url, type,
	    &s->feed, &s->faults);
	s->nfound = s->usable ? 0
			      : feed_discover(a, buf_text(body), body->len,
				    s->url, type, s->found);
}

static enum outcome
show(const struct feed_command *c, const char *path)
{
	struct feed_shown shown = { .url = c->url };
	struct arena arena = { 0 };
	struct buf body = { 0 }, out = { 0 };
	bool read = read_file(&body, path);

	if (read) {
		look(&shown, &arena, &body, c->type != NULL ? c->type : "");
		feed_show_put(&out, &shown);
		fwrite(out.data, 1, out.len, stdout);
	}
	if (read && !shown.usable)
		complain("%s: %s", path,
		    shown.faults.at[shown.faults.n - 1].message);
	buf_free(&body);
	buf_free(&out);
	arena_free(&arena);
	return read && shown.usable ? DONE : FAILED;
}

static enum outcome
run(struct arguments *args)
{
	struct feed_command c = { 0 };
	const struct flag flags[] = {
		{ "url", "URL", "show FILE: where it would have been found",
		    &c.url, NULL },
		{ "type", "TYPE", "show FILE: the Content-Type it came with",
		    &c.type, NULL },
		{ 0 },
	};

	if (!arguments_read(args, flags, 1, 2))
		return args->outcome;
	if (strcmp(args->argv[0], "show") != 0)
		return misused("“%s” is not show", args->argv[0]);
	if (args->argc < 2)
		return misused("it is: show FILE|URL");
	return show(&c, args->argv[1]);
}

const struct command command_feed = {
	.name = "feed",
	.summary = "feeds of others: show what is understood of one",
	.operands = "show FILE|URL",
	.about =
	    "  show FILE|URL          print as JSON what is understood of a feed,\n"
	    "                         RSS, Atom or JSON Feed, and what is wrong\n"
	    "                         with it; - is stdin\n\n"
	    "Exit status 0 says that it can be used, 1 that it is no feed.",
	.run = run,
};
