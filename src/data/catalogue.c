#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/catalogue_own.h"

#include <sqlite3.h>

enum { VALUES_MAX = UINT16_MAX };

static void *
resize(void *old, size_t n, size_t size)
{
	void *new = realloc(old, (n + 1) * size);

	if (new == NULL)
		abort();
	return new;
}

/* Make room for index n in an array, zeroing what is new. */
static void *
reach(void *old, size_t *n, size_t size, size_t index)
{
	size_t to = index + index / 4 + 64;
	char *new;

	if (index < *n)
		return old;
	new = resize(old, to, size);
	memset(new + *n *size, 0, (to - *n) * size);
	*n = to;
	return new;
}

void
catalogue_free(struct catalogue *c)
{
	for (size_t i = 1; i < c->nall; i++)
		free(c->all[i].text);
	for (size_t i = 0; i < c->nfacets; i++)
		free(c->facets[i]);
	for (int i = 0; i < TONGUES; i++)
		free(c->ranks[i]);
	free(c->entries);
	free(c->values);
	free(c->texts);
	free(c->places);
	free(c->all);
	free(c->buckets);
	*c = (struct catalogue){ .version = c->version,
		.loads = c->loads,
		.terms = c->terms,
		.names = c->names };
}

/*
 * Facets and their values.
 */

int
catalogue_facet(const struct catalogue *c, const char *name)
{
	for (size_t i = 0; i < c->nfacets; i++)
		if (strcmp(c->facets[i], name) == 0)
			return (int)i;
	return NOWHERE;
}

static char *
copy(const char *s, size_t len)
{
	char *to = strndup(s, len);

	if (to == NULL)
		abort();
	return to;
}

static int
facet_named(struct catalogue *c, const char *name)
{
	int facet = catalogue_facet(c, name);

	if (facet != NOWHERE || c->nfacets == FACETS_MAX)
		return facet;
	c->facets[c->nfacets] = copy(name, strlen(name));
	return (int)c->nfacets++;
}

static size_t
bucket_of(const struct catalogue *c, int facet, const char *s, size_t len)
{
	uint32_t hash = 2166136261u ^ (uint32_t)facet;
	size_t i;

	for (size_t j = 0; j < len; j++)
		hash = (hash ^ (unsigned char)s[j]) * 16777619u;
	for (i = hash; c->buckets[i & (c->nbuckets - 1)] != 0; i++) {
		const struct facet_value *v =
		    &c->all[c->buckets[i & (c->nbuckets - 1)]];

		if (v->facet == facet && strncmp(v->text, s, len) == 0 &&
		    v->text[len] == '\0')
			break;
	}
	return i & (c->nbuckets - 1);
}

uint16_t
catalogue_value(const struct catalogue *c, int facet, const char *text,
    size_t len)
{
	if (c->nbuckets == 0 || facet == NOWHERE)
		return 0;
	return (uint16_t)c->buckets[bucket_of(c, facet, text, len)];
}

static void
rehash(struct catalogue *c)
{
	c->nbuckets = c->nbuckets > 0 ? 2 * c->nbuckets : 1024;
	free(c->buckets);
	c->buckets = calloc(c->nbuckets, sizeof(*c->buckets));
	if (c->buckets == NULL)
		abort();
	for (size_t i = 1; i < c->nall; i++)
		c->buckets[bucket_of(c, c->all[i].facet, c->all[i].text,
		    strlen(c->all[i].text))] = (uint32_t)i;
}

/* The number of a value, a new one if need be; 0 if there is no room. */
static uint16_t
value_named(struct catalogue *c, int facet, const char *text)
{
	size_t len = strlen(text);
	uint16_t known = catalogue_value(c, facet, text, len);
	struct facet_value *v;

	if (known != 0 || facet == NOWHERE || c->nall == VALUES_MAX)
		return known;
	if (c->nall == 0)
		c->nall = 1;
	if (c->nall >= c->nbuckets / 2) {
		rehash(c);
		c->all = resize(c->all, c->nbuckets / 2, sizeof(c->all[0]));
	}
	v = &c->all[c->nall];
	v->text = copy(text, len);
	v->facet = (uint8_t)facet;
	c->buckets[bucket_of(c, facet, text, len)] = (uint32_t)c->nall;
	return (uint16_t)c->nall++;
}

/*
 * Records.
 */

/* "2007-11-13" as 20071113, "2007" as 20070000. */
static uint32_t
date_number(const char *iso)
{
	unsigned int year = 0, month = 0, day = 0;

	if (sscanf(iso, "%4u-%2u-%2u", &year, &month, &day) < 1)
		return 0;
	return year * 10000 + (month % 100) * 100 + day % 100;
}

struct entry *
catalogue_of(struct catalogue *c, int64_t record)
{
	if (record < 0 || (size_t)record >= c->nplaces ||
	    c->places[record] == 0)
		return NULL;
	return &c->entries[c->places[record] - 1];
}

/* The current row of "id, kind, published, updated" as an entry. */
struct entry *
catalogue_put_entry(struct catalogue *c, const struct query *q)
{
	int64_t id = db_int(q, 0);
	struct entry *e;
	const char *updated = db_text(q, 3);

	c->places =
	    reach(c->places, &c->nplaces, sizeof(*c->places), (size_t)id);
	if (c->places[id] == 0) {
		if ((c->nentries & (c->nentries - 1)) == 0)
			c->entries = resize(c->entries, 2 * c->nentries + 64,
			    sizeof(*c->entries));
		c->places[id] = (uint32_t)++c->nentries;
	}
	e = &c->entries[c->places[id] - 1];
	*e = (struct entry){ .id = id,
		.kind = value_named(c, 0, db_text(q, 1)),
		.date = date_number(db_text(q, 2)) };
	e->year = (uint16_t)(e->date / 10000);
	if (strcmp(updated, c->updated) > 0)
		snprintf(c->updated, sizeof(c->updated), "%s", updated);
	return e;
}

static void
see_year(struct catalogue *c, struct entry *e, uint16_t value)
{
	const struct facet_value *v = &c->all[value];

	if (strcmp(c->facets[v->facet], "year") == 0)
		e->year = (uint16_t)atoi(v->text);
}

bool
catalogue_has(const struct catalogue *c, const struct entry *e, uint16_t value)
{
	for (size_t i = e->values; i < e->values + e->nvalues; i++)
		if (c->values[i] == value)
			return true;
	return false;
}

void
catalogue_add_value(struct catalogue *c, struct entry *e, const char *facet,
    const char *text)
{
	uint16_t value = value_named(c, facet_named(c, facet), text);

	if (value == 0 || e->nvalues == UINT16_MAX ||
	    catalogue_has(c, e, value))
		return;
	see_year(c, e, value);
	e->nvalues++;
	if (c->nvalues == c->values_size) {
		c->values_size = 2 * c->nvalues + 1024;
		c->values =
		    resize(c->values, c->values_size, sizeof(*c->values));
	}
	c->values[c->nvalues++] = value;
}

void
catalogue_put_text(struct catalogue *c, const struct query *q)
{
	size_t id = (size_t)db_int(q, 0);
	struct entry *e = catalogue_of(c, db_int(q, 1));
	int64_t words = db_int(q, 4), title = db_int(q, 3);

	if (e == NULL)
		return;
	c->texts = reach(c->texts, &c->ntexts, sizeof(*c->texts), id);
	c->texts[id] = (struct text){
		.entry = (uint32_t)(e - c->entries) + 1,
		.words = (uint16_t)(words < UINT16_MAX ? words : UINT16_MAX),
		.title_words = (uint8_t)(title < 255 ? title : 255),
		.tongue = (uint8_t)tongue_of(db_text(q, 2)),
	};
}

struct entry *
catalogue_entry(const struct catalogue *c, int64_t text)
{
	if (text < 0 || (size_t)text >= c->ntexts || c->texts[text].entry == 0)
		return NULL;
	return &c->entries[c->texts[text].entry - 1];
}

/*
 * Everything anew.
 */

struct pair {
	uint32_t entry;
	uint16_t value;
};

/* The facet values of all records, in the order the view gives them. */
static struct pair *
read_pairs(struct catalogue *c, struct db *db, size_t *n)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT record, facet, value FROM facet_value"));
	struct pair *pairs = NULL;
	size_t size = 0;

	for (*n = 0; db_next(q);) {
		struct entry *e = catalogue_of(c, db_int(q, 0));
		uint16_t value = e == NULL
		    ? 0
		    : value_named(c, facet_named(c, db_text(q, 1)),
			  db_text(q, 2));

		if (value == 0 || e->nvalues == UINT16_MAX)
			continue;
		if (*n == size) {
			size = 2 * size + 4096;
			pairs = resize(pairs, size, sizeof(*pairs));
		}
		pairs[(*n)++] =
		    (struct pair){ (uint32_t)(e - c->entries), value };
		e->nvalues++;
		see_year(c, e, value);
	}
	return pairs;
}

/* Sort them by entry: two countries of a region are in the region once. */
static void
read_values(struct catalogue *c, struct db *db)
{
	size_t n;
	struct pair *pairs = read_pairs(c, db, &n);
	uint32_t start = 0;

	c->values_size = n + n / 8 + 1024;
	c->values = calloc(c->values_size, sizeof(*c->values));
	if (c->values == NULL)
		abort();
	c->nvalues = n;
	for (size_t i = 0; i < c->nentries; i++) {
		c->entries[i].values = start;
		start += c->entries[i].nvalues;
		c->entries[i].nvalues = 0;
	}
	for (size_t i = 0; i < n; i++) {
		struct entry *e = &c->entries[pairs[i].entry];

		if (!catalogue_has(c, e, pairs[i].value))
			c->values[e->values + e->nvalues++] = pairs[i].value;
	}
	free(pairs);
}

void
catalogue_read_all(struct catalogue *c, struct db *db)
{
	struct query *q;

	catalogue_free(c);
	c->loads++;
	c->terms++;
	c->names++;
	facet_named(c, "kind");
	q = db_restart(db_query(db,
	    "SELECT id, kind, published, updated FROM record"
	    " WHERE status = 'published' ORDER BY id"));
	while (db_next(q))
		catalogue_put_entry(c, q);
	read_values(c, db);
	q = db_restart(db_query(db,
	    "SELECT text, record, lang, title_words, words FROM index_text"));
	while (db_next(q))
		catalogue_put_text(c, q);
}
