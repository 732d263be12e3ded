/*
 * Other repositories whose records the library takes, for editors: how far each
 * has been harvested, what has become of its records, and what went wrong last.
 * "mutua harvest" begins with one, "mutua jobs" goes on (cli/jobs_harvest.c).
 */
#include "features/harvests.h"

/* clang-format off */
#define DAY(column) "date_text(substr(" column ", 1, 10), :lang)"
#define FATE(fate) "count(*) FILTER (WHERE fate = '" fate "') AS " fate

/* None of a fate is 0; of a source that has no records yet, too. */
#define SOURCES                                                            \
	"SELECT coalesce(s.name, s.url) AS title, s.url AS address,"       \
	"  s.url || iif(instr(s.url, '?') > 0, '&', '?') ||"               \
	"   'verb=Identify' AS _identify, s.spec, s.prefix,"               \
	"  s.since, " DAY("s.since") " AS _since,"                         \
	"  s.looked, " DAY("s.looked") " AS _looked,"                      \
	"  s.error, s.token IS NOT NULL AS under_way,"                     \
	"  o.title AS organisation, o.url AS organisation_url,"            \
	"  coalesce(c.taken, 0) AS taken, coalesce(c.edited, 0) AS edited," \
	"  coalesce(c.deleted, 0) AS deleted, coalesce(c.twin, 0) AS twin," \
	"  coalesce(c.bad, 0) AS bad"                                      \
	" FROM harvest_source s"                                           \
	" LEFT JOIN shown o ON o.record = s.organisation AND o.ui = :lang" \
	" LEFT JOIN (SELECT url, " FATE("taken") ", " FATE("edited") ", "  \
	"  " FATE("deleted") ", " FATE("twin") ", " FATE("bad")            \
	"  FROM harvest_record GROUP BY url) c ON c.url = s.url"           \
	" ORDER BY sort_key(coalesce(s.name, s.url), :lang), s.spec"
/* clang-format on */

int
harvests_index(struct page *p)
{
	model_change(&p->model, "title", page_string(p, "harvests"));
	p->response->personal = true;
	page_rows(p, "results", SOURCES);
	return page_show(p, 200, "review/harvests");
}
