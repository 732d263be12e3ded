#ifndef DATA_CATALOGUE_H
#define DATA_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/db.h"
#include "data/words.h"

/*
 * All published records in memory, as columns: what filtering, counting and
 * ordering need to know of each, and nothing else.  Some 100 bytes a record.
 *
 * catalogue_refresh() reads what has changed since the last time; that costs
 * a version check if nothing has, and little if a few records have.
 */
enum { FACETS_MAX = 64, NOWHERE = -1, HALF_READ = -1 };

/* A facet with one of its values ("country", "SN"). */
struct facet_value {
	char *text;
	uint8_t facet;
};

struct entry {
	int64_t id;
	uint32_t values; /* its facet values: from here in catalogue.values */
	uint16_t nvalues;
	uint16_t kind;     /* the value of facet 0; 0 if the record is gone */
	uint32_t date;     /* published, as 20071113; 0 if unknown */
	uint16_t year;     /* the newest of facet year, else of the date */
	uint32_t revision; /* the newest when it was read again, or 0 */
	uint64_t called;   /* a hash of its names then, or 0 */
};

/* A text in the index. */
struct text {
	uint32_t entry; /* its record's place in entries plus 1, or 0 */
	uint16_t words;
	uint8_t title_words;
	uint8_t tongue;
};

struct catalogue {
	struct entry *entries;
	size_t nentries;
	uint16_t *values;
	size_t nvalues, values_size;
	struct text *texts; /* by record_text.id */
	size_t ntexts;
	uint32_t *places; /* by record.id: place in entries plus 1, or 0 */
	size_t nplaces;
	struct facet_value *all; /* every facet value; all[0] is none */
	size_t nall;
	uint32_t *buckets; /* a hash of them */
	size_t nbuckets;
	char *facets[FACETS_MAX]; /* names; facets[0] is "kind" */
	size_t nfacets;
	uint32_t *ranks[TONGUES]; /* by entry: its place by title */
	size_t indexed[TONGUES];  /* how many texts there are */
	double words[TONGUES];    /* and how many words they have on average */
	int64_t version; /* or HALF_READ, with schema: to be read again */
	int64_t schema;  /* the index was made anew if it differs */
	int64_t loads;   /* how often all was read */
	int64_t terms;   /* changes whenever a term has changed … */
	int64_t names;   /* … and whenever something but a document is called
			    something else */
	char updated[32];
};

void catalogue_refresh(struct catalogue *, struct db *);

void catalogue_free(struct catalogue *);

/* What "newest first" goes by: the date, as precise as it is known, or else
 * the year. */
static inline uint32_t
catalogue_date(const struct entry *e)
{
	return e->date != 0 ? e->date : e->year * 10000u;
}

/* A facet by its name, a value's number; NOWHERE and 0 if there is none. */
int catalogue_facet(const struct catalogue *, const char *name);
uint16_t catalogue_value(const struct catalogue *, int facet, const char *text,
    size_t len);

/* Has a record this facet value? */
bool catalogue_has(const struct catalogue *, const struct entry *,
    uint16_t value);

/* The entry a text belongs to, or NULL. */
struct entry *catalogue_entry(const struct catalogue *, int64_t text);

/* For each entry, its place when sorted by title in a language. */
const uint32_t *catalogue_ranks(struct catalogue *, struct db *,
    const char *ui);

#endif
