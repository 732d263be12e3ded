#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/*
 * A fast 64-bit hash that mixes well: for tables, ETags and the names of
 * assets.  It is no secret and no proof against forgery.
 */
uint64_t hash_bytes(const void *, size_t);

#endif
