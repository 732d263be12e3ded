#include <stdio.h>
#include <string.h>

#include "base/url.h"
#include "web/route.h"
#include "web/site.h"

static const struct {
	const char *extension;
	enum format format;
} formats[] = {
	{ ".json", JSON },
	{ ".csv", CSV },
	{ ".atom", ATOM },
	{ ".rss", RSS },
};

/* The parts of the site that a layout may want to mark as the current one. */
static const char *const sections[] = { "library", "glossary", "experts",
	"organisations", "countries", "regions", "schemes", "themes",
	"questions", "conventions", "links", "events", "news", "search",
	"pages" };

/* Take ".json" off a path; what is left is kept by the page. */
static char *
split_format(struct page *p, const char *path)
{
	size_t len = strlen(path);

	p->format = HTML;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		size_t n = strlen(formats[i].extension);

		if (len <= n || strcmp(path + len - n, formats[i].extension))
			continue;
		p->format = formats[i].format;
		len -= n;
		break;
	}
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
		len = strspn(path, "abcdefghijklmnopqrstuvwxyz0123456789-");
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

/* The language of an address, else the visitor's. */
static const char *
visitor_language(struct page *p, const char *path)
{
	const char *lang = NULL;
	struct buf cookie = { 0 };

	if (*path == '/')
		lang = language_of(path + 1, strcspn(path + 1, "/."));
	if (lang == NULL && http_cookie(&cookie, p->request->cookie, "lang"))
		lang = language_of(cookie.data, cookie.len);
	if (lang == NULL)
		lang =
		    http_language(p->request->accept_language, site_languages);
	buf_free(&cookie);
	return lang;
}

static void
name_sections(struct page *p, const char *current)
{
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		char *name = page_keep(p, "at_............", 15);

		snprintf(name, 16, "at_%s", sections[i]);
		model_text(&p->model, name,
		    strcmp(sections[i], current) == 0 ? "1" : "");
	}
}

/* What every page's model begins with. */
static void
frame(struct page *p, const char *lang, const char *path)
{
	const char *query = p->request->query != NULL ? p->request->query : "";
	const char *section = p->route != NULL ? p->route->section : "";
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
	model_text(&p->model, "path", rest);
	model_text(&p->model, "query", query);
	model_text(&p->model, "base", base);
	model_text(&p->model, "canonical",
	    arena_printf(&p->arena, "%s%s%s%s", base, path,
		*query != '\0' ? "?" : "", query));
	model_text(&p->model, "section", section);
	model_text(&p->model, "section_title",
	    *section != '\0' ? page_string(p, section) : "");
	model_text(&p->model, "title",
	    *section != '\0' ? page_string(p, section) : "");
	model_text(&p->model, "feeds", feeds ? "1" : "");
	model_text(&p->model, "at_home", strcmp(rest, "/") == 0 ? "1" : "");
	name_sections(p, section);
	page_rows(p, "languages",
	    "SELECT lang, name, '/' || lang || :path ||"
	    "  CASE WHEN :query = '' THEN '' ELSE '?' || :query END AS href,"
	    "  lang = :lang AS current"
	    " FROM language ORDER BY place");
	p->model.frame = p->model.n;
}

/* Find the route; *other is set if only the method is wrong. */
static const struct route *
find(struct page *p, const char *path, bool *other)
{
	const char *method = p->request->method;

	if (strcmp(method, "HEAD") == 0)
		method = "GET";
	for (const struct route *r = routes; r->method != NULL; r++) {
		struct model saved = p->model;

		if ((r->formats & (int)p->format) == 0 ||
		    !match(p, r->path, path)) {
			p->model = saved;
			continue;
		}
		if (strcmp(r->method, method) == 0)
			return r;
		*other = true;
		p->model = saved;
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
		{ 404, "error_404", "error_404_text" },
		{ 405, "error_405", "error_405_text" },
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
	buf_clear(&p->response->body);
	buf_clear(&p->response->head);
	p->model.n = p->model.frame;
	p->model.nrow = 0;
	if (status == 405)
		response_header(p->response, "allow", "GET, HEAD");
	page_number(p, "status", status);
	page_text(p, "title", page_string(p, error_key(status, "")));
	page_text(p, "error_text", page_string(p, error_key(status, "_text")));
	return page_show(p, status, "error");
}

void
route_page(struct page *p)
{
	bool other = false;
	char *path = split_format(p, p->request->path);
	const char *lang = visitor_language(p, path);
	int status;

	p->route = find(p, path, &other);
	frame(p, lang, path);
	if (p->route != NULL)
		status = p->route->handler(p);
	else
		status = other ? 405 : 404;
	if (db_failed(page_db(p)))
		status = 500;
	if (status >= 400) {
		db_release(page_db(p));
		status = error_page(p, status);
	}
	p->response->status = status;
}
