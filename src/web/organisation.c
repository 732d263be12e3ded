#include "web/organisation.h"
#include "web/site.h"

bool
organisation_find(struct page *p, const char *words)
{
	page_text(p, "_sought", words);
	page_row(p,
	    "WITH o AS (SELECT r.id, r.slug, s.title, r.slug = :_sought AS exact"
	    "  FROM shown s JOIN record r ON r.id = s.record"
	    "  JOIN organisation g ON g.record = r.id"
	    "  WHERE s.ui = :lang AND s.kind = 'organisation' AND :_sought <> ''"
	    "  AND (r.slug = :_sought OR fold(:_sought) IN (fold(g.acronym),"
	    "    fold(g.acronym_fr), fold(g.acronym_es))"
	    "   OR EXISTS (SELECT 1 FROM record_text t WHERE t.record = r.id"
	    "    AND fold(t.title) = fold(:_sought))))"
	    " SELECT iif(count(*) = 1, min(id), NULL) AS organisation_id,"
	    "  iif(count(*) = 1, min(slug), NULL) AS organisation_slug,"
	    "  iif(count(*) = 1, min(title), NULL) AS organisation_title"
	    " FROM o WHERE exact OR NOT EXISTS (SELECT 1 FROM o WHERE exact)");
	return *model_cell(&p->model, "organisation_id").text != '\0';
}

void
organisation_own(struct page *p)
{
	page_text(p, "_contact", site_mail(p->site));
	page_rows(p, "own_organisations",
	    "SELECT w.slug AS code, s.title AS label, s.url,"
	    "  s.other_lang" OWN_ORGANISATIONS " ORDER BY s.sort");
	page_row(p,
	    "SELECT (SELECT group_concat(title, ', ') FROM"
	    "  (SELECT s.title" OWN_ORGANISATIONS " ORDER BY s.sort))"
	    " AS _speaks_for");
}
