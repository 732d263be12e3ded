/*
 * A member's own page: what they are asked, what they have begun and sent,
 * what became of it, and what has changed in what they watch or look after.
 */
#include "features/dashboard.h"
#include "web/changes.h"
#include "web/feed_words.h"
#include "web/organisation.h"
#include "web/rights.h"

/* Their contributions, each with what was said of it last and by whom. */
#define CONTRIBUTIONS                                                      \
	"SELECT c.id, c.title, c.kind, k.label AS kind_label, c.state,"    \
	"  b.label AS state_label, c.state = 'published' AS _published,"   \
	"  time_text(strftime('%Y-%m-%dT%H:%MZ', c.due, 'unixepoch'),"     \
	"   :lang) AS due_text,"                                           \
	"  c.updated, date_text(substr(c.updated, 1, 10), :lang)"          \
	"   AS updated_text, c.days, c.days = 1 AS _a_day,"                \
	"  c.tree IS NULL AS is_suggestion,"                               \
	"  coalesce(c.base, 0) = 0 AS is_new,"                             \
	"  '/' || :lang || '/contributions/' || c.id AS url,"              \
	"  s.url AS record_url, t.words, w.name AS who,"                   \
	"  :_partner AND c.kind = 'news' AND NOT EXISTS (SELECT 1"         \
	"   FROM spoken_for x WHERE x.member = :_member"                   \
	"   AND x.slug = c.tree ->> '$.organisation') AS _reviewed_first," \
	"  (SELECT o.title FROM record r JOIN shown o ON o.record = r.id"  \
	"   AND o.ui = :lang WHERE r.kind = 'organisation'"                \
	"   AND r.slug = c.tree ->> '$.organisation') AS _for_title"       \
	" FROM (SELECT *, CAST (julianday('now', 'start of day')"          \
	"   - julianday(updated, 'start of day') AS INTEGER) AS days"      \
	"  FROM state.contribution WHERE member = :_member) c"             \
	" LEFT JOIN code_label k ON k.list = 'kind' AND k.code = c.kind"   \
	"  AND k.lang = :lang"                                             \
	" LEFT JOIN code_label b ON b.list = 'contribution_state'"         \
	"  AND b.code = c.state AND b.lang = :lang"                        \
	" LEFT JOIN shown s ON s.record = c.record AND s.ui = :lang"       \
	" LEFT JOIN state.contribution_note t ON t.rowid = (SELECT"        \
	"  max(rowid) FROM state.contribution_note"                        \
	"  WHERE contribution = c.id AND state = c.state)"                 \
	" LEFT JOIN member w ON w.id = t.member AND w.id <> :_member"

static void
name_contributions(struct page *p)
{
	page_rows(p, "asked",
	    CONTRIBUTIONS " WHERE c.state = 'changes' ORDER BY c.updated");
	page_rows(p, "drafts",
	    CONTRIBUTIONS " WHERE c.state = 'draft' ORDER BY c.updated DESC");
	page_rows(p, "scheduled",
	    CONTRIBUTIONS " WHERE c.state = 'scheduled' ORDER BY c.due");
	page_rows(p, "waiting",
	    CONTRIBUTIONS " WHERE c.state = 'submitted' ORDER BY c.updated");
	page_rows(p, "decided",
	    CONTRIBUTIONS " WHERE c.state IN ('published', 'declined')"
			  " ORDER BY c.updated DESC, c.id DESC LIMIT 10");
}

/* What they watch, what changed last first. */
static void
name_watches(struct page *p)
{
	page_rows(p, "watches",
	    "SELECT coalesce(s.title, w.title) AS title, coalesce(s.url,"
	    "   '/' || :lang || w.path || coalesce('?' || w.query, ''))"
	    "   AS url, s.other_lang, v.time,"
	    "  date_text(substr(v.time, 1, 10), :lang) AS time_text," COMMENT
	    ", m.name AS who"
	    " FROM state.watch w"
	    " LEFT JOIN shown s ON s.record = w.record AND s.ui = :lang"
	    " LEFT JOIN revision v ON v.record = w.record AND v.number ="
	    "  (SELECT max(number) FROM revision WHERE record = w.record)"
	    " LEFT JOIN member m ON m.id = v.author"
	    " WHERE w.member = :_member AND (s.record IS NOT NULL"
	    "  OR w.path IS NOT NULL)"
	    " ORDER BY v.time DESC, w.title LIMIT 20");
}

static void
name_stewardships(struct page *p)
{
	page_rows(p, "stewardships",
	    "SELECT coalesce(s.title, t.title, n.label, w.theme) AS title,"
	    "  coalesce(s.other_lang, t.other_lang) AS other_lang,"
	    "  coalesce(s.url, t.url, '/' || :lang || '/countries/' ||"
	    "   lower(w.country)) AS url, k.label AS what"
	    " FROM steward w"
	    " LEFT JOIN shown s ON s.record = w.record AND s.ui = :lang"
	    " LEFT JOIN record r ON r.kind = 'theme' AND r.slug = w.theme"
	    " LEFT JOIN shown t ON t.record = r.id AND t.ui = :lang"
	    " LEFT JOIN code_label n ON n.list = 'country'"
	    "  AND n.code = w.country AND n.lang = :lang"
	    " LEFT JOIN code_label k ON k.list = 'kind' AND k.lang = :lang"
	    "  AND k.code = coalesce(s.kind, iif(w.theme IS NULL, 'country',"
	    "   'theme'))"
	    " WHERE w.member = :_member ORDER BY w.since, title");
}

/* The feeds of whom they speak for, or that an editor has brought, those first
 * that could not be read. */
static void
name_feeds(struct page *p)
{
	feed_words(p);
	page_rows(p, "own_feeds",
	    "SELECT f.title, f.lang AS feed_lang, f.state,"
	    "  '/' || :lang || '/feeds/' || f.id AS url,"
	    "  l.label AS state_label, f.state <> 'active' AS _unusual,"
	    "  s.error, " FEED_ERROR(
		"s.error") " AS error_text"
			   " FROM feed f LEFT JOIN state.feed_poll s ON s.feed = f.id"
			   "  AND f.state IN ('active', 'gone')"
			   " LEFT JOIN code_label l ON l.list = 'feed_state'"
			   "  AND l.code = f.state AND l.lang = :lang"
			   " WHERE :_may_news AND (f.organisation IN (SELECT"
			   "  organisation FROM spoken_for WHERE member = :_member)"
			   "  OR (:_may_edit AND f.member = :_member))"
			   " ORDER BY s.error IS NULL, f.title, f.id");
}

/* How much waits for them, and since when; and links that are dead. */
static void
name_review(struct page *p)
{
	page_row(p,
	    "SELECT review_waiting, review_waiting = 1 AS _review_one, days,"
	    "  days = 1 AS _a_day FROM (SELECT count(*) AS review_waiting,"
	    "  CAST (julianday('now', 'start of day')"
	    "   - julianday(min(c.submitted), 'start of day') AS INTEGER)"
	    "   AS days FROM state.contribution c"
	    "  WHERE c.state = 'submitted' AND " MAY_REVIEW ")");
	page_row(p,
	    "SELECT count(*) AS _dead_links, count(*) = 1 AS _dead_link"
	    " FROM state.link_check WHERE state = 'dead' AND :_may_edit");
	feed_words_waiting(p);
}

/* What somebody who is new here may do next. */
static void
name_steps(struct page *p)
{
	page_row(p,
	    "SELECT NOT EXISTS (SELECT 1 FROM state.contribution"
	    "   WHERE member = :_member) AS is_new_here,"
	    "  coalesce(m.about, m.organisation, m.country) IS NULL"
	    "   AS _profile_bare"
	    " FROM member m WHERE m.id = :_member");
}

int
dashboard_show(struct page *p)
{
	model_change(&p->model, "title", page_string(p, "dashboard"));
	name_contributions(p);
	name_watches(p);
	name_stewardships(p);
	organisation_own(p);
	name_feeds(p);
	name_review(p);
	name_steps(p);
	return page_show(p, 200, "dashboard/show");
}
