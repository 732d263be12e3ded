/*
 * What another repository answers, if it means harm: it is refused before it
 * costs anything.
 */
#include <time.h>

#include "data/oai_read.h"
#include "test.h"

static struct buf xml, why;
static struct arena arena;
static struct oai_page page;

/* To read an answer with so many attributes in its first tag, and elements in
 * its list. */
static double
seconds(const char *attribute, size_t attributes, const char *element,
    size_t elements)
{
	clock_t began;

	buf_clear(&xml);
	buf_clear(&why);
	buf_puts(&xml, "<OAI-PMH");
	for (size_t i = 0; i < attributes; i++)
		buf_printf(&xml, " a%zu%s", i, attribute);
	buf_puts(&xml, "><ListRecords>");
	for (size_t i = 0; i < elements; i++)
		buf_puts(&xml, element);
	buf_puts(&xml, "</ListRecords></OAI-PMH>");
	began = clock();
	if (oai_read(&page, &arena, &xml, "text/xml", &why))
		buf_puts(&why, "read");
	arena_free(&arena);
	return (double)(clock() - began) / CLOCKS_PER_SEC;
}

int
main(void)
{
	static const char record[] =
	    "<record><header><identifier>oai:x:1</identifier></header>"
	    "<metadata/></record>";

	seconds("=\"1\"", 100, record, 5000);
	is(why.data, "read", "a long answer is read");
	ok(page.n == 5000, "… all of it");
	ok(seconds("=\"\"", 200 * 1000, "", 0) < 5 &&
		has(why.data, "attributes"),
	    "one with a tag of 200,000 attributes is not");
	ok(seconds(" =\n''", 200 * 1000, "", 0) < 5 &&
		has(why.data, "attributes"),
	    "… however they are written");
	ok(seconds("", 0, "<a/>", 1100 * 1000) < 5 && has(why.data, "elements"),
	    "nor one with a million elements");
	seconds("", 0, "<x>if a = 'b' &lt;a href=\"c\"&gt;</x>", 10 * 1000);
	is(why.data, "read", "… but one with many quotes is");
	buf_free(&xml);
	buf_free(&why);
	return done();
}
