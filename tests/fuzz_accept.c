/* Any Accept-Language gives a language we have, any Accept-Encoding a yes or
 * no. */
#include <stdlib.h>
#include <string.h>

#include "web/http.h"

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const char *const offered[] = { "en", "fr", "es", NULL };
	char *header = malloc(size + 1);
	const char *lang;
	uint64_t from, n;

	memcpy(header, data, size);
	header[size] = '\0';
	lang = http_language(header, offered);
	if (lang != offered[0] && lang != offered[1] && lang != offered[2])
		abort();
	if (http_accepts_gzip(header) && strchr(header, '*') == NULL &&
	    strcasestr(header, "gzip") == NULL)
		abort();
	if (http_range(header, 100, &from, &n) != RANGE_NONE &&
	    (n == 0 || from + n > 100))
		abort();
	free(header);
	return 0;
}
