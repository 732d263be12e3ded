#ifndef DATA_PIXELS_H
#define DATA_PIXELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * A picture as its pixels: rows from the top, of four bytes each pixel, red,
 * green, blue and how opaque it is.
 *
 * Whoever reads one frees it, also if it could not be read.  There is no more
 * of it than PIXELS_MAX, whatever a file claims; what would be is not read.
 */
enum { PIXELS_MAX = 40 * 1000 * 1000, CHANNELS = 4, ALPHA = 3, OPAQUE = 255 };

struct pixels {
	uint32_t width, height;
	unsigned char *bytes;
};

/*
 * Read a JPEG, PNG or WebP, given its type, of which an eighth or a half may
 * be enough: no less than so wide and so high, which is no more than it has.
 * False if it is damaged, moves, or is of another type.
 */
bool pixels_read(struct pixels *, const char *type, struct buf file,
    const uint32_t least[2]);

/* Make it smaller: each pixel becomes the mean of those it stands for. */
bool pixels_shrink(struct pixels *, uint32_t width, uint32_t height);

/* Turn it the right way up, from one of Exif's eight (data/exif.h). */
bool pixels_turn(struct pixels *, unsigned orientation);

/* Put it as a file that says nothing else: a PNG if something shines through
 * it, else a JPEG. */
bool pixels_write(const struct pixels *, struct buf *);

/* For pixels*.c alone: room for so many; false if that is too much. */
bool pixels_make(struct pixels *, uint32_t width, uint32_t height);
void pixels_free(struct pixels *);

#endif
