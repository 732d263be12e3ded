#ifndef VIEW_FEED_H
#define VIEW_FEED_H

#include <stdbool.h>

#include "base/buf.h"
#include "view/model.h"

/*
 * The rows "results" of a page as a feed of what is new: Atom (RFC 4287), RSS
 * 2.0 or JSON Feed 1.1.
 *
 * The rows need the columns kind, slug, title, summary, url (a path),
 * text_lang, updated and published; a snippet, if they have one, stands for
 * the summary.  Within them there may be rows
 *	_texts		text_html (safe; links of ours begin with '/')
 *	_categories	scheme, term, label
 *	_authors	name, url
 *	_files		url, type, bytes, label, where it lies here
 * of which urls are paths too, or "".  The model needs base, lang, path, query
 * and title; _feed_title, total, limit, offset, next_url and previous_url are
 * used if they are there.
 *
 * An entry's id is made of the record's kind and slug, not of its address, so
 * it is the same in every feed and language.
 */
struct feed {
	const char *site;  /* the site's name, which is the author too */
	const char *about; /* what it is, in a sentence */
	const char *hub;   /* of WebSub; "" for none */
};

/* False if the page has no such rows. */
bool feed_atom(const struct model *, const struct feed *, struct buf *);
bool feed_rss(const struct model *, const struct feed *, struct buf *);
bool feed_json(const struct model *, const struct feed *, struct buf *);

#endif
