/*
 * Who contributes: what members say of themselves, and what they have added
 * and changed.  An address of mail is on no page.
 */
#include <stdlib.h>

#include "features/contributor.h"
#include "web/changes.h"

enum { PER_PAGE = 50 };

/* A record that somebody worked on counts once, as added or as changed. */
#define WORK                                                   \
	" FROM (SELECT v.record, min(v.number) AS first,"      \
	"  max(v.rowid) AS last FROM revision v"               \
	"  WHERE v.author = :number AND v.state = 'published'" \
	"  GROUP BY v.record) w"                               \
	" JOIN shown s ON s.record = w.record AND s.ui = :lang"

int
contributor_page(struct page *p)
{
	if (!page_row(p,
		"SELECT m.id AS member, m.status = 'deleted' AS former,"
		"  CASE WHEN m.status <> 'deleted' THEN m.name END AS name,"
		"  CASE WHEN m.status = 'active' THEN m.about END AS about,"
		"  CASE WHEN m.status = 'active' THEN m.organisation END"
		"   AS organisation,"
		"  CASE WHEN m.status = 'active' THEN c.label END"
		"   AS country_label,"
		"  CASE WHEN m.status <> 'deleted' THEN"
		"   substr(m.created, 1, 10) END AS since,"
		"  CASE WHEN m.status <> 'deleted' THEN"
		"   date_text(m.created, :lang) END AS since_text"
		" FROM member m LEFT JOIN code_label c ON c.list = 'country'"
		"  AND c.code = m.country AND c.lang = :lang"
		" WHERE m.id = :number AND (m.id = :_member"
		"  OR EXISTS (SELECT 1 FROM revision v WHERE v.author = m.id))"))
		return 404; /* nobody counts the members by asking for each */
	model_change(&p->model, "title",
	    *model_cell(&p->model, "name").text != '\0'
		? model_cell(&p->model, "name").text
		: page_string(p, "member_former"));
	page_rows(p, "spoken_for",
	    "SELECT s.title, s.url, s.other_lang FROM spoken_for w"
	    " JOIN shown s ON s.record = w.organisation AND s.ui = :lang"
	    " WHERE w.member = :member ORDER BY s.sort");
	page_row(p,
	    "SELECT count(*) AS _all, coalesce(sum(w.first = 1), 0) AS added,"
	    "  coalesce(sum(w.first <> 1), 0) AS changed" WORK);
	page_paging(p, strtoll(model_cell(&p->model, "_all").text, NULL, 10),
	    PER_PAGE);
	page_row(p,
	    "SELECT json_group_array(last) AS _found FROM (SELECT w.last" WORK
	    " ORDER BY w.last DESC LIMIT :limit OFFSET :offset)");
	page_rows(p, "results", CHANGES " ORDER BY v.revision DESC");
	return page_show(p, 200, "members/contributor");
}
