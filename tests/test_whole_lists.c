/* Who takes away long lists one after the other leaves room for others. */
#include "mailbox.h"

enum { ALLOWED = 30 };

static const char *const extensions[] = { "csv", "bib", "ris" };

/* Documents beside the content: with it, more than are free. */
static void
add_documents(void)
{
	change_in("INSERT INTO record (id, kind, slug, created, updated)"
		  " WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL"
		  "  SELECT i + 1 FROM c WHERE i < 1000)"
		  " SELECT 100000 + i, 'document', 'many-' || i,"
		  "  '2001-01-01T00:00:00Z', '2001-01-01T00:00:00Z' FROM c");
	change_in("INSERT INTO record_text (record, lang, title)"
		  " SELECT id, 'en', slug FROM record WHERE id > 100000");
	change_in("INSERT INTO document (record, doctype, year)"
		  " SELECT id, 'study', 2001 FROM record WHERE id > 100000");
}

/* Another list each time, so that none is kept. */
static const char *
take(struct visitor *v, const char *extension, int number)
{
	static struct buf path;

	buf_clear(&path);
	buf_printf(&path, "/en/library.%s?n=%d", extension, number);
	return visit(v, path.data);
}

/* The number of the last that was given. */
static int
test_limit(struct visitor *v)
{
	const char *page;
	int taken = 0;

	while (taken < 2 * ALLOWED &&
	    status(take(v, extensions[taken % 3], taken)) == 200)
		taken++;
	/* it leaks while it is filled */
	ok(taken >= ALLOWED && taken < 2 * ALLOWED,
	    "a class takes a list each; more at once are too many");
	page = take(v, "csv", 1000);
	ok(status(page) == 429 && has(page, "\nretry-after: "),
	    "… which is said with when there is room again");
	ok(has(page, "Try again in 1 min.") &&
		has(page, "href=\"/en/library?n=1000\"") &&
		has(page, "href=\"/oai?verb=Identify\""),
	    "… on a page that leads on");
	ok(has(visit(v, "/fr/library.csv?n=1"), "Réessayez dans"), "in French");
	ok(has(visit(v, "/es/library.csv?n=1"), "Vuelva a intentarlo"),
	    "and in Spanish");
	return taken - 1;
}

static void
test_free(struct visitor *v, int last)
{
	struct visitor other = visitor_beside(v);

	ok(status(take(v, extensions[last % 3], last)) == 200,
	    "what is kept is free");
	ok(status(visit(v, "/en/library?n=1")) == 200 &&
		status(visit(v, "/en/library.atom?n=1")) == 200,
	    "so is a page of the list, and its feed");
	ok(status(visit(v, "/en/library.csv?country=SN")) == 200,
	    "so is a shorter list");
	other.address = "192.0.2.8";
	ok(status(take(&other, "csv", 1001)) == 200,
	    "others take whole lists as before");
	visitor_leave(&other);
}

int
main(void)
{
	struct visitor v = visitor_open();

	add_documents();
	test_free(&v, test_limit(&v));
	visitor_close(&v);
	return done();
}
