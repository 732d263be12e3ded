/*
 * The pixels of a file, by the library that those who keep its format keep.
 */
#include <png.h>
#include <string.h>
#include <turbojpeg.h>
#include <webp/decode.h>

#include "data/pixels.h"

static const unsigned char *
bytes_of(struct buf file)
{
	return (const unsigned char *)file.data;
}

/*
 * JPEG.
 */

/* Ink on paper, as programs for printing write it (0 is all of it), becomes
 * light. */
static void
light(struct pixels *p)
{
	unsigned char *end = p->bytes + (size_t)p->width * p->height * CHANNELS;

	for (unsigned char *c = p->bytes; c < end; c += CHANNELS) {
		for (int i = 0; i < ALPHA; i++)
			c[i] = (unsigned char)(c[i] * c[ALPHA] / OPAQUE);
		c[ALPHA] = OPAQUE;
	}
}

/* The smallest of those in which it can be had without having it all. */
static bool
make_reduced(struct pixels *p, int width, int height, const uint32_t least[2])
{
	tjscalingfactor f = { 1, 8 };

	while (f.denom > 1 &&
	    ((uint32_t)TJSCALED(width, f) < least[0] ||
		(uint32_t)TJSCALED(height, f) < least[1]))
		f.denom /= 2;
	return (uint64_t)width * (uint64_t)height <= PIXELS_MAX &&
	    pixels_make(p, (uint32_t)TJSCALED(width, f),
		(uint32_t)TJSCALED(height, f));
}

static bool
read_jpeg(struct pixels *p, struct buf file, const uint32_t least[2])
{
	tjhandle tj = tjInitDecompress();
	int width, height, sampling, space = TJCS_RGB;
	bool inked = false, good;

	good = tj != NULL &&
	    tjDecompressHeader3(tj, bytes_of(file), file.len, &width, &height,
		&sampling, &space) == 0 &&
	    make_reduced(p, width, height, least);
	inked = space == TJCS_CMYK || space == TJCS_YCCK;
	/* A file that is cut is a warning to the library. */
	good = good &&
	    tjDecompress2(tj, bytes_of(file), file.len, p->bytes, (int)p->width,
		0, (int)p->height, inked ? TJPF_CMYK : TJPF_RGBA,
		TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS) == 0;
	if (good && inked)
		light(p);
	if (tj != NULL)
		tjDestroy(tj);
	return good;
}

/*
 * PNG and WebP.
 */

static bool
read_png(struct pixels *p, struct buf file, const uint32_t least[2])
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	bool good;

	(void)least; /* there is no less of it */
	good = png_image_begin_read_from_memory(&image, file.data, file.len) &&
	    pixels_make(p, image.width, image.height);
	image.format = PNG_FORMAT_RGBA;
	good =
	    good && png_image_finish_read(&image, NULL, p->bytes, 0, NULL) != 0;
	png_image_free(&image);
	return good;
}

static bool
read_webp(struct pixels *p, struct buf file, const uint32_t least[2])
{
	WebPDecoderConfig c;

	if (!WebPInitDecoderConfig(&c) ||
	    WebPGetFeatures(bytes_of(file), file.len, &c.input) !=
		VP8_STATUS_OK ||
	    c.input.has_animation ||
	    (uint64_t)c.input.width * (uint64_t)c.input.height > PIXELS_MAX ||
	    !pixels_make(p, least[0], least[1]))
		return false;
	c.options.use_scaling = 1;
	c.options.scaled_width = (int)p->width;
	c.options.scaled_height = (int)p->height;
	c.output.colorspace = MODE_RGBA;
	c.output.is_external_memory = 1;
	c.output.u.RGBA = (WebPRGBABuffer){ .rgba = p->bytes,
		.stride = (int)(p->width * CHANNELS),
		.size = (size_t)p->width * p->height * CHANNELS };
	return WebPDecode(bytes_of(file), file.len, &c) == VP8_STATUS_OK;
}

static const struct {
	const char *type;
	bool (*read)(struct pixels *, struct buf, const uint32_t[2]);
} readers[] = {
	{ "image/jpeg", read_jpeg },
	{ "image/png", read_png },
	{ "image/webp", read_webp },
};

bool
pixels_read(struct pixels *p, const char *type, struct buf file,
    const uint32_t least[2])
{
	*p = (struct pixels){ 0 };
	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		if (strcmp(readers[i].type, type) == 0)
			return readers[i].read(p, file, least);
	return false;
}
