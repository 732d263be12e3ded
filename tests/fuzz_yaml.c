/* Any bytes are a tree or a fault that is told, and a tree can be walked. */
#include <stdint.h>

#include "data/json.h"
#include "data/yaml.h"
#include "test.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static size_t
walk(const struct node *n)
{
	size_t found = 0, below = 0;

	for (const struct node *e = n->first; e != NULL; e = e->next) {
		if ((n->type == NODE_MAP) != (e->key != NULL) ||
		    strlen(e->text) != e->len || e->line < 1 ||
		    (e->next == NULL) != (n->last == e))
			abort();
		found++;
		below += walk(e);
	}
	if (found != n->n || (n->type == NODE_TEXT && found > 0))
		abort();
	return found + below;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct buf why = { 0 };
	const struct node *n;

	n = yaml_read(&arena, "f", (const char *)data, size, &why);
	if ((n == NULL) != (why.len > 0))
		abort();
	if (n != NULL)
		walk(n);
	buf_clear(&why);
	n = json_read(&arena, &(struct node){ .file = "f", .line = 1 },
	    (const char *)data, size, &why);
	if ((n == NULL) != (why.len > 0))
		abort();
	if (n != NULL)
		walk(n);
	arena_free(&arena);
	buf_free(&why);
	return 0;
}
