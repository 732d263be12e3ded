#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "web/respond.h"

/*
 * No script, style or frame but our own files; no referrer for other sites;
 * nothing that guesses types.  The same for every answer, whatever it is.
 */
static const char rules[] =
    "content-security-policy: default-src 'none'; style-src 'self';"
    " script-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " manifest-src 'self'\r\n"
    "x-content-type-options: nosniff\r\n"
    "referrer-policy: same-origin\r\n"
    "permissions-policy: camera=(), geolocation=(), microphone=()\r\n"
    "cross-origin-opener-policy: same-origin\r\n";

static const char *const keeping[] = {
	[KEEP_ASKING] = "no-cache",
	[KEEP_NEVER] = "no-store",
	[KEEP_FOREVER] = "public, max-age=31536000, immutable",
};

/* Weak: the same page is the same page, compressed or not. */
static void
put_etag(struct response *r)
{
	snprintf(r->etag, sizeof(r->etag), "W/\"%016" PRIx64 "\"",
	    hash_bytes(r->body.data, r->body.len));
	response_header(r, "etag", r->etag);
}

void
respond_finish(struct response *r, enum keep keep)
{
	r->compressible =
	    compress_worthwhile(response_get(r, "content-type"), r->body.len);
	buf_put(&r->head, rules, sizeof(rules) - 1);
	response_header(r, "cache-control", keeping[keep]);
	if (r->compressible)
		response_header(r, "vary", "accept-encoding");
	if (r->lang != NULL)
		response_header(r, "content-language", r->lang);
	if (r->status == 200 && keep != KEEP_NEVER)
		put_etag(r);
}

void
respond_finish_file(struct response *r, enum keep keep, const char *etag)
{
	static const char file_rules[] =
	    "content-security-policy: sandbox; default-src 'none';"
	    " frame-ancestors 'none'\r\n"
	    "x-content-type-options: nosniff\r\n"
	    "cross-origin-resource-policy: same-origin\r\n"
	    "referrer-policy: same-origin\r\n";

	buf_put(&r->head, file_rules, sizeof(file_rules) - 1);
	response_header(r, "cache-control", keeping[keep]);
	response_header(r, "accept-ranges", "bytes");
	response_header(r, "etag", etag);
	r->finished = true;
}

enum sending
respond_sending(const struct request *q, const char *etag, bool compressible)
{
	if (*etag != '\0' && http_etag_matches(q->if_none_match, etag))
		return SEND_NOTHING;
	return compressible && http_accepts_gzip(q->accept_encoding)
	    ? SEND_GZIP
	    : SEND_PLAIN;
}

void
respond_send(struct compress *c, const struct request *q, struct response *r)
{
	struct buf gzip = { 0 };

	switch (respond_sending(q, r->etag, r->compressible)) {
	case SEND_NOTHING:
		r->status = 304;
		buf_clear(&r->body);
		break;
	case SEND_GZIP:
		compress_gzip(c, QUICK, &gzip, r->body.data, r->body.len);
		buf_free(&r->body);
		r->body = gzip;
		response_header(r, "content-encoding", "gzip");
		break;
	case SEND_PLAIN:
		break;
	}
}
