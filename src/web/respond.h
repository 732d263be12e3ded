#ifndef WEB_RESPOND_H
#define WEB_RESPOND_H

#include <stdbool.h>

#include "web/compress.h"
#include "web/http.h"

/*
 * The one place every answer goes through on its way out: what browsers may
 * do with it, how long it may be kept, its ETag, its compression.
 */

/* How an answer may be kept by browsers and proxies. */
enum keep {
	KEEP_ASKING, /* they may, but ask each time: pages, data */
	KEEP_NEVER,  /* errors, and what is only for one visitor */
	KEEP_FOREVER /* its address changes with it: assets */
};

/* Complete the head of an answer whose status, content-type and body are
 * there; sets its ETag. */
void respond_finish(struct response *, enum keep);

/*
 * Complete the head of an answer that has a file of somebody's, or would have:
 * it is kept for ever, or never, and nothing in it may run.  etag is strong.
 */
void respond_finish_file(struct response *, enum keep, const char *etag);

/* What is to be sent of a body, to this visitor. */
enum sending { SEND_PLAIN, SEND_GZIP, SEND_NOTHING };
enum sending respond_sending(const struct request *, const char *etag,
    bool compressible);

/* Send a finished answer in the form this visitor wants. */
void respond_send(struct compress *, const struct request *, struct response *);

#endif
