/* Whatever is sent as fields, only texts are read. */
#include "form_rules.h"

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	check_form("application/x-www-form-urlencoded", data, size);
	return 0;
}
