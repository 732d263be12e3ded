/*
 * What has changed on the site, newest first: all that members did, and what
 * came in after the site's first day (revision_news).  What is not published,
 * or not any more, is not told.
 */
#include <stdlib.h>

#include "features/changes.h"
#include "web/changes.h"

enum { PER_PAGE = 50, DAYS = 30 };

/* By what the list can be narrowed; how far it goes back is one of a few. */
static void
name_filters(struct page *p)
{
	page_param(p, "kind");
	page_param(p, "country");
	page_param_int(p, "member", 0, 0, INT64_MAX);
	page_param_int(p, "days", DAYS, 1, 36500);
	page_rows(p, "_kinds",
	    "SELECT c.code AS value, l.label, c.code = :kind AS selected"
	    " FROM code c JOIN code_label l ON l.list = c.list"
	    "  AND l.code = c.code AND l.lang = :lang"
	    " WHERE c.list = 'kinds' ORDER BY c.place");
	page_rows(p, "_countries",
	    "SELECT code AS value, label, code = :country AS selected"
	    " FROM code_label WHERE list = 'country' AND lang = :lang"
	    " ORDER BY sort_key(label, :lang)");
	page_rows(p, "_spans",
	    "SELECT column1 AS value, column1 = :days AS selected"
	    " FROM (VALUES (7), (30), (90), (365), (3650))");
}

/* All that fits, newest first. */
#define FOUND                                                           \
	" FROM revision_news n"                                         \
	" JOIN shown s ON s.record = n.record AND s.ui = :lang"         \
	" WHERE n.time >= date('now', '-' || :days || ' days')"         \
	" AND (:kind = '' OR s.kind = :kind)"                           \
	" AND (:member = 0 OR n.author = :member)"                      \
	" AND (:country = '' OR EXISTS (SELECT 1 FROM record_country c" \
	"   WHERE c.record = n.record AND c.country = :country)"        \
	"  OR EXISTS (SELECT 1 FROM scheme c"                           \
	"   WHERE c.record = n.record AND c.country = :country)"        \
	"  OR EXISTS (SELECT 1 FROM country c"                          \
	"   WHERE c.record = n.record AND c.country = :country))"

int
changes_index(struct page *p)
{
	name_filters(p);
	page_row(p, "SELECT count(*) AS _all" FOUND);
	page_paging(p, strtoll(model_cell(&p->model, "_all").text, NULL, 10),
	    PER_PAGE);
	page_row(p,
	    "SELECT json_group_array(revision) AS _found FROM"
	    " (SELECT n.revision" FOUND
	    "  ORDER BY n.time DESC, n.revision DESC"
	    "  LIMIT :limit OFFSET :offset)");
	page_rows(p, "results",
	    CHANGES " ORDER BY v.time DESC, v.revision DESC");
	page_rows(p, "_days",
	    "SELECT DISTINCT substr(v.time, 1, 10) AS day,"
	    "  date_text(v.time, :lang) AS day_text"
	    " FROM json_each(:_found) f"
	    " CROSS JOIN revision v ON v.rowid = f.value ORDER BY day DESC");
	page_rows_in(p, "_days", "_that_day",
	    CHANGES " WHERE substr(v.time, 1, 10) = :day"
		    " ORDER BY v.time DESC, v.revision DESC");
	return page_show(p, 200, "changes/index");
}
