/*
 * What is known of the entries of a feed: rows of feed_entry, and what they
 * became.
 */
#include <string.h>

#include "data/feed_take_own.h"
#include "data/publish.h"

static const char *
keep(struct feed_take *t, const struct query *q, int column)
{
	struct cell c = db_cell(q, column);

	return arena_keep(&t->arena, c.text, c.len);
}

/* A process that is killed while it commits can have left the row here, and
 * not the contribution it names in state.db: that is made once more. */
static void
read_row(struct feed_take *t, const struct query *q, struct incoming *in)
{
	const char *state = db_text(q, 4);
	bool decided =
	    strcmp(state, "declined") == 0 || strcmp(state, "withdrawn") == 0;

	in->digest = keep(t, q, 0);
	in->record = db_int(q, 1);
	in->revision = db_int(q, 2);
	in->contribution = db_int(q, 3);
	in->lost = in->record == 0 && in->contribution != 0 && *state == '\0';
	in->shelved = in->record == 0 && (in->contribution == 0 || decided);
	in->waits = strcmp(state, "submitted") == 0 && db_int(q, 5) != 0;
	in->refused = strcmp(state, "declined") == 0;
	in->open =
	    *state != '\0' && !decided && strcmp(state, "published") != 0;
}

static bool
find_key(struct feed_take *t, struct incoming *in)
{
	struct query *q = db_restart(db_query(t->db,
	    "SELECT e.digest, e.record, e.revision, e.contribution, c.state,"
	    "  c.updated = c.submitted FROM feed_entry e"
	    " LEFT JOIN state.contribution c ON c.id = e.contribution"
	    " WHERE e.feed = :feed AND e.key = :key"));
	bool found;

	db_set_int(q, "feed", t->feed->id);
	db_set_text(q, "key", in->key);
	found = db_next(q);
	if (found)
		read_row(t, q, in);
	db_restart(q);
	return found;
}

static bool
is_listed(const struct feed_take *t, const char *key)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->all[i].key, key) == 0)
			return true;
	return false;
}

/* The only other entry with this link, which has left the feed. */
static bool
find_link(struct feed_take *t, const struct incoming *in,
    char key[FEED_KEY + 1])
{
	struct query *q = db_restart(db_query(t->db,
	    "SELECT min(key), count(*) FROM feed_entry"
	    " WHERE link = :link AND feed = :feed"));
	bool found;

	db_set_int(q, "feed", t->feed->id);
	db_set_text(q, "link", in->link);
	found = db_next(q) && db_int(q, 1) == 1 &&
	    db_cell(q, 0).len == FEED_KEY && !is_listed(t, db_text(q, 0));
	if (found)
		memcpy(key, db_text(q, 0), FEED_KEY + 1);
	db_restart(q);
	return found;
}

static void
rename_key(struct feed_take *t, const char *from, const char *to)
{
	struct query *q = db_restart(db_query(t->db,
	    "UPDATE feed_entry SET key = :to WHERE feed = :feed"
	    " AND key = :from"));

	db_set_int(q, "feed", t->feed->id);
	db_set_text(q, "from", from);
	db_set_text(q, "to", to);
	db_run(q);
}

bool
feed_take_find(struct feed_take *t, struct incoming *in)
{
	char before[FEED_KEY + 1];

	if (find_key(t, in))
		return true;
	if (in->link == NULL || !find_link(t, in, before))
		return false;
	rename_key(t, before, in->key);
	in->renamed = true;
	return find_key(t, in);
}

int64_t
feed_take_today(struct feed_take *t)
{
	struct query *q = db_restart(db_query(t->db,
	    "SELECT count(*) FROM feed_entry WHERE feed = :feed"
	    " AND first_seen > strftime('%Y-%m-%dT%H:%M:%SZ', :now, '-1 day')"
	    " AND (record IS NOT NULL OR contribution IS NOT NULL)"));

	db_set_int(q, "feed", t->feed->id);
	db_set_text(q, "now", t->now);
	return db_number(q, 0);
}

int64_t
feed_take_revised(struct feed_take *t)
{
	struct query *q = db_restart(db_query(t->db,
	    "SELECT count(*) FROM feed_entry e JOIN revision v"
	    "  ON v.record = e.record AND v.number > 1"
	    " WHERE e.feed = :feed AND e.record IS NOT NULL"
	    " AND v.time > strftime('%Y-%m-%dT%H:%M:%SZ', :now, '-1 day')"));

	db_set_int(q, "feed", t->feed->id);
	db_set_text(q, "now", t->now);
	return db_number(q, 0);
}

bool
feed_take_is_restless(struct feed_take *t, const struct incoming *in)
{
	struct query *q = db_restart(db_query(t->db,
	    "SELECT max(time) > strftime('%Y-%m-%dT%H:%M:%SZ', :now, '-1 day')"
	    " AND (:many OR count(*) FILTER (WHERE number > 1 AND time >"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', :now, '-7 days')) >= :most)"
	    " FROM revision WHERE record = :record"));

	db_set_text(q, "now", t->now);
	db_set_int(q, "many", t->revised >= FEED_DAY);
	db_set_int(q, "most", FEED_CHANGES);
	db_set_int(q, "record", in->record);
	return db_number(q, 0) == 1;
}

void
feed_take_remember(struct feed_take *t, const struct incoming *in,
    const char *fate)
{
	struct query *q = db_restart(db_query(t->db,
	    "INSERT INTO feed_entry (feed, key, digest, record, revision,"
	    "  contribution, fate, link, first_seen)"
	    " VALUES (:feed, :key, :digest, nullif(:record, 0),"
	    "  nullif(:revision, 0), nullif(:contribution, 0), :fate, :link,"
	    "  :now) ON CONFLICT (feed, key) DO UPDATE SET"
	    "  digest = excluded.digest, record = excluded.record,"
	    "  revision = excluded.revision,"
	    "  contribution = excluded.contribution, fate = excluded.fate,"
	    "  link = excluded.link"));

	db_set_int(q, "feed", t->feed->id);
	db_set_text(q, "key", in->key);
	db_set_text(q, "digest", in->entry->digest);
	db_set_int(q, "record", in->record);
	db_set_int(q, "revision", in->revision);
	db_set_int(q, "contribution", in->contribution);
	if (fate != NULL)
		db_set_text(q, "fate", fate);
	if (in->entry->link != NULL)
		db_set_text(q, "link", in->entry->link);
	db_set_text(q, "now", t->now);
	db_run(q);
}

/* By another feed of it, or one that it had before, or by hand. */
bool
feed_take_has_twin(struct feed_take *t, const struct incoming *in)
{
	struct query *q = db_restart(db_query(t->db,
	    "SELECT EXISTS (SELECT 1 FROM news WHERE source_url = :link"
	    "  AND organisation = :organisation)"
	    " OR EXISTS (SELECT 1 FROM feed_entry e JOIN feed f"
	    "  ON f.id = e.feed AND f.organisation = :organisation"
	    "  WHERE e.link = :link AND e.feed <> :feed"
	    "  AND e.contribution IS NOT NULL)"));

	if (in->link == NULL)
		return false;
	db_set_text(q, "link", in->link);
	db_set_int(q, "organisation", t->feed->organisation);
	db_set_int(q, "feed", t->feed->id);
	return db_number(q, 0) == 1;
}

bool
feed_take_is_ours(struct feed_take *t, const struct incoming *in)
{
	struct query *q = db_restart(db_query(t->db,
	    "SELECT 1 FROM record WHERE id = :record"
	    " AND status = 'published'"));

	if (in->record == 0)
		return in->waits || in->lost;
	db_set_int(q, "record", in->record);
	return db_number(q, 0) == 1 &&
	    publish_newest(t->db, in->record) == in->revision;
}

const char *
feed_take_date(struct feed_take *t, const struct incoming *in)
{
	struct query *q = db_restart(db_query(t->db,
	    "SELECT coalesce((SELECT published FROM record WHERE id = :record),"
	    " (SELECT json_extract(tree, '$.published') FROM state.contribution"
	    "  WHERE id = :contribution))"));
	const char *date;

	db_set_int(q, "record", in->record);
	db_set_int(q, "contribution", in->contribution);
	date = db_next(q) ? keep(t, q, 0) : "";
	db_restart(q);
	return date;
}
