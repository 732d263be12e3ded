#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "web/asset.h"
#include "web/respond.h"

enum { ASSETS = 128, BIGGEST = 4 << 20 };

static const struct {
	const char *extension, *type;
} types[] = {
	{ ".css", "text/css; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".jpg", "image/jpeg" },
	{ ".webp", "image/webp" },
	{ ".ico", "image/x-icon" },
	{ ".webmanifest", "application/manifest+json" },
};

struct asset {
	const char *name; /* "css/site.css" */
	const char *url;  /* with the hash in it */
	const char *type;
	struct response lasting, passing; /* by either address */
	struct buf gzip;
};

struct assets {
	struct asset all[ASSETS];
	size_t n;
	struct arena arena;
	struct compress *compress;
	struct buf *why;
	bool failed;
};

static const char *
type_of(const char *name)
{
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot != NULL && i < sizeof(types) / sizeof(types[0]);
	     i++)
		if (strcmp(dot, types[i].extension) == 0)
			return types[i].type;
	return NULL;
}

static bool
read_file(const char *path, struct buf *to)
{
	FILE *f = fopen(path, "r");
	char block[8192];
	size_t n;
	bool good;

	if (f == NULL)
		return false;
	while ((n = fread(block, 1, sizeof(block), f)) > 0 && to->len < BIGGEST)
		buf_put(to, block, n);
	good = ferror(f) == 0;
	fclose(f);
	return good;
}

static void
prepare(const struct asset *a, struct response *r, enum keep keep)
{
	r->status = 200;
	response_header(r, "content-type", a->type);
	respond_finish(r, keep);
}

static void
add(struct assets *s, const char *path, const char *name)
{
	struct asset *a = &s->all[s->n];
	struct buf *body = &a->lasting.body;
	const char *dot = strrchr(name, '.');

	if (s->n == ASSETS || !read_file(path, body)) {
		buf_printf(s->why, "%s: %s\n", path,
		    s->n == ASSETS ? "too many assets" : strerror(errno));
		s->failed = true;
		return;
	}
	a->name = name;
	a->type = type_of(name);
	a->url =
	    arena_printf(&s->arena, "/assets/%.*s.%08x%s", (int)(dot - name),
		name, (unsigned)hash_bytes(body->data, body->len), dot);
	buf_put(&a->passing.body, body->data, body->len);
	prepare(a, &a->lasting, KEEP_FOREVER);
	prepare(a, &a->passing, KEEP_ASKING);
	buf_free(&a->passing.body); /* the same */
	if (a->lasting.compressible)
		compress_gzip(s->compress, SMALL, &a->gzip, body->data,
		    body->len);
	s->n++;
}

static void
list(struct assets *s, const char *dir, const char *prefix)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	if (d == NULL) {
		buf_printf(s->why, "%s: %s\n", dir, strerror(errno));
		s->failed = true;
		return;
	}
	while ((e = readdir(d)) != NULL) {
		char *path = arena_printf(&s->arena, "%s/%s", dir, e->d_name);
		char *name = arena_printf(&s->arena, "%s%s", prefix, e->d_name);

		if (e->d_name[0] == '.')
			continue;
		if (strchr(e->d_name, '.') != NULL) {
			if (*prefix != '\0' && type_of(name) != NULL)
				add(s, path, name);
		} else if (strcmp(name, "templates") != 0 &&
		    strcmp(name, "strings") != 0) {
			list(s, path, arena_printf(&s->arena, "%s/", name));
		}
	}
	closedir(d);
}

struct assets *
assets_open(const char *dir, struct compress *compress, struct buf *why)
{
	struct assets *s = calloc(1, sizeof(*s));

	if (s == NULL)
		abort();
	s->compress = compress;
	s->why = why;
	list(s, dir, "");
	if (!s->failed)
		return s;
	assets_close(s);
	return NULL;
}

void
assets_close(struct assets *s)
{
	for (size_t i = 0; i < s->n; i++) {
		response_free(&s->all[i].lasting);
		response_free(&s->all[i].passing);
		buf_free(&s->all[i].gzip);
	}
	arena_free(&s->arena);
	free(s);
}

const char *
asset_url(const struct assets *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->all[i].name, name) == 0)
			return s->all[i].url;
	return NULL;
}

static void
answer(const struct asset *a, const struct response *kept,
    const struct request *q, struct response *r)
{
	enum sending form = respond_sending(q, kept->etag, kept->compressible);
	const struct buf *body =
	    form == SEND_GZIP ? &a->gzip : &a->lasting.body;

	buf_put(&r->head, kept->head.data, kept->head.len);
	r->status = form == SEND_NOTHING ? 304 : 200;
	if (form == SEND_GZIP)
		response_header(r, "content-encoding", "gzip");
	if (form != SEND_NOTHING)
		buf_put(&r->body, body->data, body->len);
}

bool
asset_serve(const struct assets *s, const struct request *q, struct response *r)
{
	static const char prefix[] = "/assets/";
	size_t n = sizeof(prefix) - 1;

	if (strncmp(q->path, prefix, n) != 0)
		return false;
	for (size_t i = 0; i < s->n; i++) {
		const struct asset *a = &s->all[i];

		if (strcmp(a->url, q->path) == 0)
			answer(a, &a->lasting, q, r);
		else if (strcmp(a->name, q->path + n) == 0)
			answer(a, &a->passing, q, r);
		else
			continue;
		return true;
	}
	return false;
}
