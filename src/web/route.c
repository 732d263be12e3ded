#include <stdio.h>
#include <string.h>

#include "base/url.h"
#include "web/admit.h"
#include "web/announce.h"
#include "web/format.h"
#include "web/moved.h"
#include "web/notice.h"
#include "web/preview.h"
#include "web/resend.h"
#include "web/rights.h"
#include "web/route.h"
#include "web/session.h"
#include "web/site.h"
#include "web/tombstone.h"

/* The parts of the site, by the name that tells a layout which is current. */
static const char *const at_sections[] = { "at_library", "at_glossary",
	"at_experts", "at_organisations", "at_countries", "at_regions",
	"at_schemes", "at_themes", "at_questions", "at_conventions", "at_links",
	"at_events", "at_news", "at_search", "at_pages" };

/* Take ".json" off a path; what is left is kept by the page. */
static char *
split_format(struct page *p, const char *path)
{
	size_t len = strlen(path);

	p->format = HTML;
	if (strncmp(path, "/files/", 7) != 0) /* what ends there is a name */
		p->format = format_split(path, &len);
	return page_keep(p, path, len);
}

static const char *
language_of(const char *segment, size_t len)
{
	for (size_t i = 0; site_languages[i] != NULL; i++)
		if (len == 2 && memcmp(segment, site_languages[i], 2) == 0)
			return site_languages[i];
	return NULL;
}

/* Match a path, and name its segments in the model. */
static const char in_segments[] =
    "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDEFGHIJKLMNOPQRSTUVWXYZ";
enum { SMALL_ONLY = 37 };

/* How much of a path is the segment for a key. */
static size_t
segment(const char *key, const char *path)
{
	char small[SMALL_ONLY + 1] = "";

	if (strncmp(key, "token}", 6) == 0)
		return strspn(path, in_segments);
	if (strncmp(key, "file}", 5) == 0)
		return strcspn(path, "/");
	memcpy(small, in_segments, SMALL_ONLY);
	return strspn(path, small);
}

static bool
match(struct page *p, const char *pattern, const char *path)
{
	while (*pattern != '\0') {
		size_t key, len;

		if (*pattern != '{') {
			if (*pattern++ != *path++)
				return false;
			continue;
		}
		key = strcspn(++pattern, "}");
		len = segment(pattern, path);
		if (len == 0)
			return false;
		if (strncmp(pattern, "lang}", 5) == 0 &&
		    language_of(path, len) == NULL)
			return false;
		model_text(&p->model, page_keep(p, pattern, key),
		    page_keep(p, path, len));
		pattern += key + 1;
		path += len;
	}
	return *path == '\0';
}

const char *
route_language(const struct site *s, const struct request *q)
{
	const char *lang = NULL;
	struct buf cookie = { 0 };

	if (http_cookie(&cookie, q->cookie, "lang"))
		lang = language_of(cookie.data, cookie.len);
	buf_free(&cookie);
	return lang != NULL
	    ? lang
	    : http_language(q->accept_language, site_offered(s));
}

static void
name_sections(struct page *p, const char *current)
{
	size_t n = sizeof(at_sections) / sizeof(at_sections[0]);

	for (size_t i = 0; i < n; i++)
		model_text(&p->model, at_sections[i],
		    strcmp(at_sections[i] + 3, current) == 0 ? "1" : "");
}

/* Is what the query says text, once decoded? */
static bool
query_is_text(const char *query)
{
	struct buf text = { 0 };
	bool good = query == NULL || url_decode(&text, query, strlen(query));

	buf_free(&text);
	return good;
}

/* How much of a list's choices is shown makes no other page of it, nor does
 * what has just been done. */
static const char *
canonical(struct page *p, const char *base, const char *path, const char *query)
{
	struct buf less = { 0 }, rest = { 0 };
	const char *kept;

	url_drop(&less, query, "more");
	url_drop(&rest, buf_text(&less) + (less.len > 0), "done");
	kept = arena_printf(&p->arena, "%s%s%s", base, path, buf_text(&rest));
	buf_free(&less);
	buf_free(&rest);
	return kept;
}

/* The part of the site the page is in, "" if none. */
static const char *
section_of(struct page *p)
{
	const char *section = p->route != NULL ? p->route->section : "";

	return strcmp(section, "{part}") == 0
	    ? model_cell(&p->model, "part").text
	    : section;
}

/* What other forms there are of a page, beside feeds, for its links. */
static void
name_formats(struct page *p)
{
	int formats = p->route != NULL ? p->route->formats : 0;

	model_text(&p->model, "cites", formats & CITED ? "1" : "");
	model_text(&p->model, "vcards", formats & VCARD ? "1" : "");
	model_text(&p->model, "skos", formats & SKOS ? "1" : "");
	model_text(&p->model, "tbx", formats & TBX ? "1" : "");
}

/* What every page's model begins with. */
static void
frame(struct page *p, const char *lang, const char *path, const char *query)
{
	const char *section = section_of(p);
	const char *rest = path;
	bool feeds = p->route != NULL && (p->route->formats & ATOM) != 0;
	char *base;

	if (language_of(path + 1, strcspn(path + 1, "/")) != NULL)
		rest = path + 3;
	base = *site_base(p->site) != '\0'
	    ? page_keep(p, site_base(p->site), strlen(site_base(p->site)))
	    : arena_printf(&p->arena, "%s://%s",
		  p->request->scheme != NULL ? p->request->scheme : "http",
		  p->request->host != NULL ? p->request->host : "localhost");
	model_text(&p->model, "lang", lang);
	/* notes and places in sources are in English and have no other text */
	model_text(&p->model, "_notes_lang",
	    strcmp(lang, "en") != 0 ? "en" : "");
	model_text(&p->model, "path", rest);
	model_text(&p->model, "query", query);
	model_text(&p->model, "base", base);
	model_text(&p->model, "canonical", canonical(p, base, path, query));
	model_text(&p->model, "section", section);
	model_text(&p->model, "section_title",
	    *section != '\0' ? page_string(p, section) : "");
	model_text(&p->model, "title",
	    *section != '\0' ? page_string(p, section) : "");
	model_text(&p->model, "feeds", feeds ? "1" : "");
	name_formats(p);
	model_text(&p->model, "at_home", strcmp(rest, "/") == 0 ? "1" : "");
	model_text(&p->model, "_csrf", "");
	name_sections(p, section);
	preview_name(p, rest);
	page_rows(p, "languages",
	    "SELECT lang, name, '/' || lang || :_here ||"
	    "  CASE WHEN :query = '' THEN '' ELSE '?' || :query END AS href,"
	    "  lang = :lang AS current"
	    " FROM language ORDER BY place");
	session_read(p);
	rights_name(p);
	notice_name(p);
	announce_name(p);
	if (p->member.id != 0)
		page_form(p); /* to sign out with */
	p->model.frame = p->model.n;
}

/* The kind of record that {part} stands for, and the record of a {slug}. */
static bool
name_part(struct page *p)
{
	struct db *db = page_db(p);
	struct query *q = db_restart(db_query(db,
	    "SELECT kind FROM kind WHERE path = :part"));
	const char *kind;

	db_set_text(q, "part", model_cell(&p->model, "part").text);
	if (!db_next(q))
		return false;
	kind = page_keep(p, db_text(q, 0), db_cell(q, 0).len);
	db_restart(q);
	page_text(p, "kind", kind);
	q = db_restart(db_query(db,
	    "SELECT id FROM record WHERE kind = :kind AND slug = :slug"));
	db_set_text(q, "kind", kind);
	db_set_text(q, "slug", model_cell(&p->model, "slug").text);
	page_number(p, "record", db_number(q, 0));
	return true;
}

/* Is this a route for the page?  Its names are in the model then. */
static bool
fits(struct page *p, const struct route *r, const char *path)
{
	size_t n = p->model.n;

	if ((r->formats & (int)p->format) != 0 && match(p, r->path, path) &&
	    (strstr(r->path, "{part}") == NULL || name_part(p)))
		return true;
	p->model.n = n;
	return false;
}

/* Find the route; if only the method is wrong, allow says which are right. */
static const struct route *
find(struct page *p, const char *path, struct buf *allow)
{
	const char *method = p->request->method;
	size_t n = p->model.n;

	if (strcmp(method, "HEAD") == 0)
		method = "GET";
	for (const struct route *r = routes; r->method != NULL; r++) {
		if (!fits(p, r, path))
			continue;
		if (strcmp(r->method, method) == 0)
			return r;
		p->model.n = n;
		buf_printf(allow, "%s%s%s", allow->len > 0 ? ", " : "",
		    r->method, strcmp(r->method, "GET") == 0 ? ", HEAD" : "");
	}
	return NULL;
}

/* The string that tells of a status; what is not known is our own fault. */
static const char *
error_key(int status, const char *part)
{
	static const struct {
		int status;
		const char *title, *text;
	} keys[] = {
		{ 400, "error_400", "error_400_text" },
		{ 403, "error_403", "error_403_text" },
		{ 404, "error_404", "error_404_text" },
		{ 405, "error_405", "error_405_text" },
		{ 410, "error_410", "error_410_text" },
		{ 413, "error_413", "error_413_text" },
		{ 503, "error_503", "error_503_text" },
		{ 500, "error_500", "error_500_text" },
	};
	size_t i = 0;

	while (keys[i].status != status && keys[i].status != 500)
		i++;
	return *part == '\0' ? keys[i].title : keys[i].text;
}

static int
error_page(struct page *p, int status)
{
	response_clear(p->response);
	p->model.n = p->model.frame;
	p->model.nrow = 0;
	if (p->format != JSON)
		p->format = HTML;
	model_change(&p->model, "canonical", ""); /* it is no page's address */
	page_number(p, "status", status);
	page_text(p, "title", page_string(p, error_key(status, "")));
	page_text(p, "error_text", page_string(p, error_key(status, "_text")));
	return page_show(p, status, "error");
}

/* Even what tells of an error can fail; plain words can't. */
static int
last_words(struct page *p)
{
	response_clear(p->response);
	return page_send(p, 500, "text/plain; charset=utf-8",
	    "500 Internal Server Error\n", 26);
}

/* Take slashes off the end of a path, and write it in small letters; false if
 * it was so already. */
static bool
tidy_path(char *path)
{
	size_t len = strlen(path);
	bool changed = false;

	for (; len > 1 && path[len - 1] == '/'; changed = true)
		path[--len] = '\0';
	for (char *c = path; *c != '\0'; c++) {
		if (*c < 'A' || *c > 'Z')
			continue;
		*c = (char)(*c - 'A' + 'a');
		changed = true;
	}
	return changed;
}

/* "/en/library/" is "/en/library" and "/en/countries/SN.json" in small letters
 * too, if there is such a page.  "/FR/" is the front page, which ends so. */
static bool
redirect_tidied(struct page *p)
{
	char *path = page_keep(p, p->request->path, strlen(p->request->path));
	const char *query = p->request->query;
	struct buf allow = { 0 };
	size_t n = p->model.n;
	bool found;

	if (!tidy_path(path))
		return false;
	found = find(p, split_format(p, path), &allow) != NULL;
	buf_free(&allow);
	p->model.n = n;
	if (found)
		page_redirect(p, 301,
		    arena_printf(&p->arena, "%s%s%s%s", path,
			language_of(path + 1, strlen(path + 1)) != NULL ? "/"
									: "",
			query != NULL ? "?" : "", query != NULL ? query : ""));
	return found;
}

/* No route: another method, another address, or nothing. */
static int
nowhere(struct page *p, const char *allow)
{
	int status = *allow != '\0' ? 405 : 404;
	const char *now = status == 404 ? moved_to(p) : NULL;

	if (now != NULL)
		return page_redirect(p, 301, now);
	if (status == 404 && redirect_tidied(p))
		return 301;
	status = error_page(p, status);
	if (*allow != '\0')
		response_header(p->response, "allow", allow);
	return status;
}

/* The nearest page to read, from where something was sent. */
static const char *
sent_from(struct page *p)
{
	const char *sent = p->request->path;
	char *path = page_keep(p, sent, strlen(sent)), *end;
	size_t n = p->model.n;

	for (; (end = strrchr(path, '/')) > path; *end = '\0')
		for (const struct route *r = routes; r->method != NULL; r++) {
			if (strcmp(r->method, "GET") != 0 || !fits(p, r, path))
				continue;
			p->model.n = n;
			return path;
		}
	return arena_printf(&p->arena, "/%s/", page_lang(p));
}

/* Why it can't be shown, on a page that leads on. */
static int
refuse(struct page *p, int status)
{
	db_release(page_db(p));
	if (status != 429)
		return error_page(p, status);
	response_clear(p->response);
	return resend_too_often(p, sent_from(p));
}

/* The page itself, or what is to be said of why it can't be shown. */
static int
show(struct page *p)
{
	bool answered = false;
	int status = admit_page(p, &answered);

	if (status == 0) {
		status = p->route->handler(p);
		if (status == 404 && p->response->body.len == 0)
			status = tombstone_show(p);
		answered = p->response->body.len > 0;
	}
	if (site_failure(p->site) != 0) {
		status = site_failure(p->site);
		answered = p->response->finished = false;
	}
	/* a form with faults is a page, whatever its status */
	if (status >= 400 && !answered && !p->response->finished)
		status = refuse(p, status);
	if (status == 503 || status == 429)
		response_header(p->response, "retry-after",
		    arena_printf(&p->arena, "%d",
			p->retry_after > 0 ? p->retry_after : 5));
	return status;
}

void
route_page(struct page *p)
{
	struct buf allow = { 0 };
	char *path = split_format(p, p->request->path);
	const char *given = language_of(path + 1, strcspn(path + 1, "/"));
	const char *lang =
	    given != NULL ? given : route_language(p->site, p->request);
	const char *query = p->request->query;
	bool readable = query_is_text(query);
	int status;

	p->route = find(p, path, &allow);
	frame(p, lang, path, readable && query != NULL ? query : "");
	if (!readable)
		status = error_page(p, 400);
	else
		status =
		    p->route != NULL ? show(p) : nowhere(p, buf_text(&allow));
	buf_free(&allow);
	if (status == 500 && p->response->body.len == 0)
		status = last_words(p);
	p->response->status = status;
	if (status >= 400)
		p->response->lang = lang;
	else if (status == 200)
		p->response->lang = given;
	else if (given == NULL && !p->response->finished)
		response_header(p->response, "vary", "accept-language, cookie");
}
