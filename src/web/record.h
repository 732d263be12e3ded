#ifndef WEB_RECORD_H
#define WEB_RECORD_H

#include <stdbool.h>

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
 *	sources		title, url, place, place_lang, other_lang
 *	relations	way, label, relation_total, few (at most 8), and within it
 *	  related	  kind, title, url, note, other_lang
 *	translations	text_lang, label: the languages the text is in
 * and false if there is no such record: then return 404.  The templates
 * _head.html and _record.html show all of them.
 */
bool record_open(struct page *, const char *kind);

/* A column for rows of s.document and s.place: the place in a source is in the
 * words of the document, where that is of one language, else in English. */
#define PLACE_LANG                                                   \
	"nullif((SELECT CASE WHEN count(*) = 1 THEN min(g.language)" \
	" ELSE 'en' END FROM document_language g"                    \
	" WHERE g.record = s.document), :lang) AS place_lang"

#endif
