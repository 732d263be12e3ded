#ifndef DATA_FETCHER_H
#define DATA_FETCHER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * Getting things from other servers by HTTP: feeds, OAI-PMH, links.
 *
 * Only http and https, and only public addresses: the one really connected to
 * is looked at, for each connection, after every redirect, so that neither a
 * name that answers differently the second time nor a redirect leads inside.
 * Servers that the setting fetch_allow names by host and port, as they stand in
 * addresses, are excepted, and only these ("127.0.0.1:8099 feeds.test"; 80 and
 * 443 where no port is said).
 *
 * Redirects are followed by us, at most 5; a body is at most as long as asked
 * (counted unpacked, and packed once at most); all of it takes at most as long
 * as asked; what was received until then is forgotten.  A proxy of the
 * environment is not used.
 *
 * Several can be under way at once, few of them with one host.  Not for
 * threads.
 */
struct fetcher;

struct fetcher_options {
	const char *agent;  /* how we introduce ourselves, with an address */
	const char *allow;  /* setting fetch_allow, or "" */
	bool (*stop)(void); /* asked while waiting: break off? or NULL */
};

enum { FETCH_BYTES = 5 * 1000 * 1000, FETCH_SECONDS = 20, FETCH_HOPS = 5 };

/* What is asked for; copied by fetcher_start().  NULL and 0 where not said. */
struct fetch {
	const char *url;
	const char *accept;   /* header Accept */
	const char *etag;     /* of what we have: If-None-Match */
	const char *modified; /* Last-Modified of it: If-Modified-Since */
	const char *post;     /* a body, application/x-www-form-urlencoded */
	bool head;            /* HEAD; GET where the server refuses that */
	int64_t bytes;        /* 0: FETCH_BYTES */
	int seconds;          /* 0: FETCH_SECONDS */
	void *owner;          /* given back with the answer */
};

enum fetch_outcome {
	FETCH_ANSWERED,  /* there is a status, whatever it is */
	FETCH_BAD_URL,   /* not http or https, or no address at all */
	FETCH_FORBIDDEN, /* the address is not public */
	FETCH_NO_HOST,   /* the name is not known */
	FETCH_NO_CONNECTION,
	FETCH_TLS,       /* the certificate is not good, or no TLS spoken */
	FETCH_REDIRECTS, /* too many, in a circle, or to nowhere */
	FETCH_TOO_LONG, /* more bytes than asked, or of headers; or packed twice */
	FETCH_TIMEOUT,
	FETCH_BROKEN, /* the connection ended early, or what came is no HTTP */
	FETCH_STOPPED
};

/* Texts are "" where the answer has none, and live until fetched_free(). */
struct fetched {
	enum fetch_outcome outcome;
	int status;        /* also of what was then TOO_LONG; 0: none came */
	const char *url;   /* where it was in the end */
	const char *moved; /* where permanent redirects (301, 308) alone lead
			    * to, from the first: the address to remember */
	const char *type;  /* Content-Type, whole */
	const char *etag;
	const char *modified;
	int64_t max_age; /* seconds, Cache-Control or Expires; -1: not said */
	int64_t retry_after; /* seconds; -1: not said */
	const char *why;     /* libcurl's words, for the log */
	struct buf body;
	void *owner;
	struct arena arena;
};

/* Options must live as long.  Never NULL. */
struct fetcher *fetcher_open(const struct fetcher_options *);
void fetcher_close(struct fetcher *);

/* Begin one.  It is answered later, whatever is wrong with it. */
void fetcher_start(struct fetcher *, const struct fetch *);

/* How many are under way or wait for their turn. */
size_t fetcher_busy(const struct fetcher *);

/* Work on those under way for at most so many milliseconds; true with the
 * first that has ended, which the caller frees. */
bool fetcher_next(struct fetcher *, int milliseconds, struct fetched *);

/* Work on them for so many milliseconds and keep what has ended, for whoever
 * does something else for long: nobody's time is over meanwhile. */
void fetcher_work(struct fetcher *, int milliseconds);

/* Get one and wait for it; nothing else may be under way.  The outcome is in
 * the answer, which the caller frees. */
void fetch_one(struct fetcher *, const struct fetch *, struct fetched *);

void fetched_free(struct fetched *);

/* May an address (of a struct sockaddr) be asked: is it public? */
struct sockaddr;
bool fetch_is_public(const struct sockaddr *);

/* A code for a state that can be kept and told by strings "fetch_…":
 * "no-host", "timeout" …; "" for FETCH_ANSWERED. */
const char *fetch_outcome_code(enum fetch_outcome);

#endif
