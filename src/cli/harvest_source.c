/*
 * What is known of a source: a row of harvest_source.
 */
#include <string.h>

#include "cli/harvest.h"

static const char *
keep(struct harvest *h, const struct query *q, int column)
{
	return arena_keep(&h->lasting, db_text(q, column),
	    db_cell(q, column).len);
}

static void
name_source(struct harvest *h, struct query *q)
{
	db_set_text(q, "url", h->url);
	db_set_text(q, "set", h->set);
	db_set_text(q, "prefix", h->prefix);
}

static void
read_row(struct harvest *h)
{
	struct query *q = db_restart(db_query(h->db,
	    "SELECT s.id, s.name, s.since, s.begun, s.token, r.slug"
	    " FROM harvest_source s LEFT JOIN record r"
	    "  ON r.id = s.organisation"
	    " WHERE s.url = :url AND s.spec = :set AND s.prefix = :prefix"));

	name_source(h, q);
	if (db_next(q)) {
		h->source = db_int(q, 0);
		h->name = keep(h, q, 1);
		h->since = keep(h, q, 2);
		h->begun = keep(h, q, 3);
		h->token = keep(h, q, 4);
		if (*h->organisation == '\0')
			h->organisation = keep(h, q, 5);
	}
	db_restart(q);
}

void
harvest_source(struct harvest *h)
{
	h->source = 0;
	h->name = h->since = h->begun = h->token = "";
	read_row(h);
}

bool
harvest_source_add(struct harvest *h)
{
	struct query *q;

	if (h->source != 0 || h->dry_run)
		return true;
	if (!db_begin(h->db))
		return false;
	q = db_restart(db_query(h->db,
	    "INSERT INTO harvest_source (url, spec, prefix, created)"
	    " VALUES (:url, :set, :prefix,"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"
	    " ON CONFLICT (url, spec, prefix) DO UPDATE SET url = excluded.url"
	    " RETURNING id"));
	name_source(h, q);
	h->source = db_number(q, 0);
	return db_commit(h->db);
}

bool
harvest_step(struct harvest *h, const char *before)
{
	struct query *q = db_restart(db_query(h->db,
	    "UPDATE harvest_source SET name = nullif(:name, ''),"
	    "  begun = nullif(:begun, ''), token = nullif(:token, ''),"
	    "  since = nullif(:since, ''), error = NULL,"
	    "  looked = strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),"
	    "  organisation = (SELECT id FROM record"
	    "   WHERE kind = 'organisation' AND slug = :organisation)"
	    " WHERE id = :source AND coalesce(token, '') = :before"
	    " RETURNING id"));

	db_set_int(q, "source", h->source);
	db_set_text(q, "name", h->name);
	db_set_text(q, "begun", h->begun);
	db_set_text(q, "token", h->token);
	db_set_text(q, "since", h->since);
	db_set_text(q, "organisation", h->organisation);
	db_set_text(q, "before", before);
	return h->dry_run || db_number(q, 0) == h->source;
}

void
harvest_ended(struct harvest *h, const char *error)
{
	struct query *q;

	if (h->source == 0 || h->dry_run || !db_begin(h->db))
		return;
	q = db_restart(db_query(h->db,
	    "UPDATE harvest_source SET error = nullif(:error, ''),"
	    "  looked = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
	    " WHERE id = :source"));
	db_set_int(q, "source", h->source);
	db_set_text(q, "error", error);
	db_run(q);
	db_commit(h->db);
}
