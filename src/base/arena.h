#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

/*
 * Memory for texts that live as long as a page, or as a load.
 *
 * A zeroed struct arena is empty and ready for use.  Nothing kept in it is
 * freed alone: arena_reset() drops everything at once and keeps the first
 * chunk for the next page.  Running out of memory ends the process.
 */
struct arena {
	struct chunk *chunks;
};

/* Bytes for any type, all zero. */
void *arena_alloc(struct arena *, size_t);

/* A copy of s, NUL-terminated. */
char *arena_keep(struct arena *, const char *s, size_t len);

char *arena_printf(struct arena *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void arena_reset(struct arena *);
void arena_free(struct arena *);

#endif
