/* YAML into a tree that knows its lines. */
#include "data/json.h"
#include "data/yaml.h"
#include "test.h"

static struct arena arena;
static struct buf why;

static struct node *
read_text(const char *text, size_t len)
{
	buf_clear(&why);
	arena_reset(&arena);
	return yaml_read(&arena, "f", text, len, &why);
}

static struct node *
yaml(const char *text)
{
	return read_text(text, strlen(text));
}

static bool
refused(const char *text, const char *reason)
{
	bool good = yaml(text) == NULL && has(buf_text(&why), reason);

	if (!good)
		printf("# said %s\n", buf_text(&why));
	return good;
}

static void
test_values(void)
{
	const struct node *n, *list;

	n = yaml("# first\na: one\nb:\n  - x\n  - 'y: z'\n"
		 "c: {d: 1, e: 2}\n");
	ok(n != NULL && n->type == NODE_MAP && n->n == 3, "a map has its keys");
	is(node_text(n, "a"), "one", "a text stands under its key");
	ok(node_get(n, "a")->line == 2, "on its line");
	list = node_get(n, "b");
	ok(list->type == NODE_LIST && list->n == 2 && list->first->line == 4,
	    "a list has its entries on their lines");
	is(list->last->text, "y: z", "the last of them, too");
	ok(list->last->quoted && !list->first->quoted, "quotes are seen");
	ok(node_get(n, "c")->first->line == 6, "a map within a line is read");
	is(node_text(n, "none"), "", "what is not there is empty");
	ok(node_get(list, "a") == NULL, "a list has no keys");
	n = yaml("");
	ok(n != NULL && n->type == NODE_MAP && n->n == 0,
	    "an empty file is an empty map");
	n = yaml("- {a: é}\n");
	ok(n != NULL && n->type == NODE_LIST, "a list may be all there is");
	ok(strcmp(n->first->file, "f") == 0, "every node knows its file");
}

static void
test_refused(void)
{
	struct buf deep = { 0 };

	ok(refused("a: [1\nb: 2\n", "f:2: did not find expected"),
	    "what is not YAML is refused with its line");
	ok(refused("a: 1\nb: 2\na: 3\nb: 4\n", "f:3: stands here twice: “a”") &&
		has(why.data, "f:4: stands here twice: “b”"),
	    "every key that stands twice is told");
	ok(refused("a: &x 1\n", "f:1: anchors"), "anchors are refused");
	ok(refused("a: *x\n", "f:1: anchors"), "so are aliases");
	ok(refused("a: !!binary x\n", "f:1: tags"), "so are tags");
	ok(refused("a: 1\n---\nb: 2\n", "f:2: a second document"),
	    "so is a second document");
	ok(refused("? [a]\n: 1\n", "f:1: a key must be a word"),
	    "so is a key that is no word");
	ok(refused("a: \x01\n", "f:1: a character that text cannot hold"),
	    "so is a control character");
	ok(refused("ok: 1\nbad: \xc3\x28\n", "f:2: not UTF-8 text at byte 12"),
	    "so are bytes that are not UTF-8");
	for (int i = 0; i < 40; i++)
		buf_putc(&deep, '[');
	ok(refused(deep.data, "f:1: too deep"), "so is what is too deep");
	buf_free(&deep);
	ok(read_text("a: 1\n\0b", 7) == NULL &&
		has(why.data, "f:2: not UTF-8 text at byte 6"),
	    "so is a NUL");
}

/* The limits stop what would take for ever. */
static void
test_limits(void)
{
	struct buf text = { 0 };

	for (int i = 0; i < 5000; i++)
		buf_printf(&text, "key%d: 1\n", i);
	ok(refused(text.data, "f:4097: too many keys in one map"),
	    "a map may have so many keys");
	buf_clear(&text);
	for (size_t i = 0; i < YAML_BYTES / 8 + 1; i++)
		buf_puts(&text, "# 34567\n");
	ok(refused(text.data, "f:1: longer than 32 MB"),
	    "a file may be so long");
	buf_free(&text);
}

static void
test_files(void)
{
	struct buf text = { 0 };

	buf_clear(&why);
	ok(yaml_file(&arena, "/nowhere/x", &why) == NULL &&
		has(why.data, "/nowhere/x: No such file"),
	    "a file that is not there is told");
	buf_clear(&why);
	ok(!file_read(&text, "/", &why) && has(why.data, "/: Is a directory"),
	    "so is one that is a directory");
	buf_free(&text);
}

static struct node *
json(const char *text)
{
	buf_clear(&why);
	arena_reset(&arena);
	return json_read(&arena, &(struct node){ .file = "j", .line = 7 }, text,
	    strlen(text), &why);
}

static void
test_json(void)
{
	const struct node *n = json("{\"a\": \"x\", \"n\": 12, \"r\": 0.5,"
				    " \"t\": true, \"z\": null,"
				    " \"l\": [1, {\"b\": \"é\\n\"}]}");

	is(node_text(n, "a"), "x", "JSON gives the same tree");
	is(node_text(n, "n"), "12", "a number is a text");
	is(node_text(n, "r"), "0.5", "a fraction too");
	is(node_text(n, "t"), "true", "so is a truth");
	ok(node_get(n, "z") == NULL, "null is left out");
	is(node_text(node_get(n, "l")->last, "b"), "é\n",
	    "lists and objects nest");
	ok(n->line == 7 && node_get(n, "a")->line == 7,
	    "nodes know the line they were given");
	ok(json("{\"a\"") == NULL && has(why.data, "j:7: not JSON: "),
	    "what is no JSON is told");
	ok(json("\"a\xff\"") == NULL && has(why.data, "not UTF-8 at byte 3"),
	    "so are bytes that are not UTF-8");
	ok(json("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]"
		"]]]]]]]]]]]]") == NULL &&
		has(why.data, "j:7: too deep"),
	    "so is what is too deep");
}

int
main(void)
{
	test_values();
	test_refused();
	test_limits();
	test_files();
	test_json();
	arena_free(&arena);
	buf_free(&why);
	return done();
}
