#ifndef DATA_FETCHER_OWN_H
#define DATA_FETCHER_OWN_H

#include <curl/curl.h>

#include "data/fetcher.h"

/*
 * What fetcher.c, which has several under way, shares with fetcher_hop.c, one
 * request, and fetcher_answer.c, what it was answered.  Nobody else looks inside.
 */

/* One that was asked for: a request, and one more for each redirect. */
struct errand {
	const struct fetcher_options *options;
	struct errand *next; /* in one of the fetcher's three lists */
	struct fetch want;   /* its texts live in the answer's arena */
	struct fetched answer;
	int64_t deadline; /* in milliseconds; 0 until the first request */

	const char *url; /* of this request, without a fragment */
	const char *host, *port;
	const char *been[FETCH_HOPS]; /* all addresses so far */
	int redirects;
	bool permanent; /* all of these were */
	bool head;

	CURL *curl;
	struct curl_slist *headers;
	size_t header_bytes;
	int packings;  /* of the body, by its headers */
	bool allowed;  /* by fetch_allow, wherever it is */
	bool refused;  /* an address of the host is not public */
	bool overflow; /* more was sent than asked */
	char error[CURL_ERROR_SIZE];
};

/* Milliseconds of a clock that nobody sets. */
int64_t fetcher_now(void);

/* Make url, as somebody wrote it, the errand's next; false if it is none that
 * we ask. */
bool errand_aim(struct errand *, const char *url);

/* Make the request ready; its deadline is set. */
void errand_prepare(struct errand *);

/* Throw the request away; curl has let go of it. */
void errand_clean(struct errand *);

/* The request has ended: read what was answered, or what went wrong. */
void errand_read(struct errand *, CURLcode);

/* After errand_read(): is another request needed?  It is aimed at then. */
bool errand_goes_on(struct errand *);

/* All is over, badly: forget what came. */
void errand_fail(struct errand *, enum fetch_outcome, const char *why);

#endif
