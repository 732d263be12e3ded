#include <stdlib.h>
#include <string.h>

#include "data/terms.h"

void
terms_free(struct terms *t)
{
	free(t->names);
	free(t->buckets);
	arena_free(&t->arena);
	*t = (struct terms){ 0 };
}

/* Stop words are left out, unless a name has nothing else. */
static size_t
join_stems(char *key, enum tongue t, const char *name, size_t len, bool all)
{
	struct words w;
	size_t n = 0, words = 0;

	words_start(&w, t, name, len);
	while (words_next(&w)) {
		size_t stem_n;
		const char *stem = words_stem(t, w.word, w.n, &stem_n);

		if (!all && words_is_stop(t, w.word, w.n))
			continue;
		if (n + stem_n + 2 > TERM_KEY || ++words > TERM_WORDS)
			return 0;
		key[n++] = 1;
		memcpy(key + n, stem, stem_n);
		n += stem_n;
	}
	key[n] = '\0';
	return n;
}

size_t
terms_key(char key[TERM_KEY], enum tongue t, const char *name, size_t len)
{
	size_t n = join_stems(key, t, name, len, false);

	return n > 0 ? n : join_stems(key, t, name, len, true);
}

static size_t
bucket_of(const struct terms *t, enum tongue tongue, const char *key)
{
	uint32_t hash = 2166136261u ^ (uint32_t)tongue;

	for (; *key != '\0'; key++)
		hash = (hash ^ (unsigned char)*key) * 16777619u;
	return (hash ^ hash >> 15) & (t->nbuckets - 1);
}

const struct term *
terms_find(const struct terms *t, enum tongue tongue, const char *key)
{
	const struct term *term;

	if (t->n == 0)
		return NULL;
	for (term = t->buckets[bucket_of(t, tongue, key)]; term != NULL;
	     term = term->same)
		if (term->tongue == tongue && strcmp(term->key, key) == 0)
			return term;
	return NULL;
}

/* Names are sorted by record. */
const struct term *
terms_names(const struct terms *t, int64_t record)
{
	size_t low = 0, high = t->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (t->names[middle].record < record)
			low = middle + 1;
		else
			high = middle;
	}
	return low < t->n && t->names[low].record == record ? &t->names[low]
							    : NULL;
}

static void
add(struct terms *t, const struct query *q)
{
	struct term *term = &t->names[t->n];
	const char *lang = db_text(q, 1), *name = db_text(q, 2);
	char key[TERM_KEY];

	*term =
	    (struct term){ .record = db_int(q, 0), .tongue = tongue_of(lang) };
	if (terms_key(key, term->tongue, name, strlen(name)) == 0)
		return;
	term->lang = arena_keep(&t->arena, lang, strlen(lang));
	term->name = arena_keep(&t->arena, name, strlen(name));
	term->key = arena_keep(&t->arena, key, strlen(key));
	t->n++;
}

static void
link_names(struct terms *t)
{
	for (t->nbuckets = 64; t->nbuckets < 2 * t->n; t->nbuckets *= 2)
		;
	t->buckets = calloc(t->nbuckets, sizeof(t->buckets[0]));
	if (t->buckets == NULL)
		abort();
	for (size_t i = t->n; i-- > 0;) {
		struct term *term = &t->names[i];
		const struct term **bucket =
		    &t->buckets[bucket_of(t, term->tongue, term->key)];

		if (i + 1 < t->n && term[1].record == term->record)
			term->next = term + 1;
		term->same = *bucket;
		*bucket = term;
	}
}

void
terms_refresh(struct terms *t, struct db *db, int64_t version)
{
	struct query *q;
	size_t size = 0;

	if (t->version == version)
		return;
	terms_free(t);
	t->version = version;
	q = db_restart(db_query(db,
	    "SELECT n.record, n.lang, n.name FROM term_name n"
	    " JOIN record r ON r.id = n.record AND r.status = 'published'"
	    " ORDER BY n.record, n.lang, n.use = 'preferred' DESC, n.name"));
	while (db_next(q)) {
		if (t->n == size) {
			size = 2 * size + 256;
			t->names =
			    realloc(t->names, size * sizeof(t->names[0]));
			if (t->names == NULL)
				abort();
		}
		add(t, q);
	}
	link_names(t);
}
