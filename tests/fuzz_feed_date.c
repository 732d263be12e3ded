/* Whatever is given as a date: the answer is none, or a time that there is,
 * written in the one form, which is read as itself. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/feed_date.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static bool
has_form(const char *date, const char *form)
{
	for (; *form != '\0'; form++, date++)
		if (*form == '0' ? *date < '0' || *date > '9' : *date != *form)
			return false;
	return *date == '\0';
}

static int
number(const char *s)
{
	return (s[0] - '0') * 10 + s[1] - '0';
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s = malloc(size + 1), date[FEED_DATE], again[FEED_DATE];

	memcpy(s, data, size);
	s[size] = '\0';
	if (feed_date(date, s)) {
		must(has_form(date, "0000-00-00T00:00:00Z"));
		must(number(date + 5) >= 1 && number(date + 5) <= 12);
		must(number(date + 8) >= 1 && number(date + 8) <= 31);
		must(number(date + 11) <= 23 && number(date + 14) <= 59);
		must(number(date + 17) <= 59);
		must(feed_date(again, date) && strcmp(again, date) == 0);
	} else {
		must(*date == '\0');
	}
	free(s);
	return 0;
}
