#ifndef WEB_HTTP_H
#define WEB_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

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
	const char *body;
	size_t body_len;
};

enum { RESPONSE_HEADERS = 16 };

/* Zero to begin with; the caller ends it with response_free(). */
struct response {
	int status;
	struct buf body;
	struct {
		const char *name; /* small letters, a literal */
		char value[512];
	} headers[RESPONSE_HEADERS];
	size_t nheaders;
};

/* Add a header.  A value with a control character or too long is left out,
 * and said so on stderr: a header can't be split. */
void response_header(struct response *, const char *name, const char *value);

/* A header's value, or NULL. */
const char *response_get(const struct response *, const char *name);
void response_free(struct response *);

/* Put the value of a cookie; false if there is none. */
bool http_cookie(struct buf *, const char *header, const char *name);

/* Does Accept-Encoding allow gzip? */
bool http_accepts_gzip(const char *accept_encoding);

/*
 * The best of the languages offered (a NULL-ended list) for an
 * Accept-Language header, by its q values; the first if none fits.
 */
const char *http_language(const char *accept_language,
    const char *const *offered);

/* Is etag, with its quotes, among those of an If-None-Match? */
bool http_etag_matches(const char *if_none_match, const char *etag);

#endif
