#ifndef VIEW_FEED_OWN_H
#define VIEW_FEED_OWN_H

#include "view/feed.h"

/*
 * What the formats of feeds share; for view/feed*.c alone.
 */
struct writer {
	const struct model *model;
	const struct feed *feed;
	const char *extension; /* of the format */
	struct buf *out;
	struct buf entries;      /* all of them, before the head is known */
	struct buf scratch;      /* the address or id that was asked for last */
	const struct query *row; /* the record at hand */
	char newest[32];         /* the last change of any */
};

typedef void out_putter(struct writer *);
typedef void out_part_putter(struct writer *, const struct query *);

/* Write the entries; the feed as a whole is as new as the newest.  False if
 * the page has no results. */
bool out_entries(struct writer *, out_putter *);

/* Write the rows of a name within the record at hand; most is how many at
 * most, 0 for all.  Returns how many there were. */
size_t out_each(struct writer *, const char *name, size_t most,
    out_part_putter *);

/* Add the entries, and what ends a feed. */
void out_finish(struct writer *, const char *end);

/* A value of the page; a column of the record at hand, or of a row. */
const char *out_value(const struct writer *, const char *name);
const char *out_column(const struct writer *, const char *name);
const char *out_cell(const struct query *, const char *name);

/* "Library, Senegal · Mutua" */
void out_title(const struct writer *, struct buf *);

/* The record's words in a few sentences; "" if it has none. */
const char *out_summary(const struct writer *);

/* The language of the record's words where it is not the feed's, or "". */
const char *out_other_lang(const struct writer *);

/*
 * Addresses and ids, whole and as plain text: valid, and good until the next.
 * A list is a page of it as a feed, or as HTML if the extension is "".
 */
const char *out_list_url(struct writer *, const char *extension,
    const char *query);
const char *out_home_url(struct writer *);
const char *out_url(struct writer *, const char *path);
const char *out_tag(struct writer *, const char *specific);
const char *out_id(struct writer *);
const char *out_entry_id(struct writer *);

/* HTML of ours with its links whole. */
void out_html(struct writer *, struct buf *, const char *html);

/* RFC 3339 ("2007-11-13T00:00:00Z") and RFC 822, whose names are English; ""
 * if that is no date. */
enum { OUT_DATE = 40 };
const char *out_date(char[OUT_DATE], const char *iso);
const char *out_date_mail(char[OUT_DATE], const char *iso);

/*
 * For the two that are XML.
 */

/* <name>text</name>; nothing if the text is empty. */
void out_element(struct buf *, const char *name, const char *text);

/* The start of the feed: its own address, the other pages, the hub. */
void out_links(struct writer *, const char *element, const char *type);

/* How many records the list has in all, as OpenSearch says it. */
void out_counts(struct writer *);

#endif
