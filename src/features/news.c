/*
 * News: what is new, newest first; all there ever was, month by month; and a
 * piece of it, with whose it is and where it comes from.
 */
#include <string.h>

#include "data/plain.h"
#include "features/news.h"
#include "web/announce.h"
#include "web/record.h"
#include "web/select.h"
#include "web/session.h"

/* A picture is for lists only if it is small: many of them stand there. */
#define THUMB                                                         \
	"iif(coalesce(n.small_bytes, n.image_bytes) <= 60000,"        \
	"   coalesce(n.small_url, n.image_url), NULL) AS _thumb_url," \
	"  coalesce(n.small_width, n.image_width) AS _thumb_width,"   \
	"  coalesce(n.small_height, n.image_height) AS _thumb_height"

/* The browser takes the small one where the screen is, too. */
#define PICTURE                                                        \
	"n.small_url AS _small_url, n.small_width AS _small_width,"    \
	"  n.medium_url AS _medium_url,"                               \
	"  coalesce(n.medium_url, n.image_url) AS _picture_url,"       \
	"  coalesce(n.medium_width, n.image_width) AS _picture_width," \
	"  coalesce(n.medium_height, n.image_height)"                  \
	"   AS _picture_height,"                                       \
	"  number_text((n.image_bytes + 999) / 1000, :lang)"           \
	"   AS _kilobytes,"                                            \
	"  coalesce(n.image_credit, n.medium_url) AS _caption"

static int
show_list(struct page *p, bool archive)
{
	static const char *const facets[] = { "organisation", "year", "country",
		"theme", "language", NULL };

	page_select(p,
	    &(struct selection){ .kind = "news",
		.facets = facets,
		.sort = "newest",
		.per_page = 20,
		.archive = archive });
	page_number(p, "_archive", archive);
	page_rows(p, "results",
	    "SELECT n.kind, n.slug, n.text_lang, n.other_lang, n.title,"
	    "  n.summary, n.url, n.updated, n.published, n.published AS date,"
	    "  date_text(n.published, :lang) AS date_text,"
	    "  substr(n.published, 1, 4) AS year, n.expires, n.expired,"
	    "  n.organisation, n.organisation_lang, n.author, n.source_url,"
	    "  n.image_url, n.image_type, n.image_bytes, n.image_width,"
	    "  n.image_height, n.image_alt, n.image_lang, n.image_credit,"
	    "  " THUMB ", CASE WHEN :_archive AND :_order = 'newest'"
	    "   AND substr(n.published, 1, 7) IS NOT lag(substr(n.published,"
	    "    1, 7)) OVER (ORDER BY h.place)"
	    "   THEN date_text(substr(n.published, 1, 7), :lang) END"
	    "   AS _month_text,"
	    "  (SELECT group_concat(country, ';') FROM record_country"
	    "   WHERE record = n.id) AS country,"
	    "  (SELECT group_concat(c.label, ', ') FROM record_country rc"
	    "   JOIN code_label c ON c.list = 'country'"
	    "    AND c.code = rc.country AND c.lang = :lang"
	    "   WHERE rc.record = n.id) AS country_label"
	    " FROM hit h JOIN news_listed n ON n.id = h.record AND n.ui = :lang"
	    " ORDER BY h.place");
	return page_show(p, 200, "news/index");
}

int
news_index(struct page *p)
{
	return show_list(p, false);
}

int
news_archive(struct page *p)
{
	model_change(&p->model, "title", page_string(p, "news_archive"));
	page_text(p, "_crumb", page_string(p, "news_archive"));
	return show_list(p, true);
}

/* What was published just before it, and just after. */
static void
name_neighbours(struct page *p)
{
	page_rows(p, "earlier",
	    "SELECT s.title, s.url, s.other_lang FROM shown s WHERE s.ui = :lang"
	    " AND s.record = (SELECT r.id FROM record r WHERE r.kind = 'news'"
	    "  AND r.status = 'published'"
	    "  AND (r.published, r.id) < (:published, :id)"
	    "  ORDER BY r.published DESC, r.id DESC LIMIT 1)");
	page_rows(p, "later",
	    "SELECT s.title, s.url, s.other_lang FROM shown s WHERE s.ui = :lang"
	    " AND s.record = (SELECT r.id FROM record r WHERE r.kind = 'news'"
	    "  AND r.status = 'published'"
	    "  AND (r.published, r.id) > (:published, :id)"
	    "  ORDER BY r.published, r.id LIMIT 1)");
}

/* Does a text begin with words, whatever blanks and "…" there are? */
static bool
begins_with(const char *text, const char *words)
{
	for (; *words != '\0' && strcmp(words, "…") != 0; words++) {
		if (*words == ' ')
			continue;
		text += strspn(text, " \n");
		if (*text++ != *words)
			return false;
	}
	return true;
}

/* A summary that the text begins with, as it is of many feeds, is for lists. */
static void
name_lead(struct page *p)
{
	const char *summary = model_cell(&p->model, "summary").text;
	const char *html = model_cell(&p->model, "body_html").text;
	struct buf text = { 0 };

	plain_html(&text, html != NULL ? html : "");
	page_text(p, "_lead",
	    text.len > 0 && begins_with(text.data, summary) ? "" : summary);
	buf_free(&text);
}

int
news_item(struct page *p)
{
	if (!record_open(p, "news") ||
	    !page_row(p,
		"SELECT n.published AS date, n.published_text AS date_text,"
		"  n.organisation, n.organisation_url, n.organisation_lang,"
		"  n.author, n.source_url, n.image_url, n.image_type,"
		"  n.image_bytes, n.image_width, n.image_height, n.image_alt,"
		"  n.image_lang, n.image_credit, n.expires, n.expired,"
		"  time_text(n.expires, :lang) AS expires_text, " PICTURE
		" FROM news_listed n WHERE n.id = :id AND n.ui = :lang"))
		return 404;
	/* what a feed says of itself may be anything */
	page_rows(p, "feed",
	    "SELECT f.title AS feed_title, iif(f.site_url GLOB 'http://*'"
	    "   OR f.site_url GLOB 'https://*', f.site_url, f.url) AS feed_url,"
	    "  iif(e.link GLOB 'http://*' OR e.link GLOB 'https://*', e.link,"
	    "   NULL) AS entry_url"
	    " FROM feed_entry e JOIN feed f ON f.id = e.feed"
	    " WHERE e.record = :id LIMIT 1");
	name_lead(p);
	name_neighbours(p);
	return page_show(p, 200, "news/item");
}

/* A page of this site in this language: "/fr/…", that nothing can take for an
 * address elsewhere. */
static bool
is_page(struct page *p, const char *url)
{
	const char *rest = url + 3;

	if (url[0] != '/' || strncmp(url + 1, page_lang(p), 2) != 0)
		return false;
	for (const char *c = url; *c != '\0'; c++)
		if ((unsigned char)*c <= ' ' || *c == '\\' || *c == 127)
			return false;
	return *rest == '/' || *rest == '?' || *rest == '\0';
}

/*
 * A reader has read an announcement.  The form stands on pages that are kept
 * for everybody, so it has no token: another site could close it at most, and
 * browsers say when one tries.
 */
int
news_close(struct page *p)
{
	const char *back = form_get(&p->form, "back");
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT id FROM record WHERE kind = 'news' AND slug = :slug"));

	if (session_is_foreign(p->request))
		return 403;
	db_set_text(q, "slug", model_cell(&p->model, "slug").text);
	announce_close(p, db_number(q, 0));
	return page_redirect(p, 303,
	    is_page(p, back) ? back
			     : arena_printf(&p->arena, "/%s/", page_lang(p)));
}
