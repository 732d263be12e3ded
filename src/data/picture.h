#ifndef DATA_PICTURE_H
#define DATA_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * A picture for a page: as wide as it is shown and no wider, upright, and
 * without what its file says beside it (where it was taken, and with what).
 *
 * Puts the file, and nothing if that would hardly be smaller than what there
 * is.  It is never wider than the picture.  False if that is damaged, moves,
 * has more than PIXELS_MAX pixels or is no JPEG, PNG or WebP.  The libraries
 * that read it are not ours to vouch for: cli/pictures.c has them do it in a
 * sandbox.
 */
bool picture_smaller(struct buf *out, const char *type, struct buf file,
    uint32_t width);

#endif
