#ifndef TESTS_PICTURES_H
#define TESTS_PICTURES_H

#include <png.h>
#include <turbojpeg.h>
#include <zlib.h>

#include "files.h"

/*
 * Real pictures, small ones: blue, but for the quarter at the top left, which
 * is red; so that it can be seen which way up they are.  Each is good until the
 * process ends.
 */
struct drawing {
	unsigned width, height;
	unsigned char alpha;
	bool noisy; /* as photographs are: it is not packed to nothing */
};

static inline unsigned char *
draw(const struct drawing *d)
{
	unsigned char *all = malloc((size_t)d->width * d->height * 4), *c = all;
	unsigned chance = 1;

	for (unsigned y = 0; y < d->height; y++)
		for (unsigned x = 0; x < d->width; x++, c += 4) {
			bool red = x < d->width / 2 && y < d->height / 2;

			chance = chance * 1103515245 + 12345;
			c[0] = red ? 230 : 20;
			c[1] = d->noisy ? (unsigned char)(chance >> 28) : 20;
			c[2] = red ? 20 : 230;
			c[3] = d->alpha;
		}
	return all;
}

static inline struct buf
draw_jpeg(struct drawing d)
{
	unsigned char *pixels = draw(&d), *jpeg = NULL;
	unsigned long size = 0;
	tjhandle tj = tjInitCompress();
	struct buf b = { 0 };

	if (tjCompress2(tj, pixels, (int)d.width, 0, (int)d.height, TJPF_RGBX,
		&jpeg, &size, TJSAMP_444, 90, 0) != 0)
		bail_out("cannot make a JPEG");
	buf_put(&b, (const char *)jpeg, size);
	tjFree(jpeg);
	tjDestroy(tj);
	free(pixels);
	return for_good(b);
}

static inline struct buf
draw_png(struct drawing d)
{
	unsigned char *pixels = draw(&d);
	png_image image = { .version = PNG_IMAGE_VERSION,
		.width = d.width,
		.height = d.height,
		.format = PNG_FORMAT_RGBA };
	size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
	struct buf b = { 0 };

	buf_reserve(&b, size);
	if (!png_image_write_to_memory(&image, b.data, &size, 0, pixels, 0,
		NULL))
		bail_out("cannot make a PNG");
	b.len = size;
	free(pixels);
	return for_good(b);
}

/* A JPEG with what a phone adds: which way up it is, and where it was taken.
 * TIFF's directory has two entries; that of GPS has one, the hemisphere. */
static inline struct buf
add_exif(struct buf jpeg, char orientation)
{
	static const char head[] = "\xff\xe1\0\x4b"
				   "Exif\0\0MM\0*\0\0\0\x08";
	const char tags[] = { 0, 2, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation,
		0, 0, (char)0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0x26, 0, 0,
		0, 0 };
	static const char gps[] =
	    "\0\1\0\1\0\2\0\0\0\2N\0\0\0\0\0\0\0GPS-COTONOU";
	struct buf b = { 0 };

	buf_put(&b, jpeg.data, 2);
	buf_put(&b, head, sizeof(head) - 1);
	buf_put(&b, tags, sizeof(tags));
	buf_put(&b, gps, sizeof(gps) - 1);
	buf_put(&b, jpeg.data + 2, jpeg.len - 2);
	return for_good(b);
}

/* The same, saying that it is of another size. */
static inline struct buf
claim_png(struct buf png, unsigned width, unsigned height)
{
	struct buf b = { 0 };

	buf_put(&b, png.data, 16);
	put_number(&b, width);
	put_number(&b, height);
	buf_put(&b, png.data + 24, 5);
	put_number(&b,
	    (unsigned)crc32(0, (const unsigned char *)b.data + 12, 17));
	buf_put(&b, png.data + 33, png.len - 33);
	return for_good(b);
}

static inline struct buf
claim_jpeg(struct buf jpeg, unsigned width, unsigned height)
{
	struct buf b = buf_copy(jpeg.data, jpeg.len);
	char *frame = memmem(b.data, b.len, "\xff\xc0", 2);

	if (frame == NULL)
		bail_out("a JPEG without a frame");
	frame[5] = (char)(height >> 8);
	frame[6] = (char)height;
	frame[7] = (char)(width >> 8);
	frame[8] = (char)width;
	return for_good(b);
}

/* How a JPEG is seen: "40x30, red top left". */
static inline const char *
seen(struct buf jpeg)
{
	static const char *const corners[] = { "top left", "top right",
		"bottom left", "bottom right" };
	static char text[80];
	tjhandle tj = tjInitDecompress();
	const unsigned char *bytes = (const unsigned char *)jpeg.data;
	int width = 0, height = 0, sampling, space, n;
	unsigned char *p;

	if (jpeg.len == 0 ||
	    tjDecompressHeader3(tj, bytes, jpeg.len, &width, &height, &sampling,
		&space) != 0)
		bail_out("no JPEG");
	p = malloc((size_t)width * (size_t)height * 4);
	tjDecompress2(tj, bytes, jpeg.len, p, width, 0, height, TJPF_RGBA, 0);
	n = snprintf(text, sizeof(text), "%dx%d, red", width, height);
	for (int i = 0; i < 4; i++) {
		int x = width / 4 * (i % 2 == 0 ? 1 : 3),
		    y = height / 4 * (i / 2 == 0 ? 1 : 3);
		const unsigned char *c =
		    p + ((size_t)y * (size_t)width + (size_t)x) * 4;

		if (c[0] > 150 && c[2] < 90)
			n += snprintf(text + n, sizeof(text) - (size_t)n, " %s",
			    corners[i]);
	}
	free(p);
	tjDestroy(tj);
	return text;
}

#endif
