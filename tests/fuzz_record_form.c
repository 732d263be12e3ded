/*
 * Whatever is sent as the form of a record becomes a tree that its kind's
 * description knows, of bounded size, whose nodes know their places; and that
 * can be sent once more.
 */
#include <stdlib.h>
#include <string.h>

#include "data/json.h"
#include "data/publish.h"
#include "web/record_form.h"

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

static void
check_node(const struct node *n, int depth)
{
	size_t count = 0;

	if (depth > 8 || n->file == NULL)
		abort();
	for (const struct node *e = n->first; e != NULL; e = e->next) {
		if (n->type == NODE_MAP &&
		    (e->key == NULL || strlen(e->file) < strlen(e->key)))
			abort();
		if (e->type != NODE_TEXT && e->n == 0)
			abort();
		check_node(e, depth + 1);
		count++;
	}
	if (count != n->n || (n->type == NODE_LIST && count > RECORD_FORM_ROWS))
		abort();
}

static void
check_keys(const struct kind *k, const struct node *tree)
{
	for (const struct node *n = tree->first; n != NULL; n = n->next)
		if (table_field(&record_table, n->key) == NULL &&
		    table_list(&record_table, n->key) == NULL &&
		    table_field(&k->own, n->key) == NULL &&
		    table_list(&k->own, n->key) == NULL)
			abort();
}

/* Kept as JSON it is read again as it was. */
static void
check_json(struct arena *a, const struct node *tree)
{
	static const struct node at = { .file = "" };
	struct buf one = { 0 }, two = { 0 }, why = { 0 };
	const struct node *again;

	publish_put_tree(&one, tree);
	again = json_read(a, &at, one.data, one.len, &why);
	if (again == NULL)
		abort();
	publish_put_tree(&two, again);
	if (strcmp(one.data, two.data) != 0)
		abort();
	buf_free(&one);
	buf_free(&two);
	buf_free(&why);
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena arena = { 0 };
	struct form form;

	if (form_read(&form, &arena, "application/x-www-form-urlencoded",
		(const char *)data, size))
		for (const struct kind *k = kinds; k->kind != NULL; k++) {
			struct node *tree = record_form_read(&arena, &form, k);

			check_node(tree, 0);
			check_keys(k, tree);
			check_json(&arena, tree);
		}
	arena_free(&arena);
	return 0;
}
