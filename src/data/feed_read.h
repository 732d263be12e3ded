#ifndef DATA_FEED_READ_H
#define DATA_FEED_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * Feeds of others: RSS 0.90, 0.91, 0.92, 1.0 and 2.0, Atom 0.3 and 1.0, JSON
 * Feed 1.0 and 1.1, as they are found in the wild.
 *
 * Everything is hostile.  XML is read by libxml2 in recovery mode, without
 * network, entities and DTD, with limits on size, depth, elements and time.
 * What is packed by gzip though nobody says so is unpacked.  What is unclear is
 * read in the way that most readers do, and told as a fault; what can't be read
 * is left out.  Of a feed that breaks off the entries before that are read, if
 * there is a whole one.
 *
 * Everything lives in the arena.  Texts are valid UTF-8 without control
 * characters, NULL where nothing is said; titles and names are plain text,
 * on one line.  Addresses are absolute, http or https.  Times are UTC,
 * "2026-11-30T12:00:00Z", NULL where none is said or can be understood.
 */
enum {
	FEED_ENTRIES = 500, /* the first so many of a feed */
	FEED_BYTES = 5 * 1000 * 1000,
	FEED_TITLE = 400, /* characters; cut at a word */
	FEED_SUMMARY = 2000,
	FEED_CONTENT = 200 * 1000, /* bytes of clean HTML */
};

struct feed_enclosure {
	const char *url, *type;
	int64_t length; /* -1: not said */
};

struct feed_entry {
	const char *id;     /* what it says itself: guid, id; or NULL */
	const char *key;    /* what it is recognised by, never NULL: "id …",
			      * "link …", or "hash …" of what it says */
	const char *digest; /* hex, of all that is shown: changed or not? */
	const char *link;
	const char *title;   /* made of the summary where it has none */
	const char *summary; /* plain text, a few sentences at most */
	const char *content; /* clean HTML (sanitize.h), whole */
	const char *content_markdown; /* the same as Markdown, without images */
	const char *author;
	const char *lang; /* BCP 47, of the entry or its feed */
	const char *published, *updated;
	const struct feed_enclosure *enclosures;
	size_t nenclosures;
	const char *const *categories;
	size_t ncategories;
};

/* Where it can be read, or what it brings can be heard or seen; or NULL. */
static inline const char *
feed_page(const struct feed_entry *e)
{
	return e->link != NULL || e->nenclosures == 0 ? e->link
						      : e->enclosures[0].url;
}

struct feed_read {
	const char *format; /* "rss-2.0", "atom-1.0", "json-1.1" … */
	const char *title, *link, *description, *lang, *updated, *author;
	const char *self; /* the address it gives itself */
	const char *hub;  /* WebSub */
	int64_t pace;     /* seconds between looks (ttl, sy:update…, hints of
			     * JSON); 0: not said */
	const struct feed_entry *entries; /* as they stand in the feed, no key
					   * twice */
	size_t nentries;
	const char *cut; /* where it breaks off, "12: …its last words"; NULL
			  * if it does not */
};

/* A message in English and where it is: line 0 is not said.  code names it for
 * other languages: strings feed_fault_CODE. */
struct feed_fault {
	const char *code;
	const char *message;
	int64_t line;
};

struct feed_faults {
	struct feed_fault at[100]; /* the first so many */
	size_t n;
};

/*
 * Read one.  url is where it was found, for relative addresses; type is the
 * Content-Type it came with, "" if none.  False if it is no feed: the last
 * fault says why.
 */
bool feed_read(struct arena *, const char *bytes, size_t len, const char *url,
    const char *type, struct feed_read *, struct feed_faults *);

/*
 * The feeds that a page of a web site names (<link rel="alternate">, then
 * likely links), best first; how many.
 */
struct feed_found {
	const char *url, *title, *type;
};
enum { FEEDS_FOUND = 20 };
size_t feed_discover(struct arena *, const char *html, size_t len,
    const char *url, const char *type, struct feed_found[FEEDS_FOUND]);

#endif
