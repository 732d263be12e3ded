#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "web/compress.h"

enum { GZIP_BITS = 15 + 16, MEMORY = 8, LEAST = 400 };

struct compress {
	z_stream deflate[2]; /* by effort */
	z_stream inflate;
};

static void
must(int rc)
{
	if (rc == Z_OK || rc == Z_STREAM_END)
		return;
	fprintf(stderr, "compress: zlib error %d\n", rc);
	abort();
}

struct compress *
compress_open(void)
{
	static const int level[] = { [QUICK] = 1, [SMALL] = 6 };
	struct compress *c = calloc(1, sizeof(*c));

	if (c == NULL)
		abort();
	for (int i = QUICK; i <= SMALL; i++)
		must(deflateInit2(&c->deflate[i], level[i], Z_DEFLATED,
		    GZIP_BITS, MEMORY, Z_DEFAULT_STRATEGY));
	must(inflateInit2(&c->inflate, GZIP_BITS));
	return c;
}

void
compress_close(struct compress *c)
{
	deflateEnd(&c->deflate[QUICK]);
	deflateEnd(&c->deflate[SMALL]);
	inflateEnd(&c->inflate);
	free(c);
}

/* Room for a step's output, at the end of what is there. */
static void
open_room(struct buf *out, z_stream *z, size_t more)
{
	buf_reserve(out, more);
	z->next_out = (unsigned char *)out->data + out->len;
	z->avail_out = (uInt)(out->size - out->len - 1);
}

static void
close_room(struct buf *out, const z_stream *z)
{
	out->len = (size_t)((char *)z->next_out - out->data);
	out->data[out->len] = '\0';
}

/* zlib never writes to its input; its type only doesn't say so. */
static void
take(z_stream *z, const char *s, size_t len)
{
	memcpy(&z->next_in, &(const char *){ s }, sizeof(z->next_in));
	z->avail_in = (uInt)len;
}

void
compress_gzip(struct compress *c, enum effort effort, struct buf *out,
    const char *s, size_t len)
{
	z_stream *z = &c->deflate[effort];
	int rc;

	must(deflateReset(z));
	take(z, s, len);
	do {
		open_room(out, z, len / 4 + 64);
		must(rc = deflate(z, Z_FINISH));
		close_room(out, z);
	} while (rc != Z_STREAM_END);
}

void
compress_gunzip(struct compress *c, struct buf *out, const char *s, size_t len)
{
	z_stream *z = &c->inflate;
	int rc;

	must(inflateReset(z));
	take(z, s, len);
	do {
		open_room(out, z, len * 4 + 64);
		must(rc = inflate(z, Z_NO_FLUSH));
		close_room(out, z);
	} while (rc != Z_STREAM_END);
}

bool
compress_worthwhile(const char *type, size_t len)
{
	static const char *const texts[] = { "text/", "application/json",
		"application/xml", "application/atom+xml",
		"application/rss+xml", "application/feed+json",
		"application/manifest+json",
		"application/opensearchdescription+xml", "image/svg+xml" };

	if (type == NULL || len < LEAST)
		return false;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strncmp(type, texts[i], strlen(texts[i])) == 0)
			return true;
	return false;
}
