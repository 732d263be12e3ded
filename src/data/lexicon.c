#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/lexicon.h"

static void *
resize(void *old, size_t n, size_t size)
{
	void *new = realloc(old, (n + 1) * size);

	if (new == NULL)
		abort();
	return new;
}

void
lexicon_free(struct lexicon *l)
{
	free(l->words);
	free(l->pool);
	free(l->keys);
	free(l->documents);
	*l = (struct lexicon){ 0 };
}

const char *
lexicon_folded(const struct lexicon *l, const struct lexeme *w)
{
	return l->pool + w->folded;
}

const char *
lexicon_shown(const struct lexicon *l, const struct lexeme *w)
{
	return l->pool + w->shown;
}

/*
 * Stems.
 */

static uint32_t
key_of(enum tongue t, const char *stem, size_t n)
{
	uint32_t hash = 2166136261u ^ (uint32_t)t;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)stem[i]) * 16777619u;
	return hash != 0 ? hash : 1;
}

static size_t
slot_of(const struct lexicon *l, uint32_t key)
{
	size_t i = key ^ key >> 15;

	while (l->keys[i & (l->nkeys - 1)] != 0 &&
	    l->keys[i & (l->nkeys - 1)] != key)
		i++;
	return i & (l->nkeys - 1);
}

static void
grow_stems(struct lexicon *l)
{
	struct lexicon old = *l;

	l->nkeys = old.nkeys > 0 ? 2 * old.nkeys : 1 << 14;
	l->keys = calloc(l->nkeys, sizeof(uint32_t));
	l->documents = calloc(l->nkeys, sizeof(uint32_t));
	if (l->keys == NULL || l->documents == NULL)
		abort();
	for (size_t i = 0; i < old.nkeys; i++) {
		size_t to;

		if (old.keys[i] == 0)
			continue;
		to = slot_of(l, old.keys[i]);
		l->keys[to] = old.keys[i];
		l->documents[to] = old.documents[i];
	}
	free(old.keys);
	free(old.documents);
}

static void
add_stem(struct lexicon *l, enum tongue t, const char *stem, uint32_t documents)
{
	size_t i;

	if (l->nstems >= l->nkeys / 4 * 3)
		grow_stems(l);
	i = slot_of(l, key_of(t, stem, strlen(stem)));
	l->nstems += l->keys[i] == 0;
	l->keys[i] = key_of(t, stem, strlen(stem));
	l->documents[i] += documents;
}

uint32_t
lexicon_documents(const struct lexicon *l, enum tongue t, const char *stem,
    size_t n)
{
	return l->nkeys > 0 ? l->documents[slot_of(l, key_of(t, stem, n))] : 0;
}

/*
 * Words.
 */

static uint32_t
letters_of(const char *folded, size_t n)
{
	uint32_t letters = 0;

	for (size_t i = 0; i < n; i++)
		letters |= 1u << ((unsigned char)folded[i] & 31);
	return letters;
}

static uint32_t
keep(struct lexicon *l, const char *s)
{
	size_t n = strlen(s) + 1, at = l->used;

	if (l->used + n > l->size) {
		l->size = 2 * l->size + n + 65536;
		l->pool = resize(l->pool, l->size, 1);
	}
	memcpy(l->pool + at, s, n);
	l->used += n;
	return (uint32_t)at;
}

/* qsort() passes no context; this is the pool for the time of a sort. */
static const char *sorting;

static int
compare(const void *a, const void *b)
{
	const struct lexeme *v = a, *w = b;
	int order = strcmp(sorting + v->folded, sorting + w->folded);

	return order != 0 ? order : v->tongue - w->tongue;
}

static void
add_word(struct lexicon *l, struct query *q)
{
	struct lexeme *w = &l->words[l->n++];
	const char *folded = db_text(q, 2);
	size_t n = strlen(folded);

	*w = (struct lexeme){ .tongue = (uint8_t)tongue_of(db_text(q, 1)),
		.n = (uint8_t)(n < UINT8_MAX ? n : UINT8_MAX),
		.letters = letters_of(folded, n),
		.documents = (uint32_t)db_int(q, 5) };
	w->folded = w->shown = keep(l, folded);
	if (strcmp(db_text(q, 3), folded) != 0)
		w->shown = keep(l, db_text(q, 3));
	add_stem(l, w->tongue, db_text(q, 4), w->documents);
	l->last = db_int(q, 0);
}

void
lexicon_refresh(struct lexicon *l, struct db *db)
{
	size_t size = l->n;
	struct query *q = db_restart(db_query(db,
	    "SELECT id, lang, folded, word, stem, documents FROM word"
	    " WHERE id > :last ORDER BY id"));

	db_set_int(q, "last", l->last);
	while (db_next(q)) {
		if (l->n == size) {
			size = 2 * size + 1024;
			l->words = resize(l->words, size, sizeof(l->words[0]));
		}
		add_word(l, q);
	}
	if (db_rows(q) == 0)
		return;
	sorting = l->pool;
	qsort(l->words, l->n, sizeof(l->words[0]), compare);
}

/* The first word that is not before s, or not before what begins with s. */
static size_t
bound(const struct lexicon *l, const char *s, size_t n, bool beyond)
{
	size_t low = 0, high = l->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strncmp(l->pool + l->words[middle].folded, s, n);

		if (order < 0 || (beyond && order == 0))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t
lexicon_prefix(const struct lexicon *l, const char *prefix, size_t n,
    size_t *first)
{
	*first = bound(l, prefix, n, false);
	return bound(l, prefix, n, true);
}

/*
 * Did you mean.
 */

/* Of words shorter than so many letters there are too many near. */
enum { ERRORS = 2, SHORT = 4 };

static int
least(int a, int b, int c)
{
	a = a < b ? a : b;
	return a < c ? a : c;
}

/* How many letters to insert, leave out, change or swap with the next one. */
static int
distance(const char *a, size_t na, const char *b, size_t nb)
{
	int rows[3][WORD_MAX + 2];
	int *before = rows[0], *last = rows[1], *now = rows[2], *spare;

	for (size_t j = 0; j <= nb; j++)
		last[j] = (int)j;
	for (size_t i = 1; i <= na; i++) {
		now[0] = (int)i;
		for (size_t j = 1; j <= nb; j++) {
			now[j] = least(last[j] + 1, now[j - 1] + 1,
			    last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] < now[j])
				now[j] = before[j - 2] + 1 < now[j]
				    ? before[j - 2] + 1
				    : now[j];
		}
		spare = before;
		before = last;
		last = now;
		now = spare;
	}
	return last[nb];
}

static int
bits(uint32_t x)
{
	return __builtin_popcount(x);
}

/* How likely this is what was meant; below 0: not at all. */
static double
likeness(const struct lexicon *l, const struct lexeme *w, const char *folded,
    size_t n, enum tongue reader)
{
	const char *s = l->pool + w->folded;
	int errors = distance(folded, n, s, w->n);

	if (errors > (n <= SHORT ? 1 : ERRORS) ||
	    words_is_stop((enum tongue)w->tongue, s, w->n))
		return -1;
	/* Few get the first letter wrong; many write one language in another. */
	return 30 - 9 * errors + log(w->documents) + (*s == *folded ? 2 : 0) +
	    (w->tongue == reader ? 1 : 0);
}

const struct lexeme *
lexicon_nearest(const struct lexicon *l, const char *folded, size_t n,
    enum tongue reader)
{
	const struct lexeme *best = NULL;
	uint32_t letters = letters_of(folded, n);
	double most = 0, like;

	if (n < SHORT || n > WORD_MAX)
		return NULL;
	for (size_t i = 0; i < l->n; i++) {
		const struct lexeme *w = &l->words[i];
		size_t m = w->n;

		if (m + ERRORS < n || m > n + ERRORS || m > WORD_MAX ||
		    w->documents == 0 ||
		    bits(w->letters ^ letters) > 2 * ERRORS)
			continue;
		like = likeness(l, w, folded, n, reader);
		if (like <= most)
			continue;
		most = like;
		best = w;
	}
	return best;
}
