/*
 * mutua feed: feeds of others, seen by this program.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cli/command.h"
#include "cli/feed_show.h"
#include "cli/place.h"
#include "cli/settings.h"
#include "data/fetcher.h"

struct feed_command {
	const char *url, *type, *data, *share;
	struct arena arena;
	struct feed_shown shown;
};

static bool
is_url(const char *s)
{
	return strncasecmp(s, "http://", 7) == 0 ||
	    strncasecmp(s, "https://", 8) == 0;
}

static const char *
keep(struct feed_command *c, const char *s)
{
	return arena_keep(&c->arena, s, strlen(s));
}

static void
look(struct feed_command *c, const struct buf *body, const char *url,
    const char *type)
{
	c->shown.url = url;
	feed_show_read(&c->shown, &c->arena, buf_text(body), body->len, type);
}

/*
 * Files.
 */

enum { STEP = 65536 };

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
		buf_reserve(to, STEP);
		n = fread(to->data + to->len, 1, STEP, f);
		to->len += n;
	}
	good = ferror(f) == 0;
	if (!good)
		complain("%s: %s", path, strerror(errno));
	if (!in)
		fclose(f);
	return good;
}

static bool
look_at_file(struct feed_command *c, const char *path)
{
	struct buf body = { 0 };
	bool read = read_file(&body, path);

	if (read)
		look(c, &body, c->url, c->type != NULL ? c->type : "");
	buf_free(&body);
	return read;
}

/*
 * Addresses.
 */

/* Get it and look at it; false after saying why it could not be got. */
static bool
look_at(struct feed_command *c, struct fetcher *f, const char *url)
{
	struct fetched got;
	bool answered;

	fetch_one(f,
	    &(struct fetch){ .url = url,
		.accept = "application/rss+xml, application/atom+xml,"
			  " application/feed+json, application/xml;q=0.9,"
			  " text/html;q=0.5, */*;q=0.1" },
	    &got);
	answered = got.outcome == FETCH_ANSWERED && got.status == 200;
	if (answered)
		look(c, &got.body, keep(c, got.url), keep(c, got.type));
	else if (got.outcome == FETCH_ANSWERED)
		complain("%s: the server answers %d", url, got.status);
	else
		complain("%s: %s%s%s", url, fetch_outcome_code(got.outcome),
		    *got.why != '\0' ? ": " : "", got.why);
	fetched_free(&got);
	return answered;
}

/* A feed, or the first feed that a page of a site names. */
static bool
follow(struct feed_command *c, struct fetcher *f, const char *url)
{
	struct feed_found found[FEEDS_FOUND];
	const char *page;
	size_t n;

	if (!look_at(c, f, url))
		return false;
	n = c->shown.nfound;
	if (n == 0)
		return true;
	page = c->shown.url;
	memcpy(found, c->shown.found, sizeof(found));
	if (!look_at(c, f, found[0].url))
		return false;
	complain("%s is a page; this is the feed that it names: %s", page,
	    c->shown.url);
	c->shown.page = page;
	memcpy(c->shown.found, found, sizeof(found));
	c->shown.nfound = n;
	return true;
}

static bool
look_at_url(struct feed_command *c, const char *url)
{
	struct settings settings = { 0 };
	struct fetcher_options options = { 0 };
	struct fetcher *f;
	const char *share = place_share(c->share);
	bool looked;

	if (share == NULL ||
	    !settings_load(&settings, &c->arena, share, place_data(c->data),
		NULL))
		return false;
	options.agent = arena_printf(&c->arena, "Mutua (+%s/)",
	    settings_home(&settings, &c->arena));
	options.allow = settings.fetch_allow;
	f = fetcher_open(&options);
	looked = follow(c, f, url);
	fetcher_close(f);
	return looked;
}

/*
 * The command.
 */

static enum outcome
show(struct feed_command *c, const char *what)
{
	const struct feed_shown *s = &c->shown;
	struct buf out = { 0 };
	enum outcome outcome = FAILED;

	if (is_url(what) ? look_at_url(c, what) : look_at_file(c, what)) {
		feed_show_put(&out, s);
		fwrite(out.data, 1, out.len, stdout);
		outcome = s->usable ? DONE : FAILED;
		if (!s->usable)
			complain("%s: %s", what,
			    s->faults.at[s->faults.n - 1].message);
	}
	buf_free(&out);
	arena_free(&c->arena);
	return outcome;
}

static enum outcome
run(struct arguments *args)
{
	struct feed_command c = { 0 };
	const struct flag flags[] = {
		{ "url", "URL", "of a FILE: where it would have been found",
		    &c.url, NULL },
		{ "type", "TYPE", "of a FILE: the Content-Type it came with",
		    &c.type, NULL },
		FLAG_DATA(&c.data),
		FLAG_SHARE(&c.share),
		{ 0 },
	};

	if (!arguments_read(args, flags, 1, 2))
		return args->outcome;
	if (strcmp(args->argv[0], "show") != 0)
		return misused("“%s” is not show", args->argv[0]);
	if (args->argc < 2)
		return misused("it is: show FILE|URL");
	if (c.url != NULL && !is_url(c.url))
		return misused("“%s” is no address of the web", c.url);
	return show(&c, args->argv[1]);
}

const struct command command_feed = {
	.name = "feed",
	.summary = "feeds of others: show what is understood of one",
	.operands = "show FILE|URL",
	.about =
	    "  show FILE|URL          print as JSON what is understood of a feed,\n"
	    "                         RSS, Atom or JSON Feed, and what is wrong\n"
	    "                         with it; of a site's page, the feed that it\n"
	    "                         names; - is stdin\n\n"
	    "Exit status 0 says that it can be used, 1 that it is no feed.  What\n"
	    "is asked for by its URL must be public, unless the setting fetch_allow\n"
	    "of the data directory names its host.",
	.run = run,
};
