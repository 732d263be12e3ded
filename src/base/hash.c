#include <string.h>

#include "base/hash.h"

/* MurmurHash64A by Austin Appleby, in the public domain, with seed 0. */

static const uint64_t factor = 0xc6a4a7935bd1e995;

static uint64_t
mix(uint64_t word)
{
	word *= factor;
	word ^= word >> 47;
	return word * factor;
}

uint64_t
hash_bytes(const void *bytes, size_t len)
{
	const unsigned char *s = bytes;
	uint64_t h = len * factor, word;

	for (; len >= sizeof(word); len -= sizeof(word), s += sizeof(word)) {
		memcpy(&word, s, sizeof(word));
		h = (h ^ mix(word)) * factor;
	}
	if (len > 0) {
		word = 0;
		memcpy(&word, s, len);
		h = (h ^ word) * factor;
	}
	h = (h ^ h >> 47) * factor;
	return h ^ h >> 47;
}
