#ifndef WEB_CHANGES_H
#define WEB_CHANGES_H

#include "data/kind.h"
#include "data/yaml.h"
#include "web/page.h"

/*
 * What differs between two trees of a record, for people to read; before NULL:
 * all of after.  Private fields are left out (data/withhold.h), from the trees
 * too.  Names changed (how many) and the rows
 *	changes		type, path, field, label, place, text_lang, language,
 *			before, after
 *	  pieces	piece ("same", "removed", "added"), text
 *	  parts		label, value, depth
 * as data/diff.h explains them.  The template _changes.html shows them,
 * _fields.html shows a whole record.
 */
size_t page_changes(struct page *, const struct kind *, struct node *before,
    struct node *after);

#endif
