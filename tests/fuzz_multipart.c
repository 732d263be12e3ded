/*
 * Whatever is sent in parts, texts are texts and files are places in it.  The
 * first line of the input is the Content-Type, if it begins so; else what the
 * corpus uses.
 */
#include "form_rules.h"

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const char start[] = "multipart/form-data";
	const unsigned char *end = memchr(data, '\n', size);
	char type[200] = "multipart/form-data; boundary=b";

	if (end != NULL && (size_t)(end - data) < sizeof(type) &&
	    size > sizeof(start) && memcmp(data, start, 19) == 0) {
		memcpy(type, data, (size_t)(end - data));
		type[end - data] = '\0';
		size -= (size_t)(end - data) + 1;
		data = end + 1;
	}
	check_form(type, data, size);
	return 0;
}
