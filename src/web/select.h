#ifndef WEB_SELECT_H
#define WEB_SELECT_H

#include <stdint.h>

#include "web/page.h"

/*
 * Lists with facets, and search: what the visitor chose among the records.
 *
 * page_select() reads q, the facets, sort, page and more (the facet that shows
 * all its values; as JSON all do) from the address, and finds and counts in
 * memory (data/catalogue).  The handler then names its
 * rows from the virtual table hit, for instance
 *
 *	page_rows(p, "results",
 *	    "SELECT l.*, marked(l.title, l.text_lang) AS marked_title,"
 *	    " excerpt(h.text) AS snippet, h.score, h.exact"
 *	    " FROM hit h JOIN listed l ON l.id = h.record AND l.ui = :lang"
 *	    " ORDER BY h.place");
 *
 * It names:
 *	q, sort			as read
 *	total, page, ...	by page_paging()
 *	exact_total		how many have all the words (total without q)
 *	partial			1 if some results have not all the words
 *	about			1 if counts are estimates
 *	cut			1 if the query was too long and was cut
 *	did_you_mean, did_you_mean_url	"" if there is nothing to say
 *	advice			what to type instead of words nothing can be
 *				found by (-health, ?!), else ""
 *	filtered		1 if a facet is chosen
 *	clear_url		the same without any facet
 *	facets			rows: facet, label, any (1 if chosen), open,
 *				all_values (how many), more_url (to all of them,
 *				if not all are here) or fewer_url; within it
 *	  values		  rows: value, label, count, selected, url
 *	_choices		the same as JSON: [{"facet": …, "values": "SN,FR"}]
 *	_choice			", “q”, Senegal": what is chosen, in words
 *	filters			rows: facet, facet_label, value, label, url
 *				(what is chosen, and the address without it)
 *	sorts			rows: sort, label, selected, url
 *	equivalents		rows: term, term_lang, language, url: the glossary's
 *				words of other languages that were looked for too
 *
 * The partials _facets.html and _paging.html show them.
 */
struct selection {
	const char *kind;          /* or NULL for all */
	const char *about;         /* only what has of this facet … */
	const char *value;         /* … this value; or both NULL */
	const char *const *facets; /* in display order, ended by NULL */
	const char *sort;          /* without q: "title", "newest" or "year" */
	bool archive;              /* what has expired too, in lists of a kind;
				    * feeds never have it */
	int64_t per_page;
};

/* The part of a query that says what is looked for: without how it is shown. */
const char *select_tidy(struct page *, const char *query);

/* Returns how many records there are in all. */
int64_t page_select(struct page *, const struct selection *);

#endif
