/*
 * Whatever a file is, it is looked at within its bounds; and what is taken as
 * a text holds nothing that a browser would run.
 */
#include <stdlib.h>
#include <string.h>

#include "data/sniff.h"

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	char *bytes = malloc(size > 0 ? size : 1); /* ASan sees over-reads */
	const struct file_type *type;
	const char *fault = NULL;

	memcpy(bytes, data, size);
	type = sniff_type(bytes, size, "x.csv", &fault);
	if ((type == NULL) != (fault != NULL) ||
	    (type != NULL && sniff_find(type->type) == NULL))
		abort();
	if (type != NULL && strncmp(type->type, "text/", 5) == 0 &&
	    (memchr(bytes, '\0', size) != NULL ||
		memmem(bytes, size, "<script", 7) != NULL ||
		memmem(bytes, size, "<html", 5) != NULL))
		abort();
	free(bytes);
	return 0;
}
