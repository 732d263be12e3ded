#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/password.h"
#include "web/limit.h"
#include "web/site.h"

static const struct {
	const char *name;
	int most;    /* tries at once */
	int seconds; /* in which a full bucket runs empty */
} limits[LIMITS] = {
	[LIMIT_SIGN_IN_ADDRESS] = { "sign-in address", 30, 1800 },
	[LIMIT_SIGN_IN_ACCOUNT] = { "sign-in account", 8, 1800 },
	[LIMIT_JOIN] = { "join", 10, 3600 },
	[LIMIT_MAIL] = { "mail", 5, 86400 },
	[LIMIT_SUGGEST] = { "suggest", 10, 3600 },
	[LIMIT_SUBMIT] = { "submit", 60, 3600 },
	[LIMIT_FEED] = { "feed", 30, 3600 },
	[LIMIT_FEED_LOOK] = { "feed look", 4, 1800 },
	[LIMIT_WRITE] = { "write", 1200, 3600 },
	[LIMIT_WHOLE] = { "whole", 30, 60 },
};

/* An address of IPv6 is one of the 2^64 its owner has, however it is written;
 * but for those that stand for one of IPv4. */
static void
put_address(struct buf *out, const char *address)
{
	struct in6_addr v6;

	if (inet_pton(AF_INET6, address, &v6) != 1 ||
	    IN6_IS_ADDR_V4MAPPED(&v6)) {
		buf_puts(out, address);
		return;
	}
	for (int i = 0; i < 8; i++)
		buf_printf(out, "%02x", v6.s6_addr[i]);
}

static void
name_bucket(struct page *p, enum limit limit, const char *whose)
{
	char mac[PASSWORD_DIGEST];
	struct buf text = { 0 };

	buf_printf(&text, "%s ", limits[limit].name);
	if (whose != NULL)
		buf_puts(&text, whose);
	else if (p->request->address != NULL)
		put_address(&text, p->request->address);
	password_mac(mac, site_key(p->site), text.data);
	page_text(p, "_bucket", mac);
	page_number(p, "_bucket_most", limits[limit].most);
	page_number(p, "_bucket_seconds", limits[limit].seconds);
	buf_free(&text);
}

/* How long to wait: in minutes, or in hours. */
static void
name_wait(struct page *p)
{
	int minutes = (p->retry_after + 59) / 60;

	page_number(p, "_wait_minutes", minutes < 120 ? minutes : 0);
	page_number(p, "_wait_hours", minutes < 120 ? 0 : (minutes + 59) / 60);
}

bool
limit_take(struct page *p, enum limit limit, const char *whose)
{
	double level;

	name_bucket(p, limit, whose);
	if (!page_begin(p))
		return false;
	page_take(p, "_bucket_level",
	    "INSERT INTO state.bucket (key, level, time)"
	    " VALUES (:_bucket, 1, unixepoch())"
	    " ON CONFLICT (key) DO UPDATE SET time = unixepoch(),"
	    "  level = min(:_bucket_most + 0.5, 1 + max(0, level"
	    "   - (unixepoch() - time) * 1.0 * :_bucket_most"
	    "   / :_bucket_seconds))"
	    " RETURNING level");
	if (!page_commit(p))
		return false;
	level = strtod(model_cell(&p->model, "_bucket_level").text, NULL);
	if (level <= limits[limit].most)
		return true;
	p->retry_after = 1 +
	    (int)((level + 1 - limits[limit].most) * limits[limit].seconds /
		limits[limit].most);
	name_wait(p);
	return false;
}

void
limit_give_back(struct page *p, enum limit limit, const char *whose)
{
	name_bucket(p, limit, whose);
	if (!page_begin(p))
		return;
	page_run(p, "DELETE FROM state.bucket WHERE key = :_bucket");
	page_commit(p);
}
