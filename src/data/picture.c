#include <string.h>

#include "data/exif.h"
#include "data/picture.h"
#include "data/pixels.h"
#include "data/sniff.h"

/* Not worth it: a version must save a quarter. */
static bool
saves_little(size_t version, size_t original)
{
	return version > original / 4 * 3;
}

/* Its sides as it lies, if it is to be no wider than so when it stands. */
static void
fit(uint32_t side[2], bool lies, uint32_t width)
{
	uint32_t *across = &side[lies ? 1 : 0], *down = &side[lies ? 0 : 1];

	if (*across <= width)
		return;
	*down = (uint32_t)((uint64_t)*down * width / *across);
	if (*down == 0)
		*down = 1;
	*across = width;
}

bool
picture_smaller(struct buf *out, const char *type, struct buf file,
    uint32_t width)
{
	unsigned turn = strcmp(type, "image/jpeg") == 0
	    ? exif_orientation(file.data, file.len)
	    : 1;
	struct pixels p;
	uint32_t side[2];
	bool good;

	if (!sniff_size(file.data, file.len, side))
		return false;
	fit(side, turn >= 5, width);
	good = pixels_read(&p, type, file, side) &&
	    pixels_shrink(&p, side[0], side[1]) && pixels_turn(&p, turn) &&
	    pixels_write(&p, out);
	pixels_free(&p);
	if (good && saves_little(out->len, file.len))
		buf_clear(out);
	return good;
}
