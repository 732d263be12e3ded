#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include "base/arena.h"
#include "cli/command.h"
#include "data/check.h"
#include "data/db.h"
#include "data/yaml.h"

/*
 * A line of JSON Lines on its way to becoming a document.
 *
 * import_names.c knows what countries, themes and types are called;
 * import_line.c makes a record's tree of a line; import.c reads the file,
 * checks and stores.
 */
struct names;

/* The names in the database's code lists.  The caller frees. */
struct names *names_open(struct db *);
void names_free(struct names *);

/* The code in a list (country, theme, doctype) for a code or a name in any
 * language, whatever its case and accents; NULL if there is none.  In the list
 * language, for a code. */
const char *names_find(const struct names *, const char *list,
    const char *name);

/* What no list has: values that are kept as keywords, languages that are kept
 * as they are, names of fields that documents do not have, texts that lost
 * what turned their direction. */
enum outside {
	OUTSIDE_THEME,
	OUTSIDE_TYPE,
	OUTSIDE_COUNTRY,
	OUTSIDE_LANGUAGE,
	OUTSIDE_FIELD,
	OUTSIDE_TURN,
	OUTSIDES
};

struct oddity {
	enum outside what;
	const char *word;
	struct oddity *next;
};

struct line {
	struct arena *arena; /* for one line */
	struct check *check;
	const struct names *names;
	struct oddity *odd; /* of the last line, in no order */
};

/* The record that a line says, or NULL after saying why not.  What is odd in
 * it stands in odd. */
struct node *line_record(struct line *, const struct node *line);

/* mutua import schemes: a directory of CSV files (cli/registry.h). */
enum outcome import_schemes(const char *data, const char *share,
    const char *dir, bool dry_run);

#endif
