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
	const struct field *f = table_fields(&faults->kind->own);
	bool good = true;

	for (; f->name != NULL && !rights_announce(p); f++) {
		const char *wanted = node_text(tree, f->name);
		const char *was =
		    before != NULL ? node_text(before, f->name) : "";

		if (!f->reserved || *wanted == '\0' || strcmp(wanted, was) == 0)
			continue;
		record_faults_add(faults, f->name,
		    page_string(p, "fault_announce"));
		good = false;
	}
	return good;
}
