/* Whatever a camera wrote, it is read within its bounds, and a picture is held
 * in one of eight ways. */
#include <stdlib.h>
#include <string.h>

#include "data/exif.h"

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	char *bytes = malloc(size > 0 ? size : 1); /* ASan sees over-reads */
	unsigned n;

	memcpy(bytes, data, size);
	n = exif_orientation(bytes, size);
	if (n < 1 || n > 8)
		abort();
	free(bytes);
	return 0;
}
