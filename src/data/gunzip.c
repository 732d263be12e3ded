#include <string.h>

#define ZLIB_CONST /* what is read stays as it is */
#include <zlib.h>

#include "data/gunzip.h"

enum { STEP = 64 * 1024, GZIP_BITS = 15 + 16 };

static void
unpack(z_stream *z, struct buf *out, size_t end)
{
	int rc = Z_OK;

	while (rc == Z_OK && out->len < end) {
		size_t room = end - out->len < STEP ? end - out->len : STEP;

		buf_reserve(out, room);
		z->next_out = (unsigned char *)out->data + out->len;
		z->avail_out = (unsigned)room;
		rc = inflate(z, Z_NO_FLUSH);
		out->len += room - z->avail_out;
		out->data[out->len] = '\0';
	}
}

bool
gunzip(struct buf *out, const char *bytes, size_t len, size_t most)
{
	z_stream z = { .next_in = (const unsigned char *)bytes,
		.avail_in = (unsigned)len };
	size_t start = out->len;

	if (len < 3 || memcmp(bytes, "\x1f\x8b\x08", 3) != 0 ||
	    inflateInit2(&z, GZIP_BITS) != Z_OK)
		return false;
	unpack(&z, out, start + most);
	inflateEnd(&z);
	return out->len > start;
}
