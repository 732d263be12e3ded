#ifndef WEB_ANNOUNCE_H
#define WEB_ANNOUNCE_H

#include "data/db.h"
#include "web/page.h"

/*
 * Announcements: news that stands above every page (news_phase), three at once
 * at most, until a reader closes it.  Which they have closed stands in a cookie,
 * "closed=12.45": ids of records.  Of it counts only what is announced now, so
 * that a page has no more than eight forms, whatever a cookie says.
 */
enum { ANNOUNCED_MAX = 3 };

struct announced {
	int64_t ids[ANNOUNCED_MAX];
	size_t n;
	int64_t version; /* of the database that this was read from, plus 1 */
};

/* Read what is announced, if the database is another than last time. */
void announce_refresh(struct announced *, struct db *);

/* A bit for each that the sender of a request has closed. */
unsigned announce_closed(const struct announced *, const struct request *);

/* Name the rows _announcements: title, url, other_lang, _close_url. */
void announce_name(struct page *);

/* Have the browser keep that its reader has closed a record. */
void announce_close(struct page *, int64_t record);

#endif
