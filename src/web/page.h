#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "view/model.h"
#include "web/http.h"

/*
 * A page: one request on its way to becoming HTML, JSON, CSV or a feed.
 *
 * A handler names what will be shown, then names the template and returns
 * the status.  It frees nothing and checks nothing twice: texts and queries
 * end with the page, and a failed query turns whatever was rendered into a
 * 500.  The same model answers .json, .csv, .atom and .rss; the handler does
 * not know which was asked, except through page_limit().
 */
struct site;

enum format { HTML = 1, JSON = 2, CSV = 4, ATOM = 8, RSS = 16 };

struct page {
	struct site *site;
	const struct request *request;
	const struct route *route;
	enum format format;
	struct model model;
	struct arena arena;
	struct response *response;
};

typedef int page_handler(struct page *);

/* Who may enter. */
enum who { ANYONE };

/*
 * The site's pages, first match first.  A {name} in a path takes one segment
 * of [a-z0-9-] and is a name in the model; {lang} only takes an interface
 * language.  A route without {lang} is for machines.  section is the path
 * segment and string key of the part of the site ("library"), or "".
 */
struct route {
	const char *method;
	const char *path;
	int formats; /* of enum format, added up */
	enum who who;
	page_handler *handler;
	const char *section;
};

extern const struct route routes[];

/* In every model: lang, path (without language and extension: "/library/x"),
 * query (as sent, "" if none), canonical (the absolute address, "" of an error),
 * base (scheme and host), section, _notes_lang (of words that are in one
 * language only, "" where it is the reader's), _title_text (for a tab). */

/* A decoded argument of the address, "" if there is none; it becomes a name
 * in the model.  Cut to 400 bytes at a character. */
const char *page_param(struct page *, const char *name);

/* The same as a number from low to high, or otherwise. */
int64_t page_param_int(struct page *, const char *name, int64_t otherwise,
    int64_t low, int64_t high);

/* Name a value in the model; text is copied.  A name that begins with '_' is
 * for templates alone: other formats leave it out. */
void page_text(struct page *, const char *name, const char *text);
void page_number(struct page *, const char *name, int64_t);

/* A string of the page's language by its key. */
const char *page_string(struct page *, const char *key);

/* A text the page keeps until its end. */
char *page_keep(struct page *, const char *, size_t);

const char *page_lang(const struct page *);
struct db *page_db(struct page *);

/*
 * Name the rows of a query.  "results" is the list that .csv and feeds show;
 * page_rows_in() names rows that are shown within each row of others.
 */
#define page_rows(p, name, sql) \
	model_rows(&(p)->model, (name), "", db_query(page_db(p), sql))
#define page_rows_in(p, within, name, sql) \
	model_rows(&(p)->model, (name), (within), db_query(page_db(p), sql))

/* Run a query for one row: its columns become names; false if it has none. */
#define page_row(p, sql) model_row(&(p)->model, db_query(page_db(p), sql))

/*
 * Say how many rows a list has in all.  Names total, page, pages,
 * paged (1 if there are more than one),
 * previous_url and next_url ("" where there is none), limit and offset, which the list's query
 * uses as LIMIT :limit OFFSET :offset.  In .csv the limit takes everything,
 * in feeds the first 50.
 */
void page_paging(struct page *, int64_t total, int64_t per_page);

/*
 * Show the model by a template; for other formats by the format's writer.
 * Returns the status it was given, or 500.
 */
int page_show(struct page *, int status, const char *template);

/* Show the model by a template that is no HTML ("machine/robots.txt"). */
int page_file(struct page *, const char *template, const char *type);

/* Send the visitor elsewhere: 301, 302, 303 or 308. */
int page_redirect(struct page *, int status, const char *url);

/* Send finished bytes (an asset, robots.txt). */
int page_send(struct page *, int status, const char *type, const char *bytes,
    size_t len);

#endif
