#ifndef DATA_FINDER_H
#define DATA_FINDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "data/aliases.h"
#include "data/catalogue.h"
#include "data/grammar.h"
#include "data/lexicon.h"
#include "data/postings.h"
#include "data/search.h"
#include "data/terms.h"

/*
 * What the parts of searching share; for data/ alone.
 *
 *	grammar   what was typed, taken apart
 *	units     what must all be found: words, phrases, glossary terms
 *	plan      a unit as an FTS5 query in one language
 *	match     runs those, scores, compares their lists, gathers candidates
 *	choose    filters, counts, orders
 *	facets    what counts are shown
 *	hits      shows everything to SQL
 */
enum {
	PHRASES_MAX = 40, /* in the query of a unit */
	NAMES_MAX = 6,    /* equivalents of a term in a language */
	MARKS_MAX = 64,
	WANTED_MAX = 24, /* facets counted at a time */
	EQUIVALENTS_MAX = 12,
	BOOSTS = 64,
};

/* What must be found.  Several parts only if they are one term. */
struct unit {
	size_t part, nparts; /* of the grammar */
	const struct term *term;
	double weight;   /* how rare, by all languages together */
	uint32_t silent; /* a bit for each part that says nothing */
	bool optional;   /* all of it says nothing: "the" */
	bool is_name;    /* "WHO": not looked for in sentences */
};

/* A phrase of an FTS5 query, in the order FTS5 numbers them. */
struct phrase {
	uint8_t way;  /* which way to say the unit: 0 as typed */
	uint8_t slot; /* which of its words; expansions share one */
	float weight;
};

/* A unit in one language. */
struct plan {
	struct buf match; /* for FTS5; "" if it says nothing there */
	struct phrase phrases[PHRASES_MAX];
	size_t nphrases;
	bool nowhere; /* a word of it is in no text */
};

/* What is to be marked: a stem, or a folded prefix. */
struct mark {
	const char *text;
	uint8_t n;
	uint8_t unit;
	bool prefix;
	bool capital; /* only in capitals: a name such as WHO */
};

struct marks {
	struct mark all[MARKS_MAX];
	size_t n;
	uint64_t initials; /* a bit for their first two letters */
	uint32_t units;    /* a bit for each unit with a mark */
};

struct candidate {
	uint32_t entry;
	uint32_t text;
	float score;
	int8_t fails; /* the one facet it fails, or PASSES */
	bool exact;
	bool via;
	uint8_t tier;
};

enum { PASSES = -1, REJECTED = -2 };

struct hit {
	uint32_t candidate;
	double key;
};

/* A facet that has a choice to offer. */
struct facet_row {
	uint8_t facet; /* of finder.wanted */
	bool chosen;
	uint32_t values; /* how many there are … */
	uint32_t shown;  /* … and how many of them are rows */
};

/* A value of a facet as it is shown. */
struct count_row {
	const char *value;
	const char *toggled; /* the parameter with it, or without it; or NULL */
	uint32_t count;
	int place;
	uint8_t facet; /* of finder.wanted */
	bool selected;
};

/* The choices made, ready for comparing. */
struct filter {
	int facets[CHOICES_MAX]; /* NOWHERE: nothing can pass */
	size_t n;
	uint64_t active; /* a bit a facet of the catalogue */
	uint16_t kind;   /* 0 any */
	uint16_t out;    /* a facet value to leave out; 0 none */
	bool nothing;
	uint8_t *chosen; /* by facet value */
};

struct finder {
	struct db *db;
	struct catalogue catalogue;
	struct lexicon lexicon;
	struct terms terms;
	struct aliases aliases;
	int64_t version, loads; /* of the catalogue that these fit */

	const struct search *search; /* while it runs */
	struct arena arena;          /* reset by each run */
	struct grammar grammar;
	struct unit units[QUERY_PARTS];
	size_t nunits;
	enum lack lack;
	const struct alias *named; /* what goes by all that was typed */
	size_t nnamed;
	struct marks marks[TONGUES];
	struct plan plan; /* of the unit at hand */
	struct postings postings;
	const struct list *lists[TONGUES][QUERY_PARTS];
	enum tongue reader;
	enum order order;
	struct filter filter;
	struct found found;
	char *ui;

	/* Gathering. */
	struct candidate *candidates;
	size_t ncandidates, candidates_size;
	uint32_t *seen; /* by entry: candidate plus 1 … */
	uint32_t *run;  /* … if this is the number of the run */
	size_t nseen;
	uint32_t number;
	uint16_t expired;     /* finder_expired() */
	enum tongue tongue;   /* being matched */
	float boosts[BOOSTS]; /* by kind */
	uint32_t looked;      /* matches seen since the clock was read */
	int64_t deadline;
	bool late;

	/* What SQL sees. */
	struct hit *hits;
	size_t nhits, hits_size;
	int64_t offset;
	uint32_t *counts; /* by facet value */
	size_t ncounts;
	const char *wanted[WANTED_MAX]; /* facets in display order */
	size_t nwanted;
	struct choice_made {
		const char *facet;
		const char *value;
	} * made;
	size_t nmade;
	struct suggestion {
		const char *text;
		const char *kind; /* "term", "word" or the record's */
		int64_t record;
		double weight;
	} * suggestions;
	size_t nsuggestions;
	struct count_row *rows;
	size_t nrows;
	struct facet_row shown[WANTED_MAX];
	size_t nshown;
	const struct term *equivalents[EQUIVALENTS_MAX];
	size_t nequivalents;
};

/* The value of the facet phase that what has expired has; 0 if nothing has. */
static inline uint16_t
finder_expired(const struct catalogue *c)
{
	return catalogue_value(c, catalogue_facet(c, "phase"), "expired", 7);
}

/* The connection's finder, with its memory up to date; or the catalogue
 * alone, which takes half as long at first. */
struct finder *finder_of(struct db *);
const struct catalogue *finder_catalogue(struct db *);

/* units.c: make units of the grammar's parts. */
void units_make(struct finder *);

/* excerpt.c: one of 64 bits for the first two letters of a word. */
uint64_t excerpt_initials(const char *word, size_t n);

/* plan.c: plan a unit in a language, into finder.plan, and say what to mark. */
void plan_make(struct finder *, enum tongue, size_t i);

/* match.c: gather candidates by words. */
bool match_register(struct finder *);
void match_run(struct finder *);

/* choose.c: filters, counts and order. */
void choose_begin(struct finder *);
int choose_verdict(const struct finder *, const struct entry *);
struct candidate *choose_add(struct finder *, uint32_t entry);
void choose_all(struct finder *);
void choose_count(struct finder *);
void choose_page(struct finder *, int64_t offset, int64_t limit);

/* facets.c: the counts as rows. */
void facets_make(struct finder *);

/* hits.c and excerpt.c: what SQL sees. */
bool hits_register(struct finder *);
bool excerpt_register(struct finder *);

#endif
