#ifndef WEB_SITE_H
#define WEB_SITE_H

#include <stddef.h>

#include "base/buf.h"
#include "web/http.h"

/*
 * The whole site in one process: templates and strings in every language,
 * assets, one database connection and the page cache.
 *
 * Everything that can be wrong at start is found by site_open(): a template
 * that does not compile, a missing string, a damaged database.
 */
struct site;
struct announced;
struct tmpl;
struct mailer;

struct site_options {
	const char *database; /* path of mutua.db, or ":memory:" */
	const char *assets;   /* the folder with templates, strings, css … */
	const char *base;     /* "https://example.org", or "" to go by Host */
	size_t page_cache;    /* bytes of finished pages to keep; 0 for none */
	const char *name;     /* what the site is called; NULL: as in assets */
	const char *lang;     /* for who asks for none; NULL: the first */
	const char *home;     /* of links in mails, where base is "" */
	const char *licence;  /* of the registry's data; NULL: none is said */
	const char *mail;     /* whom to write to about the site, or NULL */
	const char *hub;      /* of WebSub, for our feeds; NULL: none */
};

/* The interface's languages, NULL-ended, English first. */
extern const char *const site_languages[];

/* The same, but first the one for visitors who ask for none of them. */
const char *const *site_offered(const struct site *);

/* NULL after putting every fault in why, a line each.  The caller closes. */
struct site *site_open(const struct site_options *, struct buf *why);
void site_close(struct site *);

/* The connection that pages are read from; it can't write. */
struct db *site_db(struct site *);

/* The one that writes, opened when it is first needed.  It is another, so that
 * the first sees each write as somebody else's and what was kept is stale. */
struct db *site_writer(struct site *);

/* Has reading or writing failed?  The status to say so with, 503 if trying
 * again helps, or 0. */
int site_failure(const struct site *);

/* The key that forms are signed with: PASSWORD_KEY bytes. */
const unsigned char *site_key(struct site *);

/* The address of the site in mails: base, or where it listens. */
const char *site_home(const struct site *);
const char *site_base(const struct site *);

/* The licence of the registry's data; "" where none is said. */
const char *site_licence(const struct site *);

/* Whom machines' keepers write to: the address that mails come from, or where
 * answers to them go. */
const char *site_mail(const struct site *);

/* The address of the hub that tells of news in our feeds; "" if none does. */
const char *site_hub(const struct site *);

/* The directory of files (data/file.h): "files" beside the database. */
const char *site_files(const struct site *);

/* What is announced now (web/announce.h). */
const struct announced *site_announced(struct site *);

/* What puts mails into the outbox: page_mail(). */
struct mailer *site_mailer(struct site *);

/* A template by "library/item"; NULL if there is none. */
struct tmpl *site_template(struct site *, const char *lang, const char *name);

/* A string by its key; the key itself if there is none. */
const char *site_string(struct site *, const char *lang, const char *key);

/*
 * Answer a request.  The response is complete: status, headers (all but
 * Content-Length and Date) and body, compressed if the request allows.  If
 * there is work to be done first, it has that alone: see web/work.h.
 */
void site_serve(struct site *, const struct request *, struct response *);

#endif
