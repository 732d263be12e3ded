#ifndef WEB_COMPRESS_H
#define WEB_COMPRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * gzip, with one stream for all: a page costs no set-up and no memory of its
 * own.  Opened once a worker; the caller closes.
 */
struct compress;

struct compress *compress_open(void);
void compress_close(struct compress *);

/* Put the bytes as gzip, quickly or as small as is reasonable. */
enum effort { QUICK, SMALL };
void compress_gzip(struct compress *, enum effort, struct buf *, const char *,
    size_t);

/* Put what gzip of ours holds. */
void compress_gunzip(struct compress *, struct buf *, const char *, size_t);

/* Is a body of this type and length worth compressing? */
bool compress_worthwhile(const char *content_type, size_t);

#endif
