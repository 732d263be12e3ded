#ifndef WEB_HTTP_H
#define WEB_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
	bool finished;    /* the head is complete as it is */
	bool has_file;    /* the body is a part of a file, which it owns: */
	int file;
	uint64_t file_from;
	uint64_t file_len;
};

/* Add a header; name is a literal in small letters.  A value with a control
 * character is left out, and said so on stderr: a header can't be split. */
void response_header(struct response *, const char *name, const char *value);

/* The value of the first header of that name, good until the next call; NULL
 * if there is none. */
const char *response_get(struct response *, const char *name);

/* Answer with a part of an open file, which is closed with the response, and
 * read as it is sent. */
void response_file(struct response *, int fd, uint64_t from, uint64_t len);

/* How long what is sent is. */
uint64_t response_length(const struct response *);

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

/*
 * What part of size bytes is asked for?  Of several parts, and of what can't
 * be read, all: a client understands that.
 */
enum http_range {
	RANGE_ALL,
	RANGE_PART,
	RANGE_NONE /* it begins behind the end */
};
enum http_range http_range(const char *, uint64_t size, uint64_t *from,
    uint64_t *len);

/* May this be the host of an address: letters, digits, '.', '-', a port, an
 * IPv6 literal? */
bool http_host_valid(const char *host);

#endif
