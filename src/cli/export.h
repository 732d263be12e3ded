#ifndef CLI_EXPORT_H
#define CLI_EXPORT_H

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "data/db.h"
#include "data/kind.h"
#include "data/yaml.h"

/*
 * An export on its way into files.
 *
 * export.c writes what can be loaded again and the history; export_csv.c
 * writes tables for spreadsheets.  After the first failure, which is said at
 * once, nothing more is written.
 */
struct export
{
	struct db *db;
	const char *data;
	const char *to;      /* the directory */
	const char *licence; /* of the registry's data, or NULL */
	struct arena arena;  /* of the record being written */
	char name[64];       /* of the file being written */
	size_t records;
	size_t files;
	bool failed;
	bool lacking; /* something could not be read */
};

/* Begin a file below the directory; NULL after saying why not. */
FILE *export_open(struct export *, const char *name);

/* Write a buffer and empty it. */
void export_put(struct export *, FILE *, struct buf *);

/* End it; a disk that is full is found out here. */
void export_close(struct export *, FILE *, const char *name);

/* The published records of a kind as trees, each with its slug: one call for
 * each, in the order of slugs.  What is private is not in them. */
typedef void export_record(void *, const struct kind *, const char *slug,
    const struct node *);
void export_each(struct export *, const struct kind *, export_record *, void *);

/* csv/KIND.csv for each kind, csv/figures.csv for all figures. */
void export_csv(struct export *);

/* content/files: what published documents have. */
void export_files(struct export *);

/*
 * The registry of schemes as CSV files with a datapackage.json, and the same
 * without a scheme, to be filled in.  In export_registry.c; what goes with the
 * tables, in export_package.c.
 */
void export_registry(struct export *);
void export_questionnaire(struct export *);
void export_package(struct export *, const char *const *langs);
void export_readme(struct export *);

/* The names of the code lists a kind has to do with: ,"a","b". */
void export_lists(struct buf *, const struct kind *);

#endif
