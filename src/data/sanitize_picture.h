#ifndef DATA_SANITIZE_PICTURE_H
#define DATA_SANITIZE_PICTURE_H

#include <stdbool.h>

#include <libxml/tree.h>

/*
 * Pictures that are not there to be seen; for sanitize.c.
 */

/* By its size or its style nobody can see it. */
bool sanitize_is_hidden(const xmlNode *);

/* Its address is one of those that count who reads. */
bool sanitize_counts_readers(const char *url);

#endif
