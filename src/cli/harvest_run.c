/*
 * One source, page by page, to the end of its list or until something ends it.
 */
#include <stdio.h>
#include <string.h>

#include "base/url.h"
#include "cli/command.h"
#include "cli/harvest.h"
#include "cli/place.h"
#include "data/check.h"

/* Pages one after the other without a record, before we believe no more. */
enum { EMPTY_MAX = 20, BATCH = 200 };

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

/* Its records, within a transaction; of a long page some are committed before, so
 * that nobody waits long to write. */
static bool
take_items(struct harvest *h, const struct oai_page *page)
{
	for (size_t i = 0; i < page->n && !db_failed(h->db); i++) {
		h->counts[harvest_take(h, &page->items[i])]++;
		if (i % BATCH == BATCH - 1 && !h->dry_run &&
		    !(db_commit(h->db) && db_begin(h->db)))
			return false;
	}
	return !db_failed(h->db);
}

/* Take a page, and remember how it goes on.  False if that failed, or another
 * process is doing the same. */
static bool
take_page(struct harvest *h, const struct oai_page *page, struct buf *why)
{
	const char *before = h->token;
	size_t counts[HARVEST_FATES];
	bool good;

	memcpy(counts, h->counts, sizeof(counts));
	good = db_begin(h->db) && take_items(h, page);
	h->token = arena_keep(&h->lasting, page->token, strlen(page->token));
	if (*h->token == '\0') {
		h->since = h->begun;
		h->begun = "";
	}
	if (good && !harvest_step(h, before)) {
		buf_puts(why, "another process harvests it, too");
		good = false;
	}
	if (!h->dry_run)
		good = good && db_commit(h->db);
	if (!good)
		memcpy(h->counts, counts, sizeof(counts));
	if (!db_failed(h->db)) /* what failed is told at the end */
		db_rollback(h->db);
	return good;
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
	tally_free(&h->tokens);
	h->tokens = (struct tally){ 0 };
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
	db_rollback(h->db);
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
enum outcome
harvest_run(struct harvest *h, const char *data)
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
	if (!identify(h, &why) || !harvest_source_add(h))
		next = STEP_FAILED;
	while (next == STEP_MORE && !db_failed(h->db)) {
		buf_clear(&why);
		next = step(h, &begun_again, &empty, &why);
	}
	outcome = finish(h, data, buf_text(&why), next == STEP_DONE);
	buf_free(&why);
	return outcome;
}
