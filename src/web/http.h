#ifndef WEB_HTTP_H
#define WEB_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct work;

/*
 * A request and a response, free of any server: main.c makes the one from
 * Kore's and sends the other; tests make and read them directly.
 */

/* All borrowed for the time of site_serve(); absent headers are NULL. */
struct request {
	const char *method;
	const char *path;  /* as sent: not decoded */
	const char *query; /* as sent, without '?'; may be NULL */
	const char *host;
	const char *scheme; /* "http" or "https" */
	const char *cookie;
	const char *accept_language;
	const char *accept_encoding;
	const char *if_none_match;
	const char *if_range;
	const char *range;
	const char *user_agent;
	const char *origin;
	const char *sec_fetch_site;
	const char *content_type;
	const char *address; /* the visitor's, in digits */
	const char *body;
	size_t body_len;
	const struct work *done; /* what an earlier answer asked for */
};

enum { RESPONSE_ETAG = 24 };

/*
 * Zero to begin with; the caller ends it with response_free().  The head is
 * kept as it will be sent, "name: value\r\n" after each other, so that a
 * finished page is two pieces of bytes and no more.
 */
struct response {
	int status;
	const char *lang; /* of the page, "fr"; NULL if it has none */
	bool kept;        /* it came from the page cache */
	bool personal;    /* it is for this visitor, or this moment, alone */
	bool compressible;
	struct work *work;        /* to be done first (web/work.h), or NULL */
	char etag[RESPONSE_ETAG]; /* with its quotes; "" if it has none */
	struct buf head;
	struct buf body;
	struct buf found; /* by response_get() */
};

/* Add a header; name is a literal in small letters.  A value with a control
 * character is left out, and said so on stderr: a header can't be split. */
void response_header(struct response *, const char *name, const char *value);

/* The value of the first header of that name, good until the next call; NULL
 * if there is none. */
const char *response_get(struct response *, const char *name);

/* Forget what was answered so far, keeping the memory. */
void response_clear(struct response *);
void response_free(struct response *);

/* Put the value of a cookie; false if there is none. */
bool http_cookie(struct buf *, const char *header, const char *name);

/* Does Accept-Encoding allow gzip? */
bool http_accepts_gzip(const char *accept_encoding);

/*
 * The best of the languages offered (a NULL-ended list) for an
 * Accept-Language header, by its q values; the first if none fits.
 */
const char *http_language(const char *header, const char *const *offered);

/* Is etag, with its quotes, among those of an If-None-Match?  W/ is no
 * difference here. */
bool http_etag_matches(const char *if_none_match, const char *etag);

/* May this be the host of an address: letters, digits, '.', '-', a port, an
 * IPv6 literal? */
bool http_host_valid(const char *host);

#endif
