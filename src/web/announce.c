#include <stdlib.h>
#include <string.h>

#include "web/announce.h"
#include "web/site.h"

void
announce_refresh(struct announced *a, struct db *db)
{
	int64_t version = db_version(db) + 1;
	struct query *q;

	if (version == a->version)
		return;
	a->n = 0;
	q = db_restart(db_query(db,
	    "SELECT r.id FROM news_phase p CROSS JOIN record r ON r.id = p.record"
	    " WHERE p.phase = 'announced' AND r.status = 'published'"
	    " ORDER BY r.published DESC, r.id DESC LIMIT 3"));
	while (a->n < ANNOUNCED_MAX && db_next(q))
		a->ids[a->n++] = db_int(q, 0);
	db_restart(q);
	a->version = db_failed(db) ? 0 : version;
}

/* Is it among the numbers of a cookie? */
static bool
holds(const char *numbers, int64_t id)
{
	char *end;

	for (; *numbers != '\0'; numbers = end + (*end == '.')) {
		if (strtoll(numbers, &end, 10) == id)
			return true;
		if (*end != '.')
			return false;
	}
	return false;
}

unsigned
announce_closed(const struct announced *a, const struct request *q)
{
	struct buf closed = { 0 };
	unsigned mask = 0;

	if (a->n > 0 && http_cookie(&closed, q->cookie, "closed"))
		for (size_t i = 0; i < a->n; i++)
			mask |= (unsigned)holds(closed.data, a->ids[i]) << i;
	buf_free(&closed);
	return mask;
}

void
announce_name(struct page *p)
{
	const struct announced *a = site_announced(p->site);
	unsigned closed = announce_closed(a, p->request);
	struct buf ids = { 0 };

	for (size_t i = 0; i < a->n; i++)
		if ((closed >> i & 1) == 0)
			buf_printf(&ids, "%c%lld", ids.len > 0 ? ',' : '[',
			    (long long)a->ids[i]);
	buf_puts(&ids, ids.len > 0 ? "]" : "[]");
	page_text(p, "_announced", ids.data);
	buf_free(&ids);
	page_rows(p, "_announcements",
	    "SELECT s.title, s.url, s.other_lang, s.url || '/close'"
	    "  AS _close_url FROM json_each(:_announced) a"
	    " CROSS JOIN shown s ON s.record = a.value AND s.ui = :lang"
	    " ORDER BY a.key");
}

void
announce_close(struct page *p, int64_t record)
{
	const struct announced *a = site_announced(p->site);
	const struct request *q = p->request;
	unsigned closed = announce_closed(a, q);
	bool tls = q->scheme != NULL && strcmp(q->scheme, "https") == 0;
	struct buf ids = { 0 };

	for (size_t i = 0; i < a->n; i++)
		if ((closed >> i & 1) != 0 || a->ids[i] == record)
			buf_printf(&ids, "%s%lld", ids.len > 0 ? "." : "",
			    (long long)a->ids[i]);
	if (ids.len > 0)
		response_header(p->response, "set-cookie",
		    arena_printf(&p->arena,
			"closed=%s; Path=/; Max-Age=31536000; HttpOnly;"
			" SameSite=Lax%s",
			ids.data, tls ? "; Secure" : ""));
	buf_free(&ids);
}
