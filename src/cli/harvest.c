#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/url.h"
#include "cli/command.h"
#include "cli/harvest.h"
#include "cli/place.h"
#include "data/check.h"

/* Pages one after the other without a record, before we believe no more. */
enum { EMPTY_MAX = 20 };

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
put_argument(struct buf *query, const char *name, const char *value)
{
	if (*value == '\0')
		return;
	buf_printf(query, "&%s=", name);
	url_encode(query, value, strlen(value));
}

/* What to ask for next: the page of the token, or a list from its beginning. */
static const char *
query_of(struct harvest *h)
{
	const char *from = h->from != NULL ? h->from : h->again ? "" : h->since;
	struct buf query = { 0 };
	const char *kept;

	buf_puts(&query, "verb=ListRecords");
	put_argument(&query, "resumptionToken", h->token);
	if (*h->token == '\0') {
		put_argument(&query, "metadataPrefix", h->prefix);
		put_argument(&query, "set", h->set);
		put_argument(&query, "from",
		    arena_keep(&h->arena, from,
			h->days ? strnlen(from, 10) : strlen(from)));
	}
	kept = arena_keep(&h->arena, query.data, query.len);
	buf_free(&query);
	return kept;
}

/* Who are they, and how exactly do they date? */
static bool
identify(struct harvest *h, struct buf *why)
{
	struct oai_page page;

	if (!harvest_ask(h, "verb=Identify", &page, why))
		return false;
	if (*page.error != '\0') {
		buf_printf(why, "%s: %s", page.error, page.message);
		return false;
	}
	h->name = arena_keep(&h->lasting, page.name, strnlen(page.name, 300));
	h->days = strcmp(page.granularity, "YYYY-MM-DD") == 0;
	return true;
}

/* The moment of the first page, to go on from next time; what is no time of day
 * is our own day before: some records then come twice, none is missed. */
static void
set_begun(struct harvest *h, const struct oai_page *page)
{
	struct query *q = db_restart(db_query(h->db,
	    "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 day')"));
	size_t len = strlen(page->date);

	if (len == 20 && check_is_time(page->date, len))
		h->begun = arena_keep(&h->lasting, page->date, len);
	else if (db_next(q))
		h->begun =
		    arena_keep(&h->lasting, db_text(q, 0), db_cell(q, 0).len);
	db_restart(q);
}

static void
tell_page(struct harvest *h, const struct oai_page *page)
{
	h->pages++;
	if (*page->flaw != '\0')
		complain("page %zu is not well-formed XML (%s); it was read as "
			 "far as it can be",
		    h->pages, page->flaw);
	if (page->bad > 0)
		complain("page %zu has %zu record%s without an identifier",
		    h->pages, page->bad, page->bad == 1 ? "" : "s");
	h->counts[HARVEST_BAD] += page->bad;
}

/* Take a page, and remember how it goes on, as one.  False if that failed, or
 * another process is doing the same. */
static bool
take_page(struct harvest *h, const struct oai_page *page, struct buf *why)
{
	const char *before = h->token;
	size_t counts[HARVEST_FATES];

	memcpy(counts, h->counts, sizeof(counts));
	if (!db_begin(h->db))
		return false;
	for (size_t i = 0; i < page->n && !db_failed(h->db); i++)
		h->counts[harvest_take(h, &page->items[i])]++;
	h->token = arena_keep(&h->lasting, page->token, strlen(page->token));
	if (*h->token == '\0') {
		h->since = h->begun;
		h->begun = "";
	}
	if (!harvest_step(h, before) && !db_failed(h->db))
		buf_puts(why, "another process harvests it, too");
	if (why->len == 0 && h->dry_run)
		db_rollback(h->db);
	else if (why->len == 0 && db_commit(h->db))
		return true;
	if (h->dry_run && why->len == 0 && !db_failed(h->db))
		return true;
	memcpy(h->counts, counts, sizeof(counts));
	db_rollback(h->db);
	return false;
}

/* Is the list at an end that it does not say itself: a token that was there
 * before leads round in circles. */
static bool
goes_round(struct harvest *h, const char *token)
{
	size_t known = h->tokens.words;

	if (*token == '\0')
		return false;
	tally_add(&h->tokens, token);
	return h->tokens.words == known;
}

/* A token that is no more: begin again where the last whole harvest was. */
static bool
begin_again(struct harvest *h, struct buf *why)
{
	const char *before = h->token;

	complain("%s: the list can't be gone on with (%s); it is begun again",
	    h->url, "badResumptionToken");
	h->token = h->begun = "";
	if (!db_begin(h->db))
		return false;
	if (harvest_step(h, before) &&
	    (h->dry_run ? (db_rollback(h->db), true) : db_commit(h->db)))
		return true;
	db_rollback(h->db);
	buf_puts(why, "another process harvests it, too");
	return false;
}

enum step { STEP_MORE, STEP_DONE, STEP_FAILED };

static enum step
read_error(struct harvest *h, const struct oai_page *page, bool *begun_again,
    struct buf *why)
{
	struct oai_page end = { .token = "" };

	/* nothing new, or nothing left of a list */
	if (strcmp(page->error, "noRecordsMatch") == 0) {
		if (*h->begun == '\0')
			set_begun(h, page);
		return take_page(h, &end, why) ? STEP_DONE : STEP_FAILED;
	}
	if (strcmp(page->error, "badResumptionToken") == 0 &&
	    *h->token != '\0' && !*begun_again) {
		*begun_again = true;
		return begin_again(h, why) ? STEP_MORE : STEP_FAILED;
	}
	buf_printf(why, "%s: %s", page->error, page->message);
	return STEP_FAILED;
}

/* One page: asked for, read and taken. */
static enum step
step(struct harvest *h, bool *begun_again, int *empty, struct buf *why)
{
	struct oai_page page;

	arena_reset(&h->arena);
	if (!harvest_ask(h, query_of(h), &page, why))
		return STEP_FAILED;
	if (*page.error != '\0')
		return read_error(h, &page, begun_again, why);
	if (*h->begun == '\0')
		set_begun(h, &page);
	tell_page(h, &page);
	*empty = page.n > 0 ? 0 : *empty + 1;
	if (goes_round(h, page.token) || *empty > EMPTY_MAX) {
		buf_puts(why,
		    "the list goes round in circles: a token came "
		    "that was there before, or nothing but tokens");
		return STEP_FAILED;
	}
	if (!take_page(h, &page, why))
		return STEP_FAILED;
	return *h->token != '\0' ? STEP_MORE : STEP_DONE;
}

static void
show_summary(const struct harvest *h)
{
	printf("%s%s%s: %zu added, %zu changed, %zu the same, %zu deleted, "
	       "%zu left alone, %zu bad%s\n",
	    h->url, *h->set != '\0' ? " " : "", h->set,
	    h->counts[HARVEST_ADDED], h->counts[HARVEST_CHANGED],
	    h->counts[HARVEST_SAME], h->counts[HARVEST_DELETED],
	    h->counts[HARVEST_LEFT], h->counts[HARVEST_BAD],
	    h->dry_run ? " (nothing was written)" : "");
	fflush(stdout);
}

static enum outcome
finish(struct harvest *h, const char *data, const char *why, bool good)
{
	bool failed = db_failed(h->db);

	if (failed)
		place_failed(data, h->db, "; the harvest ended early");
	else if (!good)
		complain("%s: %s; the next run goes on from here", h->url, why);
	db_release(h->db);
	if (!failed)
		harvest_ended(h, good ? "" : why);
	show_summary(h);
	tally_free(&h->tokens);
	arena_free(&h->arena);
	arena_free(&h->lasting);
	return good ? DONE : FAILED;
}

/* Where something else is asked for than what an earlier run left, that is
 * forgotten. */
static void
begin_anew(struct harvest *h)
{
	const char *before = h->token;

	if (!h->again && h->from == NULL && !h->dry_run)
		return;
	h->token = h->begun = "";
	if (*before == '\0' || h->dry_run || !db_begin(h->db))
		return;
	harvest_step(h, before);
	db_commit(h->db);
}

/* Harvest one, as far as it can be done. */
static enum outcome
harvest(struct harvest *h, const char *data)
{
	enum step next = STEP_MORE;
	struct buf why = { 0 };
	bool begun_again = false;
	enum outcome outcome;
	int empty = 0;

	memset(h->counts, 0, sizeof(h->counts));
	h->tokens = (struct tally){ 0 };
	h->pages = 0;
	harvest_source(h);
	begin_anew(h);
	if (!identify(h, &why))
		next = STEP_FAILED;
	while (next == STEP_MORE && !db_failed(h->db)) {
		buf_clear(&why);
		next = step(h, &begun_again, &empty, &why);
	}
	outcome = finish(h, data, buf_text(&why), next == STEP_DONE);
	buf_free(&why);
	return outcome;
}

/*
 * Many sources.
 */

static enum outcome
list_sources(struct db *db)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT url, spec, coalesce(since, 'never whole'), token, error,"
	    "  (SELECT count(*) FROM harvest_record h WHERE h.url = s.url"
	    "   AND h.record IS NOT NULL)"
	    " FROM harvest_source s ORDER BY url, spec"));

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
	return db_failed(db) ? FAILED : DONE;
}

static enum outcome
harvest_all(struct harvest *h, const char *data)
{
	struct query *q = db_restart(db_query(h->db,
	    "SELECT json_group_array(json_array(url, spec, prefix))"
	    " FROM harvest_source"));
	struct arena arena = { 0 };
	enum outcome outcome = DONE;
	struct query *each;
	const char *list;

	list = db_next(q) ? arena_keep(&arena, db_text(q, 0), db_cell(q, 0).len)
			  : "[]";
	db_restart(q);
	for (int64_t i = 0; outcome != WRONG_USE && !harvest_stopping(); i++) {
		each = db_restart(db_query(h->db,
		    "SELECT value ->> 0, value ->> 1, value ->> 2"
		    " FROM json_each(:list) WHERE key = :place"));
		db_set_text(each, "list", list);
		db_set_int(each, "place", i);
		if (!db_next(each))
			break;
		h->url =
		    arena_keep(&arena, db_text(each, 0), db_cell(each, 0).len);
		h->set =
		    arena_keep(&arena, db_text(each, 1), db_cell(each, 1).len);
		h->prefix =
		    arena_keep(&arena, db_text(each, 2), db_cell(each, 2).len);
		h->organisation = "";
		db_restart(each);
		if (harvest(h, data) != DONE)
			outcome = FAILED;
	}
	arena_free(&arena);
	return outcome;
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

/* With the database open: what is asked for. */
static enum outcome
harvest_in(struct harvest *h, const char *data, bool all, struct arena *arena)
{
	struct fetcher_options options;
	enum outcome outcome;

	if (h->url == NULL && !all)
		return list_sources(h->db);
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
	outcome = all ? harvest_all(h, data) : harvest(h, data);
	names_free(h->names);
	fetcher_close(h->fetcher);
	return outcome;
}

static enum outcome
open_and_harvest(struct harvest *h, const char *data, const char *share,
    bool all)
{
	struct arena arena = { 0 };
	enum outcome outcome = FAILED;

	data = place_data(data);
	share = place_share(share);
	if (share != NULL &&
	    settings_load(&h->settings, &arena, share, data, NULL))
		h->db = place_open_current(data, share, DB_WRITE);
	if (h->db != NULL) {
		outcome = harvest_in(h, data, all, &arena);
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
	bool all = false;
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
		{ "dry-run", NULL, "say what would change, and write nothing",
		    NULL, &h.dry_run },
		{ 0 },
	};

	if (!arguments_read(args, flags, 0, 1))
		return args->outcome;
	h.url = args->argv[0];
	if (h.url != NULL && all)
		return misused("--all takes no address");
	if (h.url != NULL && !is_address(h.url))
		return misused("“%s” is not an address of http or https",
		    h.url);
	if (h.from != NULL && !is_date(h.from))
		return misused("--from takes a date like 2026-03-01 or "
			       "2026-03-01T12:00:00Z");
	return open_and_harvest(&h, data, share, all);
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
	    "Without URL it lists what is harvested and how that stands; --all harvests\n"
	    "each of them, as for cron.  Only public addresses are asked, and those\n"
	    "that the setting fetch_allow names.  Who is busy is asked again when they\n"
	    "say, up to ten minutes later.\n"
	    "\n"
	    "The last line counts the records.  Exit status is 1 if the list could not\n"
	    "be read to its end.",
	.run = run,
};
