#include <stdlib.h>
#include <string.h>

#include "data/aliases.h"
#include "data/words.h"

void
aliases_free(struct aliases *a)
{
	free(a->all);
	free(a->places);
	*a = (struct aliases){ 0 };
}

/*
 * Keys.
 */

static const uint64_t seed = UINT64_C(14695981039346656037);

static uint64_t
hash(uint64_t key, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		key = (key ^ (unsigned char)s[i]) * UINT64_C(1099511628211);
	return key;
}

uint64_t
aliases_key(const char *name, size_t n)
{
	struct words w;
	uint64_t key = seed;

	words_start(&w, XX, name, n);
	while (words_next(&w))
		key = hash(hash(key, w.word, w.n), " ", 1);
	return key != seed ? key : 0;
}

static int
compare(const void *a, const void *b)
{
	const struct alias *m = a, *n = b;

	if (m->key != n->key)
		return m->key < n->key ? -1 : 1;
	return m->record < n->record ? -1 : m->record > n->record;
}

static int
compare_keys(const void *a, const void *b)
{
	const uint64_t *m = a, *n = b;

	return *m < *n ? -1 : *m > *n;
}

/*
 * Reading.
 */

/* Room for one more in an array. */
static void *
grow(void *old, size_t n, size_t *size, size_t each)
{
	void *new = old;

	if (n == *size) {
		*size = 2 * n + 256;
		new = realloc(old, *size * each);
	}
	if (new == NULL)
		abort();
	return new;
}

static void
add(struct aliases *a, int64_t record, const char *name, size_t n)
{
	uint64_t key = aliases_key(name, n);

	if (key == 0)
		return;
	a->all = grow(a->all, a->n, &a->size, sizeof(a->all[0]));
	a->all[a->n++] = (struct alias){ key, record };
}

static bool
is_acronym(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] == ' ' || (s[i] >= 'a' && s[i] <= 'z'))
			return false;
	return n >= 2;
}

/* A name as a whole; "GIMI – Global Information" and "Global Information
 * (GIMI)" are also GIMI. */
static void
add_all(struct aliases *a, int64_t record, const char *name)
{
	const char *dash = strstr(name, " – "), *open = strchr(name, '(');

	add(a, record, name, strlen(name));
	if (dash != NULL)
		add(a, record, name, (size_t)(dash - name));
	if (open == NULL)
		return;
	add(a, record, name, (size_t)(open - name));
	if (is_acronym(open + 1, strcspn(open + 1, ")")))
		add(a, record, open + 1, strcspn(open + 1, ")"));
}

static void
read_names(struct aliases *a, struct db *db)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT r.id, t.title FROM record r"
	    " JOIN record_text t ON t.record = r.id"
	    " WHERE r.kind NOT IN ('document', 'event', 'news')"
	    " UNION ALL SELECT record, name FROM term_name"
	    " UNION ALL SELECT record, acronym FROM term"
	    " UNION ALL SELECT record, acronym FROM organisation"
	    " UNION ALL SELECT record, acronym_fr FROM organisation"
	    " UNION ALL SELECT record, acronym_es FROM organisation"
	    " UNION ALL SELECT o.record, k.keyword FROM organisation o"
	    " JOIN record_keyword k ON k.record = o.record"
	    " UNION ALL SELECT record, acronym FROM scheme"
	    " UNION ALL SELECT record, name FROM scheme"));

	while (db_next(q))
		add_all(a, db_int(q, 0), db_text(q, 1));
	if (a->n > 0)
		qsort(a->all, a->n, sizeof(a->all[0]), compare);
}

static void
add_places(struct aliases *a, const char *label)
{
	struct words w;

	words_start(&w, XX, label, strlen(label));
	while (words_next(&w)) {
		a->places = grow(a->places, a->nplaces, &a->places_size,
		    sizeof(a->places[0]));
		a->places[a->nplaces++] = hash(seed, w.word, w.n);
	}
}

static void
read_places(struct aliases *a, struct db *db)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT label FROM code_label WHERE list IN ('country', 'region')"));

	while (db_next(q))
		add_places(a, db_text(q, 0));
	if (a->nplaces > 0)
		qsort(a->places, a->nplaces, sizeof(a->places[0]),
		    compare_keys);
}

void
aliases_refresh(struct aliases *a, struct db *db, int64_t version)
{
	struct aliases anew = { .version = version };

	if (a->version == version)
		return;
	read_names(&anew, db);
	read_places(&anew, db);
	aliases_free(a);
	*a = anew;
}

/*
 * Finding.
 */

/* The first that has a key or a later one. */
static size_t
bound(const struct aliases *a, uint64_t key)
{
	size_t low = 0, high = a->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (a->all[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct alias *
aliases_find(const struct aliases *a, uint64_t key, size_t *n)
{
	size_t first = bound(a, key);

	for (*n = 0; first + *n < a->n && a->all[first + *n].key == key;)
		++*n;
	return key != 0 && *n > 0 ? &a->all[first] : NULL;
}

bool
aliases_is_place(const struct aliases *a, const char *word, size_t n)
{
	uint64_t key = hash(seed, word, n);

	return a->nplaces > 0 &&
	    bsearch(&key, a->places, a->nplaces, sizeof(a->places[0]),
		compare_keys) != NULL;
}
