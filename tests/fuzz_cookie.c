/* No Cookie header is read past its end, or gives a value it does not hold. */
#include <stdlib.h>
#include <string.h>

#include "web/http.h"

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	char *header = malloc(size + 1);
	struct buf value = { 0 };

	memcpy(header, data, size);
	header[size] = '\0';
	if (http_cookie(&value, header, "lang") &&
	    (strstr(header, "lang=") == NULL ||
		strstr(header, buf_text(&value)) == NULL ||
		strchr(buf_text(&value), ';') != NULL))
		abort();
	http_etag_matches(header, "W/\"a\"");
	http_host_valid(header);
	buf_free(&value);
	free(header);
	return 0;
}
