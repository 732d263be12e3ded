/* Any bytes are rows or a fault that is told, and cells come back joined. */
#include <stdint.h>

#include "data/csv_read.h"
#include "test.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
look(struct arena *a, const struct node *cell)
{
	struct node top = { .type = NODE_MAP };
	struct buf once = { 0 }, twice = { 0 };
	struct node again = *cell;

	if (strlen(cell->text) != cell->len || cell->len == 0 || cell->line < 1)
		abort();
	csv_join(&once, csv_split(a, &top, cell));
	again.text = buf_text(&once);
	csv_join(&twice, csv_split(a, &top, &again));
	if (strcmp(buf_text(&once), buf_text(&twice)) != 0)
		abort();
	buf_free(&once);
	buf_free(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct buf why = { 0 };
	const struct node *list =
	    csv_read(&arena, "f", (const char *)data, size, &why);
	size_t n = 0;

	if ((list == NULL) != (why.len > 0))
		abort();
	for (const struct node *r = list != NULL ? list->first : NULL;
	     r != NULL; r = r->next, n++) {
		if (r->n == 0)
			abort();
		for (const struct node *c = r->first; c != NULL; c = c->next)
			look(&arena, c);
	}
	if (list != NULL && n != list->n)
		abort();
	buf_free(&why);
	arena_free(&arena);
	return 0;
}
