#include <string.h>

#include "web/rights.h"
#include "web/schedule.h"

int64_t
schedule_due(struct page *p, const struct kind *k, const struct node *tree)
{
	const char *published = node_text(tree, "published");
	struct query *q;

	if (!k->scheduled || *published == '\0')
		return 0;
	/* a day, or a month, begins when it begins */
	q = db_restart(db_query(page_db(p),
	    "SELECT due FROM (SELECT unixepoch(:published || CASE"
	    "  length(:published) WHEN 4 THEN '-01-01' WHEN 7 THEN '-01'"
	    "  ELSE '' END) AS due) WHERE due > unixepoch()"));
	db_set_text(q, "published", published);
	return db_number(q, 0);
}

bool
schedule_announces(struct page *p, const struct node *tree,
    const struct node *before, struct record_faults *faults)
{
	static const char *const fields[] = { "announce_from",
		"announce_until" };
	bool good = true;

	for (size_t i = 0; i < 2 && !rights_announce(p); i++) {
		const char *wanted = node_text(tree, fields[i]);
		const char *was =
		    before != NULL ? node_text(before, fields[i]) : "";

		if (*wanted == '\0' || strcmp(wanted, was) == 0)
			continue;
		record_faults_add(faults, fields[i],
		    page_string(p, "fault_announce"));
		good = false;
	}
	return good;
}
