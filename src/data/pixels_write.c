/*
 * JPEG and PNG, for there is nothing that can't show them: WebP is smaller by
 * a quarter, but the browser of many cheap phones does not know it.
 */
#include <png.h>
#include <turbojpeg.h>

#include "data/pixels.h"

enum { QUALITY = 75 };

static bool
is_opaque(const struct pixels *p)
{
	const unsigned char *end =
	    p->bytes + (size_t)p->width * p->height * CHANNELS;

	for (const unsigned char *c = p->bytes; c < end; c += CHANNELS)
		if (c[ALPHA] != OPAQUE)
			return false;
	return true;
}

static bool
write_png(const struct pixels *p, struct buf *out)
{
	png_image image = { .version = PNG_IMAGE_VERSION,
		.width = p->width,
		.height = p->height,
		.format = PNG_FORMAT_RGBA };
	size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);

	buf_reserve(out, size);
	if (png_image_write_to_memory(&image, out->data + out->len, &size, 0,
		p->bytes, 0, NULL) == 0)
		return false;
	out->len += size;
	out->data[out->len] = '\0';
	return true;
}

/* In several passes, so that a slow line shows all of it early. */
static bool
write_jpeg(const struct pixels *p, struct buf *out)
{
	tjhandle tj = tjInitCompress();
	unsigned char *jpeg = NULL;
	unsigned long size = 0;
	bool good = tj != NULL &&
	    tjCompress2(tj, p->bytes, (int)p->width, 0, (int)p->height,
		TJPF_RGBX, &jpeg, &size, TJSAMP_420, QUALITY,
		TJFLAG_PROGRESSIVE | TJFLAG_ACCURATEDCT) == 0;

	if (good)
		buf_put(out, (const char *)jpeg, size);
	tjFree(jpeg);
	if (tj != NULL)
		tjDestroy(tj);
	return good;
}

bool
pixels_write(const struct pixels *p, struct buf *out)
{
	return is_opaque(p) ? write_jpeg(p, out) : write_png(p, out);
}
