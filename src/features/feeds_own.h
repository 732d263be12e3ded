#ifndef FEATURES_FEEDS_OWN_H
#define FEATURES_FEEDS_OWN_H

#include "web/page.h"

/* What the files of feeds share; for them alone. */

/* A moment of state.db (seconds) in words, with its time of day. */
#define MOMENT(seconds)                                                  \
	"(date_text(strftime('%Y-%m-%d', " seconds ", 'unixepoch'),"     \
	" :lang) || ', ' || strftime('%H:%M', " seconds ", 'unixepoch')" \
	" || ' UTC')"

/* A label of a code list. */
#define LABEL(list, code)                                         \
	"(SELECT k.label FROM code_label k WHERE k.list = '" list \
	"' AND k.code = " code " AND k.lang = :lang)"

/* A format as people write it: rss-2.0 is RSS 2.0. */
#define FEED_FORMAT(format)                                             \
	"replace(replace(replace(" format ", 'rss-', 'RSS '), 'atom-'," \
	" 'Atom '), 'json-', 'JSON Feed ')"

/* A number out of the model; 0 if it has no such name. */
int64_t feeds_number(const struct page *, const char *name);

/* Go to a page of feeds ("/new"), saying what was done. */
int feeds_go(struct page *, const char *path, const char *done);

/*
 * What is said of a feed beside its address: feed_lang, theme and country,
 * each may be "".  feeds_settings() reads them from the form that was posted
 * and says their faults; feeds_choices() names the rows languages_of,
 * themes_of and countries_of, to choose from.
 */
void feeds_settings(struct page *);
void feeds_choices(struct page *);

/* Name the rows newest, some entries as they would look, and odd, what is odd
 * in them: of _newest and _odd_json, the columns of state.feed_try. */
void feeds_preview(struct page *);

/* Name entries_waiting: so many of its entries wait for review. */
void feeds_count_waiting(struct page *);

/* Within the page's transaction: tell editors that a feed waits for them.  Its
 * id is named feed; the mail names title and organisation_title. */
bool feeds_tell_editors(struct page *);

/* Find the feed that the address names, if whoever asks may see it, and show
 * it.  Its fields are then what they are now: feed_lang, theme, country, and
 * words, what an editor says to the partner; _too_often is "". */
bool feeds_find(struct page *);
int feeds_show(struct page *, int status);

#endif
