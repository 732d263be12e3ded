/*
 * What is done to pixels.
 */
#include <stdlib.h>
#include <string.h>

#include "data/pixels.h"

bool
pixels_make(struct pixels *p, uint32_t width, uint32_t height)
{
	uint64_t n = (uint64_t)width * height;

	*p = (struct pixels){ .width = width, .height = height };
	if (n > 0 && n <= PIXELS_MAX)
		p->bytes = malloc((size_t)n * CHANNELS);
	return p->bytes != NULL;
}

void
pixels_free(struct pixels *p)
{
	free(p->bytes);
	*p = (struct pixels){ 0 };
}

/* What was made takes the place of what it was made of. */
static bool
replace(struct pixels *p, struct pixels by)
{
	free(p->bytes);
	*p = by;
	return true;
}

/*
 * Smaller.
 */

/* A row or a column: so many pixels, so many bytes apart. */
struct line {
	unsigned char *first;
	size_t n, step;
};

/* So much of a pixel: colours count as much as they are seen. */
static void
add(uint64_t sum[CHANNELS], const unsigned char *c, size_t much)
{
	sum[ALPHA] += much * c[ALPHA];
	for (int i = 0; i < ALPHA; i++)
		sum[i] += much * c[ALPHA] * c[i];
}

static void
put_mean(unsigned char *c, const uint64_t sum[CHANNELS], size_t much)
{
	uint64_t seen = sum[ALPHA] > 0 ? sum[ALPHA] : 1;

	for (int i = 0; i < ALPHA; i++)
		c[i] = (unsigned char)((sum[i] + seen / 2) / seen);
	c[ALPHA] = (unsigned char)((sum[ALPHA] + much / 2) / much);
}

/* Each pixel of the shorter one is the mean of what it covers of the longer.
 * Where that begins and ends is counted in parts of a pixel, of which each of
 * the longer one has to.n: so it is exact. */
static void
shrink_line(struct line from, struct line to)
{
	for (size_t i = 0; i < to.n && from.n > 0; i++) {
		size_t at = i * from.n, end = at + from.n, next;
		uint64_t sum[CHANNELS] = { 0 };

		for (; at < end; at = next) {
			next = (at / to.n + 1) * to.n;
			if (next > end)
				next = end;
			add(sum, from.first + at / to.n * from.step, next - at);
		}
		put_mean(to.first + i * to.step, sum, from.n);
	}
}

static struct line
row(const struct pixels *p, size_t y)
{
	return (struct line){ p->bytes + y * p->width * CHANNELS, p->width,
		CHANNELS };
}

static struct line
column(const struct pixels *p, size_t x)
{
	return (struct line){ p->bytes + x * CHANNELS, p->height,
		(size_t)p->width * CHANNELS };
}

bool
pixels_shrink(struct pixels *p, uint32_t width, uint32_t height)
{
	struct pixels narrow = { 0 }, small = { 0 };
	bool good;

	if (width == p->width && height == p->height)
		return true;
	good = pixels_make(&narrow, width, p->height) &&
	    pixels_make(&small, width, height);
	for (size_t y = 0; good && y < p->height; y++)
		shrink_line(row(p, y), row(&narrow, y));
	for (size_t x = 0; good && x < width; x++)
		shrink_line(column(&narrow, x), column(&small, x));
	pixels_free(&narrow);
	return good && replace(p, small);
}

/*
 * The right way up.
 */

/* Where a pixel of what is upright stands in what is not. */
static const unsigned char *
origin(const struct pixels *p, unsigned orientation, size_t x, size_t y)
{
	size_t from_x = orientation >= 5 ? y : x,
	       from_y = orientation >= 5 ? x : y;

	if (orientation == 2 || orientation == 3 || orientation >= 7)
		from_x = p->width - 1 - from_x;
	if (orientation == 3 || orientation == 4 || orientation == 6 ||
	    orientation == 7)
		from_y = p->height - 1 - from_y;
	return p->bytes + (from_y * p->width + from_x) * CHANNELS;
}

bool
pixels_turn(struct pixels *p, unsigned orientation)
{
	bool lies = orientation >= 5;
	struct pixels upright;
	unsigned char *to;

	if (orientation <= 1)
		return true;
	if (!pixels_make(&upright, lies ? p->height : p->width,
		lies ? p->width : p->height))
		return false;
	to = upright.bytes;
	for (size_t y = 0; y < upright.height; y++)
		for (size_t x = 0; x < upright.width; x++, to += CHANNELS)
			memcpy(to, origin(p, orientation, x, y), CHANNELS);
	return replace(p, upright);
}
