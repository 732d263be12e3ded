/*
 * What becomes of a record of theirs.
 *
 * Ours follows it as long as nobody here has changed it: what a member has written
 * stays, and who has it elsewhere from has it once.  What is deleted there is
 * withdrawn here, with that as the reason, and comes back with it.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/harvest.h"
#include "data/publish.h"

/* What is known of it. */
struct known {
	int64_t record; /* 0: it was not taken */
	bool seen;
	bool withdrawn;
	bool members; /* somebody here has the last word */
};

static struct known
find(struct harvest *h, const struct oai_item *item)
{
	struct query *q = db_restart(db_query(h->db,
	    "SELECT h.record, r.status = 'archived' FROM harvest_record h"
	    " LEFT JOIN record r ON r.id = h.record"
	    " WHERE h.url = :url AND h.identifier = :identifier"));
	struct known k = { 0 };

	db_set_text(q, "url", h->url);
	db_set_text(q, "identifier", item->identifier);
	if (db_next(q)) {
		k.seen = true;
		k.record = db_int(q, 0);
		k.withdrawn = db_int(q, 1) != 0;
	}
	db_restart(q);
	k.members = k.record != 0 && store_is_members(h->db, k.record);
	return k;
}

static void
remember(struct harvest *h, const struct oai_item *item, int64_t record,
    const char *fate)
{
	struct query *q = db_restart(db_query(h->db,
	    "INSERT INTO harvest_record (url, identifier, record, fate,"
	    "  datestamp, harvested) VALUES (:url, :identifier,"
	    "  nullif(:record, 0), :fate, :datestamp,"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"
	    " ON CONFLICT (url, identifier) DO UPDATE SET"
	    "  record = excluded.record, fate = excluded.fate,"
	    "  datestamp = excluded.datestamp,"
	    "  harvested = excluded.harvested"));

	db_set_text(q, "url", h->url);
	db_set_text(q, "identifier", item->identifier);
	db_set_int(q, "record", record);
	db_set_text(q, "fate", fate);
	db_set_text(q, "datestamp", item->datestamp);
	db_run(q);
}

static const char *
comment(struct harvest *h, const char *what)
{
	return arena_printf(&h->arena, "%s %.200s", what,
	    *h->name != '\0' ? h->name : h->url);
}

/* The document that has this address, and is not from the same repository,
 * where two records with one address are two. */
static bool
has_address(struct harvest *h, const char *url)
{
	struct query *q = db_restart(db_query(h->db,
	    "SELECT 1 FROM document d JOIN record r ON r.id = d.record"
	    " WHERE d.url = :address AND r.status = 'published'"
	    "  AND NOT EXISTS (SELECT 1 FROM harvest_record h"
	    "   WHERE h.record = d.record AND h.url = :url)"));

	db_set_text(q, "address", url);
	db_set_text(q, "url", h->url);
	return db_number(q, 0) == 1;
}

/* Have we got it from another repository, under the same name? */
static bool
has_identifier(struct harvest *h, const struct oai_item *item)
{
	struct query *q = db_restart(db_query(h->db,
	    "SELECT 1 FROM harvest_record WHERE identifier = :identifier"
	    " AND url <> :url AND record IS NOT NULL"));

	db_set_text(q, "identifier", item->identifier);
	db_set_text(q, "url", h->url);
	return db_number(q, 0) == 1;
}

static bool
is_here(struct harvest *h, const struct oai_item *item)
{
	const char *urls[HARVEST_URLS];
	size_t n = harvest_urls(h, item, urls);
	bool found = has_identifier(h, item);

	for (size_t i = 0; i < n && !found; i++)
		found = has_address(h, urls[i]) ||
		    (strncmp(urls[i], "https://doi.org/", 16) == 0 &&
			(has_address(h,
			     arena_printf(&h->arena, "http://dx.doi.org/%s",
				 urls[i] + 16)) ||
			    has_address(h,
				arena_printf(&h->arena, "http://doi.org/%s",
				    urls[i] + 16))));
	return found;
}

/* Say why some can't be records, without the place in a file that they have
 * not; for the first of them. */
static void
say_bad(struct harvest *h, const struct oai_item *item, const char *why)
{
	enum { TOLD = 20 };
	size_t prefix = strlen(item->identifier);

	if (h->counts[HARVEST_BAD] == TOLD)
		complain("and more that are bad");
	if (h->counts[HARVEST_BAD] >= TOLD)
		return;
	for (const char *end; *why != '\0'; why = end + (*end == '\n')) {
		end = strchrnul(why, '\n');
		if (strncmp(why, item->identifier, prefix) == 0 &&
		    strncmp(why + prefix, ":0: ", 4) == 0)
			why += prefix + 4;
		complain("%s: %.*s", item->identifier, (int)(end - why), why);
	}
}

/* Publish what it says, over a record or as a new one; its id, 0 if it can't be
 * a record, having said why. */
static int64_t
publish_item(struct harvest *h, const struct oai_item *item, int64_t record)
{
	struct buf why = { 0 };
	struct check c = { .db = h->db, .why = &why };
	struct publishing p = { .kind = kind_find("document"),
		.record = record,
		.base = record != 0 ? publish_newest(h->db, record) : 0,
		.tree = harvest_tree(h, item),
		.arena = &h->arena,
		.entry = "import",
		.by = { .comment = comment(h, "Harvested from") } };
	bool good;

	db_script(h->db, "SAVEPOINT item");
	good = publish(&c, &p) == PUBLISHED;
	if (!good && !db_failed(h->db)) {
		db_script(h->db, "ROLLBACK TO item");
		say_bad(h, item, buf_text(&why));
	}
	db_script(h->db, "RELEASE item");
	buf_free(&why);
	return good ? p.record : 0;
}

static enum fate delete (struct harvest *h, const struct oai_item *item,
    const struct known *k) {
	const struct authorship by = { .comment = comment(h,
					   "Deleted at its source,") };

	if (k->record == 0) return HARVEST_SAME;
	remember(h, item, k->record, k->members ? "edited" : "deleted");
	if (k->members) return HARVEST_LEFT;
	if (k->withdrawn) return HARVEST_SAME;
	publish_withdraw(h->db, k->record, &by);
	return HARVEST_DELETED;
}

/* Bring the one that we have up to date. */
static enum fate
renew(struct harvest *h, const struct oai_item *item, const struct known *k)
{
	const struct authorship by = { .comment = comment(h,
					   "Brought back at its source,") };
	int64_t before;

	if (k->members) {
		remember(h, item, k->record, "edited");
		return HARVEST_LEFT;
	}
	before = publish_newest(h->db, k->record);
	if (k->withdrawn)
		publish_restore(h->db, k->record, &by);
	if (publish_item(h, item, k->record) == 0) {
		remember(h, item, k->record, "bad");
		return HARVEST_BAD;
	}
	remember(h, item, k->record, "taken");
	return publish_newest(h->db, k->record) != before ? HARVEST_CHANGED
							  : HARVEST_SAME;
}

enum fate
harvest_take(struct harvest *h, const struct oai_item *item)
{
	struct known k = find(h, item);
	int64_t record;

	if (item->deleted)
		return delete (h, item, &k);
	if (k.record != 0)
		return renew(h, item, &k);
	if (is_here(h, item)) {
		remember(h, item, 0, "twin");
		return HARVEST_LEFT;
	}
	record = publish_item(h, item, 0);
	remember(h, item, record, record != 0 ? "taken" : "bad");
	return record != 0 ? HARVEST_ADDED : HARVEST_BAD;
}
