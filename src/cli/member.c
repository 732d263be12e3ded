#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/member.h"
#include "cli/place.h"

enum outcome
member_commit(struct member *m)
{
	if (!db_failed(m->db) && db_commit(m->db))
		return DONE;
	place_failed(m->data, m->db, "; nothing was changed");
	db_rollback(m->db);
	return FAILED;
}

int64_t
member_find(struct member *m, const char *email)
{
	struct query *q = db_restart(db_query(m->db,
	    "SELECT id FROM main.member WHERE email_key = lower(:email)"));
	int64_t id;

	db_set_text(q, "email", email);
	id = db_number(q, 0);
	if (id == 0)
		complain("%s: there is no member with that address", email);
	return id;
}

bool
member_is_role(const char *role)
{
	static const char *const roles[] = { "member", "partner", "editor",
		"administrator" };

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (strcmp(role, roles[i]) == 0)
			return true;
	misused("“%s” is not member, partner, editor or administrator", role);
	return false;
}

/*
 * Listing.
 */

static void
list_json(struct db *db)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT json_object('id', m.id, 'name', m.name, 'email', m.email,"
	    "  'role', m.role, 'status', m.status, 'lang', m.lang,"
	    "  'country', m.country, 'created', m.created, 'steward',"
	    "  json((SELECT json_group_array(coalesce(r.kind || '/' || r.slug,"
	    "   'country ' || w.country, 'theme ' || w.theme)) FROM steward w"
	    "   LEFT JOIN record r ON r.id = w.record WHERE w.member = m.id)),"
	    "  'spokesperson', json((SELECT json_group_array(r.slug)"
	    "   FROM spokesperson s JOIN record r ON r.id = s.organisation"
	    "   WHERE s.member = m.id)))"
	    " FROM main.member m ORDER BY m.id"));
	const char *between = "[\n";

	for (; db_next(q); between = ",\n")
		printf("%s%s", between, db_text(q, 0));
	puts(*between == '[' ? "[]" : "\n]");
}

/* A column is as wide as its widest text. */
static void
put_padded(const char *text, int width)
{
	size_t len = strlen(text), used;

	fputs(text, stdout);
	for (size_t i = 0; i < len; i += used, width--)
		utf8_next(text + i, len - i, &used);
	printf("%*s", width > 0 ? width + 2 : 2, "");
}

static void
list_table(struct db *db)
{
	struct query *w = db_restart(db_query(db,
	    "SELECT max(4, max(length(name))), max(5, max(length(email)))"
	    " FROM main.member WHERE status <> 'deleted'"));
	struct query *q = db_restart(db_query(db,
	    "SELECT name, email, role, status, lang, coalesce(country, '')"
	    " FROM main.member WHERE status <> 'deleted' ORDER BY id"));
	const int widths[] = { db_next(w) ? (int)db_int(w, 0) : 0,
		(int)db_int(w, 1), 13, 8, 4, 7 };
	static const char *const heads[] = { "NAME", "EMAIL", "ROLE", "STATUS",
		"LANG", "COUNTRY" };

	for (int i = 0; i < 5; i++)
		put_padded(heads[i], widths[i]);
	puts(heads[5]);
	while (db_next(q)) {
		for (int i = 0; i < 5; i++)
			put_padded(db_text(q, i), widths[i]);
		puts(db_text(q, 5));
	}
}

static enum outcome
list(struct member *m, char **operands)
{
	(void)operands;
	(m->json ? list_json : list_table)(m->db);
	if (!db_failed(m->db))
		return DONE;
	place_failed(m->data, m->db, "");
	return FAILED;
}

/*
 * Changing.
 */

static enum outcome
set_role(struct member *m, char **operands)
{
	int64_t id;
	struct query *q;
	enum outcome outcome;

	if (!member_is_role(operands[1]))
		return WRONG_USE;
	if ((id = member_find(m, operands[0])) == 0)
		return FAILED;
	if (db_begin(m->db)) {
		q = db_restart(db_query(m->db,
		    "UPDATE main.member SET role = :role WHERE id = :id"));
		db_set_text(q, "role", operands[1]);
		db_set_int(q, "id", id);
		db_run(q);
	}
	outcome = member_commit(m);
	if (outcome == DONE)
		printf("%s: %s\n", operands[0], operands[1]);
	return outcome;
}

static void
run_for(struct query *q, int64_t id)
{
	db_restart(q);
	db_set_int(q, "id", id);
	db_run(q);
}

/* Whoever is signed in is not any more, and no link in a mail helps. */
static enum outcome
disable(struct member *m, char **operands)
{
	int64_t id = member_find(m, operands[0]);
	enum outcome outcome;

	if (id == 0)
		return FAILED;
	if (db_begin(m->db)) {
		run_for(db_query(m->db,
			    "UPDATE main.member SET status = 'disabled'"
			    " WHERE id = :id"),
		    id);
		run_for(db_query(m->db,
			    "DELETE FROM state.session WHERE member = :id"),
		    id);
		run_for(db_query(m->db,
			    "DELETE FROM state.ticket WHERE member = :id"),
		    id);
	}
	outcome = member_commit(m);
	if (outcome == DONE)
		printf("%s can't sign in any more\n", operands[0]);
	return outcome;
}

static enum outcome
enable(struct member *m, char **operands)
{
	int64_t id = member_find(m, operands[0]);
	enum outcome outcome;

	if (id == 0)
		return FAILED;
	if (db_begin(m->db))
		run_for(db_query(m->db,
			    "UPDATE main.member SET status = 'active'"
			    " WHERE id = :id"),
		    id);
	outcome = member_commit(m);
	if (outcome == DONE)
		printf("%s can sign in\n", operands[0]);
	return outcome;
}

static const struct deed deeds[] = {
	{ "add", 1, 1, "add NAME", member_add },
	{ "list", 0, 0, "list", list },
	{ "role", 2, 2, "role EMAIL ROLE", set_role },
	{ "disable", 1, 1, "disable EMAIL", disable },
	{ "enable", 1, 1, "enable EMAIL", enable },
	{ "steward", 3, 3,
	    "steward EMAIL record KIND/SLUG, country CC or theme SLUG",
	    member_steward },
	{ "spokesperson", 2, 2, "spokesperson EMAIL SLUG",
	    member_spokesperson },
};

enum { NDEEDS = sizeof(deeds) / sizeof(deeds[0]) };

static const struct deed *
find_deed(const char *name)
{
	for (int i = 0; i < NDEEDS; i++)
		if (strcmp(deeds[i].name, name) == 0)
			return &deeds[i];
	misused("“%s” is not add, list, role, disable, enable, steward or "
		"spokesperson",
	    name);
	return NULL;
}

static enum outcome
do_deed(struct member *m, const struct deed *d, char **operands)
{
	enum outcome outcome;

	m->data = place_data(m->data);
	m->share = place_share(m->share);
	if (m->share == NULL ||
	    (m->db = place_open_current(m->data, m->share, DB_WRITE)) == NULL)
		return FAILED;
	outcome = d->run(m, operands);
	db_close(m->db);
	return outcome;
}

static enum outcome
run(struct arguments *args)
{
	struct member m = { .args = args, .lang = "en" };
	const struct flag flags[] = {
		{ "email", "ADDRESS", "add: to sign in with, and for mails",
		    &m.email, NULL },
		{ "role", "ROLE", "add: member, partner, editor, administrator",
		    &m.role, NULL },
		{ "lang", "CODE", "add: language of mails (en)", &m.lang,
		    NULL },
		{ "country", "CC", "add: code of a country, like SN",
		    &m.country, NULL },
		{ "password-stdin", NULL,
		    "add: the password is a line of stdin", NULL,
		    &m.password_stdin },
		{ "json", NULL, "list: as JSON, deleted ones too", NULL,
		    &m.json },
		{ "remove", NULL, "steward, spokesperson: not any more", NULL,
		    &m.remove },
		FLAG_DATA(&m.data),
		FLAG_SHARE(&m.share),
		{ 0 },
	};
	const struct deed *d;

	if (!arguments_read(args, flags, 1, 4))
		return args->outcome;
	d = find_deed(args->argv[0]);
	if (d == NULL)
		return WRONG_USE;
	if (args->argc - 1 < d->least || args->argc - 1 > d->most)
		return misused("it is: %s", d->operands);
	return do_deed(&m, d, args->argv + 1);
}

const struct command command_member = {
	.name = "member",
	.summary = "accounts: add, list, role, disable, enable, steward, "
		   "spokesperson",
	.operands = "add|list|role|disable|enable|steward|spokesperson …",
	.about =
	    "  add NAME --email ADDRESS --role ROLE\n"
	    "                         an account that can sign in at once; asks\n"
	    "                         for its password\n"
	    "  list                   all accounts\n"
	    "  role EMAIL ROLE        what a member may do\n"
	    "  disable EMAIL          end a member's sessions and let none begin\n"
	    "  enable EMAIL           let the member sign in again\n"
	    "  steward EMAIL record KIND/SLUG\n"
	    "  steward EMAIL country CC\n"
	    "  steward EMAIL theme SLUG\n"
	    "                         let a member look after a record, or all of\n"
	    "                         a country or a theme; or no more (--remove)\n"
	    "  spokesperson EMAIL SLUG\n"
	    "                         a partner's news and feeds of this organisation\n"
	    "                         are published; or no more (--remove)",
	.run = run,
};
