/*
 * Whatever an office document holds, its words are text, a blank or a line end
 * between them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "data/office.h"

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

static void
try(const char *type, const char *bytes, size_t size)
{
	struct buf out = { 0 };

	office_text(&out, type, bytes, size);
	if (utf8_valid(buf_text(&out), out.len) != out.len)
		abort();
	for (size_t i = 0; i < out.len; i++)
		if ((unsigned char)out.data[i] < ' ' && out.data[i] != '\n')
			abort();
	buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	char *bytes = malloc(size > 0 ? size : 1); /* ASan sees over-reads */

	memcpy(bytes, data, size);
	try("application/vnd.oasis.opendocument.text", bytes, size);
	try("application/vnd.openxmlformats-officedocument"
	    ".wordprocessingml.document",
	    bytes, size);
	free(bytes);
	return 0;
}
