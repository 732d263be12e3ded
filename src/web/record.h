#ifndef WEB_RECORD_H
#define WEB_RECORD_H

#include <stdbool.h>

#include "web/page.h"

/*
 * What the page of any record shows, whatever its kind.
 */

/*
 * Find the published record of a kind by the address's {slug}.  Names id,
 * kind, slug, text_lang, other_lang, title, summary, body_html, published,
 * updated, updated_text, url, crumb; the rows
 *	themes		slug, title, url
 *	countries	country, label, url
 *	sources		title, url, place, other_lang
 *	relations	way, label, relation_total, few (at most 8), and within it
 *	  related	  kind, title, url, note, other_lang
 *	translations	text_lang, label: the languages the text is in
 * and false if there is no such record: then return 404.  The templates
 * _head.html and _record.html show all of them.
 */
bool record_open(struct page *, const char *kind);

#endif
