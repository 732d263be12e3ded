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
 * as data/diff.h explains them.  The template _changes.html shows them.
 */
size_t page_changes(struct page *, const struct kind *, struct node *before,
    struct node *after);

/* A whole record as its fields: rows fields with label, place, text_lang,
 * language and value; within it field_parts, like
 * parts above. */
void page_fields(struct page *, const struct kind *, struct node *);

/* The files that a tree, as JSON or "", brings along: rows sent_files with name,
 * type, url, megabytes or NULL, and kilobytes.  The template _sent_files.html
 * shows them, so that they can be looked at before they are published. */
void page_sent_files(struct page *, const char *json);

/* Why a revision was made: the words of who made it; of what was loaded, the
 * reader's, where the site has them (code list "loaded"). */
#define COMMENT                                                         \
	" coalesce((SELECT e.label FROM code_label e WHERE v.author IS" \
	"  NULL AND e.list = 'loaded' AND e.lang = :lang AND e.code ="  \
	"  replace(v.comment, ' ', '-')), v.comment) AS comment"

/* Who made a revision, when and why: columns of rows of revision_told v.  The
 * template _revision.html shows them. */
#define REVISION                                                          \
	"v.time, date_text(v.time, :lang) || ', ' ||"                     \
	" substr(v.time, 12, 5) || ' UTC' AS time_text, v.state," COMMENT \
	", v.author, v.author_name, v.reviewer,"                          \
	" v.reviewer_name, v.added,"                                      \
	" iif(v.added <> 0, number_text(abs(v.added), :lang), NULL)"      \
	" AS _added_text,"                                                \
	" v.added < 0 AS _shrank, v.state = 'archived' AS _taken_away "

/* Rows of changes, for lists and feeds: those of the JSON list _found of rows
 * of revision.  What is not published is not among them. */
#define CHANGES                                                          \
	"SELECT s.kind, r.slug || '/history/' || v.number AS slug,"      \
	" s.title, s.text_lang, s.other_lang, v.comment AS summary,"     \
	" s.url || '/history/' || v.number AS url, s.url AS record_url," \
	" k.label AS kind_label, v.number, v.number = 1 AS _new,"        \
	" v.time AS updated, v.time AS published, substr(v.time, 12, 5)" \
	" AS _hour, " REVISION " FROM json_each(:_found) f"              \
	" CROSS JOIN revision_told v ON v.revision = f.value"            \
	" JOIN record r ON r.id = v.record"                              \
	" JOIN shown s ON s.record = v.record AND s.ui = :lang"          \
	" LEFT JOIN code_label k ON k.list = 'kind' AND k.code = s.kind" \
	"  AND k.lang = :lang"

#endif
