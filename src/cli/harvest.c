#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/harvest.h"
#include "cli/place.h"
#include "data/check.h"

static volatile sig_atomic_t stopping;

static void
on_signal(int signal)
{
	(void)signal;
	stopping = 1;
}

bool
harvest_stopping(void)
{
	return stopping != 0;
}

/*
 * One source.
 */

static void
say_failed(const struct harvest *h, const char *data, const char *why)
{
	if (db_failed(h->db))
		place_failed(data, h->db, "; the harvest ended early");
	else
		complain("%s: %s; %s", h->url, why,
		    h->source != 0 ? "the next run goes on from here"
				   : "nothing is kept of it");
}

/* Harvest it as far as it can be done, and say what became of it. */
static enum outcome
harvest_one(struct harvest *h, const char *data)
{
	enum harvest_step next = STEP_MORE;
	struct buf why = { 0 }, counts = { 0 };
	struct oai_page page;

	harvest_begin(h);
	while (next == STEP_MORE && !db_failed(h->db)) {
		arena_reset(&h->arena);
		buf_clear(&why);
		next = harvest_ask(h, harvest_query(h), &page, &why)
		    ? harvest_answer(h, &page, &why)
		    : STEP_FAILED;
	}
	if (next != STEP_DONE)
		say_failed(h, data, buf_text(&why));
	harvest_put_counts(h, &counts);
	puts(buf_text(&counts));
	fflush(stdout);
	harvest_end(h, next == STEP_DONE ? "" : buf_text(&why));
	buf_free(&counts);
	buf_free(&why);
	return next == STEP_DONE ? DONE : FAILED;
}

/*
 * Many sources.
 */

/* What can be asked of the command, with the database open; the arena lasts as
 * long as it does. */
typedef enum outcome doing(struct harvest *, const char *data, struct arena *);

static enum outcome
list_sources(struct harvest *h, const char *data, struct arena *arena)
{
	struct query *q = db_restart(db_query(h->db,
	    "SELECT url, spec, coalesce(since, 'never whole'), token, error,"
	    "  (SELECT count(*) FROM harvest_record h WHERE h.url = s.url"
	    "   AND h.record IS NOT NULL)"
	    " FROM harvest_source s ORDER BY url, spec"));

	(void)data;
	(void)arena;
	while (db_next(q)) {
		printf("%s%s%s\n  last: %s; records of the repository: %s\n",
		    db_text(q, 0), *db_text(q, 1) != '\0' ? " " : "",
		    db_text(q, 1), db_text(q, 2), db_text(q, 5));
		if (*db_text(q, 3) != '\0')
			puts("  under way: the next run goes on with it");
		if (*db_text(q, 4) != '\0')
			printf("  last run: %s\n", db_text(q, 4));
	}
	if (db_rows(q) == 0)
		puts("nothing is harvested yet; 'mutua harvest URL' begins");
	return db_failed(h->db) ? FAILED : DONE;
}

/* The source after that one, into h; false if it was the last. */
static bool
next_source(struct harvest *h, struct arena *arena, int64_t *after)
{
	struct query *q = db_restart(db_query(h->db,
	    "SELECT id, url, spec, prefix FROM harvest_source"
	    " WHERE id > :after ORDER BY id LIMIT 1"));
	bool found;

	db_set_int(q, "after", *after);
	found = db_next(q);
	if (found) {
		*after = db_int(q, 0);
		h->url = arena_keep(arena, db_text(q, 1), db_cell(q, 1).len);
		h->set = arena_keep(arena, db_text(q, 2), db_cell(q, 2).len);
		h->prefix = arena_keep(arena, db_text(q, 3), db_cell(q, 3).len);
		h->organisation = "";
	}
	db_restart(q);
	return found;
}

/* Each, whatever becomes of the others. */
static enum outcome
harvest_all(struct harvest *h, const char *data, struct arena *arena)
{
	enum outcome outcome = DONE;
	int64_t source = 0;

	while (!harvest_stopping() && next_source(h, arena, &source))
		if (harvest_one(h, data) != DONE)
			outcome = FAILED;
	return outcome;
}

/* What was taken stays; who harvests it again finds it so. */
static enum outcome
forget(struct harvest *h, const char *data, struct arena *arena)
{
	struct query *q;
	bool known;

	(void)data;
	(void)arena;
	if (!db_begin(h->db))
		return FAILED;
	q = db_restart(db_query(h->db,
	    "DELETE FROM harvest_source WHERE url = :url AND spec = :set"
	    " AND prefix = :prefix RETURNING id"));
	db_set_text(q, "url", h->url);
	db_set_text(q, "set", h->set);
	db_set_text(q, "prefix", h->prefix);
	known = db_number(q, 0) != 0;
	if (!db_commit(h->db))
		return FAILED;
	if (!known) {
		complain("%s%s%s is not harvested", h->url,
		    *h->set != '\0' ? " " : "", h->set);
		return FAILED;
	}
	printf("%s%s%s is harvested no more; its records stay\n", h->url,
	    *h->set != '\0' ? " " : "", h->set);
	return DONE;
}

/*
 * The command.
 */

static bool
is_address(const char *url)
{
	return (strncmp(url, "http://", 7) == 0 ||
		   strncmp(url, "https://", 8) == 0) &&
	    url[strcspn(url, " #\"<>")] == '\0' && strlen(url) <= 2000;
}

static bool
is_date(const char *date)
{
	size_t len = strlen(date);

	return (len == 10 || len == 20) && check_is_time(date, len);
}

static bool
has_organisation(struct db *db, const char *slug)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT 1 FROM record WHERE kind = 'organisation'"
	    " AND slug = :slug AND status = 'published'"));

	db_set_text(q, "slug", slug);
	return db_number(q, 0) == 1;
}

static void
open_fetcher(struct harvest *h, struct fetcher_options *o, struct arena *arena)
{
	*o = (struct fetcher_options){
		.agent = arena_printf(arena, "Mutua (+%s)",
		    settings_home(&h->settings, arena)),
		.allow = h->settings.fetch_allow,
		.stop = harvest_stopping,
	};
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	h->fetcher = fetcher_open(o);
}

/* The one that is named, else all. */
static enum outcome
harvest_asked(struct harvest *h, const char *data, struct arena *arena)
{
	struct fetcher_options options;
	enum outcome outcome;

	if (h->organisation == NULL)
		h->organisation = "";
	else if (!has_organisation(h->db, h->organisation))
		return misused("there is no organisation %s", h->organisation);
	h->names = names_open(h->db);
	if (names_find(h->names, "doctype", "other") == NULL) {
		complain("no code lists yet; 'mutua load --data %s' brings "
			 "them",
		    data);
		names_free(h->names);
		return FAILED;
	}
	open_fetcher(h, &options, arena);
	outcome =
	    h->url == NULL ? harvest_all(h, data, arena) : harvest_one(h, data);
	names_free(h->names);
	fetcher_close(h->fetcher);
	return outcome;
}

static enum outcome
open_and_do(doing *it, struct harvest *h, const char *data, const char *share)
{
	struct arena arena = { 0 };
	enum outcome outcome = FAILED;

	data = place_data(data);
	share = place_share(share);
	if (share != NULL &&
	    settings_load(&h->settings, &arena, share, data, NULL))
		h->db = place_open_current(data, share, DB_WRITE);
	if (h->db != NULL) {
		outcome = it(h, data, &arena);
		db_close(h->db);
	}
	arena_free(&arena);
	return outcome;
}

static enum outcome
run(struct arguments *args)
{
	struct harvest h = { .set = "", .prefix = "oai_dc" };
	const char *data = NULL, *share = NULL;
	bool all = false, forgets = false;
	const struct flag flags[] = {
		FLAG_DATA(&data),
		FLAG_SHARE(&share),
		{ "set", "SET", "only the records of this set", &h.set, NULL },
		{ "prefix", "FORMAT", "the metadataPrefix, if not oai_dc",
		    &h.prefix, NULL },
		{ "from", "DATE", "what has changed since then", &h.from,
		    NULL },
		{ "organisation", "SLUG", "who publishes it, in the directory",
		    &h.organisation, NULL },
		{ "again", NULL, "everything, also what has not changed", NULL,
		    &h.again },
		{ "all", NULL, "every source that was harvested before", NULL,
		    &all },
		{ "forget", NULL, "harvest it no more; its records stay", NULL,
		    &forgets },
		{ "dry-run", NULL, "say what would change, and write nothing",
		    NULL, &h.dry_run },
		{ 0 },
	};

	if (!arguments_read(args, flags, 0, 1))
		return args->outcome;
	h.url = args->argv[0];
	if (h.url != NULL && all)
		return misused("--all takes no address");
	if (h.url == NULL && forgets)
		return misused("--forget takes an address");
	if (h.url != NULL && !is_address(h.url))
		return misused("“%s” is not an address of http or https",
		    h.url);
	if (h.from != NULL && !is_date(h.from))
		return misused("--from takes a date like 2026-03-01 or "
			       "2026-03-01T12:00:00Z");
	return open_and_do(forgets      ? forget
		: h.url == NULL && !all ? list_sources
					: harvest_asked,
	    &h, data, share);
}

const struct command command_harvest = {
	.name = "harvest",
	.summary = "take the records of other repositories, by OAI-PMH",
	.operands = "[URL]",
	.about =
	    "Takes what the repository at URL has, by OAI-PMH 2.0 and in Dublin Core,\n"
	    "into the library.  The next time it takes what has changed since, and a\n"
	    "run that ended early is gone on with.  Each document says where it came\n"
	    "from.  What is deleted there is withdrawn here, unless a member has edited\n"
	    "it; what a member has edited is not changed.  What the library has from\n"
	    "elsewhere, by its address, DOI or identifier, is left out.\n"
	    "\n"
	    "\"mutua jobs\" then harvests it again every day (setting harvest_hours).\n"
	    "Without URL it lists what is harvested and how that stands; --all harvests\n"
	    "each of them now.  Only public addresses are asked, and those\n"
	    "that the setting fetch_allow names.  Who is busy is asked again when they\n"
	    "say, up to ten minutes later.\n"
	    "\n"
	    "The last line counts the records.  Exit status is 1 if the list could not\n"
	    "be read to its end.",
	.run = run,
};
