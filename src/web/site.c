#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/db.h"
#include "data/password.h"
#include "view/mail.h"
#include "view/strings.h"
#include "view/tmpl.h"
#include "web/announce.h"
#include "web/asset.h"
#include "web/cache.h"
#include "web/respond.h"
#include "web/route.h"
#include "web/session.h"
#include "web/site.h"

enum { LANGUAGES = 3, TEMPLATES = 256, LONGEST_PATH = 2000, QUERY_MS = 2000 };

const char *const site_languages[] = { "en", "fr", "es", NULL };

struct site {
	struct site_options options;
	struct db *db;
	struct db *writer; /* or NULL */
	struct mailer *mailer;
	unsigned char secret[PASSWORD_KEY];
	bool has_secret;
	struct compress *compress;
	struct assets *assets;
	struct cache *cache; /* or NULL */
	struct announced announced;
	const char *files;
	struct buf key;
	struct tongue {
		const struct assets *assets;
		struct strings *strings;
		struct tmpl *templates[TEMPLATES];
	} tongues[LANGUAGES];
	const char *offered[LANGUAGES + 1];
	char *names[TEMPLATES]; /* of the templates, "library/item" */
	size_t ntemplates;
	struct arena arena;
};

static size_t
language(const char *lang)
{
	for (size_t i = 0; i < LANGUAGES; i++)
		if (strcmp(site_languages[i], lang) == 0)
			return i;
	return 0;
}

/* {{t.key}} is a string, {{a.css/site.css}} the address of an asset. */
static const char *
resolve(const void *ctx, const char *name)
{
	const struct tongue *t = ctx;

	if (strncmp(name, "t.", 2) == 0)
		return strings_get(t->strings, name + 2);
	return strncmp(name, "a.", 2) == 0 ? asset_url(t->assets, name + 2)
					   : NULL;
}

/* Pages go by their name without ".html", other files (".xml") by all of it. */
static void
add_template(struct site *s, const char *prefix, const char *file)
{
	size_t len = strlen(file);

	if (strcmp(file, "layout.html") == 0 || s->ntemplates == TEMPLATES)
		return;
	if (len > 5 && strcmp(file + len - 5, ".html") == 0)
		len -= 5;
	s->names[s->ntemplates++] =
	    arena_printf(&s->arena, "%s%.*s", prefix, (int)len, file);
}

/* Templates are files of assets/templates/ that do not begin with '_'; those
 * in mail/ are view/mail's. */
static void
list_templates(struct site *s, const char *dir, const char *prefix)
{
	char path[512];
	DIR *d;
	struct dirent *e;

	snprintf(path, sizeof(path), "%s/%s", dir, prefix);
	if ((d = opendir(path)) == NULL)
		return;
	while ((e = readdir(d)) != NULL) {
		const char *dot = strrchr(e->d_name, '.');

		if (e->d_name[0] == '.' || e->d_name[0] == '_' ||
		    strcmp(e->d_name, "mail") == 0)
			continue;
		if (dot == NULL && *prefix == '\0')
			list_templates(s, dir,
			    arena_printf(&s->arena, "%s/", e->d_name));
		else if (dot != NULL)
			add_template(s, prefix, e->d_name);
	}
	closedir(d);
}

/* Say each fault once: what is wrong in one language often is in all. */
static void
tell(struct buf *why, const struct buf *faults)
{
	const char *line = buf_text(faults);

	for (size_t n; *line != '\0'; line += n) {
		n = strcspn(line, "\n");
		n += line[n] == '\n';
		if (memmem(buf_text(why), why->len, line, n) == NULL)
			buf_put(why, line, n);
	}
}

static bool
open_tongue(struct site *s, struct tongue *t, const char *lang, struct buf *why)
{
	const char *assets = s->options.assets;
	bool good = true;

	t->assets = s->assets;
	t->strings = strings_open(arena_printf(&s->arena, "%s/strings/%s.yaml",
				      assets, lang),
	    s->options.name, why);
	if (t->strings == NULL)
		return false;
	for (size_t i = 0; i < s->ntemplates; i++) {
		t->templates[i] =
		    tmpl_open(arena_printf(&s->arena, "%s/templates", assets),
			s->names[i], resolve, t, why);
		good = good && t->templates[i] != NULL;
	}
	return good;
}

static bool
open_templates(struct site *s, struct buf *why)
{
	bool good = true;

	list_templates(s,
	    arena_printf(&s->arena, "%s/templates", s->options.assets), "");
	for (size_t l = 0; l < LANGUAGES; l++) {
		struct buf faults = { 0 };

		good = open_tongue(s, &s->tongues[l], site_languages[l],
			   &faults) &&
		    good;
		tell(why, &faults);
		buf_free(&faults);
	}
	return good;
}

static bool
open_parts(struct site *s, struct buf *why)
{
	const struct site_options *o = &s->options;

	s->compress = compress_open();
	if (o->page_cache > 0)
		s->cache = cache_open(o->page_cache, s->compress);
	s->db = db_open(o->database, DB_READ);
	if (db_failed(s->db)) {
		buf_printf(why, "%s: %s\n", o->database, db_error(s->db));
		return false;
	}
	s->assets = assets_open(o->assets, s->compress, why);
	if (s->assets == NULL || !open_templates(s, why))
		return false;
	s->mailer = mailer_open(o->assets, o->name, o->home, why);
	return s->mailer != NULL;
}

/* The languages, one of them moved to the front. */
static void
offer(struct site *s, const char *first)
{
	size_t n = 1, chosen = first != NULL ? language(first) : 0;

	s->offered[0] = site_languages[chosen];
	for (size_t l = 0; l < LANGUAGES; l++)
		if (l != chosen)
			s->offered[n++] = site_languages[l];
}

/* Of a path, up to its last slash. */
static size_t
folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

struct site *
site_open(const struct site_options *options, struct buf *why)
{
	struct site *s = calloc(1, sizeof(*s));

	if (s == NULL)
		abort();
	s->options = *options;
	s->options.database = arena_printf(&s->arena, "%s", options->database);
	s->files = arena_printf(&s->arena, "%.*sfiles",
	    (int)folder_len(options->database), options->database);
	s->options.assets = arena_printf(&s->arena, "%s", options->assets);
	s->options.base = arena_printf(&s->arena, "%s",
	    options->base != NULL ? options->base : "");
	s->options.home = arena_printf(&s->arena, "%s",
	    *s->options.base != '\0'    ? s->options.base
		: options->home != NULL ? options->home
					: "http://localhost");
	s->options.licence = arena_printf(&s->arena, "%s",
	    options->licence != NULL ? options->licence : "");
	s->options.mail = arena_printf(&s->arena, "%s",
	    options->mail != NULL ? options->mail : "mutua@localhost");
	s->options.hub = arena_printf(&s->arena, "%s",
	    options->hub != NULL ? options->hub : "");
	s->options.name = arena_printf(&s->arena, "%s",
	    options->name != NULL ? options->name : "");
	offer(s, options->lang);
	if (open_parts(s, why))
		return s;
	site_close(s);
	return NULL;
}

static void
close_tongue(struct site *s, struct tongue *t)
{
	for (size_t i = 0; i < s->ntemplates; i++)
		if (t->templates[i] != NULL)
			tmpl_free(t->templates[i]);
	if (t->strings != NULL)
		strings_free(t->strings);
}

void
site_close(struct site *s)
{
	for (size_t l = 0; l < LANGUAGES; l++)
		close_tongue(s, &s->tongues[l]);
	if (s->assets != NULL)
		assets_close(s->assets);
	if (s->cache != NULL)
		cache_close(s->cache);
	compress_close(s->compress);
	if (s->mailer != NULL)
		mailer_close(s->mailer);
	if (s->writer != NULL)
		db_close(s->writer);
	db_close(s->db);
	arena_free(&s->arena);
	buf_free(&s->key);
	free(s);
}

struct db *
site_db(struct site *s)
{
	return s->db;
}

struct db *
site_writer(struct site *s)
{
	if (s->writer == NULL)
		s->writer = db_open(s->options.database, DB_WRITE);
	return s->writer;
}

int
site_failure(const struct site *s)
{
	if (db_failed(s->db))
		return db_late(s->db) ? 503 : 500;
	if (s->writer != NULL && db_failed(s->writer))
		return db_fault(s->writer) == DB_BUSY ? 503 : 500;
	return 0;
}

const unsigned char *
site_key(struct site *s)
{
	if (!s->has_secret)
		s->has_secret = db_bytes(db_restart(db_query(s->db,
					     "SELECT value FROM state.secret"
					     " WHERE name = 'form'")),
		    s->secret, sizeof(s->secret));
	return s->secret;
}

struct mailer *
site_mailer(struct site *s)
{
	return s->mailer;
}

const struct announced *
site_announced(struct site *s)
{
	announce_refresh(&s->announced, s->db);
	return &s->announced;
}

const char *
site_base(const struct site *s)
{
	return s->options.base;
}

const char *
site_files(const struct site *s)
{
	return s->files;
}

const char *
site_home(const struct site *s)
{
	return s->options.home;
}

const char *
site_mail(const struct site *s)
{
	return s->options.mail;
}

const char *
site_licence(const struct site *s)
{
	return s->options.licence;
}

const char *
site_hub(const struct site *s)
{
	return s->options.hub;
}

const char *const *
site_offered(const struct site *s)
{
	return s->offered;
}

struct tmpl *
site_template(struct site *s, const char *lang, const char *name)
{
	for (size_t i = 0; i < s->ntemplates; i++)
		if (strcmp(s->names[i], name) == 0)
			return s->tongues[language(lang)].templates[i];
	fprintf(stderr, "site: no template %s\n", name);
	return NULL;
}

const char *
site_string(struct site *s, const char *lang, const char *key)
{
	const char *text = strings_get(s->tongues[language(lang)].strings, key);

	if (text != NULL)
		return text;
	fprintf(stderr, "site: no string %s\n", key);
	return key;
}

/* What pages are made of: the database, and what day it is. */
static uint64_t
stamp(struct site *s)
{
	return (uint64_t)db_version(s->db) << 20 |
	    (uint64_t)(time(NULL) / 86400 & 0xfffff);
}

/* The name a page is kept under: its whole address, and what of that which
 * stands above every page is closed. */
static const struct buf *
key_of(struct site *s, const struct request *q)
{
	buf_clear(&s->key);
	if (*s->options.base == '\0')
		buf_printf(&s->key, "%s://%s",
		    q->scheme != NULL ? q->scheme : "",
		    q->host != NULL ? q->host : "");
	buf_printf(&s->key, "%s?%s %u", q->path,
	    q->query != NULL ? q->query : "",
	    announce_closed(site_announced(s), q));
	return &s->key;
}

static void
make_page(struct site *s, const struct request *q, struct response *r)
{
	struct page p = { .site = s, .request = q, .response = r };

	db_limit(s->db, QUERY_MS);
	route_page(&p);
	if (site_failure(s) != 0)
		r->status = site_failure(s);
	db_release(s->db);
	if (s->writer != NULL)
		db_rollback(s->writer);
	arena_free(&p.arena);
	if (r->work != NULL || r->finished)
		return;
	respond_finish(r,
	    r->status >= 400 || r->personal || strcmp(q->method, "POST") == 0
		? KEEP_NEVER
		: KEEP_ASKING);
}

static void
serve_page(struct site *s, const struct request *q, struct response *r)
{
	bool keeps = s->cache != NULL && !session_is_claimed(q) &&
	    (strcmp(q->method, "GET") == 0 || strcmp(q->method, "HEAD") == 0);

	if (keeps) {
		cache_stamp(s->cache, stamp(s));
		if (cache_get(s->cache, key_of(s, q), q, r))
			return;
	}
	make_page(s, q, r);
	if (r->work != NULL || r->finished)
		return;
	if (!keeps || r->status != 200 || r->personal ||
	    !cache_put(s->cache, key_of(s, q), r)) {
		respond_send(s->compress, q, r);
		return;
	}
	response_clear(r);
	cache_get(s->cache, key_of(s, q), q, r);
	r->kept = false; /* not before, that is */
}

/* The visitor has chosen another language than the one we would choose. */
static void
remember_language(const struct site *s, const struct request *q,
    struct response *r)
{
	const char *type = response_get(r, "content-type");
	char cookie[80];

	if (r->status >= 300 || r->lang == NULL || type == NULL ||
	    strncmp(type, "text/html", 9) != 0 ||
	    (q->cookie == NULL && q->accept_language == NULL) ||
	    strcmp(route_language(s, q), r->lang) == 0)
		return;
	snprintf(cookie, sizeof(cookie),
	    "lang=%s; Path=/; Max-Age=31536000; SameSite=Lax%s", r->lang,
	    q->scheme != NULL && strcmp(q->scheme, "https") == 0 ? "; Secure"
								 : "");
	response_header(r, "set-cookie", cookie);
}

/* Is it a request we can make sense of? */
static bool
is_sensible(const struct request *q)
{
	if (q->path[0] != '/' || strlen(q->path) > LONGEST_PATH)
		return false;
	return q->host == NULL || http_host_valid(q->host);
}

static void
serve_refusal(struct response *r)
{
	static const char text[] = "400 Bad Request\n";

	r->status = 400;
	response_header(r, "content-type", "text/plain; charset=utf-8");
	buf_put(&r->body, text, sizeof(text) - 1);
	respond_finish(r, KEEP_NEVER);
}

void
site_serve(struct site *s, const struct request *q, struct response *r)
{
	if (!is_sensible(q)) {
		serve_refusal(r);
		return;
	}
	if (asset_serve(s->assets, q, r))
		return;
	serve_page(s, q, r);
	if (r->work == NULL)
		remember_language(s, q, r);
}
