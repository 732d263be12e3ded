#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/member.h"
#include "data/message.h"
#include "data/password.h"

enum { NAME_MAX_BYTES = 200 };

static bool
is_name(const char *name)
{
	struct buf flat = { 0 };
	bool good;

	message_flatten(&flat, name);
	good = flat.len > 0 && flat.len <= NAME_MAX_BYTES &&
	    strcmp(buf_text(&flat), name) == 0 &&
	    utf8_valid(name, strlen(name)) == strlen(name);
	buf_free(&flat);
	return good;
}

/* Is it in a list of the database? */
static bool
is_in(struct query *q, const char *code)
{
	db_restart(q);
	db_set_text(q, "code", code);
	return db_number(q, 0) == 1;
}

/* Whatever can be said before a password is asked for. */
static enum outcome
check(struct member *m, const char *name)
{
	if (!is_name(name))
		return misused("“%s” is no name", name);
	if (m->email == NULL || m->role == NULL)
		return misused("needs --email and --role");
	if (!message_is_address(m->email))
		return misused("--email: “%s” is no address", m->email);
	if (!member_is_role(m->role))
		return WRONG_USE;
	if (!is_in(db_query(m->db, "SELECT 1 FROM language WHERE lang = :code"),
		m->lang))
		return misused("--lang: “%s” is not en, fr or es", m->lang);
	if (m->country != NULL &&
	    !is_in(db_query(m->db,
		       "SELECT 1 FROM country_code WHERE country = :code"),
		m->country))
		return misused("--country: “%s” is not the code of a country, "
			       "like SN",
		    m->country);
	if (is_in(db_query(m->db,
		      "SELECT 1 FROM member WHERE email_key = lower(:code)"),
		m->email)) {
		complain("%s: there is a member with that address already",
		    m->email);
		return FAILED;
	}
	return DONE;
}

static enum outcome
insert(struct member *m, const char *name, const char *hash)
{
	struct query *q;

	if (!db_begin(m->db))
		return member_commit(m);
	q = db_restart(db_query(m->db,
	    "INSERT INTO main.member (name, email, email_key, password, lang,"
	    "  country, role, created)"
	    " VALUES (:name, :email, lower(:email), :password, :lang,"
	    "  nullif(:country, ''), :role,"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"));
	db_set_text(q, "name", name);
	db_set_text(q, "email", m->email);
	db_set_text(q, "password", hash);
	db_set_text(q, "lang", m->lang);
	db_set_text(q, "country", m->country != NULL ? m->country : "");
	db_set_text(q, "role", m->role);
	db_run(q);
	return member_commit(m);
}

enum outcome
member_add(struct member *m, char **operands)
{
	struct buf password = { 0 }, hash = { 0 };
	enum outcome outcome = check(m, operands[0]);

	if (outcome == DONE && !password_read(&password, m->password_stdin))
		outcome = FAILED;
	if (outcome == DONE) {
		password_hash(&hash, buf_text(&password), password.len);
		explicit_bzero(password.data, password.len);
		outcome = insert(m, operands[0], buf_text(&hash));
	}
	if (outcome == DONE)
		printf("%s <%s> can sign in\n", operands[0], m->email);
	buf_free(&password);
	buf_free(&hash);
	return outcome;
}
