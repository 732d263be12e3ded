#ifndef DATA_SEARCH_H
#define DATA_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "data/db.h"

/*
 * Finding records: by words, by facets, by both; counted and in order.
 *
 * search_run() goes once over the matches of the full-text index, or over all
 * records of a kind, and keeps with the connection what it found until the
 * next run.  search_page() cuts out a page of it.  SQL on the connection sees
 * it as virtual tables and functions:
 *
 *	hit (place, record, text, score, exact, via)
 *		the page, in order; text is the one that matched (0 without
 *		words), exact 0 if some words are missing, via 1 if only the
 *		glossary's equivalents of the words were found
 *	facet_found (facet, place, chosen, all_values, hidden_values)
 *		facets with a choice to offer, in the order asked for, and how
 *		many values each has, and has beyond those in facet_count
 *	facet_count (facet, facet_place, value, place, count, selected,
 *	    toggled)
 *		how many results each choice would leave: what is chosen, then
 *		the most frequent, years the newest first, a dozen of them or
 *		all of the facets asked for in full; toggled is the
 *		facet's parameter with the value added or taken out, NULL if
 *		nothing remains
 *	equivalent (term, lang, record)
 *		names of other languages that were looked for too
 *	marked(text, lang)
 *		a title with the bytes 2 and 3 around what was looked for
 *	excerpt(text id)
 *		some 24 words around it, marked likewise; NULL if there are none
 */
enum order { BY_SCORE, BY_TITLE, BY_NEWEST, BY_YEAR };

enum {
	CHOICES_MAX = 16,
	FACET_VALUES = 12 /* of a facet that is not asked for in full */
};

struct search {
	const char *ui;            /* the reader's language */
	const char *text;          /* as typed; "" for all records */
	const char *kind;          /* or NULL */
	const char *const *facets; /* to count, ended by NULL */
	const char *full; /* the one with all its values, or NULL … */
	bool all_full;    /* … or every one */
	struct {
		const char *facet;
		const char *values; /* "SN,FR": any of them */
	} choices[CHOICES_MAX];
	size_t nchoices;
	enum order order;
	bool current; /* leave out what has expired; else it comes last of what
		       * has the words */
};

/* What a text lacks that nothing can be found by it. */
enum lack {
	LACKS_NOTHING,
	LACKS_WORDS,   /* "-", ?!, title: */
	LACKS_WANTED,  /* only what is to be left out */
	LACKS_MEANING, /* the, of: found all the same */
};

struct found {
	int64_t total;
	int64_t exact; /* so many have all the words */
	bool partial;  /* total is more than exact */
	bool about;    /* it took too long: there are more */
	bool cut;      /* the text was too long */
	enum lack lack;
};

/* Prepare a connection; for db_open(). */
bool search_register(struct db *);

/* Is all that searching keeps in memory there, and up to date? */
bool search_ready(struct db *);

struct found search_run(struct db *, const struct search *);
void search_page(struct db *, int64_t offset, int64_t limit);

/* Put what was probably meant by the last search that was run, which this one
 * must be, with the words that no text has replaced.  False if every word is
 * known or short, nothing is near, or that would find no more: something by
 * all words, or anything where there was nothing. */
bool search_did_you_mean(struct db *, const struct search *, struct buf *);

/*
 * Completions of what is being typed, the likeliest first, as the virtual
 * table suggestion (place, text, kind, record): what goes by that name, terms,
 * titles, then words.
 */
void search_suggest(struct db *, const char *ui, const char *typed);

#endif
