#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "base/utf8.h"
#include "view/tmpl.h"
#include "web/describe.h"
#include "web/format.h"
#include "web/limit.h"
#include "web/page.h"
#include "web/select.h"
#include "web/site.h"

enum { PARAM_MAX = 400, FEED_MAX = 50 };

char *
page_keep(struct page *p, const char *s, size_t len)
{
	return arena_keep(&p->arena, s, len);
}

const char *
page_lang(const struct page *p)
{
	return model_cell(&p->model, "lang").text;
}

struct db *
page_db(struct page *p)
{
	return p->preview != NULL ? site_writer(p->site) : site_db(p->site);
}

const char *
page_string(struct page *p, const char *key)
{
	return site_string(p->site, page_lang(p), key);
}

const char *
page_param(struct page *p, const char *name)
{
	struct buf value = { 0 };
	size_t len;
	char *kept;

	if (p->request->query != NULL)
		url_param(&value, p->request->query, name);
	len = value.len < PARAM_MAX ? value.len : PARAM_MAX;
	len = utf8_valid(buf_text(&value), len);
	kept = page_keep(p, buf_text(&value), len);
	buf_free(&value);
	model_text(&p->model, name, kept);
	return kept;
}

int64_t
page_param_int(struct page *p, const char *name, int64_t otherwise, int64_t low,
    int64_t high)
{
	struct buf value = { 0 };
	int64_t n = otherwise;
	char *end;

	if (p->request->query != NULL &&
	    url_param(&value, p->request->query, name) && value.len > 0) {
		n = strtoll(value.data, &end, 10);
		if (*end != '\0')
			n = otherwise;
	}
	buf_free(&value);
	n = n < low ? low : n > high ? high : n;
	page_number(p, name, n);
	return n;
}

void
page_text(struct page *p, const char *name, const char *text)
{
	model_text(&p->model, name, page_keep(p, text, strlen(text)));
}

void
page_number(struct page *p, const char *name, int64_t n)
{
	model_number(&p->model, name,
	    arena_printf(&p->arena, "%lld", (long long)n));
}

static void
page_link(struct page *p, const char *name, bool there, int64_t number)
{
	struct buf url = { 0 };
	char digits[24];

	snprintf(digits, sizeof(digits), "%lld", (long long)number);
	if (there)
		url_set(&url, model_cell(&p->model, "query").text, "page",
		    digits);
	page_text(p, name, buf_text(&url));
	buf_free(&url);
}

/* A page past the last shows the last, and that is its address. */
static void
name_last_page(struct page *p, int64_t pages)
{
	const char *here = model_cell(&p->model, "canonical").text;
	size_t path = strcspn(here, "?");
	struct buf url = { 0 };
	char digits[24];

	snprintf(digits, sizeof(digits), "%lld", (long long)pages);
	buf_put(&url, here, path);
	url_set(&url, here + path + (here[path] == '?'), "page",
	    pages > 1 ? digits : NULL);
	model_change(&p->model, "canonical", page_keep(p, url.data, url.len));
	buf_free(&url);
}

void
page_paging(struct page *p, int64_t total, int64_t per_page)
{
	int64_t pages, page, limit;

	if (p->format & FEEDS)
		per_page = FEED_MAX;
	pages = total > 0 ? (total + per_page - 1) / per_page : 1;
	if (page_param_int(p, "page", 1, 1, INT64_MAX) > pages)
		name_last_page(p, pages);
	page = page_param_int(p, "page", 1, 1, pages);
	limit = p->format & WHOLE ? -1 : per_page;
	page_number(p, "total", total);
	page_text(p, "_single", total == 1 ? "1" : "");
	page_number(p, "pages", pages);
	page_number(p, "paged", pages > 1);
	page_number(p, "limit", limit);
	page_number(p, "offset", limit == -1 ? 0 : (page - 1) * limit);
	page_link(p, "previous_url", page > 1, page - 1);
	page_link(p, "next_url", page < pages, page + 1);
}

/*
 * What a browser's tab and a feed are called: the title, after what was looked
 * for, and with the page of the list: "mutual – Library, page 7".
 */
static void
name_title(struct page *p)
{
	const char *title = model_cell(&p->model, "title").text;
	const char *q = model_cell(&p->model, "q").text;
	const char *page = model_cell(&p->model, "page").text;
	struct buf text = { 0 };

	if (*q != '\0')
		buf_printf(&text, "%s – ", q);
	buf_puts(&text, title);
	if (*page != '\0' && strcmp(page, "1") != 0)
		buf_printf(&text, ", %s %s", page_string(p, "paging_page"),
		    page);
	page_text(p, "_title_text", text.data);
	buf_free(&text);
}

/* What a feed is called, and the address of it: whatever page of the list it
 * is, and in whatever order. */
static void
name_feed(struct page *p)
{
	page_text(p, "_feed_title",
	    arena_printf(&p->arena, "%s%s", model_cell(&p->model, "title").text,
		model_cell(&p->model, "_choice").text));
	page_text(p, "_feed_query",
	    select_tidy(p, model_cell(&p->model, "query").text));
}

/* What was looked for, as a query of another address. */
static void
name_search(struct page *p)
{
	const char *q = model_cell(&p->model, "q").text;
	struct buf query = { 0 };

	url_set(&query, "", "q", *q != '\0' ? q : NULL);
	page_text(p, "_search_query", *q != '\0' ? buf_text(&query) : "");
	buf_free(&query);
}

/* A list as a query of the page where one asks for it by mail. */
static void
name_list(struct page *p)
{
	struct buf path = { 0 }, query = { 0 };
	const char *asked = model_cell(&p->model, "query").text;

	url_set(&path, "", "path", model_cell(&p->model, "path").text);
	url_set(&query, path.data + 1, "query", *asked != '\0' ? asked : NULL);
	page_text(p, "_list_query", query.data);
	buf_free(&path);
	buf_free(&query);
}

/* The last step of the breadcrumb: "" on the page of a section itself. */
static void
name_crumb(struct page *p)
{
	const char *title = model_cell(&p->model, "title").text;
	const char *section = model_cell(&p->model, "section_title").text;

	page_text(p, "_crumb", strcmp(title, section) != 0 ? title : "");
}

static int
render(struct page *p, int status, const char *template, const char *type)
{
	struct tmpl *t = site_template(p->site, page_lang(p), template);

	response_header(p->response, "content-type", type);
	if (t != NULL && tmpl_render(t, &p->model, &p->response->body))
		return status;
	buf_clear(&p->response->body); /* never half a page */
	return 500;
}

static bool
is_long(const struct page *p)
{
	return (p->format & WHOLE) != 0 &&
	    strtoll(model_cell(&p->model, "total").text, NULL, 10) > LONG_LIST;
}

int
page_show(struct page *p, int status, const char *template)
{
	if (is_long(p) && !limit_take(p, LIMIT_WHOLE, NULL)) {
		p->format = HTML;
		model_change(&p->model, "title", page_string(p, "error_429"));
		return page_show(p, 429, "too_often");
	}
	name_crumb(p);
	name_title(p);
	name_feed(p);
	name_search(p);
	name_list(p);
	if (format_show(p))
		return status;
	describe_page(p);
	return render(p, status, template, "text/html; charset=utf-8");
}

int
page_file(struct page *p, const char *template, const char *type)
{
	return render(p, 200, template, type);
}

int
page_redirect(struct page *p, int status, const char *url)
{
	response_header(p->response, "location", url);
	return status;
}

int
page_send(struct page *p, int status, const char *type, const char *bytes,
    size_t len)
{
	response_header(p->response, "content-type", type);
	buf_put(&p->response->body, bytes, len);
	return status;
}
