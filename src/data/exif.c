/*
 * A JPEG is segments of marker and length up to the first scan; one of them
 * may hold Exif, which is a TIFF file: a directory of tags, of which one says
 * which way up.
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "data/exif.h"

enum { APP1 = 0xe1, ORIENTATION = 0x112, ENTRY = 12 };

/* What is read, in the order of bytes that it has; 0 past its end. */
struct tiff {
	const unsigned char *s;
	size_t len;
	bool little;
};

static uint32_t
number(const struct tiff *t, size_t at, size_t bytes)
{
	uint32_t n = 0;

	if (at > t->len || bytes > t->len - at)
		return 0;
	for (size_t i = 0; i < bytes; i++)
		n = n << 8 | t->s[at + (t->little ? bytes - 1 - i : i)];
	return n;
}

static unsigned
find_orientation(const struct tiff *t)
{
	size_t at = number(t, 4, 4), entries = number(t, at, 2);

	for (at += 2; entries-- > 0 && at < t->len; at += ENTRY)
		if (number(t, at, 2) == ORIENTATION)
			return number(t, at + 8, 2);
	return 1;
}

static unsigned
read_segment(const unsigned char *s, size_t len)
{
	struct tiff t = { .s = s + 6, .len = len - 6, .little = s[6] == 'I' };
	unsigned n = find_orientation(&t);

	return n >= 1 && n <= 8 ? n : 1;
}

unsigned
exif_orientation(const char *jpeg, size_t len)
{
	const unsigned char *s = (const unsigned char *)jpeg;
	size_t at = 2, data;

	for (; at + 4 <= len && s[at] == 0xff; at += 2 + data) {
		data = (size_t)s[at + 2] << 8 | s[at + 3];
		/* From the first scan on there is none. */
		if ((s[at + 1] >= 0xd0 && s[at + 1] <= 0xda) || data < 2 ||
		    data > len - at - 2)
			break;
		if (s[at + 1] == APP1 && data > 2 + 6 + 8 &&
		    memcmp(s + at + 4, "Exif\0\0", 6) == 0)
			return read_segment(s + at + 4, data - 2);
	}
	return 1;
}
