#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/url.h"
#include "web/download.h"

static void
say_name(struct page *p, const char *name)
{
	struct buf value = { 0 };

	buf_puts(&value, "attachment; filename*=UTF-8''");
	url_encode(&value, name, strlen(name));
	response_header(p->response, "content-disposition", value.data);
	buf_free(&value);
}

static void
say_range(struct page *p, uint64_t from, uint64_t len, uint64_t size)
{
	char text[100];

	if (len == 0)
		snprintf(text, sizeof(text), "bytes */%llu",
		    (unsigned long long)size);
	else
		snprintf(text, sizeof(text), "bytes %llu-%llu/%llu",
		    (unsigned long long)from,
		    (unsigned long long)(from + len - 1),
		    (unsigned long long)size);
	response_header(p->response, "content-range", text);
}

/* All of it, or the part that is asked for of just this file. */
static int
send(struct page *p, const struct download *d)
{
	const struct request *q = p->request;
	bool asks = strcmp(q->method, "GET") == 0 &&
	    (q->if_range == NULL || strcmp(q->if_range, d->etag) == 0);
	uint64_t from, len;
	enum http_range range =
	    http_range(asks ? q->range : NULL, d->size, &from, &len);

	if (range == RANGE_NONE) {
		close(d->fd);
		say_range(p, 0, 0, d->size);
		return 416;
	}
	say_name(p, d->name);
	response_header(p->response, "content-type", d->type);
	if (range == RANGE_PART)
		say_range(p, from, len, d->size);
	response_file(p->response, d->fd, from, len);
	return range == RANGE_PART ? 206 : 200;
}

int
download_answer(struct page *p, const struct download *d)
{
	int status = 304;

	if (http_etag_matches(p->request->if_none_match, d->etag))
		close(d->fd);
	else
		status = send(p, d);
	respond_finish_file(p->response, status == 416 ? KEEP_NEVER : d->keep,
	    d->etag);
	return status;
}
