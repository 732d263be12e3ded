#include <stdlib.h>

#include "web/record.h"
#include "web/rights.h"

static void
name_places(struct page *p)
{
	page_rows(p, "themes",
	    "SELECT r.slug, l.title, l.url FROM record_theme rt"
	    " CROSS JOIN record r ON r.kind = 'theme' AND r.slug = rt.theme"
	    " CROSS JOIN shown l ON l.record = r.id AND l.ui = :lang"
	    " WHERE rt.record = :id ORDER BY l.sort");
	page_rows(p, "countries",
	    "SELECT rc.country, c.label,"
	    "  '/' || :lang || '/countries/' || lower(rc.country) AS url"
	    " FROM record_country rc JOIN code_label c"
	    "  ON c.list = 'country' AND c.code = rc.country AND c.lang = :lang"
	    " WHERE rc.record = :id ORDER BY sort_key(c.label, :lang)");
	page_rows(p, "translations",
	    "SELECT t.lang AS text_lang, c.label FROM record_text t"
	    " JOIN code_label c"
	    "  ON c.list = 'language' AND c.code = t.lang AND c.lang = :lang"
	    " WHERE t.record = :id ORDER BY t.lang");
}

static void
name_neighbours(struct page *p)
{
	page_rows(p, "sources",
	    "SELECT coalesce(l.title, s.reference) AS title,"
	    "  coalesce(l.url, max(s.url)) AS url, l.other_lang, " PLACES ","
	    "  max(y.label) AS source_type_label,"
	    "  max(c.label) AS confidence_label"
	    " FROM (SELECT min(id) AS first, document, reference, place,"
	    "   max(type) AS type, max(confidence) AS confidence,"
	    "   max(url) AS url"
	    "  FROM source WHERE record = :id AND observation IS NULL"
	    "  AND document IS NOT :id"
	    "  GROUP BY document, reference, place ORDER BY first) s"
	    " LEFT JOIN code_label y ON y.list = 'source_type'"
	    "  AND y.code = s.type AND y.lang = :lang"
	    " LEFT JOIN code_label c ON c.list = 'confidence'"
	    "  AND c.code = s.confidence AND c.lang = :lang"
	    " LEFT JOIN shown l ON l.record = s.document AND l.ui = :lang"
	    " GROUP BY s.document, s.reference ORDER BY min(s.first)");
	page_rows(p, "relations",
	    "SELECT b.relation AS way, min(b.inverse) AS way_inverse, c.label,"
	    "  b.relation = 'related' AS plain, count(*) AS relation_total,"
	    "  count(*) <= 8 AS few"
	    " FROM beside b JOIN shown s ON s.record = b.other AND s.ui = :lang"
	    " LEFT JOIN code_label c ON c.list = 'relation' AND c.lang = :lang"
	    "  AND c.code = b.relation ||"
	    "   CASE WHEN b.inverse THEN '-inverse' ELSE '' END"
	    " WHERE b.record = :id AND b.relation <> 'publisher'"
	    " GROUP BY b.relation, c.label"
	    " ORDER BY b.relation <> 'related', b.relation, way_inverse");
	page_rows_in(p, "relations", "related",
	    "SELECT l.kind, l.title, l.url, b.note, l.other_lang"
	    " FROM beside b JOIN listed l ON l.id = b.other AND l.ui = :lang"
	    " WHERE b.record = :id AND b.relation = :way"
	    " AND (:plain OR b.inverse = :way_inverse)"
	    " ORDER BY b.inverse, b.place, l.sort");
}

static void
name_dead(struct page *p)
{
	page_rows(p, "_dead",
	    "SELECT " DEAD " FROM outward o JOIN dead_link d ON d.url = o.url"
	    " WHERE o.record = :id");
}

bool
record_open(struct page *p, const char *kind)
{
	page_text(p, "kind", kind);
	if (!page_row(p,
		"SELECT l.id, l.kind, l.slug, l.text_lang, l.other_lang,"
		"  l.title, l.summary, t.body_html,"
		"  nullif(t.lang, :lang) AS body_lang, l.published,"
		"  (SELECT c.label FROM code_label c"
		"   WHERE c.list = 'language' AND c.lang = :lang AND c.code ="
		"   coalesce(l.other_lang, t.lang)) AS _text_language,"
		"  l.updated, date_text(l.updated, :lang) AS updated_text,"
		"  date_text(r.confirmed, :lang) AS confirmed_text,"
		"  r.confirmed, l.url, EXISTS (SELECT 1 FROM revision v"
		"   WHERE v.record = r.id AND v.number > 1) AS _changed"
		" FROM record r JOIN listed l ON l.id = r.id AND l.ui = :lang"
		" LEFT JOIN record_text t ON t.id = (SELECT id FROM"
		"  (SELECT b.id, (b.lang = :lang) * 4 + (b.lang IS r.lang)"
		"    * 2 + (b.lang = 'en') AS fit FROM record_text b"
		"   WHERE b.record = r.id AND b.body_html <> '')"
		"  ORDER BY fit DESC, id LIMIT 1)"
		" WHERE r.kind = :kind AND r.slug = :slug"))
		return false;
	page_text(p, "_crumb", model_cell(&p->model, "title").text);
	name_places(p);
	name_neighbours(p);
	name_dead(p);
	p->record = strtoll(model_cell(&p->model, "id").text, NULL, 10);
	record_acts(p, p->record);
	return true;
}

bool
record_subject(struct page *p, const char *key)
{
	if (!page_row(p,
		"SELECT t.title AS subject, t.lang AS text_lang,"
		"  nullif(t.lang, :lang) AS other_lang,"
		"  '/' || :lang || '/' || :part || '/' || r.slug AS record_url,"
		"  r.status = 'archived' AS _withdrawn,"
		"  (SELECT max(number) FROM revision WHERE record = r.id)"
		"   AS newest"
		" FROM record r JOIN record_text t ON t.id = (SELECT id FROM"
		"  (SELECT b.id, (b.lang = :lang) * 4 + (b.lang IS r.lang)"
		"    * 2 + (b.lang = 'en') AS fit FROM record_text b"
		"   WHERE b.record = r.id) ORDER BY fit DESC, id LIMIT 1)"
		" WHERE r.id = :record"
		" AND r.status IN ('published', 'archived')"))
		return false;
	model_change(&p->model, "title",
	    arena_printf(&p->arena, "%s %s", page_string(p, key),
		model_cell(&p->model, "subject").text));
	return true;
}

static bool
is_watching(struct page *p, int64_t record)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT EXISTS (SELECT 1 FROM state.watch"
	    " WHERE member = :member AND record = :record)"));

	db_set_int(q, "member", p->member.id);
	db_set_int(q, "record", record);
	return db_number(q, 0) == 1;
}

void
record_acts(struct page *p, int64_t record)
{
	const char *kind = model_cell(&p->model, "kind").text;

	page_number(p, "_watching",
	    p->member.id != 0 && is_watching(p, record));
	page_number(p, "_may_publish", rights_publish(p, kind, record, NULL));
	page_number(p, "_may_withdraw", rights_withdraw(p, record));
	page_number(p, "_may_write",
	    rights_publish(p, kind, record, NULL) ||
		rights_write(p, kind, true) ||
		(p->member.id == 0 && rights_of_kind(kind, true) == MEMBER));
}
