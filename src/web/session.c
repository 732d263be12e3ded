#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/password.h"
#include "web/log.h"
#include "web/preview.h"
#include "web/session.h"
#include "web/site.h"

enum { SEEN_EVERY = 600 }; /* seconds: as exactly as that it is remembered */

static bool
is_tls(const struct request *q)
{
	return q->scheme != NULL && strcmp(q->scheme, "https") == 0;
}

/* Its value; false if there is none, or none that we would have made. */
static bool
cookie(const struct request *q, const char *name, struct buf *value)
{
	char full[32];

	snprintf(full, sizeof(full), "%s%s", is_tls(q) ? "__Host-" : "", name);
	if (http_cookie(value, q->cookie, full) &&
	    value->len == PASSWORD_TOKEN - 1)
		return true;
	buf_clear(value);
	return false;
}

static void
set_cookie(struct page *p, const char *name, const char *value, int seconds)
{
	bool tls = is_tls(p->request);

	response_header(p->response, "set-cookie",
	    arena_printf(&p->arena,
		"%s%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s",
		tls ? "__Host-" : "", name, value, seconds,
		tls ? "; Secure" : ""));
	p->response->personal = true;
}

bool
session_is_claimed(const struct request *q)
{
	struct buf value = { 0 };
	bool claimed = cookie(q, "session", &value);

	buf_free(&value);
	return claimed;
}

static void
name_member(struct page *p)
{
	page_number(p, "_member", p->member.id);
	page_text(p, "_member_name", p->member.name);
	page_text(p, "_role", p->member.role);
}

/* Remember that it was used, now and then; not if somebody is writing. */
static void
touch(struct page *p, int64_t seen)
{
	if (time(NULL) - seen < SEEN_EVERY)
		return;
	page_text(p, "_session", p->member.session);
	if (!db_begin_within(page_writer(p), 0) ||
	    !page_run(p,
		"UPDATE state.session SET seen = unixepoch()"
		" WHERE hash = :_session") ||
	    !page_commit(p))
		page_rollback(p);
}

static bool
find(struct page *p, const char *hash)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT m.id, m.name, m.role, m.lang, s.seen, m.email"
	    " FROM state.session s JOIN member m ON m.id = s.member"
	    " WHERE s.hash = :hash AND m.status = 'active'"
	    " AND s.seen > unixepoch() - :idle"
	    " AND s.created > unixepoch() - :life"));
	int64_t seen;

	db_set_text(q, "hash", hash);
	db_set_int(q, "idle", SESSION_IDLE);
	db_set_int(q, "life", SESSION_LIFE);
	if (!db_next(q))
		return false;
	p->member = (struct member){
		.id = db_int(q, 0),
		.name = page_keep(p, db_text(q, 1), db_cell(q, 1).len),
		.role = page_keep(p, db_text(q, 2), db_cell(q, 2).len),
		.lang = page_keep(p, db_text(q, 3), db_cell(q, 3).len),
		.email = page_keep(p, db_text(q, 5), db_cell(q, 5).len),
		.session = page_keep(p, hash, strlen(hash)),
	};
	seen = db_int(q, 4);
	db_restart(q);
	touch(p, seen);
	return true;
}

void
session_read(struct page *p)
{
	struct buf id = { 0 };
	char hash[PASSWORD_DIGEST];

	p->member = p->preview != NULL ? *p->preview->member
				       : (struct member){ .name = "",
						 .role = "",
						 .lang = "",
						 .email = "",
						 .session = "" };
	if (p->preview == NULL && cookie(p->request, "session", &id)) {
		password_digest(hash, id.data);
		p->response->personal = true;
		if (!find(p, hash)) /* it has ended: forget it */
			set_cookie(p, "session", "", 0);
	}
	buf_free(&id);
	name_member(p);
}

void
session_start(struct page *p, int64_t member)
{
	const struct request *q = p->request;
	char id[PASSWORD_TOKEN], hash[PASSWORD_DIGEST];
	char network[LOG_NETWORK] = "";

	password_token(id);
	password_digest(hash, id);
	log_network(q->address != NULL ? q->address : "", network);
	page_text(p, "_session_before", p->member.session);
	page_run(p, "DELETE FROM state.session WHERE hash = :_session_before");
	page_text(p, "_session", hash);
	page_number(p, "_session_member", member);
	page_text(p, "_session_network", network);
	page_text(p, "_session_agent",
	    q->user_agent != NULL ? q->user_agent : "");
	page_run(p,
	    "INSERT INTO state.session (hash, member, created, seen, network,"
	    "  agent) VALUES (:_session, :_session_member, unixepoch(),"
	    "  unixepoch(), :_session_network,"
	    "  substr(:_session_agent, 1, 200))");
	set_cookie(p, "session", id, SESSION_LIFE);
	set_cookie(p, "visit", "", 0);
}

void
session_end(struct page *p)
{
	page_text(p, "_session", p->member.session);
	page_run(p, "DELETE FROM state.session WHERE hash = :_session");
	set_cookie(p, "session", "", 0);
}

const char *
session_hash(const struct page *p)
{
	return p->member.session;
}

/* What a token is of: the session, or the visit. */
static bool
put_bearer(struct page *p, struct buf *out)
{
	if (p->member.id != 0) {
		buf_puts(out, p->member.session);
		return true;
	}
	return cookie(p->request, "visit", out);
}

void
session_browser(struct page *p, char digest[])
{
	struct buf bearer = { 0 }, text = { 0 };

	put_bearer(p, &bearer);
	buf_printf(&text, "browser %s", buf_text(&bearer));
	password_mac(digest, site_key(p->site), text.data);
	buf_free(&bearer);
	buf_free(&text);
}

/* Each thing that we sign begins with a word of its own: what a cookie holds is
 * its sender's choice, and is not to be a token of anything else. */
static void
sign(struct page *p, const char *bearer, int64_t time, char mac[])
{
	struct buf text = { 0 };

	buf_printf(&text, "form %s %" PRIx64, bearer, time);
	password_mac(mac, site_key(p->site), buf_text(&text));
	buf_free(&text);
}

const char *
session_token(struct page *p)
{
	char mac[PASSWORD_DIGEST], visit[PASSWORD_TOKEN];
	struct buf bearer = { 0 };
	int64_t now = time(NULL);

	if (!put_bearer(p, &bearer)) {
		password_token(visit);
		set_cookie(p, "visit", visit, SESSION_LIFE);
		buf_puts(&bearer, visit);
	}
	p->response->personal = true;
	sign(p, buf_text(&bearer), now, mac);
	buf_free(&bearer);
	return arena_printf(&p->arena, "%" PRIx64 ".%s", (uint64_t)now, mac);
}

bool
session_sent_it(struct page *p, const char *token, int64_t *seconds)
{
	char mac[PASSWORD_DIGEST], *end;
	struct buf bearer = { 0 };
	int64_t made = strtoll(token, &end, 16);
	bool good = false;

	if (end != token && *end == '.' && put_bearer(p, &bearer)) {
		sign(p, buf_text(&bearer), made, mac);
		good = password_same(mac, end + 1);
	}
	*seconds = time(NULL) - made;
	buf_free(&bearer);
	return good && *seconds >= 0;
}

/* "https://example.org" of a request that was sent to example.org. */
static bool
is_host(const char *origin, const char *host)
{
	const char *at = strstr(origin, "://");

	return at != NULL && host != NULL && strcmp(at + 3, host) == 0;
}

bool
session_is_ours(const struct request *q)
{
	if (q->sec_fetch_site != NULL &&
	    strcmp(q->sec_fetch_site, "same-origin") != 0)
		return false;
	return q->origin != NULL ? is_host(q->origin, q->host)
				 : q->sec_fetch_site != NULL;
}

bool
session_is_foreign(const struct request *q)
{
	return (q->sec_fetch_site != NULL &&
		   strcmp(q->sec_fetch_site, "same-origin") != 0 &&
		   strcmp(q->sec_fetch_site, "none") != 0) ||
	    (q->origin != NULL && !is_host(q->origin, q->host));
}
