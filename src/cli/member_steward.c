/*
 * mutua member steward: who looks after a record, or after all of a country's
 * or a theme's; and mutua member spokesperson: who speaks for an organisation.
 */
#include <stdio.h>
#include <string.h>

#include "cli/member.h"

/* What is looked after: one of the three. */
struct charge {
	int64_t record;
	const char *country, *theme; /* or "" */
};

static int64_t
find_record(struct db *db, const char *kind, size_t len, const char *slug)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT id FROM record WHERE kind = :kind AND slug = :slug"));
	struct buf name = { 0 };

	buf_put(&name, kind, len);
	db_set_text(q, "kind", buf_text(&name));
	db_set_text(q, "slug", slug);
	buf_free(&name);
	return db_number(q, 0);
}

static bool
is_country(struct db *db, const char *country)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT 1 FROM country_code WHERE country = :country"));

	db_set_text(q, "country", country);
	return db_number(q, 0) == 1;
}

/* Read "record", "scheme/mutuelle". */
static enum outcome
read_charge(struct db *db, const char *what, const char *which,
    struct charge *c)
{
	const char *slash = strchr(which, '/');

	if (strcmp(what, "record") == 0) {
		if (slash == NULL)
			return misused("“%s” is not KIND/SLUG", which);
		c->record =
		    find_record(db, which, (size_t)(slash - which), slash + 1);
		if (c->record != 0)
			return DONE;
	} else if (strcmp(what, "country") == 0) {
		c->country = which;
		if (is_country(db, which))
			return DONE;
	} else if (strcmp(what, "theme") == 0) {
		c->theme = which;
		if (find_record(db, "theme", 5, which) != 0)
			return DONE;
	} else {
		return misused("“%s” is not record, country or theme", what);
	}
	complain("there is no %s “%s”", what, which);
	return FAILED;
}

static void
bind(struct query *q, int64_t member, const struct charge *c)
{
	db_set_int(q, "member", member);
	db_set_int(q, "record", c->record);
	db_set_text(q, "country", c->country);
	db_set_text(q, "theme", c->theme);
}

static void
add(struct db *db, int64_t member, const struct charge *c)
{
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO steward (member, record, country, theme, since)"
	    " VALUES (:member, nullif(:record, 0), nullif(:country, ''),"
	    "  nullif(:theme, ''), strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"
	    " ON CONFLICT DO NOTHING"));

	bind(q, member, c);
	db_run(q);
}

static void
take_away(struct db *db, int64_t member, const struct charge *c)
{
	struct query *q = db_restart(db_query(db,
	    "DELETE FROM steward WHERE member = :member"
	    " AND coalesce(record, 0) = :record"
	    " AND coalesce(country, '') = :country"
	    " AND coalesce(theme, '') = :theme"));

	bind(q, member, c);
	db_run(q);
}

enum outcome
member_steward(struct member *m, char **operands)
{
	struct charge c = { .country = "", .theme = "" };
	enum outcome outcome;
	int64_t member;

	outcome = read_charge(m->db, operands[1], operands[2], &c);
	if (outcome != DONE)
		return outcome;
	member = member_find(m, operands[0]);
	if (member == 0)
		return FAILED;
	if (db_begin(m->db))
		(m->remove ? take_away : add)(m->db, member, &c);
	outcome = member_commit(m);
	if (outcome == DONE)
		printf(m->remove ? "%s does not look after %s %s any more\n"
				 : "%s looks after %s %s\n",
		    operands[0], operands[1], operands[2]);
	return outcome;
}

enum outcome
member_spokesperson(struct member *m, char **operands)
{
	int64_t organisation =
	    find_record(m->db, "organisation", 12, operands[1]);
	int64_t member;
	struct query *q;
	enum outcome outcome;

	if (organisation == 0) {
		complain("there is no organisation “%s”", operands[1]);
		return FAILED;
	}
	member = member_find(m, operands[0]);
	if (member == 0)
		return FAILED;
	if (db_begin(m->db)) {
		q = db_restart(m->remove
			? db_query(m->db,
			      "DELETE FROM spokesperson WHERE member = :member"
			      " AND organisation = :organisation")
			: db_query(m->db,
			      "INSERT INTO spokesperson (member, organisation,"
			      "  since) VALUES (:member, :organisation,"
			      "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"
			      " ON CONFLICT DO NOTHING"));
		db_set_int(q, "member", member);
		db_set_int(q, "organisation", organisation);
		db_run(q);
	}
	outcome = member_commit(m);
	if (outcome == DONE)
		printf(m->remove ? "%s does not speak for %s any more\n"
				 : "%s speaks for %s\n",
		    operands[0], operands[1]);
	return outcome;
}
