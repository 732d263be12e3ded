#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum { CHUNK_MIN = 16 * 1024 };

struct chunk {
	struct chunk *next;
	size_t size;
	size_t used;
	alignas(max_align_t) unsigned char bytes[];
};

static struct chunk *
add_chunk(struct arena *a, size_t at_least)
{
	size_t size = at_least > CHUNK_MIN ? at_least : CHUNK_MIN;
	struct chunk *c = malloc(sizeof(*c) + size);

	if (c == NULL) {
		perror("arena");
		abort();
	}
	*c = (struct chunk){ .next = a->chunks, .size = size };
	a->chunks = c;
	return c;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	struct chunk *c = a->chunks;
	size_t need =
	    (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	void *p;

	if (c == NULL || c->size - c->used < need)
		c = add_chunk(a, need);
	p = c->bytes + c->used;
	c->used += need;
	return memset(p, 0, size);
}

char *
arena_keep(struct arena *a, const char *s, size_t len)
{
	char *kept = arena_alloc(a, len + 1);

	if (len > 0)
		memcpy(kept, s, len);
	return kept;
}

char *
arena_printf(struct arena *a, const char *format, ...)
{
	va_list args, again;
	char *s;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	s = arena_alloc(a, (size_t)(n > 0 ? n : 0) + 1);
	if (n > 0)
		vsnprintf(s, (size_t)n + 1, format, args);
	va_end(args);
	return s;
}

void
arena_reset(struct arena *a)
{
	struct chunk *c;

	while ((c = a->chunks) != NULL && c->next != NULL) {
		a->chunks = c->next;
		free(c);
	}
	if (c != NULL)
		c->used = 0;
}

void
arena_free(struct arena *a)
{
	arena_reset(a);
	free(a->chunks);
	a->chunks = NULL;
}
