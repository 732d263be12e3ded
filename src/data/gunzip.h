#ifndef DATA_GUNZIP_H
#define DATA_GUNZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * Put what bytes are that gzip has packed, at most so many; of what breaks off
 * as much as there is.  False, with nothing put, if they are nothing packed.
 */
bool gunzip(struct buf *, const char *bytes, size_t len, size_t most);

#endif
