#ifndef WEB_RECORD_H
#define WEB_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "web/page.h"

/*
 * What the page of any record shows, whatever its kind.
 */

/*
 * Find the published record of a kind by the address's {slug}.  Names id,
 * kind, slug, text_lang, other_lang, title, summary, body_html, body_lang (of
 * the body, where it is not the reader's: another text may have one),
 * published, updated, updated_text, url, crumb; the rows
 *	themes		slug, title, url
 *	countries	country, label, url
 *	sources		title, url, place, place_lang, other_lang,
 *			source_type_label, confidence_label
 *	relations	way, label, relation_total, few (at most 8), and within it
 *	  related	  kind, title, url, note, other_lang
 *	translations	text_lang, label: the languages the text is in
 *	_dead		that its address of another site is dead (_dead_link.html)
 * and false if there is no such record: then return 404.  The templates
 * _head.html and _record.html show all of them.
 */
bool record_open(struct page *, const char *kind);

/*
 * The record of a {part} and {slug}, for a page about it: whatever its status,
 * for what was taken away has a history too.  The page is called by the string
 * of a key and the record's title.  Names subject (that title), text_lang,
 * other_lang, record_url, _withdrawn (1 if it was taken away) and newest (its
 * last revision); false if there is no such record: then return 404.
 */
bool record_subject(struct page *, const char *key);

/* What who asks can do about a record, for _acts.html: names _watching,
 * _may_publish and _may_write (a visitor: once signed in). */
void record_acts(struct page *, int64_t record);

/* Columns place, place_lang for rows of s.document: the place in a source in
 * the reader's words; one that has other words than places have is in those of
 * the document, where that is of one language, else in English.  PLACES is for
 * rows that are groups: all their places. */
#define PLACE PLACE_OF("s.place")
#define PLACES PLACE_OF("group_concat(s.place, '; ')")
#define PLACE_OF(words)                                               \
	"coalesce(locator(" words ", :lang), " words ") AS place,"    \
	" CASE WHEN locator(" words ", :lang) IS NULL THEN"           \
	" nullif((SELECT CASE WHEN count(*) = 1 THEN min(g.language)" \
	" ELSE 'en' END FROM document_language g"                     \
	" WHERE g.record = s.document), :lang) END AS place_lang"

/* Columns of rows _dead, for _dead_link.html: when the address of dead_link d did
 * not answer, and where what was there may be kept. */
#define DEAD                                     \
	"date_text(d.failed, :lang) AS _failed," \
	" 'https://web.archive.org/web/*/' ||"   \
	" replace(replace(d.url, '%', '%25'), '#', '%23') AS _archive_url"

#endif
