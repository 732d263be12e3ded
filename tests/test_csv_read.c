/* CSV of whatever program as rows with names. */
#include "base/cell.h"
#include "data/csv_read.h"
#include "test.h"

static struct arena arena;

/* "a=1 b=2; a=3", or what is wrong. */
static const char *
rows(const char *text, size_t len)
{
	static struct buf out;
	struct buf why = { 0 };
	const struct node *list = csv_read(&arena, "f", text, len, &why);

	buf_clear(&out);
	if (list == NULL)
		buf_puts(&out, buf_text(&why));
	for (const struct node *r = list != NULL ? list->first : NULL;
	     r != NULL; r = r->next) {
		for (const struct node *c = r->first; c != NULL; c = c->next)
			buf_printf(&out, "%s%s=%s", c == r->first ? "" : " ",
			    c->key, c->text);
		buf_puts(&out, r->next != NULL ? "; " : "");
	}
	buf_free(&why);
	return buf_text(&out);
}

#define ROWS(text) rows((text), sizeof(text) - 1)

static void
test_rows(void)
{
	is(ROWS("a,b\n1,2\n3,\n"), "a=1 b=2; a=3",
	    "a row has its cells by name, and no empty one");
	is(ROWS("a,b\r\n1,2\r\n"), "a=1 b=2", "lines may end with CR and LF");
	is(ROWS("a,b\r1,2"), "a=1 b=2", "or with CR, the last with nothing");
	is(ROWS("\xef\xbb\xbf"
		"a;b\n1;2,5\n"),
	    "a=1 b=2,5",
	    "a byte order mark and semicolons are a spreadsheet's");
	is(ROWS("a\tb\n1\t2\n"), "a=1 b=2", "tabs separate, too");
	is(ROWS("a,b\n\n,\n1,2\n"), "a=1 b=2", "empty rows are no rows");
	is(ROWS("a,b\n1,2\n\n"), "a=1 b=2", "at the end neither");
	is(ROWS(""), "", "nothing is no rows");
	is(ROWS("a,b\n"), "", "nor are names alone");
}

static void
test_quotes(void)
{
	is(ROWS("a,b\n\"x, \"\"y\"\"\",\"1\r\n2\"\n"), "a=x, \"y\" b=1\n2",
	    "quotes hold commas, quotes and lines");
	is(ROWS("\"a;x\",b\n1,2\n"), "a;x=1 b=2",
	    "what separates is not looked for in quotes");
	is(ROWS("a,b\n1,\"2\n"), "f:2: a quote is not closed\n",
	    "a quote that is not closed is told where it begins");
	is(ROWS("a,b\n\"1\"x,2\n"), "f:2: text stands behind a closing quote\n",
	    "so is text behind one");
}

static void
test_faults(void)
{
	is(ROWS("a,a\n1,2\n"), "f:1: column “a” stands here twice\n",
	    "two columns of one name are one too many");
	is(ROWS("a,b\n1,2\n1,2,3\n"),
	    "f:3: “3” stands in no column that has a name\n",
	    "a cell without a column is told");
	is(ROWS("a\n\xe9\n"), "f:2: not UTF-8 text\n", "so is what is no text");
	is(ROWS("a\nx\0y\n"), "f:2: not UTF-8 text\n", "and a NUL");
}

static void
test_guard(void)
{
	struct buf out = { 0 };

	buf_puts(&out, "a\n");
	cell_put(&out, "=1+1", 4);
	is(rows(out.data, out.len), "a==1+1",
	    "what kept a spreadsheet from running a cell is taken off");
	is(ROWS("a\n'tis\n"), "a='tis", "another apostrophe is not");
	buf_free(&out);
}

static void
test_lists(void)
{
	struct node top = { .type = NODE_LIST },
		    cell = { .key = "k", .text = "a|b\\|c|\\\\||" };
	struct node *map = node_add(&arena, &top, NULL, NODE_MAP);
	const struct node *list = csv_split(&arena, map, &cell);
	struct buf out = { 0 };

	ok(list->n == 3 && strcmp(list->first->text, "a") == 0 &&
		strcmp(list->first->next->text, "b|c") == 0 &&
		strcmp(list->last->text, "\\") == 0,
	    "a cell is split at bars");
	csv_join(&out, list);
	is(buf_text(&out), "a|b\\|c|\\\\", "and joined again");
	buf_free(&out);
}

int
main(void)
{
	test_rows();
	test_quotes();
	test_faults();
	test_guard();
	test_lists();
	arena_free(&arena);
	return done();
}
