/*
 * No bytes are read past their end; what passes is a whole head, within its
 * limits; and trimmed it passes again, as the same.
 */
#include <stdlib.h>
#include <string.h>

#include "web/guard_check.h"

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

enum { BODY_MAX = 25 * 1024 * 1024 };

static void
must(int holds)
{
	if (!holds)
		abort();
}

static void
trim(uint8_t *s, size_t len, struct guard_head head)
{
	struct guard_head again;
	uint64_t body = head.body;
	size_t rest = len - head.head, left = guard_trim(s, len, &head);

	must(left <= len && left == head.head + rest);
	must(guard_check(s, left, BODY_MAX, &again) == GUARD_REQUEST);
	must(again.head == head.head && again.body == body);
	must(body <= GUARD_BODY_MAX || memmem(s, left, "/files", 6) != NULL);
	guard_hide_body(s, &head);
	must(guard_check(s, left, BODY_MAX, &again) == GUARD_REQUEST);
	must(again.head == head.head && again.body == 0);
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	uint8_t *s = malloc(size > 0 ? size : 1);
	struct guard_head head;

	memcpy(s, data, size);
	switch (guard_check(s, size, BODY_MAX, &head)) {
	case GUARD_REJECT:
		must(head.status >= 400 && head.status <= 505);
		break;
	case GUARD_REQUEST:
		must(head.head >= 4 && head.head <= size);
		must(memcmp(s + head.head - 4, "\r\n\r\n", 4) == 0);
		must(head.body <= BODY_MAX);
		trim(s, size, head);
		break;
	case GUARD_MORE:
		break;
	}
	free(s);
	return 0;
}
