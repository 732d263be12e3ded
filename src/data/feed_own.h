#ifndef DATA_FEED_OWN_H
#define DATA_FEED_OWN_H

#include <time.h>

#include <libxml/tree.h>

#include "data/feed_read.h"

/*
 * What the files that read feeds share; for them alone.
 *
 * feed_read.c decides what it is, feed_mend.c and feed_xml.c make a tree of
 * XML, feed_rss.c, feed_atom.c and feed_json.c read what a format says into
 * drafts, feed_entry.c makes entries of these.
 */
struct reading {
	struct arena *arena;
	struct feed_faults *faults;
	struct feed_read *feed;
	const char *url; /* where it was found */
	struct draft *drafts[FEED_ENTRIES];
	size_t ndrafts;
	bool more;     /* there are more than that */
	bool known;    /* it is a feed, whatever else it is */
	int64_t cut;   /* the line where it breaks off; 0: it does not */
	bool in_entry; /* … within an entry, the last of the drafts */
	struct timespec deadline; /* what is read until then must do */
};

enum { DRAFT_ENCLOSURES = 20, DRAFT_CATEGORIES = 40 };

/* What a format says of an entry.  Texts live in the arena, NULL: nothing. */
struct draft {
	struct feed_entry
	    entry;              /* id, link, author, lang and dates are right */
	const char *title_html; /* any HTML; entry.title if it is plain */
	const char *summary_html; /* any HTML; entry.summary if it is plain */
	const char *content_html; /* any HTML; or entry.content, clean */
	const char *base;         /* for relative addresses in it */
	struct feed_enclosure enclosures[DRAFT_ENCLOSURES];
	const char *categories[DRAFT_CATEGORIES];
	int64_t line;
};

/* The first of two that is said. */
static inline const char *
feed_either(const char *one, const char *other)
{
	return one != NULL ? one : other;
}

/* Tell a fault, but not the same over and over; line 0: somewhere. */
void feed_tell(struct reading *, const char *code, int64_t line,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Tell why it is no feed: the last fault there is.  Returns false. */
bool feed_refuse(struct reading *, const char *code, int64_t line,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Put XML that is well-formed, of UTF-8 that need not be: every line stays
 * where it is. */
void feed_mend(struct reading *, struct buf *out, const char *, size_t);

/* The tree of that, NULL if it has no element; the caller frees it. */
xmlDoc *feed_xml(struct reading *, const char *, size_t);

/* The vocabularies that elements are of. */
enum feed_space {
	SPACE_RSS, /* or none */
	SPACE_ATOM,
	SPACE_RDF,
	SPACE_DC,
	SPACE_CONTENT,
	SPACE_SY,
	SPACE_MEDIA,
	SPACE_ITUNES,
	SPACE_FEEDBURNER,
	SPACE_XHTML,
	SPACE_OTHER
};
enum feed_space feed_space(const xmlNode *);

/* Is it an element of that vocabulary and name? */
bool feed_is(const xmlNode *, enum feed_space, const char *name);

/* The first such child, NULL if none. */
const xmlNode *feed_child(const xmlNode *, enum feed_space, const char *name);

/* All text in it, as it stands there but for space around; NULL if none. */
const char *feed_text(struct reading *, const xmlNode *);

/* An attribute without a vocabulary, or of any; NULL if there is none. */
const char *feed_attribute(struct reading *, const xmlNode *, const char *);

/* Has it elements within? */
bool feed_has_elements(const xmlNode *);

/* What xml:base says, up from a node, else fallback; NULL if nothing. */
const char *feed_base(struct reading *, const xmlNode *, const char *fallback);

/* What xml:lang says, up from a node; NULL if nothing. */
const char *feed_lang(struct reading *, const xmlNode *);

/* Readers of a format: false after feed_refuse(). */
bool feed_read_rss(struct reading *, const xmlNode *root);
bool feed_read_atom(struct reading *, const xmlNode *root);
bool feed_read_json(struct reading *, const char *, size_t);

/* Links of Atom, also where RSS has them: of an entry and of a feed. */
void feed_atom_link(struct reading *, const xmlNode *, struct draft *);
void feed_atom_feed_link(struct reading *, const xmlNode *);

/* The media: elements of RSS and Atom entries. */
void feed_media(struct reading *, const xmlNode *, struct draft *);

/* A new draft, NULL if there are enough. */
struct draft *feed_draft(struct reading *, int64_t line);

void feed_add_enclosure(struct reading *, struct draft *, const char *base,
    struct feed_enclosure);
void feed_add_category(struct reading *, struct draft *, const char *);

/* The absolute address, NULL after telling that it is none. */
const char *feed_url(struct reading *, const char *base, const char *,
    int64_t line);

/* A time, NULL after telling that it is none. */
const char *feed_time(struct reading *, const char *, int64_t line);

/* A language tag as it should be, NULL if it is none. */
const char *feed_language(struct reading *, const char *);

/* A person's name, without the address in mail@example.org (Name). */
const char *feed_person(struct reading *, const char *);

/* Plain text on one line, cut at a word; NULL if nothing is left. */
const char *feed_line(struct reading *, const char *, size_t most);

/* The same of HTML. */
const char *feed_html_line(struct reading *, const char *, size_t most);

/* Make the feed's entries of the drafts. */
void feed_finish(struct reading *);

#endif
