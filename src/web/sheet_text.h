#ifndef WEB_SHEET_TEXT_H
#define WEB_SHEET_TEXT_H

#include "base/buf.h"
#include "data/db.h"
#include "data/kind.h"
#include "data/yaml.h"

/* Where a value stands: its row, and money's currency if the row has none. */
struct sheet_row {
	struct db *db;
	const char *lang;
	const struct node *row;
	const char *currency;
	const char *yes, *no; /* in the reader's language */
};

/* The words a reader is to see, the page they lead to, and the language they
 * are in where it is not the reader's. */
struct sheet_words {
	struct buf text, url;
	const char *other_lang;
};

/* The field for the name of what is not in the directory, beside a field for
 * what is; NULL if there is none. */
const struct field *sheet_name_of(const struct table *, const struct field *);

/* A field's value in a row, in the reader's words; false if there is none.
 * With it goes the name, as above. */
bool sheet_field(struct sheet_words *, const struct sheet_row *,
    const struct table *, const struct field *);

/* A list of single values, or of rows that stand in one cell: "a, b". */
bool sheet_list(struct sheet_words *, const struct sheet_row *,
    const struct table *);

/* The label of a code of a list; nothing, if it has none. */
void sheet_label(struct buf *, const struct sheet_row *, const char *list,
    const char *code);

#endif
