#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "data/feed_own.h"

/*
 * What is told about a feed.
 */

/* Of one kind; a feed that is wrong in a thousand places is so in one way. */
enum {
	OF_A_KIND = 5,
	FAULTS =
	    sizeof(((struct feed_faults *)0)->at) / sizeof(struct feed_fault)
};

/* What is quoted of the feed may be cut within a character. */
static void __attribute__((format(printf, 4, 0))) put(struct reading *r,
    const char *code, int64_t line, const char *format, va_list list)
{
	struct feed_faults *f = r->faults;
	char message[300];
	struct buf clean = { 0 };

	vsnprintf(message, sizeof(message), format, list);
	buf_put(&clean, message, utf8_valid(message, strlen(message)));
	f->at[f->n++] = (struct feed_fault){ .code = code,
		.message = arena_keep(r->arena, buf_text(&clean), clean.len),
		.line = line };
	buf_free(&clean);
}

void
feed_tell(struct reading *r, const char *code, int64_t line, const char *format,
    ...)
{
	size_t same = 0;
	va_list list;

	for (size_t i = 0; i < r->faults->n; i++)
		same += strcmp(r->faults->at[i].code, code) == 0;
	if (same == OF_A_KIND || r->faults->n == FAULTS)
		return;
	va_start(list, format);
	put(r, code, line, format, list);
	va_end(list);
}

bool
feed_refuse(struct reading *r, const char *code, int64_t line,
    const char *format, ...)
{
	va_list list;

	if (r->faults->n == FAULTS)
		r->faults->n--;
	va_start(list, format);
	put(r, code, line, format, list);
	va_end(list);
	return false;
}
