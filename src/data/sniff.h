#ifndef DATA_SNIFF_H
#define DATA_SNIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * What a file that somebody sends really is.
 *
 * Accepted is a short list of types, and a file only if two judges agree on
 * its type: what we read of it ourselves, strictly, and libmagic.  What the
 * sender calls it counts for nothing, but that a text called .csv is a table.
 * What a browser or an office program would run is refused: markup, scripts,
 * macros, and archives behind pictures.
 */
struct file_type {
	const char *type; /* "application/pdf" */
	const char *extension;
	bool has_text; /* that can be extracted */
};

/* The type, or NULL; then *fault is the key of the string that says why. */
const struct file_type *sniff_type(const char *bytes, size_t len,
    const char *name, const char **fault);

/* One that is accepted, by its name; NULL if it is none. */
const struct file_type *sniff_find(const char *type);

/* All that are accepted, by place; NULL past the last. */
const struct file_type *sniff_list(size_t);

/*
 * Put a file's name as it is to be kept: with the extension of its type,
 * whatever it had, so that no system takes it for something else.
 */
void sniff_name(struct buf *, const struct file_type *, const char *name);

/*
 * Read libmagic's list of types; false if it is not there.  Once a process is
 * enough: the first that needs it does it.  Who will be locked up (chroot) does
 * it before.
 */
bool sniff_prepare(void);

/* The width and height of a picture, in pixels; false if it is none. */
bool sniff_size(const char *bytes, size_t len, uint32_t side[2]);

/* For sniff.c alone: is it a sound picture of that kind, with a width and a
 * height that can be, which are side then? */
bool sniff_png(const char *, size_t, uint32_t side[2]);
bool sniff_jpeg(const char *, size_t, uint32_t side[2]);
bool sniff_gif(const char *, size_t, uint32_t side[2]);
bool sniff_webp(const char *, size_t, uint32_t side[2]);

#endif
