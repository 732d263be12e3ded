#ifndef BASE_WRITE_H
#define BASE_WRITE_H

#include <stdbool.h>
#include <stddef.h>

/* Write all of it to a descriptor, however often it takes; false, with errno,
 * if that is not possible. */
bool write_all(int fd, const void *, size_t);

#endif
