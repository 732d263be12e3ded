/*
 * One run of a source, answer by answer, to the end of its list or until
 * something ends it.
 */
#include <string.h>

#include "base/url.h"
#include "cli/command.h"
#include "cli/harvest.h"
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

/* The page of the token, or a list from its beginning. */
static void
put_records(struct harvest *h, struct buf *query)
{
	const char *from = h->from != NULL ? h->from : h->again ? "" : h->since;

	buf_puts(query, "verb=ListRecords");
	put_argument(query, "resumptionToken", h->token);
	if (*h->token != '\0')
		return;
	put_argument(query, "metadataPrefix", h->prefix);
	put_argument(query, "set", h->set);
	put_argument(query, "from",
	    arena_keep(&h->arena, from,
		h->days ? strnlen(from, 10) : strlen(from)));
}

const char *
harvest_query(struct harvest *h)
{
	struct buf query = { 0 };
	const char *kept;

	if (h->asks == HARVEST_WHO)
		buf_puts(&query, "verb=Identify");
	else if (h->asks == HARVEST_RECORDS)
		put_records(h, &query);
	else {
		buf_puts(&query, "verb=ListSets");
		put_argument(&query, "resumptionToken", h->sets_token);
	}
	kept = arena_keep(&h->arena, query.data, query.len);
	buf_free(&query);
	return kept;
}

/* Who are they, and how exactly do they date?  A set is looked for once. */
static enum harvest_step
identify(struct harvest *h, const struct oai_page *page, struct buf *why)
{
	if (*page->error != '\0') {
		buf_printf(why, "%s: %s", page->error, page->message);
		return STEP_FAILED;
	}
	h->name = arena_keep(&h->lasting, page->name, strnlen(page->name, 300));
	h->days = strcmp(page->granularity, "YYYY-MM-DD") == 0;
	h->asks =
	    h->source == 0 && *h->set != '\0' ? HARVEST_SETS : HARVEST_RECORDS;
	return STEP_MORE;
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

bool
harvest_goes_round(struct harvest *h, const char *token)
{
	size_t known = h->tokens.words;

	if (*token == '\0')
		return false;
	tally_add(&h->tokens, token);
	return h->tokens.words == known;
}

static void
forget_tokens(struct harvest *h)
{
	tally_free(&h->tokens);
	h->tokens = (struct tally){ 0 };
}

/* A token that is no more: begin again where the last whole harvest was. */
static bool
begin_again(struct harvest *h, struct buf *why)
{
	const char *before = h->token;

	complain("%s: the list can't be gone on with (%s); it is begun again",
	    h->url, "badResumptionToken");
	h->token = h->begun = "";
	forget_tokens(h);
	if (!db_begin(h->db))
		return false;
	if (harvest_step(h, before) &&
	    (h->dry_run ? (db_rollback(h->db), true) : db_commit(h->db)))
		return true;
	db_rollback(h->db);
	buf_puts(why, "another process harvests it, too");
	return false;
}

static enum harvest_step
read_error(struct harvest *h, const struct oai_page *page, struct buf *why)
{
	struct oai_page end = { .token = "" };

	/* nothing new, or nothing left of a list */
	if (strcmp(page->error, "noRecordsMatch") == 0) {
		if (*h->begun == '\0')
			set_begun(h, page);
		return take_page(h, &end, why) ? STEP_DONE : STEP_FAILED;
	}
	if (strcmp(page->error, "badResumptionToken") == 0 &&
	    *h->token != '\0' && !h->begun_again) {
		h->begun_again = true;
		return begin_again(h, why) ? STEP_MORE : STEP_FAILED;
	}
	buf_printf(why, "%s: %s", page->error, page->message);
	return STEP_FAILED;
}

static enum harvest_step
take_records(struct harvest *h, const struct oai_page *page, struct buf *why)
{
	if (*page->error != '\0')
		return read_error(h, page, why);
	if (*h->begun == '\0')
		set_begun(h, page);
	tell_page(h, page);
	h->empty = page->n > 0 ? 0 : h->empty + 1;
	if (harvest_goes_round(h, page->token) || h->empty > EMPTY_MAX) {
		buf_puts(why,
		    "the list goes round in circles: a token came "
		    "that was there before, or nothing but tokens");
		return STEP_FAILED;
	}
	if (!take_page(h, page, why))
		return STEP_FAILED;
	return *h->token != '\0' ? STEP_MORE : STEP_DONE;
}

/* What is harvested is a source from the moment on that it is known to have
 * what is asked for. */
enum harvest_step
harvest_answer(struct harvest *h, const struct oai_page *page, struct buf *why)
{
	enum harvest_step next;

	if (h->asks == HARVEST_RECORDS)
		return take_records(h, page, why);
	next = h->asks == HARVEST_WHO ? identify(h, page, why)
				      : harvest_sets(h, page, why);
	if (next != STEP_MORE || h->asks != HARVEST_RECORDS)
		return next;
	forget_tokens(h);
	return harvest_source_add(h) ? STEP_MORE : STEP_FAILED;
}

void
harvest_put_counts(const struct harvest *h, struct buf *out)
{
	buf_printf(out,
	    "%s%s%s: %zu added, %zu changed, %zu the same, %zu deleted, "
	    "%zu left alone, %zu bad%s",
	    h->url, *h->set != '\0' ? " " : "", h->set,
	    h->counts[HARVEST_ADDED], h->counts[HARVEST_CHANGED],
	    h->counts[HARVEST_SAME], h->counts[HARVEST_DELETED],
	    h->counts[HARVEST_LEFT], h->counts[HARVEST_BAD],
	    h->dry_run ? " (nothing was written)" : "");
}

void
harvest_end(struct harvest *h, const char *why)
{
	bool failed = db_failed(h->db);

	db_rollback(h->db);
	if (!failed)
		harvest_ended(h, why);
	harvest_leave(h);
}

void
harvest_leave(struct harvest *h)
{
	forget_tokens(h);
	buf_free(&h->sets);
	arena_free(&h->arena);
	arena_free(&h->lasting);
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

void
harvest_begin(struct harvest *h)
{
	memset(h->counts, 0, sizeof(h->counts));
	h->asks = HARVEST_WHO;
	h->pages = h->empty = h->nsets = 0;
	h->begun_again = false;
	h->sets_token = "";
	harvest_source(h);
	begin_anew(h);
}
