#ifndef WEB_SHEET_H
#define WEB_SHEET_H

#include "web/page.h"

/*
 * The fields of the record :id group by group, as the description of its kind
 * has them and in the reader's words: what a page need not name one by one.
 *
 * What is private is not there.  Fields and lists of `shown` (NULL-ended) are
 * left out: the page shows them itself.  Names the rows
 *	blocks		field_group, and group_label where a group begins;
 *			title, title_lang: of a list, or of one of its rows
 *	  facts		field, label, text, url, text_other
 *	  heads		label, numeric: a table's columns, if there is a table
 *	  lines		and its rows
 *	    cells	text, url, text_other, numeric, first
 * A group of the kind is always there; _filled says whether there is anything
 * in it.
 * and the text fields_json: the record as a content file has it, codes and all.
 * The template _facts.html shows the facts, _table.html the table.
 */
void page_sheet(struct page *, const char *kind, const char *const *shown);

#endif
