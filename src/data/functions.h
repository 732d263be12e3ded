#ifndef DATA_FUNCTIONS_H
#define DATA_FUNCTIONS_H

#include <stdbool.h>

struct sqlite3;

/*
 * The SQL functions of ours that every connection has.  lang is always one
 * of the interface's languages; an unknown one is read as English.
 *
 *	sort_key(text, lang)	BLOB that sorts as the language does
 *	index_letter(text, lang) the letter it stands under in an index
 *	fold(text)		small letters without accents
 *	number_text(n, lang)	"25 000", "0,611"; NULL for NULL
 *	date_text(date, lang)	"13 novembre 2007" from ISO 8601, cut or not
 *	time_text(time, lang)	"13 novembre 2007, 08:00 UTC"; a date alone is one
 *	date_range(date, end, lang) "14–15 novembre 2007"; end may be NULL
 *	locator(place, lang)	"p. 9 et 23" from "pp. 9 and 23"; NULL where it
 *				has other words than places in sources have
 *	url_set(query, name, value)
 *				a URL's query with name set, or without it if
 *				value is NULL; 'page' is always taken out.
 *				Begins with '?'; "?" if nothing is left
 *	url_part(text)		percent-encoded, as one part of a path
 *	family_name(name)	"Van Ginneken" from "W. Van Ginneken"; NULL for a
 *	given_name(name)	body, whose name has no such parts (data/name.h)
 *	cite_type(in, kind, doctype)
 *				"RPRT" of a report in 'ris' (data/cite_type.h)
 *	url_key(url)		what the addresses of one thing have in common
 *				(base/url.h)
 */
bool functions_register(struct sqlite3 *);

#endif
