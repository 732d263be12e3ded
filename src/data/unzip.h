#ifndef DATA_UNZIP_H
#define DATA_UNZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * A zip archive in memory, as office documents are.
 *
 * What can be hidden in one is refused when it is opened: bytes before it or
 * after it, too many entries, entries that together unpack to too much, that
 * are there twice, locked, packed in an unusual way, or named like a path that
 * leads out.  Borrows its bytes until unzip_close().
 */
enum {
	UNZIP_ENTRIES = 2000,
	UNZIP_TOTAL = 200 * 1024 * 1024, /* bytes unpacked */
	UNZIP_RATIO = 100                /* times as much as packed */
};

enum unzip_fault { UNZIP_GOOD, UNZIP_BROKEN, UNZIP_BOMB };

struct unzip;

/* NULL if it is refused; fault says why. */
struct unzip *unzip_open(const char *bytes, size_t len, enum unzip_fault *);
void unzip_close(struct unzip *);

/* Their names, by place; NULL past the last. */
const char *unzip_name(struct unzip *, size_t);

bool unzip_has(struct unzip *, const char *name);

/* Put what an entry holds.  False if it is not there, damaged, or has more
 * than most bytes, whatever it says itself; nothing is put then. */
bool unzip_read(struct unzip *, const char *name, size_t most, struct buf *);

#endif
