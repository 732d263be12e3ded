#include <stdlib.h>
#include <string.h>

#include "data/postings.h"

/* The list and what it points to, about as malloc() sees it. */
static size_t
bytes_of(const struct list *l)
{
	return sizeof(*l) + strlen(l->key) + 64 +
	    l->size * (sizeof(l->texts[0]) + sizeof(l->says[0]));
}

static void
drop(struct postings *p, struct list *l)
{
	if (l == NULL)
		return;
	p->bytes -= bytes_of(l);
	free(l->key);
	free(l->texts);
	free(l->says);
	free(l);
}

void
postings_clear(struct postings *p)
{
	for (size_t i = 0; i < p->size; i++)
		drop(p, p->lists[i]);
	free(p->lists);
	*p = (struct postings){ .most = p->most };
}

static uint32_t
hash_of(const char *key)
{
	uint32_t hash = 2166136261u;

	for (; *key != '\0'; key++)
		hash = (hash ^ (unsigned char)*key) * 16777619u;
	return hash;
}

static struct list **
slot_of(const struct postings *p, const char *key, uint32_t hash)
{
	size_t i = hash & (p->size - 1);

	while (p->lists[i] != NULL &&
	    (p->lists[i]->hash != hash || strcmp(p->lists[i]->key, key) != 0))
		i = (i + 1) & (p->size - 1);
	return &p->lists[i];
}

const struct list *
postings_find(struct postings *p, const char *key, uint32_t query)
{
	struct list *l;

	if (p->size == 0)
		return NULL;
	l = *slot_of(p, key, hash_of(key));
	if (l != NULL)
		l->used = query;
	return l;
}

/* Move all lists to a hash of another size, but those not used since. */
static void
rehash(struct postings *p, size_t size, uint32_t since)
{
	struct list **old = p->lists;
	size_t nold = p->size;

	p->lists = calloc(size + 1, sizeof(p->lists[0]));
	if (p->lists == NULL)
		abort();
	p->size = size;
	p->n = 0;
	for (size_t i = 0; i < nold; i++) {
		if (old[i] == NULL)
			continue;
		if (old[i]->used < since) {
			drop(p, old[i]);
			continue;
		}
		*slot_of(p, old[i]->key, old[i]->hash) = old[i];
		p->n++;
	}
	free(old);
}

static int
compare(const void *a, const void *b)
{
	uint32_t m = *(const uint32_t *)a, n = *(const uint32_t *)b;

	return m < n ? -1 : m > n;
}

/* Drop the quarter that was used longest ago. */
static void
make_room(struct postings *p, uint32_t query)
{
	uint32_t *used = calloc(p->n + 1, sizeof(*used)), since;
	size_t n = 0;

	if (used == NULL)
		abort();
	for (size_t i = 0; i < p->size; i++)
		if (p->lists[i] != NULL)
			used[n++] = p->lists[i]->used;
	qsort(used, n, sizeof(used[0]), compare);
	since = used[n / 4] + 1;
	free(used);
	rehash(p, p->size, since < query ? since : query);
}

void
postings_begin(struct postings *p, const char *key, uint32_t query)
{
	struct list *l = calloc(1, sizeof(*l));

	if (l == NULL || (l->key = strdup(key)) == NULL)
		abort();
	l->hash = hash_of(key);
	l->used = query;
	p->open = l;
}

static void
resize(struct list *l, size_t n)
{
	l->size = n;
	l->texts = realloc(l->texts, (n + 1) * sizeof(l->texts[0]));
	l->says = realloc(l->says, (n + 1) * sizeof(l->says[0]));
	if (l->texts == NULL || l->says == NULL)
		abort();
}

void
postings_add(struct postings *p, uint32_t text, float score, int bits)
{
	struct list *l = p->open;
	float most = (UINT16_MAX >> POSTING_SCORE) / 256.0f;

	if (l->n == l->size)
		resize(l, 2 * l->n + 16);
	if (score > most)
		score = most;
	l->texts[l->n] = text;
	l->says[l->n++] =
	    (uint16_t)((int)(score * 256) << POSTING_SCORE | bits);
}

const struct list *
postings_keep(struct postings *p, bool whole)
{
	struct list *l = p->open;

	resize(l, l->n);
	/* A key that nobody asks for. */
	if (!whole)
		*l->key = '\0';
	p->open = NULL;
	if (p->bytes > p->most && p->n > 0)
		make_room(p, l->used);
	if (p->n >= p->size / 2)
		rehash(p, p->size > 0 ? 2 * p->size : 256, 0);
	p->bytes += bytes_of(l);
	*slot_of(p, l->key, l->hash) = l;
	p->n++;
	return l;
}
