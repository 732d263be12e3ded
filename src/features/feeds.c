/*
 * Feeds of others that the site reads: the list, and the page of each with the
 * news that came from it.  Who looks after a feed sees how reading it goes, too
 * (feeds_change.c changes it, feeds_new.c brings one).
 *
 * What visitors see is in mutua.db alone: a look that finds nothing new leaves
 * their pages as they are.
 */
#include <stdlib.h>

#include "features/feeds.h"
#include "features/feeds_own.h"
#include "web/fault.h"
#include "web/feed_words.h"
#include "web/rights.h"

enum { FEEDS_A_PAGE = 50, NEWS_A_PAGE = 20 };

int64_t
feeds_number(const struct page *p, const char *name)
{
	return strtoll(model_cell(&p->model, name).text, NULL, 10);
}

int
feeds_go(struct page *p, const char *path, const char *done)
{
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/feeds%s?done=%s", page_lang(p), path,
		done));
}

/*
 * The list.
 */

#define LISTED " FROM feed f WHERE (f.state = 'active' OR " TENDS_FEED ")"

/* clang-format off */
#define FEEDS                                                              \
	"SELECT f.feed, f.title, '/' || :lang || '/feeds/' || f.feed AS url," \
	"  f.feed_url, f.site_url, f.feed_lang,"                           \
	"  " LABEL("language", "f.feed_lang") " AS feed_lang_label,"       \
	"  o.title AS organisation_title, o.url AS organisation_url,"      \
	"  o.other_lang, f.state,"                                         \
	"  " LABEL("feed_state", "f.state") " AS state_label,"             \
	"  f.state <> 'active' AS _unusual,"                               \
	"  substr(f.last, 1, 10) AS last_news,"                            \
	"  date_text(substr(f.last, 1, 10), :lang) AS last_news_text"      \
	" FROM (SELECT f.id AS feed, f.title, f.url AS feed_url, f.site_url," \
	"   f.lang AS feed_lang, f.organisation, f.state,"                 \
	"   (SELECT coalesce(r.published, e.first_seen) FROM feed_entry e" \
	"    JOIN record r ON r.id = e.record AND r.status = 'published'"  \
	"    WHERE e.feed = f.id AND e.record IS NOT NULL"                 \
	"    ORDER BY e.first_seen DESC, r.published DESC LIMIT 1) AS last" \
	LISTED ") f"                                                       \
	" LEFT JOIN shown o ON o.record = f.organisation AND o.ui = :lang" \
	" ORDER BY :_may_edit AND f.state = 'waiting' DESC, o.sort, f.title," \
	"  f.feed LIMIT :limit OFFSET :offset"

/* What went wrong with a feed of the list, for who looks after it. */
#define TROUBLES                                                    \
	"SELECT p.error, " FEED_ERROR("p.error") " AS error_text"   \
	" FROM feed f JOIN state.feed_poll p ON p.feed = f.id"      \
	" WHERE f.id = :feed AND " TENDS_FEED                       \
	" AND f.state IN ('active', 'gone') AND p.error IS NOT NULL"
/* clang-format on */

/* For editors with those first that wait for them. */
int
feeds_index(struct page *p)
{
	page_row(p, "SELECT count(*) AS _found" LISTED);
	page_paging(p, feeds_number(p, "_found"), FEEDS_A_PAGE);
	page_rows(p, "results", FEEDS);
	feed_words(p);
	if (feeds_number(p, "_may_news") != 0)
		page_rows_in(p, "results", "troubles", TROUBLES);
	return page_show(p, 200, "feeds/index");
}

/*
 * The page of one.
 */

/* clang-format off */
#define FEED                                                               \
	"SELECT f.id AS feed, f.title, f.url AS feed_url, f.site_url,"     \
	"  f.lang AS _lang_now, f.theme AS _theme_now,"                    \
	"  f.country AS _country_now, f.state, f.trust, f.reason,"         \
	"  f.member AS _named_by,"                                         \
	"  " LABEL("language", "f.lang") " AS feed_lang_label,"            \
	"  " LABEL("country", "f.country") " AS country_label,"            \
	"  " LABEL("feed_state", "f.state") " AS state_label,"             \
	"  " LABEL("feed_trust", "f.trust") " AS trust_label,"             \
	"  o.title AS organisation_title, o.url AS organisation_url,"      \
	"  o.other_lang, t.title AS theme_title, t.url AS theme_url,"      \
	"  t.other_lang AS theme_lang, f.approved,"                        \
	"  f.state = 'waiting' AS _waits, f.state = 'declined' AS _declined," \
	"  f.state = 'active' AS _active, f.state = 'gone' AS _gone,"      \
	"  f.state IN ('off', 'gone') AS _off, f.trust = 'publish' AS _trusted," \
	"  f.approved IS NULL AS _unapproved, " TENDS_FEED " AS _tends"    \
	" FROM feed f"                                                     \
	" LEFT JOIN shown o ON o.record = f.organisation AND o.ui = :lang" \
	" LEFT JOIN record x ON x.kind = 'theme' AND x.slug = f.theme"     \
	" LEFT JOIN shown t ON t.record = x.id AND t.ui = :lang"           \
	" WHERE f.id = :id AND (f.state IN ('active', 'off', 'gone')"      \
	"  OR " TENDS_FEED ")"

/* How it goes. */
#define POLL                                                               \
	"SELECT m.name AS member_name, f.created,"                         \
	"  date_text(substr(f.created, 1, 10), :lang) AS created_text,"    \
	"  p.error, " FEED_ERROR("p.error") " AS error_text, p.detail,"    \
	"  p.failures, p.failures > 1 AS _again, p.format,"                 \
	"  " FEED_FORMAT("p.format") " AS format_text, p.entries,"         \
	"  coalesce(p.faults, '') AS _odd_json,"                           \
	"  strftime('%Y-%m-%dT%H:%M:%SZ', p.looked, 'unixepoch') AS looked," \
	"  " MOMENT("p.looked") " AS looked_text,"                         \
	"  strftime('%Y-%m-%dT%H:%M:%SZ', p.due, 'unixepoch') AS due,"     \
	"  " MOMENT("p.due") " AS due_text,"                               \
	"  coalesce(p.due, 0) <= unixepoch() AS _due_now,"                 \
	"  iif(p.pace < 7200, (p.pace / 60) || ' min', (p.pace / 3600) || ' h')" \
	"   AS pace_text"                                                  \
	" FROM feed f LEFT JOIN state.feed_poll p ON p.feed = f.id"        \
	" LEFT JOIN member m ON m.id = f.member AND m.status = 'active'"   \
	" WHERE f.id = :feed"

/* Of one that was not approved yet: what was found when it was looked for. */
#define TRIED                                                              \
	"SELECT newest AS _newest, faults AS _odd_json, entries, format,"  \
	"  " FEED_FORMAT("format") " AS format_text"                       \
	" FROM state.feed_try WHERE feed = :feed ORDER BY id DESC LIMIT 1"
/* clang-format on */

static void
name_preview(struct page *p)
{
	if (!page_row(p, TRIED))
		page_text(p, "_newest", "");
	feeds_preview(p);
}

void
feeds_count_waiting(struct page *p)
{
	page_row(p,
	    "SELECT count(*) AS entries_waiting FROM feed_entry e"
	    " JOIN state.contribution c ON c.id = e.contribution"
	    "  AND c.state = 'submitted' WHERE e.feed = :feed");
}

/* What came from it, as far as it is published. */
static void
name_news(struct page *p)
{
	page_row(p,
	    "SELECT count(*) AS _found FROM feed_entry e"
	    " JOIN shown s ON s.record = e.record AND s.ui = :lang"
	    " WHERE e.feed = :feed AND e.record IS NOT NULL");
	page_paging(p, feeds_number(p, "_found"), NEWS_A_PAGE);
	page_rows(p, "news",
	    "SELECT l.title, l.url, l.summary, l.text_lang, l.other_lang,"
	    "  l.published, date_text(substr(l.published, 1, 10), :lang)"
	    "   AS published_text, e.link FROM feed_entry e"
	    " JOIN listed l ON l.id = e.record AND l.ui = :lang"
	    " WHERE e.feed = :feed AND e.record IS NOT NULL"
	    " ORDER BY l.published DESC, l.id DESC"
	    " LIMIT :limit OFFSET :offset");
}

bool
feeds_find(struct page *p)
{
	static const char *const fields[] = { "feed_lang", "theme", "country",
		"words", NULL };

	if (!page_row(p, FEED))
		return false;
	fault_fields(p, fields);
	page_text(p, "words", "");
	page_text(p, "feed_lang", model_cell(&p->model, "_lang_now").text);
	page_text(p, "theme", model_cell(&p->model, "_theme_now").text);
	page_text(p, "country", model_cell(&p->model, "_country_now").text);
	page_text(p, "_too_often", "");
	return true;
}

int
feeds_show(struct page *p, int status)
{
	if (feeds_number(p, "_tends") != 0) {
		feed_words(p);
		page_form(p);
		feeds_choices(p);
		page_row(p, POLL);
		feeds_count_waiting(p);
		if (feeds_number(p, "_unapproved") != 0)
			name_preview(p);
		else
			feed_words_faults(p,
			    model_cell(&p->model, "_odd_json").text);
	}
	name_news(p);
	return page_show(p, status, "feeds/item");
}

int
feeds_item(struct page *p)
{
	return feeds_find(p) ? feeds_show(p, 200) : 404;
}
