/*
 * A partner brings a feed: they say where it is, or their site; "mutua jobs"
 * looks there (cli/jobs_tries.c), for no worker fetches anything; they see what
 * was found, as it would look, and send it to the editors.
 *
 * Until it is sent it is a row of state.feed_try and nobody else's business; as
 * long as that says 'looking' it is looked for.
 */
#include <string.h>

#include "base/url.h"
#include "features/feeds.h"
#include "features/feeds_own.h"
#include "web/fault.h"
#include "web/feed_words.h"
#include "web/limit.h"
#include "web/organisation.h"
#include "web/recipients.h"
#include "web/rights.h"

enum { ADDRESS_MAX = 1000 };

static const char *const fields[] = { "address", "organisation", "feed_lang",
	"theme", "country", NULL };

static const char *
text(const struct page *p, const char *name)
{
	return model_cell(&p->model, name).text;
}

/*
 * What is said of a feed.
 */

void
feeds_choices(struct page *p)
{
	page_rows(p, "languages_of",
	    "SELECT code, label, code = :feed_lang AS chosen FROM code_label"
	    " WHERE list = 'language' AND lang = :lang"
	    " AND (code = :feed_lang"
	    "  OR code IN (SELECT code FROM offered_language))"
	    " ORDER BY sort_key(label, :lang)");
	page_rows(p, "themes_of",
	    "SELECT r.slug AS code, s.title AS label, r.slug = :theme AS chosen"
	    " FROM shown s JOIN record r ON r.id = s.record"
	    " WHERE s.ui = :lang AND s.kind = 'theme' ORDER BY s.sort");
	page_rows(p, "countries_of",
	    "SELECT code, label, code = :country AS chosen FROM code_label"
	    " WHERE list = 'country' AND lang = :lang"
	    " ORDER BY sort_key(label, :lang)");
}

void
feeds_settings(struct page *p)
{
	page_field(p, "feed_lang");
	page_field(p, "theme");
	page_field(p, "country");
	page_row(p,
	    "SELECT :feed_lang = '' OR EXISTS (SELECT 1 FROM code"
	    "   WHERE list = 'language' AND code = :feed_lang) AS _lang_good,"
	    "  :theme = '' OR EXISTS (SELECT 1 FROM record"
	    "   WHERE kind = 'theme' AND slug = :theme) AS _theme_good,"
	    "  :country = '' OR EXISTS (SELECT 1 FROM country_code"
	    "   WHERE country = :country) AS _country_good");
	if (feeds_number(p, "_lang_good") == 0)
		fault_say(p, "feed_lang", "account_choose");
	if (feeds_number(p, "_theme_good") == 0)
		fault_say(p, "theme", "account_choose");
	if (feeds_number(p, "_country_good") == 0)
		fault_say(p, "country", "account_choose");
}

/*
 * The form.
 */

/* A password is nobody's but theirs: it is neither kept nor shown again. */
static bool
has_user(struct page *p, const char *address)
{
	struct buf without = { 0 };
	bool has = url_without_user(&without, address);

	if (has)
		page_text(p, "address",
		    page_keep(p, without.data, without.len));
	buf_free(&without);
	return has;
}

/* A port is a number: where it is none a password may go on behind a slash. */
static bool
has_odd_port(const char *address)
{
	const char *host = strstr(address, "://") + 3;
	size_t len = strcspn(host, "/?#");
	const char *colon = memrchr(host, ':', len);
	size_t digits = colon != NULL ? strspn(colon + 1, "0123456789") : 0;

	return colon != NULL && host[len - 1] != ']' &&
	    (digits == 0 || colon + 1 + digits != host + len);
}

/* What this site gives would come back to it as news of its own news. */
static bool
is_ours(struct page *p, const char *address)
{
	page_text(p, "_wanted", address);
	page_row(p,
	    "SELECT instr(url_key(:_wanted) || '/', url_key(:base) || '/') = 1"
	    " AS _is_ours");
	return feeds_number(p, "_is_ours") != 0;
}

/* What people type: "example.org", whose server says where it speaks TLS, or
 * what a feed reader gives away as "feed:https://…".  Named address. */
static void
read_address(struct page *p)
{
	const char *typed = page_field(p, "address"), *rest = typed;

	if (strncmp(rest, "feed:", 5) == 0)
		rest += strncmp(rest, "feed://", 7) == 0 ? 7 : 5;
	if (*rest != '\0' && strstr(rest, "://") == NULL)
		rest = arena_printf(&p->arena, "http://%s", rest);
	if (rest != typed)
		page_text(p, "address", rest);
	if (*rest == '\0')
		fault_say(p, "address", "feeds_no_address");
	else if (has_user(p, rest))
		fault_say(p, "address", "feeds_user_address");
	else if ((strncmp(rest, "http://", 7) != 0 &&
		     strncmp(rest, "https://", 8) != 0) ||
	    has_odd_port(rest) || strlen(rest) > ADDRESS_MAX ||
	    strpbrk(rest, " \t\n\\<>\"") != NULL)
		fault_say(p, "address", "feeds_bad_address");
	else if (is_ours(p, rest))
		fault_say(p, "address", "feeds_our_address");
}

/* The feed that is here under an address, if any: names twin, "" if there is
 * none, twin_title, twin_url, and twin_seen if they may look at it. */
static bool
name_twin(struct page *p, const char *address)
{
	page_text(p, "_wanted", address);
	if (page_row(p,
		"SELECT f.id AS twin, f.title AS twin_title,"
		"  '/' || :lang || '/feeds/' || f.id AS twin_url,"
		"  f.state IN ('active', 'off', 'gone') OR " TENDS_FEED
		"   AS twin_seen"
		" FROM feed f WHERE url_key(f.url) = url_key(:_wanted)"))
		return true;
	page_text(p, "twin", "");
	return false;
}

/* The organisation that was picked, which is named as organisation_find() says:
 * one that they speak for. */
static void
read_organisation(struct page *p)
{
	const char *picked = page_field(p, "organisation");

	if (!organisation_find(p, picked))
		fault_say(p, "organisation",
		    *picked == '\0' ? "feeds_no_organisation"
				    : "organisation_unknown");
	else if (!rights_bring(p, feeds_number(p, "organisation_id")))
		fault_say(p, "organisation", "feeds_not_yours");
}

/* The organisations that a partner chooses from, and what they have named
 * besides, if anything. */
static void
offer_organisations(struct page *p)
{
	organisation_own(p);
	page_rows(p, "offered_organisations",
	    "SELECT w.slug AS code, s.title AS label,"
	    "  w.slug = :organisation OR (:organisation = '' AND"
	    "   (SELECT count(*) FROM spoken_for WHERE member = :_member) = 1)"
	    "   AS chosen" OWN_ORGANISATIONS " ORDER BY s.sort");
	page_row(p,
	    "SELECT :organisation <> '' AND NOT EXISTS"
	    "  (SELECT 1" OWN_ORGANISATIONS
	    "   AND :organisation IN (w.slug, s.title)) AS _is_other");
}

static int
show_form(struct page *p, int status)
{
	page_form(p);
	feeds_choices(p);
	offer_organisations(p);
	model_change(&p->model, "title", page_string(p, "feeds_new"));
	return page_show(p, status, "feeds/new");
}

/* A form that is empty, or what was said of an earlier try of theirs. */
int
feeds_new(struct page *p)
{
	fault_fields(p, fields);
	page_param(p, "try");
	if (!page_row(p,
		"SELECT f.address, r.slug AS organisation,"
		"  s.title AS organisation_title, f.lang AS feed_lang,"
		"  f.theme, f.country FROM state.feed_try f"
		" LEFT JOIN record r ON r.id = f.organisation"
		" LEFT JOIN shown s ON s.record = r.id AND s.ui = :lang"
		" WHERE f.id = :try AND " TENDS_TRY)) {
		page_text(p, "address", "");
		page_text(p, "organisation", "");
		page_text(p, "organisation_title", "");
		page_text(p, "feed_lang", "");
		page_text(p, "theme", "");
		page_text(p, "country", "");
	}
	page_text(p, "twin", "");
	return show_form(p, 200);
}

/* So many looks that would be a way to have us knock at doors. */
static bool
is_too_often(struct page *p)
{
	return !limit_take(p, LIMIT_FEED,
	    arena_printf(&p->arena, "%lld", (long long)p->member.id));
}

static int
go_to_try(struct page *p)
{
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/feeds/try/%s", page_lang(p),
		text(p, "_try")));
}

int
feeds_new_post(struct page *p)
{
	fault_fields(p, fields);
	read_address(p);
	read_organisation(p);
	feeds_settings(p);
	if (name_twin(p, text(p, "address")))
		fault_say(p, "address", "feeds_there");
	if (fault_any(p))
		return show_form(p, 422);
	if (is_too_often(p))
		return 429;
	if (!page_begin(p))
		return 500;
	page_take(p, "_try",
	    "INSERT INTO state.feed_try (member, address, organisation, lang,"
	    "  theme, country, created) VALUES (:_member, :address,"
	    "  :organisation_id, nullif(:feed_lang, ''), nullif(:theme, ''),"
	    "  nullif(:country, ''), unixepoch()) RETURNING id");
	return page_commit(p) ? go_to_try(p) : 500;
}

/*
 * What was found.
 */

/* What is said of the feed counts for entries that say nothing else. */
/* clang-format off */
#define NEWEST                                                             \
	"SELECT value ->> 'title' AS entry_title,"                         \
	"  value ->> 'link' AS entry_link,"                                \
	"  value ->> 'summary' AS entry_summary,"                          \
	"  nullif(_said, :lang) AS entry_lang,"                            \
	"  " LABEL("language", "_said") " AS entry_lang_label,"            \
	"  value ->> 'published' AS entry_date,"                           \
	"  date_text(substr(value ->> 'published', 1, 10), :lang)"         \
	"   AS entry_date_text"                                            \
	" FROM (SELECT value, coalesce(nullif(:feed_lang, ''),"            \
	"   value ->> 'lang') AS _said"                                    \
	"  FROM json_each(iif(:_newest <> '', :_newest, '[]')))"
/* clang-format on */

void
feeds_preview(struct page *p)
{
	page_rows(p, "newest", NEWEST);
	page_row(p,
	    "SELECT coalesce(:feed_lang, '') = '' AND EXISTS (SELECT 1"
	    "  FROM json_each(iif(:_newest <> '', :_newest, '[]'))"
	    "  WHERE value ->> 'lang' IS NULL) AS _speechless");
	feed_words_faults(p, text(p, "_odd_json"));
}

/* clang-format off */
#define TRY                                                                \
	"SELECT f.id AS _try, f.address, f.state, f.url AS feed_url,"      \
	"  f.title AS feed_title, f.site_url, f.format, f.entries,"        \
	"  " FEED_FORMAT("f.format") " AS format_text,"                    \
	"  f.error, " FEED_ERROR("f.error") " AS error_text, f.detail,"    \
	"  f.state = 'looking' AS _looking, f.state = 'found' AS _found,"  \
	"  f.state = 'failed' AS _failed, f.newest AS _newest,"            \
	"  f.faults AS _odd_json, coalesce(f.others, '[]') AS _others,"    \
	"  f.feed AS _became, f.lang AS feed_lang, f.theme, f.country,"    \
	"  r.slug AS organisation, s.title AS organisation_title,"         \
	"  :_partner AND f.organisation NOT IN (SELECT organisation"       \
	"   FROM spoken_for WHERE member = :_member) AS _unspoken,"        \
	"  s.url AS organisation_url, s.other_lang,"                       \
	"  " LABEL("language", "f.lang") " AS feed_lang_label,"            \
	"  " LABEL("country", "f.country") " AS country_label,"            \
	"  t.title AS theme_title"                                         \
	" FROM state.feed_try f"                                           \
	" LEFT JOIN record r ON r.id = f.organisation"                     \
	" LEFT JOIN shown s ON s.record = r.id AND s.ui = :lang"           \
	" LEFT JOIN record x ON x.kind = 'theme' AND x.slug = f.theme"     \
	" LEFT JOIN shown t ON t.record = x.id AND t.ui = :lang"           \
	" WHERE f.id = :number AND " TENDS_TRY
/* clang-format on */

static bool
find_try(struct page *p)
{
	feed_words(p);
	if (!page_row(p, TRY))
		return false;
	fault_fields(p, fields);
	return true;
}

static int
show_try(struct page *p, int status)
{
	page_form(p);
	feeds_choices(p);
	offer_organisations(p);
	feeds_preview(p);
	page_rows(p, "others",
	    "SELECT key AS choice, value ->> 'url' AS other_url,"
	    "  coalesce(value ->> 'title', value ->> 'url') AS other_title"
	    " FROM json_each(:_others)"
	    " WHERE url_key(value ->> 'url') <> url_key(:feed_url)");
	model_change(&p->model, "title", page_string(p, "feeds_found"));
	return page_show(p, status, "feeds/try");
}

int
feeds_try(struct page *p)
{
	if (!find_try(p))
		return 404;
	if (feeds_number(p, "_became") != 0)
		return page_redirect(p, 303,
		    arena_printf(&p->arena, "/%s/feeds/%s", page_lang(p),
			text(p, "_became")));
	name_twin(p,
	    text(p, *text(p, "feed_url") != '\0' ? "feed_url" : "address"));
	return show_try(p, 200);
}

/* Look once more: at the same address, or at another feed of the site. */
static int
look_again(struct page *p)
{
	if (is_too_often(p))
		return 429;
	page_field(p, "choice");
	if (!page_begin(p))
		return 500;
	page_run(p,
	    "UPDATE state.feed_try SET state = 'looking', asked = 0,"
	    "  address = coalesce((SELECT value ->> 'url'"
	    "   FROM json_each(:_others) WHERE :choice <> ''"
	    "   AND key = CAST (:choice AS INTEGER)), address)"
	    " WHERE id = :_try AND feed IS NULL");
	return page_commit(p) ? go_to_try(p) : 500;
}

bool
feeds_tell_editors(struct page *p)
{
	struct recipient to[RECIPIENTS];
	size_t n = recipients_editors(p, p->member.id, to);

	page_text(p, "who", p->member.name);
	page_text(p, "link", "");
	return recipients_send(p, "feed-waiting", to, n,
	    arena_printf(&p->arena, "/feeds/%s", text(p, "feed")));
}

/* It becomes a feed that waits for an editor. */
static int
send(struct page *p)
{
	bool good;

	if (!page_begin(p))
		return 500;
	good = page_take(p, "feed",
	    "INSERT INTO feed (organisation, member, url, site_url, title,"
	    "  lang, theme, country, created) SELECT organisation, member, url,"
	    "  site_url, coalesce(nullif(title, ''), url), lang, theme, country,"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM state.feed_try t"
	    " WHERE id = :_try AND state = 'found' AND feed IS NULL"
	    " AND (:_may_edit OR organisation IN (SELECT organisation"
	    "  FROM spoken_for WHERE member = :_member))"
	    " AND NOT EXISTS (SELECT 1 FROM feed f"
	    "  WHERE url_key(f.url) = url_key(t.url)) RETURNING id");
	if (!good) { /* sent from another window, or no longer theirs */
		page_rollback(p);
		return go_to_try(p);
	}
	page_run(p, "UPDATE state.feed_try SET feed = :feed WHERE id = :_try");
	model_change(&p->model, "title", text(p, "feed_title"));
	if (!feeds_tell_editors(p)) {
		page_rollback(p);
		return 500;
	}
	return page_commit(p)
	    ? feeds_go(p, arena_printf(&p->arena, "/%s", text(p, "feed")),
		  "feed_sent")
	    : 500;
}

int
feeds_try_post(struct page *p)
{
	const char *action = form_get(&p->form, "_do");

	if (!find_try(p))
		return 404;
	if (strcmp(action, "send") == 0)
		return send(p);
	return strcmp(action, "look") == 0 ? look_again(p) : 400;
}
