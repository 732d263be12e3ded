#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "data/vocabulary.h"

#include <sqlite3.h>

enum { SHOWN_MAX = 64, SIZE = 1 << 14 };

struct entry {
	const char *folded; /* NULL: free */
	const char *shown;
	uint32_t hash;
	enum tongue tongue;
	uint32_t text; /* the last text that had it */
	int change;
};

struct vocabulary {
	struct db *db;
	struct entry *entries;
	size_t n, size; /* a power of two, at most half full */
	struct arena arena;
	uint32_t text;    /* the number of the text being counted */
	uint32_t flushed; /* and of the last one written */
};

static void
clear(void *vocabulary)
{
	struct vocabulary *v = vocabulary;

	memset(v->entries, 0, v->size * sizeof(v->entries[0]));
	arena_reset(&v->arena);
	v->n = 0;
}

static void
end(void *vocabulary)
{
	struct vocabulary *v = vocabulary;

	sqlite3_rollback_hook(db_handle(v->db), NULL, NULL);
	arena_free(&v->arena);
	free(v->entries);
	free(v);
}

static struct entry *
allocate(size_t n)
{
	struct entry *entries = calloc(n, sizeof(*entries));

	if (entries == NULL)
		abort();
	return entries;
}

static struct vocabulary *
vocabulary(struct db *db)
{
	struct vocabulary *v = db_part(db, DB_PART_WORDS);

	if (v != NULL)
		return v;
	v = calloc(1, sizeof(*v));
	if (v == NULL)
		abort();
	v->db = db;
	v->size = SIZE;
	v->entries = allocate(v->size);
	db_keep_part(db, DB_PART_WORDS, v, end);
	sqlite3_rollback_hook(db_handle(db), clear, v);
	return v;
}

static uint32_t
hash_of(const struct words *w)
{
	uint32_t hash = 2166136261u ^ (uint32_t)w->tongue;

	for (size_t i = 0; i < w->n; i++)
		hash = (hash ^ (unsigned char)w->word[i]) * 16777619u;
	return hash ^ hash >> 15;
}

static bool
is_same(const struct entry *e, const struct words *w, uint32_t hash)
{
	return e->hash == hash && e->tongue == w->tongue &&
	    strncmp(e->folded, w->word, w->n) == 0 && e->folded[w->n] == '\0';
}

static void
grow(struct vocabulary *v)
{
	size_t size = 2 * v->size, to;
	struct entry *new = allocate(size);

	for (size_t i = 0; i < v->size; i++) {
		if (v->entries[i].folded == NULL)
			continue;
		to = v->entries[i].hash & (size - 1);
		while (new[to].folded != NULL)
			to = (to + 1) & (size - 1);
		new[to] = v->entries[i];
	}
	free(v->entries);
	v->entries = new;
	v->size = size;
}

static struct entry *
entry_of(struct vocabulary *v, const struct words *w)
{
	uint32_t hash = hash_of(w);
	size_t i = hash & (v->size - 1);
	struct entry *e = &v->entries[i];

	while (e->folded != NULL && !is_same(e, w, hash)) {
		i = (i + 1) & (v->size - 1);
		e = &v->entries[i];
	}
	if (e->folded != NULL)
		return e;
	if (++v->n > v->size / 2) {
		grow(v);
		v->n--;
		return entry_of(v, w);
	}
	*e = (struct entry){ .hash = hash, .tongue = w->tongue };
	e->folded = e->shown = arena_keep(&v->arena, w->word, w->n);
	return e;
}

/* The word in small letters but with its accents; returns its length, 0 if
 * it has none. */
static size_t
as_written(const struct words *w, char *to)
{
	size_t len = w->end - w->start, used, n = 0;
	const char *s;

	if (len > SHOWN_MAX - 8 || len <= w->n)
		return 0;
	s = w->text + w->start;
	for (size_t i = 0; i < len; i += used) {
		uint32_t c = utf8_next(s + i, len - i, &used);

		n += utf8_put(to + n, (uint32_t)u_tolower((UChar32)c));
	}
	return n;
}

static void
count(struct vocabulary *v, const struct words *w, int sign)
{
	char shown[2 * SHOWN_MAX];
	struct entry *e;
	size_t n;

	if (w->n < 2 || w->n >= WORD_MAX || !w->plain)
		return;
	e = entry_of(v, w);
	if (e->text != v->text)
		e->change += sign;
	e->text = v->text;
	n = as_written(w, shown);
	/* Capitals often lack their accents: the fullest form is right. */
	if (n > strlen(e->shown))
		e->shown = arena_keep(&v->arena, shown, n);
}

/* "micro-insurance" is found as "microinsurance" too. */
static void
count_joined(struct vocabulary *v, const struct words *w, int sign)
{
	struct words joined = {
		.tongue = w->tongue, .n = w->joined_n, .plain = w->plain
	};

	if (w->joined_n >= WORD_MAX)
		return;
	memcpy(joined.word, w->joined, w->joined_n);
	count(v, &joined, sign);
}

size_t
vocabulary_count(struct db *db, enum tongue tongue, const char *const *parts,
    size_t nparts, int sign)
{
	struct vocabulary *v = vocabulary(db);
	struct words w;
	size_t n = 0;

	v->text++;
	for (size_t i = 0; i < nparts; i++) {
		words_start(&w, tongue, parts[i], strlen(parts[i]));
		while (words_next(&w)) {
			count(v, &w, sign);
			if (w.joined_n > 0)
				count_joined(v, &w, sign);
			n++;
		}
	}
	return n;
}

static void
write_entry(struct db *db, const struct entry *e)
{
	size_t n = strlen(e->folded), stem_n;
	const char *stem = words_stem(e->tongue, e->folded, n, &stem_n);
	char copy[WORD_MAX + 32];
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO word (lang, folded, word, stem, documents)"
	    " VALUES (:lang, :folded, :word, :stem, :change)"
	    " ON CONFLICT (lang, folded) DO UPDATE SET"
	    " documents = documents + excluded.documents,"
	    " word = CASE WHEN length(CAST (excluded.word AS BLOB))"
	    "  > length(CAST (word AS BLOB))"
	    "  THEN excluded.word ELSE word END"));

	memcpy(copy, stem, stem_n);
	copy[stem_n] = '\0';
	db_set_text(q, "lang", tongue_name(e->tongue));
	db_set_text(q, "folded", e->folded);
	db_set_text(q, "word", e->shown);
	db_set_text(q, "stem", copy);
	db_set_int(q, "change", e->change);
	db_run(q);
}

/* A word that no text has any more. */
static void
drop_entry(struct db *db, const struct entry *e)
{
	struct query *q = db_restart(db_query(db,
	    "DELETE FROM word WHERE lang = :lang AND folded = :folded"
	    " AND documents <= 0"));

	db_set_text(q, "lang", tongue_name(e->tongue));
	db_set_text(q, "folded", e->folded);
	db_run(q);
}

static int
compare(const void *a, const void *b)
{
	const struct entry *v = *(struct entry *const *)a;
	const struct entry *w = *(struct entry *const *)b;

	return v->tongue != w->tongue ? (int)v->tongue - (int)w->tongue
				      : strcmp(v->folded, w->folded);
}

/* In the order of the table's index: neighbours are on one page. */
static void
write_all(struct vocabulary *v)
{
	struct entry **sorted = calloc(v->n + 1, sizeof(struct entry *));
	size_t n = 0;

	if (sorted == NULL)
		abort();
	for (size_t i = 0; i < v->size; i++)
		if (v->entries[i].folded != NULL && v->entries[i].change != 0)
			sorted[n++] = &v->entries[i];
	qsort(sorted, n, sizeof(sorted[0]), compare);
	for (size_t i = 0; i < n; i++) {
		write_entry(v->db, sorted[i]);
		if (sorted[i]->change < 0)
			drop_entry(v->db, sorted[i]);
	}
	free(sorted);
}

size_t
vocabulary_flush(struct db *db)
{
	struct vocabulary *v = vocabulary(db);
	size_t texts = v->text - v->flushed;

	write_all(v);
	clear(v);
	v->flushed = v->text;
	return texts;
}
