/*
 * What only machines read: the addresses there are, what robots may fetch,
 * and how to search from outside.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "features/machine.h"

/* Up to so many records a single sitemap is small enough to fetch whole. */
enum { SINGLE_MAX = 10000, PART_RECORDS = 2000 };

/* Parts go by ids: nothing is counted, and an address stays in its part. */
static int64_t
last_record(struct page *p)
{
	struct query *q = db_query(page_db(p), "SELECT max(id) FROM record");

	return db_number(db_restart(q), 0);
}

/*
 * The addresses of the records after the first and up to the last, every one
 * in each language, and at the very first those of the lists.
 */
static int
show_addresses(struct page *p, int64_t first, int64_t last)
{
	page_number(p, "first", first);
	page_number(p, "last", last);
	page_rows(p, "addresses",
	    "WITH place AS ("
	    "  SELECT '/' AS path, NULL AS updated WHERE :first = 0"
	    "  UNION ALL"
	    "  SELECT '/' || k.path, max(r.updated) FROM kind k"
	    "  LEFT JOIN record r ON r.kind = k.kind AND r.status = 'published'"
	    "  WHERE :first = 0 AND k.path NOT IN ('pages', 'regions')"
	    "  GROUP BY k.path"
	    "  UNION ALL"
	    "  SELECT '/' || column1, NULL FROM (VALUES ('subscribe'), ('feeds'),"
	    "   ('sitemap'), ('contribute'), ('digests')) WHERE :first = 0"
	    "  UNION ALL"
	    "  SELECT '/news/archive', max(updated) FROM record"
	    "  WHERE :first = 0 AND kind = 'news' AND status = 'published'"
	    "  HAVING :first = 0"
	    "  UNION ALL"
	    "  SELECT '/changes', max(time) FROM revision WHERE :first = 0"
	    "  HAVING :first = 0"
	    "  UNION ALL" /* countries without a profile, of which much is known */
	    "  SELECT '/countries/' || lower(country), NULL FROM country_code"
	    "  WHERE :first = 0 AND held(NULL, 'country', country) > 0"
	    "   AND country NOT IN (SELECT upper(slug) FROM record"
	    "    WHERE kind = 'country' AND status = 'published')"
	    "  UNION ALL"
	    "  SELECT '/schemes/data', max(updated) FROM record"
	    "  WHERE :first = 0 AND kind = 'scheme' AND status = 'published'"
	    "  HAVING :first = 0"
	    "  UNION ALL"
	    "  SELECT * FROM (SELECT '/' || k.path || '/' || r.slug, r.updated"
	    "   FROM record r CROSS JOIN kind k ON k.kind = r.kind"
	    "   WHERE r.id > :first AND r.id <= :last"
	    "    AND r.status = 'published' ORDER BY r.id))"
	    " SELECT l.lang AS ui, place.path, place.updated"
	    " FROM place CROSS JOIN language l");
	page_rows_in(p, "addresses", "alternates",
	    "SELECT lang AS alternate FROM language");
	return page_file(p, "machine/sitemap.xml",
	    "application/xml; charset=utf-8");
}

int
machine_sitemap(struct page *p)
{
	int64_t last = last_record(p);

	if (last <= SINGLE_MAX)
		return show_addresses(p, 0, SINGLE_MAX);

	page_number(p, "part_records", PART_RECORDS);
	page_number(p, "parts_total", (last - 1) / PART_RECORDS + 1);
	page_rows(p, "parts",
	    "WITH RECURSIVE part (part) AS (SELECT 1 UNION ALL"
	    "  SELECT part + 1 FROM part WHERE part < :parts_total)"
	    " SELECT part, (SELECT max(updated) FROM record"
	    "   WHERE id > (part - 1) * :part_records"
	    "   AND id <= part * :part_records AND status = 'published')"
	    "  AS updated FROM part WHERE updated IS NOT NULL");
	return page_file(p, "machine/sitemaps.xml",
	    "application/xml; charset=utf-8");
}

/* /sitemap-2.xml */
int
machine_sitemap_part(struct page *p)
{
	int64_t last = last_record(p);
	int64_t part = atoi(model_cell(&p->model, "number").text);

	if (last <= SINGLE_MAX || part < 1 || (part - 1) * PART_RECORDS >= last)
		return 404;
	return show_addresses(p, (part - 1) * PART_RECORDS,
	    part * PART_RECORDS);
}

int
machine_robots(struct page *p)
{
	return page_file(p, "machine/robots.txt", "text/plain; charset=utf-8");
}

/* Where browsers look for an icon that no page has told them of. */
int
machine_icon(struct page *p)
{
	return page_redirect(p, 301, "/assets/icons/favicon.svg");
}

/* The site's name in so many characters at most, cut behind a word. */
static const char *
name_within(struct page *p, size_t most)
{
	const char *name = page_string(p, "site");
	size_t len = strlen(name), bytes = len;

	while (utf8_count(name, bytes) > most)
		bytes = utf8_valid(name, bytes - 1);
	for (size_t i = bytes; bytes < len && i > 0; i--)
		if (name[i] == ' ')
			return page_keep(p, name, i);
	return page_keep(p, name, bytes);
}

int
machine_opensearch(struct page *p)
{
	page_text(p, "_short_name", name_within(p, 16));
	page_text(p, "_long_name", name_within(p, 48));
	return page_file(p, "machine/opensearch.xml",
	    "application/opensearchdescription+xml; charset=utf-8");
}
