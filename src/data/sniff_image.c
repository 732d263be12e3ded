/*
 * Pictures: the size they say they have, and that they end where they should.
 */
#include <stdint.h>
#include <string.h>

#include "data/sniff.h"

enum { SIDE_MAX = 20000, PIXELS_MAX = 100 * 1000 * 1000 };

static uint32_t
big(const char *s, int n)
{
	uint32_t v = 0;

	while (n-- > 0)
		v = v << 8 | (unsigned char)*s++;
	return v;
}

static uint32_t
little(const char *s, int n)
{
	uint32_t v = 0;

	while (n-- > 0)
		v = v << 8 | (unsigned char)s[n];
	return v;
}

static bool
is_size(uint32_t width, uint32_t height, uint32_t side[2])
{
	side[0] = width;
	side[1] = height;
	return width > 0 && height > 0 && width <= SIDE_MAX &&
	    height <= SIDE_MAX && width * height <= PIXELS_MAX;
}

/* Chunks of length, name, data and checksum; the last is the end of all. */
bool
sniff_png(const char *s, size_t len, uint32_t side[2])
{
	size_t at = 8;

	if (len < 33 || memcmp(s + 12, "IHDR", 4) != 0 ||
	    !is_size(big(s + 16, 4), big(s + 20, 4), side))
		return false;
	while (len - at >= 12) {
		size_t data = big(s + at, 4);

		if (data > len - at - 12)
			return false;
		if (memcmp(s + at + 4, "IEND", 4) == 0)
			return data == 0 && at + 12 == len;
		at += data + 12;
	}
	return false;
}

/* Does a marker begin a frame, whose size stands in it? */
static bool
is_frame(unsigned marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
	    marker != 0xc8 && marker != 0xcc;
}

/* Segments of marker and length, up to the frame; cameras append what they
 * like. */
bool
sniff_jpeg(const char *s, size_t len, uint32_t side[2])
{
	size_t at = 2;

	while (len - at >= 9) {
		unsigned marker = (unsigned char)s[at + 1];
		size_t data;

		if ((unsigned char)s[at] != 0xff)
			return false;
		if (marker == 0xff) { /* filling */
			at++;
			continue;
		}
		data = big(s + at + 2, 2);
		if (is_frame(marker))
			return is_size(big(s + at + 7, 2), big(s + at + 5, 2),
			    side);
		/* From the first scan on, or without a length: too late. */
		if (marker >= 0xd0 && marker <= 0xda)
			return false;
		if (data < 2 || data + 2 > len - at)
			return false;
		at += data + 2;
	}
	return false;
}

bool
sniff_gif(const char *s, size_t len, uint32_t side[2])
{
	return len >= 14 && is_size(little(s + 6, 2), little(s + 8, 2), side) &&
	    s[len - 1] == ';';
}

/* One of the three ways in which it says its size. */
bool
sniff_webp(const char *s, size_t len, uint32_t side[2])
{
	uint32_t bits;

	if (len < 30 || (len & 1) != 0 || little(s + 4, 4) != len - 8)
		return false;
	if (memcmp(s + 12, "VP8X", 4) == 0)
		return is_size(little(s + 24, 3) + 1, little(s + 27, 3) + 1,
		    side);
	if (memcmp(s + 12, "VP8L", 4) == 0) {
		bits = little(s + 21, 4);
		return s[20] == 0x2f &&
		    is_size((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1,
			side);
	}
	return memcmp(s + 12, "VP8 ", 4) == 0 &&
	    memcmp(s + 23, "\x9d\x01\x2a", 3) == 0 &&
	    is_size(little(s + 26, 2) & 0x3fff, little(s + 28, 2) & 0x3fff,
		side);
}
