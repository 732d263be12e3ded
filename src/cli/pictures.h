#ifndef CLI_PICTURES_H
#define CLI_PICTURES_H

#include "cli/jobs.h"

enum { PICTURE_SIZES = 2 }; /* that a picture may have besides its own */

/*
 * The job 'picture': make of a picture what pages show of it, a small version
 * for lists and one of medium size.  What can't be made smaller says why in the
 * table picture, and is not tried again; pages show it as it is.
 */
bool pictures_make(struct jobs *, const char *sha, struct buf *why);

#endif
