#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "view/model.h"
#include "web/form.h"
#include "web/http.h"
#include "web/work.h"

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

enum format {
	HTML = 1 << 0,
	JSON = 1 << 1,
	CSV = 1 << 2,
	ATOM = 1 << 3,
	RSS = 1 << 4,
	JSONFEED = 1 << 5,
	OPML = 1 << 6,
	RIS = 1 << 7,
	BIBTEX = 1 << 8,
	CSLJSON = 1 << 9,
	ICALENDAR = 1 << 10,
	VCARD = 1 << 11,
	RDFXML = 1 << 12,
	TURTLE = 1 << 13,
	TBX = 1 << 14,
};

enum {
	/* The first FEED_MAX of a list, by pages. */
	FEEDS = ATOM | RSS | JSONFEED,
	/* For reference managers. */
	CITED = RIS | BIBTEX | CSLJSON,
	/* Concepts, for programs that know SKOS. */
	SKOS = RDFXML | TURTLE,
	/* All of a list. */
	WHOLE = CSV | CITED | ICALENDAR | VCARD | SKOS | TBX,
};

/* Of more than so many records, whole lists are limited: one of 20,000 keeps a
 * worker busy for a second.  What is kept of pages counts for none. */
enum { LONG_LIST = 1000 };

/* Beside the formats of a route: what is posted needs no token of ours, for
 * its address is a secret (RFC 8058), or it writes nothing (OAI-PMH). */
enum { OPEN = 1 << 20 };

/* Who asks, by web/session.h; a visitor has id 0, and "" for the rest. */
struct member {
	int64_t id;
	const char *name;
	const char *role;
	const char *lang; /* of mails */
	const char *email;
	const char *session; /* hash of its id */
};

struct preview;

struct page {
	struct site *site;
	const struct request *request;
	const struct route *route;
	enum format format;
	struct member member;
	const struct preview *preview; /* of a draft's page, or NULL */
	struct form form;              /* what was posted */
	int64_t record;   /* whose page it is, by record_open(); 0 of lists */
	int64_t form_age; /* seconds since its page was made */
	int retry_after;  /* seconds, with 429 and 503 */
	struct model model;
	struct arena arena;
	struct response *response;
};

typedef int page_handler(struct page *);

/*
 * Who may enter: these, and all after them.  A steward looks after the record
 * that the address names; where it names none, after anything.  An owner is a
 * partner whose news it names.  How rights
 * follow from roles is said in web/rights.c and nowhere else.
 */
enum who { ANYONE, MEMBER, PARTNER, STEWARD, OWNER, EDITOR, ADMINISTRATOR };

/*
 * The site's pages, first match first.  A {name} in a path takes one segment
 * of [a-z0-9-] ({token}: of capitals and _
 * too, {file}: of anything) and is a name in the model; {lang} only takes an interface
 * language.  A route without {lang} is for machines.  {part} is the path of a
 * kind of record: "library"; then the model has kind, and with {slug} record
 * (its id, whatever its status).  section is the path segment and string key
 * of the part of the site ("library"), "{part}", or "".
 *
 * What is posted has been read into page.form, and its token checked, before
 * a handler sees it.
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
 * language only, "" where it is the reader's), _title_text (for a tab), _notice
 * (web/notice.h). */

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

/* What is read; of a preview, what is written and not committed, too. */
struct db *page_db(struct page *);

/* A field that was posted, "" if there is none; it becomes a name in the
 * model, with the blanks around it cut off. */
const char *page_field(struct page *, const char *name);

/* The page has a form: names _csrf, for the partial _csrf.html.  Such a page
 * is for one visitor alone. */
void page_form(struct page *);

/*
 * Write, within one transaction: mutua.db, and state.db as "state".
 *
 *	page_begin(p);
 *	page_run(p, "UPDATE state.watch SET mail = 0 WHERE id = :watch");
 *	if (page_commit(p))
 *		return page_redirect(p, 303, url);
 *
 * Names are bound from the model.  page_run() is false if a constraint forbade
 * it; anything else that fails ends the page as 500 or 503 by itself.  What
 * page_commit() says is on disk.  After page_begin() end with page_commit() or
 * page_rollback().
 */
struct db *page_writer(struct page *);
bool page_begin(struct page *);
bool page_commit(struct page *);
void page_rollback(struct page *);
#define page_run(p, sql) page_run_query((p), db_query(page_writer(p), sql))
bool page_run_query(struct page *, struct query *);

/* The same, for a statement that returns a row: its first column becomes the
 * name in the model; false if there is none. */
#define page_take(p, name, sql) \
	page_take_query((p), (name), db_query(page_writer(p), sql))
bool page_take_query(struct page *, const char *name, struct query *);

/*
 * Have a password hashed (hash NULL: the result's hash), or compared with a
 * hash (the result's fits).  NULL: it is yet to be done; return 0 at once.
 * A handler can have one piece of work.
 */
const struct work *page_work(struct page *, const char *password,
    const char *hash);

/* The same, and if it fits have the next one hashed (next_hash). */
const struct work *page_work_change(struct page *, const char *password,
    const char *hash, const char *next);

/*
 * Queue a mail within the page's transaction (view/mail.h); its template has
 * the names of the page's model.  once may be NULL.  Where it is false, end
 * the page as 500: nothing is written then.
 */
bool page_mail(struct page *, const char *name, const char *recipient,
    const char *lang, const char *once);

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
 * Returns the status it was given, 500, or 429 to who takes too many long lists.
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
