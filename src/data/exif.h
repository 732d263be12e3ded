#ifndef DATA_EXIF_H
#define DATA_EXIF_H

#include <stddef.h>

/*
 * Which way up a camera says that its JPEG is to be shown, as Exif numbers it:
 * 1 as it is, 2 mirrored, 3 upside down, 4 both; 5 to 8 the same of its rows
 * taken for columns.  1 if it says nothing, or nothing that can be.
 */
unsigned exif_orientation(const char *jpeg, size_t len);

#endif
