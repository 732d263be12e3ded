/*
 * What only machines read: the addresses there are, what robots may fetch,
 * and how to search from outside.
 */
#include <stdlib.h>

#include "features/machine.h"

/* Up to so many records a single sitemap is small enough to fetch whole. */
enum { SINGLE_MAX = 10000, PART_RECORDS = 2000 };

static int64_t
count_records(struct page *p)
{
	struct query *q = db_query(page_db(p),
	    "SELECT count(*) FROM record WHERE status = 'published'");

	return db_number(db_restart(q), 0);
}

/*
 * The addresses of some records, every one in each language, and with the
 * first of them those of the lists.
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
	    "  SELECT * FROM (SELECT '/' || k.path || '/' || r.slug, r.updated"
	    "   FROM record r JOIN kind k ON k.kind = r.kind"
	    "   WHERE r.status = 'published' ORDER BY r.id"
	    "   LIMIT :last - :first OFFSET :first))"
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
	int64_t records = count_records(p);

	if (records <= SINGLE_MAX)
		return show_addresses(p, 0, SINGLE_MAX);

	page_number(p, "part_records", PART_RECORDS);
	page_rows(p, "parts",
	    "SELECT place / :part_records + 1 AS part,"
	    "  max(updated) AS updated"
	    " FROM (SELECT row_number() OVER (ORDER BY id) - 1 AS place,"
	    "   updated FROM record WHERE status = 'published')"
	    " GROUP BY part ORDER BY part");
	return page_file(p, "machine/sitemaps.xml",
	    "application/xml; charset=utf-8");
}

/* /sitemap-2.xml */
int
machine_sitemap_part(struct page *p)
{
	int64_t records = count_records(p);
	int64_t part = atoi(model_cell(&p->model, "part").text);

	if (records <= SINGLE_MAX || part < 1 ||
	    (part - 1) * PART_RECORDS >= records)
		return 404;
	return show_addresses(p, (part - 1) * PART_RECORDS,
	    part * PART_RECORDS);
}

int
machine_robots(struct page *p)
{
	return page_file(p, "machine/robots.txt", "text/plain; charset=utf-8");
}

int
machine_opensearch(struct page *p)
{
	return page_file(p, "machine/opensearch.xml",
	    "application/opensearchdescription+xml; charset=utf-8");
}
