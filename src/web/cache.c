#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "web/cache.h"
#include "web/respond.h"

enum { BUCKETS = 4096, SHARE = 8 };

struct entry {
	struct entry *next; /* in its bucket */
	struct entry *older, *newer;
	uint64_t hash;
	const char *lang;
	char etag[RESPONSE_ETAG];
	bool compressible;
	struct buf key, head, plain, gzip;
};

struct cache {
	struct compress *compress;
	size_t most, bytes;
	uint64_t stamp;
	struct entry *oldest, *newest;
	struct entry *buckets[BUCKETS];
	struct buf work;
};

struct cache *
cache_open(size_t bytes, struct compress *compress)
{
	struct cache *c = calloc(1, sizeof(*c));

	if (c == NULL)
		abort();
	c->most = bytes;
	c->compress = compress;
	return c;
}

static void
drop(struct cache *c, struct buf *b)
{
	c->bytes -= b->len;
	buf_free(b);
}

static void
set(struct cache *c, struct buf *to, const struct buf *from)
{
	drop(c, to);
	*to = buf_copy(buf_text(from), from->len);
	c->bytes += to->len;
}

/* Take an entry out of the order of use. */
static void
unchain(struct cache *c, struct entry *e)
{
	*(e->older != NULL ? &e->older->newer : &c->oldest) = e->newer;
	*(e->newer != NULL ? &e->newer->older : &c->newest) = e->older;
	e->older = e->newer = NULL;
}

/* Put it at the end of the order: just used. */
static void
chain(struct cache *c, struct entry *e)
{
	e->older = c->newest;
	*(c->newest != NULL ? &c->newest->newer : &c->oldest) = e;
	c->newest = e;
}

static void
forget(struct cache *c, struct entry *e)
{
	struct entry **at = &c->buckets[e->hash % BUCKETS];

	while (*at != e)
		at = &(*at)->next;
	*at = e->next;
	unchain(c, e);
	drop(c, &e->key);
	drop(c, &e->head);
	drop(c, &e->plain);
	drop(c, &e->gzip);
	c->bytes -= sizeof(*e);
	free(e);
}

static void
forget_oldest(struct cache *c)
{
	assert(c->oldest->older == NULL);
	forget(c, c->oldest);
}

static void
make_room(struct cache *c)
{
	while (c->bytes > c->most && c->oldest != NULL)
		forget_oldest(c);
}

void
cache_stamp(struct cache *c, uint64_t stamp)
{
	if (stamp == c->stamp)
		return;
	while (c->oldest != NULL)
		forget_oldest(c);
	c->stamp = stamp;
}

void
cache_close(struct cache *c)
{
	while (c->oldest != NULL)
		forget_oldest(c);
	buf_free(&c->work);
	free(c);
}

size_t
cache_bytes(const struct cache *c)
{
	return c->bytes;
}

static struct entry *
find(const struct cache *c, const struct buf *key, uint64_t hash)
{
	struct entry *e = c->buckets[hash % BUCKETS];

	while (e != NULL &&
	    (e->hash != hash || e->key.len != key->len ||
		memcmp(e->key.data, key->data, key->len) != 0))
		e = e->next;
	return e;
}

/* Compressed when first wanted so; most visitors never want the other. */
static const struct buf *
as_gzip(struct cache *c, struct entry *e)
{
	if (e->gzip.len > 0)
		return &e->gzip;
	buf_clear(&c->work);
	compress_gzip(c->compress, SMALL, &c->work, e->plain.data,
	    e->plain.len);
	set(c, &e->gzip, &c->work);
	drop(c, &e->plain);
	return &e->gzip;
}

static const struct buf *
as_plain(struct cache *c, struct entry *e)
{
	if (e->gzip.len == 0 || e->plain.len > 0)
		return &e->plain;
	buf_clear(&c->work);
	compress_gunzip(c->compress, &c->work, e->gzip.data, e->gzip.len);
	set(c, &e->plain, &c->work);
	return &e->plain;
}

bool
cache_get(struct cache *c, const struct buf *key, const struct request *q,
    struct response *r)
{
	struct entry *e = find(c, key, hash_bytes(key->data, key->len));
	const struct buf *body;

	if (e == NULL)
		return false;
	unchain(c, e);
	chain(c, e);
	r->kept = true;
	r->lang = e->lang;
	buf_put(&r->head, e->head.data, e->head.len);
	switch (respond_sending(q, e->etag, e->compressible)) {
	case SEND_NOTHING:
		r->status = 304;
		return true;
	case SEND_GZIP:
		body = as_gzip(c, e);
		response_header(r, "content-encoding", "gzip");
		break;
	default:
		body = as_plain(c, e);
	}
	r->status = 200;
	buf_put(&r->body, body->data, body->len);
	make_room(c);
	return true;
}

bool
cache_put(struct cache *c, const struct buf *key, const struct response *r)
{
	uint64_t hash = hash_bytes(key->data, key->len);
	struct entry *e = find(c, key, hash);

	if (e != NULL)
		forget(c, e);
	if (r->body.len > c->most / SHARE)
		return false;
	e = calloc(1, sizeof(*e));
	if (e == NULL)
		abort();
	e->hash = hash;
	e->lang = r->lang;
	e->compressible = r->compressible;
	memcpy(e->etag, r->etag, sizeof(e->etag));
	c->bytes += sizeof(*e);
	set(c, &e->key, key);
	set(c, &e->head, &r->head);
	set(c, &e->plain, &r->body);
	e->next = c->buckets[hash % BUCKETS];
	c->buckets[hash % BUCKETS] = e;
	chain(c, e);
	make_room(c);
	return true;
}
