/* Any bytes are a page of OAI-PMH, or none for a reason that is told; what is in
 * it is text, and within its limits. */
#include <stdint.h>

#include "base/utf8.h"
#include "data/oai_read.h"
#include "test.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
look(const char *text)
{
	if (utf8_valid(text, strlen(text)) != strlen(text) ||
	    strlen(text) > OAI_VALUE)
		abort();
}

static void
look_at(const struct oai_item *item)
{
	look(item->identifier);
	look(item->datestamp);
	if (*item->identifier == '\0' || (item->deleted && item->n > 0) ||
	    item->n > OAI_VALUES)
		abort();
	for (size_t i = 0; i < item->n; i++) {
		look(item->values[i].text);
		if (*item->values[i].text == '\0')
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct buf body = { 0 }, why = { 0 };
	struct oai_page page;

	buf_put(&body, (const char *)data, size);
	if (!oai_read(&page, &arena, &body, "", &why) && why.len == 0)
		abort();
	look(page.token);
	look(page.date);
	for (size_t i = 0; i < page.n; i++)
		look_at(&page.items[i]);
	buf_free(&body);
	buf_free(&why);
	arena_free(&arena);
	return 0;
}
