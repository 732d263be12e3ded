#ifndef DATA_FILE_H
#define DATA_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "data/db.h"
#include "data/sniff.h"

/*
 * The files of a site: bytes in a directory (DATA/files), by the hash of what
 * they are, and a row of the table file for each.
 *
 * Bytes that were kept are there for good, whole, whatever happens: they are
 * written under another name, brought to the disk, and only then renamed.  The
 * same bytes are kept once.  Rows come after bytes, never before.  What goes
 * wrong on the disk is told on stderr and by false.
 */
enum { FILE_SHA = 65 }; /* 32 bytes in hex, and a NUL */

/* The SHA-256 of bytes, in hex. */
void file_sha256(char out[FILE_SHA], const char *bytes, size_t len);

/* Is it the hex of one? */
bool file_is_sha256(const char *);

/* Keep bytes; sha is what they are called from now on. */
bool file_keep(const char *dir, const char *bytes, size_t len,
    char sha[FILE_SHA]);

/* Put the path of kept bytes. */
void file_path(struct buf *, const char *dir, const char *sha);

/* Open them to be read; -1 if they are not there. */
int file_open(const char *dir, const char *sha, size_t *len);

/* Bytes that are looked at where they are: len is 0 if there are none. */
struct file_bytes {
	const char *data;
	size_t len;
	void *map; /* for file_unmap() */
};
struct file_bytes file_map(int fd, size_t len);
void file_unmap(struct file_bytes);

/* Take away what was never finished, of processes that were killed. */
void file_sweep(const char *dir);

/*
 * Give kept bytes a row, within the caller's transaction, and queue what is to
 * be done with them: a job 'text' where there is text in them, 'picture' where
 * smaller ones may be made of them.  member is 0 for the site's own.  What is
 * there already stays as it is.
 */
bool file_add(struct db *, const char *sha, const struct file_type *,
    const char *name, struct file_bytes, int64_t member);

#endif
